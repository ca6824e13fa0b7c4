"""SPARQL over a graph: what it finds, what it refuses, and how answers read."""

from __future__ import annotations

import json
import socket
import threading
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import KgError
from kg.export import nquads
from kg.graph import KnowledgeGraph
from kg.query import GRAPH_FORMATS, RESULT_FORMATS, Store
from tests.export.export_graphs import HOSTILE, graph_around

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

BASE = "https://w3id.org/paper-kg/"


@pytest.fixture(scope="module")
def store(gold_graph: KnowledgeGraph) -> Store:
    return Store.from_graph(gold_graph)


@pytest.fixture
def small() -> Store:
    return Store.from_graph(graph_around("GPT4", "A sentence."))


def refused(store: Store, text: str) -> str:
    with pytest.raises(KgError) as caught:
        list(store.query(text))
    assert "\n" not in str(caught.value)
    return str(caught.value)


# Finding


def test_prefixes_need_no_declaration(small):
    assert list(small.query("SELECT ?label { model:gpt-4 a kg:Model ; skos:prefLabel ?label }")) == [{"label": "GPT4"}]
    assert small.query(
        "ASK { paper:arxiv\\/2506.05904 dcterms:date '2025-06-06'^^xsd:date ; rdf:type ?t ; rdfs:label ?l }"
    )


def test_own_prefixes_win(small):
    assert small.query("PREFIX model: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> ASK { ?x model:type kg:Model }")


def test_facts_and_evidence_are_found_without_graph(small):
    text = """SELECT ?quote { ?s kg:subject model:gpt-4 ; kg:predicate ?p ; kg:evidence ?e .
              ?e kg:quote ?quote ; kg:inPaper ?paper . model:gpt-4 ?p ?o } ORDER BY ?quote"""
    assert [row["quote"] for row in small.query(text)] == ["A sentence.", "It uses GPT-4."]


def test_a_fact_of_two_papers_counts_once(small):
    assert list(small.query("SELECT (COUNT(*) AS ?n) { ?s kg:evaluatedOn ?o }")) == [{"n": 1}]
    assert list(small.query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s kg:evaluatedOn ?o } }")) == [{"n": 2}]


def test_graph_finds_what_one_paper_states(small):
    text = "SELECT ?p { GRAPH <https://w3id.org/paper-kg/graph/title/second> { ?s ?p model:gpt-4 } }"
    assert list(small.query(text)) == [{"p": f"{BASE}ontology#uses"}]
    by_name = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
    assert [row["g"] for row in small.query(by_name)] == [f"{BASE}graph/arxiv/2506.05904", f"{BASE}graph/title/second"]


def test_answers_agree_with_the_graph(store, gold_graph):
    for name in ("evaluatesOn", "outperforms", "usedFor"):
        found = {(row["s"], row["o"]) for row in store.query(f"SELECT ?s ?o {{ ?s kg:{name} ?o }}")}
        assert found == {(BASE + s.subject, BASE + s.object) for s in gold_graph.statements(predicate=name)}


def test_a_folder_answers_as_its_graph_does(gold_graph, store, tmp_path):
    nquads.write(gold_graph, tmp_path / "graph.nq")
    read = Store.from_folder(tmp_path)
    assert set(read.rdf) == set(store.rdf)
    assert read.prefixes == store.prefixes


def test_another_base_is_found_in_the_folder(tmp_path):
    nquads.write(graph_around("T", "S.", base_iri="http://x.org/kg/"), tmp_path / "graph.nq")
    assert Store.from_folder(tmp_path).query("ASK { <http://x.org/kg/model/gpt-4> a kg:Model . model:gpt-4 ?p ?o }")


