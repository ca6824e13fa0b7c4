"""The knowledge graph: papers, entities, statements and results, around a networkx graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx

from kg.records import Entity, EntityMention, Evidence, Paper, Result, Statement
from kg.vocabulary import BASE_IRI

if TYPE_CHECKING:
    import rdflib

    from kg.query import Answer


class KnowledgeGraph:
    """Typed access to everything that was read, and the same as a ``networkx.MultiDiGraph``.

    Records are kept in the order of their ids, so that all exports of equal graphs are equal.

    Parameters
    ----------
    papers, entities, mentions, statements, results :
        Records whose ids refer to each other. Every id that a record names must exist.
    base_iri : IRI that, followed by a node id, names the node in RDF.
    generator : what made the graph (extractor version and digest of its model), for provenance.
    """

    def __init__(
        self,
        papers: Iterable[Paper] = (),
        entities: Iterable[Entity] = (),
        mentions: Iterable[EntityMention] = (),
        statements: Iterable[Statement] = (),
        results: Iterable[Result] = (),
        *,
        base_iri: str = BASE_IRI,
        generator: str = "",
    ) -> None:
        self._papers = {p.id: p for p in sorted(papers, key=lambda p: p.id)}
        self._entities = {e.id: e for e in sorted(entities, key=lambda e: e.id)}
        self._mentions = sorted(mentions, key=lambda m: (m.paper, m.start, m.end, m.entity))
        self._statements = sorted(statements, key=lambda s: (s.subject, s.predicate, s.object))
        self._results = sorted(results, key=lambda r: (r.paper, r.evidence.start, r.id))
        self.base_iri = base_iri
        self.generator = generator

    def __repr__(self) -> str:
        return (
            f"<KnowledgeGraph: {len(self._papers)} papers, {len(self._entities)} entities, "
            f"{len(self._statements)} statements, {len(self._results)} results>"
        )

    # Records

    def papers(self) -> Iterator[Paper]:
        """All papers, in the order of their ids."""
        return iter(self._papers.values())

    def entities(self, type: str | None = None) -> Iterator[Entity]:  # noqa: A002 - the field's word
        """All entities, or those of one type (``"Model"``), in the order of their ids."""
        return (e for e in self._entities.values() if type is None or e.type == type)

    def statements(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,  # noqa: A002 - the field's word
        paper: str | None = None,
    ) -> Iterator[Statement]:
        """Statements that match all the given node ids (and name of role or relation).

        Parameters
        ----------
        subject, object : node ids.
        predicate : name of a role or relation, such as ``"evaluatedOn"``.
        paper : node id of a paper that must be among the evidence.
        """
        if subject is not None:
            pool: Sequence[Statement] = self._by_subject.get(subject, ())
        elif object is not None:
            pool = self._by_object.get(object, ())
        else:
            pool = self._statements
        for s in pool:
            if (
                (predicate is None or s.predicate == predicate)
                and (object is None or s.object == object)
                and (paper is None or any(e.paper == paper for e in s.evidence))
            ):
                yield s

    def mentions(self, entity: str | None = None, paper: str | None = None) -> Iterator[EntityMention]:
        """Mentions in the order of paper and position, or those of one entity, of one paper, or both."""
        pool = self._mentions if paper is None else self._mentions_of_paper.get(paper, [])
        return (m for m in pool if entity is None or m.entity == entity)

    def results(self, node: str | None = None) -> Iterator[Result]:
        """Reported results, or those in which a node is the paper, subject, dataset or metric."""
        return (r for r in self._results if node is None or node in (r.paper, r.subject, r.dataset, r.metric))

    def __contains__(self, node: object) -> bool:
        return node in self._papers or node in self._entities

    def paper(self, node: str) -> Paper:
        """The paper with a node id; raises KeyError where there is none."""
        return self._papers[node]

    def entity(self, node: str) -> Entity:
        """The entity with a node id; raises KeyError where there is none."""
        return self._entities[node]

    def label(self, node: str) -> str:
        """Title of a paper, label of an entity."""
        return self._papers[node].title if node in self._papers else self._entities[node].label

    def papers_of(self, entity: str) -> tuple[str, ...]:
        """Node ids of the papers that speak of an entity, sorted."""
        return self._papers_of.get(entity, ())

    def quote(self, evidence: Evidence) -> str:
        """The sentence of an evidence."""
        return self._papers[evidence.paper].text[evidence.start : evidence.end]

    def iri(self, node: str) -> str:
        """The IRI of a node."""
        return self.base_iri + node

    # Finding

    def find(self, name: str) -> list[Entity | Paper]:
        """Entities called ``name`` (label or alias), papers with that title, or the node with that id or IRI.

        Names are compared without regard to case, hyphens and plural. Entities come first, those
        with most papers before the others.
        """
        from kg.resolve.names import identity

        node = name.removeprefix(self.base_iri)
        if node in self._entities:
            return [self._entities[node]]
        if node in self._papers:
            return [self._papers[node]]
        ids = self._index.get(identity(name), [])
        found: list[Entity | Paper] = [self._entities[i] if i in self._entities else self._papers[i] for i in ids]
        return found

    def similar_names(self, name: str, limit: int = 5) -> list[str]:
        """Labels of entities whose names look like ``name``, the nearest first."""
        import difflib

        from kg.resolve.names import identity

        close = difflib.get_close_matches(identity(name), self._index, n=limit, cutoff=0.6)
        return list(dict.fromkeys(self.label(self._index[c][0]) for c in close))

    def neighbourhood(self, name: str, depth: int = 1) -> nx.MultiDiGraph:
        """The part of :attr:`networkx` within ``depth`` edges of a node, direction disregarded.

        Raises
        ------
        KeyError : no node is called ``name``.
        """
        found = self.find(name)
        if not found:
            raise KeyError(name)
        return nx.ego_graph(self.networkx, found[0].id, radius=depth, undirected=True)

    # Other shapes

    @cached_property
    def networkx(self) -> nx.MultiDiGraph:
        """Papers and entities as nodes, statements as edges (key: the role or relation).

        Nodes carry ``type``, ``label``, ``papers`` (how many; 1 for a paper) and, entities,
        ``aliases``; papers, ``date``. Edges carry ``predicate``, ``score``, ``papers`` (how many) and
        ``evidence``.
        """
        graph = nx.MultiDiGraph()
        for p in self._papers.values():
            graph.add_node(p.id, type="Paper", label=p.title, papers=1, date=p.date)
        for e in self._entities.values():
            graph.add_node(e.id, type=e.type, label=e.label, papers=len(self.papers_of(e.id)), aliases=e.aliases)
        for s in self._statements:
            graph.add_edge(
                s.subject,
                s.object,
                key=s.predicate,
                predicate=s.predicate,
                score=s.score,
                papers=len(s.papers),
                evidence=s.evidence,
            )
        return graph

    def rdf(self) -> rdflib.Dataset:
        """The same facts, evidence and provenance as an rdflib dataset."""
        from kg.export.rdf import to_rdflib

        return to_rdflib(self)

    def query(self, query: str) -> Answer:
        """Answer a SPARQL query (or a named one) over the graph."""
        from kg.query import Store

        return Store.from_graph(self).query(query)

    def save(self, folder: str | Path) -> list[Path]:
        """Write every export to a folder; files appear complete or not at all. Returns their paths."""
        from kg.export import write_all

        return write_all(self, Path(folder))

    # Indexes, made when first asked for

    @cached_property
    def _by_subject(self) -> dict[str, list[Statement]]:
        return _group((s.subject, s) for s in self._statements)

    @cached_property
    def _by_object(self) -> dict[str, list[Statement]]:
        return _group((s.object, s) for s in self._statements)

    @cached_property
    def _mentions_of_paper(self) -> dict[str, list[EntityMention]]:
        return _group((m.paper, m) for m in self._mentions)

    @cached_property
    def _papers_of(self) -> dict[str, tuple[str, ...]]:
        found = _group((s.object, s.subject) for s in self._statements if s.subject in self._papers)
        return {entity: tuple(sorted(set(papers))) for entity, papers in found.items()}

    @cached_property
    def _index(self) -> dict[str, list[str]]:
        from kg.resolve.names import identity

        names: dict[str, set[str]] = defaultdict(set)
        for e in self._entities.values():
            for form in (e.label, *e.aliases):
                names[identity(form)].add(e.id)
        for p in self._papers.values():
            names[identity(p.title)].add(p.id)
        order = {n: (n in self._papers, -len(self.papers_of(n)), n) for ids in names.values() for n in ids}
        return {name: sorted(ids, key=order.__getitem__) for name, ids in names.items()}


def _group(pairs: Iterable[tuple[str, object]]) -> dict[str, list]:  # type: ignore[type-arg]
    out: dict[str, list[object]] = defaultdict(list)
    for key, value in pairs:
        out[key].append(value)
    return dict(out)
