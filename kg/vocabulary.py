"""The vocabulary, read from ``ontology/kg.ttl``: the only place that states it.

>>> vocabulary().roles["addresses"].objects
('Task',)
>>> vocabulary().allows("Method", "usedFor", "Task")
True
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from kg.resources import ONTOLOGY

NAMESPACE = "https://w3id.org/paper-kg/ontology#"
BASE_IRI = "https://w3id.org/paper-kg/"
"""Where data IRIs begin unless the user says otherwise."""

KINDS = ("model", "method", "dataset", "benchmark", "survey", "empirical", "theory", "system", "position")
"""Kinds of paper."""

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property of the ontology."""

    name: str
    label: str
    definition: str

    @property
    def iri(self) -> str:
        """The full IRI."""
        return NAMESPACE + self.name


@dataclass(frozen=True, slots=True)
class Edge(Term):
    """A role or relation, with the entity types that it may join."""

    subjects: tuple[str, ...]
    """Empty for a role, whose subject is a paper."""
    objects: tuple[str, ...]
    same_type: bool


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Entity types, roles and relations by name, in the order of the ontology file."""

    types: dict[str, Term]
    roles: dict[str, Edge]
    relations: dict[str, Edge]

    def allows(self, subject_type: str, relation: str, object_type: str) -> bool:
        """Whether the ontology lets ``relation`` join entities of these types."""
        edge = self.relations[relation]
        fits = subject_type in edge.subjects and object_type in edge.objects
        return fits and (subject_type == object_type or not edge.same_type)


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Read the ontology (once in a process)."""
    path = ONTOLOGY / "kg.ttl"
    store = ox.Store()
    quads = list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
    store.extend(quads)
    order = list(dict.fromkeys(q.subject for q in quads if isinstance(q.subject, ox.NamedNode)))

    def one(subject: ox.NamedNode | ox.BlankNode, predicate: str) -> ox.NamedNode | ox.BlankNode | ox.Literal | None:
        for quad in store.quads_for_pattern(subject, ox.NamedNode(predicate), None):
            return quad.object  # type: ignore[return-value]
        return None

    def members(head: ox.NamedNode | ox.BlankNode) -> Iterator[str]:
        while isinstance(head, ox.BlankNode):
            yield _local(one(head, _RDF + "first"))
            head = one(head, _RDF + "rest")  # type: ignore[assignment]

    def below(predicate: str, parent: str) -> list[ox.NamedNode]:
        found = {
            q.subject for q in store.quads_for_pattern(None, ox.NamedNode(predicate), ox.NamedNode(NAMESPACE + parent))
        }
        return [s for s in order if s in found]

    def term(node: ox.NamedNode) -> tuple[str, str, str]:
        label, definition = one(node, _RDFS + "label"), one(node, _SKOS + "definition")
        return _local(node), str(label.value), str(definition.value)  # type: ignore[union-attr]

    types = {t.name: t for t in (Term(*term(n)) for n in below(_RDFS + "subClassOf", "Entity"))}

    def expand(node: ox.NamedNode | ox.BlankNode | ox.Literal | None) -> tuple[str, ...]:
        if isinstance(node, ox.BlankNode):
            return tuple(members(one(node, _OWL + "unionOf")))  # type: ignore[arg-type]
        if node is None:
            return ()
        name = _local(node)
        return tuple(types) if name == "Entity" else (name,)

    def edges(parent: str) -> dict[str, Edge]:
        out = {}
        for node in below(_RDFS + "subPropertyOf", parent):
            same = one(node, NAMESPACE + "sameType")
            domain, rng = expand(one(node, _RDFS + "domain")), expand(one(node, _RDFS + "range"))
            edge = Edge(*term(node), domain, rng, same is not None and same.value == "true")
            out[edge.name] = edge
        return out

    return Vocabulary(types, edges("role"), edges("relation"))


def _local(node: object) -> str:
    assert isinstance(node, ox.NamedNode)  # noqa: S101 - the ontology is our own file
    return node.value.removeprefix(NAMESPACE)
