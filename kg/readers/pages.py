"""Saved pages of trending papers: header lines, then titles and abstracts in turn.

A page is text as a browser copies it: paragraphs with blank lines between. The lines around the papers
(:data:`FURNITURE`) may stand anywhere and in any order, or be missing; a line that is a date dates the
papers after it. Titles and abstracts are told apart by their place (one follows the other) and, where a
paper lacks its abstract or has one of several paragraphs, by their looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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

_LOOKED_AT = 20
"""Paragraphs that tell whether a text without masthead is a page."""

TITLE_LIMIT = 300
"""Characters of a title at most; of 74,728 titles at arXiv the longest has 226."""

_PROSE = 180
"""Characters from which a paragraph of whole sentences is no title."""

_WHOLE = 200
"""Characters from which a line is a whole paragraph, and not broken to a width."""

_LINE_START = re.compile(r"(?<=\n)|(?<=\r)(?!\n)")

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
    found = blocks(text, None)[:_LOOKED_AT]
    turns = alternate(found)
    return 2 if turns >= 2 and turns >= 0.8 * (len(found) // 2) else 0


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
    held: list[Block] = []  # the lines of the paragraph so far
    date: str | None = None
    position = longest = 0

    def close() -> None:
        if held and not (len(held) == 1 and _COUNT.fullmatch(held[0].text)):
            found.append(held[0]._replace(end=held[-1].end, text=text[held[0].start : held[-1].end]))
        held.clear()

    for number, raw in enumerate(_LINE_START.split(text), start=1):
        line = raw.strip()
        start = position + len(raw) - len(raw.lstrip())
        position += len(raw)
        # In a paragraph that is broken to a width, a line may by chance be one word such as "models".
        broken = len(held) >= 2 and longest < _WHOLE
        day = None if broken else _day(line, year)
        if not line or day or (not broken and FURNITURE.fullmatch(line)):
            close()
            date = day or date
        else:
            longest = max(longest, len(line)) if held else len(line)
            held.append(Block(start, start + len(line), number, line, date))
    close()
    return _without_blank_lines(found)


def _without_blank_lines(found: list[Block]) -> list[Block]:
    """The lines of the paragraphs, where the page was saved without blank lines, or with them between papers only."""
    several = [b for b in found if len(b.text.splitlines()) > 1 and max(map(len, b.text.splitlines())) >= _WHOLE]
    return [line for b in found for line in _lines(b)] if len(several) > 0.6 * len(found) else found


def _lines(block: Block) -> Iterator[Block]:
    start = block.start
    for number, raw in enumerate(_LINE_START.split(block.text)):
        line = raw.strip()
        at = start + len(raw) - len(raw.lstrip())
        yield Block(at, at + len(line), block.line + number, line, block.date)
        start += len(raw)


def _day(line: str, year: int | None) -> str | None:
    """The day that a line consists of; a mere year or month may be a title."""
    found = fields.date(line, year) if 3 <= len(line) <= 40 else None
    return found if found and (found.startswith("--") or len(found) == 10) else None


def is_prose(text: str) -> bool:
    """Whether a paragraph is one of an abstract, by its looks: long, or of several sentences.

    >>> is_prose("PAL: Program-aided Language Models"), is_prose("We present a model. " * 9 + "It works.")
    (False, True)
    """
    return len(text) > TITLE_LIMIT or (len(text) >= _PROSE and _is_sentence(text) and bool(_SENTENCE_END.search(text)))


def _is_sentence(text: str) -> bool:
    """Whether a paragraph ends like a sentence, or with an address. At arXiv none of 74,728 titles does."""
    return text.rstrip(" \"'”’)]").endswith((".", "。")) or "://" in text


def pairs(found: Sequence[Block]) -> Iterator[tuple[Block | None, list[Block]]]:
    """Titles with the paragraphs of their abstracts.

    The title is None for prose that nothing precedes; the list is empty where a title has no abstract.
    """
    if _is_regular(found):
        yield from ((title, [abstract]) for title, abstract in zip(found[::2], found[1::2], strict=True))
        return
    title: Block | None = None
    abstract: list[Block] = []
    for index, block in enumerate(found):
        prose = is_prose(block.text) or _is_sentence(block.text)
        prose_follows = index + 1 < len(found) and is_prose(found[index + 1].text)
        if title is None and not abstract:  # the first of all
            title, abstract = (None, [block]) if is_prose(block.text) else (block, [])
        elif prose or (not abstract and not prose_follows):
            # Something short after a title is its abstract, unless prose follows: then it is the next title.
            abstract.append(block)
        else:
            yield title, abstract
            title, abstract = block, []
    if title is not None or abstract:
        yield title, abstract


def _is_regular(found: Sequence[Block]) -> bool:
    """Whether titles and abstracts just take turns."""
    sentences = sum(_is_sentence(title.text) for title in found[::2])
    # A sentence in the place of a title is a paragraph of an abstract, unless this page's titles are written so.
    return 2 * alternate(found) == len(found) and not 0 < 2 * sentences <= len(found) // 2


def alternate(found: Sequence[Block]) -> int:
    """How many paragraphs that look like a title stand, in odd places, before one that looks like an abstract."""
    turns = zip(found[::2], found[1::2], strict=False)
    return sum(not is_prose(title.text) and is_prose(abstract.text) for title, abstract in turns)
