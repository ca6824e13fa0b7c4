"""The recogniser that is shipped, and the findings of its like on documents they have not seen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from spacy.language import Language

from kg.nlp.pipeline import blank
from kg.nlp.train.gold import GoldDocument
from kg.nlp.train.mentions import Votes
from kg.nlp.train.ner import ner_config, prepared, train_ner

FOLDS = 3
EPOCHS = 10
WIDTH, DEPTH = 96, 4

NAME = "ner"


class Recogniser(NamedTuple):
    """What training gives."""

    weights: bytes
    """Of a recogniser trained on all documents."""
    votes: Votes
    """For each document, what a recogniser found that was trained without it and its fold."""


def train_recogniser(
    gold: Sequence[GoldDocument], *, seed: int, report: Callable[[str], None], work: Path | None = None
) -> Recogniser:
    """Train on each two thirds of the documents to read the third left out, then on all.

    Parameters
    ----------
    gold : the training documents.
    seed : of weights, dropout and order.
    work : a folder that keeps the finished steps; a run that is stopped goes on from there.
    """
    votes: dict[str, list[tuple[int, int, str]]] = {}
    for k in range(min(FOLDS, len(gold))):
        rest = [d for i, d in enumerate(gold) if i % FOLDS != k]
        held = [d for i, d in enumerate(gold) if i % FOLDS == k]
        kept = _kept(work, f"votes-{k}.json", gold, seed)
        if kept and kept.is_file():
            found = json.loads(kept.read_text(encoding="utf-8"))
        else:
            report(f"recogniser {k + 1} of {FOLDS + 1}: {len(rest)} documents")
            nlp = _trained(rest, seed, report)
            found = {d.id: _found(nlp, d) for d in held}
            _keep(kept, json.dumps(found).encode())
        votes |= {i: [(s, e, t) for s, e, t in spans] for i, spans in found.items()}
    kept = _kept(work, "ner.bin", gold, seed)
    if kept and kept.is_file():
        return Recogniser(kept.read_bytes(), votes)
    report(f"recogniser {FOLDS + 1} of {FOLDS + 1}: {len(gold)} documents")
    weights = _trained(gold, seed, report).get_pipe(NAME).to_bytes(exclude=["vocab"])  # type: ignore[attr-defined]
    _keep(kept, weights)
    return Recogniser(weights, votes)


def _trained(gold: Sequence[GoldDocument], seed: int, report: Callable[[str], None]) -> Language:
    nlp = blank()
    train_ner(nlp, NAME, gold, epochs=EPOCHS, seed=seed, report=report, config=ner_config(WIDTH, DEPTH))
    return nlp


def _found(nlp: Language, document: GoldDocument) -> list[tuple[int, int, str]]:
    doc = nlp.get_pipe(NAME)(prepared(nlp, document))
    return [(e.start_char, e.end_char, e.label_) for e in doc.ents]


def _kept(work: Path | None, name: str, gold: Sequence[GoldDocument], seed: int) -> Path | None:
    """Where a step's product lies; the folder's name tells all that it depends on."""
    if work is None:
        return None
    depends = json.dumps([[(d.id, d.mentions) for d in gold], seed, FOLDS, EPOCHS, ner_config(WIDTH, DEPTH)])
    return work / hashlib.sha256(depends.encode()).hexdigest()[:12] / name


def _keep(path: Path | None, data: bytes) -> None:
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_bytes(data)
        part.replace(path)
