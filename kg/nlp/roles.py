"""What the paper does with each entity: a linear classifier over the words around its mentions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp import attributes
from kg.nlp.forms import word_list
from kg.nlp.linear import Features, LinearModel
from kg.nlp.store import Store
from kg.nlp.things import Thing, things
from kg.nlp.view import View, view
from kg.records import RoleAssertion
from kg.vocabulary import vocabulary

_NEAR = 6  # tokens to either side of a mention
_MENTIONS = 6  # mentions looked at; more of them say nothing new
_OPENINGS = ("we ", "our ", "this paper", "this work", "in this", "to address", "however", "experiment", "extensive")


def document_cues(view: View) -> list[str]:
    """What kind of abstract it is, as far as single words tell."""
    title = view.text[: view.title_end].lower()
    cues = [
        f"title:{word}" for word in ("survey", "review", "benchmark", "dataset", ":", "evaluat", "?") if word in title
    ]
    words = set(view.lower)
    cues += [
        f"has:{word}"
        for word in ("survey", "propose", "introduce", "present", "benchmark", "investigate")
        if word in words
    ]
    return cues


def role_features(view: View, all_things: Sequence[Thing], index: int, cues: Sequence[str]) -> dict[str, float]:
    """What speaks for a role of one entity.

    Parameters
    ----------
    view : the document.
    all_things : its entities.
    index : which of them.
    cues : :func:`document_cues` of the view.
    """
    thing = all_things[index]
    type_ = thing.type
    found = {f"type:{type_}", f"count:{min(len(thing.runs), 4)}", f"sentences:{min(len(thing.sentences), 3)}"}
    found.update(f"{type_}&{cue}" for cue in cues)
    _add_position(found, view, thing)
    for start, end in thing.runs[:_MENTIONS]:
        _add_context(found, view, type_, start, end)
    first = thing.sentences[0]
    company = Counter(t.type for t in all_things if first in t.sentences)
    found.add(f"{type_}&peers:{min(company[type_] - 1, 3)}")
    found.update(f"{type_}&with:{other}" for other in company if other != type_)
    return dict.fromkeys(found, 1.0)


def _add_position(found: set[str], view: View, thing: Thing) -> None:
    last = len(view.sentences) - 1
    title_sentences = {view.sentence_of[i] for i in range(len(view.words)) if view.starts[i] < view.title_end}
    body = [s for s in thing.sentences if s not in title_sentences]
    where = "title" if len(body) < len(thing.sentences) else "body"
    found.update((where, f"{thing.type}&{where}", f"{where}&also body:{bool(body)}"))
    if body:
        share = (body[0] - len(title_sentences)) * 4 // max(last + 1 - len(title_sentences), 1)
        found.update((f"quarter:{share}", f"{thing.type}&quarter:{share}", f"last:{body[-1] == last}"))
    start, end = thing.runs[0]
    if start == 0 and end < len(view.words) and view.words[end] == ":":
        found.update(("heads title", f"{thing.type}&heads title"))
    shape = any(c.isupper() or c.isdigit() for c in view.text[view.starts[start] + 1 : view.ends[end - 1]])
    found.update((f"named:{shape}", f"{thing.type}&{where}&named:{shape}"))


def _add_context(found: set[str], view: View, type_: str, start: int, end: int) -> None:
    sentence = view.sentence_of[start]
    first, stop = view.sentence_tokens(sentence)
    left = view.lower[max(first, start - _NEAR) : start]
    right = view.lower[end : min(stop, end + _NEAR)]
    found.update(f"L:{w}" for w in left)
    found.update(f"R:{w}" for w in right)
    for k in (1, 2, 3):
        if len(left) >= k:
            found.update((f"L{k}:{' '.join(left[-k:])}", f"{type_}&L{k}:{' '.join(left[-k:])}"))
        if len(right) >= k:
            found.update((f"R{k}:{' '.join(right[:k])}", f"{type_}&R{k}:{' '.join(right[:k])}"))
    found.update(f"before:{w}" for w in view.lower[first:start] if w in word_list("role_cues"))
    found.update(f"{type_}&before:{w}" for w in view.lower[first:start] if w in word_list("role_cues"))
    found.update(f"{type_}&after:{w}" for w in view.lower[end:stop] if w in word_list("role_cues"))
    opening = view.text[view.starts[first] : view.starts[first] + 40].lower()
    found.update(f"{type_}&opens:{o}" for o in _OPENINGS if opening.startswith(o))


def role_probabilities(model: LinearModel, types: Sequence[str], rows: Sequence[Features]) -> NDArray[np.float64]:
    """A row for each entity with a column for each class of the model; roles that the ontology does not
    give to the entity's type have probability 0, the others sum to 1."""
    found = model.probabilities(rows)
    roles = vocabulary().roles
    allowed = np.array([[t in roles[r].objects for r in model.classes] for t in types]).reshape(found.shape)
    found = found * allowed
    return found / np.maximum(found.sum(axis=1, keepdims=True), 1e-12)  # type: ignore[no-any-return]


def decide_roles(
    model: LinearModel, probabilities: NDArray[np.float64], second: float
) -> list[list[tuple[str, float]]]:
    """The best role of each entity, and the next where its probability is at least ``second``."""
    out = []
    for row in probabilities:
        order = np.argsort(-row, kind="stable")
        kept = [order[0], *(k for k in order[1:2] if row[k] >= second)]
        out.append([(model.classes[k], float(row[k])) for k in kept])
    return out


@Language.factory(
    "kg_roles", default_config={"second": 0.35}, requires=["doc._.kg_entities"], assigns=["doc._.kg_entities"]
)
def make_roles(nlp: Language, name: str, second: float) -> Roles:
    """The component.

    Parameters
    ----------
    second : an entity has a second role if its probability is at least this.
    """
    return Roles(second)


class Roles(Store):
    """Gives the entities of ``doc._.kg_entities`` their roles.

    The evidence of a role is the sentence that speaks for it most: the one whose mentions alone give
    the role the highest probability.
    """

    PARTS: ClassVar = {"classifier": LinearModel}

    def __init__(self, second: float) -> None:
        super().__init__()
        self.second = second
        attributes.register()

    def __call__(self, doc: Doc) -> Doc:
        entities = doc._.kg_entities
        model, seen = self.linear("classifier"), view(doc)
        known = things(seen, entities)
        cues = document_cues(seen)
        rows = [role_features(seen, known, i, cues) for i in range(len(known))]
        found = role_probabilities(model, [t.type for t in known], rows)
        decided = decide_roles(model, found, self.second)
        doc._.kg_entities = tuple(
            replace(e, roles=tuple(_assertion(model, seen, thing, role, score) for role, score in roles))
            for e, thing, roles in zip(entities, known, decided, strict=True)
        )
        return doc


def _assertion(model: LinearModel, seen: View, thing: Thing, role: str, score: float) -> RoleAssertion:
    best = thing.sentences[0]
    if len(thing.sentences) > 1:
        looked_at = thing.sentences[:_MENTIONS]
        rows = [_words_around(seen, thing, s) for s in looked_at]
        best = looked_at[int(np.argmax(model.probabilities(rows)[:, model.classes.index(role)]))]
    return RoleAssertion(role, round(score, 4), seen.sentences[best])


def _words_around(seen: View, thing: Thing, sentence: int) -> dict[str, float]:
    found: set[str] = set()
    for start, end in thing.runs:
        if seen.sentence_of[start] == sentence:
            _add_context(found, seen, thing.type, start, end)
    return dict.fromkeys(found, 1.0)
