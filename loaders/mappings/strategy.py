"""A strategy's quads, and those of its vision."""

from collections.abc import Iterator

from loaders.identity import Minter
from loaders.mappings.typed import typed
from loaders.quads import Quad, plain, text
from loaders.records import Strategy
from loaders.topics import scheme_iri
from ontology.vocab import DCT, GM


def map_strategy(record: Strategy, mint: Minter, graph: str) -> Iterator[Quad]:
    """The quads of one strategy; its vision is a thing of its own, with the strategy's key.

    The words of a vision are statements, which say where they were read: so the vision itself has
    no source.
    """
    subject = mint.thing("strategy", record.key)
    yield from typed(subject, GM.Strategy, graph)
    yield Quad(subject, DCT.identifier, plain(record.key), graph)
    yield Quad(subject, DCT.title, text(record.title), graph)
    if record.description:
        yield Quad(subject, DCT.description, text(record.description), graph)
    if record.vision:
        vision = mint.thing("vision", record.key)
        yield Quad(subject, GM.setsVision, vision, graph)
        yield from typed(vision, GM.Vision, graph)
        yield Quad(vision, DCT.identifier, plain(record.key), graph)
        yield Quad(vision, DCT.title, text(record.vision), graph)
    for scheme in record.defines:
        yield Quad(subject, GM.definesScheme, scheme_iri(scheme), graph)
    for term, key in ((DCT.isPartOf, record.under), (DCT.isReplacedBy, record.replaced_by)):
        if key:
            yield Quad(subject, term, mint.thing("strategy", key), graph)
    if record.not_known:
        yield Quad(subject, GM.notKnown, text(record.not_known), graph)
    for address in record.sources:
        yield Quad(subject, DCT.source, address, graph)
