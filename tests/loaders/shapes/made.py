"""Shapes made up for tests, data for them, and both ways of holding one against the other."""

from collections import Counter
from collections.abc import Iterable

from pyoxigraph import DefaultGraph, RdfFormat, Store

from loaders.shapes.fallback import by_pyshacl, shapes_graph
from loaders.shapes.model import Found
from loaders.shapes.running import find, plan_of

PREFIXES = """
@prefix : <https://made.example/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
MADE = "https://made.example/"


def turtle(text: str) -> bytes:
    """A document with the prefixes of all."""
    return (PREFIXES + text).encode()


def lines_of(*documents: bytes, graph: str = f"{MADE}graph") -> list[bytes]:
    """The statements of Turtle documents as the lines of a staged file."""
    store = Store()
    for each in documents:
        store.load(each, format=RdfFormat.TURTLE)
    triples = store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()) or b""
    return sorted(
        line.removesuffix(b".") + f"<{graph}> .\n".encode() for line in triples.splitlines()
    )


def compiled(shapes: bytes, lines: Iterable[bytes]) -> Counter[Found]:
    """The results of a document of shapes, the shapes being compiled where they can be."""
    return Counter(find(plan_of([shapes]), lines))


def expected(shapes: bytes, lines: Iterable[bytes]) -> Counter[Found]:
    """The results of a document of shapes by pySHACL."""
    return Counter(by_pyshacl(shapes_graph([shapes]), lines))
