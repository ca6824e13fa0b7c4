"""Document entities as the heads see them: a type and runs of tokens."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from kg.nlp.lexicon import Run
from kg.nlp.view import View
from kg.records import DocumentEntity


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity of a document."""

    type: str
    runs: tuple[Run, ...]
    """Its mentions, as runs of tokens, in order; at least one."""
    sentences: tuple[int, ...]
    """The sentences of its mentions, rising, each once."""
    words: frozenset[str]
    """The normalised tokens of its forms."""

    def within(self, start: int, end: int) -> tuple[Run, ...]:
        """Its mentions that begin at a token from ``start`` to ``end`` (exclusive), found by bisection: a
        long text may name a thing thousands of times."""
        return self.runs[bisect_left(self.runs, (start,)) : bisect_left(self.runs, (end,))]


def things(view: View, entities: Sequence[DocumentEntity]) -> list[Thing]:
    """The entities of a document, in the same order. Each must have a mention."""
    return [make_thing(view, e.type, [(m.start, m.end) for m in e.mentions]) for e in entities]


def best_roles(entities: Sequence[DocumentEntity]) -> list[str]:
    """The most probable role of each entity; empty where it has none."""
    return [e.roles[0].role if e.roles else "" for e in entities]


def make_thing(view: View, type_: str, spans: Sequence[tuple[int, int]]) -> Thing:
    """An entity from the spans (characters) of its mentions."""
    runs = tuple(view.tokens(*span) for span in spans)
    sentences = tuple(sorted({view.sentence_of[start] for start, _ in runs}))
    words = frozenset(view.norms[i] for start, end in runs for i in range(start, end) if view.norms[i])
    return Thing(type_, runs, sentences, words)
