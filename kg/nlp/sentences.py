"""Sentence boundaries of abstracts, by rule.

A point ends a sentence only before white space and something that can begin one, and not in
``e.g.``, ``et al.``, ``Fig. 3`` or initials. The title is a sentence (or several) of its own.
"""

from __future__ import annotations

import re

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp.text import TITLE_END

_END = re.compile(r"(?:[.!?]+[\"'”’)\]}»*]*(?=\s)|[。！？]+[」』”’）]*|\n)\s*")
_OPENERS = r"[\"'“‘(\[{«*$\\~]*"
_BEGINS = re.compile(_OPENERS + r"(?:[^\W_a-z]|[a-z]+[A-Z\d])|[$\\]")
"""What may follow a boundary: a capital or a digit, a name such as ``iPhone`` or ``mBERT``, a formula."""
_NEVER = re.compile(
    r"(?:^|[\s(\[{\"'“~])(?:e\.g|i\.e|eg|ie|cf|et al|vs|viz|resp|approx|w\.r\.t|a\.k\.a|fig|figs|eq|eqs|sec|tab"
    r"|ref|refs|no|nos|vol|pp|ch|dr|prof|mr|mrs|ms|st|jr|ca|incl|[A-Z]|\d{1,2})\.$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:^|[\s(])(?:no|nos|vol|pp|ch|sec|tab|fig|figs|eq|eqs)\.$", re.IGNORECASE)
_LIST_ITEM = re.compile(r"[.:;]\s+\d{1,2}\.$")


def sentence_starts(flat: str) -> list[int]:
    """Where sentences start.

    Parameters
    ----------
    flat : a flattened text (:func:`kg.nlp.text.flat_paper`); its first line break ends the title.

    Returns
    -------
    Offsets in characters, rising, the first 0.

    Examples
    --------
    >>> sentence_starts("We use e.g. BERT. It works (see Smith et al. 2020). See No. 3.")
    [0, 18, 52]
    """
    starts = [0]
    for end in _END.finditer(flat):
        if end.end() >= len(flat) or not end.group().strip(" "):
            continue
        if _is_boundary(flat, end) and end.end() > starts[-1]:
            starts.append(end.end())
    return starts


def _is_boundary(flat: str, end: re.Match[str]) -> bool:
    mark = end.group().rstrip(" ")
    if TITLE_END in mark or mark[0] in "。！？":
        return True
    if not _BEGINS.match(flat, end.end()):
        return False
    if mark != ".":
        return True
    before = flat[max(0, end.start() - 16) : end.start() + 1]
    shortened = _NEVER.search(before)
    if not shortened:
        return True
    word = shortened.group().strip(" .([{\"'“~")
    if word.isdigit():  # "… in Task 3. We …" ends a sentence; the "1." of a list does not
        return not _LIST_ITEM.search(before) and end.start() > len(word) + 1
    if len(word) == 1:  # an initial, unless the sentence ends in a symbol: "… from class A. We …"
        return bool(re.match(r"(?:We|The|This|Our|In|It|To|For|However|These)\b", flat[end.end() : end.end() + 10]))
    if _NUMBERED.search(before):
        return not flat[end.end() : end.end() + 1].isdigit()
    return False


@Language.factory("kg_sentences")
def make_sentences(nlp: Language, name: str) -> Sentences:
    """The component; it needs nothing but tokens."""
    return Sentences()


class Sentences:
    """Sets where sentences start."""

    def __call__(self, doc: Doc) -> Doc:
        starts = sentence_starts(doc.text)
        marks = np.full(len(doc), -1, dtype=np.int64)
        at = 0
        for i, token in enumerate(doc):
            # A token of several blanks may cover a boundary: the next token starts the sentence.
            if i == 0 or (at < len(starts) and token.idx + len(token) > starts[at]):
                marks[i] = 1
            while at < len(starts) and token.idx + len(token) > starts[at]:
                at += 1
        # All at once: to set Token.is_sent_start takes time that grows with the length of the document.
        return doc.from_array(["SENT_START"], marks.astype(np.uint64).reshape(-1, 1)) if len(doc) else doc  # type: ignore[arg-type]
