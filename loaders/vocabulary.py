"""What the service says itself, as two loads of its own: the ontology, and borrowed terms' labels.

They are staged at every publish, so that a release always holds the ontology it was made with, and
the shapes that its data were held against. With them come the titles of the graphs that no
publisher feeds.
"""

from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

import ontology
from loaders.audience import Audience
from loaders.directory import DataDirectory
from loaders.identity import Minter
from loaders.nquads import write_lines
from loaders.quads import Quad as StagedQuad
from loaders.quads import text
from loaders.staging import Counts, StagedLoad, digest
from ontology.namespaces import DEF
from ontology.vocab import DCT, RDF, RDFS, VOID

_SHAPES: Final = f"{DEF}shapes"
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
OWN = frozenset({"ontology", "vocab"})
_TITLES = {
    "ontology": "The Greater Manchester ontology, its concept schemes and its shapes",
    "vocab": "Labels of terms and concepts of other publishers",
    "links": "What is one and the same: here and elsewhere, by what sources say and by comparison",
    "inferred": "What follows from the sources by the ontology",
    "quality": "Measurements of the records of datasets and information assets",
    "contributions": "What things contribute to by rules of the service",
    "provenance": "Where the data come from, and what was withdrawn",
}


def vocabulary_loads(directory: DataDirectory) -> list[tuple[StagedLoad, list[bytes]]]:
    """The loads of the ontology with its concept schemes, and of borrowed terms' labels."""
    mint = Minter(directory.base)
    ours = (*ontology.documents(), ontology.shapes_header(), *ontology.shapes())
    membership = write_lines(_place_shapes(mint.graph("ontology")))
    return [
        _load("ontology", ours, mint, [*_describe_graphs(mint), *membership]),
        _load("vocab", ontology.borrowed(), mint, []),
    ]


def _read(documents: tuple[str, ...]) -> Iterator[Quad]:
    for document in documents:
        yield from parse(ontology.turtle(document), format=RdfFormat.TURTLE)


def _place_shapes(graph: str) -> Iterator[StagedQuad]:
    """That each shape is defined by the document of the shapes, which the Turtle leaves unsaid.

    The cells of lists have IRIs in that document too, but are no shapes.
    """
    shapes = {
        quad.subject.value
        for quad in _read(ontology.shapes())
        if quad.predicate.value == RDF.type and isinstance(quad.subject, NamedNode)
    }
    for shape in sorted(shapes):
        yield StagedQuad(shape, RDFS.isDefinedBy, _SHAPES, graph)


def _load(
    name: str, documents: tuple[str, ...], mint: Minter, further: list[bytes]
) -> tuple[StagedLoad, list[bytes]]:
    graph = NamedNode(mint.graph(name))
    lines = set(further)
    for quad in _read(documents):
        placed = Quad(quad.subject, quad.predicate, quad.object, graph)
        lines.add(serialize([placed], format=RdfFormat.N_QUADS) or b"")
    ordered = sorted(lines)
    sha256 = digest(b"".join(ordered))
    load = StagedLoad(
        source=name,
        title=_TITLES[name],
        audience=Audience.PUBLIC,
        inputs=sha256,
        started="",
        ended="",
        sha256=sha256,
        quads=len(ordered),
        counts=Counts(),
    )
    return load, ordered


def _describe_graphs(mint: Minter) -> list[bytes]:
    provenance = mint.graph("provenance")
    quads = []
    for name, title in _TITLES.items():
        quads.append(StagedQuad(mint.graph(name), RDF.type, VOID.Dataset, provenance))
        quads.append(StagedQuad(mint.graph(name), DCT.title, text(title), provenance))
    for name in ("ontology", "vocab"):
        quads.append(StagedQuad(mint.graph(name), DCT.license, _LICENCE, provenance))
    return write_lines(quads)
