"""Surface forms: when two are the same name, which are never names, and what to cut off their edges.

The words come from the lists in ``words/``, which follow the annotation guidelines, sections 2 and 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

_WORDS = Path(__file__).parent / "words"
_JOINTS = frozenset("-‐‑–—_/'’")
_KEPT_S = ("ss", "us", "is", "ics", "ias", "series", "species")
LONGEST = 12
"""Tokens in the longest form; with its hyphens."""


@lru_cache(maxsize=8)
def word_list(name: str) -> frozenset[str]:
    """The lines of ``words/NAME.txt`` but comments, as keys."""
    lines = (_WORDS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@lru_cache(maxsize=1 << 16)
def norm(word: str) -> str:
    """A token as it counts in a key: lower case, but for acronyms; joints such as hyphens vanish.

    >>> norm("Transformer"), norm("LLMs"), norm("-")
    ('transformer', 'LLM', '')
    """
    if word in _JOINTS:
        return ""
    bare = word[:-1] if len(word) > 2 and word[-1] == "s" else word
    if len(bare) > 1 and bare.isupper():
        return bare
    return word.lower()


@lru_cache(maxsize=1 << 16)
def singular(word: str) -> str:
    """The singular of an English noun, by its ending.

    >>> [singular(w) for w in ("models", "policies", "losses", "corpus", "LLM")]
    ['model', 'policy', 'loss', 'corpus', 'LLM']
    """
    if len(word) < 4 or not word.endswith("s") or word.endswith(_KEPT_S):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1]


def key_of(norms: Sequence[str]) -> str:
    """The key of a run of tokens, given as :func:`norm` made them; forms with one key are one name.

    >>> key_of(["chain", "", "of", "", "thoughts"])
    'chain of thought'
    """
    parts = [n for n in norms if n]
    if not parts:
        return ""
    parts[-1] = singular(parts[-1])
    return " ".join(parts)


def is_generic(key: str) -> bool:
    """Whether the key is one of the bare words that are never annotated."""
    return key in word_list("generic") or key.casefold() in word_list("generic")


def trim(norms: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """Narrow a run of tokens to the name in it: no article, no praise, no joints at its edges.

    Parameters
    ----------
    norms : the document's tokens, as :func:`norm` made them.
    start, end : the run; tokens, end exclusive.

    Returns
    -------
    The narrower run; empty (``start == end``) where nothing is left.
    """
    edges = word_list("edges")
    while start < end and (not norms[start] or norms[start] in edges or norms[start] in ",.;:"):
        start += 1
    while start < end and (not norms[end - 1] or norms[end - 1] in ",.;:"):
        end -= 1
    return start, end
