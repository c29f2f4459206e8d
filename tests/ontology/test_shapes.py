"""`shapes/`: the SHACL shapes themselves."""

import pytest
from pyshacl import validate
from pyshacl.errors import ReportableRuntimeError
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

import ontology
from ontology.namespaces import PREFIXES
from tests.ontology.conftest import read
from tests.ontology.faults import blank_nodes, declared, undeclared

STRUCTURE = {RDF.type, SH.targetClass, SH.property, SH.severity, SH.message}


def reported(shapes: Graph) -> set[Node]:
    """The shapes that a report can name: those of a property, and those that constrain a class."""
    constraining = {
        each
        for each in shapes.subjects(SH.targetClass, None)
        if set(shapes.predicates(each, None)) - STRUCTURE
    }
    return constraining | set(shapes.objects(None, SH.property))


def test_every_shape_is_named_in_our_namespace_of_shapes(shapes: Graph) -> None:
    assert blank_nodes(shapes) == set()
    for each in shapes.subjects():
        assert isinstance(each, URIRef)
        assert each.startswith(PREFIXES["gm-shapes"])


def test_every_shape_that_a_report_can_name_has_a_severity_and_a_message(shapes: Graph) -> None:
    assert len(reported(shapes)) >= 160
    for each in reported(shapes):
        assert shapes.value(each, SH.severity) in {SH.Violation, SH.Warning}, each
        [message] = shapes.objects(each, SH.message)
        assert isinstance(message, Literal)
        assert message.language == "en"


def test_a_class_is_the_target_of_the_one_document_of_its_name() -> None:
    targets: dict[Node, str] = {}
    for name in ontology.shapes():
        for each in set(read(name).objects(None, SH.targetClass)):
            assert targets.setdefault(each, name) == name
    assert len(targets) == 63


def test_no_shape_names_a_term_that_the_ontology_does_not_declare(shapes: Graph, gm: Graph) -> None:
    assert undeclared(shapes, declared(gm)) == set()


def test_a_term_that_the_ontology_does_not_declare_is_found(gm: Graph) -> None:
    misspelt = Graph()
    misspelt.add((URIRef("urn:x:shape"), SH.path, URIRef(PREFIXES["gm"] + "gssCod")))
    assert undeclared(misspelt, declared(gm)) == {URIRef(PREFIXES["gm"] + "gssCod")}


def test_every_shape_that_another_refers_to_exists(shapes: Graph) -> None:
    for predicate in (SH.property, SH.node, SH["not"], SH["or"], RDF.first):
        for each in shapes.objects(None, predicate):
            assert (each, None, None) in shapes, each


def test_the_shapes_are_themselves_valid_by_the_standards_own_shapes(shapes: Graph) -> None:
    """SHACL appendix C, Shapes for Shapes."""
    conforms, _, _ = validate(Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms


def test_shapes_that_the_standard_does_not_allow_are_found() -> None:
    faulty = read("shapes/area.ttl")
    faulty.set((URIRef(PREFIXES["gm-shapes"] + "AreaType"), SH.minCount, Literal("one")))
    with pytest.raises(ReportableRuntimeError, match="does not validate"):
        validate(Graph(), shacl_graph=faulty, meta_shacl=True)
