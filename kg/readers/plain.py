"""One abstract as plain text.

The first paragraph is the title if it looks like one (see :func:`kg.readers.pages.is_prose`) and more
follows it; else the title is empty. A line that only says "Abstract" or "Title", or that word and a colon
before the text, belongs to neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.errors import Messages
from kg.readers import identity
from kg.readers.pages import is_prose
from kg.readers.source import Source
from kg.records import Paper

LIMIT = 1_000_000
"""Characters. An abstract of 200,000 is read; a book or a log is no abstract."""

_LABEL = r"[#*_ \t]*{}[*_]*[ \t]*(?::[*_]*|[\r\n]|—|\.\s)\s*"
_TITLE = re.compile(_LABEL.format("title"), re.IGNORECASE)
_ABSTRACT = re.compile(_LABEL.format("(?:abstract|summary)"), re.IGNORECASE)
_HEADING = re.compile(r"^#+\s+")
_LINE_ENDS = re.compile(r"[\r\n]+")
_BREAK = re.compile(rf"(?:\r\n|\r|\n)(?:[^\S\r\n]*[\r\n]|(?={_ABSTRACT.pattern}))", re.IGNORECASE)
"""A line end, and a blank line or the word "Abstract" after it."""


def read(source: Source) -> Iterator[Paper]:
    """The one paper of a text; none where it is blank."""
    text = source.whole_text(LIMIT)
    title, abstract = split(text)
    if not abstract:
        if text:
            source.tell(Messages.NO_ABSTRACT)
        return
    yield Paper(
        id=identity.title_id(title, abstract),
        title=title,
        abstract=abstract,
        sources=(f"{source.label}:1",),
    )


def split(text: str) -> tuple[str, str]:
    """Title and abstract of a text, without the white space around them.

    >>> split("PAL: Program-aided Language Models\\n\\nWe present PAL.")
    ('PAL: Program-aided Language Models', 'We present PAL.')
    >>> split("We present PAL.")
    ('', 'We present PAL.')
    """
    whole = text.strip()
    labelled = _TITLE.match(whole)
    rest = whole[labelled.end() :] if labelled else whole
    found = None if _ABSTRACT.match(rest) else (_LINE_ENDS if labelled else _BREAK).search(rest)
    title = _HEADING.sub("", rest[: found.start()].strip()) if found else ""
    if not found or not (labelled or _is_title(title)):
        title, body = "", rest
    else:
        body = rest[found.end() :].strip()
    label = _ABSTRACT.match(body)
    return title, body[label.end() :].strip() if label else body


def _is_title(text: str) -> bool:
    return not is_prose(text) and not text.endswith(".")