def test_a_folder_without_graph_is_told_apart_from_a_damaged_one(tmp_path):
    with pytest.raises(KgError, match=r"holds no graph.*graph\.nq is missing"):
        Store.from_folder(tmp_path)
    with pytest.raises(KgError, match=r"graph\.nq is missing"):
        Store.from_folder(tmp_path / "nowhere")
    nquads.write(graph_around("T", "S."), tmp_path / "graph.nq")
    data = (tmp_path / "graph.nq").read_bytes()
    for damaged in (data[: len(data) // 2].rpartition(b"\n")[0] + b"\n<cut", b"\xff\xfe\x00binary", b"<a> <b> ."):
        (tmp_path / "graph.nq").write_bytes(damaged)
        with pytest.raises(KgError, match=r"graph\.nq: the graph file is damaged"):
            Store.from_folder(tmp_path)


# Answers


def test_rows_are_python_values(small):
    text = """SELECT ?iri ?text ?count ?score ?truth ?none ?odd {
      VALUES (?iri ?text ?count ?score ?truth ?odd) { (kg:Model "a" 3 0.5 true "x"^^xsd:integer) }
      OPTIONAL { ?none ?iri 1 } }"""
    answer = small.query(text)
    assert answer.columns == ("iri", "text", "count", "score", "truth", "none", "odd")
    [row] = answer
    assert tuple(row.values()) == (f"{BASE}ontology#Model", "a", 3, 0.5, True, None, "x")


def test_an_answer_can_be_read_again(small):
    answer = small.query("SELECT ?x { ?x a kg:Paper } ORDER BY ?x")
    assert list(answer) == list(answer)
    assert len(list(answer)) == len(list(answer.table())) == 2


def test_tables_show_labels_and_prefixed_names(small):
    text = """SELECT ?a ?b ?c ?d ?e {
      VALUES (?a ?b ?c ?d) { (model:gpt-4 kg:uses <http://x.org/> 0.5) } OPTIONAL { ?e ?b 1 } }"""
    assert list(small.query(text).table()) == [("GPT4", "kg:uses", "http://x.org/", "0.5", "")]
    [[statement]] = small.query("SELECT ?s { ?s kg:predicate kg:uses }").table()
    assert statement.startswith("statement:")


def test_tables_cannot_command_the_terminal():
    small = Store.from_graph(graph_around(f"{HOSTILE}\x9b2J\u2066", "S."))
    for row in small.query("SELECT ?x ?label { ?x a kg:Model ; rdfs:label ?label }").table():
        for cell in row:
            assert cell.isprintable()
            assert "<script>" in cell


def test_ask_is_true_or_false(small):
    yes, no = small.query("ASK { ?x a kg:Model }"), small.query("ASK { ?x a kg:Robot }")
    assert (bool(yes), bool(no)) == (True, False)
    assert (list(yes), list(no)) == ([{"answer": True}], [{"answer": False}])
    assert (list(yes.table()), list(no.table())) == ([("yes",)], [("no",)])
    assert json.loads(yes.serialize("json"))["boolean"] is True


def test_select_in_every_result_format(small):
    answer = small.query("SELECT ?label ?n { model:gpt-4 rdfs:label ?label ; kg:paperCount ?n }")
    assert answer.serialize("csv") == b"label,n\r\nGPT4,2\r\n"
    assert answer.serialize("tsv") == b'?label\t?n\n"GPT4"\t2\n'
    assert json.loads(answer.serialize("json"))["results"]["bindings"][0]["label"]["value"] == "GPT4"
    assert ElementTree.fromstring(answer.serialize("xml")).tag.endswith("sparql")  # noqa: S314 - our own
    for name in ("tsv", "json", "xml"):
        assert len(list(ox.parse_query_results(answer.serialize(name), format=RESULT_FORMATS[name]))) == 1


@pytest.mark.parametrize("text", ["CONSTRUCT { ?s ?p ?o } WHERE { ?s a kg:Model ; ?p ?o }", "DESCRIBE model:gpt-4"])
def test_graphs_in_every_rdf_format(small, text):
    answer = small.query(text)
    assert answer.columns == ("subject", "predicate", "object")
    assert ("GPT4", "rdfs:label", "GPT4") in set(answer.table())
    names = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdf": "xml"}
    sizes = {len(rdflib.Graph().parse(data=answer.serialize(f), format=names[f])) for f in GRAPH_FORMATS}
    assert sizes == {len({tuple(row.values()) for row in answer})}


def test_a_format_that_does_not_fit_is_refused(small):
    with pytest.raises(KgError, match="choose one of csv, tsv, json, xml"):
        small.query("ASK {}").serialize("ttl")
    with pytest.raises(KgError, match="choose one of ttl, nt, jsonld, rdf"):
        small.query("DESCRIBE model:gpt-4").serialize("csv")


def test_hostile_text_is_well_formed_in_every_format():
    small = Store.from_graph(graph_around(HOSTILE, HOSTILE))
    answer = small.query("SELECT ?label { model:gpt-4 rdfs:label ?label }")
    [row] = answer
    [[element]] = ElementTree.fromstring(answer.serialize("xml"))[1][0]  # noqa: S314 - our own
    found = json.loads(answer.serialize("json"))["results"]["bindings"][0]["label"]["value"]
    assert element.text == found == row["label"]


# Refusals


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("SELEC ?x {}", "near line 1, column 1; expected SELECT, ASK, CONSTRUCT or DESCRIBE"),
        (
            "# a comment\n\nPREFIX x: <http://x/>\nFIND x",
            "near line 4, column 1; after 'omment PREFIX x: <http://x/>'; expected SELECT",
        ),
        ("SELECT ?x\nWHERE ?x a kg:Model }", "near line 2, column 7; after 'SELECT ?x WHERE'; expected {"),
        ("SELECT ?x { ?x a foo:Bar }", "Prefix not found"),
        ("SELECT ?x (COUNT(*) AS ?n) { ?x ?y ?z }", "The SELECT contains a variable that is unbound"),
        ("SELECT ?x { ?x a <relative> }", "IRI parsing failed"),
        ("", "near line 1, column 1"),
        ("SELECT '\ud800' {}", "character 9 is no Unicode character"),
        ("SELECT \x00 {}", "near line 1"),
    ],
)
def test_a_malformed_query_is_told_where(small, text, says):
    line = refused(small, text)
    assert line.startswith("not a valid SPARQL query (")
    assert says in line


