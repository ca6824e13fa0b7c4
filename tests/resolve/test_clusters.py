"""One node per type and normalised name; acronyms join where papers spell them out, and never chain."""

from __future__ import annotations

from kg.records import DocumentEntity
from kg.resolve.clusters import Clusters, cluster


def entity(*forms: str, type_: str = "Method", id_: str = "e1") -> DocumentEntity:
    return DocumentEntity(id_, type_, forms, (), (), 1.0)


def resolved(*entities: DocumentEntity) -> Clusters:
    """The clusters of papers p0, p1, … that speak of one entity each."""
    return cluster((f"p{i}", [e]) for i, e in enumerate(entities))


def nodes(*entities: DocumentEntity) -> list[str]:
    found = resolved(*entities)
    return [found.nodes[f"p{i}", e.id] for i, e in enumerate(entities)]


def test_spelling_variants_are_one_node() -> None:
    assert nodes(entity("chain-of-thought"), entity("Chain of Thought")) == ["method/chain-of-thought"] * 2


def test_types_are_kept_apart() -> None:
    assert len(set(nodes(entity("BERT", type_="Model"), entity("BERT", type_="Method")))) == 2


def test_an_acronym_joins_the_long_form_that_a_paper_gives_it() -> None:
    a, b, c = nodes(
        entity("retrieval-augmented generation", "RAG"), entity("RAG"), entity("Retrieval Augmented Generation")
    )
    assert a == b == c


def test_an_acronym_with_two_long_forms_joins_neither() -> None:
    found = nodes(entity("contrastive learning", "CL"), entity("continual learning", "CL"), entity("CL"))
    assert len(set(found)) == 3
    assert found[2] == "method/cl"


def test_the_node_of_an_ambiguous_acronym_is_named_by_its_long_form() -> None:
    found = resolved(
        entity("CL", "contrastive learning"), entity("continual learning", "CL"), entity("CL", "contrastive learning")
    )
    assert [e.id for e in found.entities] == ["method/continual-learning", "method/contrastive-learning"]


def test_the_label_is_the_form_that_most_papers_use_and_all_others_are_aliases() -> None:
    (only,) = resolved(
        entity("knowledge distillation", "KD"), entity("Knowledge Distillation", "KD"), entity("KD")
    ).entities
    assert (only.label, only.aliases) == ("KD", ("Knowledge Distillation", "knowledge distillation"))


def test_the_order_of_papers_does_not_matter() -> None:
    some = [entity("CL", "contrastive learning"), entity("continual learning", "CL"), entity("CL"), entity("KD")]
    forwards = cluster((f"p{i}", [e]) for i, e in enumerate(some))
    backwards = cluster((f"p{i}", [e]) for i, e in reversed(list(enumerate(some))))
    assert forwards.entities == backwards.entities
    assert forwards.nodes == backwards.nodes
