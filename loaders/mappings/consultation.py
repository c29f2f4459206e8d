"""A consultation's quads."""

from collections.abc import Iterator

from loaders.identity import Minter
from loaders.mappings.typed import typed
from loaders.quads import Quad, day, plain, text
from loaders.records import Consultation
from loaders.topics import topic_iri
from ontology.namespaces import concept
from ontology.vocab import DCT, GM, PROV


def map_consultation(record: Consultation, mint: Minter, graph: str) -> Iterator[Quad]:
    """The quads of one consultation, and from each thing that it informed the way back to it."""
    subject = mint.thing("consultation", record.key)
    yield from typed(subject, GM.Consultation, graph)
    yield Quad(subject, DCT.identifier, plain(record.key), graph)
    yield Quad(subject, DCT.title, text(record.title), graph)
    for term, on in (
        (GM.openedOn, record.opened),
        (GM.plannedEnd, record.planned_end),
        (GM.closedOn, record.closed),
    ):
        if on:
            yield Quad(subject, term, day(on), graph)
    for group in record.groups:
        yield Quad(subject, GM.stakeholderGroup, concept("stakeholder-group", group), graph)
    for key in record.by:
        yield Quad(subject, PROV.wasAssociatedWith, mint.organisation(key), graph)
    for path in record.informs:
        yield Quad(topic_iri(path, mint), PROV.wasInfluencedBy, subject, graph)
    if record.not_known:
        yield Quad(subject, GM.notKnown, text(record.not_known), graph)
    for address in record.sources:
        yield Quad(subject, DCT.source, address, graph)
