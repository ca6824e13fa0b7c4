"""The vocabulary is what the annotation guidelines define, and the ontology is well formed."""

from __future__ import annotations

import re

import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from kg.resources import ONTOLOGY
from kg.vocabulary import KINDS, NAMESPACE, vocabulary
from tests.conftest import GOLD

GUIDELINES = (GOLD / "GUIDELINES.md").read_text(encoding="utf-8")


def section(number: int) -> str:
    return re.split(r"^## ", GUIDELINES, flags=re.MULTILINE)[number]


def first_cells(text: str) -> list[tuple[str, str]]:
    return re.findall(r"^\| `(\w+)` \| ([^|]+) \|", text, flags=re.MULTILINE)


def test_types_roles_and_relations_are_those_of_the_guidelines() -> None:
    known = vocabulary()
    assert list(known.types) == [name for name, _ in first_cells(section(1))]
    assert list(known.roles) == [name for name, _ in first_cells(section(4))]
    assert list(known.relations) == [name for name, _ in first_cells(section(5))]
    assert all(f"`{kind}`" in section(7) for kind in KINDS)


def test_roles_take_the_types_that_the_guidelines_say() -> None:
    for name, types in first_cells(section(4)):
        stated = tuple(vocabulary().types) if types == "all" else tuple(types.split(", "))
        assert vocabulary().roles[name].objects == stated


def test_relations_join_the_types_that_the_guidelines_say() -> None:
    for name, ends in first_cells(section(5)):
        edge = vocabulary().relations[name]
        subjects, objects = ends.split(" → ")
        for stated, found in ((subjects, edge.subjects), (objects, edge.objects)):
            if not stated.startswith("any"):
                assert stated in (", ".join(found), "Task") or len(found) == 4
        assert edge.same_type == ("same type" in ends)


def test_every_term_has_a_label_and_a_definition() -> None:
    graph = rdflib.Graph().parse(ONTOLOGY / "kg.ttl")
    terms = {s for s in graph.subjects(RDF.type) if isinstance(s, rdflib.URIRef) and s.startswith(NAMESPACE)}
    assert len(terms) > 50
    for term in terms:
        assert (term, RDFS.label, None) in graph, term
        assert (term, SKOS.definition, None) in graph, term
        kinds = set(graph.objects(term, RDF.type))
        assert kinds <= {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
