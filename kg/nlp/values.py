"""Numbers in abstracts that may be results, as the annotations write them: with sign, range and unit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.records import Span

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?|\.\d+)"
_WORD_NUMBER = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety|hundred|an order|(?:one|two|three) orders)"
)
_PERCENT = (
    r"(?:\s?\$?\\?%\$?p?p?|\\,\\?%|[- ]percent(?:age)?(?:[- ]points?)?|\s?pp\b|\s?ppt\b"
    r"|\s?p\.p\.|[- ](?:absolute |percentage |accuracy |F1 |BLEU )?points?\b)"
)
_TIMES = r"(?:\s?\$?\\times\$?|\s?[x×X*](?![A-Za-z0-9])|[- ](?:times(?: (?:faster|slower|more|fewer|less))?|fold)\b)"
_OTHER = r"(?:\s?(?:ms|dB|mm|cm|px|FPS|fps|kWh|GiB|GB)\b|s\b| (?:seconds|minutes|hours|milliseconds|pixels|tokens/s)\b)"
_UNIT = f"(?:{_PERCENT}|{_TIMES}|{_OTHER})"
_SIGN = r"(?:[+\-−~≈±]|[<>≤≥]=?\s?|\$[+\-]?(?=[\d.]))?"
_TO = r"(?:\s?(?:--?|–|—|\$-+\$|\$\\sim\$)\s?|\sto\s|(?<!%)/(?=\d))"
_PLUS_MINUS = r"\s?(?:±|\$\\pm\$|\\pm|\+/-|\$\\pm)\s?"
_ONE = rf"{_NUMBER}{_UNIT}?"
_VALUE = re.compile(
    rf"(?<![\w.,/^_=-])(?<![\w)][-–]){_SIGN}{_ONE}(?:(?:{_TO}|{_PLUS_MINUS})[+\-]?{_ONE})*(?![\w]|[.,]\d|-[A-Za-z])"
    rf"|(?<![\w.,^_])(?<![\w)][-–])[+\-−]?{_ONE}(?:(?:{_TO}|{_PLUS_MINUS})[+\-]?{_ONE})*(?![\w]|[.,]\d|-[A-Za-z])"
    rf"|\b{_WORD_NUMBER}(?:{_PERCENT}|{_TIMES}| of magnitude)",
)
_CHANGE = re.compile(rf"({_SIGN}{_ONE})\s(?:to|\\rightarrow|→)\s({_SIGN}{_ONE})")
_FROM = re.compile(r"\bfrom\s+(?:about |around |roughly |only |just |below |a )?\$?$")


def values(text: str) -> Iterator[Span]:
    """Spans of numbers with their units, in order.

    A change "from A to B" gives both ends; a range "A to B" is one value.

    Examples
    --------
    >>> text = r"from 9.5% to 12%, by +2.3 points, 3.1$\\times$ faster, 2.8 to 5.8 percent, in GPT-4 (2024)"
    >>> [text[a:b] for a, b in values(text)]
    ['9.5%', '12%', '+2.3 points', '3.1$\\\\times$', '2.8 to 5.8 percent', '2024']
    """
    for found in _VALUE.finditer(text):
        start, end = found.span()
        change = _CHANGE.fullmatch(text, start, end)
        if change and _FROM.search(text, max(0, start - 24), start):
            yield _open(text, *change.span(1))
            yield _open(text, *change.span(2))
        else:
            yield _open(text, start, end)


def _open(text: str, start: int, end: int) -> Span:
    """Without dollar signs around it, or one that has no partner within."""
    if text[start] == text[end - 1] == "$" and text.count("$", start, end) == 2:
        return start + 1, end - 1
    if text.count("$", start, end) % 2:
        if text[start] == "$":
            start += 1
        elif text[end - 1] == "$":
            end -= 1
    return start, end
