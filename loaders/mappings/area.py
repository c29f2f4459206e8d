"""An area's quads."""

from collections.abc import Iterator

from loaders.identity import Minter
from loaders.mappings.typed import typed
from loaders.quads import Quad, plain, shape, text, year
from loaders.records import Area, Boundary
from ontology.namespaces import concept
from ontology.vocab import DCT, GEO, GM, SKOS


def map_area(record: Area, mint: Minter, graph: str) -> Iterator[Quad]:
    """The quads that describe one area; without a name, those that say it exists.

    Whatever names an area by its code says so much of it: no link leads to what nobody describes.
    """
    subject = mint.area(record.code)
    yield from typed(subject, GM.Area, graph)
    yield Quad(subject, DCT.identifier, plain(record.code), graph)
    yield Quad(subject, GM.gssCode, plain(record.code), graph)
    if record.name:
        yield Quad(subject, SKOS.prefLabel, text(record.name), graph)
    if record.area_type:
        yield Quad(subject, DCT.type, concept("area-type", record.area_type), graph)
    if record.within:
        yield Quad(subject, GEO.sfWithin, mint.area(record.within), graph)
    if record.year is not None:
        yield Quad(subject, DCT.valid, year(record.year), graph)
    if record.source:
        yield Quad(subject, DCT.source, record.source, graph)
    if record.boundary:
        source = graph.removeprefix(mint.graph(""))
        node = mint.part(source, "area", record.code, "boundary")
        yield Quad(subject, GEO.hasGeometry, node, graph)
        yield from _map_boundary(node, record.boundary, graph)


def _map_boundary(node: str, boundary: Boundary, graph: str) -> Iterator[Quad]:
    yield from typed(node, GEO.Geometry, graph)
    yield Quad(node, GEO.asWKT, shape(boundary.wkt), graph)
    if boundary.year is not None:
        yield Quad(node, DCT.valid, year(boundary.year), graph)
    if boundary.detail:
        yield Quad(node, DCT.description, text(f"Boundary, {boundary.detail}"), graph)
