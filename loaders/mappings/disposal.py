"""A disposal's quads."""

from collections.abc import Iterator

from loaders.identity import Minter, code_slug
from loaders.mappings.about import About
from loaders.mappings.typed import typed
from loaders.quads import Quad
from loaders.records import Disposal
from ontology.vocab import DCT, GM, PROV


def map_disposal(record: Disposal, mint: Minter, graph: str) -> Iterator[Quad]:
    """The quads of one disposal, with which its organisation is associated."""
    subject = mint.thing("disposal", record.organisation, code_slug(record.ref))
    about = About(subject, graph, mint)
    yield from typed(subject, GM.DisposalEvent, graph)
    yield from about.code(DCT.identifier, record.ref)
    yield from about.organisations(PROV.wasAssociatedWith, (record.organisation,))
    yield from about.entries(GM.disposes, "information-asset", record.asset)
    yield from about.days(GM.disposedOn, record.disposed)
    yield from about.concepts(GM.disposalAction, "disposal-action", record.action)
    yield from about.words(GM.evidence, record.evidence)
    yield from about.visible_to(record.visible_to)
    yield from about.words(GM.internalNote, record.note)
