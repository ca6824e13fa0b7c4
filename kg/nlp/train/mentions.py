"""Training of the decision over names, on what recognisers say of documents that they have not seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from spacy.language import Language

from kg.nlp.abbreviations import definitions
from kg.nlp.candidates import Candidate, Vote, candidates
from kg.nlp.forms import key_of
from kg.nlp.lexicon import NONE, Lexicon
from kg.nlp.linear import LinearModel
from kg.nlp.mentions import mention_features
from kg.nlp.train.gold import GoldDocument
from kg.nlp.train.linear import fit
from kg.nlp.train.ner import prepared
from kg.nlp.view import View, view

Votes = Mapping[str, Sequence[tuple[int, int, str]]]
"""By document: start, end (characters) and type of what a recogniser found."""


@dataclass(frozen=True, slots=True)
class Read:
    """A gold document as the decision sees it."""

    view: View
    votes: list[Vote]
    gold: dict[tuple[int, int], str]
    """Type by start and end, in characters."""
    types: dict[str, str]
    """Type by key."""


def train_mentions(
    nlp: Language, gold: Sequence[GoldDocument], votes: Votes, report: Callable[[str], None]
) -> tuple[LinearModel, Lexicon]:
    """Fit the classifier of :mod:`kg.nlp.mentions` and count its lexicon.

    Parameters
    ----------
    nlp : makes tokens and sentences.
    gold : the training documents.
    votes : of recognisers that were trained without the document.
    """
    read = [_read(nlp, document, votes) for document in gold]
    lexicon, added = Lexicon.learn((r.view, r.types) for r in read)
    rows, labels = [], []
    for document, own in zip(read, added, strict=True):
        others = lexicon.without(own)  # what the lexicon would know of a new document
        found = candidates(document.view, document.votes, definitions(document.view.text), others)
        rows += [mention_features(document.view, c, found, others.look_up(k)) for k, c in found.items()]
        labels += [label_of(document, c) for c in found.values()]
    model = fit(rows, labels, inverse_penalty=0.3, least=4)
    report(f"mentions: {len(rows)} names, {len(model.features)} features")
    return model, lexicon


def _read(nlp: Language, document: GoldDocument, votes: Votes) -> Read:
    seen = view(prepared(nlp, document))
    gold = {(start, end): type_ for start, end, type_, _ in document.mentions}
    types: dict[str, str] = {}
    for span, type_ in gold.items():
        types.setdefault(key_of(seen.norms[slice(*seen.tokens(*span))]), type_)
    types.pop("", None)
    return Read(seen, [Vote(*seen.tokens(s, e), t) for s, e, t in votes[document.id]], gold, types)


def label_of(document: Read, candidate: Candidate) -> str:
    """The type that most of a name's gold mentions have; none where it has none."""
    seen = document.view
    spans = ((seen.starts[s], seen.ends[e - 1]) for s, e in candidate.runs)
    types = Counter(document.gold[span] for span in spans if span in document.gold)
    return max(types.items(), key=lambda x: (x[1], x[0]))[0] if types else NONE
