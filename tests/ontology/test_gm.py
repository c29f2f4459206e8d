"""`gm.ttl`: the classes and properties."""

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef

from ontology.namespaces import DEF, PREFIXES
from tests.ontology.faults import GM, blank_nodes, declared, incomplete, undeclared

ONTOLOGY = URIRef(f"{DEF}gm")
VANN = PREFIXES["vann"]


def test_the_ontology_says_its_title_licence_version_and_preferred_prefix(gm: Graph) -> None:
    assert set(gm.subjects(RDF.type, OWL.Ontology)) == {ONTOLOGY}
    assert gm.value(ONTOLOGY, DCTERMS.title) == Literal("Greater Manchester ontology", lang="en")
    assert gm.value(ONTOLOGY, DCTERMS.license) == URIRef(
        "https://creativecommons.org/licenses/by/4.0/"
    )
    assert gm.value(ONTOLOGY, OWL.versionIRI) == URIRef(
        f"{ONTOLOGY}/{gm.value(ONTOLOGY, OWL.versionInfo)}"
    )
    assert gm.value(ONTOLOGY, URIRef(f"{VANN}preferredNamespacePrefix")) == Literal("gm")
    assert gm.value(ONTOLOGY, URIRef(f"{VANN}preferredNamespaceUri")) == Literal(PREFIXES["gm"])


def test_every_term_has_label_comment_scope_note_example_status_and_is_defined_here(
    gm: Graph,
) -> None:
    assert len(declared(gm)) >= 50
    assert incomplete(gm) == set()
    for term in declared(gm):
        assert gm.value(term, RDFS.isDefinedBy) == ONTOLOGY


@pytest.mark.parametrize("predicate", [RDFS.comment, SKOS.scopeNote, SKOS.example])
def test_a_term_that_lacks_a_part_of_its_description_is_found(gm: Graph, predicate: URIRef) -> None:
    area = URIRef(f"{GM}Area")
    faulty = Graph() + gm
    faulty.remove((area, predicate, None))
    assert incomplete(faulty) == {(area, predicate)}


def test_a_label_in_no_language_is_found(gm: Graph) -> None:
    area = URIRef(f"{GM}Area")
    faulty = Graph() + gm
    faulty.set((area, RDFS.label, Literal("area")))
    assert incomplete(faulty) == {(area, RDFS.label)}


def test_nothing_is_said_of_terms_that_are_not_ours(gm: Graph) -> None:
    assert set(gm.subjects()) == {ONTOLOGY} | declared(gm)


def test_every_term_of_ours_that_the_ontology_mentions_is_declared(gm: Graph) -> None:
    assert undeclared(gm, declared(gm)) == set()


def test_there_are_no_blank_nodes(gm: Graph) -> None:
    assert blank_nodes(gm) == set()


def test_a_blank_node_is_found() -> None:
    assert len(blank_nodes(Graph().parse(data="[] a [] .", format="turtle"))) == 2


def test_every_class_of_ours_is_under_a_borrowed_one(gm: Graph) -> None:
    classes = set(gm.subjects(RDF.type, OWL.Class))
    for each in classes:
        superclasses = set(gm.transitive_objects(each, RDFS.subClassOf)) - {each}
        assert superclasses - classes, each


def test_every_property_has_one_domain_and_one_range(gm: Graph) -> None:
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        for each in gm.subjects(RDF.type, kind):
            assert len(list(gm.objects(each, RDFS.domain))) == 1, each
            assert len(list(gm.objects(each, RDFS.range))) == 1, each


def test_ranges_of_datatype_properties_are_datatypes_of_owl_2_rl(gm: Graph) -> None:
    """The profile leaves out xsd:date and xsd:duration (OWL 2 Profiles §4.2)."""
    ranges = {gm.value(each, RDFS.range) for each in gm.subjects(RDF.type, OWL.DatatypeProperty)}
    assert ranges == {RDFS.Literal, XSD.boolean, XSD.decimal, XSD.integer, XSD.string}


@pytest.mark.real_data
def test_every_borrowed_term_is_in_its_vocabularys_own_file(gm: Graph, vocabularies: Graph) -> None:
    mentioned = {
        each
        for predicate in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range)
        for each in gm.objects(None, predicate)
        if isinstance(each, URIRef) and not str(each).startswith((GM, str(RDFS), str(XSD)))
    } | {each for each in gm.predicates() if str(each).startswith((str(DCTERMS), str(SKOS)))}
    assert len(mentioned) >= 30
    assert {each for each in mentioned if not list(vocabularies.objects(each, RDF.type))} == set()
    assert not list(vocabularies.objects(URIRef(f"{DCTERMS}invented"), RDF.type))
