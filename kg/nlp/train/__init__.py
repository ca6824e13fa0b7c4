"""Making the model that the package ships, from the gold annotations; needs the extra ``train``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from spacy.language import Language

from kg.annotations import to_json
from kg.errors import KgError, Messages
from kg.evaluate import evaluate
from kg.nlp import extract
from kg.nlp.pipeline import RECOGNISER, add_rest, blank
from kg.nlp.store import Part, Store
from kg.nlp.train.gold import GoldDocument, read_gold
from kg.nlp.train.heads import read_examples, train_heads
from kg.nlp.train.mentions import train_mentions
from kg.nlp.train.ner import ner_config
from kg.nlp.train.recogniser import DEPTH, WIDTH, Recogniser, train_recogniser
from kg.records import Paper

HEADS = {"kg_roles": "roles", "kg_relations": "relations", "kg_results": "results", "kg_kinds": "kinds"}
"""Components with a linear model, and what training calls it."""


def train(
    gold: Path,
    out: Path,
    *,
    seed: int = 0,
    limit: int | None = None,
    work: Path | None = None,
    report: Callable[[str], None],
) -> dict[str, Any]:
    """Train all parts and write the pipeline.

    Parameters
    ----------
    gold : folder with ``train.jsonl``, ``train.docs.jsonl`` and, to score, ``dev.jsonl``, ``dev.docs.jsonl``.
    out : folder to write.
    seed : of all that is random; same data and seed give the same files on one machine.
    limit : use only so many documents of each file.
    work : a folder that keeps finished steps; a run that is stopped goes on from there.
    report : takes a line of progress.

    Returns
    -------
    Precision, recall and F1 (percent) on ``dev`` by level, as :func:`kg.evaluate.evaluate` names them.

    Raises
    ------
    KgError : scikit-learn is missing, or the data cannot be read.
    """
    try:
        import sklearn  # noqa: F401
    except ImportError:
        raise KgError(Messages.NEEDS_EXTRA, package="scikit-learn", extra="train") from None
    documents = read_gold(gold / "train.jsonl")[:limit]
    recogniser = train_recogniser(documents, seed=seed, report=report, work=work)
    nlp = assemble(documents, recogniser, report)
    nlp.to_disk(out)
    report(f"written: {out}")
    return score(nlp, read_gold(gold / "dev.jsonl")[:limit])


def assemble(gold: list[GoldDocument], recogniser: Recogniser, report: Callable[[str], None]) -> Language:
    """Train the linear parts and put all together."""
    nlp = blank()
    classifier, lexicon = train_mentions(nlp, gold, recogniser.votes, report)
    heads = train_heads(read_examples(nlp, gold), report)
    nlp.add_pipe("ner", name=RECOGNISER, config=ner_config(WIDTH, DEPTH)).from_bytes(recogniser.weights)  # type: ignore[attr-defined]
    add_rest(nlp, {})
    trained: dict[str, dict[str, Part]] = {"kg_mentions": {"classifier": classifier, "lexicon": lexicon}}
    trained |= {component: {"classifier": heads[name]} for component, name in HEADS.items()}
    for component, parts in trained.items():
        store = nlp.get_pipe(component)
        assert isinstance(store, Store)  # noqa: S101 - by its factory
        store.parts = parts
    return nlp


def score(nlp: Language, gold: list[GoldDocument]) -> dict[str, Any]:
    """Read gold documents and compare."""
    papers = [Paper(d.id, d.title, d.abstract) for d in gold]
    predicted = {p.id: to_json(x) for p, x in zip(papers, extract(papers, nlp), strict=True)}
    levels = evaluate({d.id: d.annotation for d in gold}, predicted, {p.id: p.text for p in papers})
    return {
        name: {"p": round(x.precision, 2), "r": round(x.recall, 2), "f": round(x.f1, 2)} for name, x in levels.items()
    }
