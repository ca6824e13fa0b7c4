"""From a processed ``Doc`` to the record that leaves this part of the package."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc

from kg.nlp.view import view
from kg.records import DocumentEntity, Extraction


def to_extraction(doc: Doc, paper: str) -> Extraction:
    """All that the components found in a document.

    Parameters
    ----------
    doc : as the pipeline leaves it.
    paper : id of the paper.

    Notes
    -----
    The components score a role or relation as if its entities were right. Here the scores are multiplied
    by those of the entities, so that they are probabilities of the whole statement.
    """
    found = doc._
    sure = {e.id: e.score for e in found.kg_entities}
    return Extraction(
        paper=paper,
        kinds=found.kg_kinds,
        entities=tuple(_with_sure_roles(e) for e in found.kg_entities),
        relations=tuple(
            replace(r, score=round(r.score * sure[r.subject] * sure[r.object], 4)) for r in found.kg_relations
        ),
        results=found.kg_results,
        links=found.kg_links,
        sentences=tuple(view(doc).sentences),
    )


def _with_sure_roles(entity: DocumentEntity) -> DocumentEntity:
    roles = tuple(replace(r, score=round(r.score * entity.score, 4)) for r in entity.roles)
    return replace(entity, roles=roles)
