"""The named queries: each runs, has a question, and answers it from a real graph."""

from __future__ import annotations

import pytest
import rdflib

from kg.export import nquads
from kg.graph import KnowledgeGraph
from kg.query import Store, named_queries
from tests.export.export_graphs import graph_around

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")


@pytest.fixture(scope="module")
def store(gold_graph: KnowledgeGraph) -> Store:
    return Store.from_graph(gold_graph)


@pytest.mark.parametrize("name", named_queries())
def test_each_has_a_question_and_runs(name, store):
    query = named_queries()[name]
    assert query.question.endswith("?")
    assert query.question[0].isupper()
    rows = list(store.query(name).table())
    # the annotated abstracts are not annotated with addresses
    assert bool(rows) == (name != "code-and-data")
    assert rows == list(store.query(f"\n{name} ").table())


@pytest.mark.parametrize("name", named_queries())
def test_each_runs_in_other_programs_with_the_same_answer(name, tmp_path):
    """The files declare their prefixes and are standard SPARQL: rdflib's own engine answers alike."""
    graph = graph_around("GPT4", "A sentence.")
    nquads.write(graph, tmp_path / "graph.nq")
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(tmp_path / "graph.nq", format="nquads")
    theirs = [tuple("" if v is None else str(v) for v in row) for row in dataset.query(named_queries()[name].text)]
    ours = [tuple("" if v is None else str(v) for v in row.values()) for row in Store.from_graph(graph).query(name)]
    assert sorted(theirs) == sorted(ours)


def labels(store: Store, name: str, *columns: str) -> list[tuple[object, ...]]:
    return [tuple(row[column] for column in columns) for row in store.query(name)]


def test_top_benchmarks_come_by_number_of_papers(store, gold_graph):
    found = dict(labels(store, "top-benchmarks", "label", "papers"))
    for entity in gold_graph.entities("Benchmark"):
        papers = len(list(gold_graph.statements(predicate="evaluatesOn", object=entity.id)))
        assert found.get(entity.label, 0) == papers
    assert list(found.values()) == sorted(found.values(), reverse=True)


def test_what_outperforms_gives_the_words(store, gold_graph):
    found = set(labels(store, "what-outperforms", "betterLabel", "worseLabel", "quote"))
    assert found == {
        (gold_graph.label(s.subject), gold_graph.label(s.object), gold_graph.quote(e))
        for s in gold_graph.statements(predicate="outperforms")
        for e in s.evidence
    }


def test_the_leaderboard_has_every_result_once(store, gold_graph):
    found = labels(store, "leaderboard", "value", "kind", "paper")
    assert sorted(found) == sorted((r.value, r.kind, gold_graph.iri(r.paper)) for r in gold_graph.results())


def test_evidence_has_every_sentence_of_every_relation(store, gold_graph):
    found = labels(store, "evidence", "subjectLabel", "objectLabel", "quote", "title")
    expected = [
        (gold_graph.label(s.subject), gold_graph.label(s.object), gold_graph.quote(e), gold_graph.label(e.paper))
        for s in gold_graph.statements()
        if not s.subject.startswith("paper/")
        for e in s.evidence
    ]
    assert sorted(found) == sorted(expected)


def test_introduced_models_and_datasets(store, gold_graph):
    introduced = [gold_graph.entity(s.object) for s in gold_graph.statements(predicate="introduces")]
    models = sorted(e.label for e in introduced if e.type == "Model")
    data = sorted(e.label for e in introduced if e.type in ("Dataset", "Benchmark"))
    assert sorted(label for (label,) in labels(store, "introduced-models", "label")) == models
    assert sorted(label for (label,) in labels(store, "introduced-datasets", "label")) == data


def test_kinds_of_papers_are_counted(store, gold_graph):
    found = dict(labels(store, "papers-by-kind", "kind", "papers"))
    kinds = [kind for paper in gold_graph.papers() for kind in paper.kinds]
    assert found == {kind: kinds.count(kind) for kind in set(kinds)}


def test_co_occurring_entities_share_papers(store, gold_graph):
    papers = {e.label: set(gold_graph.papers_of(e.id)) for e in gold_graph.entities()}
    rows = labels(store, "co-occurring", "firstLabel", "secondLabel", "papers")
    for first, second, count in rows[:5]:
        assert len(papers[str(first)] & papers[str(second)]) == count


def test_code_and_data_have_addresses():
    rows = list(Store.from_graph(graph_around("x", "S.")).query("code-and-data"))
    assert rows == [
        {"title": "x", "what": "code", "url": "https://github.com/x/y"},
        {"title": "x", "what": "data", "url": "https://x.org/x"},
    ]
