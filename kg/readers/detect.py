"""Which format an input has, told by its content; the name decides only between equals.

Each text format says how surely it recognises the beginning of a file:
3 it is this format, 2 it looks like it, 1 it may be, 0 it is not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath
from typing import NamedTuple

from kg.errors import Message, Messages
from kg.readers import atom, bibtex, csv_table, json_array, jsonl, pages, parquet, plain, ris
from kg.readers.compression import SUFFIXES as COMPRESSED
from kg.readers.source import HEAD, Source
from kg.records import Paper


class Head(NamedTuple):
    """The beginning of an input, as text."""

    text: str
    whole: bool
    """Whether that is all of it."""
    columns: Mapping[str, str]
    """As the user stated them."""


class Format(NamedTuple):
    """A format that can be read."""

    name: str
    suffixes: tuple[str, ...]
    matches: Callable[[Head], int]
    read: Callable[[Source], Iterator[Paper]]


def _json_lines(head: Head) -> int:
    lines = head.text.split("\n")
    objects = [_object(line) for line in (lines if head.whole else lines[:-1])[:100] if line.strip()]
    found = [o for o in objects if o is not None]
    if len(objects) == 1 and found and json_array.unwrap(found[0], head.columns) != found:
        return 0  # a wrapper that is written in one line
    if found and (len(found) * 2 >= len(objects) or len(found) > 2):
        return 3
    return 2 if _is_long_object(lines) else 0


def _object(line: str) -> dict[str, object] | None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _is_long_object(lines: list[str]) -> bool:
    """Whether the first line is an object too long to be seen whole; one that begins with a list wraps records."""
    return len(lines) == 1 and bool(re.match(r'\s*\{\s*"', lines[0])) and not _WRAPPER.search(lines[0])


_WRAPPER = re.compile(r'^\s*\{(?:\s*"[^"]*"\s*:\s*(?:[\d.]+|"[^"]*"|true|false|null)\s*,)*\s*"[^"]*"\s*:\s*\[\s*\{\s*"')


def _json(head: Head) -> int:
    return 2 if re.match(r'\s*(?:\{\s*["}]|\[\s*[{\]])', head.text) else 0


FORMATS = (
    Format("Parquet", (".parquet", ".pq"), lambda _: 0, parquet.read),  # told by its magic bytes
    Format("JSON Lines", (".jsonl", ".ndjson"), _json_lines, jsonl.read),
    Format("JSON", (".json",), _json, json_array.read),
    Format("Atom", (".atom", ".xml"), lambda head: atom.matches(head.text), atom.read),
    Format("CSV", (".csv", ".tsv", ".tab"), lambda head: csv_table.matches(head.text, head.columns), csv_table.read),
    Format("RIS", (".ris",), lambda head: ris.matches(head.text), ris.read),
    Format("BibTeX", (".bib", ".bibtex"), lambda head: bibtex.matches(head.text), bibtex.read),
    Format("page", (), lambda head: pages.matches(head.text), pages.read),
    Format("plain text", (".txt", ".text", ".md", ".tex"), lambda _: 1, plain.read),
)
"""All formats; where two are as sure, and the name does not tell, the first is taken."""

PARQUET = FORMATS[0]

_CONTROLS = re.compile("[\0-\x08\x0e-\x1a\x1c-\x1f\x7f�]")
_CONTROL_SHARE = 0.1
"""Of a text's characters this many may be control characters or undecodable; binary files have a third and more."""


def detect(source: Source) -> Format | Message:
    """The format of an input, or the message that says why it cannot be read.

    Looks at the first :data:`kg.readers.source.HEAD` bytes, and at the name without ``.gz``, ``.xz``, ``.zst``.
    """
    if source.head.startswith(parquet.MAGIC):
        return PARQUET
    text = source.head_text
    if not text.strip() and len(source.head) < HEAD:
        return Messages.EMPTY
    if _is_binary(text):
        return Messages.BINARY
    head = Head(text, len(source.head) < HEAD, source.columns)
    suffix = _suffix(source.label)
    (sureness, _), best = max(((_rank(f, head, suffix), f) for f in FORMATS), key=lambda ranked: ranked[0])
    return Messages.UNKNOWN_FORMAT if sureness == 1 and atom.is_other_markup(text) else best


def _is_binary(text: str) -> bool:
    """Whether decoded bytes were no text. What is valid UTF-8 without NUL is text, whatever it holds."""
    nul, broken = "\0" in text, "�" in text.rstrip("�")  # at the end a character may be cut in two
    return (nul and broken) or ((nul or broken) and len(_CONTROLS.findall(text)) > _CONTROL_SHARE * len(text))


def _rank(one: Format, head: Head, suffix: str) -> tuple[int, bool]:
    by_name = suffix in one.suffixes
    return max(one.matches(head), int(by_name and one is not PARQUET)), by_name


def _suffix(label: str) -> str:
    path = PurePath(label.lower())
    return PurePath(path.stem).suffix if path.suffix in COMPRESSED else path.suffix
