"""The graph as four tables: their columns, and their rows from records.

==========  =====================================================================================
table       one row for
==========  =====================================================================================
nodes       each paper and each entity; a column that a node has no use for is null
edges       each statement, with all its evidence and the quote of the best
mentions    each place where a text names an entity
results     each reported number
==========  =====================================================================================

``parquet`` and ``delimited`` write them to files. Columns that only repeat what follows from others
(IRIs, labels, quotes, sentences) are there to read; :func:`kg.export.parquet.read` passes them over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

import pyarrow as pa

from kg.graph import KnowledgeGraph
from kg.records import Evidence, Paper

Row = dict[str, Any]

_TEXTS = pa.list_(pa.string())
_COUNT = pa.int32()
_OFFSET = pa.int64()
_SPAN = pa.struct([("start", _OFFSET), ("end", _OFFSET)])
_EVIDENCE = pa.struct(
    [("paper", pa.string()), ("start", _OFFSET), ("end", _OFFSET), ("marks", pa.list_(_SPAN)), ("score", pa.float64())]
)
_LISTING = pa.struct([("page", pa.string()), ("date", pa.string()), ("position", pa.int64())])
_LINK = pa.struct([("url", pa.string()), ("kind", pa.string()), ("start", _OFFSET), ("end", _OFFSET)])

NODES = pa.schema(
    [
        ("id", pa.string()),
        ("iri", pa.string()),
        ("type", pa.string()),
        ("label", pa.string()),
        ("aliases", _TEXTS),
        ("papers", _COUNT),
        ("abstract", pa.string()),
        ("authors", _TEXTS),
        ("date", pa.string()),
        ("arxiv_id", pa.string()),
        ("doi", pa.string()),
        ("url", pa.string()),
        ("categories", _TEXTS),
        ("kinds", _TEXTS),
        ("listings", pa.list_(_LISTING)),
        ("links", pa.list_(_LINK)),
        ("sources", _TEXTS),
    ]
)
EDGES = pa.schema(
    [
        ("subject", pa.string()),
        ("subject_label", pa.string()),
        ("predicate", pa.string()),
        ("object", pa.string()),
        ("object_label", pa.string()),
        ("papers", _COUNT),
        ("score", pa.float64()),
        ("quote", pa.string()),
        ("evidence", pa.list_(_EVIDENCE)),
    ]
)
MENTIONS = pa.schema(
    [
        ("paper", pa.string()),
        ("entity", pa.string()),
        ("type", pa.string()),
        ("start", _OFFSET),
        ("end", _OFFSET),
        ("text", pa.string()),
        ("sentence_start", _OFFSET),
        ("sentence_end", _OFFSET),
        ("sentence", pa.string()),
        ("score", pa.float64()),
    ]
)
RESULTS = pa.schema(
    [
        ("id", pa.string()),
        ("paper", pa.string()),
        ("paper_label", pa.string()),
        ("subject", pa.string()),
        ("subject_label", pa.string()),
        ("dataset", pa.string()),
        ("dataset_label", pa.string()),
        ("metric", pa.string()),
        ("metric_label", pa.string()),
        ("value", pa.string()),
        ("number", pa.float64()),
        ("unit", pa.string()),
        ("kind", pa.string()),
        ("quote", pa.string()),
        ("evidence", _EVIDENCE),
    ]
)


def _evidence(evidence: Evidence) -> Row:
    marks = [{"start": start, "end": end} for start, end in evidence.marks]
    return {**asdict(evidence), "marks": marks}


def _paper(paper: Paper) -> Row:
    fields = asdict(paper)
    return {**fields, "type": "Paper", "label": fields.pop("title"), "papers": 1}


def _nodes(graph: KnowledgeGraph) -> Iterator[Row]:
    for paper in graph.papers():
        yield {**_paper(paper), "iri": graph.iri(paper.id)}
    for entity in graph.entities():
        yield {**asdict(entity), "iri": graph.iri(entity.id), "papers": len(graph.papers_of(entity.id))}


def _edges(graph: KnowledgeGraph) -> Iterator[Row]:
    for s in graph.statements():
        yield {
            "subject": s.subject,
            "subject_label": graph.label(s.subject),
            "predicate": s.predicate,
            "object": s.object,
            "object_label": graph.label(s.object),
            "papers": len(s.papers),
            "score": s.score,
            "quote": graph.quote(max(s.evidence, key=lambda e: e.score)),
            "evidence": [_evidence(e) for e in s.evidence],
        }


def _mentions(graph: KnowledgeGraph) -> Iterator[Row]:
    for m in graph.mentions():
        start, end = m.sentence
        yield {
            "paper": m.paper,
            "entity": m.entity,
            "type": graph.entity(m.entity).type,
            "start": m.start,
            "end": m.end,
            "text": m.text,
            "sentence_start": start,
            "sentence_end": end,
            "sentence": graph.paper(m.paper).text[start:end],
            "score": m.score,
        }


def _results(graph: KnowledgeGraph) -> Iterator[Row]:
    for r in graph.results():
        nodes = {"paper": r.paper, "subject": r.subject, "dataset": r.dataset, "metric": r.metric}
        labels = {f"{slot}_label": node and graph.label(node) for slot, node in nodes.items()}
        rest = {"id": r.id, "value": r.value, "number": r.number, "unit": r.unit, "kind": r.kind}
        yield {**nodes, **labels, **rest, "quote": graph.quote(r.evidence), "evidence": _evidence(r.evidence)}


TABLES: dict[str, tuple[pa.Schema, Callable[[KnowledgeGraph], Iterator[Row]]]] = {
    "nodes": (NODES, _nodes),
    "edges": (EDGES, _edges),
    "mentions": (MENTIONS, _mentions),
    "results": (RESULTS, _results),
}
"""By name: the columns, and the function that yields the rows (a column that a row lacks is null)."""
