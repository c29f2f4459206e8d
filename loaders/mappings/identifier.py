"""An identifier's quads, and a link's: what other registers call a thing of ours."""

from collections.abc import Iterator

from loaders.identity import Minter
from loaders.mappings.typed import typed
from loaders.quads import Quad, plain
from loaders.records import Identifier, Kind, Link
from ontology.namespaces import concept
from ontology.vocab import ADMS, GM, OWL, SKOS

_LOCAL_AUTHORITY_REGISTER = "local-authority-eng"


def map_identifier(record: Identifier, mint: Minter, source: str) -> Iterator[Quad]:
    """The quads of one code: a node of its own, since scheme and code belong together."""
    graph = mint.graph(source)
    subject = _thing(record.kind, record.key, mint, source)
    node = mint.part(source, record.kind, record.key, "identifier", record.scheme, record.code)
    yield Quad(subject, ADMS.identifier, node, graph)
    yield from typed(node, ADMS.Identifier, graph)
    yield Quad(node, SKOS.notation, plain(record.code), graph)
    yield Quad(node, GM.identifierScheme, concept("identifier-scheme", record.scheme), graph)
    if record.kind == "organisation" and record.scheme == _LOCAL_AUTHORITY_REGISTER:
        yield Quad(subject, GM.laCode, plain(record.code), graph)


def map_link(record: Link, mint: Minter, source: str) -> Iterator[Quad]:
    """The link, in the graph of links: whoever trusts no identity claims leaves that graph out."""
    subject = _thing(record.kind, record.key, mint, source)
    yield Quad(subject, OWL.sameAs, record.same_as, mint.graph("links"))


def _thing(kind: Kind, key: str, mint: Minter, source: str) -> str:
    """The IRI of a thing; only organisations and areas have keys that every source shares."""
    if kind in ("organisation", "area"):
        return mint.thing(kind, key)
    return mint.thing(kind, source, key)
