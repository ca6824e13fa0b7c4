"""Tables as text: CSV and TSV, with a header, whatever separates their cells."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from itertools import islice, zip_longest

from kg.errors import Messages
from kg.readers import columns
from kg.readers.source import RECORD_LIMIT, Source
from kg.records import Paper

SEPARATORS = ",;\t|"

_NAME = re.compile(r"[\w .:/#()\[\]-]{1,40}")
"""What a column may be called, unless the user states it."""

_ROWS = 20
"""Rows that are compared to tell a table."""


def separator(head: str, stated: Mapping[str, str] | None = None) -> tuple[str, int]:
    """What separates the cells of a text, and how surely it is a table; see :mod:`kg.readers.detect`.

    Parameters
    ----------
    head : the beginning of the text.
    stated : columns as the user gave them.
    """
    return max(((s, _likeness(head, s, stated or {})) for s in SEPARATORS), key=lambda found: found[1])


def _likeness(head: str, sep: str, stated: Mapping[str, str]) -> int:
    try:
        rows = [row for row in islice(csv.reader(head.splitlines(keepends=True), delimiter=sep), _ROWS) if row]
    except csv.Error:
        return 0
    header = rows[0] if rows else []
    if len(header) < 2 or len(set(header)) < len(header):
        return 0
    names = [name for name in header if _NAME.fullmatch(name.strip()) or name in stated.values()]
    known = columns.find(names, stated)
    if all(field in known for field in columns.NEEDED):
        return 3
    named = len(names) == len(header)
    even = len(rows) > 1 and all(len(row) == len(header) for row in rows[:-1])  # the last may be cut off
    return 2 if named and known and even else 1 if named and even and len(rows[-1]) <= len(header) else 0


def matches(head: str, stated: Mapping[str, str] | None = None) -> int:
    """How surely the beginning of a file is a table; see :mod:`kg.readers.detect`."""
    return separator(head, stated)[1]


def read(source: Source) -> Iterator[Paper]:
    """The papers row by row. A cell keeps its line breaks; a row longer than the header is reported and left out."""
    return columns.papers(source, source.complete(_rows(source)))


def _rows(source: Source) -> Iterator[columns.Row]:
    # The module's limit is one for the process. It may only rise: another reader may be at work.
    csv.field_size_limit(max(csv.field_size_limit(), RECORD_LIMIT))
    reader = csv.reader(source.text(), delimiter=separator(source.head_text, source.columns)[0])
    header: list[str] | None = None
    line = 0
    try:
        for row in reader:
            place, line = f":{line + 1}", reader.line_num
            if not any(row):
                continue
            if header is None:
                header = row
                missing = [f for f in columns.NEEDED if f not in columns.find(header, source.columns)]
                if missing:
                    columns.no_column(source, missing, header)
                    return
            elif any(row[len(header) :]):
                cells = f"{len(row)} cells under {len(header)} columns"
                source.tell(Messages.BAD_RECORD, place, reason=cells)
            else:
                yield place, dict(zip_longest(header, row[: len(header)], fillvalue=""))
    except csv.Error as error:
        source.tell(Messages.BROKEN, f":{line + 1}", whole_file=True, format="CSV", reason=error)
