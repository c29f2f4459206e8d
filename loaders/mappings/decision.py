"""A decision's quads."""

from collections.abc import Iterator

from loaders.identity import Minter
from loaders.mappings.typed import typed
from loaders.quads import Quad, day, plain, text
from loaders.records import Decision
from loaders.topics import topic_iri
from ontology.vocab import DCT, GM


def map_decision(record: Decision, mint: Minter, graph: str) -> Iterator[Quad]:
    """The quads of one decision. The weekday proves the day and is not stated beside it."""
    subject = mint.thing("decision", record.key)
    yield from typed(subject, GM.Decision, graph)
    yield Quad(subject, DCT.identifier, plain(record.key), graph)
    yield Quad(subject, DCT.title, text(record.title), graph)
    if record.on:
        yield Quad(subject, GM.heldOn, day(record.on), graph)
    for key in record.by:
        yield Quad(subject, GM.decidedBy, mint.organisation(key), graph)
    for path in record.decided:
        yield Quad(subject, GM.decided, topic_iri(path, mint), graph)
    if record.not_known:
        yield Quad(subject, GM.notKnown, text(record.not_known), graph)
    if record.source:
        yield Quad(subject, DCT.source, record.source, graph)
