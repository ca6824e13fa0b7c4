"""Definitions of abbreviations, in sentences of real abstracts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.abbreviations import definitions, is_short_form, long_form


def pairs(text: str) -> dict[str, str]:
    return {text[slice(*d.short)]: text[slice(*d.long)] for d in definitions(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "ranking No. 1 on the Massive Text Embedding Benchmark (MTEB) (as of May 24, 2024), with 56 tasks",
            {"MTEB": "Massive Text Embedding Benchmark"},
        ),
        ("Recent work uses multilayer perceptron (MLP) for modeling", {"MLP": "multilayer perceptron"}),
        ("Decoder-only large language model (LLM)-based embedding models", {"LLM": "large language model"}),
        ("Therefore, Small Language Models (SLMs) are favored", {"SLMs": "Small Language Models"}),
        ("we combine retrieval-augmented generation (RAG) with it", {"RAG": "retrieval-augmented generation"}),
        ("PPO (proximal policy optimization) is unstable", {"PPO": "proximal policy optimization"}),
        ("Chain-of-Thought (CoT; Wei et al., 2022) prompting", {"CoT": "Chain-of-Thought"}),
        ("a model\nof Low-Rank Adaptation (LoRA) of it", {"LoRA": "Low-Rank Adaptation"}),
    ],
)
def test_what_an_abstract_defines(text: str, expected: dict[str, str]) -> None:
    assert pairs(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "as shown (see Table 3)",
        "a benchmark (2024) of it",
        "GPT-4 (OpenAI)",
        "models (e.g., BERT)",
        "(MTEB)",
        "( )",
        "()",
    ],
)
def test_parentheses_that_define_nothing(text: str) -> None:
    assert pairs(text) == {}


def test_letters_must_occur_in_order_and_the_first_begin_a_word() -> None:
    assert long_form("DPO", "direct preference optimization") == 0
    assert long_form("DPO", "optimization of preference direct") is None
    assert long_form("RA", "xrab") is None


def test_numbers_and_phrases_are_no_short_forms() -> None:
    assert [is_short_form(s) for s in ("A", "2024", "as of May 2024", "bert", "BERT", "F1")] == [
        False, False, False, False, True, True,
    ]  # fmt: skip


@given(st.text("aAbB ()-\n", max_size=60))
def test_spans_lie_in_the_text_and_do_not_meet(text: str) -> None:
    for short, long in definitions(text):
        assert 0 <= short[0] < short[1] <= len(text)
        assert 0 <= long[0] < long[1] <= len(text)
        assert short[1] <= long[0] or long[1] <= short[0]
