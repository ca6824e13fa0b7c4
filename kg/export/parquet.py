"""``nodes.parquet``, ``edges.parquet``, ``mentions.parquet`` and ``results.parquet``: the graph itself.

The tables hold real lists and structures and lose nothing, so :func:`read` gives the graph back. The
base IRI and the generator stand in the metadata of each file's schema.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kg.errors import KgError, Messages
from kg.export.characters import utf8_text
from kg.export.tables import TABLES, Row
from kg.graph import KnowledgeGraph
from kg.records import Entity, EntityMention, Evidence, Link, Listing, Paper, Result, Statement

_ROW_GROUP = 50_000  # rows in memory at a time
_BASE_IRI = b"kg.base_iri"
_GENERATOR = b"kg.generator"

T = TypeVar("T")


def write(graph: KnowledgeGraph, path: Path) -> None:
    """Write the table that the file's name says: ``nodes.parquet`` holds the table ``nodes``.

    Raises
    ------
    OSError : the file cannot be written.
    """
    schema, rows = TABLES[path.stem]
    schema = schema.with_metadata({_BASE_IRI: graph.base_iri, _GENERATOR: utf8_text(graph.generator)})
    rest = rows(graph)
    with path.open("wb") as file, pq.ParquetWriter(file, schema, compression="zstd", compression_level=3) as writer:
        while batch := list(islice(rest, _ROW_GROUP)):
            writer.write_table(_table(batch, schema))


def _table(rows: list[Row], schema: pa.Schema) -> pa.Table:
    try:
        return pa.Table.from_pylist(rows, schema)
    except UnicodeEncodeError:  # rare, so that texts are not walked through for nothing
        return pa.Table.from_pylist([_clean(row) for row in rows], schema)


def _clean(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _clean(v) for key, v in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(v) for v in value]
    return utf8_text(value) if isinstance(value, str) else value


def read(folder: str | Path) -> KnowledgeGraph:
    """The graph whose tables lie in a folder.

    Returns
    -------
    A graph equal to the written one in every record, base IRI and generator.

    Raises
    ------
    KgError : a file is missing (NO_GRAPH) or is no table of a graph (BAD_GRAPH).
    """
    folder = Path(folder)
    tables = {name: _load(folder, name) for name in TABLES}
    metadata = tables["nodes"].schema.metadata or {}
    nodes = folder / "nodes.parquet"
    if _BASE_IRI not in metadata:
        raise KgError(Messages.BAD_GRAPH, nodes, reason="it was not written by kg")
    kinds = tables["nodes"].column("type")
    of_papers = pc.equal(kinds, "Paper")
    papers = tables["nodes"].filter(of_papers)
    entities = tables["nodes"].filter(pc.invert(of_papers))
    return KnowledgeGraph(
        _records(papers, _paper, nodes),
        _records(entities, _entity, nodes),
        _records(tables["mentions"], _mention, folder / "mentions.parquet"),
        _records(tables["edges"], _statement, folder / "edges.parquet"),
        _records(tables["results"], _result, folder / "results.parquet"),
        base_iri=metadata[_BASE_IRI].decode(),
        generator=metadata.get(_GENERATOR, b"").decode(),
    )


def _load(folder: Path, name: str) -> pa.Table:
    path = folder / f"{name}.parquet"
    if not path.is_file():
        raise KgError(Messages.NO_GRAPH, folder, missing=path.name, path=folder)
    try:
        table = pq.read_table(path)
    except (pa.ArrowException, OSError) as e:
        raise KgError(Messages.BAD_GRAPH, path, reason=str(e).splitlines()[0]) from None
    if not table.schema.equals(TABLES[name][0]):
        raise KgError(Messages.BAD_GRAPH, path, reason="its columns are not those of this version of kg")
    return table


def _records(table: pa.Table, make: Callable[[Row], T], path: Path) -> Iterator[T]:
    try:
        for batch in table.to_batches(max_chunksize=_ROW_GROUP):
            yield from map(make, batch.to_pylist())
    except (TypeError, ValueError) as e:
        raise KgError(Messages.BAD_GRAPH, path, reason=e) from None


def _paper(row: Row) -> Paper:
    return Paper(
        id=row["id"],
        title=row["label"],
        abstract=row["abstract"],
        authors=tuple(row["authors"]),
        date=row["date"],
        arxiv_id=row["arxiv_id"],
        doi=row["doi"],
        url=row["url"],
        categories=tuple(row["categories"]),
        listings=tuple(Listing(**fields) for fields in row["listings"]),
        sources=tuple(row["sources"]),
        kinds=tuple(row["kinds"]),
        links=tuple(Link(**fields) for fields in row["links"]),
    )


def _entity(row: Row) -> Entity:
    return Entity(row["id"], row["type"], row["label"], tuple(row["aliases"]))


def _mention(row: Row) -> EntityMention:
    sentence = (row["sentence_start"], row["sentence_end"])
    return EntityMention(row["paper"], row["entity"], row["start"], row["end"], row["text"], sentence, row["score"])


def _statement(row: Row) -> Statement:
    return Statement(row["subject"], row["predicate"], row["object"], tuple(map(_evidence, row["evidence"])))


def _result(row: Row) -> Result:
    own = ("id", "paper", "subject", "dataset", "metric", "value", "number", "unit", "kind")
    return Result(**{name: row[name] for name in own}, evidence=_evidence(row["evidence"]))


def _evidence(row: Row) -> Evidence:
    marks = tuple((mark["start"], mark["end"]) for mark in row["marks"])
    return Evidence(row["paper"], row["start"], row["end"], marks, row["score"])
