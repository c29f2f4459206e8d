"""A standard's quads."""

from collections.abc import Iterator

from loaders.identity import Minter
from loaders.mappings.about import About
from loaders.mappings.typed import typed
from loaders.quads import Quad
from loaders.records import Standard
from ontology.vocab import DCT, FOAF, GM


def map_standard(record: Standard, mint: Minter, graph: str) -> Iterator[Quad]:
    """The quads of one standard."""
    subject = standard_iri(record.key, mint)
    about = About(subject, graph, mint)
    yield from typed(subject, GM.Standard, graph)
    yield from about.code(DCT.identifier, record.key)
    yield from about.words(DCT.title, record.title)
    yield from about.words(DCT.description, record.description)
    yield from about.words(GM.publisherAsStated, record.publisher_stated)
    yield from about.iris(FOAF.page, record.page)
    yield from about.iris(DCT.source, record.source)


def standard_iri(key: str, mint: Minter) -> str:
    """The IRI of a standard, whose key every source shares."""
    return mint.thing("standard", key)
