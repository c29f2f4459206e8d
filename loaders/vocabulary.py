"""The ontology and the labels of borrowed terms, as two loads of the service's own.

They are staged at every publish, so that a release always holds the ontology it was made with.
"""

from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

import ontology
from loaders.audience import Audience
from loaders.directory import DataDirectory
from loaders.identity import Minter
from loaders.mappings.typed import typed
from loaders.nquads import write_lines
from loaders.quads import Quad as StagedQuad
from loaders.quads import text
from loaders.staging import Counts, StagedLoad, digest
from ontology.vocab import DCT, GM

_LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def vocabulary_loads(directory: DataDirectory) -> list[tuple[StagedLoad, list[bytes]]]:
    """The loads of the ontology with its concept schemes, and of borrowed terms' labels."""
    return [
        _load(directory, "ontology", "The Greater Manchester ontology", ontology.documents()),
        _load(directory, "vocab", "Labels of the terms borrowed from others", ("borrowed.ttl",)),
    ]


def _load(
    directory: DataDirectory, name: str, title: str, documents: tuple[str, ...]
) -> tuple[StagedLoad, list[bytes]]:
    mint = Minter(directory.base)
    graph = mint.graph(name)
    lines = set(_describe(graph, title, mint.graph("provenance")))
    for document in documents:
        for quad in parse(ontology.turtle(document), format=RdfFormat.TURTLE):
            placed = Quad(quad.subject, quad.predicate, quad.object, NamedNode(graph))
            lines.add(serialize([placed], format=RdfFormat.N_QUADS) or b"")
    ordered = sorted(lines)
    sha256 = digest(b"".join(ordered))
    load = StagedLoad(
        source=name,
        title=title,
        audience=Audience.PUBLIC,
        inputs=sha256,
        started="",
        ended="",
        sha256=sha256,
        quads=len(ordered),
        counts=Counts(),
    )
    return load, ordered


def _describe(graph: str, title: str, provenance: str) -> list[bytes]:
    return write_lines(
        [
            *typed(graph, GM.Source, provenance),
            StagedQuad(graph, DCT.title, text(title), provenance),
            StagedQuad(graph, DCT.license, _LICENCE, provenance),
        ]
    )
