"""The quads of a dataset, and of a distribution of one (DCAT 3)."""

from collections.abc import Iterator

from loaders.identity import Minter
from loaders.mappings.area import map_area
from loaders.mappings.party import map_party
from loaders.mappings.typed import typed
from loaders.quads import Quad, box, day, integer, plain, text, when
from loaders.records import Area, Dataset, Distribution
from ontology.namespaces import concept
from ontology.vocab import DCAT, DCT, FOAF, GM, PROV, VCARD

_FILE_TYPE = "http://publications.europa.eu/resource/authority/file-type/"
_MEDIA_TYPE = "https://www.iana.org/assignments/media-types/"


def map_dataset(record: Dataset, mint: Minter, source: str) -> Iterator[Quad]:
    """The quads of one dataset."""
    graph = mint.graph(source)
    subject = mint.thing("dataset", source, record.key)
    yield from typed(subject, DCAT.Dataset, graph)
    for code in (record.key, *record.identifiers):
        yield Quad(subject, DCT.identifier, plain(code), graph)
    for value, language in record.titles:
        yield Quad(subject, DCT.title, text(value, language), graph)
    for value, language in record.descriptions:
        yield Quad(subject, DCT.description, text(value, language), graph)
    yield from map_party(
        subject, DCT.publisher, GM.publisherAsStated, record.publisher, mint, graph
    )
    if record.licence:
        yield Quad(subject, DCT.license, record.licence, graph)
    if record.licence_stated:
        yield Quad(subject, GM.licenceAsStated, text(record.licence_stated), graph)
    if record.landing_page:
        yield Quad(subject, DCAT.landingPage, record.landing_page, graph)
    for value, language in record.keywords:
        yield Quad(subject, DCAT.keyword, text(value, language), graph)
    for term, values in (
        (DCAT.theme, record.themes),
        (DCT.subject, record.subjects),
        (DCT.conformsTo, record.conforms_to),
        (FOAF.page, record.documentation),
    ):
        for iri in values:
            yield Quad(subject, term, iri, graph)
    if record.issued:
        yield Quad(subject, DCT.issued, when(record.issued), graph)
    if record.modified:
        yield Quad(subject, DCT.modified, when(record.modified), graph)
    if record.frequency:
        frequency = concept("frequency", record.frequency)
        yield Quad(subject, DCT.accrualPeriodicity, frequency, graph)
    for area in record.areas:
        yield Quad(subject, DCT.spatial, mint.area(area), graph)
        yield from map_area(Area(area), mint, graph)
    if record.access:
        yield Quad(subject, DCT.accessRights, concept("access-right", record.access), graph)
    if record.version:
        yield Quad(subject, DCAT.version, plain(record.version), graph)
    if record.source:
        yield Quad(subject, DCT.source, record.source, graph)
    for key in record.derived_from:
        yield Quad(subject, PROV.wasDerivedFrom, mint.thing("dataset", source, key), graph)
    yield from _map_parts(subject, record, mint, source)


def _map_parts(subject: str, record: Dataset, mint: Minter, source: str) -> Iterator[Quad]:
    graph = mint.graph(source)
    if record.box:
        node = mint.part(source, "dataset", record.key, "box")
        yield Quad(subject, DCT.spatial, node, graph)
        yield from typed(node, DCT.Location, graph)
        yield Quad(node, DCAT.bbox, box(*record.box), graph)
    if record.began or record.ended:
        node = mint.part(source, "dataset", record.key, "period")
        yield Quad(subject, DCT.temporal, node, graph)
        yield from typed(node, DCT.PeriodOfTime, graph)
        if record.began:
            yield Quad(node, DCAT.startDate, day(record.began), graph)
        if record.ended:
            yield Quad(node, DCAT.endDate, day(record.ended), graph)
    if record.contact:
        node = mint.part(source, "dataset", record.key, "contact")
        yield Quad(subject, DCAT.contactPoint, node, graph)
        yield from typed(node, VCARD.Organization, graph)
        yield Quad(node, VCARD.fn, plain(record.contact), graph)


def map_distribution(record: Distribution, mint: Minter, source: str) -> Iterator[Quad]:
    """The quads of one distribution, and the way to it from its dataset."""
    graph = mint.graph(source)
    subject = mint.thing("distribution", source, record.key)
    if record.dataset is not None:
        dataset = mint.thing("dataset", source, record.dataset)
        yield Quad(dataset, DCAT.distribution, subject, graph)
    yield from typed(subject, DCAT.Distribution, graph)
    yield Quad(subject, DCT.identifier, plain(record.key), graph)
    for term, words in ((DCT.title, record.title), (DCT.description, record.description)):
        if words:
            yield Quad(subject, term, text(*words), graph)
    if record.access_url:
        yield Quad(subject, DCAT.accessURL, record.access_url, graph)
    if record.download_url:
        yield Quad(subject, DCAT.downloadURL, record.download_url, graph)
    if record.file_type:
        yield Quad(subject, DCT.format, _FILE_TYPE + record.file_type, graph)
    if record.format_stated:
        yield Quad(subject, GM.formatAsStated, text(record.format_stated), graph)
    if record.media_type:
        yield Quad(subject, DCAT.mediaType, _MEDIA_TYPE + record.media_type, graph)
    for schema in record.conforms_to:
        yield Quad(subject, DCT.conformsTo, schema, graph)
    if record.byte_size is not None:
        yield Quad(subject, DCAT.byteSize, integer(record.byte_size), graph)
    if record.licence:
        yield Quad(subject, DCT.license, record.licence, graph)
    if record.licence_stated:
        yield Quad(subject, GM.licenceAsStated, text(record.licence_stated), graph)
    if record.issued:
        yield Quad(subject, DCT.issued, when(record.issued), graph)
    if record.modified:
        yield Quad(subject, DCT.modified, when(record.modified), graph)
