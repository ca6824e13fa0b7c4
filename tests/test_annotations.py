"""The annotation format, and the scores: the same figures as the gold data's own scorer."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from kg.annotations import Json, from_json, occurrences, read_lines, to_json
from kg.errors import KgError
from kg.evaluate import evaluate
from kg.records import Paper
from tests.conftest import GOLD, gold_documents


def test_the_longest_form_wins_and_matches_at_word_boundaries() -> None:
    entities = [{"id": "e1", "forms": ["BERT"]}, {"id": "e2", "forms": ["BERT-large"]}]
    text = "BERT-large beats BERT, not BERTs."
    assert occurrences(text, entities) == [(0, 10, "e2"), (17, 21, "e1")]


def test_annotations_survive_the_round_trip() -> None:
    for paper, extraction in gold_documents("dev"):
        again = from_json(to_json(extraction), paper, extraction.sentences)
        assert to_json(again) == to_json(extraction)


def noisy(documents: dict[str, Json], seed: int) -> list[Json]:
    """Predictions that are wrong in every way that the scorer knows."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    out = []
    for document in json.loads(json.dumps(list(documents.values()))):
        if chance.random() < 0.1:
            continue
        for e in document["entities"]:
            e["type"] = chance.choice(["Model", "Method", e["type"], e["type"]])
            e["forms"] = e["forms"][chance.randrange(2) :] or ["the"]
            e["roles"] = e["roles"] if chance.random() < 0.7 else ["uses", "mentions"]
        document["relations"] = [r if chance.random() < 0.6 else r[::-1] for r in document["relations"]]
        document["relations"] = [r for r in document["relations"] if r[1] in ("usedFor", "isA", "partOf", "basedOn")]
        for r in document["results"]:
            r["metric"] = chance.choice([r["metric"], None, document["entities"][0]["id"]])
            r["kind"] = chance.choice([r["kind"], "absolute"])
        out.append(document)
    return out


@pytest.mark.parametrize("seed", range(3))
def test_figures_are_those_of_the_gold_scorer(tmp_path: Path, seed: int) -> None:
    gold = read_lines(GOLD / "dev.jsonl")
    predicted = tmp_path / "predicted.jsonl"
    predicted.write_text("".join(json.dumps(d) + "\n" for d in noisy(gold, seed)), encoding="utf-8")
    scorer = [GOLD / "score.py", GOLD / "dev.jsonl", predicted, GOLD / "dev.docs.jsonl", "--json"]
    theirs = json.loads(subprocess.run([sys.executable, *scorer], capture_output=True, check=True).stdout)
    texts = {p.id: p.text for p, _ in gold_documents("dev")}
    ours = evaluate(gold, read_lines(predicted), texts)
    figures = {
        name: {
            "p": round(s.precision, 2),
            "r": round(s.recall, 2),
            "f": round(s.f1, 2),
            "gold": s.gold,
            "pred": s.predicted,
        }
        for name, s in ours.items()
    }
    assert figures == theirs
    assert 0 < figures["result"]["f"] < 100


@pytest.mark.parametrize(
    "line",
    [
        "{", "[]", '{"id": 3}', '{"id": "a", "entities": [{"id": "e1", "type": "Animal", "forms": ["x"]}]}',
        '{"id": "a", "entities": [{"id": "e1", "type": "Model", "forms": [""]}]}',
        '{"id": "a", "entities": [], "relations": [["e1", "isA", "e2"]]}',
        '{"id": "a", "entities": 7}', '{"id": "a", "results": [{"value": "1"}]}', "[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_annotation_is_said_with_its_line(tmp_path: Path, line: str) -> None:
    file = tmp_path / "bad.jsonl"
    file.write_text('{"id": "good", "entities": []}\n' + line, encoding="utf-8")
    with pytest.raises(KgError, match=r"bad\.jsonl:2: not an annotation"):
        read_lines(file)


def test_without_sentences_evidence_is_the_whole_text() -> None:
    paper = Paper("a", "BERT", "We study BERT.")
    document = {"id": "a", "entities": [{"id": "e1", "type": "Model", "roles": ["uses"], "forms": ["BERT"]}]}
    extraction = from_json(document, paper, [])
    assert extraction.entities[0].roles[0].sentence == (0, len(paper.text))
