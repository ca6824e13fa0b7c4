"""Score predicted annotations against gold ones; gives the same figures as ``data/gold/score.py``.

Levels, each with precision, recall and micro-averaged F1 in percent: ``mention`` (exact span and
type), ``mention_named`` (the same for models, methods, datasets and benchmarks),
``mention_overlap`` (overlapping span and type), ``span`` (exact span, any type), ``mention:TYPE``,
``entity`` (one to one, same type and a shared form), ``role`` and ``relation`` (ends matched),
``result`` (same value and kind, and no contradiction in subject, dataset or metric).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.annotations import Json, occurrences
from kg.errors import KgError, Messages

NAMED = frozenset({"Model", "Dataset", "Benchmark", "Method"})


@dataclass(slots=True)
class Score:
    """Counts of one level."""

    gold: int = 0
    predicted: int = 0
    hits: int = 0

    def add(self, gold: int, predicted: int, hits: int) -> None:
        """Add the counts of one document."""
        self.gold += gold
        self.predicted += predicted
        self.hits += hits

    @property
    def precision(self) -> float:
        """Percent of what was predicted that is right."""
        return 100 * self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Percent of the gold that was found."""
        return 100 * self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two, in percent."""
        both = self.gold + self.predicted
        return 200 * self.hits / both if both else 0.0


def evaluate(gold: Mapping[str, Json], predicted: Mapping[str, Json], texts: Mapping[str, str]) -> dict[str, Score]:
    """Score documents of the annotation format (see :mod:`kg.annotations`).

    Parameters
    ----------
    gold, predicted : documents by id. What ``predicted`` lacks counts as an empty prediction.
    texts : title, newline and abstract of each gold document by id.

    Raises
    ------
    KgError : a gold document has no text.
    """
    scores: dict[str, Score] = {}

    def add(level: str, gold: int, predicted: int, hits: int) -> None:
        scores.setdefault(level, Score()).add(gold, predicted, hits)

    for i, g in gold.items():
        p = predicted.get(i) or {"entities": []}
        if i not in texts:
            raise KgError(Messages.NO_DOCUMENT, id=i)
        of_gold, of_predicted = _typed_spans(texts[i], g), _typed_spans(texts[i], p)
        _add_mentions(add, of_gold, of_predicted)
        for type_ in sorted({e["type"] for e in (*g["entities"], *p["entities"])}):
            a, b = ({m for m in ms if m[2] == type_} for ms in (of_gold, of_predicted))
            add("mention:" + type_, len(a), len(b), len(a & b))
        to_gold = align(g["entities"], p["entities"])
        add("entity", len(g["entities"]), len(p["entities"]), len(to_gold))
        gold_roles = {(e["id"], r) for e in g["entities"] for r in e["roles"]}
        roles = {(e["id"], r) for e in p["entities"] for r in e.get("roles", [])}
        add("role", len(gold_roles), len(roles), sum((to_gold.get(e), r) in gold_roles for e, r in roles))
        gold_relations = {tuple(r) for r in g.get("relations", [])}
        relations = {tuple(r) for r in p.get("relations", [])}
        mapped = [(to_gold.get(a), r, to_gold.get(b)) for a, r, b in relations]
        add("relation", len(gold_relations), len(relations), sum(r in gold_relations for r in mapped))
        hits = _result_hits(g.get("results", []), p.get("results", []), to_gold)
        add("result", len(g.get("results", [])), len(p.get("results", [])), hits)
    return scores


def align(gold: Iterable[Json], predicted: Iterable[Json]) -> dict[str, str]:
    """Map predicted to gold entity ids one to one: same type, most shared forms first."""
    folded_gold = [(g, {_fold(f) for f in g["forms"]}) for g in gold]
    pairs = []
    for p in predicted:
        forms = {_fold(f) for f in p["forms"]}
        for g, gold_forms in folded_gold:
            shared = len(forms & gold_forms)
            if shared and p["type"] == g["type"]:
                pairs.append((-shared, p["id"], g["id"]))
    mapping: dict[str, str] = {}
    used: set[str] = set()
    for _, one, other in sorted(pairs):
        if one not in mapping and other not in used:
            mapping[one] = other
            used.add(other)
    return mapping


TypedSpan = tuple[int, int, str]


def _typed_spans(text: str, document: Json) -> set[TypedSpan]:
    types = {e["id"]: e["type"] for e in document["entities"]}
    return {(s, t, types[e]) for s, t, e in occurrences(text, document["entities"])}


def _add_mentions(add: object, gold: set[TypedSpan], predicted: set[TypedSpan]) -> None:
    assert callable(add)  # noqa: S101 - narrows the type
    add("mention", len(gold), len(predicted), len(gold & predicted))
    a, b = ({m for m in ms if m[2] in NAMED} for ms in (gold, predicted))
    add("mention_named", len(a), len(b), len(a & b))
    overlap = [(p, g) for p in predicted for g in gold if p[2] == g[2] and p[0] < g[1] and g[0] < p[1]]
    hits = min(len({p for p, _ in overlap}), len({g for _, g in overlap}))
    add("mention_overlap", len(gold), len(predicted), hits)
    a_spans, b_spans = {m[:2] for m in gold}, {m[:2] for m in predicted}
    add("span", len(a_spans), len(b_spans), len(a_spans & b_spans))


def _fold(form: str) -> str:
    return re.sub(r"[\s\-_]+", " ", form).strip().casefold()


def _result_hits(gold: list[Json], predicted: list[Json], to_gold: Mapping[str, str]) -> int:
    left, hits = list(gold), 0
    for r in predicted:
        k = next((k for k, x in enumerate(left) if _agrees(x, r, to_gold)), None)
        if k is not None:
            left.pop(k)
            hits += 1
    return hits


def _agrees(gold: Json, predicted: Json, to_gold: Mapping[str, str]) -> bool:
    if gold["value"].strip() != predicted["value"].strip() or gold["kind"] != predicted["kind"]:
        return False
    return all(
        to_gold.get(predicted[slot]) == gold[slot]
        for slot in ("subject", "dataset", "metric")
        if gold.get(slot) and predicted.get(slot)
    )
