"""RDF terms: the namespaces in use, and how texts, numbers, dates and names of nodes are written."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

import pyoxigraph as ox

from kg.export.characters import xml_text
from kg.vocabulary import NAMESPACE

PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "kg": NAMESPACE,
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Namespaces of the vocabularies in use; ``data_prefixes`` adds those of the data."""

SCORE_DIGITS = 4
"""Decimal places of scores in RDF and CSV."""

_DATE_SHAPES = (
    (re.compile(r"[0-9]{4}"), "gYear"),
    (re.compile(r"[0-9]{4}-[0-9]{2}"), "gYearMonth"),
    (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "date"),
    (re.compile(r"--[0-9]{2}-[0-9]{2}"), "gMonthDay"),
)


@lru_cache(maxsize=1024)
def term(name: str) -> ox.NamedNode:
    """The node of a prefixed name of :data:`PREFIXES`: ``term("kg:Model")``."""
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


def text(value: str) -> ox.Literal:
    """A string literal; see :mod:`kg.export.characters` for what it can hold."""
    return ox.Literal(xml_text(value))


def score_text(score: float) -> str:
    """A score as ``xsd:decimal``, rounded to :data:`SCORE_DIGITS` places.

    >>> score_text(0.930049), score_text(1)
    ('0.93', '1.0')
    """
    return decimal_text(round(score, SCORE_DIGITS))


def decimal_text(number: float) -> str:
    """A finite number as ``xsd:decimal``, with a point and without exponent.

    >>> decimal_text(7.6), decimal_text(12), decimal_text(1e-7)
    ('7.6', '12.0', '0.0000001')
    """
    digits = format(Decimal(repr(float(number))), "f")
    return digits if "." in digits else f"{digits}.0"


def date_literal(value: str) -> ox.Literal:
    """A date typed by its shape (``xsd:gYear``, ``gYearMonth``, ``date``, ``gMonthDay``).

    What has another shape, or is no day of the calendar, becomes a plain string.
    """
    for shape, datatype in _DATE_SHAPES:
        if shape.fullmatch(value) and _in_calendar(value):
            return ox.Literal(value, datatype=term(f"xsd:{datatype}"))
    return text(value)


def _in_calendar(value: str) -> bool:
    whole = f"2000{value[1:]}" if value.startswith("--") else f"{value}-01-01"[:10]
    try:
        date.fromisoformat(whole)
    except ValueError:
        return False
    return True


def digest(*parts: str | int | None) -> str:
    """20 hex digits that name what the parts describe (80 bits of BLAKE2b)."""
    return hashlib.blake2b(json.dumps(parts).encode(), digest_size=10).hexdigest()
