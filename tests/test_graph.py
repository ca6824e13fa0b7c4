"""Typed access to the graph, and the same as a networkx graph."""

from __future__ import annotations

import pytest

from kg.graph import KnowledgeGraph
from kg.records import Entity


def test_networkx_holds_every_paper_entity_and_statement(gold_graph: KnowledgeGraph) -> None:
    g = gold_graph.networkx
    assert g.number_of_nodes() == sum(1 for _ in gold_graph.papers()) + sum(1 for _ in gold_graph.entities())
    assert g.number_of_edges() == sum(1 for _ in gold_graph.statements())
    assert {d["type"] for _, d in g.nodes(data=True)} == {
        "Paper", "Model", "Method", "Dataset", "Benchmark", "Task", "Metric",
    }  # fmt: skip


def test_find_disregards_case_and_hyphens(gold_graph: KnowledgeGraph) -> None:
    (found,) = gold_graph.find("nv embed")
    assert isinstance(found, Entity)
    assert found.label == "NV-Embed"
    assert gold_graph.find(found.id) == gold_graph.find(gold_graph.iri(found.id)) == [found]


def test_statements_can_be_asked_by_any_end(gold_graph: KnowledgeGraph) -> None:
    for s in list(gold_graph.statements())[::50]:
        assert s in gold_graph.statements(subject=s.subject)
        assert s in gold_graph.statements(object=s.object, predicate=s.predicate)
        assert s in gold_graph.statements(paper=s.papers[0])
        assert s not in gold_graph.statements(subject=s.object)


def test_results_can_be_asked_by_any_slot(gold_graph: KnowledgeGraph) -> None:
    with_dataset = [r for r in gold_graph.results() if r.dataset]
    assert with_dataset
    for r in with_dataset:
        assert r in gold_graph.results(r.dataset)
        assert r in gold_graph.results(r.paper)


def test_a_neighbourhood_is_what_lies_within_so_many_edges(gold_graph: KnowledgeGraph) -> None:
    near = gold_graph.neighbourhood("NV-Embed", depth=1)
    (centre,) = gold_graph.find("NV-Embed")
    whole = gold_graph.networkx
    assert set(near) == {centre.id, *whole.successors(centre.id), *whole.predecessors(centre.id)}
    assert len(gold_graph.neighbourhood("NV-Embed", depth=2)) > len(near)
    with pytest.raises(KeyError):
        gold_graph.neighbourhood("no such thing")


def test_an_empty_graph_answers_everything() -> None:
    empty = KnowledgeGraph()
    assert not list(empty.papers())
    assert not empty.find("x")
    assert not empty.similar_names("x")
    assert empty.networkx.number_of_nodes() == 0
