"""Reported numbers: candidates by pattern, told apart by a linear classifier over their surroundings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kg.nlp.things import Thing
from kg.nlp.view import View
from kg.records import Span

NONE = ""
"""The class of a number that is no result."""

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_UNIT = (
    r"(?:\s?\\?%p?(?:\s(?:absolute\s)?points?)?|\s?percentage[ -]points?|\s?percent(?:age)?\b|[ -]points?\b|\s?p\.?p\b|\s?pts\b"
    r"|\s?\$?\\times\$?|\s?×|[xX]\b|[ -]?fold\b|\stimes\b|\s?dB\b|\s?ms\b|\s?FPS\b)"
)
_VALUE = re.compile(
    rf"(?<![\w.,/^_{{])(?:[+−-](?=\.?\d)|[<>~](?=\d)|\$(?=\d+(?:\.\d+)?\s?\\times))?{_NUMBER}{_UNIT}?"
    rf"(?:\s?(?:\$?\\pm\$?|±)\s?{_NUMBER}{_UNIT}?)?"
    rf"(?:(?:\s?(?:--?|–|—)\s?|\sto\s)(?=\$?\d){_NUMBER}{_UNIT})?(?![\d])"
)
_NEAR = 6
_SLOT_TYPES = {"subject": ("Model", "Method"), "dataset": ("Benchmark", "Dataset"), "metric": ("Metric",)}
_CUES = frozenset(
    "by over than from to achieve achieves achieving reach reaches accuracy improve improves improvement improving "
    "reduce reduces reducing gain gains increase increases outperform outperforms speedup faster score error parameters "
    "samples examples images tokens hours languages questions tasks only up about respectively average".split()
)


def values(view: View) -> list[Span]:
    """Spans (characters) of numbers, with their signs and units, that may be results."""
    return [
        (m.start(), m.end())
        for m in _VALUE.finditer(view.text)
        if m.start() > view.title_end and not _part_of_name(view.text, m)
    ]


def _part_of_name(text: str, match: re.Match[str]) -> bool:
    after = text[match.end() : match.end() + 2]
    return bool(re.match(r"[A-Za-z]|-[A-Za-z]", after)) or (
        text[max(match.start() - 1, 0) : match.start()] == "-" and not match.group().startswith("-")
    )


def value_features(view: View, all_things: Sequence[Thing], span: Span) -> dict[str, float]:
    """What tells an absolute result from an improvement, and either from other numbers."""
    text = view.text[span[0] : span[1]]
    start, end = view.tokens(*span)
    sentence = view.sentence_of[start]
    first = view.first_token[sentence]
    stop = view.first_token[sentence + 1] if sentence + 1 < len(view.first_token) else len(view.words)
    left, right = view.lower[max(first, start - _NEAR) : start], view.lower[end : min(end + _NEAR, stop)]
    unit = re.sub(rf"{_NUMBER}", "9", text)
    shape = f"{unit}&point:{'.' in text}"
    inside = any(r[0] <= start < r[1] for t in all_things for r in t.runs)
    found = {f"unit:{unit}", f"shape:{shape}", f"inside name:{inside}"}
    for k in (1, 2, 3):
        found.add(f"L{k}:{' '.join(left[-k:])}")
        found.add(f"R{k}:{' '.join(right[:k])}")
    found.update(f"L:{w}" for w in left)
    found.update(f"R:{w}" for w in right)
    found.update((f"{shape}&L1:{' '.join(left[-1:])}", f"{shape}&R1:{' '.join(right[:1])}"))
    found.update(f"before:{w}" for w in view.lower[first:start] if w in _CUES)
    found.update(f"after:{w}" for w in view.lower[end:stop] if w in _CUES)
    near = {t.type for t in all_things if sentence in t.sentences}
    found.update(f"with:{t}" for t in near)
    found.add(f"part:{sentence * 4 // max(len(view.sentences), 1)}")
    return dict.fromkeys(found, 1.0)


class Slots(NamedTuple):
    """Places of entities in the document's list."""

    subject: int | None
    dataset: int | None
    metric: int | None


def fill_slots(view: View, all_things: Sequence[Thing], roles: Sequence[str], span: Span) -> Slots:
    """The entities that a result is of, left empty where the sentence does not tell.

    The subject is the entity that the paper introduces, if there is one, else a model or method of the
    sentence before the number. Dataset and metric are the nearest of their types in the sentence.
    """
    start, _ = view.tokens(*span)
    sentence = view.sentence_of[start]

    def distance(i: int) -> int:
        return min(abs(r[0] - start) for r in all_things[i].runs if view.sentence_of[r[0]] == sentence)

    def nearest(slot: str) -> int | None:
        fits = [i for i, t in enumerate(all_things) if t.type in _SLOT_TYPES[slot] and sentence in t.sentences]
        return min(fits, key=lambda i: (distance(i), i), default=None)

    own = [i for i, t in enumerate(all_things) if roles[i] == "introduces" and t.type in _SLOT_TYPES["subject"]]
    subject = own[0] if own else nearest("subject")
    return Slots(subject, nearest("dataset"), nearest("metric"))
