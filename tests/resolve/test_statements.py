"""Every statement carries the sentence it was read from."""

from __future__ import annotations

import pytest

from kg.graph import KnowledgeGraph
from kg.resolve.statements import parse_value
from kg.vocabulary import vocabulary


def test_evidence_is_a_sentence_with_the_mentions_marked(gold_graph: KnowledgeGraph) -> None:
    for statement in gold_graph.statements():
        for evidence in statement.evidence:
            text = gold_graph.paper(evidence.paper).text
            assert 0 <= evidence.start < evidence.end <= len(text)
            assert gold_graph.quote(evidence).strip()
            assert all(evidence.start <= s < t <= evidence.end for s, t in evidence.marks)


def test_statements_keep_to_the_ontology(gold_graph: KnowledgeGraph) -> None:
    known = vocabulary()
    for s in gold_graph.statements():
        object_type = gold_graph.entity(s.object).type
        if s.predicate in known.roles:
            assert object_type in known.roles[s.predicate].objects
        else:
            assert known.allows(gold_graph.entity(s.subject).type, s.predicate, object_type)


def test_mentions_are_slices_of_the_text(gold_graph: KnowledgeGraph) -> None:
    for m in gold_graph.mentions():
        assert gold_graph.paper(m.paper).text[m.start : m.end] == m.text
        assert m.sentence[0] <= m.start < m.sentence[1]


def test_every_id_that_a_record_names_exists(gold_graph: KnowledgeGraph) -> None:
    for s in gold_graph.statements():
        assert s.subject in gold_graph
        assert s.object in gold_graph
    for r in gold_graph.results():
        assert all(node in gold_graph for node in (r.paper, r.subject, r.dataset, r.metric) if node)


@pytest.mark.parametrize(
    ("value", "number", "unit"),
    [
        ("83.0\\%", 83.0, "%"),
        ("4.7 percent", 4.7, "%"),
        ("2.5$\\times$", 2.5, "x"),
        ("2-3x", None, "x"),
        ("1,204", 1204.0, None),
        ("+12.43 percentage points", 12.43, "points"),
        ("state of the art", None, None),
        (".93", 0.93, None),
    ],
)
def test_values(value: str, number: float | None, unit: str | None) -> None:
    assert parse_value(value) == (number, unit)
