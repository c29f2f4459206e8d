"""The quads of concepts, and of the lists that they stand in (SKOS)."""

from collections.abc import Iterator

from loaders.mappings.typed import typed
from loaders.quads import Quad, plain, text
from loaders.records import Concept, ConceptScheme
from ontology.vocab import DCT, SKOS


def map_concept(record: Concept, graph: str) -> Iterator[Quad]:
    """The quads of one concept, whose IRI is its publisher's."""
    yield from typed(record.iri, SKOS.Concept, graph)
    yield Quad(record.iri, SKOS.inScheme, record.scheme, graph)
    yield Quad(record.iri, SKOS.notation, plain(record.notation), graph)
    yield Quad(record.iri, SKOS.prefLabel, text(record.label), graph)
    for label in record.other_labels:
        yield Quad(record.iri, SKOS.altLabel, text(label), graph)
    if record.definition:
        yield Quad(record.iri, SKOS.definition, text(record.definition), graph)
    for broader in record.broader:
        yield Quad(record.iri, SKOS.broader, broader, graph)
    if record.source:
        yield Quad(record.iri, DCT.source, record.source, graph)


def map_concept_scheme(record: ConceptScheme, graph: str) -> Iterator[Quad]:
    """The quads of one list of concepts."""
    yield from typed(record.iri, SKOS.ConceptScheme, graph)
    yield Quad(record.iri, DCT.title, text(record.title), graph)
    if record.description:
        yield Quad(record.iri, DCT.description, text(record.description), graph)
    if record.source:
        yield Quad(record.iri, DCT.source, record.source, graph)
