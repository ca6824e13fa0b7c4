"""``graph.nq``: the dataset as N-Quads, with the named graph of each paper. Queries read this file."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.export.rdf import quads
from kg.graph import KnowledgeGraph


def write(graph: KnowledgeGraph, path: Path) -> None:
    """Write the graph's quads.

    Raises
    ------
    KgError : the graph's base IRI is none.
    OSError : the file cannot be written.
    """
    with path.open("wb") as file:
        ox.serialize(quads(graph), file, ox.RdfFormat.N_QUADS)
