"""JSON in one piece: an array of records, an object that wraps one, records by identifier, or one record."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from kg.errors import Messages
from kg.readers import columns
from kg.readers.jsonl import kind, reason
from kg.readers.source import RECORD_LIMIT, Source
from kg.records import Paper

_DECODER = json.JSONDecoder()
_BLANK = re.compile(r"[ \t\r\n]*")
_READ = 1 << 20
"""Characters read at a time."""
_DEPTH = 4
"""Levels at which the records of a wrapper are looked for."""


def read(source: Source) -> Iterator[Paper]:
    """The papers of an array are streamed; an object is read as a whole (see :data:`kg.readers.source.TEXT_LIMIT`)."""
    if source.head_text.lstrip().startswith("["):
        return columns.papers(source, _records(source, _elements(source, source.text(newline="\n"))))
    return columns.papers(source, _records(source, _wrapped(source)))


def _records(source: Source, values: Iterator[Any]) -> Iterator[columns.Row]:
    for number, value in enumerate(values, start=1):
        if isinstance(value, dict):
            yield f"#{number}", value
        else:
            source.tell(Messages.BAD_RECORD, f"#{number}", reason=f"{kind(value)}, not an object")


def _elements(source: Source, text: TextIO) -> Iterator[Any]:
    """The elements of an array, one after another; what follows a syntax error is lost, and reported."""
    window = _Window(text)
    if not window.take("["):
        return
    while not window.take("]"):
        try:
            yield window.value()
        except (ValueError, RecursionError) as error:
            if not source.cut:
                source.tell(Messages.BROKEN, whole_file=True, format="JSON", reason=reason(error))
            return
        window.take(",")


class _Window:
    """The part of a long JSON text that is being parsed."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._held = text.read(_READ)
        self._at = 0

    def take(self, character: str) -> bool:
        """Go past white space, and past a character if it follows."""
        while True:
            found = _BLANK.match(self._held, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._held) or not self._more(_READ):
                break
        taken = self._held.startswith(character, self._at)
        self._at += taken
        return taken

    def value(self) -> Any:
        """Parse one value; raises ValueError where there is none, or RecursionError."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self._held, self._at)
            except ValueError:
                # Half of a value is no value: twice as much text, so that a long one is tried few times.
                if len(self._held) - self._at > RECORD_LIMIT or not self._more(max(_READ, len(self._held) - self._at)):
                    raise
                continue
            if end == len(self._held) and self._more(_READ):  # a number may go on
                continue
            self._at = end
            return value

    def _more(self, size: int) -> bool:
        new = self._text.read(size)
        self._held = self._held[self._at :] + new
        self._at = 0
        return bool(new)


def _wrapped(source: Source) -> Iterator[Any]:
    text = source.whole_text()
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        if text and not source.cut:
            source.tell(Messages.BROKEN, whole_file=True, format="JSON", reason=reason(error))
        yield from _salvaged(text)
        return
    yield from unwrap(value, source.columns)


def _salvaged(text: str) -> Iterator[Any]:
    """The whole records of the first array of objects in a broken text."""
    found = re.search(r"[\[{,:]\s*\[\s*(?=\{)|^\s*\[\s*(?=\{)", text)
    at = found.end() if found else len(text)
    while at < len(text):
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            return
        yield value
        at = re.compile(r"[\s,]*").match(text, at).end()  # type: ignore[union-attr]


def unwrap(value: Mapping[str, Any], stated: Mapping[str, str]) -> list[Any]:
    """The records in an object: itself if it is one, else those of the array, or object of objects, within.

    Where there are several such arrays, the one with the most records is taken.

    >>> unwrap({"total": 1, "papers": [{"title": "A", "abstract": "B"}]}, {})
    [{'title': 'A', 'abstract': 'B'}]
    """
    return max(_candidates(value, stated, _DEPTH), key=len, default=[value])


def _candidates(value: Any, stated: Mapping[str, str], depth: int) -> Iterator[list[Any]]:
    if isinstance(value, dict) and _is_record(value, stated):
        yield [value]
        return
    if not isinstance(value, dict) or depth == 0:
        return
    if value and all(isinstance(v, dict) and _is_record(v, stated) for v in value.values()):
        yield [{"id": key, **v} for key, v in value.items()]
        return
    for inner in value.values():
        if isinstance(inner, list):
            if any(isinstance(v, dict) and _is_record(v, stated) for v in inner):
                yield inner
        else:
            yield from _candidates(inner, stated, depth - 1)


def _is_record(value: Mapping[str, Any], stated: Mapping[str, str]) -> bool:
    return any(isinstance(value.get(c), str) for f in columns.NEEDED for c in columns.find(value, stated).get(f, ()))
