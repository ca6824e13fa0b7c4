"""The graph as RDF: made once here, serialised by the modules beside this one.

The default graph holds the facts (subject, role or relation, object), the descriptions of entities
and papers, and every fact as a ``kg:Statement``. Each paper has a named graph with the facts that this
paper states and the sentences (``kg:Evidence``) it states them in; the provenance of the named graphs
is in the default graph. There are no blank nodes and no time stamps: equal graphs give equal quads in
equal order, and all triples of one subject come together.

Statements, evidence and listings are named by a digest of what they are (not of their scores, which
may differ in the last digit between processors), so their IRIs are the same on every machine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from math import isfinite
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import KgError, Messages
from kg.export.characters import xml_text
from kg.export.terms import PREFIXES, date_literal, decimal_text, digest, score_text, term, text
from kg.graph import KnowledgeGraph
from kg.records import Entity, Evidence, Listing, Paper, Result, Statement
from kg.vocabulary import vocabulary

if TYPE_CHECKING:
    import rdflib

_OWN_NODES = ("paper", "listing", "statement", "evidence", "result", "graph")

_TYPE = term("rdf:type")
_LABEL = term("rdfs:label")
_URL = term("xsd:anyURI")

_PAPER_TEXTS: tuple[tuple[ox.NamedNode, Callable[[Paper], Iterable[str | None]]], ...] = (
    (_LABEL, lambda p: (p.title,)),
    (term("dcterms:title"), lambda p: (p.title,)),
    (term("dcterms:abstract"), lambda p: (p.abstract,)),
    (term("kg:author"), lambda p: p.authors),
    (term("kg:arxivId"), lambda p: (p.arxiv_id,)),
    (term("kg:doi"), lambda p: (p.doi,)),
    (term("kg:category"), lambda p: p.categories),
    (term("kg:kind"), lambda p: p.kinds),
)
_PAPER_URLS: tuple[tuple[ox.NamedNode, Callable[[Paper], Iterable[str | None]]], ...] = (
    (term("kg:url"), lambda p: (p.url,)),
    *(
        (term(f"kg:{kind}Url"), lambda p, kind=kind: (link.url for link in p.links if link.kind == kind))
        for kind in ("code", "data", "page")
    ),
)

Object = ox.NamedNode | ox.Literal
Description = Iterable[tuple[ox.NamedNode, Object]]
"""What is said of one subject: predicates and objects."""


def statement_id(statement: Statement) -> str:
    """Node id of a statement, ``statement/…``."""
    return "statement/" + digest(statement.subject, statement.predicate, statement.object)


def data_prefixes(graph: KnowledgeGraph) -> dict[str, str]:
    """Prefixes for data IRIs, one a kind of node: ``model:gpt-4`` for ``model/gpt-4``.

    A kind with a node id that ends in a point is left out: rdflib cannot read the escaped point at the
    end of a prefixed name.
    """
    kinds = dict.fromkeys([*(t.lower() for t in vocabulary().types), *_OWN_NODES])
    ids = [*(p.id for p in graph.papers()), *(e.id for e in graph.entities())]
    unsafe = {i.partition("/")[0] for i in ids if i.endswith(".")}
    return {kind: graph.iri(f"{kind}/") for kind in kinds if kind not in unsafe}


def quads(graph: KnowledgeGraph) -> Iterator[ox.Quad]:
    """The dataset: the default graph, then the papers' named graphs in the order of their ids.

    Raises
    ------
    KgError : the graph's base IRI is none.
    """
    rdf = _Rdf(graph)
    for triple in rdf.default_graph(with_evidence=False):
        yield ox.Quad(triple.subject, triple.predicate, triple.object)
    yield from rdf.named_graphs()


def triples(graph: KnowledgeGraph) -> Iterator[ox.Triple]:
    """The union of all graphs of :func:`quads`, each triple once, each statement before its evidence.

    Raises
    ------
    KgError : the graph's base IRI is none.
    """
    return _Rdf(graph).default_graph(with_evidence=True)


def to_rdflib(graph: KnowledgeGraph) -> rdflib.Dataset:
    """The quads as an rdflib dataset whose default graph is the union of all.

    Raises
    ------
    KgError : the graph's base IRI is none.
    """
    import rdflib

    def convert(node: Object) -> rdflib.URIRef | rdflib.Literal:
        if isinstance(node, ox.NamedNode):
            return rdflib.URIRef(node.value)
        plain = node.datatype == term("xsd:string")
        return rdflib.Literal(node.value, datatype=None if plain else rdflib.URIRef(node.datatype.value))

    dataset = rdflib.Dataset(default_union=True)
    for prefix, iri in {**PREFIXES, **data_prefixes(graph)}.items():
        dataset.bind(prefix, iri, replace=True)
    for quad in quads(graph):
        s, p, o = convert(quad.subject), convert(quad.predicate), convert(quad.object)  # type: ignore[arg-type]
        in_default = isinstance(quad.graph_name, ox.DefaultGraph)
        target = dataset.default_graph if in_default else dataset.graph(rdflib.URIRef(quad.graph_name.value))  # type: ignore[union-attr]
        target.add((s, p, o))
    return dataset


class _Rdf:
    """The descriptions of one graph's nodes. Each method says all of one kind of subject."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        try:
            ox.NamedNode(graph.base_iri)
        except ValueError:
            raise KgError(Messages.BAD_BASE_IRI, iri=graph.base_iri) from None
        self.graph = graph
        generator = digest(graph.generator)
        self.activity = self.node(f"activity/extraction/{generator}")
        self.agent = self.node(f"agent/{generator}")

    def node(self, node_id: str) -> ox.NamedNode:
        return ox.NamedNode(self.graph.iri(node_id))

    def paper_graph(self, paper: str) -> ox.NamedNode:
        return self.node("graph/" + paper.removeprefix("paper/"))

    def default_graph(self, *, with_evidence: bool) -> Iterator[ox.Triple]:
        graph = self.graph
        for paper in graph.papers():
            yield from _about(self.node(paper.id), (*self.paper(paper), *self.facts(paper.id)))
            for listing in dict.fromkeys(paper.listings):
                yield from _about(self.listing_node(paper, listing), self.listing(listing))
            yield from _about(self.paper_graph(paper.id), self.provenance(paper))
        for entity in graph.entities():
            yield from _about(self.node(entity.id), (*self.entity(entity), *self.facts(entity.id)))
        for statement in graph.statements():
            evidence = self.evidence_nodes(statement_id(statement), statement.evidence)
            yield from _about(self.node(statement_id(statement)), self.statement(statement, evidence))
            if with_evidence:
                yield from self.evidence(evidence)
        for result in graph.results():
            evidence = self.evidence_nodes(result.id, (result.evidence,))
            yield from _about(self.node(result.id), self.result(result, evidence))
            if with_evidence:
                yield from self.evidence(evidence)
        yield from _about(self.activity, self.extraction())
        yield from _about(self.agent, self.software())

    def named_graphs(self) -> Iterator[ox.Quad]:
        facts: dict[str, list[Statement]] = defaultdict(list)
        results: dict[str, list[Result]] = defaultdict(list)
        for statement in self.graph.statements():
            for paper in statement.papers:
                facts[paper].append(statement)
        for result in self.graph.results():
            results[result.evidence.paper].append(result)
        for paper in sorted({*facts, *results}):
            name = self.paper_graph(paper)
            for s in facts[paper]:
                yield ox.Quad(self.node(s.subject), term(f"kg:{s.predicate}"), self.node(s.object), name)
            owned = [(statement_id(s), tuple(e for e in s.evidence if e.paper == paper)) for s in facts[paper]]
            owned += [(r.id, (r.evidence,)) for r in results[paper]]
            for owner, evidence in owned:
                for triple in self.evidence(self.evidence_nodes(owner, evidence)):
                    yield ox.Quad(triple.subject, triple.predicate, triple.object, name)

    # One kind of subject each

    def facts(self, subject: str) -> Description:
        for s in self.graph.statements(subject=subject):
            yield term(f"kg:{s.predicate}"), self.node(s.object)

    def entity(self, entity: Entity) -> Description:
        yield _TYPE, term(f"kg:{entity.type}")
        yield _LABEL, text(entity.label)
        yield term("skos:prefLabel"), text(entity.label)
        for alias in entity.aliases:
            yield term("skos:altLabel"), text(alias)
        yield term("kg:paperCount"), ox.Literal(len(self.graph.papers_of(entity.id)))

    def paper(self, paper: Paper) -> Description:
        yield _TYPE, term("kg:Paper")
        for predicate, texts in _PAPER_TEXTS:
            for value in texts(paper):
                if value is not None:
                    yield predicate, text(value)
        if paper.date is not None:
            yield term("dcterms:date"), date_literal(paper.date)
        for predicate, urls in _PAPER_URLS:
            for value in urls(paper):
                if value is not None:
                    yield predicate, ox.Literal(xml_text(value), datatype=_URL)
        for listing in paper.listings:
            yield term("kg:listing"), self.listing_node(paper, listing)

    def listing_node(self, paper: Paper, listing: Listing) -> ox.NamedNode:
        return self.node("listing/" + digest(paper.id, listing.page, listing.date, listing.position))

    def listing(self, listing: Listing) -> Description:
        yield _TYPE, term("kg:Listing")
        yield term("kg:page"), text(listing.page)
        if listing.date is not None:
            yield term("dcterms:date"), date_literal(listing.date)
        yield term("kg:position"), ox.Literal(listing.position)

    def statement(self, statement: Statement, evidence: dict[ox.NamedNode, Evidence]) -> Description:
        yield _TYPE, term("kg:Statement")
        yield term("kg:subject"), self.node(statement.subject)
        yield term("kg:predicate"), term(f"kg:{statement.predicate}")
        yield term("kg:object"), self.node(statement.object)
        yield term("kg:score"), _score(statement.score)
        yield term("kg:paperCount"), ox.Literal(len(statement.papers))
        for node in evidence:
            yield term("kg:evidence"), node

    def evidence_nodes(self, owner: str, evidence: Iterable[Evidence]) -> dict[ox.NamedNode, Evidence]:
        """Evidence of one statement or result by node. A sentence given twice counts with its better score."""
        best: dict[ox.NamedNode, Evidence] = {}
        for e in evidence:
            node = self.node("evidence/" + digest(owner, e.paper, e.start, e.end))
            if node not in best or e.score > best[node].score:
                best[node] = e
        return best

    def evidence(self, nodes: dict[ox.NamedNode, Evidence]) -> Iterator[ox.Triple]:
        for node, e in nodes.items():
            yield from _about(
                node,
                (
                    (_TYPE, term("kg:Evidence")),
                    (term("kg:inPaper"), self.node(e.paper)),
                    (term("kg:quote"), text(self.graph.quote(e))),
                    (term("kg:start"), ox.Literal(e.start)),
                    (term("kg:end"), ox.Literal(e.end)),
                    (term("kg:score"), _score(e.score)),
                ),
            )

    def result(self, result: Result, evidence: dict[ox.NamedNode, Evidence]) -> Description:
        yield _TYPE, term("kg:Result")
        yield term("kg:inPaper"), self.node(result.paper)
        for name in ("subject", "dataset", "metric"):
            slot = getattr(result, name)
            if slot is not None:
                yield term(f"kg:{name}"), self.node(slot)
        yield term("kg:value"), text(result.value)
        if result.number is not None and isfinite(result.number):
            yield term("kg:number"), ox.Literal(decimal_text(result.number), datatype=term("xsd:decimal"))
        if result.unit is not None:
            yield term("kg:unit"), text(result.unit)
        yield term("kg:resultKind"), text(result.kind)
        for node in evidence:
            yield term("kg:evidence"), node

    def provenance(self, paper: Paper) -> Description:
        yield _TYPE, term("prov:Bundle")
        yield term("prov:wasDerivedFrom"), self.node(paper.id)
        yield term("prov:wasGeneratedBy"), self.activity

    def extraction(self) -> Description:
        yield _TYPE, term("prov:Activity")
        yield _LABEL, text("extraction")
        yield term("prov:wasAssociatedWith"), self.agent

    def software(self) -> Description:
        yield _TYPE, term("prov:SoftwareAgent")
        yield _LABEL, text(self.graph.generator)


def _about(subject: ox.NamedNode, description: Description) -> Iterator[ox.Triple]:
    for predicate, value in dict.fromkeys(description):
        yield ox.Triple(subject, predicate, value)


def _score(score: float) -> ox.Literal:
    return ox.Literal(score_text(score), datatype=term("xsd:decimal"))
