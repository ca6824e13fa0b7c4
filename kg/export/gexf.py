"""``graph.gexf``: for Gephi and networkx.

An edge's id is the node id of its statement in the RDF.
"""

from __future__ import annotations

from pathlib import Path

from networkx.readwrite.gexf import GEXFWriter

from kg.export.flat import flatten
from kg.graph import KnowledgeGraph


def write(graph: KnowledgeGraph, path: Path) -> None:
    """Write the flattened graph.

    Raises
    ------
    OSError : the file cannot be written.
    """
    flat = flatten(graph)
    for _, _, data in flat.edges(data=True):
        data["id"] = data.pop("statement")
        data["label"] = data["predicate"]
    writer = GEXFWriter(flat, prettyprint=True, version="1.2draft")
    writer.xml.find("meta").attrib.pop("lastmodifieddate")  # today's date would make two builds differ
    with path.open("wb") as file:
        writer.write(file)
