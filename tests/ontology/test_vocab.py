"""`ontology.vocab`: constants equal to the Turtle."""

import inspect

from rdflib import OWL, RDF, RDFS, Graph, URIRef

from ontology import vocab
from ontology.namespaces import PREFIXES
from ontology.vocab import GM, SUPERCLASSES
from tests.ontology.faults import declared


def constants(vocabulary: type) -> dict[str, str]:
    return {
        name.removesuffix("_"): value
        for name, value in vars(vocabulary).items()
        if not name.startswith("_")
    }


def vocabularies() -> dict[str, type]:
    return {
        name.lower(): each
        for name, each in inspect.getmembers(vocab, inspect.isclass)
        if each.__module__ == vocab.__name__
    }


def test_gm_has_the_terms_of_the_ontology_and_nothing_else(gm: Graph) -> None:
    assert {URIRef(each) for each in constants(GM).values()} == declared(gm)


def test_the_other_classes_have_what_the_labels_name_and_nothing_else(borrowed: Graph) -> None:
    borrowed_constants = {
        URIRef(each)
        for prefix, vocabulary in vocabularies().items()
        for each in constants(vocabulary).values()
        if prefix != "gm"
    }
    assert borrowed_constants == set(borrowed.subjects(RDFS.isDefinedBy, None))


def test_each_constant_is_named_as_its_term_in_the_namespace_of_its_class() -> None:
    assert len(vocabularies()) >= 18
    for prefix, vocabulary in vocabularies().items():
        for name, value in constants(vocabulary).items():
            assert value == PREFIXES[prefix] + name


def test_superclasses_are_all_those_near_and_far_that_the_ontology_states(gm: Graph) -> None:
    stated = {
        str(each): tuple(
            sorted(str(above) for above in gm.transitive_objects(each, RDFS.subClassOf))
        )
        for each in gm.subjects(RDF.type, OWL.Class)
    }
    with_themselves = {each: tuple(sorted((each, *above))) for each, above in SUPERCLASSES.items()}
    assert with_themselves == stated


def test_superclasses_are_sorted_so_that_what_is_written_from_them_is_the_same_each_time() -> None:
    for above in SUPERCLASSES.values():
        assert list(above) == sorted(set(above))
