"""Names that may be mentions: what a recogniser found, what the text defines, what training documents knew."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.nlp.attributes import Definition
from kg.nlp.forms import is_generic, key_of, trim, word_list
from kg.nlp.lexicon import Lexicon, Run, runs
from kg.nlp.view import View

_WORDS = 5
"""Words in the longest name that no recogniser and no training document proposes."""


class Vote(NamedTuple):
    """A recogniser's opinion: tokens of a span, and its type."""

    start: int
    end: int
    type: str


@dataclass(slots=True)
class Candidate:
    """A name in one document: all places whose tokens have one key."""

    key: str
    runs: list[Run] = field(default_factory=list)
    votes: Counter[str] = field(default_factory=Counter)
    """By type: how many runs a recogniser found just so."""
    inside: Counter[str] = field(default_factory=Counter)
    """By type: how many runs lie within a longer span of a recogniser."""
    around: Counter[str] = field(default_factory=Counter)
    """By type: how many runs hold or cross a span of a recogniser."""
    short_for: str | None = None
    """Key of the long form that the text defines it for."""
    long_for: str | None = None
    """Key of the abbreviation that the text defines for it."""


def candidates(
    view: View, votes: Sequence[Vote], definitions: Iterable[Definition], lexicon: Lexicon
) -> dict[str, Candidate]:
    """All names in a document that may be mentions, by key, in order of first place.

    Parameters
    ----------
    view : the document.
    votes : what recognisers found; the same span may occur several times.
    definitions : abbreviations that the text defines.
    lexicon : names of the training documents.
    """
    proposed = {key for v in votes for key in _proposals(view, v)}
    pairs = mates(view, definitions)
    proposed |= set(_chunks(view, lexicon))
    proposed |= {key for pair in pairs.items() if not proposed.isdisjoint(pair) for key in pair}
    found: dict[str, Candidate] = {}
    for key, run in runs(view):
        if (key in proposed or key in lexicon) and not is_generic(key):
            found.setdefault(key, Candidate(key)).runs.append(run)
    for short, long in pairs.items():
        if short in found and long in found:
            found[short].short_for, found[long].long_for = long, short
    _count_votes(found, votes)
    return found


def mates(view: View, definitions: Iterable[Definition]) -> dict[str, str]:
    """Keys of abbreviations, and of the long forms that the text defines for them."""
    keys = ((_key(view, *d.short), _key(view, *d.long)) for d in definitions)
    return {short: long for short, long in keys if short and long and short != long}


def _chunks(view: View, lexicon: Lexicon) -> Iterator[str]:
    """Noun phrases, roughly: the ends of runs of words that may stand in names, where they end in a
    word that names end in, or look like a proper name."""
    begin = 0
    for i in range(len(view.words) + 1):
        inner = (
            i < len(view.words)
            and (view.norms[i] not in lexicon.outside if view.norms[i] else i > begin)
            and (not view.norms[i] or view.words[i][0].isalnum())
            and (i == begin or view.sentence_of[i] == view.sentence_of[begin])
        )
        if inner:
            continue
        start, end = trim(view.norms, begin, i)
        if start < end:
            yield from _endings(view, start, end, lexicon)
        begin = i + 1


def _endings(view: View, start: int, end: int, lexicon: Lexicon) -> Iterator[str]:
    if key_of([view.norms[end - 1]]) in lexicon.heads or _is_name(view.words[end - 1]):
        words = [i for i in range(start, end) if view.norms[i]]
        yield from (key_of(view.norms[first:end]) for first in words[-_WORDS:])
    if end - start > 1 and key_of([view.norms[end - 1]]) in word_list("heads"):
        yield from _endings(view, *trim(view.norms, start, end - 1), lexicon)


def _is_name(word: str) -> bool:
    """Whether letters beyond the first are capitals, or there are letters and digits."""
    return any(c.isupper() for c in word[1:]) or (word[0].isupper() and len(word) > 2) or not word.isalpha()


def _key(view: View, start: int, end: int) -> str:
    first, last = trim(view.norms, *view.tokens(start, end))
    return key_of(view.norms[first:last])


def _proposals(view: View, vote: Vote) -> Iterable[str]:
    """The voted name, and the same without a generic head noun."""
    start, end = trim(view.norms, vote.start, vote.end)
    if start < end:
        yield key_of(view.norms[start:end])
    if end - start > 1 and key_of([view.norms[end - 1]]) in word_list("heads"):
        start, end = trim(view.norms, start, end - 1)
        yield key_of(view.norms[start:end])


def _count_votes(found: dict[str, Candidate], votes: Sequence[Vote]) -> None:
    at: dict[int, set[Vote]] = defaultdict(set)
    number = Counter(votes)
    for vote in votes:
        for token in range(vote.start, vote.end):
            at[token].add(vote)
    for candidate in found.values():
        for start, end in candidate.runs:
            for vote in sorted({v for token in range(start, end) for v in at.get(token, ())}):
                if (vote.start, vote.end) == (start, end):
                    candidate.votes[vote.type] += number[vote]
                elif vote.start <= start and vote.end >= end:
                    candidate.inside[vote.type] += number[vote]
                else:
                    candidate.around[vote.type] += number[vote]
