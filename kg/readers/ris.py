"""RIS, decoded by rispy: lines that go on are joined by a space."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.errors import Messages
from kg.readers import columns
from kg.readers.source import RECORD_LIMIT, Source
from kg.records import Paper

_START = re.compile(r"^TY  -", re.MULTILINE)
_END = "ER  -"


def matches(text: str) -> int:
    """How surely the beginning of a file is RIS; see :mod:`kg.readers.detect`."""
    return 3 if _START.search(text) else 0


def read(source: Source) -> Iterator[Paper]:
    """The papers record by record; one that cannot be parsed is reported and left out."""
    return columns.papers(source, _rows(source), optional=True)


def _rows(source: Source) -> Iterator[columns.Row]:
    import rispy

    for number, record in source.complete(_records(source)):
        try:
            found = rispy.loads(record)
        except (rispy.parser.ParseError, KeyError, ValueError, TypeError, AttributeError, IndexError) as error:
            source.tell(Messages.BAD_RECORD, f":{number}", reason=f"not RIS: {error}")
            continue
        yield from ((f":{number}", row) for row in found)


def _records(source: Source) -> Iterator[tuple[int, str]]:
    """The text from each ``TY`` to its ``ER`` (or to the next ``TY``), with the number of its first line."""
    record: list[str] = []
    start = size = 0
    for number, line in source.lines():
        opens, closes = line.startswith("TY  -"), line.startswith(_END)
        if opens or closes:
            if record:
                yield start, "\n".join([*record, f"{_END} "])
            record, start, size = [], number, 0
        if (opens or record) and not closes:
            size += len(line)
            if size <= RECORD_LIMIT:
                record.append(line.rstrip("\r\n"))
    if record:
        yield start, "\n".join([*record, f"{_END} "])
