"""A barrier's quads."""

from collections.abc import Iterator

from loaders.identity import Minter, code_slug
from loaders.mappings.about import About
from loaders.mappings.typed import typed
from loaders.quads import Quad
from loaders.records import Barrier
from ontology.vocab import DCT, GM


def map_barrier(record: Barrier, mint: Minter, source: str) -> Iterator[Quad]:
    """The quads of one barrier."""
    graph = mint.graph(source)
    subject = mint.thing("barrier", source, code_slug(record.ref))
    about = About(subject, graph, mint)
    yield from typed(subject, GM.Barrier, graph)
    yield from about.code(DCT.identifier, record.ref)
    yield from about.words(DCT.title, record.title)
    yield from about.concepts(GM.barrierType, "barrier-type", record.barrier_type)
    yield from about.paths(GM.blocks, *record.blocks)
    yield from about.paths(GM.mitigatedBy, record.mitigated_by)
    yield from about.concepts(GM.workStatus, "work-status", record.status)
    yield from about.words(DCT.description, record.description)
    yield from about.words(GM.internalNote, record.note)
    yield from about.iris(DCT.source, record.source)
