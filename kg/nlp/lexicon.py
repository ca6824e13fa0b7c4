"""How often the training documents annotate a name, as which type, and how often they do not."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kg.nlp.forms import LONGEST, key_of
from kg.nlp.view import View

NONE = "none"
"""Counts the documents that hold a name without annotating it."""

Counts = dict[str, int]
"""Documents by type, or :data:`NONE`."""

Run = tuple[int, int]
"""Tokens, the end exclusive."""

_SEEN, _RARELY, _HEADS = 5, 0.05, 2
"""A word seen this often, and in names in less than this part of the cases, is outside of names; the
last word of names in this many documents is a head."""


class Lexicon:
    """Names by key (:func:`kg.nlp.forms.key_of`).

    It is a feature among many of the classifier of mentions, never a decision.

    Parameters
    ----------
    counts : of names.
    outside : tokens (as in keys) that hardly ever stand in an annotated name.
    heads : last words of annotated names.
    """

    def __init__(
        self, counts: Mapping[str, Counts] | None = None, outside: Iterable[str] = (), heads: Iterable[str] = ()
    ) -> None:
        self.counts: dict[str, Counts] = dict(counts or {})
        self.outside = frozenset(outside)
        self.heads = frozenset(heads)

    def __contains__(self, key: str) -> bool:
        return key in self.counts

    def look_up(self, key: str) -> Counts:
        """The counts of a key; empty for an unknown one."""
        return self.counts.get(key, {})

    def without(self, labels: Mapping[str, str]) -> Lexicon:
        """The lexicon as it would be without the document that added these labels.

        So a document of the training data is seen as a new one would be.
        """
        return _Less(self, {k: {t: n - (t == x) for t, n in self.counts[k].items()} for k, x in labels.items()})

    @classmethod
    def learn(cls, documents: Iterable[tuple[View, Mapping[str, str]]]) -> tuple[Lexicon, list[dict[str, str]]]:
        """Count over documents, each given with the type of every annotated key.

        Returns
        -------
        The lexicon, and for each document the label it added for each key: a type or :data:`NONE`.
        """
        documents = list(documents)
        known = {key for _, types in documents for key in types}
        counts: dict[str, Counts] = defaultdict(Counter)
        added = []
        for view, types in documents:
            labels = dict.fromkeys((key for key, _ in runs(view) if key in known), NONE) | dict(types)
            for key, label in labels.items():
                counts[key][label] += 1
            added.append(labels)
        named, seen, last = Counter[str](), Counter[str](), Counter[str]()
        for view, types in documents:
            seen.update(filter(None, view.norms))
            inside: set[int] = set()
            for key, (start, end) in runs(view):
                if key in types:
                    inside.update(range(start, end))
            named.update(view.norms[i] for i in inside)
            last.update({key.rpartition(" ")[2] for key in types})
        outside = sorted(w for w, n in seen.items() if n >= _SEEN and named[w] < _RARELY * n)
        heads = sorted(w for w, n in last.items() if n >= _HEADS)
        return cls({key: dict(sorted(counts[key].items())) for key in sorted(counts)}, outside, heads), added

    def to_bytes(self) -> bytes:
        """As JSON."""
        parts = {"outside": sorted(self.outside), "heads": sorted(self.heads), "counts": self.counts}
        return json.dumps(parts, ensure_ascii=False, indent=0).encode() + b"\n"

    @classmethod
    def from_bytes(cls, data: bytes) -> Lexicon:
        """What :meth:`to_bytes` gave."""
        return cls(**json.loads(data))

    def to_disk(self, folder: Path, name: str) -> None:
        """Write ``NAME.json``."""
        (folder / f"{name}.json").write_bytes(self.to_bytes())

    @classmethod
    def from_disk(cls, folder: Path, name: str) -> Lexicon:
        """Read what :meth:`to_disk` wrote."""
        return cls.from_bytes((folder / f"{name}.json").read_bytes())


class _Less(Lexicon):
    """A lexicon that differs from another in a few names."""

    def __init__(self, base: Lexicon, changed: Mapping[str, Counts]) -> None:
        self.counts, self.outside, self.heads = base.counts, base.outside, base.heads
        self._changed = changed

    def __contains__(self, key: str) -> bool:
        return key in self.counts and any(n for t, n in self.look_up(key).items() if t != NONE)

    def look_up(self, key: str) -> Counts:
        return self._changed[key] if key in self._changed else super().look_up(key)


def runs(view: View) -> Iterator[tuple[str, Run]]:
    """Key and tokens of every run of tokens, within a sentence, that could be a name by its edges."""
    norms, sentence_of = view.norms, view.sentence_of
    for start in range(len(norms)):
        if not _edge(view, start):
            continue
        for end in range(start + 1, min(start + LONGEST, len(norms)) + 1):
            if sentence_of[end - 1] != sentence_of[start] or norms[end - 1] in ",;:":
                if norms[end - 1]:
                    break
                continue
            if _edge(view, end - 1) and (key := key_of(norms[start:end])):
                yield key, (start, end)


def _edge(view: View, i: int) -> bool:
    word = view.words[i]
    return word[-1].isalnum() or word[0].isalnum() or len(word) > 1 or word in "+#@∞"
