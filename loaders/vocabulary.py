"""What the service says itself, as two loads of its own: the ontology, and borrowed terms' labels.

They are staged at every publish, so that a release always holds the ontology it was made with. With
them come the titles of the graphs that no publisher feeds.
"""

from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

import ontology
from loaders.audience import Audience
from loaders.directory import DataDirectory
from loaders.identity import Minter
from loaders.nquads import write_lines
from loaders.quads import Quad as StagedQuad
from loaders.quads import text
from loaders.staging import Counts, StagedLoad, digest
from ontology.vocab import DCT, RDF, VOID

_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
OWN = frozenset({"ontology", "vocab"})
_TITLES = {
    "ontology": "The Greater Manchester ontology and its concept schemes",
    "vocab": "Labels of terms and concepts of other publishers",
    "links": "What others call the things that are described here",
    "provenance": "Where the data come from, and what was withdrawn",
}


def vocabulary_loads(directory: DataDirectory) -> list[tuple[StagedLoad, list[bytes]]]:
    """The loads of the ontology with its concept schemes, and of borrowed terms' labels."""
    mint = Minter(directory.base)
    return [
        _load("ontology", ontology.documents(), mint, _describe_graphs(mint)),
        _load("vocab", ontology.borrowed(), mint, []),
    ]


def _load(
    name: str, documents: tuple[str, ...], mint: Minter, further: list[bytes]
) -> tuple[StagedLoad, list[bytes]]:
    graph = NamedNode(mint.graph(name))
    lines = set(further)
    for document in documents:
        for quad in parse(ontology.turtle(document), format=RdfFormat.TURTLE):
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
