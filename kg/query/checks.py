"""What may run, and why a query cannot: one line each."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyoxigraph as ox

from kg.errors import KgError, Messages

_PROLOGUE = re.compile(r"(?:\s+|#[^\n]*(?:\n|$)|BASE\s*<[^>]*>|PREFIX\s+[^\s:]*:\s*<[^>]*>)*", re.IGNORECASE)
_UPDATE = re.compile(r"(?:INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b", re.IGNORECASE)
_BEGINNING = re.compile(r"(?:SELECT|ASK|CONSTRUCT|DESCRIBE|PREFIX|BASE)\b", re.IGNORECASE)
_SERVICE = re.compile("service", re.IGNORECASE)
_IN_NAME = re.compile(r"[\w?$:/#-]")
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_PHRASE = re.compile(r"[A-Z][A-Za-z]* [A-Za-z ,]*[a-z]")
_MARK = re.compile(r'"([^"\s]{1,2})"')
_FORMS = "SELECT, ASK, CONSTRUCT or DESCRIBE"
_MOST_MARKS = 4  # more say nothing
_CONTEXT = 30  # characters of the query shown before an error
_REACH = len("SERVICE SILENT") + len("OPTIONAL")


def refuse_service(text: str, prefixes: Mapping[str, str]) -> None:
    """Refuse a query that would ask another server, as Oxigraph otherwise would.

    A query calls ``SERVICE`` exactly if it is valid and stops being so once every "service" in it is
    spelt otherwise: names, texts and comments can be spelt in any way, the keyword cannot. So the real
    parser decides, not a second one beside it. The changed query runs on an empty store.

    Raises
    ------
    KgError : NO_SERVICE; BAD_QUERY where the query is wrong in another place.
    """
    spelt = [m.start() for m in _SERVICE.finditer(text)]
    if not spelt:
        return
    try:
        ox.Store().query(_SERVICE.sub("servicx", text), prefixes=dict(prefixes))
    except SyntaxError as e:
        # Refused in any case; this decides only which line says why. The parser reports where the word
        # that it hoped for would end, so a little behind a call.
        found = _POSITION.match(str(e))
        wrong = _offset(text, int(found[1]), int(found[2])) if found else 0
        calls = [at for at in spelt if not _IN_NAME.match(text[at - 1 : at])]
        if any(call <= wrong <= call + _REACH for call in calls):
            raise KgError(Messages.NO_SERVICE) from None
        raise syntax_problem(text, e) from None


def syntax_problem(text: str, error: SyntaxError) -> KgError:
    """The line for a query that Oxigraph could not parse; an update is told that it may not run."""
    start = _prologue_end(text)
    if _UPDATE.match(text, start):
        return KgError(Messages.READ_ONLY)
    return KgError(Messages.BAD_QUERY, reason=_explain(text, start, str(error)))


def _prologue_end(text: str) -> int:
    found = _PROLOGUE.match(text)
    return found.end() if found else 0


def _offset(text: str, line: int, column: int) -> int:
    """Characters before a place that is given as line and column, both from 1."""
    return sum(len(before) + 1 for before in text.split("\n")[: line - 1]) + column - 1


def _explain(text: str, start: int, message: str) -> str:
    """Oxigraph's message without its grammar: where, what stands before, and what was expected if short."""
    found = _POSITION.match(message)
    if found is None:
        return message
    line, column, rest = int(found[1]), int(found[2]), found[3]
    offset = _offset(text, line, column)
    expected = ""
    if phrase := _PHRASE.search(rest):
        expected = phrase[0]
    elif not _BEGINNING.match(text, start):
        offset, expected = start, f"expected {_FORMS}"
    elif 0 < len(marks := [mark for mark in _MARK.findall(rest) if "\\" not in mark]) <= _MOST_MARKS:
        expected = f"expected {' or '.join(marks)}"
    line = text.count("\n", 0, offset) + 1
    column = offset - text.rfind("\n", 0, offset)
    before = " ".join(text[:offset][-_CONTEXT:].split())
    place = f"near line {line}, column {column}"
    return "; ".join(part for part in (place, before and f"after {before!r}", expected) if part)
