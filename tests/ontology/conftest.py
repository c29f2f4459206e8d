"""The documents of the ontology as graphs, and the vocabularies that it borrows from."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse, serialize
from rdflib import Graph

import ontology

VOCABULARIES = Path(__file__).parents[2].parent / "shared" / "data" / "vocabularies"
FILES = (
    "dpv/dpv.ttl",
    "npm-vocabulary/dqv.nq",
    "w3c/ODRL22.ttl",
    "npm-vocabulary/dcterms.nq",
    "npm-vocabulary/foaf.nq",
    "npm-vocabulary/geo.nq",
    "npm-vocabulary/locn.nq",
    "npm-vocabulary/skos.nq",
    "npm-vocabulary/void.nq",
    "semic/adms.ttl",
    "semic/core-public-organisation-ap.ttl",
    "semic/cpsv-ap.ttl",
    "w3c/dcat3.ttl",
    "w3c/org.ttl",
    "w3c/prov_fixed.ttl",
    "w3c/vcard.ttl",
)


def read(*names: str) -> Graph:
    """The statements of the named documents, together."""
    graph = Graph()
    for name in names:
        graph.parse(data=ontology.turtle(name), format="turtle")
    return graph


@pytest.fixture(scope="session")
def gm() -> Graph:
    """The classes and properties."""
    return read(*ontology.terms())


@pytest.fixture(scope="session")
def borrowed() -> Graph:
    """The labels of other vocabularies' terms."""
    return read("borrowed.ttl")


@pytest.fixture(scope="session")
def definitions() -> Graph:
    """The classes, the properties and the concept schemes."""
    return read(*ontology.documents())


@pytest.fixture(scope="session")
def shapes() -> Graph:
    """The SHACL shapes, all together."""
    return read(*ontology.shapes())


@pytest.fixture(scope="session")
def vocabularies() -> Graph:
    """What the publishers of the borrowed vocabularies say, where their files are at hand."""
    if not VOCABULARIES.is_dir():
        pytest.skip("the vocabularies' own files are not here")
    graph = Graph()
    for name in FILES:
        path = VOCABULARIES / name
        statements = (each.triple for each in parse(path=path))  # .nq: the graph says which file
        graph.parse(data=serialize(statements, format=RdfFormat.N_TRIPLES), format="nt")
    return graph
