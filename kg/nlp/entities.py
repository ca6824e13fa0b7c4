"""Document entities: the names of a document that stand for one thing, grouped."""

from __future__ import annotations

from collections.abc import Sequence

from kg.nlp.mentions import Named
from kg.nlp.text import clean
from kg.nlp.view import View
from kg.records import DocumentEntity, Mention


def group(view: View, names: Sequence[Named]) -> tuple[DocumentEntity, ...]:
    """One entity for each name, an abbreviation joined with the long form that the text defines for it.

    Parameters
    ----------
    view : the document.
    names : as :func:`kg.nlp.mentions.decide` gives them.

    Returns
    -------
    Entities ``e1``, ``e2``, … in order of first mention, without roles. The score is that of the
    best name.
    """
    groups: dict[str, list[Named]] = {}
    home: dict[str, str] = {}
    types = {n.key: n.type for n in names}
    for name in names:
        mate = name.mate if name.mate and types.get(name.mate) == name.type else None
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
