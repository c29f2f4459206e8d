"""A workshop's quads."""

from collections.abc import Iterator

from loaders.identity import Minter
from loaders.mappings.typed import typed
from loaders.quads import Quad, day, plain, text
from loaders.records import Workshop
from loaders.topics import topic_iri
from ontology.namespaces import concept
from ontology.vocab import DCT, GM, PROV


def map_workshop(record: Workshop, mint: Minter, graph: str) -> Iterator[Quad]:
    """The quads of one workshop, and from each thing that it informed the way back to it."""
    subject = mint.thing("workshop", record.key)
    yield from typed(subject, GM.Workshop, graph)
    yield Quad(subject, DCT.identifier, plain(record.key), graph)
    yield Quad(subject, DCT.title, text(record.title), graph)
    if record.on:
        yield Quad(subject, GM.heldOn, day(record.on), graph)
    if record.description:
        yield Quad(subject, DCT.description, text(record.description), graph)
    if record.mode:
        yield Quad(subject, GM.eventMode, concept("event-mode", record.mode), graph)
    for path in record.missions:
        yield Quad(subject, GM.addressesMission, topic_iri(path, mint), graph)
    for key in record.facilitated_by:
        yield Quad(subject, GM.facilitatedBy, mint.organisation(key), graph)
    for path in record.informs:
        yield Quad(topic_iri(path, mint), PROV.wasInfluencedBy, subject, graph)
    if record.not_known:
        yield Quad(subject, GM.notKnown, text(record.not_known), graph)
    if record.source:
        yield Quad(subject, DCT.source, record.source, graph)
