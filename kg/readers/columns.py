"""From records with named values, as every export has them, to papers: which column is which field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from kg.errors import KgError, Message, Messages, Problem, problem
from kg.readers import fields, identity
from kg.readers.source import Source
from kg.records import Paper

FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "paper title", "article title", "document title", "primary title"),
    "abstract": ("abstract", "summary", "abstract text", "paper abstract", "notes abstract"),
    "id": ("id", "paper id", "identifier", "key"),
    "arxiv_id": ("arxiv id", "arxiv", "eprint"),
    "doi": ("doi",),
    "authors": ("authors parsed", "authors", "author", "author names", "first authors"),
    "date": (
        "published", "date", "publication date", "published at", "date published", "submitted", "created",
        "versions", "year", "publication year", "update date", "updated",
    ),
    "url": ("url", "link", "paper url", "abs url", "url abs", "urls", "links", "pdf url", "url pdf"),
    "categories": ("categories", "category", "subjects", "keywords", "fields of study"),
}  # fmt: skip
"""Fields of a paper, and the names of columns that hold them, the better ones first. Names are compared
without case, spaces and punctuation: ``arXiv_ID`` is ``arxiv id``."""

NEEDED = ("title", "abstract")
"""Without these a record is no paper: the graph needs a label, the extraction a text."""

_REASON: Mapping[str, Message] = {"title": Messages.NO_TITLE, "abstract": Messages.NO_ABSTRACT}

PATIENCE = 1000
"""Records that may lack a column before it is held to be missing from the file."""

_SHOWN = 12
"""Columns that a message lists."""

Row = tuple[str, Mapping[str, object]]
"""A record with its place: ``:12`` (a line) or ``#3`` (a record)."""


def check(columns: Mapping[str, str]) -> None:
    """Raise KgError where the user maps a field that papers do not have."""
    for field, column in columns.items():
        if field not in FIELDS or not column:
            raise KgError(Messages.BAD_MAP, value=f"{field}={column}", fields=", ".join(FIELDS))


def find(names: Iterable[str], stated: Mapping[str, str] | None = None) -> dict[str, tuple[str, ...]]:
    """The columns that hold each field, the better ones first; fields without a column are left out.

    Parameters
    ----------
    names : the columns that there are.
    stated : the column of a field, as the user gave it; it alone counts then.

    >>> find(["arXiv ID", "Title", "Summary", "Score"])
    {'title': ('Title',), 'abstract': ('Summary',), 'arxiv_id': ('arXiv ID',)}
    """
    return _find(tuple(names), tuple(sorted((stated or {}).items())))


@lru_cache(maxsize=256)
def _find(names: tuple[str, ...], stated: tuple[tuple[str, str], ...]) -> dict[str, tuple[str, ...]]:
    by_key: dict[str, str] = {}
    for name in names:
        by_key.setdefault(_key(name), name)
    chosen = dict(stated)
    out = {}
    for field, aliases in FIELDS.items():
        if field in chosen:
            column = chosen[field]
            found = (column,) if column in names else tuple(n for n in [by_key.get(_key(column))] if n is not None)
        else:
            found = tuple(by_key[_key(a)] for a in aliases if _key(a) in by_key)
        if found:
            out[field] = found
    return out


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def papers(source: Source, rows: Iterable[Row], *, optional: bool = False) -> Iterator[Paper]:
    """Papers of the records of a table; a record without title or abstract is reported and left out.

    Where no record has a column for one of them, that is reported once, for the file.

    Parameters
    ----------
    source : where they come from.
    rows : the records.
    optional : True in formats that have these fields by themselves (BibTeX), where a missing one says
        something about that record alone.
    """
    seen: set[str] = set()
    waiting: list[tuple[str, Problem]] = []
    names: dict[str, None] = {}
    for place, row in rows:
        found = find(row, source.columns)
        seen.update(found)
        if any(field in seen for field, _ in waiting):
            waiting = list(_settled(source, waiting, seen))
        values = {field: _first(row, where, _SENSE.get(field)) for field, where in found.items()}
        lacking = _lacking(values)
        if lacking is None:
            yield paper(source, place, values)
        elif optional or lacking in seen:
            source.tell(_REASON[lacking], place)
        else:
            names.update(dict.fromkeys(list(row)[:_SHOWN]))
            waiting.append((lacking, problem(_REASON[lacking], source.name + place)))
            if len(waiting) == PATIENCE:
                break
    if waiting:
        no_column(source, [f for f in NEEDED if f not in seen], names)


def _settled(source: Source, waiting: Iterable[tuple[str, Problem]], seen: set[str]) -> Iterator[tuple[str, Problem]]:
    """Report what lacks a value in a column that there is after all; give back what still waits."""
    for lacking, found in waiting:
        if lacking in seen:
            source.pass_on(found)
        else:
            yield lacking, found


def no_column(source: Source, missing: Iterable[str], names: Iterable[str]) -> None:
    """Report that the file has no column for some fields, with those that it has."""
    listed = [re.sub(r"\s+", " ", n)[:40] for n in names]
    found = ", ".join(listed[:_SHOWN]) + (", …" if len(listed) > _SHOWN else "")
    source.tell(
        Messages.NO_COLUMN,
        whole_file=True,
        missing=" and ".join(missing),
        found=found or "none",
        options=" ".join(f"--map {f}=COLUMN" for f in missing),
    )


def paper(source: Source, place: str, values: Mapping[str, object]) -> Paper:
    """Make a paper of the values of its fields; ``title`` and ``abstract`` must be among them."""
    title, abstract = fields.text(values["title"]) or "", fields.text(values["abstract"]) or ""
    given, url = fields.line(values.get("id")), fields.link(values.get("url"))
    doi = _identity(identity.doi, values.get("doi"), given, url)
    arxiv_id = _identity(identity.arxiv_id, values.get("arxiv_id"), given, url, doi)
    return Paper(
        id=given or arxiv_id or doi or identity.title_id(title, abstract),
        title=title,
        abstract=abstract,
        authors=fields.authors(values.get("authors")),
        date=_date(values.get("date")),
        arxiv_id=arxiv_id,
        doi=doi,
        url=url,
        categories=fields.categories(values.get("categories")),
        sources=(source.label + place,),
    )


def _date(value: object) -> str | None:
    found = fields.date(value)
    return None if found and found.startswith("-") else found


_SENSE: Mapping[str, Callable[[object], object]] = {"date": _date, "url": fields.link}
"""Fields for which a value that makes no sense is as good as none, so that the next column is looked at."""


def _first(row: Mapping[str, object], names: tuple[str, ...], sense: Callable[[object], object] | None) -> object:
    """The value of the first column that is filled."""
    return next((row[n] for n in names if not _blank(row[n]) and (sense is None or sense(row[n]))), None)


def _blank(value: object) -> bool:
    return value in (None, [], ()) or (isinstance(value, str) and not value.strip())


def _lacking(values: Mapping[str, object]) -> str | None:
    return next((f for f in reversed(NEEDED) if _blank(fields.text(values.get(f)))), None)


def _identity(parse: Callable[[str], str | None], *candidates: object) -> str | None:
    return next((found for found in (parse(fields.line(c) or "") for c in candidates) if found), None)
