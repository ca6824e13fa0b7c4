"""Numbers as the annotations write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.values import values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("improves accuracy by 7.6% over Mistral-7B", ["7.6%"]),
        (r"reaches 97.26\% and $95.96\%$ on it", [r"97.26\%", r"95.96\%"]),
        ("gains of +6.91 and 23.87 percentage points", ["+6.91", "23.87 percentage points"]),
        (r"a 10$\times$ and 2.7x speed-up", [r"10$\times$", "2.7x"]),
        ("from 14.4% to 3.6%", ["14.4%", "3.6%"]),
        ("by 2.8 to 5.8 percent", ["2.8 to 5.8 percent"]),
        ("of 10-35% and 86--88%", ["10-35%", "86--88%"]),
        (r"0.072 $\pm$ 0.012 is reached", [r"0.072 $\pm$ 0.012"]),
        ("8.71ms, 1,024 of it", ["8.71ms", "1,024"]),
    ],
)
def test_values_with_sign_range_and_unit(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in values(text)] == expected


@pytest.mark.parametrize("text", ["LLaMA-2-7B", "GPT-4", "F1", "COVID-19", "x_2", "v1.5b", ""])
def test_digits_of_names_are_no_values(text: str) -> None:
    assert list(values(text)) == []


@given(st.text("0123456789.,%$+-x× tofrm\\"))
def test_spans_rise_and_do_not_overlap(text: str) -> None:
    end = 0
    for a, b in values(text):
        assert end <= a < b <= len(text)
        end = b
