"""Saved pages of trending papers: header lines, then titles and abstracts in turn.

A page is text as a browser copies it: paragraphs with blank lines between. The lines around the papers
(:data:`FURNITURE`) may stand anywhere and in any order, or be missing; a line that is a date dates the
papers after it. Titles and abstracts are told apart by their place (one follows the other) and, where a
paper lacks its abstract or has one of several paragraphs, by their looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.errors import Messages
from kg.readers import fields
from kg.readers.identity import title_id
from kg.readers.source import Source
from kg.records import Listing, Paper

MARKS = re.compile(
    r"get trending papers in your (?:email )?inbox!?|by\s*@?\W?AK\W?(?:\s+and the research community)?", re.IGNORECASE
)
"""Lines that only such pages have."""

FURNITURE = re.compile(
    rf"{MARKS.pattern}|new|subscribe|trending|trending papers|daily papers|papers|hugging face|daily|weekly|monthly|"
    r"log ?in|sign ?up|search|previous|next|today|models|datasets|spaces|docs|pricing|community|upvote|"
    r"view all(?: papers)?|view pdf|view arxiv page|arxiv page|pdf|github|project page|"
    r"submitted by\b.{0,60}|published (?:on )?\w{3,9} \d{1,2}(?:, \d{4})?|·?\s*\d+ authors?|\d+ (?:up)?votes?",
    re.IGNORECASE,
)
"""Lines of the page that belong to no paper."""

_COUNT = re.compile(r"[\d.,]+\s?k?|[-–—·•|]+", re.IGNORECASE)
"""A paragraph that is a count (votes, comments, stars) or a rule."""

_MASTHEAD = 30
"""Lines in which a page shows what it is."""

TITLE_LIMIT = 300
"""Characters of a title at most; of 74,728 titles at arXiv the longest has 226."""

_PROSE = 180
"""Characters from which a paragraph of whole sentences is no title."""

_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*(?=\s+[\W_]*[A-Z0-9])")


class Block(NamedTuple):
    """A paragraph: where it lies in the text, and what is before it on the page."""

    start: int
    end: int
    line: int
    """From 1."""
    text: str
    date: str | None


def matches(text: str) -> int:
    """How surely the beginning of a file is such a page; see :mod:`kg.readers.detect`."""
    lines = [line.strip() for line in text.splitlines()]
    if any(MARKS.fullmatch(line) for line in [line for line in lines if line][:_MASTHEAD]):
        return 3
    # Without its masthead: titles and abstracts in turn, more than once.
    found = blocks(text, None)
    pairs = [
        (title, abstract) for title, abstract in zip(found[::2], found[1::2], strict=False) if abstract.end < len(text)
    ]
    alternate = all(not is_prose(t.text) and is_prose(a.text) for t, a in pairs)
    return 2 if len(pairs) >= 2 and alternate else 0


def read(source: Source) -> Iterator[Paper]:
    """One paper for each listing, in the order of the page."""
    text = source.whole_text()
    position = 0
    for title, abstract in source.complete(pairs(blocks(text, source.year))):
        if title is None:
            source.tell(Messages.NO_TITLE, f":{abstract[0].line}")
            continue
        position += 1
        if not abstract:
            source.tell(Messages.NO_ABSTRACT, f":{title.line}")
            continue
        body = text[abstract[0].start : abstract[-1].end]
        yield Paper(
            id=title_id(title.text),
            title=title.text,
            abstract=body,
            listings=(Listing(source.label, title.date, position),),
            sources=(f"{source.label}:{title.line}",),
        )


def blocks(text: str, year: int | None) -> list[Block]:
    """The paragraphs of a page that may belong to papers, each with the date that stands over it."""
    found: list[Block] = []
    date: str | None = None
    start = end = line_of_start = -1

    def close() -> None:
        nonlocal start
        if start >= 0 and not _COUNT.fullmatch(text[start:end]):
            found.extend(_split(Block(start, end, line_of_start, text[start:end], date)))
        start = -1

    position = 0
    for number, raw in enumerate(re.split(r"(?<=\n)|(?<=\r)(?!\n)", text), start=1):
        line = raw.strip()
        at = position + len(raw) - len(raw.lstrip())
        position += len(raw)
        dated = _day(line, year)
        if not line or dated or FURNITURE.fullmatch(line):
            close()
            date = dated or date
            continue
        if start < 0:
            start, line_of_start = at, number
        end = at + len(line)
    close()
    return found


def _day(line: str, year: int | None) -> str | None:
    """The day that a line consists of; a mere year or month may be a title."""
    found = fields.date(line, year) if 3 <= len(line) <= 40 else None
    return found if found and (found.startswith("--") or len(found) == 10) else None


def _split(block: Block) -> list[Block]:
    """A paragraph whose lines are whole paragraphs, because the page was saved without blank lines."""
    lines = block.text.splitlines(keepends=True)
    if len(lines) < 2 or max(map(len, lines)) < 200:  # else it is one paragraph, broken to a width
        return [block]
    out, start = [], block.start
    for number, raw in enumerate(lines):
        line = raw.strip()
        at = start + len(raw) - len(raw.lstrip())
        out.append(Block(at, at + len(line), block.line + number, line, block.date))
        start += len(raw)
    return out


def is_prose(text: str) -> bool:
    """Whether a paragraph is one of an abstract, by its looks: long, or of several sentences.

    >>> is_prose("PAL: Program-aided Language Models"), is_prose("We present a model. " * 10)
    (False, True)
    """
    return len(text) > TITLE_LIMIT or (len(text) >= _PROSE and bool(_SENTENCE_END.search(text)))


def _is_sentence(text: str) -> bool:
    return text.rstrip("\"'”’)]").endswith(".") or "://" in text


def pairs(found: list[Block]) -> Iterator[tuple[Block | None, list[Block]]]:
    """Titles with the paragraphs of their abstracts.

    The title is None for prose that nothing precedes; the list is empty where a title has no abstract.
    """
    title: Block | None = None
    abstract: list[Block] = []
    for index, block in enumerate(found):
        following = found[index + 1].text if index + 1 < len(found) else ""
        if title is None and not abstract:
            # The first of all.
            title, abstract = (None, [block]) if is_prose(block.text) else (block, [])
        elif not abstract:
            # A title waits for its abstract. Something short is that abstract, unless prose follows it.
            if is_prose(block.text) or not is_prose(following):
                abstract = [block]
            else:
                yield title, abstract
                title = block
        elif is_prose(block.text) or (_is_sentence(block.text) and not is_prose(following)):
            abstract.append(block)
        else:
            yield title, abstract
            title, abstract = block, []
    if title is not None or abstract:
        yield title, abstract
