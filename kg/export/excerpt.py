"""The part of a graph that one page can carry.

A page of 3,000 papers weighs about 10 MB and opens in a few seconds; past that the page holds the
best connected papers, says so, and the files beside it hold the rest.
"""

from __future__ import annotations

from dataclasses import replace

from kg.graph import KnowledgeGraph

LIMIT = 3000
"""Papers of a page."""


def excerpt(graph: KnowledgeGraph, limit: int = LIMIT) -> KnowledgeGraph:
    """The papers that share most entities with others, and all that is said in them.

    Parameters
    ----------
    graph : the knowledge graph.
    limit : how many papers at most.

    Returns
    -------
    ``graph`` itself where it holds no more than ``limit`` papers; else a graph of ``limit`` papers,
    the entities that they speak of, and statements with the evidence that lies in these papers.
    """
    papers = list(graph.papers())
    if len(papers) <= limit:
        return graph
    shared = dict.fromkeys((p.id for p in papers), 0)
    for e in graph.entities():
        speaking = graph.papers_of(e.id)
        for paper in speaking:
            shared[paper] += len(speaking) > 1
    kept = set(sorted(shared, key=lambda p: (-shared[p], p))[:limit])
    statements = []
    for s in graph.statements():
        evidence = tuple(e for e in s.evidence if e.paper in kept)
        if evidence:
            statements.append(replace(s, evidence=evidence))
    mentions = [m for m in graph.mentions() if m.paper in kept]
    results = [r for r in graph.results() if r.paper in kept]
    named = {m.entity for m in mentions} | {node for s in statements for node in (s.subject, s.object)}
    named |= {node for r in results for node in (r.subject, r.dataset, r.metric) if node is not None}
    return KnowledgeGraph(
        (p for p in papers if p.id in kept),
        (e for e in graph.entities() if e.id in named),
        mentions,
        statements,
        results,
        base_iri=graph.base_iri,
        generator=graph.generator,
    )
