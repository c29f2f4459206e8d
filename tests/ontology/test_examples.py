"""`examples/`: data that the shapes accept, and data that each of them refuses."""

import re

import pytest
from rdflib import Graph
from rdflib.namespace import SH

import ontology
from loaders.validation import validate
from ontology.namespaces import DEFAULT_BASE, PREFIXES
from tests.loaders.shapes.made import lines_of
from tests.ontology.conftest import read
from tests.ontology.faults import blank_nodes, declared, undeclared
from tests.ontology.test_shapes import reported

FAILS = re.compile(r"# fails: (\S+)\n")
VALID = [name for name in ontology.examples() if "/valid-" in name]
INVALID = [name for name in ontology.examples() if "/invalid-" in name]


def failed(*names: str) -> set[str]:
    """The shapes that the data of examples, taken together, break by the compiled shapes.

    That these give what pySHACL gives, for each example too, `tests/loaders/shapes` shows.
    """
    return {result.shape for result in validate("examples", lines_of(*map(ontology.turtle, names)))}


def expected(name: str) -> str:
    first_line = FAILS.match(ontology.turtle(name).decode())
    assert first_line, f"{name} does not say on its first line what it fails"
    return first_line[1]


def test_all_examples_are_collected() -> None:
    assert len(VALID) >= 45
    assert len(INVALID) >= 200
    assert len(VALID) + len(INVALID) == len(ontology.examples())


@pytest.mark.parametrize("name", VALID)
def test_valid_data_break_no_shape(name: str) -> None:
    assert len(read(name)) > 0
    assert failed(name) == set()


@pytest.mark.parametrize("name", INVALID)
def test_invalid_data_break_the_shape_that_they_name_and_no_other(name: str) -> None:
    assert failed(name) == {expected(name)}


def test_valid_data_of_all_classes_are_valid_together() -> None:
    assert failed(*VALID) == set()


def test_every_shape_that_a_report_can_name_is_broken_by_an_example(shapes: Graph) -> None:
    assert {expected(name) for name in INVALID} == set(map(str, reported(shapes)))


def test_every_document_of_shapes_for_a_class_has_valid_and_invalid_examples() -> None:
    for name in ontology.shapes():
        targets = set(read(name).objects(None, SH.targetClass))
        kind = name.removeprefix("shapes/").removesuffix(".ttl")
        for examples, outcome in ((VALID, "valid"), (INVALID, "invalid")):
            found = [each for each in examples if each.startswith(f"examples/{kind}/{outcome}-")]
            assert bool(found) == bool(targets), (name, outcome)


def test_examples_use_terms_that_the_ontology_declares_and_no_blank_nodes(gm: Graph) -> None:
    graph = read(*ontology.examples())
    assert undeclared(graph, declared(gm)) == set()
    assert blank_nodes(graph) == set()


def test_examples_tell_of_nothing_that_exists() -> None:
    for each in read(*ontology.examples()).subjects():
        assert str(each).startswith(DEFAULT_BASE)


def test_an_example_that_breaks_two_shapes_would_be_noticed() -> None:
    names = "examples/area/invalid-no-code.ttl", "examples/source/invalid-no-title.ttl"
    namespace = PREFIXES["gm-shapes"]
    assert failed(*names) == {f"{namespace}AreaGssCode", f"{namespace}DatasetTitle"}
