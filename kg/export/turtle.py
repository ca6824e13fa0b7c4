"""``graph.ttl``: the triples of all graphs as Turtle."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from kg.export.rdf import data_prefixes, triples
from kg.export.terms import PREFIXES
from kg.graph import KnowledgeGraph

_BATCH = 20_000  # triples in memory as text at a time


def write(graph: KnowledgeGraph, path: Path) -> None:
    """Write the graph's triples, those of one subject together.

    Raises
    ------
    KgError : the graph's base IRI is none.
    OSError : the file cannot be written.
    """
    prefixes = {**PREFIXES, **data_prefixes(graph)}
    rest = triples(graph)
    with path.open("wb") as file:
        for prefix, iri in sorted(prefixes.items()):
            file.write(f"@prefix {prefix}: <{iri}> .\n".encode())
        while batch := list(islice(rest, _BATCH)):
            body = ox.serialize(batch, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b""
            # Oxigraph puts the prefixes first, a line each, in an order that differs between runs
            file.write(body.split(b"\n", len(prefixes))[-1])
