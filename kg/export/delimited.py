"""``nodes.csv``, ``edges.csv``, ``mentions.csv`` and ``results.csv``.

Files follow RFC 4180: UTF-8, a header, ``,`` between cells, CR LF after rows, quotes where needed.
Lists and structures are JSON in their cell, nulls are empty, scores are rounded.

**Formula guard.** A spreadsheet runs a cell that begins with ``=``, ``+``, ``-`` or ``@`` as a formula,
and text from papers is not to be trusted with that. A *text* cell that begins with one of these, with a
tab, a line break or their full-width forms gets a ``'`` in front, the sign by which spreadsheets know
text. So that the guard can be undone, a cell that begins with ``'`` gets another: to read a cell, take
one leading ``'`` away (:func:`unguard`). Number columns need no guard and have none.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pyarrow as pa

from kg.export.characters import xml_text
from kg.export.tables import TABLES
from kg.export.terms import SCORE_DIGITS
from kg.graph import KnowledgeGraph

_GUARDED = tuple("=+-@\t\r\n'＝＋－＠")


def guard(text: str) -> str:
    """A text that no spreadsheet takes for a formula.

    >>> guard("=1+1"), guard("'tis"), guard("GPT-4")
    ("'=1+1", "''tis", 'GPT-4')
    """
    return f"'{text}" if text.startswith(_GUARDED) else text


def unguard(cell: str) -> str:
    """The text that :func:`guard` made ``cell`` of.

    >>> unguard("'=1+1"), unguard("GPT-4")
    ('=1+1', 'GPT-4')
    """
    return cell.removeprefix("'")


def _rounded(value: Any) -> Any:
    """A list or structure with its scores rounded and its texts cleaned."""
    if isinstance(value, dict):
        return {key: _rounded(v) for key, v in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(v) for v in value]
    if isinstance(value, float):
        return round(value, SCORE_DIGITS)
    return xml_text(value) if isinstance(value, str) else value


def _cell(name: str, kind: pa.DataType, value: Any) -> str:
    if value is None:
        return ""
    if pa.types.is_nested(kind):
        return json.dumps(_rounded(value), ensure_ascii=False)
    if pa.types.is_string(kind):
        return guard(xml_text(value))
    return str(round(value, SCORE_DIGITS)) if name == "score" else str(value)


def write(graph: KnowledgeGraph, path: Path) -> None:
    """Write the table that the file's name says: ``nodes.csv`` holds the table ``nodes``.

    Raises
    ------
    OSError : the file cannot be written.
    """
    schema, rows = TABLES[path.stem]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(schema.names)
        for row in rows(graph):
            writer.writerow([_cell(column.name, column.type, row.get(column.name)) for column in schema])
