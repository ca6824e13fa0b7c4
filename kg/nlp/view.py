"""A document as plain lists: what the pure functions of the pipeline read instead of a spaCy ``Doc``."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.nlp.forms import norm
from kg.nlp.text import title_length
from kg.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class View:
    """Tokens and sentences of a text. Token positions count from 0, offsets in characters."""

    text: str
    words: list[str]
    """Tokens as written."""
    lower: list[str]
    norms: list[str]
    """Tokens as they count in keys (:func:`kg.nlp.forms.norm`)."""
    starts: list[int]
    ends: list[int]
    sentence_of: list[int]
    """Index of each token's sentence."""
    sentences: list[Span]
    """Without surrounding white space."""
    first_token: list[int]
    """Of each sentence."""
    title_end: int
    """Characters before the end of the title; 0 without a title."""

    def token_at(self, offset: int) -> int:
        """The token that covers the offset, or the last one before it."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def sentence_at(self, offset: int) -> int:
        """Index of the sentence that holds the offset."""
        return self.sentence_of[self.token_at(offset)] if self.words else 0

    def sentence_span(self, offset: int) -> Span:
        """The sentence that holds the offset."""
        return self.sentences[self.sentence_at(offset)] if self.sentences else (0, len(self.text))

    def sentence_tokens(self, sentence: int) -> tuple[int, int]:
        """First and last token (exclusive) of a sentence."""
        last = sentence + 1 >= len(self.first_token)
        return self.first_token[sentence], len(self.words) if last else self.first_token[sentence + 1]

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """First and last token (exclusive) of a span of characters."""
        return self.token_at(start), self.token_at(max(end - 1, start)) + 1


def view(doc: Doc) -> View:
    """The view of a document whose sentences are set."""
    words, starts, ends, sentence_of, first = [], [], [], [], []
    for token in doc:
        if token.i == 0 or token.is_sent_start:
            first.append(token.i)
        words.append(token.text)
        starts.append(token.idx)
        ends.append(token.idx + len(token.text))
        sentence_of.append(len(first) - 1)
    text = doc.text
    sentences = []
    for k, begin in enumerate(first):
        stop = starts[first[k + 1]] if k + 1 < len(first) else len(text)
        raw = text[starts[begin] : stop]
        lead = len(raw) - len(raw.lstrip())
        sentences.append((starts[begin] + lead, max(starts[begin] + len(raw.rstrip()), starts[begin] + lead)))
    lower = [w.lower() for w in words]
    norms = [norm(w) for w in words]
    return View(text, words, lower, norms, starts, ends, sentence_of, sentences, first, title_length(text))
