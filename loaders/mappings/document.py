"""A document's quads."""

from collections.abc import Iterator

from loaders.identity import Minter
from loaders.mappings.typed import typed
from loaders.quads import Quad, boolean, plain, text
from loaders.records import Document
from loaders.topics import topic_iri
from ontology.vocab import DCT, FOAF, GM, PROV

_FILE_TYPE = "http://publications.europa.eu/resource/authority/file-type/"


def map_document(record: Document, mint: Minter, graph: str) -> Iterator[Quad]:
    """The quads of one document."""
    subject = mint.thing("document", record.key)
    yield from typed(subject, FOAF.Document, graph)
    yield Quad(subject, DCT.identifier, plain(record.key), graph)
    yield Quad(subject, DCT.title, text(record.title), graph)
    if record.page:
        yield Quad(subject, FOAF.page, record.page, graph)
    if record.file_type:
        yield Quad(subject, DCT.format, _FILE_TYPE + record.file_type, graph)
    if record.format_stated:
        yield Quad(subject, GM.formatAsStated, text(record.format_stated), graph)
    if record.stated_size:
        yield Quad(subject, GM.statedSize, plain(record.stated_size), graph)
    if record.is_held is not None:
        yield Quad(subject, GM.isHeld, boolean(record.is_held), graph)
    for term, key in (
        (DCT.isPartOf, record.part_of),
        (DCT.isVersionOf, record.version_of),
        (DCT.isFormatOf, record.format_of),
    ):
        if key:
            yield Quad(subject, term, mint.thing("document", key), graph)
    for path in record.about:
        yield Quad(subject, DCT.subject, topic_iri(path, mint), graph)
    for path in record.generated_by:
        yield Quad(subject, PROV.wasGeneratedBy, topic_iri(path, mint), graph)
    if record.not_known:
        yield Quad(subject, GM.notKnown, text(record.not_known), graph)
    if record.source:
        yield Quad(subject, DCT.source, record.source, graph)
