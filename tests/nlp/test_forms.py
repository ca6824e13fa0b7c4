"""When two surface forms are one name, and what is no name at all."""

from __future__ import annotations

import pytest

from kg.nlp.forms import is_generic, key_of, norm, trim, word_list
from kg.nlp.tokens import make_tokenizer


def key(form: str) -> str:
    import spacy

    return key_of([norm(t.text) for t in make_tokenizer(spacy.blank("en").vocab)(form)])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("reward model", "Reward Models"),
        ("chain-of-thought", "Chain of Thought"),
        ("LLMs", "LLM"),
        ("GPT-4", "GPT 4"),
        ("policies", "Policy"),
    ],
)
def test_case_hyphens_and_number_make_no_other_name(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), [("ACT", "act"), ("RAG", "rag"), ("GPT-3", "GPT-4"), ("bias", "bia")])
def test_acronyms_and_versions_do(one: str, other: str) -> None:
    assert key(one) != key(other)


@pytest.mark.parametrize(
    "form", ["Large Language Models", "LLMs", "deep learning", "datasets", "pre-training", "state-of-the-art", "AI"]
)
def test_bare_generic_words_are_never_annotated(form: str) -> None:
    assert is_generic(key(form))


@pytest.mark.parametrize("form", ["small language models", "instruction tuning", "supervised fine-tuning", "LLaMA"])
def test_a_modifier_makes_a_term(form: str) -> None:
    assert not is_generic(key(form))


def test_articles_and_praise_are_cut_off() -> None:
    norms = ["the", "proposed", "", "novel", "LoRA", "method", ""]
    assert trim(norms, 0, 7) == (4, 6)
    assert trim(["the"], 0, 1) == (1, 1)


@pytest.mark.parametrize("name", ["generic", "edges", "heads"])
def test_the_lists_hold_keys(name: str) -> None:
    for line in word_list(name):
        assert key(line) == line
