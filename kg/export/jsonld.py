"""``graph.jsonld``: the triples of all graphs as JSON-LD, one object a subject and a line.

The context of ``ontology/context.jsonld`` stands in the file, so that nothing is fetched to read it;
keys are its short terms. Read without RDF, the file is a list of plain objects whose repeatable
properties are always lists.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.export.rdf import triples
from kg.export.terms import PREFIXES, term
from kg.graph import KnowledgeGraph
from kg.resources import ONTOLOGY

CONTEXT = ONTOLOGY / "context.jsonld"

_XSD = PREFIXES["xsd"]


@dataclass(frozen=True, slots=True)
class _Key:
    """How the context writes one property."""

    name: str
    coercion: str | None
    """``@id``, ``@vocab``, the IRI of a datatype, or None."""
    many: bool


@lru_cache(maxsize=1)
def _context() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(CONTEXT.read_text(encoding="utf-8"))["@context"]
    return found


@lru_cache(maxsize=1)
def _keys() -> dict[str, _Key]:
    """The context turned round: IRI of a term → its key."""
    context = _context()

    def expand(name: str) -> str:
        prefix, colon, local = name.partition(":")
        return str(context[prefix]) + local if colon and prefix in context else name

    out = {}
    for name, value in context.items():
        definition = value if isinstance(value, dict) else {"@id": value}
        iri = definition["@id"] if isinstance(definition.get("@id"), str) else ""
        if not name.startswith("@") and ":" in iri and not iri.endswith(("#", "/")):
            coercion = definition.get("@type")
            out[expand(iri)] = _Key(name, coercion and expand(coercion), definition.get("@container") == "@set")
    return out


def _plain(value: ox.NamedNode | ox.Literal, coercion: str | None) -> object:
    """The value as JSON: plain where the context says the rest."""
    if isinstance(value, ox.NamedNode):
        if coercion == "@vocab":
            return _keys()[value.value].name
        return value.value if coercion == "@id" else {"@id": value.value}
    if value.datatype.value == (coercion or f"{_XSD}string"):
        return int(value.value) if coercion == f"{_XSD}integer" else value.value
    return {"@type": value.datatype.value.replace(_XSD, "xsd:"), "@value": value.value}


def _node(subject: str, described: Iterable[ox.Triple]) -> dict[str, object]:
    """The object of one subject; its triples come in any order."""
    out: dict[str, Any] = {"id": subject}
    for triple in described:
        value: Any = triple.object
        if triple.predicate == term("rdf:type"):
            out["type"] = _keys()[value.value].name
            continue
        key = _keys()[triple.predicate.value]
        if key.many:
            out.setdefault(key.name, []).append(_plain(value, key.coercion))
        else:
            out[key.name] = _plain(value, key.coercion)
    return out


def write(graph: KnowledgeGraph, path: Path) -> None:
    """Write the graph's triples, object by object, so that the whole is never in memory.

    Raises
    ------
    KgError : the graph's base IRI is none.
    OSError : the file cannot be written.
    """
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{"@context": {json.dumps(_context())},\n"@graph": [')
        separator = "\n"
        for subject, described in groupby(triples(graph), key=attrgetter("subject.value")):
            file.write(separator + json.dumps(_node(subject, described), ensure_ascii=False))
            separator = ",\n"
        file.write("\n]}\n")
