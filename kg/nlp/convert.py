"""From a processed ``Doc`` to the record that leaves this part of the package."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.nlp.view import view
from kg.records import Extraction


def to_extraction(doc: Doc, paper: str) -> Extraction:
    """All that the components found in a document.

    Parameters
    ----------
    doc : as the pipeline leaves it.
    paper : id of the paper.
    """
    found = doc._
    return Extraction(
        paper=paper,
        kinds=found.kg_kinds,
        entities=found.kg_entities,
        relations=found.kg_relations,
        results=found.kg_results,
        links=found.kg_links,
        sentences=tuple(view(doc).sentences),
    )
