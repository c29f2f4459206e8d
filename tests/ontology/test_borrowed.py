"""`borrowed.ttl`: labels for the terms of other vocabularies."""

import pytest
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef

import ontology
from ontology.namespaces import PREFIXES
from tests.ontology.conftest import read
from tests.ontology.faults import blank_nodes, unlabelled

# Vocabularies whose own files are in the folder of vocabularies.
HELD = (
    "adms",
    "cpsv",
    "cv",
    "dcat",
    "dct",
    "dpv",
    "foaf",
    "geo",
    "locn",
    "org",
    "prov",
    "skos",
    "vcard",
    "void",
)


def test_every_term_has_a_label_and_names_the_vocabulary_that_defines_it(borrowed: Graph) -> None:
    namespaces = {URIRef(each) for each in PREFIXES.values()}
    terms = set(borrowed.subjects()) - namespaces
    assert len(terms) >= 190
    for each in terms:
        [label] = borrowed.objects(each, RDFS.label)
        assert isinstance(label, Literal)
        assert label.language == "en"
        [vocabulary] = borrowed.objects(each, RDFS.isDefinedBy)
        assert str(each).startswith(str(vocabulary))
        assert list(borrowed.objects(vocabulary, RDFS.label)), vocabulary


def test_it_has_labels_alone_and_repeats_no_axiom(borrowed: Graph) -> None:
    assert set(borrowed.predicates()) == {RDF.type, RDFS.label, RDFS.isDefinedBy}
    assert blank_nodes(borrowed) == set()


def test_everything_that_documents_shapes_and_examples_use_has_a_label(borrowed: Graph) -> None:
    labels = borrowed + read(*ontology.terms())
    used = read("borrowed.ttl", *ontology.documents(), *ontology.shapes())
    for name in ontology.examples():
        if "/valid-" in name:
            used += read(name)
    assert unlabelled(used, labels) == set()


def test_a_term_without_a_label_is_found(borrowed: Graph) -> None:
    graph = Graph()
    graph.add((RDF.type, OWL.complementOf, OWL.Restriction))
    graph.add((OWL.Thing, RDF.type, OWL.Restriction))
    assert unlabelled(graph, borrowed) == {OWL.complementOf, OWL.Restriction}


@pytest.mark.real_data
def test_every_borrowed_term_is_in_its_vocabularys_own_file(
    borrowed: Graph, vocabularies: Graph
) -> None:
    held = tuple(PREFIXES[prefix] for prefix in HELD)
    terms = {
        each
        for each in borrowed.subjects(RDFS.isDefinedBy, None)
        if isinstance(each, URIRef) and str(each).startswith(held)
    }
    assert len(terms) >= 120
    assert {each for each in terms if not list(vocabularies.objects(each, RDF.type))} == set()
