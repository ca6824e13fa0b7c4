"""Tokens fine enough that names in abstracts begin and end at token boundaries.

spaCy's English rules keep ``LLaMA-2-7B``, ``hala-ToDi`` or ``$F_1$`` whole; annotated names begin and
end inside such strings. Here every character that is neither letter nor digit is a token of its own,
except the points and commas of numbers and of known abbreviations.
"""

from __future__ import annotations

import re

from spacy.tokenizer import Tokenizer
from spacy.vocab import Vocab

ABBREVIATIONS = ("e.g.", "i.e.", "et al.", "etc.", "vs.", "cf.", "w.r.t.", "a.k.a.", "resp.", "approx.", "Fig.", "Eq.")
"""Kept as one token where they hold no space."""

_PREFIX = r"^(?:[^\w\s]|_)"
_SUFFIX = r"(?:[^\w\s]|_|(?<=\w)['’]s)$"
_INFIXES = (
    r"[^\w\s.,]",
    r"_",
    r"[.](?=[^\W\d_])|(?<=[^\W\d_])[.]",
    r",(?=[^\W\d_])|(?<=[^\W\d_]),",
    r"(?<=[.,])[.,]",
)


def make_tokenizer(vocab: Vocab) -> Tokenizer:
    """The tokenizer of the pipeline.

    Parameters
    ----------
    vocab : the pipeline's vocabulary.
    """
    rules = {a: [{"ORTH": a}] for short in ABBREVIATIONS if " " not in short for a in (short, short.capitalize())}
    return Tokenizer(
        vocab,
        rules=rules,
        prefix_search=re.compile(_PREFIX).search,
        suffix_search=re.compile(_SUFFIX).search,
        infix_finditer=re.compile("|".join(_INFIXES)).finditer,
    )
