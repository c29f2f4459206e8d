"""Types written out: a class and all that it is a kind of, since the store does no reasoning."""

from collections.abc import Iterator

from loaders.quads import Quad
from ontology.vocab import RDF, SUPERCLASSES


def typed(subject: str, class_iri: str, graph: str) -> Iterator[Quad]:
    """`rdf:type` for a class and each of its superclasses in the ontology."""
    for each in (class_iri, *SUPERCLASSES.get(class_iri, ())):
        yield Quad(subject, RDF.type, each, graph)
