"""Training on ten abstracts: every step runs, and the same seed gives the same files."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import nlp
from kg.nlp.candidates import Candidate
from kg.nlp.lexicon import NONE, Lexicon
from kg.nlp.linear import LinearModel
from kg.nlp.mentions import TYPES, decide
from kg.nlp.pipeline import digest
from kg.nlp.train import train
from kg.nlp.train.gold import read_gold
from kg.nlp.train.linear import fit
from kg.records import Paper
from tests.conftest import GOLD
from tests.nlp.test_pipeline import check

pytest.importorskip("sklearn")


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    folder = tmp_path_factory.mktemp("trained")
    lines: list[str] = []
    scores = train(GOLD, folder / "model", limit=10, work=folder / "work", report=lines.append)
    assert scores["mention"].keys() == {"p", "r", "f"}
    return folder, lines


def test_the_files_make_a_pipeline(trained: tuple[Path, list[str]]) -> None:
    folder, _ = trained
    paper = Paper("p", "A title", "We introduce FIRST, a method, and evaluate it on BEIR by 2.3%.")
    check(paper, next(nlp.extract([paper], nlp.load(folder / "model"))))


def test_same_data_and_seed_give_the_same_files(trained: tuple[Path, list[str]], tmp_path: Path) -> None:
    folder, _ = trained
    train(GOLD, tmp_path / "model", limit=10, report=lambda _: None)
    assert digest(tmp_path / "model") == digest(folder / "model")


def test_finished_steps_are_kept(trained: tuple[Path, list[str]], tmp_path: Path) -> None:
    folder, before = trained
    lines: list[str] = []
    train(GOLD, tmp_path / "model", limit=10, work=folder / "work", report=lines.append)
    assert any("epoch" in x for x in before)
    assert not any("epoch" in x for x in lines)
    assert digest(tmp_path / "model") == digest(folder / "model")


def test_gold_mentions_begin_and_end_at_tokens() -> None:
    from kg.nlp.pipeline import blank

    language = blank()
    for document in read_gold(GOLD / "dev.jsonl"):
        doc = language.make_doc(document.text)
        assert all(doc.char_span(s, e) is not None for s, e, _, _ in document.mentions)


def test_a_linear_model_learns_and_is_kept(tmp_path: Path) -> None:
    rows = [{"a": 1.0}, {"b": 1.0}, {"c": 1.0}] * 10
    model = fit(rows, ["x", "y", "z"] * 10, inverse_penalty=10.0)
    model.to_disk(tmp_path, "m")
    for same in (model, LinearModel.from_disk(tmp_path, "m"), LinearModel.from_bytes(model.to_bytes())):
        found = same.probabilities(rows[:3])
        assert [same.classes[k] for k in found.argmax(axis=1)] == ["x", "y", "z"]
        assert found.sum(axis=1) == pytest.approx(1.0)


def test_a_document_is_taken_out_of_the_lexicon() -> None:
    lexicon = Lexicon({"bert": {"Model": 2, NONE: 1}, "rare": {"Task": 1}})
    others = lexicon.without({"bert": "Model", "rare": "Task"})
    assert others.look_up("bert") == {"Model": 1, NONE: 1}
    assert "bert" in others
    assert "rare" not in others
    assert lexicon.look_up("rare") == {"Task": 1}


def test_the_longest_of_overlapping_names_wins() -> None:
    found = {"bert": Candidate("bert", [(0, 1), (5, 6)]), "bert large": Candidate("bert large", [(0, 3)])}
    sure = dict.fromkeys(TYPES, 0.0) | {"Model": 0.9}
    assert [(n.key, n.runs) for n in decide(found, [sure, sure], 0.3)] == [
        ("bert large", ((0, 3),)),
        ("bert", ((5, 6),)),
    ]


def test_an_abbreviation_and_its_long_form_get_one_type() -> None:
    found = {
        "knowledge distillation": Candidate("knowledge distillation", [(0, 2)], long_for="KD"),
        "KD": Candidate("KD", [(3, 4)], short_for="knowledge distillation"),
    }
    method = dict.fromkeys(TYPES, 0.0) | {"Method": 0.9}
    model = dict.fromkeys(TYPES, 0.0) | {"Model": 0.6}
    assert {n.type for n in decide(found, [method, model], 0.3)} == {"Method"}