@given(text=st.text(max_size=60) | st.text("SELECT*WHERE{}?xyzabkg:.;<>\"'#()&| \n", max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_is_answered_or_refused_with_one_line(text):
    try:
        list(Store().query(text).table())
    except KgError as e:
        assert "\n" not in str(e)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "# why not\nPREFIX x: <http://x.org/> BASE <http://y.org/>\ndelete where { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:9/>",
        "DROP ALL",
        "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_updates_are_refused(small, text):
    before = set(small.rdf)
    assert "only SELECT, ASK, CONSTRUCT and DESCRIBE" in refused(small, text)
    assert set(small.rdf) == before


def test_unknown_names_are_answered_with_those_known(small):
    assert "no query is named 'top-models'; named queries: co-occurring" in refused(small, "top-models")


@pytest.fixture
def listener():
    """A port on this machine, and the list of connections that reached it."""
    reached: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                reached.append(connection.recv(100))
                connection.close()

        threading.Thread(target=accept, daemon=True).start()
        yield server.getsockname()[1], reached
        server.shutdown(socket.SHUT_RDWR)


CALLS = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { ?x a kg:Model . service silent <URL> { ?s ?p ?o } }",
    "ASK { SERVICESILENT<URL>{ ?s ?p ?o } }",
    "SELECT * { {} #\nSERVICE<URL>{ ?s ?p ?o } }",
    "PREFIX service: <URL> SELECT * { SERVICE service:service { ?service ?p 'service' } }",
    "PREFIX : <URL> ASK { SERVICE: { ?s ?p ?o } }",
    "SELECT ?x { VALUES ?u { <URL> } SERVICE ?u { ?s ?p ?x } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { { SELECT * { SERVICE <URL> { ?s ?p ?o } } } }",
    "ASK { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * FROM <URL> { ?s ?p ?o }",
]


@pytest.mark.parametrize("call", CALLS)
def test_no_query_reaches_the_network(store, listener, call):
    port, reached = listener
    text = call.replace("URL", f"http://127.0.0.1:{port}/sparql")
    if "SERVICE" in call.upper():
        assert "SERVICE is not allowed" in refused(store, text)
    else:
        assert list(store.query(text)) == []
    assert reached == []


def test_the_listener_would_notice(store, listener):
    """Oxigraph by itself does call services: without the refusal the test above would fail."""
    port, reached = listener
    with pytest.raises(OSError):
        list(store.rdf.query(f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"))
    assert reached


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service a kg:Model } # SERVICE",
        "SELECT * { ?x rdfs:label ?l FILTER(CONTAINS(?l, 'service')) }",
        "PREFIX service: <http://service.org/> SELECT * { ?x service:service <http://x.org/SERVICE> }",
    ],
)
def test_the_word_service_is_free(store, text):
    list(store.query(text))


def test_a_mistake_beside_the_word_service_is_told_as_such(store):
    assert "Prefix not found" in refused(store, "SELECT ?service { ?service a foo:bar }")
