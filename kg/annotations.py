"""Annotations as JSON Lines: the format of ``data/gold/GUIDELINES.md``, section 8.

The gold data, what ``kg extract`` writes and what ``kg eval`` compares are all of this form. A
predicted entity also carries ``mentions`` (offsets) and ``score``; without ``mentions``, every
occurrence of its forms is one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.errors import KgError, Messages
from kg.records import (
    DocumentEntity,
    DocumentRelation,
    DocumentResult,
    Extraction,
    Link,
    Mention,
    Paper,
    RoleAssertion,
    Span,
)
from kg.vocabulary import vocabulary

Json = dict[str, Any]


def read_lines(path: Path) -> dict[str, Json]:
    """Read annotated documents by id, in the order of the file.

    Raises
    ------
    KgError : the file cannot be read, or a line of it is no annotation.
    """
    out: dict[str, Json] = {}
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    document = _checked(line, f"{path}:{number}")
                    out[document["id"]] = document
    except OSError as e:
        raise KgError(Messages.UNREADABLE, path, reason=e.strerror) from None
    except UnicodeDecodeError as e:
        raise KgError(Messages.NOT_UTF8, path, byte=e.start) from None
    return out


def _checked(line: str, where: str) -> Json:
    try:
        document = json.loads(line)
    except (ValueError, RecursionError) as e:
        raise KgError(Messages.BAD_ANNOTATION, where, reason=e) from None
    if not isinstance(document, dict) or not isinstance(document.get("id"), str):
        raise KgError(Messages.BAD_ANNOTATION, where, reason="an object with a text as its id is expected")
    entities = document.get("entities", [])
    try:
        ids = {e["id"] for e in entities if e["type"] in vocabulary().types and all(map(len, e["forms"]))}
        named = {end for s, _, o in document.get("relations", []) for end in (s, o)}
        for r in document.get("results", []):
            _ = r["value"] + r["kind"]
            named |= {r.get(slot) for slot in ("subject", "dataset", "metric")} - {None}
    except (TypeError, KeyError, ValueError) as e:
        raise KgError(Messages.BAD_ANNOTATION, where, reason=f"{type(e).__name__}: {e}") from None
    if unknown := named - ids or {e["id"] for e in entities} - ids:
        raise KgError(Messages.BAD_ANNOTATION, where, reason=f"{min(map(str, unknown))} is no entity with a known type")
    return document


def occurrences(text: str, entities: Sequence[Mapping[str, Any]]) -> list[tuple[int, int, str]]:
    """Where a text names annotated entities.

    Returns
    -------
    Start, end (characters) and entity id of each mention, in order. Given offsets are taken as they
    are; forms match at word boundaries; where mentions overlap the longest wins, then the first.
    """
    found: list[tuple[int, int, str]] = []
    for e in entities:
        if "mentions" in e:
            found += [(s, t, e["id"]) for s, t in e["mentions"]]
        else:
            for form in e["forms"]:
                pattern = r"(?<![A-Za-z0-9])" + re.escape(form) + r"(?![A-Za-z0-9])"
                found += [(m.start(), m.end(), e["id"]) for m in re.finditer(pattern, text)]
    found.sort(key=lambda m: (m[0] - m[1], m[0]))
    taken, kept = bytearray(len(text) + 1), []
    for s, t, entity in found:
        if not any(taken[s:t]):
            kept.append((s, t, entity))
            taken[s:t] = b"\1" * (t - s)
    return sorted(kept)


def to_json(extraction: Extraction) -> Json:
    """An extraction as an object of the annotation format, with offsets and scores added."""
    return {
        "id": extraction.paper,
        "kind": list(extraction.kinds),
        "entities": [
            {
                "id": e.id,
                "type": e.type,
                "roles": [r.role for r in e.roles],
                "forms": list(e.forms),
                "mentions": [[m.start, m.end] for m in e.mentions],
                "score": round(e.score, 4),
            }
            for e in extraction.entities
        ],
        "relations": [[r.subject, r.predicate, r.object] for r in extraction.relations],
        "results": [
            {"subject": r.subject, "dataset": r.dataset, "metric": r.metric, "value": r.value, "kind": r.kind}
            for r in extraction.results
        ],
        "links": [{"url": x.url, "kind": x.kind, "start": x.start, "end": x.end} for x in extraction.links],
    }


def from_json(document: Mapping[str, Any], paper: Paper, sentences: Sequence[Span]) -> Extraction:
    """An annotated document as an extraction.

    Evidence is the first sentence that mentions the entity, or both ends of the relation, else the
    first that mentions the subject; a result's, the one that holds its value.

    Parameters
    ----------
    document : an object of the annotation format.
    paper : the paper of the same id.
    sentences : spans that cover the paper's text, in order.
    """
    places: dict[str, list[Mention]] = {e["id"]: [] for e in document["entities"]}
    score = {e["id"]: float(e.get("score", 1.0)) for e in document["entities"]}
    for start, end, entity in occurrences(paper.text, document["entities"]):
        places[entity].append(Mention(start, end, score[entity]))

    def around(position: int) -> Span:
        return next((s for s in sentences if s[0] <= position < s[1]), (0, len(paper.text)))

    def of(entity: str) -> list[Span]:
        return list(dict.fromkeys(around(m.start) for m in places[entity])) or [(0, len(paper.text))]

    entities = tuple(
        DocumentEntity(
            id=e["id"],
            type=e["type"],
            forms=tuple(e["forms"]),
            mentions=tuple(places[e["id"]]),
            roles=tuple(RoleAssertion(r, score[e["id"]], of(e["id"])[0]) for r in e.get("roles", ())),
            score=score[e["id"]],
        )
        for e in document["entities"]
    )
    relations = tuple(
        DocumentRelation(s, p, o, 1.0, next((x for x in of(s) if x in of(o)), of(s)[0]))
        for s, p, o in document.get("relations", ())
    )
    results = []
    for r in document.get("results", ()):
        start = max(paper.text.find(r["value"]), 0)
        slots = (r.get("subject"), r.get("dataset"), r.get("metric"))
        end = start + len(r["value"])
        results.append(DocumentResult(*slots, r["value"], r["kind"], start, end, 1.0, around(start)))
    links = tuple(Link(x["url"], x["kind"], x["start"], x["end"]) for x in document.get("links", ()))
    kinds = tuple(document.get("kind", ()))
    return Extraction(document["id"], kinds, entities, relations, tuple(results), links, tuple(sentences))
