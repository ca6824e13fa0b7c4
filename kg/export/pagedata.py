"""What the interactive page knows: the graph as compact columns for JSON.

Entities, papers and types are named by their index. Offsets count **UTF-16 code units** of
``title + "\\n" + abstract``, as strings in a browser do (ours elsewhere count code points).

==============  ===================================================================================
key             value
==============  ===================================================================================
``types``       list of ``{name, label, shape, light, dark, means}``
``roles``       list of ``{name, label, inverse, means}``
``relations``   list of ``{name, label, inverse, means}``
``counts``      ``{papers, entities, statements, mentions}``; of the whole graph where the page holds an excerpt
``base``        IRI that, followed by an id, names a node
``entities``    columns ``id, type, label, aliases, x, y, r`` (positions and radius in pixels at zoom 1)
``papers``      columns ``id, title, abstract, date, link, authors, kinds, links`` (``[[kind, url], …]``)
``said``        statements of a role: ``[paper, role, entity, [evidence, …]]``
``related``     statements of a relation: ``[entity, relation, entity, [evidence, …]]``
``mentions``    one list a paper: ``[entity, start, end, entity, start, end, …]``
``results``     ``[subject, dataset, metric, value, kind, evidence]``, -1 where a slot is empty
==============  ===================================================================================

An evidence is ``[paper, start, end, score in percent, start of a mark, its end, …]``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import Any
from urllib.parse import quote, urlsplit

from kg.export.layout import Point, radius
from kg.graph import KnowledgeGraph
from kg.records import Evidence, Paper, Result, Statement
from kg.vocabulary import Edge, vocabulary

LOOK = {
    "Model": ("dot", "#0072b2", "#4ba3dc"),
    "Method": ("square", "#e08e00", "#f0a830"),
    "Dataset": ("triangle", "#00936b", "#2fbf95"),
    "Benchmark": ("star", "#cc5500", "#f07c3a"),
    "Task": ("diamond", "#b8679a", "#dc92c0"),
    "Metric": ("triangleDown", "#6b7280", "#a3acb9"),
}
"""Shape, colour on light ground, colour on dark ground. After Okabe and Ito (2008), "Color Universal
Design", each darkened or lightened until it stands out from its ground by 2.5 to 1 or more; the
shape tells types apart where colour does not."""

INVERSE = {
    "introduces": "introduced in",
    "uses": "used in",
    "trainsOn": "trained on in",
    "evaluatesOn": "evaluated on in",
    "comparesWith": "compared with in",
    "evaluates": "evaluated in",
    "addresses": "addressed in",
    "measures": "measured in",
    "surveys": "surveyed in",
    "mentions": "mentioned in",
    "usedFor": "solved with",
    "evaluatedOn": "evaluates",
    "trainedOn": "training data of",
    "basedOn": "basis of",
    "outperforms": "outperformed by",
    "comparedWith": "compared with",
    "partOf": "has part",
    "isA": "has kind",
    "benchmarkFor": "benchmarked by",
}
"""How a role or relation reads from its object's side."""

RESULT_KINDS = ("absolute", "improvement")


