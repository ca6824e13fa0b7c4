"""The string that the pipeline reads: as long as the paper's text, character for character."""

from __future__ import annotations

import re
import unicodedata

TITLE_END = "\n"
"""Stands between title and abstract, and nowhere else in a flattened text."""

_BLANKED = {"Cc", "Cs", "Zl", "Zp", "Zs"}
"""Unicode categories that become a space: controls, lone surrogates, separators."""

_RUN = re.compile(r"[^\w\s]{200,}")
"""So much punctuation in a row names nothing, and the tokenizer's time grows with its square."""

_PLAIN = re.compile(r"[\x20-\x7e]*")


def flatten(text: str) -> str:
    """Replace each control, separator or surrogate character, and endless punctuation, by spaces.

    Parameters
    ----------
    text : any string.

    Returns
    -------
    A string of the same length, so that offsets hold in both.

    Examples
    --------
    >>> flatten("hard\\nbreak\\ttab")
    'hard break tab'
    """
    if not _PLAIN.fullmatch(text):
        text = "".join(" " if unicodedata.category(c) in _BLANKED else c for c in text)
    return _RUN.sub(lambda run: " " * len(run.group()), text)


def flat_paper(title: str, abstract: str) -> str:
    """Title and abstract as one string of the length of ``title + "\\n" + abstract``.

    The only line break in it ends the title.
    """
    return flatten(title) + TITLE_END + flatten(abstract)


def title_length(flat: str) -> int:
    """Characters before the title's end; 0 where the text has no title."""
    return max(flat.find(TITLE_END), 0)


def clean(form: str) -> str:
    """A surface form with its white space normalised.

    >>> clean(" masked  language\\nmodeling ")
    'masked language modeling'
    """
    return " ".join(flatten(form).split())
