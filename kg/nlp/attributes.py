"""What the components leave on a ``Doc``: ``doc._.kg_entities`` and so on.

The values are kept as plain tuples in ``doc.user_data``, so that documents survive ``to_bytes``,
``DocBin`` and spaCy's own worker processes, and are read and written as records.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple, is_dataclass
from typing import Any, NamedTuple

from spacy.tokens import Doc

from kg.records import DocumentEntity, DocumentRelation, DocumentResult, Link, Mention, RoleAssertion, Span


class Definition(NamedTuple):
    """One place where a text defines an abbreviation; spans in characters."""

    short: Span
    long: Span


Plain = Any
"""Nested tuples or lists of strings and numbers, as msgpack gives them back."""


def _span(x: Plain) -> Span:
    return (int(x[0]), int(x[1]))


def _definition(x: Plain) -> Definition:
    return Definition(_span(x[0]), _span(x[1]))


def _entity(x: Plain) -> DocumentEntity:
    id_, type_, forms, mentions, roles, score = x
    return DocumentEntity(
        id_,
        type_,
        tuple(forms),
        tuple(Mention(*m) for m in mentions),
        tuple(RoleAssertion(role, s, _span(sentence)) for role, s, sentence in roles),
        score,
    )


def _relation(x: Plain) -> DocumentRelation:
    subject, predicate, object_, score, sentence = x
    return DocumentRelation(subject, predicate, object_, score, _span(sentence))


def _result(x: Plain) -> DocumentResult:
    subject, dataset, metric, value, kind, start, end, score, sentence = x
    return DocumentResult(subject, dataset, metric, value, kind, start, end, score, _span(sentence))


def _link(x: Plain) -> Link:
    return Link(*x)


RECORDS: dict[str, Callable[[Plain], Any]] = {
    "kg_abbreviations": _definition,
    "kg_entities": _entity,
    "kg_relations": _relation,
    "kg_results": _result,
    "kg_links": _link,
    "kg_kinds": str,
}
"""Attribute, and how one of its items becomes a record again."""


def register() -> None:
    """Declare the attributes; each holds a tuple, empty at first."""
    for name, restore in RECORDS.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, getter=_getter(name, restore), setter=_setter(name))


def _getter(name: str, restore: Callable[[Plain], Any]) -> Callable[[Doc], tuple[Any, ...]]:
    return lambda doc: tuple(restore(x) for x in doc.user_data.get(name, ()))


def _setter(name: str) -> Callable[[Doc, tuple[Any, ...]], None]:
    def write(doc: Doc, values: tuple[Any, ...]) -> None:
        doc.user_data[name] = [astuple(v) if is_dataclass(v) and not isinstance(v, type) else v for v in values]

    return write
