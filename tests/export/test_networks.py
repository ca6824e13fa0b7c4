"""GraphML and GEXF: the graph as networkx, igraph and Gephi see it."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import igraph
import networkx as nx
import pytest

from kg.export import gexf, graphml
from kg.export.flat import SEPARATOR, flatten
from kg.export.rdf import statement_id
from kg.graph import KnowledgeGraph
from tests.export.export_graphs import graph_around


def read_graphml(path: Path) -> nx.MultiDiGraph:
    return nx.read_graphml(path, force_multigraph=True)


FORMATS = {"graph.graphml": (graphml.write, read_graphml), "graph.gexf": (gexf.write, nx.read_gexf)}


def edges(graph: nx.MultiDiGraph) -> set[tuple[str, str, str]]:
    return {(s, o, data["predicate"]) for s, o, data in graph.edges(data=True)}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("which", ["gold_graph", "hostile_graph"])
def test_networkx_reads_every_node_and_edge(name, which, request, tmp_path):
    graph: KnowledgeGraph = request.getfixturevalue(which)
    write, read = FORMATS[name]
    write(graph, tmp_path / name)
    found = read(tmp_path / name)
    assert found.is_directed()
    assert list(found.nodes) == list(graph.networkx.nodes)
    assert edges(found) == {(s.subject, s.object, s.predicate) for s in graph.statements()}
    assert found.number_of_edges() == graph.networkx.number_of_edges()
    for node, data in graph.networkx.nodes(data=True):
        assert found.nodes[node]["type"] == data["type"]
        assert found.nodes[node]["papers"] == data["papers"]


def test_graphml_gives_networkx_the_same_keys(gold_graph, tmp_path):
    graphml.write(gold_graph, tmp_path / "graph.graphml")
    assert set(read_graphml(tmp_path / "graph.graphml").edges) == set(gold_graph.networkx.edges)


@pytest.mark.parametrize("name", FORMATS)
def test_ids_are_unique_as_xml_demands(name, gold_graph, tmp_path):
    FORMATS[name][0](gold_graph, tmp_path / name)
    root = ElementTree.parse(tmp_path / name)  # noqa: S314 - our own
    ids = [e.get("id") for e in root.iter() if e.tag.endswith(("}node", "}edge")) and e.get("id")]
    assert len(ids) == len(set(ids)) >= gold_graph.networkx.number_of_nodes()


@pytest.mark.parametrize("which", ["gold_graph", "hostile_graph"])
def test_igraph_reads_graphml(which, request, tmp_path):
    graph: KnowledgeGraph = request.getfixturevalue(which)
    graphml.write(graph, tmp_path / "graph.graphml")
    found = igraph.Graph.Read_GraphML(str(tmp_path / "graph.graphml"))
    assert found.is_directed()
    assert found.vs["id"] == list(graph.networkx.nodes)
    ends = {(found.vs[e.source]["id"], found.vs[e.target]["id"], e["predicate"]) for e in found.es}
    assert ends == edges(flatten(graph))
    assert sorted(found.es["statement"]) == sorted(statement_id(s) for s in graph.statements())


@pytest.mark.parametrize("name", FORMATS)
def test_nodes_and_edges_say_what_they_are(name, tmp_path):
    graph = graph_around("GPT4", "A sentence.")
    write, read = FORMATS[name]
    write(graph, tmp_path / name)
    found = read(tmp_path / name)
    node = found.nodes["model/gpt-4"]
    assert node["label"] == "GPT4"
    assert node["aliases"].split(SEPARATOR) == ["GPT4s", "GPT-4"]
    assert node["iri"] == "https://w3id.org/paper-kg/model/gpt-4"
    assert found.nodes["paper/arxiv/2506.05904"]["date"] == "2025-06-06"
    [edge] = found.get_edge_data("model/gpt-4", "benchmark/c%2B%2B-eval").values()
    assert (edge["papers"], edge["weight"], edge["score"]) == (2, 2.0, 0.93)
    assert (edge["paper"], edge["quote"]) == ("paper/arxiv/2506.05904", "A sentence.")


@pytest.mark.parametrize("name", FORMATS)
def test_what_xml_cannot_hold_is_replaced(name, hostile_graph, tmp_path):
    write, read = FORMATS[name]
    write(hostile_graph, tmp_path / name)
    label = read(tmp_path / name).nodes["model/gpt-4"]["label"]
    assert "<script>alert(1)</script>" in label
    assert "]]> --> 'x" in label
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", label)


def test_gexf_has_no_date_of_writing(gold_graph, tmp_path):
    gexf.write(gold_graph, tmp_path / "graph.gexf")
    assert "lastmodified" not in (tmp_path / "graph.gexf").read_text(encoding="utf-8")
