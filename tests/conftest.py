"""Graphs to test on, made from the annotated abstracts of ``data/gold``."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg.annotations import from_json, read_lines
from kg.graph import KnowledgeGraph
from kg.nlp.sentences import sentence_starts
from kg.nlp.text import flat_paper
from kg.records import Extraction, Paper
from kg.resolve import merge_papers, resolve

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "data" / "gold"


def gold_documents(part: str) -> list[tuple[Paper, Extraction]]:
    """Papers of a part of the gold data with their annotations."""
    annotations = read_lines(GOLD / f"{part}.jsonl")
    out = []
    for line in (GOLD / f"{part}.docs.jsonl").read_text(encoding="utf-8").splitlines():
        d = json.loads(line)
        paper = Paper(d["id"], d["title"], d["abstract"], arxiv_id=d.get("arxiv"))
        starts = sentence_starts(flat_paper(paper.title, paper.abstract))
        sentences = list(zip(starts, [*starts[1:], len(paper.text)], strict=True))
        out.append((paper, from_json(annotations[d["id"]], paper, sentences)))
    return out


def graph_of(documents: list[tuple[Paper, Extraction]]) -> KnowledgeGraph:
    """The knowledge graph of annotated papers."""
    extraction = {replace(p, id="").text: e for p, e in documents}
    papers = [replace(p, kinds=extraction[p.text].kinds) for p in merge_papers(p for p, _ in documents)]
    found = resolve((p, extraction[p.text]) for p in papers)
    return KnowledgeGraph(papers, found.entities, found.mentions, found.statements, found.results, generator="gold")


@pytest.fixture(scope="session")
def gold_graph() -> KnowledgeGraph:
    """The graph of the 60 annotated abstracts of ``dev``."""
    return graph_of(gold_documents("dev"))
