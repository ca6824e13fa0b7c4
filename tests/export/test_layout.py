"""The map of the page: what opens first, and where everything lies."""

from __future__ import annotations

import math
from itertools import combinations
from statistics import median

import networkx as nx
import pytest

from kg.export.layout import opening, positions, radius, ties
from kg.graph import KnowledgeGraph
from kg.records import Entity, Evidence, Paper, Statement


def small_graph(*papers: str) -> KnowledgeGraph:
    """Papers given by the names of the entities that they use, such as ``"a b c"``."""
    statements: dict[tuple[str, str], Statement] = {}
    for i, names in enumerate(papers):
        for name in names.split():
            evidence = Evidence(f"paper/{i}", 0, 1, (), 1.0)
            statements[f"paper/{i}", name] = Statement(f"paper/{i}", "uses", f"method/{name}", (evidence,))
    entities = [Entity(f"method/{n}", "Method", n, ()) for n in sorted({n for names in papers for n in names.split()})]
    return KnowledgeGraph(
        [Paper(f"paper/{i}", "T", "A") for i in range(len(papers))], entities, (), statements.values()
    )


Map = tuple[list[str], dict[str, tuple[int, int]]]


def map_of(graph: KnowledgeGraph) -> Map:
    tied = ties(graph)
    first = opening(graph, tied)
    return first, positions(graph, tied, first)


@pytest.fixture(scope="module")
def gold_map(gold_graph: KnowledgeGraph) -> Map:
    return map_of(gold_graph)


def test_entities_are_tied_by_relations_and_by_two_shared_papers(gold_graph: KnowledgeGraph) -> None:
    tied = ties(small_graph("a b c", "a b", "a b"))
    assert set(tied.edges) == {("method/a", "method/b")}
    assert tied["method/a"]["method/b"]["weight"] == 2
    relation = next(s for s in gold_graph.statements(predicate="usedFor"))
    assert ties(gold_graph).has_edge(relation.subject, relation.object)


def test_the_opening_begins_with_the_most_frequent_and_hangs_together(gold_graph: KnowledgeGraph) -> None:
    tied = ties(gold_graph)
    first = opening(gold_graph, tied, limit=40)
    assert len(first) == 40
    assert nx.is_connected(tied.subgraph(first))
    frequent = max(len(gold_graph.papers_of(n)) for n in tied if tied.degree(n))
    assert len(gold_graph.papers_of(first[0])) == frequent


def test_a_graph_without_ties_opens_with_what_is_most_frequent() -> None:
    graph = small_graph("a", "b", "b")
    assert opening(graph, ties(graph)) == ["method/b", "method/a"]


def test_a_second_part_opens_after_the_first_is_complete() -> None:
    graph = small_graph("a b c", "a b c", "x y", "x y", "lone")
    first = [n.removeprefix("method/") for n in opening(graph, ties(graph))]
    assert first[:2] == ["a", "b"]
    assert set(first[:3]) == {"a", "b", "c"}
    assert first[3:] == ["x", "y", "lone"]


def test_no_two_nodes_of_the_opening_overlap(gold_graph: KnowledgeGraph, gold_map: Map) -> None:
    first, at = gold_map
    radii = {n: radius(len(gold_graph.papers_of(n))) for n in first}
    assert all(math.dist(at[a], at[b]) > radii[a] + radii[b] for a, b in combinations(first, 2))


def test_what_is_tied_lies_nearer_than_what_is_not(gold_graph: KnowledgeGraph, gold_map: Map) -> None:
    first, at = gold_map
    tied = ties(gold_graph)
    distances: dict[bool, list[float]] = {True: [], False: []}
    for a, b in combinations(first, 2):
        distances[tied.has_edge(a, b)].append(math.dist(at[a], at[b]))
    assert median(distances[True]) < 0.5 * median(distances[False])


def test_every_entity_has_a_place_of_its_own(gold_graph: KnowledgeGraph, gold_map: Map) -> None:
    _, at = gold_map
    assert at.keys() == {e.id for e in gold_graph.entities()}
    assert len(set(at.values())) == len(at)


def test_places_do_not_depend_on_chance(gold_graph: KnowledgeGraph, gold_map: Map) -> None:
    assert map_of(gold_graph) == gold_map


@pytest.mark.parametrize("papers", [(), ("a",), ("a b",), ("a", "b")])
def test_tiny_graphs_have_places(papers: tuple[str, ...]) -> None:
    graph = small_graph(*papers)
    _, at = map_of(graph)
    assert len(set(at.values())) == sum(1 for _ in graph.entities())


def test_a_node_grows_with_its_papers_within_bounds() -> None:
    sizes = [radius(n) for n in (0, 1, 2, 10, 1000, 100_000)]
    assert sizes == sorted(sizes)
    assert sizes[0] > 5
    assert sizes[-1] < 40
