"""A paper is one node however often it is listed."""

from __future__ import annotations

from kg import read
from kg.records import Listing, Paper
from kg.resolve import merge_papers
from kg.resources import SAMPLE


def test_the_sample_holds_435_listings_of_346_papers() -> None:
    listed = list(read([SAMPLE]))
    merged = merge_papers(listed)
    assert (len(listed), len(merged)) == (435, 346)
    assert sum(len(p.listings) for p in merged) == 435
    assert len({p.id for p in merged}) == 346


def test_the_same_title_in_other_letters_is_the_same_paper() -> None:
    first = Paper("1", "A  Survey of LLMs", "short", listings=(Listing("a", "--03-11", 1),))
    again = Paper(
        "2", "a survey of LLMs", "a longer abstract", arxiv_id="2506.05904", listings=(Listing("b", None, 2),)
    )
    (one,) = merge_papers([first, again])
    assert one.id == "paper/arxiv/2506.05904"
    assert one.abstract == "a longer abstract"
    assert one.date == "2025-06"
    assert [x.page for x in one.listings] == ["a", "b"]


def test_the_same_title_with_other_identifiers_is_another_paper() -> None:
    a = Paper("1", "Technical Report", "x", arxiv_id="2506.00001")
    b = Paper("2", "Technical Report", "y", arxiv_id="2506.00002")
    assert len(merge_papers([a, b])) == 2


def test_identifiers_join_across_titles() -> None:
    a = Paper("1", "Old title", "x", arxiv_id="2506.00001")
    b = Paper("2", "New title", "x", arxiv_id="2506.00001", doi="10.1/x")
    c = Paper("3", "Published title", "x", doi="10.1/x")
    assert len(merge_papers([a, b, c])) == 1


def test_papers_without_title_are_told_apart_by_their_text() -> None:
    a, b = merge_papers([Paper("1", "", "one abstract"), Paper("2", "", "another abstract")])
    assert a.id != b.id
