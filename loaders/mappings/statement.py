"""A statement's quads."""

from collections.abc import Iterator

from loaders.identity import Minter
from loaders.mappings.typed import typed
from loaders.quads import Quad, integer, plain, text
from loaders.records import Statement
from loaders.topics import topic_iri
from ontology.namespaces import concept
from ontology.vocab import DCT, GM


def map_statement(record: Statement, mint: Minter, source: str) -> Iterator[Quad]:
    """The quads of one statement: where it stands, its words, and what they are about."""
    graph = mint.graph(source)
    subject = mint.thing("statement", source, record.key)
    yield from typed(subject, GM.Statement, graph)
    yield Quad(subject, DCT.identifier, plain(record.key), graph)
    yield Quad(subject, GM.statedIn, mint.thing("document", record.document), graph)
    yield Quad(subject, GM.position, integer(record.position), graph)
    yield Quad(subject, GM.wording, text(record.wording), graph)
    for path in record.states:
        yield Quad(subject, GM.states, topic_iri(path, mint), graph)
    if record.plain_english:
        yield Quad(subject, GM.plainEnglish, text(record.plain_english), graph)
    if record.text_status:
        yield Quad(subject, GM.textStatus, concept("text-status", record.text_status), graph)
    if record.rights:
        yield Quad(subject, DCT.rights, text(record.rights), graph)
    if record.source:
        yield Quad(subject, DCT.source, record.source, graph)
