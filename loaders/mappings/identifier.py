"""An identifier's quads, and a link's: what other registers call a thing of ours."""

from collections.abc import Iterator

from loaders.identity import Minter
from loaders.mappings.typed import typed
from loaders.quads import Quad, plain
from loaders.records import Identifier, Link
from ontology.namespaces import concept
from ontology.vocab import ADMS, GM, OWL, SKOS

_LOCAL_AUTHORITY_REGISTER = "local-authority-eng"


def map_identifier(record: Identifier, mint: Minter, source: str) -> Iterator[Quad]:
    """The quads of one code: a node of its own, since scheme and code belong together."""
    graph = mint.graph(source)
    subject = mint.thing(record.kind, record.key)
    node = mint.part(source, record.kind, record.key, "identifier", record.scheme, record.code)
    yield Quad(subject, ADMS.identifier, node, graph)
    yield from typed(node, ADMS.Identifier, graph)
    yield Quad(node, SKOS.notation, plain(record.code), graph)
    yield Quad(node, GM.identifierScheme, concept("identifier-scheme", record.scheme), graph)
    if record.kind == "organisation" and record.scheme == _LOCAL_AUTHORITY_REGISTER:
        yield Quad(subject, GM.laCode, plain(record.code), graph)


def map_link(record: Link, mint: Minter) -> Iterator[Quad]:
    """The link, in the graph of links: whoever trusts no identity claims leaves that graph out."""
    subject = mint.thing(record.kind, record.key)
    yield Quad(subject, OWL.sameAs, record.same_as, mint.graph("links"))
