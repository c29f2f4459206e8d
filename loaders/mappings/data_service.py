"""The quads of a data service (DCAT 3)."""

from collections.abc import Iterator

from loaders.identity import Minter
from loaders.mappings.about import About
from loaders.mappings.party import map_party
from loaders.mappings.typed import typed
from loaders.quads import Quad, plain, text, when
from loaders.records import DataService
from ontology.vocab import ADMS, DCAT, DCT, GM, VCARD


def map_data_service(record: DataService, mint: Minter, source: str) -> Iterator[Quad]:
    """The quads of one data service."""
    graph = mint.graph(source)
    subject = mint.thing("data-service", source, record.key)
    about = About(subject, graph, mint)
    yield from typed(subject, DCAT.DataService, graph)
    for code in (record.key, *record.identifiers):
        yield from about.code(DCT.identifier, code)
    for term, texts in (
        (DCT.title, record.titles),
        (DCT.description, record.descriptions),
        (DCAT.keyword, record.keywords),
    ):
        for value, language in texts:
            yield Quad(subject, term, text(value, language), graph)
    yield from map_party(
        subject, DCT.publisher, GM.publisherAsStated, record.publisher, mint, graph
    )
    yield from about.iris(DCT.license, record.licence)
    yield from about.words(GM.licenceAsStated, record.licence_stated)
    yield from about.iris(DCAT.landingPage, record.landing_page)
    yield from about.iris(DCAT.endpointURL, record.endpoint)
    yield from about.iris(DCAT.endpointDescription, *record.documentation)
    yield from about.iris(DCAT.servesDataset, *record.serves)
    yield from about.iris(DCAT.theme, *record.themes)
    yield from about.concepts(ADMS.status, "data-service-status", record.status)
    yield from about.concepts(DCT.accessRights, "access-right", record.access)
    yield from about.code(DCAT.version, record.version)
    if record.issued:
        yield Quad(subject, DCT.issued, when(record.issued), graph)
    if record.modified:
        yield Quad(subject, DCT.modified, when(record.modified), graph)
    if record.contact:
        node = mint.part(source, "data-service", record.key, "contact")
        yield Quad(subject, DCAT.contactPoint, node, graph)
        yield from typed(node, VCARD.Organization, graph)
        yield Quad(node, VCARD.fn, plain(record.contact), graph)
