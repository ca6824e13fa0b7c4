"""The networkx graph with nothing but texts and numbers on its nodes and edges, for GraphML and GEXF."""

from __future__ import annotations

from typing import Any

import networkx as nx

from kg.export.characters import xml_text
from kg.export.rdf import statement_id
from kg.export.terms import SCORE_DIGITS
from kg.graph import KnowledgeGraph

SEPARATOR = " | "
"""Between the aliases of a node."""


def flatten(graph: KnowledgeGraph) -> nx.MultiDiGraph:
    """A copy of :attr:`KnowledgeGraph.networkx` that XML formats can hold.

    Returns
    -------
    A graph with the same nodes and edges under the same keys. Nodes carry ``type``, ``label``,
    ``papers``, ``iri`` and, where there are any, ``aliases`` (joined by :data:`SEPARATOR`) and
    ``date``; edges carry ``predicate``, ``papers``, ``weight`` (the same number, under the name that
    layouts look for), ``score``, ``statement`` (the statement's node id, unique) and the ``paper`` and
    ``quote`` of the best evidence. Characters that XML cannot hold have become U+FFFD.
    """
    out = nx.MultiDiGraph()
    for paper in graph.papers():
        date = {"date": xml_text(paper.date)} if paper.date else {}
        out.add_node(paper.id, type="Paper", label=xml_text(paper.title), papers=1, iri=graph.iri(paper.id), **date)
    for entity in graph.entities():
        data: dict[str, Any] = {"papers": len(graph.papers_of(entity.id)), "iri": graph.iri(entity.id)}
        if entity.aliases:
            data["aliases"] = xml_text(SEPARATOR.join(entity.aliases))
        out.add_node(entity.id, type=entity.type, label=xml_text(entity.label), **data)
    for s in graph.statements():
        best = max(s.evidence, key=lambda e: e.score)
        out.add_edge(
            s.subject,
            s.object,
            key=s.predicate,
            predicate=s.predicate,
            papers=len(s.papers),
            weight=float(len(s.papers)),
            score=round(float(s.score), SCORE_DIGITS),
            statement=statement_id(s),
            paper=best.paper,
            quote=xml_text(graph.quote(best)),
        )
    return out
