"""`concepts/`: the concept schemes."""

import csv

import pytest
from rdflib import DCTERMS, RDF, SKOS, Literal, URIRef

import ontology
from ontology.namespaces import DEF, PREFIXES, concept
from tests.ontology.conftest import VOCABULARIES, read
from tests.ontology.faults import blank_nodes, concept_faults

SCHEMES = [name for name in ontology.documents() if name.startswith("concepts/")]


def scheme_of(name: str) -> URIRef:
    return URIRef(DEF + name.removeprefix("concepts/").removesuffix(".ttl"))


@pytest.mark.parametrize("name", SCHEMES)
def test_a_document_holds_one_scheme_with_title_description_and_licence(name: str) -> None:
    graph = read(name)
    scheme = scheme_of(name)
    assert set(graph.subjects(RDF.type, SKOS.ConceptScheme)) == {scheme}
    for predicate in (DCTERMS.title, DCTERMS.description):
        [text] = graph.objects(scheme, predicate)
        assert isinstance(text, Literal)
        assert text.language == "en"
    [licence] = graph.objects(scheme, DCTERMS.license)
    assert isinstance(licence, URIRef)
    assert blank_nodes(graph) == set()


@pytest.mark.parametrize("name", SCHEMES)
def test_concepts_are_named_labelled_defined_and_placed_in_the_scheme(name: str) -> None:
    graph = read(name)
    assert list(graph.subjects(RDF.type, SKOS.Concept))
    assert concept_faults(graph, scheme_of(name)) == set()
    assert set(graph.subjects()) == {scheme_of(name), *graph.subjects(RDF.type, SKOS.Concept)}


@pytest.mark.parametrize(
    ("predicate", "fault"),
    [
        (SKOS.notation, "not named by its one notation"),
        (SKOS.prefLabel, "in English"),
        (SKOS.definition, "in English"),
        (SKOS.inScheme, "not of this scheme"),
        (SKOS.topConceptOf, "neither at the top"),
    ],
)
def test_a_concept_that_lacks_a_part_is_found(predicate: URIRef, fault: str) -> None:
    graph = read("concepts/organisation-type.ttl")
    graph.remove((URIRef(concept("organisation-type", "MD")), predicate, None))
    found = concept_faults(graph, scheme_of("concepts/organisation-type.ttl"))
    assert any(fault in each for each in found)


def test_a_concept_below_one_of_another_scheme_is_found() -> None:
    graph = read("concepts/area-type.ttl")
    graph.set(
        (
            URIRef(concept("area-type", "london-borough")),
            SKOS.broader,
            URIRef(concept("organisation-type", "LBO")),
        )
    )
    assert concept_faults(graph, scheme_of("concepts/area-type.ttl"))


def test_a_role_is_one_in_the_sense_of_the_organization_ontology() -> None:
    graph = read("concepts/membership-role.ttl")
    roles = set(graph.subjects(RDF.type, URIRef(PREFIXES["org"] + "Role")))
    assert roles == set(graph.subjects(RDF.type, SKOS.Concept))


@pytest.mark.real_data
def test_every_type_of_authority_in_the_planning_data_platforms_files_is_defined() -> None:
    folder = VOCABULARIES.parent / "organisations" / "digital-land"
    if not folder.is_dir():
        pytest.skip("the publisher's own files are not here")
    with (folder / "local-authority-type.csv").open(newline="", encoding="utf-8") as lines:
        listed = {row["reference"] for row in csv.DictReader(lines)}
    with (folder / "local-authority.csv").open(newline="", encoding="utf-8") as lines:
        used = {row["local-authority-type"] for row in csv.DictReader(lines)}
    assert len(listed) >= 8
    assert listed | used <= ontology.notations("organisation-type")
