"""Keeps what a recogniser found and clears the way for the next one.

spaCy's recogniser leaves entities that are already there as they are; so that several can give
their opinion on one text, each one's findings are moved to ``doc.spans["kg_votes"]``.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

VOTES = "kg_votes"
"""The group of ``doc.spans`` that holds the findings of all recognisers."""


@Language.factory("kg_votes", requires=["doc.ents"], assigns=["doc.spans"])
def make_votes(nlp: Language, name: str) -> Votes:
    """The component."""
    return Votes()


class Votes:
    """Moves ``doc.ents`` to ``doc.spans["kg_votes"]``."""

    def __call__(self, doc: Doc) -> Doc:
        doc.spans[VOTES] = [*doc.spans.get(VOTES, ()), *doc.ents]
        doc.ents = ()
        return doc
