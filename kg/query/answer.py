"""What a query answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pyoxigraph as ox

from kg.errors import KgError, Messages

Value = str | int | float | bool | None
"""An IRI or text as str, numbers and truth values as themselves, None where a variable is unbound."""

Raw = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_TRIPLE = ("subject", "predicate", "object")
_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS: dict[str, Callable[[str], Value]] = {
    f"{_XSD}integer": int,
    f"{_XSD}decimal": float,
    f"{_XSD}double": float,
    f"{_XSD}float": float,
    f"{_XSD}boolean": lambda text: text in ("true", "1"),
}

_BLANK = re.compile(r"\s+")
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

RESULT_FORMATS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
"""SPARQL 1.1 result formats, for SELECT and ASK."""

GRAPH_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}
"""RDF formats, for CONSTRUCT and DESCRIBE."""


class Answer:
    """The answer of a SELECT, ASK, CONSTRUCT or DESCRIBE query.

    It can be gone through any number of times; each time the query runs again, so that even a long
    answer is never in memory as a whole. A SELECT answer has its variables as columns, an ASK answer one
    row with the column ``answer``, a CONSTRUCT or DESCRIBE answer ``subject``, ``predicate``, ``object``.

    Parameters
    ----------
    run : runs the query.
    show : writes a term for people.
    """

    def __init__(self, run: Callable[[], Raw], show: Callable[[ox.NamedNode], str]) -> None:
        self._run = run
        self._show = show
        first = run()
        self.form = _form(first)
        """``select``, ``ask`` or ``graph``."""
        self.columns = (
            tuple(v.value for v in first.variables)
            if isinstance(first, ox.QuerySolutions)
            else {"ask": ("answer",), "graph": _TRIPLE}[self.form]
        )

    def __iter__(self) -> Iterator[dict[str, Value]]:
        """Rows by column, as Python values.

        Raises
        ------
        KgError : the query failed while it ran (BAD_QUERY).
        """
        for terms in self._rows():
            yield {name: _value(found) for name, found in zip(self.columns, terms, strict=True)}

    def __bool__(self) -> bool:
        """Of ASK the answer, else whether there is any row."""
        row = next(iter(self), None)
        return row is not None and (self.form != "ask" or row["answer"] is True)

    def table(self) -> Iterator[tuple[str, ...]]:
        """Rows for people: the label of a node that has one, else its prefixed name; nothing for None."""
        for terms in self._rows():
            yield tuple(self._text(found) for found in terms)

    def serialize(self, format: str) -> bytes:  # noqa: A002 - the usual word
        """The answer in one of :data:`RESULT_FORMATS` or, of CONSTRUCT and DESCRIBE, :data:`GRAPH_FORMATS`.

        Raises
        ------
        KgError : the format is none for this answer (BAD_ANSWER_FORMAT), or the query failed while it ran.
        """
        formats: dict[str, Any] = GRAPH_FORMATS if self.form == "graph" else RESULT_FORMATS
        if format not in formats:
            raise KgError(Messages.BAD_ANSWER_FORMAT, format=format, formats=", ".join(formats))
        with failures():
            return self._run().serialize(format=formats[format]) or b""

    def _rows(self) -> Iterator[tuple[Any, ...]]:
        with failures():
            found = self._run()
            if isinstance(found, ox.QuerySolutions):
                for solution in found:
                    yield tuple(solution)
            elif isinstance(found, ox.QueryTriples):
                for triple in found:
                    yield triple.subject, triple.predicate, triple.object
            else:
                yield (ox.Literal(bool(found)),)

    def _text(self, found: Any) -> str:
        if isinstance(found, ox.NamedNode):
            return _visible(self._show(found))
        value = _value(found)
        if isinstance(value, bool):
            return "yes" if value else "no"
        return "" if value is None else _visible(str(value))


@contextmanager
def failures() -> Iterator[None]:
    """Turns what can go wrong while a valid query runs into a :class:`KgError`."""
    try:
        yield
    except (OSError, RuntimeError, ValueError) as e:
        raise KgError(Messages.BAD_QUERY, reason=e) from None


def _form(answer: Raw) -> str:
    if isinstance(answer, ox.QuerySolutions):
        return "select"
    return "ask" if isinstance(answer, ox.QueryBoolean) else "graph"


def _value(found: Any) -> Value:
    if found is None or isinstance(found, ox.Triple):
        return None if found is None else str(found)
    if not isinstance(found, ox.Literal):
        return str(found.value)
    convert = _NUMBERS.get(found.datatype.value, str)
    try:
        return convert(found.value)
    except ValueError:  # a literal that is none of its datatype, which RDF allows
        return found.value


def _visible(text: str) -> str:
    """One line without control characters and marks of direction, which could command a terminal."""
    return _INVISIBLE.sub("", _BLANK.sub(" ", text))
