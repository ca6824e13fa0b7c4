"""The text that the pipeline reads has the length of the paper's, so that offsets hold in both."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.text import clean, flat_paper, flatten, title_length
from kg.records import Paper

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize("control", ["\n", "\r", "\t", "\0", "\x1b", "\u2028", "\u00a0", "\x85", "\ud800"])
def test_one_blank_stands_for_one_control_character(control: str) -> None:
    assert flatten(f"a{control}b") == "a b"


@pytest.mark.parametrize("kept", ["é", "e\u0301", "🤖", "中文", "\u202e", "$\\alpha$", "<script>"])
def test_all_that_is_visible_or_shapes_it_stays(kept: str) -> None:
    assert flatten(kept) == kept


@given(ANY_TEXT, ANY_TEXT)
def test_offsets_of_the_flat_text_are_those_of_the_paper(title: str, abstract: str) -> None:
    flat = flat_paper(title, abstract)
    assert len(flat) == len(Paper("x", title, abstract).text)
    assert flat.count("\n") == 1
    assert title_length(flat) == len(title)


@given(ANY_TEXT)
def test_a_clean_form_has_single_blanks_and_stays_as_it_is(text: str) -> None:
    once = clean(text)
    assert "  " not in once
    assert once == once.strip(" ") == clean(once)
