"""Reported numbers: candidates (:mod:`kg.nlp.values`), told apart by a linear classifier over their surroundings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp import attributes
from kg.nlp.forms import word_list
from kg.nlp.linear import LinearModel
from kg.nlp.store import Store
from kg.nlp.things import Thing, best_roles, things
from kg.nlp.values import values
from kg.nlp.view import View, view
from kg.records import DocumentResult, Span

NONE = ""
"""The class of a number that is no result."""

_NEAR = 6
_SLOT_TYPES = {"subject": ("Model", "Method"), "dataset": ("Benchmark", "Dataset"), "metric": ("Metric",)}


def value_features(view: View, all_things: Sequence[Thing], span: Span) -> dict[str, float]:
    """What tells an absolute result from an improvement, and either from other numbers."""
    text = view.text[span[0] : span[1]]
    start, end = view.tokens(*span)
    sentence = view.sentence_of[start]
    first, stop = view.sentence_tokens(sentence)
    left, right = view.lower[max(first, start - _NEAR) : start], view.lower[end : min(end + _NEAR, stop)]
    unit = re.sub(r"\d[\d.,]*", "9", text)
    shape = f"{unit}&point:{'.' in text}"
    inside = any(start < end for t in all_things for _, end in t.within(first, start + 1))
    found = {f"unit:{unit}", f"shape:{shape}", f"inside name:{inside}"}
    for k in (1, 2, 3):
        found.add(f"L{k}:{' '.join(left[-k:])}")
        found.add(f"R{k}:{' '.join(right[:k])}")
    found.update(f"L:{w}" for w in left)
    found.update(f"R:{w}" for w in right)
    found.update((f"{shape}&L1:{' '.join(left[-1:])}", f"{shape}&R1:{' '.join(right[:1])}"))
    found.update(f"before:{w}" for w in view.lower[first:start] if w in word_list("result_cues"))
    found.update(f"after:{w}" for w in view.lower[end:stop] if w in word_list("result_cues"))
    near = {t.type for t in all_things if t.within(first, stop)}
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

    The subject is a model or method that the paper introduces and the sentence mentions, the metric the
    nearest in the sentence, the dataset the only one in the sentence. Where the gold of `train` fills
    the slot too, these agree with it in 85, 92 and 100 percent; the nearest of several datasets would in 82.
    """
    start, _ = view.tokens(*span)
    bounds = view.sentence_tokens(view.sentence_of[start])

    def fitting(slot: str) -> list[int]:
        """Entities of the slot's types in the sentence, the nearest first."""
        near = {
            i: min(abs(begin - start) for begin, _ in runs)
            for i, t in enumerate(all_things)
            if t.type in _SLOT_TYPES[slot] and (runs := t.within(*bounds))
        }
        return sorted(near, key=lambda i: (near[i], i))

    own = [i for i in fitting("subject") if roles[i] == "introduces"]
    datasets, metrics = fitting("dataset"), fitting("metric")
    return Slots(own[0] if own else None, datasets[0] if len(datasets) == 1 else None, metrics[0] if metrics else None)


@Language.factory(
    "kg_results",
    default_config={"threshold": 0.4},
    requires=["doc._.kg_entities"],
    assigns=["doc._.kg_results"],
)
def make_results(nlp: Language, name: str, threshold: float) -> Results:
    """The component.

    Parameters
    ----------
    threshold : a number is a result if its probability is at least this.
    """
    return Results(threshold)


class Results(Store):
    """Sets ``doc._.kg_results``."""

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
        spans = [s for s in values(seen.text) if s[0] > seen.title_end]
        rows = [value_features(seen, known, span) for span in spans]
        none = model.classes.index(NONE)
        found = []
        for span, row in zip(spans, model.probabilities(rows), strict=True):
            score = 1 - float(row[none])
            if score < self.threshold:
                continue
            kind = max((k for k in range(len(row)) if k != none), key=lambda k: row[k])
            subject, dataset, metric = (
                None if i is None else entities[i].id for i in fill_slots(seen, known, roles, span)
            )
            found.append(
                DocumentResult(
                    subject=subject,
                    dataset=dataset,
                    metric=metric,
                    value=seen.text[span[0] : span[1]],
                    kind=model.classes[kind],
                    start=span[0],
                    end=span[1],
                    score=round(score, 4),
                    sentence=seen.sentence_span(span[0]),
                )
            )
        doc._.kg_results = tuple(found)
        return doc
