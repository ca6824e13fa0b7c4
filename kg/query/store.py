"""The store that queries run on: Oxigraph in memory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import KgError, Messages
from kg.export.rdf import data_prefixes, quads
from kg.export.terms import PREFIXES, term
from kg.graph import KnowledgeGraph
from kg.query.answer import Answer, Raw, failures
from kg.query.checks import refuse_service, syntax_problem
from kg.query.named import named_queries

FILE = "graph.nq"
"""The file of a built graph that queries read."""

_NAME = re.compile(r"[\w-]+")


class Store:
    """A graph to query. Make one with :meth:`from_folder` or :meth:`from_graph`.

    The prefixes of :data:`kg.export.terms.PREFIXES` (``kg:``, ``rdf:``, ``rdfs:``, ``skos:``,
    ``dcterms:``, ``xsd:``, ``prov:``) and one for each kind of node (``model:gpt-4``, ``task:…``) need not
    be declared. Without ``GRAPH``, a pattern matches the facts, the statements and the evidence of all
    papers; ``GRAPH ?g { … }`` matches what one paper states.

    Queries only read: updates and ``SERVICE`` are refused.

    >>> store = Store.from_graph(KnowledgeGraph())
    >>> list(store.query("SELECT (COUNT(?p) AS ?papers) { ?p a kg:Paper }"))
    [{'papers': 0}]
    """

    def __init__(self, rdf: Iterable[ox.Quad] = ()) -> None:
        self.rdf = ox.Store()
        self.rdf.bulk_extend(_with_union(rdf))
        self.prefixes = {**PREFIXES, **data_prefixes(KnowledgeGraph(base_iri=_base_iri(self.rdf)))}

    @classmethod
    def from_graph(cls, graph: KnowledgeGraph) -> Store:
        """The store of a graph.

        Raises
        ------
        KgError : the graph's base IRI is none.
        """
        return cls(quads(graph))

    @classmethod
    def from_folder(cls, folder: str | Path) -> Store:
        """The store of a built graph, from its ``graph.nq``.

        Raises
        ------
        KgError : the folder holds no built graph (NO_GRAPH), or the file is damaged (BAD_GRAPH).
        """
        path = Path(folder) / FILE
        if not path.is_file():
            raise KgError(Messages.NO_GRAPH, folder, missing=FILE, path=folder)
        try:
            return cls(ox.parse(path=path, format=ox.RdfFormat.N_QUADS))
        except (SyntaxError, ValueError, OSError) as e:
            raise KgError(Messages.BAD_GRAPH, path, reason=e) from None

    def query(self, text: str) -> Answer:
        """Answer a query.

        Parameters
        ----------
        text : SPARQL, or the name of a named query.

        Raises
        ------
        KgError : the query is not valid (BAD_QUERY), not known (NO_QUERY), an update (READ_ONLY) or would
            ask another server (NO_SERVICE).
        """
        sparql = _sparql(text)
        refuse_service(sparql, self.prefixes)

        def run() -> Raw:
            return self.rdf.query(sparql, prefixes=self.prefixes)

        try:
            with failures():
                return Answer(run, self.show)
        except SyntaxError as e:
            raise syntax_problem(sparql, e) from None

    def show(self, node: ox.NamedNode) -> str:
        """A node for people: its label, else its IRI with a prefix, else its IRI."""
        for quad in self.rdf.quads_for_pattern(node, term("rdfs:label"), None, ox.DefaultGraph()):
            return str(quad.object.value)  # type: ignore[union-attr]
        fitting = [(iri, prefix) for prefix, iri in self.prefixes.items() if node.value.startswith(iri)]
        if not fitting:
            return node.value
        iri, prefix = max(fitting)
        return f"{prefix}:{node.value.removeprefix(iri)}"


def _with_union(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The quads, and all that the named graphs hold in the default graph too.

    Oxigraph's own union of graphs finds a triple once for each graph that holds it, so that a fact of
    two papers would count three times.
    """
    for quad in quads:
        yield quad
        if not isinstance(quad.graph_name, ox.DefaultGraph):
            yield ox.Quad(quad.subject, quad.predicate, quad.object)


def _sparql(text: str) -> str:
    name = text.strip()
    queries = named_queries()
    if name in queries:
        return queries[name].text
    if _NAME.fullmatch(name):
        raise KgError(Messages.NO_QUERY, name=name, names=", ".join(queries))
    try:
        text.encode()
    except UnicodeEncodeError as e:
        raise KgError(Messages.BAD_QUERY, reason=f"character {e.start + 1} is no Unicode character") from None
    return text


def _base_iri(rdf: ox.Store) -> str:
    """Where the data IRIs of a store begin, from the node of its extraction, which every graph has."""
    for quad in rdf.quads_for_pattern(None, term("rdf:type"), term("prov:Activity"), ox.DefaultGraph()):
        return str(quad.subject.value).partition("activity/extraction/")[0]  # type: ignore[union-attr]
    return KnowledgeGraph().base_iri
