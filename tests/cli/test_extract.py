"""`kg extract` keeps ids and order, and its offsets refer to title and abstract exactly as given."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.cli.test_build import run
from tests.conftest import GOLD


def test_ids_order_and_offsets_are_those_of_the_input(tmp_path: Path) -> None:
    documents = [json.loads(x) for x in (GOLD / "dev.docs.jsonl").read_text(encoding="utf-8").splitlines()]
    documents.append({**documents[0], "id": "again"})  # the same paper twice is two lines here
    hard = "We use\r\nBERT 🤖 and é\u0301 GPT-4 on\nGSM8K\tand $\\alpha$-RoBERTa."
    documents.append({"id": "hard", "title": "  A title\nin two lines ", "abstract": hard})
    source, out = tmp_path / "docs.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(json.dumps(d) + "\n" for d in documents), encoding="utf-8")
    done = run("extract", source, "-o", out)
    assert done.returncode == 0, done.stderr
    lines = [json.loads(x) for x in out.read_text(encoding="utf-8").splitlines()]
    assert [x["id"] for x in lines] == [d["id"] for d in documents]
    found = 0
    for document, line in zip(documents, lines, strict=True):
        text = f"{document['title']}\n{document['abstract']}"
        for e in line["entities"]:
            forms = {" ".join(f.split()) for f in e["forms"]}
            assert 0 <= e["score"] <= 1
            for start, end in e["mentions"]:
                assert " ".join(text[start:end].split()) in forms
                found += 1
    assert found > 500
    assert lines[0]["entities"] == lines[-2]["entities"]


def test_it_reads_standard_input_and_writes_standard_output() -> None:
    text = "We introduce FIRST, a listwise reranker, and evaluate it on BEIR."
    done = run("extract", "-", input=text)
    assert done.returncode == 0
    line = json.loads(done.stdout)
    assert "BEIR" in {f for e in line["entities"] for f in e["forms"]}


def test_the_first_extractor_reaches_what_it_must() -> None:
    done = run("eval", GOLD / "dev.jsonl", "--run", "--json")
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    least = {"mention": 45, "entity": 45, "role": 30, "relation": 12}
    assert {name: figures[name]["f"] for name in least if figures[name]["f"] < least[name]} == {}


def test_eval_gives_the_figures_of_the_gold_scorer(tmp_path: Path) -> None:
    predicted = tmp_path / "predicted.jsonl"
    assert run("extract", GOLD / "dev.docs.jsonl", "-o", predicted).returncode == 0
    scorer = [GOLD / "score.py", GOLD / "dev.jsonl", predicted, GOLD / "dev.docs.jsonl"]
    theirs = subprocess.run([sys.executable, *scorer], capture_output=True, check=True, text=True).stdout
    assert run("eval", GOLD / "dev.jsonl", predicted).stdout == theirs


def test_an_unwritable_file_is_one_line(tmp_path: Path) -> None:
    done = run("extract", GOLD / "dev.docs.jsonl", "-o", tmp_path / "no" / "such" / "out.jsonl")
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
