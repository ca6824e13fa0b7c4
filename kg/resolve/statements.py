"""Entities, statements and results of all papers, with their evidence."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.records import (
    DocumentEntity,
    DocumentResult,
    Entity,
    EntityMention,
    Evidence,
    Extraction,
    Paper,
    Result,
    Span,
    Statement,
)
from kg.resolve.clusters import cluster

_NUMBER = re.compile(r"[+\-−~]?\s*(\d+(?:,\d{3})*(?:\.\d+)?|\.\d+)")
_RANGE = re.compile(r"\d\s*[-–—]\s*\d")
_UNITS = (  # the first that fits
    (re.compile(r"points?\b|\bpp\b", re.IGNORECASE), "points"),
    (re.compile(r"%|\bper\s?cent\b", re.IGNORECASE), "%"),
    (re.compile(r"\\times|×|\dx\b|\bx\b|-?fold\b|\btimes\b", re.IGNORECASE), "x"),
)


@dataclass(slots=True)
class Resolved:
    """What a knowledge graph is made of, but for the papers."""

    entities: list[Entity]
    mentions: list[EntityMention]
    statements: list[Statement]
    results: list[Result]


def resolve(read: Iterable[tuple[Paper, Extraction]]) -> Resolved:
    """Resolve what was extracted from all papers.

    Parameters
    ----------
    read : papers, whose ids are node ids, with what was extracted from each.

    Returns
    -------
    Records whose ids refer to each other; the evidence of each statement is sorted by paper and place.
    """
    pairs = list(read)
    clusters = cluster((paper.id, extraction.entities) for paper, extraction in pairs)
    evidence: dict[tuple[str, str, str], set[Evidence]] = defaultdict(set)
    mentions: list[EntityMention] = []
    results: dict[str, Result] = {}
    for paper, extraction in pairs:
        node = {e.id: clusters.nodes[paper.id, e.id] for e in extraction.entities}
        by_id = {e.id: e for e in extraction.entities}
        for e in extraction.entities:
            mentions += _mentions(paper, e, node[e.id], extraction)
            for role in e.roles:
                said = Evidence(paper.id, *role.sentence, _marks(role.sentence, e), role.score)
                evidence[paper.id, role.role, node[e.id]].add(said)
        for r in extraction.relations:
            if node[r.subject] != node[r.object]:
                marks = _marks(r.sentence, by_id[r.subject], by_id[r.object])
                said = Evidence(paper.id, *r.sentence, marks, r.score)
                evidence[node[r.subject], r.predicate, node[r.object]].add(said)
        for x in extraction.results:
            result = _result(paper, x, node, by_id)
            results[result.id] = result
    statements = [
        Statement(*key, tuple(sorted(found, key=lambda e: (e.paper, e.start, -e.score, e.marks))))
        for key, found in evidence.items()
    ]
    return Resolved(clusters.entities, mentions, statements, list(results.values()))


def _mentions(paper: Paper, entity: DocumentEntity, node: str, extraction: Extraction) -> list[EntityMention]:
    text = paper.text
    return [
        EntityMention(
            paper.id, node, m.start, m.end, text[m.start : m.end], _around(m.start, extraction, text), m.score
        )
        for m in entity.mentions
    ]


def _around(position: int, extraction: Extraction, text: str) -> Span:
    for sentence in extraction.sentences:
        if sentence[0] <= position < sentence[1]:
            return sentence
    return (0, len(text))


def _marks(sentence: Span, *entities: DocumentEntity) -> tuple[Span, ...]:
    spans = {(m.start, m.end) for e in entities for m in e.mentions}
    return tuple(sorted(s for s in spans if sentence[0] <= s[0] and s[1] <= sentence[1]))


def _result(paper: Paper, result: DocumentResult, node: dict[str, str], by_id: dict[str, DocumentEntity]) -> Result:
    slots = [s for s in (result.subject, result.dataset, result.metric) if s is not None]
    marks = {*_marks(result.sentence, *(by_id[s] for s in slots)), (result.start, result.end)}
    subject, dataset, metric = (node.get(s or "") for s in (result.subject, result.dataset, result.metric))
    facts = (paper.id, str(result.start), str(result.end), subject or "", dataset or "", metric or "")
    digest = hashlib.sha256("\0".join(facts).encode()).hexdigest()[:16]
    number, unit = parse_value(result.value)
    evidence = Evidence(paper.id, *result.sentence, tuple(sorted(marks)), result.score)
    return Result(
        f"result/{digest}", paper.id, subject, dataset, metric, result.value, number, unit, result.kind, evidence
    )


def parse_value(value: str) -> tuple[float | None, str | None]:
    """Number and unit of a result's text; ranges have no single number.

    >>> parse_value("7.6%"), parse_value("2.5$\\\\times$"), parse_value("+12.43 percentage points")
    ((7.6, '%'), (2.5, 'x'), (12.43, 'points'))
    >>> parse_value("2-3x"), parse_value("0.072 $\\\\pm$ 0.012"), parse_value("-3.1")
    ((None, 'x'), (0.072, None), (-3.1, None))
    """
    unit = next((name for pattern, name in _UNITS if pattern.search(value)), None)
    match = _NUMBER.search(value)
    if match is None or _RANGE.search(value):
        return None, unit
    number = float(match[1].replace(",", ""))
    return (-number if match[0][0] in "-−" else number), unit
