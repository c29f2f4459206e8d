"""A change event's quads."""

from collections.abc import Iterator

from loaders.identity import Minter
from loaders.mappings.typed import typed
from loaders.quads import Quad, day, text
from loaders.records import ChangeEvent
from ontology.vocab import DCT, ORG


def map_change_event(record: ChangeEvent, mint: Minter, graph: str) -> Iterator[Quad]:
    """The quads of one event, and the short way from each body that ended to its successors."""
    node = mint.thing("change-event", record.key)
    yield from typed(node, ORG.ChangeEvent, graph)
    yield Quad(node, DCT.title, text(record.title), graph)
    if record.on:
        yield Quad(node, DCT.date, day(record.on), graph)
    if record.source:
        yield Quad(node, DCT.source, record.source, graph)
    for before in record.before:
        yield Quad(node, ORG.originalOrganization, mint.organisation(before), graph)
        for after in record.after:
            yield Quad(mint.organisation(before), DCT.isReplacedBy, mint.organisation(after), graph)
    for after in record.after:
        yield Quad(node, ORG.resultingOrganization, mint.organisation(after), graph)
