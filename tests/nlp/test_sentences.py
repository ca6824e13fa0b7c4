"""Sentences of abstracts end where a reader would say so."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.sentences import sentence_starts
from kg.nlp.text import flat_paper


def split(text: str) -> list[str]:
    starts = [*sentence_starts(text), len(text)]
    return [text[a:b].strip() for a, b in pairwise(starts)]


WHOLE = [
    "We study e.g. BERT and i.e. GPT-2 vs. T5 in detail.",
    "Following Smith et al. (2021) and Jones et al. 2020, we train it.",
    "As Fig. 3 and Eq. 2 show, No. 1 wins by 3.5 points at v2.0 of it.",
    "We release GPT-3.5 models (cf. Sec. 4) w.r.t. BLEU.",
    "This is work of J. Smith and A. B. Jones.",
    "Tools like scikit-learn 1.2 and Node.js are used etc. and so on.",
]


@pytest.mark.parametrize("sentence", WHOLE)
def test_abbreviations_and_numbers_end_no_sentence(sentence: str) -> None:
    assert split(sentence) == [sentence]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It works. We show it. It is fast!", 3),
        ("Does it work? (Yes.) We think so.", 3),
        ("It beats GPT-4. mBERT is worse. iCaRL too.", 3),
        ("We reach 92.1%. Code is at https://github.com/a/b.c. Data too.", 3),
        ('He said "it works." Then we left.', 2),
        ("It has 7 billion parameters of class A. We use it in Task 3. The rest is 5.", 3),
        ("我们提出了一种方法。它很快。", 2),
        ("We use $x$. $y$ is not used.", 2),
    ],
)
def test_points_before_something_that_can_begin_a_sentence_end_one(text: str, count: int) -> None:
    assert len(split(text)) == count


def test_the_title_is_a_sentence_of_its_own() -> None:
    assert split(flat_paper("A title without a point", "and an abstract in lower case.")) == [
        "A title without a point",
        "and an abstract in lower case.",
    ]


@given(st.text("aB.!? \n$(1"))
def test_starts_rise_from_zero_and_lie_in_the_text(text: str) -> None:
    starts = sentence_starts(text)
    assert starts[0] == 0
    assert starts == sorted(set(starts))
    assert starts[-1] <= max(len(text) - 1, 0)
