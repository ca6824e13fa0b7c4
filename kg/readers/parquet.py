"""Parquet, a row group at a time."""

from __future__ import annotations

from collections.abc import Iterator

from kg.errors import Messages
from kg.readers import columns
from kg.readers.source import Source
from kg.records import Paper

MAGIC = b"PAR1"

BATCH = 1000
"""Rows held at once."""


def read(source: Source) -> Iterator[Paper]:
    """The papers row by row; only the columns that hold something of a paper are read."""
    return columns.papers(source, _rows(source))


def _rows(source: Source) -> Iterator[columns.Row]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    with source.seekable() as file:
        try:
            table = pq.ParquetFile(file)
            names = table.schema_arrow.names
            found = columns.find(names, source.columns)
            missing = [f for f in columns.NEEDED if f not in found]
            if missing:
                columns.no_column(source, missing, names)
                return
            wanted = sorted({c for candidates in found.values() for c in candidates})
            for batch in table.iter_batches(batch_size=BATCH, columns=wanted):
                for row in batch.to_pylist():
                    number += 1
                    yield f"#{number}", row
        except (pa.ArrowException, OSError, ValueError, KeyError, OverflowError, MemoryError) as error:
            where = f"#{number + 1}" if number else ""
            if not source.cut:
                source.tell(Messages.BROKEN, where, whole_file=True, format="Parquet", reason=_short(error))


def _short(error: Exception) -> str:
    return str(error).strip().split("\n")[0].rstrip(".")[:120] or type(error).__name__
