"""The RDF files: what they say, and that every parser reads the same in each."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings

from kg.errors import KgError
from kg.export import jsonld, nquads, turtle
from kg.export.characters import xml_text
from kg.export.rdf import quads, to_rdflib, triples
from kg.export.terms import date_literal, term
from kg.graph import KnowledgeGraph
from kg.resources import ONTOLOGY
from tests.export.export_graphs import HOSTILE, any_text, graph_around

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

Triples = set[tuple[str, ...]]

BASE = "https://w3id.org/paper-kg/"
FILES = {"graph.ttl": turtle.write, "graph.nq": nquads.write, "graph.jsonld": jsonld.write}
OXIGRAPH = {
    "graph.ttl": ox.RdfFormat.TURTLE,
    "graph.nq": ox.RdfFormat.N_QUADS,
    "graph.jsonld": ox.RdfFormat.JSON_LD,
}
RDFLIB = {"graph.ttl": "turtle", "graph.nq": "nquads", "graph.jsonld": "json-ld"}
RAPPER = {"graph.ttl": "turtle", "graph.nq": "nquads"}  # Raptor reads no JSON-LD


@pytest.fixture(autouse=True)
def exact_literals(monkeypatch: pytest.MonkeyPatch) -> None:
    """rdflib shall show literals as they stand in the file."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


def ox_set(found: Iterable[ox.Quad | ox.Triple]) -> Triples:
    return {(str(t.subject), str(t.predicate), str(t.object)) for t in found}


def rdflib_set(found: Iterable[tuple[rdflib.term.Node, ...]]) -> Triples:
    def node(n: rdflib.term.Node) -> str:
        if isinstance(n, rdflib.URIRef):
            return str(ox.NamedNode(str(n)))
        assert isinstance(n, rdflib.Literal)
        return str(ox.Literal(str(n), datatype=n.datatype and ox.NamedNode(str(n.datatype))))

    return {(node(s), node(p), node(o)) for s, p, o, *_ in found}


def read_with_oxigraph(path: Path) -> Triples:
    return ox_set(ox.parse(path=path, format=OXIGRAPH[path.name]))


def read_with_rdflib(path: Path) -> Triples:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(path, format=RDFLIB[path.name])
    return rdflib_set(dataset.triples((None, None, None)))


def read_with_rapper(path: Path) -> Triples:
    if shutil.which("rapper") is None:
        pytest.skip("Raptor's rapper (package raptor2-utils) is not installed")
    command = ["rapper", "-q", "-i", RAPPER[path.name], "-o", "ntriples", str(path)]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stderr == b""
    return ox_set(ox.parse(done.stdout, format=ox.RdfFormat.N_TRIPLES))


READERS = [
    *((name, read_with_oxigraph) for name in FILES),
    *((name, read_with_rdflib) for name in FILES),
    *((name, read_with_rapper) for name in RAPPER),
]


@pytest.mark.parametrize(("name", "read"), READERS, ids=lambda v: v if isinstance(v, str) else v.__name__)
@pytest.mark.parametrize("which", ["gold_graph", "hostile_graph"])
def test_every_parser_reads_the_same_triples_in_every_file(name, read, which, request, tmp_path):
    graph = request.getfixturevalue(which)
    FILES[name](graph, tmp_path / name)
    assert read(tmp_path / name) == ox_set(triples(graph))


@given(label=any_text, sentence=any_text)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_survives_in_every_file(label, sentence, tmp_path):
    graph = graph_around(label, sentence)
    labels = f"{ox.Literal(xml_text(label))}"
    for name, write in FILES.items():
        write(graph, tmp_path / name)
        found = read_with_oxigraph(tmp_path / name)
        assert (f"<{BASE}model/gpt-4>", str(term("skos:prefLabel")), labels) in found
        quotes = {o for _, p, o in found if p == str(term("kg:quote"))}
        assert str(ox.Literal(xml_text(sentence))) in quotes
        assert read_with_rdflib(tmp_path / name) == found


@pytest.mark.parametrize("character", [chr(c) for c in (*range(0x20), 0x7F, 0x85, 0x2028, 0x202E, 0xFEFF, 0xFFFE)])
def test_rapper_reads_every_control_character(character, tmp_path):
    graph = graph_around(f"a{character}b", f"c{character}d")
    for name in RAPPER:
        FILES[name](graph, tmp_path / name)
        assert read_with_rapper(tmp_path / name) == ox_set(triples(graph))


