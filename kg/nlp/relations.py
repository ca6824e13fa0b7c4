"""What the abstract states between entities: a linear classifier over pairs that stand near each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp import attributes
from kg.nlp.linear import LinearModel
from kg.nlp.store import Store
from kg.nlp.things import Thing, best_roles, things
from kg.nlp.view import View, view
from kg.records import DocumentRelation
from kg.vocabulary import vocabulary

NONE = ""
"""The class of a pair that no relation joins."""

_BETWEEN = 10  # tokens; more of them between two names are only counted
_TOGETHER = 3  # sentences in which a pair is looked at
_SUBJECTS = 6  # introduced entities that are paired with everything, the first ones
_AT_MOST = 40  # entities in a sentence (and the next) that are paired; bounds the work on lists without end


class Pair(NamedTuple):
    """Two entities, by their places in the document's list, and where they come nearest."""

    subject: int
    object: int
    sentence: int
    """The sentence where both are mentioned, else the first of the later one."""
    near: str
    """``same`` sentence, ``next`` one, or ``far``."""


def pairs(all_things: Sequence[Thing], roles: Sequence[str]) -> list[Pair]:
    """Ordered pairs that may be related, in order: those of one sentence or of two in a row, and those
    with an entity that the paper introduces."""
    by_sentence: dict[int, list[int]] = {}
    for i, thing in enumerate(all_things):
        for s in thing.sentences:
            by_sentence.setdefault(s, []).append(i)
    found: dict[tuple[int, int], tuple[int, str]] = {}
    for s in sorted(by_sentence):
        here = by_sentence[s][:_AT_MOST]
        for a in here:
            for b in here:
                if found.get((a, b), (0, ""))[1] != "same":
                    found[a, b] = (s, "same")
    for s in sorted(by_sentence):
        for a in by_sentence[s][:_AT_MOST]:
            for b in by_sentence.get(s + 1, [])[:_AT_MOST]:
                found.setdefault((a, b), (s + 1, "next"))
                found.setdefault((b, a), (s + 1, "next"))
    introduced = [i for i, role in enumerate(roles) if role == "introduces"][:_SUBJECTS]
    for a in introduced:
        for b, other in enumerate(all_things):
            sentence = max(other.sentences[0], all_things[a].sentences[0])
            found.setdefault((a, b), (sentence, "far"))
            found.setdefault((b, a), (sentence, "far"))
    return [Pair(a, b, *where) for (a, b), where in sorted(found.items()) if a != b]


def pair_features(view: View, all_things: Sequence[Thing], roles: Sequence[str], pair: Pair) -> dict[str, float]:
    """What speaks for a relation from the pair's subject to its object.

    Parameters
    ----------
    view : the document.
    all_things : its entities.
    roles : the best role of each.
    pair : the places of the two, and where they come nearest.
    """
    a, b = all_things[pair.subject], all_things[pair.object]
    types, both = f"{a.type}>{b.type}", f"{roles[pair.subject]}>{roles[pair.object]}"
    shared = sorted(set(a.sentences) & set(b.sentences))
    found = {
        types, f"roles:{both}", f"{types}&{both}", f"{types}&{pair.near}", f"{types}&{both}&{pair.near}",
        f"shared:{min(len(shared), 3)}", f"{types}&in title:{0 in a.sentences}>{0 in b.sentences}",
    }  # fmt: skip
    if a.words and b.words and a.words != b.words:
        if b.words < a.words:
            found.update(("holds object", f"{types}&holds object"))
        elif a.words < b.words:
            found.update(("held by object", f"{types}&held by object"))
        elif a.words & b.words:
            found.add(f"{types}&words in common")
    same_type = sum(1 for t in all_things if t.type == a.type and pair.sentence in t.sentences)
    found.add(f"{types}&peers:{min(same_type, 4)}")
    for sentence in shared[:_TOGETHER]:
        _add_between(found, view, all_things, (a, b), types, sentence)
    if not shared:
        _add_apart(found, view, b if pair.sentence in b.sentences else a, types, pair)
    return dict.fromkeys(found, 1.0)


