"""Values of a record, in whatever form an export gives them, to the fields of a paper.

Every function takes any value that JSON, CSV or Parquet can hold and gives nothing where it makes no sense.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import Any

_SURROGATE = re.compile("[\ud800-\udfff]")

_MONTH_NAMES = "January February March April May June July August September October November December".split()

MONTHS = {name[:n].lower(): i for i, name in enumerate(_MONTH_NAMES, start=1) for n in (3, len(name))} | {"sept": 9}
"""Number of a month by its English name or its abbreviation, in lower case."""

_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?"
_YEAR = r"(?P<y>1[5-9]\d\d|20\d\d|21\d\d)"
_MONTH = rf"(?P<m>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
_DAY = r"(?P<d>0?[1-9]|[12]\d|3[01])"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}(?:[-/.](?P<m>0?[1-9]|1[0-2])(?:[-/.]{_DAY}(?!\d))?)?(?:[T /].*)?",  # ISO, and RIS's 2024/03/11/
        rf"{_YEAR}(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])",  # 20240311
        rf"{_WEEKDAY}{_DAY}(?:st|nd|rd|th)?\s+{_MONTH},?\s+{_YEAR}(?:\s.*)?",  # Mon, 2 Apr 2007 19:18:42 GMT
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}(?:\s.*)?",  # March 11, 2024
        rf"(?:{_MONTH},?|0?(?P<n>[1-9]|1[0-2]))[\s/]+{_YEAR}",
        rf"\d\d?[/.]\d\d?[/.]{_YEAR}",  # day and month first? only the year is sure
        rf"{_YEAR},?\s+{_MONTH}(?:\s+{_DAY})?",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY}(?:st|nd|rd|th)?",
        rf"{_WEEKDAY}{_DAY}(?:st|nd|rd|th)?\s+{_MONTH}",
    )
)

_LONGEST = 80
"""Characters of a date that are looked at."""

_CATEGORY = re.compile(r"[a-z][a-z-]+(?:\.[A-Za-z-]{2,})?")
_LINK = re.compile(r"(?:https?|ftp)://[^\s<>\"{}|\\^`]+", re.IGNORECASE)


def text(value: object) -> str | None:
    """A value as text, exactly; None where it holds none.

    Lone surrogates, which are no characters and cannot be written as UTF-8, become U+FFFD one by one, so
    that offsets stay. A list of one text, and an object with a ``value``, count as that text.
    """
    if isinstance(value, str):
        return _SURROGATE.sub("�", value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        return str(value) if value.bit_length() < 256 else None
    if isinstance(value, float):
        return (
            (str(int(value)) if value.is_integer() and abs(value) < 2**53 else str(value)) if value == value else None
        )
    if isinstance(value, list | tuple) and len(value) == 1 and isinstance(value[0], str):
        return text(value[0])
    if isinstance(value, Mapping) and isinstance(value.get("value"), str):
        return text(value["value"])
    return None


def line(value: object) -> str | None:
    """A value as one line: white space runs become one space; None where nothing is left."""
    return " ".join((text(value) or "").split()) or None


def link(value: object) -> str | None:
    """A web address, or None; the first, where there are several. Other schemes (``javascript:``) are no link."""
    if isinstance(value, list | tuple):
        return next((found for found in map(link, value) if found), None)
    found = line(value)
    return found if found and _LINK.fullmatch(found) else None


def date(value: object, year: int | None = None) -> str | None:
    """A date as ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; ``--MM-DD`` where no year is known; None for what is none.

    Parameters
    ----------
    value : text in a usual order, a year as a number, a date, or arXiv's list of versions (the first counts).
    year : the year of a date that has none.

    >>> date("Mon, 2 Apr 2007 19:18:42 GMT"), date("2024/03/11/"), date("March 2024"), date("Mar 11", 2024)
    ('2007-04-02', '2024-03-11', '2024-03', '2024-03-11')
    """
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    if isinstance(value, list | tuple) and value:
        value = value[0]
    if isinstance(value, Mapping):
        value = value.get("created")
    found = line(value)
    parts = next((m.groupdict() for m in (p.fullmatch(found[:_LONGEST]) for p in _DATES) if m), None) if found else None
    if parts is None:
        return None
    month, day = parts.get("m") or parts.get("n"), int(parts.get("d") or 0)
    number = (MONTHS.get(month.lower()) or int(month)) if month else 0
    if parts.get("y"):
        return _dated(int(parts["y"]), number, day)
    # Where the year from outside lacks the day (February 29) it is not this date's year.
    return (_day(year, number, day) if year else None) or _day(None, number, day)


def _dated(year: int, month: int, day: int) -> str:
    """As much of the date as makes sense; 0 stands for what is not known."""
    return (_day(year, month, day) if day else None) or (f"{year:04d}-{month:02d}" if month else f"{year:04d}")


def _day(year: int | None, month: int, day: int) -> str | None:
    try:
        datetime.date(year or 2000, month, day)  # 2000 was a leap year
    except ValueError:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}" if year else f"--{month:02d}-{day:02d}"


def authors(value: object) -> tuple[str, ...]:
    """Names in their order, given name first where the input tells the parts apart.

    Takes a list of names, of objects with ``name`` (or ``first``/``given`` and ``last``/``family``) or of
    arXiv's ``[last, first, suffix]``; or one text, split at ``;``, else at ``and`` and commas.

    >>> authors("Lovelace, Ada and Turing, Alan"), authors("A. Lovelace, A. Turing, and G. Hopper")
    (('Ada Lovelace', 'Alan Turing'), ('A. Lovelace', 'A. Turing', 'G. Hopper'))
    """
    names = _split_authors(text(value) or "") if isinstance(value, str | bytes) else map(_author, _items(value))
    return tuple(name for name in names if name)


def _author(value: object) -> str | None:
    if isinstance(value, Mapping):
        whole = line(value.get("name") or value.get("fullname") or value.get("full_name"))
        first, last = value.get("first") or value.get("given"), value.get("last") or value.get("family")
        return whole or _join(first, last)
    if isinstance(value, list | tuple):
        last, first, suffix = (*value, None, None, None)[:3]
        return _join(first, last, suffix)
    return _given_first(line(value) or "")


def _join(*parts: object) -> str | None:
    return " ".join(filter(None, map(line, parts))) or None


def _split_authors(names: str) -> list[str]:
    if ";" in names:
        return [_given_first(" ".join(n.split())) for n in names.split(";")]
    parts = [" ".join(p.split()) for p in re.split(r",?\s+and\s+|\n", names)]
    parts = [p for p in parts if p]
    inverted = sum(p.count(",") == 1 for p in parts)
    if 2 * inverted > len(parts) and (len(parts) > 1 or _is_inverted(*parts)):
        return [_given_first(p) for p in parts]
    return [name.strip() for p in parts for name in p.split(",")]


def _is_inverted(name: str = "") -> bool:
    """Whether the one name is "Last, First", and not two names: its first part is one word."""
    return len(name.split(",")[0].split()) == 1


def _given_first(name: str) -> str:
    last, comma, first = (part.strip() for part in name.partition(","))
    return f"{first} {last}" if comma and first and "," not in first else name.strip()


def categories(value: object) -> tuple[str, ...]:
    """Categories in their order, each once: of a list, or of a text split at ``;``, ``,``, or, in arXiv's, spaces.

    >>> categories("cs.CL cs.LG"), categories("Computer Vision; Robotics")
    (('cs.CL', 'cs.LG'), ('Computer Vision', 'Robotics'))
    """
    if isinstance(value, str | bytes):
        whole = line(value) or ""
        words = whole.split()
        arxiv = len(words) > 1 and all(map(_CATEGORY.fullmatch, words)) and any("." in w for w in words)
        parts: Iterable[str | None] = words if arxiv else map(line, re.split(";" if ";" in whole else ",", whole))
    else:
        parts = (line(i.get("name") or i.get("term")) if isinstance(i, Mapping) else line(i) for i in _items(value))
    return tuple(dict.fromkeys(p for p in parts if p))


def _items(value: Any) -> Iterable[object]:
    return value if isinstance(value, list | tuple) else ()