def test_quads_and_their_union_agree(gold_graph):
    everything = list(triples(gold_graph))
    assert len(everything) == len(set(everything))
    assert ox_set(quads(gold_graph)) == ox_set(everything)
    assert len(list(quads(gold_graph))) == len(set(quads(gold_graph)))


def test_the_dataset_keeps_its_named_graphs(gold_graph, tmp_path):
    nquads.write(gold_graph, tmp_path / "graph.nq")
    assert list(ox.parse(path=tmp_path / "graph.nq", format=ox.RdfFormat.N_QUADS)) == list(quads(gold_graph))


def test_rdflib_gets_the_same_dataset(hostile_graph):
    dataset = to_rdflib(hostile_graph)
    assert rdflib_set(dataset.triples((None, None, None))) == ox_set(triples(hostile_graph))
    by_graph = {str(q.graph_name.value) for q in quads(hostile_graph) if isinstance(q.graph_name, ox.NamedNode)}
    filled = {
        str(g.identifier) for g in dataset.graphs() if len(g) and g.identifier != rdflib.URIRef("urn:x-rdflib:default")
    }
    assert filled == by_graph == {f"{BASE}graph/arxiv/2506.05904", f"{BASE}graph/title/second"}
    assert rdflib_set(dataset.default_graph) == ox_set(
        q for q in quads(hostile_graph) if isinstance(q.graph_name, ox.DefaultGraph)
    )


def test_triples_of_one_subject_stand_together_and_none_is_blank(gold_graph):
    found = list(triples(gold_graph))
    groups = [subject for subject, _ in groupby(found, key=lambda t: t.subject)]
    assert len(groups) == len(set(groups))
    assert not any(isinstance(node, ox.BlankNode) for t in found for node in t)


# What is said


def about(graph: KnowledgeGraph, subject: str) -> dict[str, list[str]]:
    """Objects by prefixed predicate (of the kg, dcterms, rdfs and skos namespaces: by local name)."""
    out: dict[str, list[str]] = {}
    for t in triples(graph):
        if t.subject.value == graph.iri(subject):
            out.setdefault(t.predicate.value.rpartition("#")[2].rpartition("/")[2], []).append(str(t.object))
    return out


def xsd(value: str, kind: str) -> str:
    return f'"{value}"^^<http://www.w3.org/2001/XMLSchema#{kind}>'


def test_a_paper_is_described():
    said = about(graph_around("A title", "A sentence."), "paper/arxiv/2506.05904")
    assert said["type"] == [f"<{BASE}ontology#Paper>"]
    assert said["title"] == said["label"] == ['"A title"']
    assert said["abstract"] == ['"A sentence."']
    assert said["author"] == ['"A title"', '"Ada Lovelace"']
    assert said["date"] == [xsd("2025-06-06", "date")]
    assert (said["arxivId"], said["doi"]) == (['"2506.05904"'], ['"10.1145/3292500.3330701"'])
    assert said["codeUrl"] == [xsd("https://github.com/x/y", "anyURI")]
    assert said["kind"] == ['"model"', '"benchmark"']
    assert said["introduces"] == [f"<{BASE}model/gpt-4>"]
    assert len(said["listing"]) == 2


def test_a_listing_has_page_date_and_position():
    graph = graph_around("T", "S.")
    first = about(graph, "paper/arxiv/2506.05904")["listing"][0]
    said = about(graph, first.strip("<>").removeprefix(BASE))
    assert (said["page"], said["date"], said["position"]) == (
        ['"000.txt"'],
        [xsd("--06-10", "gMonthDay")],
        [xsd("3", "integer")],
    )


def test_an_entity_is_described():
    said = about(graph_around("GPT4", "S."), "model/gpt-4")
    assert said["type"] == [f"<{BASE}ontology#Model>"]
    assert said["label"] == said["prefLabel"] == ['"GPT4"']
    assert said["altLabel"] == ['"GPT4s"', '"GPT-4"']
    assert said["paperCount"] == [xsd("2", "integer")]
    assert said["evaluatedOn"] == [f"<{BASE}benchmark/c%2B%2B-eval>"]