def _add_between(
    found: set[str], view: View, all_things: Sequence[Thing], ends: tuple[Thing, Thing], types: str, sentence: int
) -> None:
    first, second = (t.within(*view.sentence_tokens(sentence))[0] for t in ends)
    order = "forwards" if first <= second else "backwards"
    left, right = sorted((first, second))
    between = view.lower[left[1] : right[0]]
    crossed = sum(1 for t in all_things for r in t.within(left[1], right[0]) if r[1] <= right[0])
    gap = min(len(between) // 3, 6)
    found.update((f"{types}&{order}", f"{types}&{order}&gap:{gap}", f"{order}&crossed:{min(crossed, 4)}"))
    if len(between) <= _BETWEEN:
        found.update(f"{order}:{w}" for w in between)
        found.update(f"{types}&{order}:{w}" for w in between)
        found.update(f"{order}:{' '.join(p)}" for p in pairwise(between))
    else:
        found.update(f"{order}:far:{w}" for w in between if w.isalpha() and len(w) > 3)
    if len(between) <= 4:
        found.update((f"{order}:all:{' '.join(between)}", f"{types}&{order}:all:{' '.join(between)}"))
    begin = view.first_token[sentence]
    for k in (1, 2):
        before = view.lower[max(begin, left[0] - k) : left[0]]
        found.add(f"{order}&before{k}:{' '.join(before)}")
        found.add(f"{order}&after{k}:{' '.join(view.lower[right[1] : right[1] + k])}")


def _add_apart(found: set[str], view: View, later: Thing, types: str, pair: Pair) -> None:
    start, _ = (later.within(*view.sentence_tokens(pair.sentence)) or later.runs)[0]
    before = view.lower[max(view.first_token[pair.sentence], start - 5) : start]
    found.update(f"{types}&{pair.near}&L:{w}" for w in before)
    opening = view.lower[view.first_token[pair.sentence] : view.first_token[pair.sentence] + 2]
    found.add(f"{pair.near}&opens:{' '.join(opening)}")


def relation_probabilities(
    model: LinearModel, all_things: Sequence[Thing], found: Sequence[Pair], rows: Sequence[dict[str, float]]
) -> NDArray[np.float64]:
    """A row for each pair with a column for each class; what the ontology forbids has probability 0."""
    out = model.probabilities(rows)
    known = vocabulary()
    for row, pair in zip(out, found, strict=True):
        a, b = all_things[pair.subject].type, all_things[pair.object].type
        for k, relation in enumerate(model.classes):
            if relation != NONE and not known.allows(a, relation, b):
                row[k] = 0.0
    return out


def decide_relations(
    model: LinearModel, found: Sequence[Pair], probabilities: NDArray[np.float64], threshold: float
) -> list[tuple[Pair, str, float]]:
    """The best relation of each pair where its probability is at least ``threshold``; of the two
    directions of one relation the more probable one."""
    best: dict[tuple[int, int, str], tuple[Pair, str, float]] = {}
    none = model.classes.index(NONE)
    for pair, row in zip(found, probabilities, strict=True):
        others = row.copy()
        others[none] = -1
        k = int(np.argmax(others))
        if others[k] < threshold:
            continue
        relation = model.classes[k]
        key = (min(pair.subject, pair.object), max(pair.subject, pair.object), relation)
        if key not in best or best[key][2] < others[k]:
            best[key] = (pair, relation, float(others[k]))
    return sorted(best.values(), key=lambda x: x[0])


@Language.factory(
    "kg_relations",
    default_config={"threshold": 0.2},
    requires=["doc._.kg_entities"],
    assigns=["doc._.kg_relations"],
)
def make_relations(nlp: Language, name: str, threshold: float) -> Relations:
    """The component.

    Parameters
    ----------
    threshold : a pair is related if the probability of its best relation is at least this.
    """
    return Relations(threshold)


class Relations(Store):
    """Sets ``doc._.kg_relations``."""

    PARTS: ClassVar = {"classifier": LinearModel}

    def __init__(self, threshold: float) -> None:
        super().__init__()
        self.threshold = threshold
        attributes.register()

    def __call__(self, doc: Doc) -> Doc:
        entities = doc._.kg_entities
        model, seen = self.linear("classifier"), view(doc)
        known = things(seen, entities)
        roles = best_roles(entities)
        found = pairs(known, roles)
        rows = [pair_features(seen, known, roles, p) for p in found]
        probabilities = relation_probabilities(model, known, found, rows)
        doc._.kg_relations = tuple(
            DocumentRelation(
                entities[p.subject].id, relation, entities[p.object].id, round(score, 4), seen.sentences[p.sentence]
            )
            for p, relation, score in decide_relations(model, found, probabilities, self.threshold)
        )
        return doc
