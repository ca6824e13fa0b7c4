"""BibTeX, decoded by bibtexparser: strings are resolved, LaTeX accents and case-keeping braces become text.

BibTeX itself takes any run of white space for one space, so titles and abstracts are read so too. Math
stays as written (``$O(n)$``).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from kg.errors import Messages
from kg.readers import columns
from kg.readers.identity import arxiv_id
from kg.readers.source import Source
from kg.records import Paper

if TYPE_CHECKING:
    from bibtexparser.library import Library
    from bibtexparser.model import Block, Entry

_START = re.compile(r"^[ \t]*@(?P<type>[A-Za-z]+)[ \t]*[{(]\s*(?P<key>[^\s,{}()=\"]*)\s*[,=]", re.MULTILINE)
_NO_ENTRY = {"string", "comment", "preamble"}

_DECODED = ("title", "abstract", "keywords")
"""Fields that hold LaTeX; in others, such as ``url``, its signs mean themselves."""

_REWRITTEN = (
    # A bare % means itself in abstracts ("5% better"); as LaTeX it would hide the rest of the line.
    (re.compile(r"(?<!\\)%"), r"\\%"),
    # In an address ~ is no space.
    (re.compile(r"(?<=/)~"), r"\\textasciitilde{}"),
    # Commands that the decoder does not know and would drop with the text in their last braces.
    (re.compile(r"\\(?:texttt|textsf|textmd|textup|mbox|(?:href|color|textcolor)\s*\{[^{}]*\})\s*(?=\{)"), ""),
)
"""What is rewritten before LaTeX is decoded."""

_LATEX = re.compile(r"[\\{}~]|--|``|''|[!?]`")
"""Signs that LaTeX gives a meaning outside of math; decoding is slow, and most abstracts have none."""

_ARXIV_ELSEWHERE = re.compile(r"\barXiv\s*:\s*(\S+?)(?:[\s,;\])}]|$)|^abs/(\S+)$", re.IGNORECASE)

# bibtexparser logs what it also hands over as failed blocks; users get that once, from us.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())


def matches(text: str) -> int:
    """How surely the beginning of a file is BibTeX; see :mod:`kg.readers.detect`."""
    return 3 if any(m["type"].lower() not in _NO_ENTRY or m["key"] for m in _START.finditer(text)) else 0


def read(source: Source) -> Iterator[Paper]:
    """The papers entry by entry; an entry that cannot be parsed is reported and left out."""
    return columns.papers(source, _rows(source), optional=True)


def _rows(source: Source) -> Iterator[columns.Row]:
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.exceptions import ParserStateException
    from bibtexparser.model import ParsingFailedBlock

    text = source.whole_text()
    try:
        library = parse_string(text)
    except (ParserStateException, RecursionError, ValueError, IndexError, KeyError, AttributeError) as error:
        source.tell(Messages.BROKEN, whole_file=True, format="BibTeX", reason=_short(error))
        return
    decode = _decoder()
    for block in library.blocks:
        place = f":{(block.start_line or 0) + 1}"
        entry = _entry(block, library)
        if entry is not None:
            yield place, _row(entry, decode)
        elif isinstance(block, ParsingFailedBlock) and not source.cut:
            source.tell(Messages.BAD_RECORD, place, reason=f"not BibTeX: {_short(block.error)}")


def _entry(block: Block, library: Library) -> Entry | None:
    """The entry in a block, also where bibtexparser holds it back because its key, or a field, is there twice."""
    from bibtexparser.library import Library as NewLibrary
    from bibtexparser.middlewares import RemoveEnclosingMiddleware, ResolveStringReferencesMiddleware
    from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry

    if isinstance(block, Entry):
        return block
    if not isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        return None
    held = block.ignore_error_block
    if not isinstance(held, Entry):
        return None
    alone = NewLibrary([*library.strings, held])
    for middleware in (ResolveStringReferencesMiddleware(), RemoveEnclosingMiddleware()):
        alone = middleware.transform(alone)
    return next(iter(alone.entries), None)


def _row(entry: Entry, decode: Callable[[str], str]) -> Mapping[str, object]:
    from bibtexparser.middlewares.names import split_multiple_persons_names

    row: dict[str, object] = {"key": entry.key}
    for field in entry.fields:
        row.setdefault(field.key.lower(), str(field.value))
    for name in _DECODED:
        if name in row:
            row[name] = decode(str(row[name]))
    names = split_multiple_persons_names(str(row.get("author", "")))
    row["author"] = [decode(name) for name in names if name != "others"]
    row.setdefault("date", " ".join(str(row[part]) for part in ("month", "year") if part in row))
    if not arxiv_id(str(row.get("eprint", ""))):
        row["eprint"] = _arxiv_elsewhere(row)
    return row


def _arxiv_elsewhere(row: Mapping[str, object]) -> str | None:
    """The arXiv identifier where other exports put it: ``journal = {arXiv preprint arXiv:…}``, ``volume = {abs/…}``."""
    found = (_ARXIV_ELSEWHERE.search(str(row.get(name, ""))) for name in ("journal", "volume", "note", "howpublished"))
    return next((i for m in found if m and (i := arxiv_id(m[1] or m[2]))), None)


def _decoder() -> Callable[[str], str]:
    from bibtexparser.library import Library
    from bibtexparser.middlewares import LatexDecodingMiddleware
    from bibtexparser.model import Entry, Field

    middleware, library = LatexDecodingMiddleware(keep_braced_groups=False, keep_math_mode=True), Library()

    def decode(value: str) -> str:
        if not _LATEX.search(value):
            return " ".join(value.split())
        rewritten = value
        for pattern, replacement in _REWRITTEN:
            rewritten = pattern.sub(replacement, rewritten)
        field = Field("value", rewritten)
        decoded = middleware.transform_entry(Entry("article", "key", [field]), library)
        text = str(field.value) if isinstance(decoded, Entry) else value
        return " ".join(text.split())

    return decode


def _short(error: object) -> str:
    text = getattr(error, "abort_reason", None) or str(error)
    return str(text).strip().split("\n")[0].rstrip(". ")[:120]
