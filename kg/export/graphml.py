"""``graph.graphml``: for Gephi, Cytoscape, yEd, igraph and networkx.

An edge's id is the node id of its statement in the RDF.
"""

from __future__ import annotations

from pathlib import Path

from networkx.readwrite.graphml import GraphMLWriter

from kg.export.flat import flatten
from kg.graph import KnowledgeGraph


def write(graph: KnowledgeGraph, path: Path) -> None:
    """Write the flattened graph.

    Raises
    ------
    OSError : the file cannot be written.
    """
    writer = GraphMLWriter(flatten(graph), prettyprint=True, edge_id_from_attribute="statement")
    with path.open("wb") as file:
        writer.dump(file)
