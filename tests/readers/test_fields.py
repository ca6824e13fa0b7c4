"""Values as exports write them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.readers import fields

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("2024-03-11", "2024-03-11"),
        ("2024-03-11T09:23:29Z", "2024-03-11"),
        ("2024-03-11 09:23:29+00:00", "2024-03-11"),
        ("2024/03/11/", "2024-03-11"),
        ("2003///", "2003"),
        ("20240311", "2024-03-11"),
        ("2024-03", "2024-03"),
        ("2024", "2024"),
        (2024, "2024"),
        (2024.0, "2024"),
        (datetime.date(2024, 3, 11), "2024-03-11"),
        (datetime.datetime(2024, 3, 11, 9, 23), "2024-03-11"),
        ("Mon, 2 Apr 2007 19:18:42 GMT", "2007-04-02"),
        ([{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}], "2007-04-02"),
        ("March 11, 2024", "2024-03-11"),
        ("Sept. 1st, 2024", "2024-09-01"),
        ("Monday, March 11", "--03-11"),
        ("Mar 11", "--03-11"),
        ("11 mar", "--03-11"),
        ("Feb 29", "--02-29"),
        ("jun 2019", "2019-06"),
        ("3 2024", "2024-03"),
        ("11/03/2024", "2024"),
        ("2024-02-30", "2024-02"),
        ("soon", None),
        ("", None),
        (None, None),
        (float("nan"), None),
        ({"a": 1}, None),
    ],
)
def test_dates(value: object, found: str | None) -> None:
    assert fields.date(value) == found


def test_a_year_from_outside_completes_a_date_but_never_replaces_one() -> None:
    assert fields.date("Mar 11", 2024) == "2024-03-11"
    assert fields.date("Mar 11, 2023", 2024) == "2023-03-11"
    assert fields.date("Feb 29", 2023) == "--02-29"


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (["Ada Lovelace", "Turing, Alan"], ("Ada Lovelace", "Alan Turing")),
        ([{"name": "Ada Lovelace"}, {"first": "Alan", "last": "Turing"}], ("Ada Lovelace", "Alan Turing")),
        ([{"given": "Ada", "family": "Lovelace"}], ("Ada Lovelace",)),
        ([["Balázs", "C.", ""], ["Yuan", "C. -P.", "Jr."]], ("C. Balázs", "C. -P. Yuan Jr.")),
        ("Ada Lovelace; Turing, Alan", ("Ada Lovelace", "Alan Turing")),
        ("Ada Lovelace and Alan Turing", ("Ada Lovelace", "Alan Turing")),
        ("Lovelace, Ada and Turing, Alan and Émile Zola", ("Ada Lovelace", "Alan Turing", "Émile Zola")),
        ("C. Balázs, E. L. Berger, and C.-P. Yuan", ("C. Balázs", "E. L. Berger", "C.-P. Yuan")),
        ("A. One, B. Two and C. Three", ("A. One", "B. Two", "C. Three")),
        ("Lovelace, Ada", ("Ada Lovelace",)),
        ("Ada Lovelace, Alan Turing", ("Ada Lovelace", "Alan Turing")),
        ("Sandra Andersen", ("Sandra Andersen",)),
        ("", ()),
        (None, ()),
    ],
)
def test_authors(value: object, found: tuple[str, ...]) -> None:
    assert fields.authors(value) == found


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("cs.CL", ("cs.CL",)),
        ("cs.CL stat.ML hep-ph cs.CL", ("cs.CL", "stat.ML", "hep-ph")),
        ("Computer Vision", ("Computer Vision",)),
        ("nlp; vision, too", ("nlp", "vision, too")),
        (["cs.CV", "68T45, 62H30"], ("cs.CV", "68T45, 62H30")),
        ([{"term": "cs.CL", "scheme": "x"}], ("cs.CL",)),
        (None, ()),
    ],
)
def test_categories(value: object, found: tuple[str, ...]) -> None:
    assert fields.categories(value) == found


@pytest.mark.parametrize("value", ["javascript:alert(1)", "not a link", 'https://a/"onclick="x', "data:text/html,x", 3])
def test_only_web_addresses_are_links(value: object) -> None:
    assert fields.link(value) is None
    assert fields.link([value, "https://arxiv.org/abs/2506.05904"]) == "https://arxiv.org/abs/2506.05904"


def test_text_stays_as_it_is_but_for_lone_surrogates() -> None:
    assert fields.text(" a\r\n\0b \u202e") == " a\r\n\0b \u202e"
    assert fields.text("a\ud800b") == "a\ufffdb"


@given(JSON)
def test_any_value_is_taken(value: object) -> None:
    (fields.text(value) or "").encode()
    for name in (*fields.authors(value), *fields.categories(value)):
        assert name == " ".join(name.split()) != ""
    fields.date(value)
    fields.link(value)
