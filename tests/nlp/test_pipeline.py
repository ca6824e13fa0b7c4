"""The whole pipeline: what it promises for any text, and what it reads in real ones."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from kg import nlp, readers
from kg.errors import KgError
from kg.nlp.text import clean, flat_paper
from kg.records import Extraction, Paper
from kg.resources import SAMPLE
from kg.vocabulary import KINDS, vocabulary

CREDIBLE = Paper(
    "p",
    "FIRST: Faster Improved Listwise Reranking",
    "Large Language Models (LLMs) have advanced information retrieval. We introduce FIRST, a listwise reranking "
    "approach, and evaluate it on BEIR. FIRST accelerates inference by 50% and outperforms RankZephyr by 2.3 points "
    "of nDCG@10. Code is at https://github.com/gangiswag/llm-reranker.",
)

HOSTILE = {
    "empty": ("A title", ""),
    "nothing": ("", ""),
    "one word": ("x", "BERT"),
    "Chinese": ("大型语言模型综述", "我们提出了一种新的方法。实验表明,该方法优于BERT。"),
    "LaTeX": (
        "$\\mathcal{L}_{\\theta}$",
        "\\begin{equation} \\frac{\\partial}{\\partial x} \\%$ 10\\% \\end{equation}",
    ),
    "controls": ("a\0b\r\nc", "We use\r\nBERT\x1b[31m\u2028and\u0085\ud800GPT-4\t.\n\n"),
    "emoji": ("🤖🤖", "We use 🤖BERT🤖 and é\u0301 GPT-4👩‍👩‍👧 on GSM8K."),
    "markup": ("<script>alert(1)</script>", '"\'><img src=x onerror=\\"y\\"> & BERT</p>\u202e\u202d'),
    "brackets": ("((((", "(" * 500 + "A" + ")" * 500),
}


PIECES = st.text(max_size=8) | st.sampled_from(
    ["BERT", "(LM)", "\n", " ", "GPT-4", "$\\%", "12.5%", "on", "We propose", "é\u0301", "\ud800"]
)


def check(paper: Paper, found: Extraction) -> None:
    """What holds for every extraction."""
    text = paper.text
    assert found.paper == paper.id
    assert [e.id for e in found.entities] == [f"e{i}" for i in range(1, len(found.entities) + 1)]
    end = 0
    for m in sorted((m for e in found.entities for m in e.mentions), key=lambda m: m.start):
        assert end <= m.start < m.end <= len(text)
        assert 0 <= m.score <= 1
        end = m.end
    for e in found.entities:
        assert list(dict.fromkeys(clean(text[m.start : m.end]) for m in e.mentions)) == list(e.forms)
        assert 1 <= len(e.roles) <= 2
        for role in e.roles:
            assert e.type in vocabulary().roles[role.role].objects
            assert 0 <= role.sentence[0] <= role.sentence[1] <= len(text)
    types = {e.id: e.type for e in found.entities}
    for r in found.relations:
        assert vocabulary().allows(types[r.subject], r.predicate, types[r.object])
        assert r.subject != r.object
    for x in found.results:
        assert clean(text[x.start : x.end]) == clean(x.value)
        assert {x.subject, x.dataset, x.metric} - {None} <= types.keys()
    for link in found.links:
        assert text[link.start : link.end] == link.url
    assert found.kinds
    assert set(found.kinds) <= set(KINDS)


@pytest.fixture(scope="module")
def sample() -> list[Paper]:
    papers = {p.title: p for p in readers.read([SAMPLE])}
    return list(papers.values())


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_without_harm(language: Language, name: str) -> None:
    paper = Paper(name, *HOSTILE[name])
    (found,) = nlp.extract([paper], language)
    check(paper, found)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(exclude_categories=()), max_size=80), st.lists(PIECES, max_size=40).map("".join))
def test_any_text_gives_a_valid_extraction(language: Language, title: str, abstract: str) -> None:
    paper = Paper("x", title, abstract)
    (found,) = nlp.extract([paper], language)
    check(paper, found)


def test_what_a_plain_abstract_says(language: Language) -> None:
    (found,) = nlp.extract([CREDIBLE], language)
    check(CREDIBLE, found)
    entity = {form: e for e in found.entities for form in e.forms}
    assert entity["FIRST"].type == "Method"
    assert entity["FIRST"].roles[0].role == "introduces"
    assert len(entity["FIRST"].mentions) == 3
    assert (entity["BEIR"].type, entity["BEIR"].roles[0].role) == ("Benchmark", "evaluatesOn")
    assert "LLMs" not in entity
    assert {r.value for r in found.results} >= {"50%"}
    assert [(x.url, x.kind) for x in found.links] == [("https://github.com/gangiswag/llm-reranker", "code")]


def test_hard_line_breaks_change_no_mention(language: Language) -> None:
    broken = Paper("p", CREDIBLE.title, CREDIBLE.abstract.replace(" ", "\r\n", 30).replace("\r\n", "\n", 10))
    plain = Paper("p", CREDIBLE.title, broken.abstract.replace("\r\n", "  ").replace("\n", " "))
    one, other = nlp.extract([broken, plain], language)
    assert one == other
    check(broken, one)


def test_an_abbreviation_and_its_long_form_are_one_entity(language: Language) -> None:
    text = "We study knowledge distillation (KD). KD transfers knowledge; we use KD for model compression."
    (found,) = nlp.extract([Paper("p", "On KD", text)], language)
    assert ("KD", "knowledge distillation") in {tuple(sorted(e.forms)) for e in found.entities}


def test_a_very_long_text_takes_seconds(language: Language) -> None:
    paper = Paper("long", "Long", (CREDIBLE.abstract + " ") * (200_000 // len(CREDIBLE.abstract)))
    start = time.monotonic()
    (found,) = nlp.extract([paper], language)
    assert time.monotonic() - start < 60
    check(paper, found)


def test_text_without_words_takes_seconds(language: Language) -> None:
    start = time.monotonic()
    for unit in ("a", "A-", "1", "(", "http://x.", "1,"):
        paper = Paper("word", "t", unit * (20_000 // len(unit)))
        check(paper, next(nlp.extract([paper], language)))
    assert time.monotonic() - start < 120


def test_order_and_number_are_those_of_the_input(language: Language, sample: list[Paper]) -> None:
    papers = [*sample[:20], sample[0]]
    found = list(nlp.extract(iter(papers), language, batch_size=7))
    assert [x.paper for x in found] == [p.id for p in papers]
    assert found[0] == found[-1]


def test_a_paper_is_read_alike_in_any_company(language: Language, sample: list[Paper]) -> None:
    alone = [next(nlp.extract([p], language)) for p in sample[:10]]
    assert alone == list(nlp.extract(sample[:10], language))


def test_workers_read_alike(language: Language, sample: list[Paper]) -> None:
    assert list(nlp.extract(sample[:12], language, processes=2, batch_size=3)) == list(
        nlp.extract(sample[:12], language)
    )


def test_papers_are_taken_as_they_are_needed(language: Language, sample: list[Paper]) -> None:
    taken = 0

    def source() -> Iterator[Paper]:
        nonlocal taken
        for paper in sample:
            taken += 1
            yield paper

    next(nlp.extract(source(), language, batch_size=4))
    assert taken == 4


def test_users_of_spacy_find_spans_ents_and_attributes(language: Language) -> None:
    doc = language(flat_paper(CREDIBLE.title, CREDIBLE.abstract))
    assert [s.text for s in doc.spans["kg"]] == [e.text for e in doc.ents]
    assert len(doc.spans["kg"].attrs["scores"]) == len(doc.ents)
    again = Doc(language.vocab).from_bytes(doc.to_bytes())
    assert again._.kg_entities == doc._.kg_entities
    assert again._.kg_relations == doc._.kg_relations
    assert again._.kg_results == doc._.kg_results


def test_a_saved_pipeline_reads_as_the_first_one(language: Language, tmp_path: Path) -> None:
    language.to_disk(tmp_path / "copy")
    copy = nlp.load(tmp_path / "copy")
    assert list(nlp.extract([CREDIBLE], copy)) == list(nlp.extract([CREDIBLE], language))


def test_the_generator_names_version_and_files(language: Language) -> None:
    assert nlp.generator(language) == nlp.generator(nlp.load())
    assert "unsaved" in nlp.generator(spacy.blank("en"))


def test_a_folder_without_a_model_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="kg train"):
        nlp.load(tmp_path)
    (tmp_path / "config.cfg").write_text("[nlp]\nlang = 'en'\npipeline = [")
    with pytest.raises(KgError, match="kg train"):
        nlp.load(tmp_path)


def test_importing_does_not_load_spacy() -> None:
    code = "import sys, kg.nlp; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_shipped_files_are_small() -> None:
    from kg.nlp.pipeline import MODEL

    assert sum(p.stat().st_size for p in MODEL.rglob("*") if p.is_file()) < 15_000_000


def test_a_statement_is_no_surer_than_its_entities(language: Language, sample: list[Paper]) -> None:
    for found in nlp.extract(sample[:20], language):
        sure = {e.id: e.score for e in found.entities}
        assert all(r.score <= e.score for e in found.entities for r in e.roles)
        assert all(r.score <= min(sure[r.subject], sure[r.object]) for r in found.relations)
