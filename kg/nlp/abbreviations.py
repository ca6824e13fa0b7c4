"""Abbreviations and the long forms that a text defines for them.

The algorithm of Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in
biomedical text", PSB 2003: find ``long form (SHORT)`` or ``SHORT (long form)``, then match the letters
of the short form from right to left in the long one, the first at the start of a word. Words whose
initials spell the short form go first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp import attributes
from kg.nlp.attributes import Definition

_PARENTHESIS = re.compile(r"\(([^()\n]{1,160})\)")
_SHORT_BEFORE = re.compile(r"([^\s(){}\[\]]{2,12})\s*$")
_CUT = re.compile(r"[;,:]|\s(?:and|or|i\.e\.|e\.g\.)\s")
_WORD = re.compile(r"\S+")
_LETTERS = re.compile(r"[^\W_]+")


def long_form(short: str, text: str) -> int | None:
    """Where in ``text`` the long form of ``short`` starts that ends where ``text`` ends.

    Parameters
    ----------
    short : the abbreviation.
    text : the words before it.

    Returns
    -------
    An offset in ``text``, or None where the letters do not match (Schwartz & Hearst, figure 1).

    Examples
    --------
    >>> long_form("RAG", "we study retrieval-augmented generation")
    9
    """
    initials = _by_initials(short, text)
    if initials is not None:
        return initials
    at = len(text) - 1
    for s in range(len(short) - 1, -1, -1):
        letter = short[s].lower()
        if not letter.isalnum():
            continue
        while at >= 0 and (text[at].lower() != letter or (s == 0 and at > 0 and text[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
        at -= 1
    start = text.rfind(" ", 0, at + 1) + 1
    return start + len(text[start:]) - len(text[start:].lstrip("\"'“‘([{$~`"))


def _by_initials(short: str, text: str) -> int | None:
    """Where the last words start whose initials are the short form; letters of the last words could
    otherwise match early, as those of "policy optimization" do for PPO."""
    letters = [c.lower() for c in short if c.isalnum()]
    words = list(_LETTERS.finditer(text))[-len(letters) :]
    if [w.group()[0].lower() for w in words] == letters:
        return words[0].start()
    return None


def is_short_form(short: str) -> bool:
    """Whether the string can be an abbreviation: 2 to 10 characters, a letter, at most two words.

    >>> is_short_form("RLHF"), is_short_form("2024"), is_short_form("see below for more")
    (True, False, False)
    """
    return (
        2 <= len(short) <= 10
        and short[0].isalnum()
        and any(c.isalpha() for c in short)
        and any(c.isupper() for c in short)
        and len(short.split()) <= 2
    )


def definitions(text: str) -> Iterator[Definition]:
    """Every definition in a text, in order.

    Examples
    --------
    >>> text = "Direct Preference Optimization (DPO) and PPO (proximal policy optimization) differ."
    >>> [(text[slice(*d.short)], text[slice(*d.long)]) for d in definitions(text)]
    [('DPO', 'Direct Preference Optimization'), ('PPO', 'proximal policy optimization')]
    """
    for found in _PARENTHESIS.finditer(text):
        inner, start = _first_part(found.group(1), found.start(1))
        if is_short_form(inner):
            yield from _before(text, inner, start, found.start())
        elif before := _SHORT_BEFORE.search(text, max(0, found.start() - 14), found.start()):
            yield from _inside(before, inner, start)


def _first_part(inner: str, start: int) -> tuple[str, int]:
    if cut := _CUT.search(inner):
        inner = inner[: cut.start()]
    stripped = inner.lstrip()
    stripped_start = start + len(inner) - len(stripped)
    stripped = stripped.strip("\"'“”‘’ ")
    return stripped, stripped_start


def _variants(short: str) -> Iterator[str]:
    """``LLMs`` abbreviates what ``LLM`` does."""
    yield short
    if len(short) > 2 and short[-1] == "s" and short[-2].isupper():
        yield short[:-1]


def _before(text: str, short: str, at: int, bracket: int) -> Iterator[Definition]:
    most = min(len(short) + 5, 2 * len(short))
    window = text[max(0, bracket - 200) : bracket].rstrip()
    end = max(0, bracket - 200) + len(window)
    words = list(_WORD.finditer(window.rpartition("\n")[2]))[-most:]
    if not words:
        return
    offset = end - len(window.rpartition("\n")[2])
    candidate = text[offset + words[0].start() : end]
    for variant in _variants(short):
        start = long_form(variant, candidate)
        if start is not None and _plausible(variant, candidate[start:]):
            begin = offset + words[0].start() + start
            yield Definition((at, at + len(short)), (begin, end))
            return


def _inside(before: re.Match[str], inner: str, start: int) -> Iterator[Definition]:
    short = before.group(1)
    if not is_short_form(short):
        return
    for variant in _variants(short):
        if long_form(variant, inner) == 0 and _plausible(variant, inner):
            yield Definition(before.span(1), (start, start + len(inner)))
            return


def _plausible(short: str, long: str) -> bool:
    words = long.split()
    return len(long) > len(short) and short not in words and len(words) <= min(len(short) + 5, 2 * len(short))


@Language.factory("kg_abbreviations", assigns=["doc._.kg_abbreviations"])
def make_abbreviations(nlp: Language, name: str) -> Abbreviations:
    """The component."""
    return Abbreviations()


class Abbreviations:
    """Fills ``doc._.kg_abbreviations`` with :class:`Definition` tuples."""

    def __init__(self) -> None:
        attributes.register()

    def __call__(self, doc: Doc) -> Doc:
        doc._.kg_abbreviations = tuple(definitions(doc.text))
        return doc