def test_a_result_is_described():
    graph = graph_around("T", "S.")
    said = about(graph, "result/1")
    assert (said["value"], said["number"], said["unit"]) == (['"7.6%"'], [xsd("7.6", "decimal")], ['"%"'])
    assert said["resultKind"] == ['"improvement"']
    assert said["subject"] == [f"<{BASE}model/gpt-4>"]
    assert "dataset" not in said
    assert "number" not in about(graph, "result/2")
    evidence = about(graph, said["evidence"][0].strip("<>").removeprefix(BASE))
    assert evidence["quote"] == ['"S."']


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("2025", "gYear"),
        ("2025-06", "gYearMonth"),
        ("2024-02-29", "date"),
        ("--02-29", "gMonthDay"),
        ("2025-02-29", "string"),
        ("2025-13", "string"),
        ("June 2025", "string"),
        ("٢٠٢٥", "string"),
    ],
)
def test_dates_are_typed_by_their_shape(value, kind):
    assert date_literal(value).datatype == term(f"xsd:{kind}")


def test_every_fact_is_a_statement_with_evidence_in_the_graph_of_its_paper(gold_graph):
    store = ox.Store()
    store.extend(quads(gold_graph))
    ask = """PREFIX kg: <https://w3id.org/paper-kg/ontology#> PREFIX prov: <http://www.w3.org/ns/prov#>
    SELECT ?s ?p ?o ?paper ?start ?end ?quote {
      ?st a kg:Statement ; kg:subject ?s ; kg:predicate ?p ; kg:object ?o ; kg:evidence ?e .
      ?s ?p ?o .
      ?g a prov:Bundle ; prov:wasDerivedFrom ?paper ; prov:wasGeneratedBy/prov:wasAssociatedWith ?agent .
      GRAPH ?g { ?e a kg:Evidence ; kg:inPaper ?paper ; kg:start ?start ; kg:end ?end ; kg:quote ?quote . ?s ?p ?o }
    }"""
    found = {tuple(term.value for term in row) for row in store.query(ask)}
    kg = f"{BASE}ontology#"
    assert found == {
        (
            BASE + s.subject,
            kg + s.predicate,
            BASE + s.object,
            BASE + e.paper,
            str(e.start),
            str(e.end),
            gold_graph.quote(e),
        )
        for s in gold_graph.statements()
        for e in s.evidence
    }


def test_scores_do_not_change_names(gold_graph):
    def worse(graph: KnowledgeGraph) -> KnowledgeGraph:
        statements = [
            replace(s, evidence=tuple(replace(e, score=e.score / 3) for e in s.evidence)) for s in graph.statements()
        ]
        return KnowledgeGraph(graph.papers(), graph.entities(), (), statements, generator=graph.generator)

    same = KnowledgeGraph(gold_graph.papers(), gold_graph.entities(), (), gold_graph.statements(), generator="gold")
    assert {t.subject for t in triples(worse(gold_graph))} == {t.subject for t in triples(same)}


def test_a_sentence_given_twice_for_one_statement_is_one_evidence_with_the_better_score():
    graph = graph_around("T", "S.")
    first = next(graph.statements(predicate="introduces"))
    twice = replace(first, evidence=(replace(first.evidence[0], score=0.2, marks=()), first.evidence[0]))
    said = KnowledgeGraph(graph.papers(), graph.entities(), (), (twice,))
    scores = [str(t.object) for t in triples(said) if t.predicate == term("kg:score")]
    assert scores == [xsd("0.93", "decimal")] * 2


def test_data_iris_begin_with_the_base():
    graph = graph_around("T", "S.", base_iri="http://example.org/kg#")
    subjects = {t.subject.value for t in triples(graph)}
    assert all(s.startswith("http://example.org/kg#") for s in subjects)


@pytest.mark.parametrize("base", ["", "no iri", "kg/", "http://exa mple.org/", "http://example.org/<x>/"])
def test_a_base_that_is_no_iri_is_refused_with_one_line(base, tmp_path):
    with pytest.raises(KgError, match="no IRI") as caught:
        nquads.write(graph_around("T", "S.", base_iri=base), tmp_path / "graph.nq")
    assert "\n" not in str(caught.value)


def test_an_entity_that_ends_in_a_point_is_read_by_rdflib(tmp_path):
    from kg.records import Entity

    graph = KnowledgeGraph(entities=(Entity("model/a.", "Model", "a.", ()), Entity("task/..", "Task", "..", ())))
    turtle.write(graph, tmp_path / "graph.ttl")
    assert read_with_rdflib(tmp_path / "graph.ttl") == ox_set(triples(graph))


