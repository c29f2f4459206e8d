"""`borrowed-axioms.ttl`: what other vocabularies say of their terms, and nothing of our own."""

import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef

import ontology
from ontology.namespaces import DEF
from ontology.vocab import DCT
from tests.ontology.conftest import read
from tests.ontology.faults import blank_nodes, unlabelled

SAID_IN_WORDS = (DCT.hasPart, DCT.replaces, DCT.isVersionOf)


@pytest.fixture(scope="module")
def axioms() -> Graph:
    return read("borrowed-axioms.ttl")


def test_it_has_axioms_alone_and_none_of_our_terms(axioms: Graph) -> None:
    assert set(axioms.predicates()) == {
        RDF.type,
        RDFS.subClassOf,
        RDFS.subPropertyOf,
        OWL.inverseOf,
    }
    assert set(axioms.objects(None, RDF.type)) == {OWL.SymmetricProperty, OWL.TransitiveProperty}
    assert blank_nodes(axioms) == set()
    assert not [each for statement in axioms for each in statement if str(each).startswith(DEF)]


def test_every_term_has_a_label(axioms: Graph, borrowed: Graph) -> None:
    terms = {each for statement in axioms for each in statement}
    assert {each for each in terms if not list(borrowed.objects(each, RDFS.label))} == set()
    assert unlabelled(axioms, borrowed) == set()


def test_inference_follows_it_beside_our_own_ontology() -> None:
    assert ontology.axioms() == (*ontology.terms(), "borrowed-axioms.ttl")


@pytest.mark.real_data
def test_every_axiom_is_its_vocabularys_own(axioms: Graph, vocabularies: Graph) -> None:
    for subject, predicate, value in axioms:
        if str(subject) in SAID_IN_WORDS:
            [words] = vocabularies.objects(subject, URIRef(DCT.description))
            assert "inverse property of" in str(words)
        else:
            is_said = (subject, predicate, value) in vocabularies
            is_said_backwards = (value, predicate, subject) in vocabularies
            assert is_said or (predicate == OWL.inverseOf and is_said_backwards), subject
