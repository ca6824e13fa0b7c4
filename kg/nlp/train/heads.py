"""Training of the linear heads (roles, relations, results, kinds) on gold entities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from spacy.language import Language

from kg.nlp.kinds import kind_features
from kg.nlp.linear import Features, LinearModel
from kg.nlp.relations import NONE, Pair, pair_features, pairs
from kg.nlp.results import NONE as NO_RESULT
from kg.nlp.results import value_features
from kg.nlp.roles import decide_roles, document_cues, role_features, role_probabilities
from kg.nlp.things import Thing, make_thing
from kg.nlp.train.gold import GoldDocument
from kg.nlp.train.linear import fit, fit_each
from kg.nlp.train.ner import prepared
from kg.nlp.values import values
from kg.nlp.view import View, view
from kg.vocabulary import KINDS

_FOLDS = 3


class Example(NamedTuple):
    """A gold document as the heads see it."""

    gold: GoldDocument
    view: View
    ids: list[str]
    """Gold ids of the entities that are mentioned."""
    things: list[Thing]


def read_examples(nlp: Language, gold: Sequence[GoldDocument]) -> list[Example]:
    """Views and entities of gold documents."""
    out = []
    for document in gold:
        seen = view(prepared(nlp, document))
        spans: dict[str, list[tuple[int, int]]] = {}
        for start, end, _, entity in document.mentions:
            spans.setdefault(entity, []).append((start, end))
        types = {e["id"]: e["type"] for e in document.annotation["entities"]}
        made = [make_thing(seen, types[i], s) for i, s in spans.items()]
        out.append(Example(document, seen, list(spans), made))
    return out


def train_heads(examples: Sequence[Example], report: Callable[[str], None]) -> dict[str, LinearModel]:
    """Fit all heads.

    Roles that relations and results see in training are those that a model of the other folds
    predicts, so that they are as wrong as they will be at run time.

    Returns
    -------
    Models by name: ``roles``, ``relations``, ``results``, ``kinds``.
    """
    folds = [list(range(k, len(examples), _FOLDS)) for k in range(_FOLDS)]
    predicted: list[list[str]] = [[] for _ in examples]
    for held in folds:
        rest = [examples[i] for i in range(len(examples)) if i not in set(held)]
        model = _fit_roles(rest)
        for i in held:
            predicted[i] = best_roles(model, examples[i])
    models = {"roles": _fit_roles(examples)}
    report(f"roles: {len(models['roles'].features)} features")
    models["relations"] = _fit_relations(examples, predicted)
    report(f"relations: {len(models['relations'].features)} features")
    models["results"] = _fit_results(examples)
    report(f"results: {len(models['results'].features)} features")
    kinds = [frozenset(x.gold.annotation.get("kind", ())) for x in examples]
    models["kinds"] = fit_each([kind_features(x.view) for x in examples], kinds, KINDS)
    report(f"kinds: {len(models['kinds'].features)} features")
    return models


def best_roles(model: LinearModel, example: Example) -> list[str]:
    """The most probable role of each entity."""
    if not example.things:
        return []
    cues = document_cues(example.view)
    rows = [role_features(example.view, example.things, i, cues) for i in range(len(example.things))]
    found = role_probabilities(model, [t.type for t in example.things], rows)
    return [roles[0][0] for roles in decide_roles(model, found, second=2.0)]


def _fit_roles(examples: Sequence[Example]) -> LinearModel:
    rows: list[Features] = []
    labels: list[str] = []
    for x in examples:
        roles = {e["id"]: e["roles"] for e in x.gold.annotation["entities"]}
        cues = document_cues(x.view)
        for i, entity in enumerate(x.ids):
            row = role_features(x.view, x.things, i, cues)
            for role in roles[entity]:
                rows.append(row)
                labels.append(role)
    return fit(rows, labels, inverse_penalty=0.1)


def relation_rows(example: Example, roles: Sequence[str]) -> tuple[list[Pair], list[dict[str, float]], list[str]]:
    """Pairs, their features and their gold relations."""
    stated = {(a, b): r for a, r, b in example.gold.annotation.get("relations", ())}
    found = pairs(example.things, roles)
    rows = [pair_features(example.view, example.things, roles, p) for p in found]
    labels = [stated.get((example.ids[p.subject], example.ids[p.object]), NONE) for p in found]
    return found, rows, labels


def _fit_relations(examples: Sequence[Example], roles: Sequence[Sequence[str]]) -> LinearModel:
    rows: list[Features] = []
    labels: list[str] = []
    for x, own in zip(examples, roles, strict=True):
        _, more, found = relation_rows(x, own)
        rows += more
        labels += found
    return fit(rows, labels, inverse_penalty=0.1, least=4)


def result_rows(example: Example) -> tuple[list[tuple[int, int]], list[dict[str, float]], list[str]]:
    """Numbers, their features, and whether (and how) the gold has them as results."""
    left: dict[str, list[str]] = {}
    for r in example.gold.annotation.get("results", ()):
        left.setdefault(r["value"].strip(), []).append(r["kind"])
    spans, rows, labels = [], [], []
    for span in values(example.gold.text):
        text = example.gold.text[span[0] : span[1]]
        spans.append(span)
        rows.append(value_features(example.view, example.things, span))
        labels.append(left[text].pop(0) if left.get(text) else NO_RESULT)
    return spans, rows, labels


def _fit_results(examples: Sequence[Example]) -> LinearModel:
    rows: list[Features] = []
    labels: list[str] = []
    for x in examples:
        _, more, found = result_rows(x)
        rows += more
        labels += found
    return fit(rows, labels, inverse_penalty=0.3, least=2)
