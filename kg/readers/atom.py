"""arXiv's Atom feed, decoded by feedparser."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from kg.errors import Messages
from kg.readers import columns
from kg.readers.source import Source
from kg.records import Paper

_FEED = re.compile(r"<(?:\w+:)?feed[\s>]")
_MARKUP = re.compile(r"\s*<(?:\?xml|!doctype|html|rss|rdf:|svg|mets|oai)", re.IGNORECASE)
_XML = re.compile(r"<\?xml.*?\?>", re.DOTALL)
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def matches(text: str) -> int:
    """How surely the beginning of a file is a feed; see :mod:`kg.readers.detect`."""
    start = text.lstrip()
    return 3 if start.startswith("<") and _FEED.search(start[:10_000]) else 0


def is_other_markup(text: str) -> bool:
    """Whether the beginning of a file is XML or HTML, which is not read where it is no feed."""
    return bool(_MARKUP.match(text))


def read(source: Source) -> Iterator[Paper]:
    """The papers entry by entry."""
    return columns.papers(source, _rows(source), optional=True)


def _rows(source: Source) -> Iterator[columns.Row]:
    import feedparser

    data = _utf8(source)
    if not data:
        return
    # Entities that a document declares can unfold to gigabytes, or name local files. No feed of arXiv has any.
    if _DECLARATION.search(data[: data.find(b"<entry")]):
        source.tell(Messages.BROKEN, whole_file=True, format="Atom", reason="it declares entities")
        return
    # A stream, since feedparser takes a string for an address to fetch. What the text holds is shown as text,
    # so it is taken as it is: cleaning it as HTML would delete "<script>" from an abstract about it.
    try:
        feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, AssertionError, KeyError, AttributeError, TypeError, IndexError, RecursionError) as error:
        source.tell(Messages.BROKEN, whole_file=True, format="Atom", reason=str(error)[:120])
        return
    whole = data.rstrip().endswith(b"feed>")
    if (not whole or _is_malformed(feed)) and not source.cut:
        reason = "it ends too early" if not whole else feed.bozo_exception.getMessage()[:120]
        source.tell(Messages.BROKEN, whole_file=True, format="Atom", reason=reason)
    entries = feed.entries if whole else feed.entries[:-1]
    for number, entry in enumerate(entries, start=1):
        yield f"#{number}", _row(entry)


def _utf8(source: Source) -> bytes:
    """The feed as UTF-8, without the declaration, which may state another encoding."""
    return _XML.sub("", source.whole_text().lstrip(), count=1).encode("utf-8")


def _is_malformed(feed: Any) -> bool:
    import xml.sax

    return bool(feed.bozo) and isinstance(feed.bozo_exception, xml.sax.SAXException)


def _row(entry: Any) -> dict[str, object]:
    return {
        "id": entry.get("id"),
        "title": entry.get("title"),
        "abstract": entry.get("summary"),
        "doi": entry.get("arxiv_doi"),
        "authors": [dict(author) for author in entry.get("authors", [])],
        "published": entry.get("published") or entry.get("updated"),
        "url": entry.get("link"),
        "categories": [dict(tag) for tag in entry.get("tags", [])],
    }
