"""The pipeline: which components, in which order, and where the shipped one lies."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from kg.errors import KgError, Messages
from kg.nlp import abbreviations, entities, kinds, links, mentions, relations, results, roles, sentences, votes
from kg.nlp.tokens import make_tokenizer

MODEL = Path(__file__).parent / "model"
"""The shipped pipeline, as spaCy writes it."""

FACTORIES = (abbreviations, entities, kinds, links, mentions, relations, results, roles, sentences, votes)
"""Modules whose import makes their factories known to spaCy."""

BEFORE = ("kg_sentences", "kg_abbreviations")
RECOGNISER = "ner"
AFTER = ("kg_votes", "kg_mentions", "kg_entities", "kg_roles", "kg_relations", "kg_results", "kg_links", "kg_kinds")
"""Components before and after the recogniser."""


def blank() -> Language:
    """A pipeline with tokens, sentences and abbreviations only."""
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp.vocab)
    for name in BEFORE:
        nlp.add_pipe(name)
    return nlp


def add_rest(nlp: Language, settings: dict[str, dict[str, Any]]) -> None:
    """Add the components after the recogniser, untrained.

    Parameters
    ----------
    settings : of components that have any, by name.
    """
    for name in AFTER:
        nlp.add_pipe(name, config=settings.get(name, {}))


def load_pipeline(path: Path | None = None) -> Language:
    """Load a pipeline.

    Parameters
    ----------
    path : its folder; the shipped one unless given.

    Raises
    ------
    KgError : the folder holds no such pipeline.
    """
    folder = path or MODEL
    if not (folder / "config.cfg").is_file():
        raise KgError(Messages.NO_MODEL, folder, missing="config.cfg")
    try:
        nlp = spacy.load(folder)
    except (OSError, ValueError, KeyError) as e:
        raise KgError(Messages.NO_MODEL, folder, missing=str(e).splitlines()[0]) from None
    nlp.meta["kg_digest"] = digest(folder)
    return nlp


def digest(folder: Path) -> str:
    """SHA-256 over names and contents of a folder's files."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
