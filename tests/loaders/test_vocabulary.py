"""What a publish stages of the service's own: the ontology, its schemes and its shapes."""

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse

import ontology
from loaders.audience import Audience
from loaders.directory import DataDirectory, initialise
from loaders.vocabulary import vocabulary_loads
from ontology.namespaces import DEF
from ontology.vocab import RDFS
from tests.ontology.definitions import Statement, stated, statements, typed

SHAPES = f"{DEF}shapes"


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    return initialise(tmp_path / "var")


def staged(directory: DataDirectory) -> list[Quad]:
    [(load, lines), _] = vocabulary_loads(directory)
    assert load.source == "ontology"
    assert load.audience is Audience.PUBLIC
    return list(parse(b"".join(lines), RdfFormat.N_QUADS))


def test_the_graph_of_the_ontology_holds_its_documents_and_whose_each_shape_is(
    directory: DataDirectory,
) -> None:
    graph = NamedNode(f"{directory.base}graph/ontology")
    found = stated(each for each in staged(directory) if each.graph_name == graph)
    written = statements(*ontology.documents(), ontology.shapes_header(), *ontology.shapes())
    assert written <= found
    assert found - written == {
        Statement(each, RDFS.isDefinedBy, NamedNode(SHAPES)) for each in typed(*ontology.shapes())
    }


def test_the_cell_of_a_list_is_no_shape(directory: DataDirectory) -> None:
    cells = {each.subject for each in statements(*ontology.shapes())} - typed(*ontology.shapes())
    assert f"{SHAPES}#TextKinds" in cells
    found = stated(staged(directory))
    defined = {each.subject for each in found if each.predicate == RDFS.isDefinedBy}
    assert cells.isdisjoint(defined)


def test_what_the_service_says_itself_has_no_blank_nodes(directory: DataDirectory) -> None:
    for quad in staged(directory):
        assert not {BlankNode} & {type(quad.subject), type(quad.object)}


def test_the_same_documents_are_staged_as_the_same_lines(directory: DataDirectory) -> None:
    assert vocabulary_loads(directory) == vocabulary_loads(directory)
