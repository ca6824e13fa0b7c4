"""Document entities: the names of a document that stand for one thing, grouped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp import attributes
from kg.nlp.candidates import mates
from kg.nlp.forms import key_of
from kg.nlp.lexicon import Run
from kg.nlp.mentions import MENTIONS, Named
from kg.nlp.text import clean
from kg.nlp.view import View, view
from kg.records import DocumentEntity, Mention


def group(view: View, names: Sequence[Named], mates: Mapping[str, str]) -> tuple[DocumentEntity, ...]:
    """One entity for each name, an abbreviation joined with the long form that the text defines for it.

    Parameters
    ----------
    view : the document.
    names : as :func:`kg.nlp.mentions.decide` gives them.
    mates : keys of abbreviations, and of their long forms.

    Returns
    -------
    Entities ``e1``, ``e2``, … in order of first mention, without roles. The score is that of the
    best name.
    """
    groups: dict[str, list[Named]] = {}
    home: dict[str, str] = {}
    types = {n.key: n.type for n in names}
    for name in names:
        mate = mates.get(name.key)
        mate = mate if mate and types.get(mate) == name.type else None
        leader = home.get(name.key) or (home.get(mate) if mate else None) or name.key
        home[name.key] = leader
        if mate:
            home.setdefault(mate, leader)
        groups.setdefault(leader, []).append(name)
    made = [_entity(view, members) for members in groups.values()]
    made.sort(key=lambda e: e.mentions[0].start)
    return tuple(
        DocumentEntity(f"e{i}", e.type, e.forms, e.mentions, e.roles, e.score) for i, e in enumerate(made, start=1)
    )


def _entity(view: View, members: Sequence[Named]) -> DocumentEntity:
    mentions = sorted(
        (Mention(view.starts[s], view.ends[e - 1], round(n.score, 4)) for n in members for s, e in n.runs),
        key=lambda m: m.start,
    )
    forms = tuple(dict.fromkeys(clean(view.text[m.start : m.end]) for m in mentions))
    return DocumentEntity("", members[0].type, forms, tuple(mentions), (), round(max(n.score for n in members), 4))


@Language.factory("kg_entities", requires=["doc.spans", "doc._.kg_abbreviations"], assigns=["doc._.kg_entities"])
def make_entities(nlp: Language, name: str) -> Entities:
    """The component."""
    return Entities()


class Entities:
    """Fills ``doc._.kg_entities`` from ``doc.spans["kg"]``."""

    def __init__(self) -> None:
        attributes.register()

    def __call__(self, doc: Doc) -> Doc:
        seen = view(doc)
        group_ = doc.spans.get(MENTIONS)
        found: dict[str, tuple[str, float, list[Run]]] = {}
        if group_ is not None:
            scores = group_.attrs.get("scores") or [1.0] * len(group_)
            for span, score in zip(group_, scores, strict=True):
                key = key_of(seen.norms[span.start : span.end])
                found.setdefault(key, (span.label_, score, []))[2].append((span.start, span.end))
        names = [Named(key, type_, score, tuple(runs)) for key, (type_, score, runs) in found.items()]
        doc._.kg_entities = group(seen, names, mates(seen, doc._.kg_abbreviations))
        return doc
