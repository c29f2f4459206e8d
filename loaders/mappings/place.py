"""A place's quads."""

import hashlib
from collections.abc import Iterator

from loaders.identity import Minter
from loaders.mappings.area import map_area
from loaders.mappings.typed import typed
from loaders.quads import Quad, plain, point, text
from loaders.records import Area, Place
from ontology.vocab import DCT, GEO, GM, LOCN


def map_place(record: Place, mint: Minter, source: str) -> Iterator[Quad]:
    """The quads of one place, with those of its address and its point on the ground.

    Where services tell of a place, they may tell of several addresses and points: each is named by
    what it says, so that none is mixed with another.
    """
    graph = mint.graph(source)
    subject = mint.thing("place", source, record.key)
    yield from typed(subject, GM.ServiceLocation, graph)
    yield Quad(subject, DCT.identifier, plain(record.key), graph)
    if record.name:
        yield Quad(subject, DCT.title, text(record.name), graph)
    if record.description:
        yield Quad(subject, DCT.description, text(record.description), graph)
    if record.within:
        yield Quad(subject, GEO.sfWithin, mint.area(record.within), graph)
        yield from map_area(Area(record.within), mint, graph)
    if record.source:
        yield Quad(subject, DCT.source, record.source, graph)
    if record.address or record.postcode:
        lines = ", ".join((*record.address, *((record.postcode,) if record.postcode else ())))
        node = mint.part(source, "place", record.key, "address", *_named_by(record, lines))
        yield Quad(subject, LOCN.address, node, graph)
        yield from typed(node, LOCN.Address, graph)
        yield Quad(node, LOCN.fullAddress, plain(lines), graph)
        if record.postcode:
            yield Quad(node, LOCN.postCode, plain(record.postcode), graph)
    if record.latitude is not None and record.longitude is not None:
        where = point(record.longitude, record.latitude)
        node = mint.part(source, "place", record.key, "geometry", *_named_by(record, where.lexical))
        yield Quad(subject, LOCN.geometry, node, graph)
        yield from typed(node, GEO.Geometry, graph)
        yield Quad(node, GEO.asWKT, where, graph)


def _named_by(record: Place, said: str) -> tuple[str, ...]:
    return (hashlib.sha256(said.encode()).hexdigest()[:12],) if record.is_mention else ()
