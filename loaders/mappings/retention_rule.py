"""A retention rule's quads."""

from collections.abc import Iterator

from loaders.identity import Minter, code_slug
from loaders.mappings.about import About
from loaders.mappings.typed import typed
from loaders.quads import Quad, duration
from loaders.records import RetentionRule
from ontology.vocab import DCT, GM


def map_retention_rule(record: RetentionRule, mint: Minter, graph: str) -> Iterator[Quad]:
    """The quads of one rule of a schedule, which its organisation publishes."""
    subject = mint.thing("retention-rule", record.organisation, code_slug(record.ref))
    about = About(subject, graph, mint)
    yield from typed(subject, GM.RetentionRule, graph)
    yield from about.code(DCT.identifier, record.ref)
    yield from about.words(DCT.title, record.name)
    yield from about.organisations(DCT.publisher, (record.organisation,))
    yield from about.words(GM.retentionText, record.text)
    if record.period:
        yield Quad(subject, GM.retentionPeriod, duration(record.period), graph)
    yield from about.concepts(GM.retentionTrigger, "retention-trigger", record.trigger)
    yield from about.concepts(GM.disposalAction, "disposal-action", record.disposal)
    yield from about.words(GM.retentionAuthority, record.authority)
    yield from about.visible_to(record.visible_to)
    yield from about.iris(DCT.source, record.source)
