"""JSON Lines: one record a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kg.errors import Messages
from kg.readers import columns
from kg.readers.source import Source
from kg.records import Paper


def read(source: Source) -> Iterator[Paper]:
    """The papers line by line; a line that is no JSON object is reported and left out."""
    return columns.papers(source, _rows(source))


def _rows(source: Source) -> Iterator[columns.Row]:
    for number, line in source.lines():
        if not line.strip():
            continue
        try:
            value = json.loads(line.rstrip("\r\n"))
        except (ValueError, RecursionError) as error:
            if not (source.cut and not line.endswith("\n")):  # else it is where the file broke off, told before
                source.tell(Messages.BAD_RECORD, f":{number}", reason=f"not JSON: {reason(error)}")
            continue
        if isinstance(value, dict):
            yield f":{number}", value
        else:
            source.tell(Messages.BAD_RECORD, f":{number}", reason=f"{kind(value)}, not an object")


def reason(error: Exception) -> str:
    """Why something is no JSON, in short."""
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.lower().removesuffix(' at')} at character {error.colno}"
    return "nested too deep" if isinstance(error, RecursionError) else "a number too long"


def kind(value: Any) -> str:
    """What a JSON value is called.

    >>> kind([1]), kind(None)
    ('an array', 'null')
    """
    names = {list: "an array", str: "a string", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(value), "null" if value is None else "an object")
