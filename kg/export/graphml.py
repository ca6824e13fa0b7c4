"""``graph.graphml``: for Gephi, Cytoscape, yEd, igraph and networkx.

Edges carry the node id of their statement in the RDF as ``statement``, and in networkx get back the key
(role or relation) that they had.
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
    flat = flatten(graph)
    for *_, key, data in flat.edges(keys=True, data=True):
        data["key"] = key
    writer = GraphMLWriter(flat, prettyprint=True)
    for edge in writer.xml.iter("edge"):
        del edge.attrib["id"]  # networkx writes the key, which is not unique as an XML id must be
    with path.open("wb") as file:
        writer.dump(file)
