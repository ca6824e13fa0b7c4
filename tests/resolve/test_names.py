"""Names that are the same have one normal form; every name has its own slug."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.names import identity, is_acronym, normal_form, slug, unslug

SEGMENT = re.compile(r"(?:[A-Za-z0-9.~-]|%[0-9A-F]{2})*")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chain-of-Thought", "chain of thought"),
        ("Chain‑of‑Thought", "chain of thought"),
        ("reward models", "reward model"),
        ("knowledge\n  distillation", "Knowledge Distillation"),
        ("ﬁne-tuning", "fine tuning"),
        ("“MMLU”", "MMLU"),
        ("GPT-4's", "GPT-4"),
        ("LLMs", "LLM"),
    ],
)
def test_the_same_name(one: str, other: str) -> None:
    assert normal_form(one) == normal_form(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("GPT-3", "GPT-4"), ("LLaMA-2-7B", "LLaMA-2-70B"), ("C", "C++"), ("KITS", "kit"), ("loss", "los"), ("F1", "F2")],
)
def test_different_names(one: str, other: str) -> None:
    assert normal_form(one) != normal_form(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("multi-modal LLMs", "multimodal LLM"),
        ("GPT4", "GPT-4"),
        ("fine-tuning", "finetuning"),
        ("LLaMA 2", "LLaMA2"),
        ("language modelling", "language modeling"),
    ],
)
def test_written_together_or_apart(one: str, other: str) -> None:
    assert identity(one) == identity(other)


@pytest.mark.parametrize(("one", "other"), [("Llama 3 8B", "Llama 38B"), ("Phi-1 5", "Phi-15")])
def test_digits_do_not_run_together(one: str, other: str) -> None:
    assert identity(one) != identity(other)


@given(st.text())
def test_a_normal_form_with_visible_characters_is_not_empty_and_has_tidy_blanks(name: str) -> None:
    form = normal_form(name)
    assert form == " ".join(form.split(" ")).strip()
    if any(c.isalnum() for c in name):
        assert form


@given(st.text(max_size=30))
def test_a_short_slug_gives_its_name_back(name: str) -> None:
    if "~" not in slug(name):
        assert unslug(slug(name)) == name


@given(st.text(max_size=400))
def test_every_slug_is_one_segment_of_a_path(name: str) -> None:
    made = slug(name)
    assert SEGMENT.fullmatch(made)
    assert made not in (".", "..")
    assert len(made) <= 120


@given(st.text(max_size=200), st.text(max_size=200))
def test_different_names_have_different_slugs(one: str, other: str) -> None:
    assert (slug(one) == slug(other)) == (one == other)


def test_a_long_name_is_cut_and_says_so() -> None:
    made = slug("x" * 500)
    assert len(made) == 100
    with pytest.raises(ValueError, match="was cut"):
        unslug(made)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("RLHF", "reinforcement learning from human feedback"),
        ("MLLMs", "multimodal large language models"),
        ("BERT", "Bidirectional Encoder Representations from Transformers"),
        ("ViT", "Vision Transformer"),
        ("TransTEE", "Transformers as Treatment Effect Estimators"),
    ],
)
def test_acronyms(short: str, long: str) -> None:
    assert is_acronym(short, long)


@pytest.mark.parametrize(
    ("short", "long"),
    [("BERT", "GPT"), ("LLM", "LLM"), ("CoT", "distillation"), ("attention", "attention mechanism"), ("a", "a b")],
)
def test_no_acronyms(short: str, long: str) -> None:
    assert not is_acronym(short, long)


def test_a_hostile_name_is_tried_in_a_moment() -> None:
    assert not is_acronym("a" * 60 + "b", "a " * 2000)
