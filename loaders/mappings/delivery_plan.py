"""A delivery plan's quads."""

from collections.abc import Iterator

from loaders.identity import Minter
from loaders.mappings.typed import typed
from loaders.quads import Quad, day, duration, plain, text
from loaders.records import DeliveryPlan
from loaders.topics import topic_iri
from ontology.vocab import DCT, GM, PROV, SCHEMA

_MONTHS = 12  # of a year


def map_delivery_plan(record: DeliveryPlan, mint: Minter, graph: str) -> Iterator[Quad]:
    """The quads of one delivery plan: what it was made of, and how long it runs."""
    subject = mint.thing("delivery-plan", record.key)
    yield from typed(subject, GM.DeliveryPlan, graph)
    yield Quad(subject, DCT.identifier, plain(record.key), graph)
    yield Quad(subject, DCT.title, text(record.title), graph)
    if record.strategy:
        strategy = mint.thing("strategy", record.strategy)
        yield Quad(subject, PROV.wasDerivedFrom, strategy, graph)
    for path in record.derived_from:
        yield Quad(subject, PROV.wasDerivedFrom, topic_iri(path, mint), graph)
    if record.years:
        yield Quad(subject, SCHEMA.duration, duration(_MONTHS * record.years), graph)
    if record.began:
        yield Quad(subject, GM.validFrom, day(record.began), graph)
    if record.ends:
        yield Quad(subject, GM.validUntil, day(record.ends), graph)
    if record.not_known:
        yield Quad(subject, GM.notKnown, text(record.not_known), graph)
    if record.source:
        yield Quad(subject, DCT.source, record.source, graph)