def page_data(graph: KnowledgeGraph, places: dict[str, Point]) -> dict[str, Any]:
    """The columns that the module's table describes.

    Parameters
    ----------
    graph : the knowledge graph.
    places : position of every entity, from :func:`kg.export.layout.positions`.
    """
    words = vocabulary()
    papers, entities = list(graph.papers()), list(graph.entities())
    number = {p.id: i for i, p in enumerate(papers)} | {e.id: i for i, e in enumerate(entities)}
    types, roles, relations = list(words.types), list(words.roles), list(words.relations)
    units = {p.id: code_units(p.text) for p in papers}

    def evidence(e: Evidence) -> list[int]:
        unit = units[e.paper]
        marks = [unit(offset) for span in e.marks for offset in span]
        return [number[e.paper], unit(e.start), unit(e.end), round(100 * e.score), *marks]

    def statement(s: Statement, predicates: list[str]) -> list[Any]:
        return [number[s.subject], predicates.index(s.predicate), number[s.object], [evidence(e) for e in s.evidence]]

    def slot(node: str | None) -> int:
        return -1 if node is None else number[node]

    def result(r: Result) -> list[Any]:
        slots = [slot(r.subject), slot(r.dataset), slot(r.metric)]
        return [*slots, r.value, RESULT_KINDS.index(r.kind), evidence(r.evidence)]

    mentions: list[list[int]] = [[] for _ in papers]
    for m in graph.mentions():
        unit = units[m.paper]
        mentions[number[m.paper]] += [number[m.entity], unit(m.start), unit(m.end)]
    xy = [places[e.id] for e in entities]
    return {
        "types": [
            {"name": t.name, "label": t.label, "means": t.definition}
            | dict(zip(("shape", "light", "dark"), LOOK[t.name], strict=True))
            for t in words.types.values()
        ],
        "roles": [_edge(e) for e in words.roles.values()],
        "relations": [_edge(e) for e in words.relations.values()],
        "counts": counts(graph),
        "base": graph.base_iri,
        "entities": {
            "id": [e.id for e in entities],
            "type": [types.index(e.type) for e in entities],
            "label": [e.label for e in entities],
            "aliases": [list(e.aliases) for e in entities],
            "x": [x for x, _ in xy],
            "y": [y for _, y in xy],
            "r": [radius(len(graph.papers_of(e.id))) for e in entities],
        },
        "papers": {
            "id": [p.id for p in papers],
            "title": [p.title for p in papers],
            "abstract": [p.abstract for p in papers],
            "date": [_date(p) for p in papers],
            "link": [paper_link(p) for p in papers],
            "authors": [", ".join(p.authors) for p in papers],
            "kinds": [list(p.kinds) for p in papers],
            "links": [_links(p) for p in papers],
        },
        "said": [statement(s, roles) for s in graph.statements() if s.predicate in words.roles],
        "related": [statement(s, relations) for s in graph.statements() if s.predicate in words.relations],
        "mentions": mentions,
        "results": [result(r) for r in graph.results()],
    }


def counts(graph: KnowledgeGraph) -> dict[str, int]:
    """How many papers, entities, statements and mentions a graph holds."""
    return {
        "papers": sum(1 for _ in graph.papers()),
        "entities": sum(1 for _ in graph.entities()),
        "statements": sum(1 for _ in graph.statements()),
        "mentions": sum(1 for _ in graph.mentions()),
    }


def code_units(text: str) -> Callable[[int], int]:
    """A function from an offset in code points of ``text`` to the same in UTF-16 code units.

    >>> code_units("a\\U0001f600b")(2)
    3
    """
    if text.isascii() or max(text) < "\U00010000":
        return int
    table = [0, *accumulate(2 if c > "\uffff" else 1 for c in text)]
    return table.__getitem__


def paper_link(paper: Paper) -> str | None:
    """Where a reader finds the paper: its URL if that is http(s), else arXiv, else the DOI's resolver."""
    if paper.url and _safe(paper.url):
        return paper.url
    if paper.arxiv_id:
        return "https://arxiv.org/abs/" + _quote(paper.arxiv_id)
    return "https://doi.org/" + _quote(paper.doi) if paper.doi else None


def _quote(part: str) -> str:
    return quote(part, safe="/", errors="replace")


def _links(paper: Paper) -> list[list[str]]:
    return [list(pair) for pair in dict.fromkeys((link.kind, link.url) for link in paper.links if _safe(link.url))]


def _safe(url: str) -> bool:
    """Whether a link to ``url`` can do no more than open a page of the web."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _date(paper: Paper) -> str | None:
    return paper.date or min(_full_dates(paper), default=None)


def _full_dates(paper: Paper) -> Iterable[str]:
    return (listing.date for listing in paper.listings if listing.date and not listing.date.startswith("--"))


def _edge(edge: Edge) -> dict[str, str]:
    return {"name": edge.name, "label": edge.label, "inverse": INVERSE[edge.name], "means": edge.definition}