# The vocabulary


@pytest.fixture(scope="module")
def declared() -> dict[str, set[str]]:
    """Terms of the ontology: local name → local names of their types and ranges."""
    out: dict[str, set[str]] = {}
    for t in ox.parse(path=ONTOLOGY / "kg.ttl", format=ox.RdfFormat.TURTLE):
        if isinstance(t.subject, ox.NamedNode) and t.subject.value.startswith(f"{BASE}ontology#"):
            found = out.setdefault(t.subject.value.rpartition("#")[2], set())
            if t.predicate.value.endswith(("#type", "#range")) and isinstance(t.object, ox.NamedNode):
                found.add(t.object.value.rpartition("#")[2])
    return out


@pytest.mark.parametrize("which", ["gold_graph", "hostile_graph"])
def test_only_declared_terms_are_used(which, declared, request):
    graph = request.getfixturevalue(which)
    nodes = {node.value for t in triples(graph) for node in t if isinstance(node, ox.NamedNode)}
    used = {n.rpartition("#")[2] for n in nodes if n.startswith(f"{BASE}ontology#")}
    assert used <= set(declared)


def test_the_context_has_every_term_of_the_ontology_with_its_kind(declared):
    context = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    own = {}
    for key, value in context.items():
        iri = value["@id"] if isinstance(value, dict) else value
        if isinstance(iri, str) and iri.startswith("kg:"):
            own[key] = iri.removeprefix("kg:")
    assert own == {name: name for name in declared}
    for name, kinds in declared.items():
        coercion = context[name].get("@type") if isinstance(context[name], dict) else None
        if "ObjectProperty" in kinds:
            assert coercion == ("@vocab" if name == "predicate" else "@id")
        elif "DatatypeProperty" in kinds:
            ranges = kinds - {"DatatypeProperty"}
            assert ranges == {(coercion or "xsd:string").removeprefix("xsd:")}, name


def test_json_ld_reads_as_plain_objects(tmp_path):
    graph = graph_around("GPT4", "S.")
    jsonld.write(graph, tmp_path / "graph.jsonld")
    text = (tmp_path / "graph.jsonld").read_text(encoding="utf-8")
    nodes = {node["id"]: node for node in json.loads(text)["@graph"]}
    assert len(nodes) == len(json.loads(text)["@graph"])
    assert nodes[f"{BASE}model/gpt-4"] == {
        "id": f"{BASE}model/gpt-4",
        "type": "Model",
        "label": "GPT4",
        "prefLabel": "GPT4",
        "altLabel": ["GPT4s", "GPT-4"],
        "paperCount": 2,
        "evaluatedOn": [f"{BASE}benchmark/c%2B%2B-eval"],
    }
    predicates = {node["predicate"] for node in nodes.values() if node["type"] == "Statement"}
    assert predicates == {"introduces", "uses", "mentions", "evaluatedOn"}


def test_hostile_text_is_in_the_files_as_text(hostile_graph, tmp_path):
    jsonld.write(hostile_graph, tmp_path / "graph.jsonld")
    said = about(hostile_graph, "model/gpt-4")["label"]
    assert said == [str(ox.Literal(xml_text(HOSTILE)))]
    assert len(xml_text(HOSTILE)) == len(HOSTILE)


def test_turtle_names_its_prefixes_once_however_long_it_is(gold_graph, monkeypatch, tmp_path):
    turtle.write(gold_graph, tmp_path / "graph.ttl")
    whole = (tmp_path / "graph.ttl").read_text(encoding="utf-8").splitlines()
    prefixes = [line for line in whole if line.startswith("@prefix")]
    assert whole[: len(prefixes)] == prefixes == sorted(set(prefixes))
    monkeypatch.setattr(turtle, "_BATCH", 500)
    turtle.write(gold_graph, tmp_path / "graph.ttl")
    assert read_with_oxigraph(tmp_path / "graph.ttl") == ox_set(triples(gold_graph))
    assert (tmp_path / "graph.ttl").read_text(encoding="utf-8").splitlines()[: len(prefixes)] == prefixes
    assert (tmp_path / "graph.ttl").read_text(encoding="utf-8").count("@prefix ") == len(prefixes)
