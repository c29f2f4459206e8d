"""The terms of two vocabularies that the service describes itself in, and the IRIs of its parts.

SPARQL 1.1 Service Description and VoID speak of the same things: what the one calls a graph is a
dataset to the other, so that both descriptions name it by one IRI.
"""

from itertools import islice
from typing import Final
from urllib.parse import quote

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from ontology.namespaces import PREFIXES
from ontology.vocab import XSD
from service.store import Release

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
VOID_TERMS: Final = PREFIXES["void"]
FORMATS: Final = "http://www.w3.org/ns/formats/"
VOCABULARIES: Final = {"sd": SD, **PREFIXES}

ENDPOINT: Final = "/sparql"
UPDATE: Final = "/update"
WELL_KNOWN: Final = "/.well-known/void"

MOST_GRAPHS: Final = 1_000  # an open data directory may have any number
GRAPH_FORMATS: Final = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG", "N-Quads")

Statement = tuple[NamedNode, str, NamedNode | Literal]


def dataset_of(origin: str) -> NamedNode:
    """The dataset that the service at this origin answers from."""
    return NamedNode(f"{origin}{WELL_KNOWN}#dataset")


def default_graph_of(origin: str) -> NamedNode:
    """The graph that a query asks which names none."""
    return NamedNode(f"{origin}{WELL_KNOWN}#default-graph")


def graph_of(origin: str, base: str, iri: str) -> NamedNode:
    """The contents of a named graph, which is another thing than its name."""
    return NamedNode(f"{origin}{WELL_KNOWN}#graph/{_short(base, iri)}")


def named_graph_of(origin: str, base: str, iri: str) -> NamedNode:
    """A graph together with its name (SPARQL 1.1 Service Description §3.2.7)."""
    return NamedNode(f"{origin}{WELL_KNOWN}#named-graph/{_short(base, iri)}")


def _short(base: str, iri: str) -> str:
    return quote(iri.removeprefix(f"{base}graph/"), safe="")


def named_graphs(release: Release) -> list[str]:
    """The IRIs of the named graphs, sorted; of more than are described, those found first."""
    found = islice(release.store.named_graphs(), MOST_GRAPHS)
    return sorted(graph.value for graph in found if isinstance(graph, NamedNode))


def number(count: int) -> Literal:
    """A count as a literal."""
    return Literal(str(count), datatype=NamedNode(XSD.integer))


def sentence(text: str) -> Literal:
    """Words for people."""
    return Literal(text, language="en")


def quads_of(statements: list[Statement]) -> list[Quad]:
    """The statements as quads of the default graph."""
    return [
        Quad(subject, NamedNode(predicate), value, DefaultGraph())
        for subject, predicate, value in statements
    ]
