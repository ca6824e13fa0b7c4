from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language

from kg import nlp
from kg.nlp.text import flat_paper
from kg.nlp.view import View, view


@pytest.fixture(scope="session")
def language() -> Language:
    """The shipped pipeline, loaded once."""
    return nlp.load()


@pytest.fixture(scope="session")
def view_of(language: Language) -> Callable[[str, str], View]:
    """The view of a title and an abstract, as the components see it."""

    def make(title: str, abstract: str) -> View:
        sentences = language.get_pipe("kg_sentences")
        return view(sentences(language.make_doc(flat_paper(title, abstract))))  # type: ignore[operator]

    return make
