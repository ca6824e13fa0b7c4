"""The data of the page: columns, offsets and links."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.export.excerpt import excerpt
from kg.export.pagedata import INVERSE, LOOK, code_units, page_data, paper_link
from kg.graph import KnowledgeGraph
from kg.records import Paper
from kg.vocabulary import vocabulary

PAPER = Paper("paper/1", "Title", "Abstract")


def test_every_type_has_a_look_of_its_own_and_every_edge_two_readings() -> None:
    words = vocabulary()
    assert LOOK.keys() == words.types.keys()
    for column in zip(*LOOK.values(), strict=True):
        assert len(set(column)) == len(LOOK)
    assert INVERSE.keys() == words.roles.keys() | words.relations.keys()


@given(st.text(st.characters(), max_size=40), st.data())
def test_offsets_cut_the_same_text_in_a_browser(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    unit = code_units(text)
    in_browser = text.encode("utf-16-le", "surrogatepass")
    cut = in_browser[2 * unit(start) : 2 * unit(end)]
    assert cut == text[start:end].encode("utf-16-le", "surrogatepass")


@pytest.mark.parametrize(
    ("paper", "link"),
    [
        (replace(PAPER, url="https://example.org/p"), "https://example.org/p"),
        (replace(PAPER, url="javascript:alert(1)", arxiv_id="2506.05904"), "https://arxiv.org/abs/2506.05904"),
        (replace(PAPER, url="data:text/html,x"), None),
        (replace(PAPER, url="http://[broken"), None),
        (replace(PAPER, arxiv_id="cs/0301012"), "https://arxiv.org/abs/cs/0301012"),
        (replace(PAPER, doi='10.1/a"b<c'), "https://doi.org/10.1/a%22b%3Cc"),
        (PAPER, None),
    ],
)
def test_a_paper_links_to_the_web_or_nowhere(paper: Paper, link: str | None) -> None:
    assert paper_link(paper) == link


def test_the_columns_hold_every_statement_mention_and_result(gold_graph: KnowledgeGraph) -> None:
    data = page_data(gold_graph, {e.id: (0, 0) for e in gold_graph.entities()})
    entities, papers = data["entities"], data["papers"]
    roles = [r["name"] for r in data["roles"]]
    relations = [r["name"] for r in data["relations"]]
    said = {(papers["id"][p], roles[r], entities["id"][e]) for p, r, e, _ in data["said"]}
    related = {(entities["id"][s], relations[r], entities["id"][o]) for s, r, o, _ in data["related"]}
    assert said | related == {(s.subject, s.predicate, s.object) for s in gold_graph.statements()}
    assert sum(map(len, data["mentions"])) == 3 * sum(1 for _ in gold_graph.mentions())
    assert [r[3] for r in data["results"]] == [r.value for r in gold_graph.results()]


def test_an_excerpt_is_whole_in_itself(gold_graph: KnowledgeGraph) -> None:
    assert excerpt(gold_graph, limit=60) is gold_graph
    part = excerpt(gold_graph, limit=7)
    papers = {p.id for p in part.papers()}
    assert len(papers) == 7
    assert {e.paper for s in part.statements() for e in s.evidence} == papers
    for s in part.statements():
        assert s.subject in part
        assert s.object in part
    assert all(part.papers_of(e.id) for e in part.entities())
