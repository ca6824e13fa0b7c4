"""The kinds of contribution that an abstract claims: one linear classifier for each kind, over its words."""

from __future__ import annotations

from typing import ClassVar

from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp import attributes
from kg.nlp.linear import LinearModel
from kg.nlp.store import Store
from kg.nlp.view import View, view
from kg.vocabulary import KINDS

_LEAST = 0.5


def kind_features(view: View) -> dict[str, float]:
    """Words and pairs of words, those of the title apart, and what follows "we"."""
    found: set[str] = set()
    for i, word in enumerate(view.lower):
        if not word[0].isalpha():
            continue
        where = "title" if view.starts[i] < view.title_end else "w"
        found.add(f"{where}:{word}")
        if word in ("we", "paper", "work", "our") and i + 3 <= len(view.words):
            found.add(f"{word}:{view.lower[i + 1]}")
            found.add(f"{word}:{view.lower[i + 1]} {view.lower[i + 2]}")
        if word in ("novel", "new", "first", "a", "the") and i + 2 <= len(view.words):
            found.add(f"{word}:{view.lower[i + 1]}")
    return dict.fromkeys(found, 1.0)


def decide_kinds(model: LinearModel, view: View) -> tuple[str, ...]:
    """Every kind that is more probable than not, else the most probable one, in the order of the guidelines."""
    row = dict(zip(model.classes, model.probabilities([kind_features(view)])[0], strict=True))
    kept = tuple(k for k in KINDS if row[k] >= _LEAST)
    return kept or (max(KINDS, key=lambda k: row[k]),)


@Language.factory("kg_kinds", assigns=["doc._.kg_kinds"])
def make_kinds(nlp: Language, name: str) -> Kinds:
    """The component."""
    return Kinds()


class Kinds(Store):
    """Sets ``doc._.kg_kinds``."""

    PARTS: ClassVar = {"classifier": LinearModel}

    def __init__(self) -> None:
        super().__init__()
        attributes.register()

    def __call__(self, doc: Doc) -> Doc:
        doc._.kg_kinds = decide_kinds(self.linear("classifier"), view(doc))
        return doc
