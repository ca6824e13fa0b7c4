"""Which document entities are the same real thing: one node per type and normalised name.

Every document entity has a *key*: the identity (:func:`kg.resolve.names.identity`) of one of its
names, a long form rather than an acronym. An acronym that a paper does not spell out takes the long
form that other papers give it, if all of them give the same one; if they give several, it stays a
node of its own. As keys are never chained, two long forms are joined only where a paper uses both
for one entity.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.records import DocumentEntity, Entity
from kg.resolve.names import identity, is_acronym, normal_form, slug

Place = tuple[str, str]
"""Paper (or document) id and id of an entity in it."""


@dataclass(slots=True)
class Clusters:
    """Entities, and the node of each document entity."""

    entities: list[Entity]
    nodes: dict[Place, str] = field(default_factory=dict)


def cluster(documents: Iterable[tuple[str, Iterable[DocumentEntity]]]) -> Clusters:
    """Resolve document entities of all papers.

    Parameters
    ----------
    documents : paper ids with the entities of each.
    """
    found = [(paper, e) for paper, entities in documents for e in entities]
    common = Counter((e.type, name) for _, e in found for name in {identity(f) for f in e.forms})
    keys = {(paper, e.id): _key(e, common) for paper, e in found}
    expansions = _expansions(found, keys)
    groups: dict[tuple[str, str], list[tuple[str, DocumentEntity]]] = defaultdict(list)
    for paper, e in found:
        key = keys[paper, e.id]
        known = expansions.get((e.type, key), set())
        if len(known) == 1 and len({identity(f) for f in e.forms}) == 1:
            key = next(iter(known))
        groups[e.type, key].append((paper, e))
    return _named(groups)


def _key(entity: DocumentEntity, common: Counter[tuple[str, str]]) -> str:
    """The identity of the form that most papers use for the entity's type; acronyms of its other forms do not count."""
    long = [f for f in entity.forms if not any(is_acronym(f, other) for other in entity.forms)]
    names = {identity(f) for f in long or entity.forms}
    return max(names, key=lambda n: (common[entity.type, n], len(n), n))


def _expansions(found: list[tuple[str, DocumentEntity]], keys: dict[Place, str]) -> dict[tuple[str, str], set[str]]:
    """For each type and acronym, the keys of the entities that papers abbreviate so."""
    out: dict[tuple[str, str], set[str]] = defaultdict(set)
    for paper, e in found:
        for short in e.forms:
            if any(is_acronym(short, long) for long in e.forms):
                out[e.type, identity(short)].add(keys[paper, e.id])
    return out


def _named(groups: dict[tuple[str, str], list[tuple[str, DocumentEntity]]]) -> Clusters:
    forms = {group: _forms(members) for group, members in groups.items()}
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (type_, key), counted in forms.items():
        for form in counted:
            owners[type_, identity(form)].add(key)
    out = Clusters([])
    for type_, key in sorted(groups):
        label, *aliases = forms[type_, key]
        own = [f for f in forms[type_, key] if owners[type_, identity(f)] == {key}]
        # A name that several nodes share, such as an ambiguous acronym, must not be the id of one.
        node = f"{type_.lower()}/{slug(normal_form(own[0]) if own else key)}"
        out.entities.append(Entity(node, type_, label, tuple(aliases)))
        out.nodes.update({(paper, e.id): node for paper, e in groups[type_, key]})
    return out


def _forms(members: list[tuple[str, DocumentEntity]]) -> list[str]:
    """All surface forms, those that most papers (then most mentions) use first."""
    papers = Counter(form for _, e in members for form in e.forms)
    mentions = Counter(dict.fromkeys(papers, 0))
    for _, e in members:
        for form in e.forms:
            mentions[form] += len(e.mentions)
    return sorted(papers, key=lambda f: (-papers[f], -mentions[f], f))
