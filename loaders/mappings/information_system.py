"""An information system's quads."""

from collections.abc import Iterator

from loaders.identity import Minter, code_slug
from loaders.mappings.about import About
from loaders.mappings.typed import typed
from loaders.quads import Quad
from loaders.records import InformationSystem
from ontology.vocab import DCT, GM

_COUNTRY = "http://publications.europa.eu/resource/authority/country/"


def map_information_system(record: InformationSystem, mint: Minter, graph: str) -> Iterator[Quad]:
    """The quads of one system."""
    subject = mint.thing("system", record.holder, code_slug(record.ref))
    about = About(subject, graph, mint)
    yield from typed(subject, GM.InformationSystem, graph)
    yield from about.code(DCT.identifier, record.ref)
    yield from about.words(DCT.title, record.name)
    yield from about.organisations(GM.heldBy, (record.holder,))
    yield from about.words(DCT.description, record.description)
    yield from about.words(GM.productName, record.product)
    yield from about.words(GM.supplierAsStated, record.supplier)
    if record.hosted_in:
        yield from about.iris(GM.hostedIn, _COUNTRY + record.hosted_in)
    yield from about.words(GM.hostingNote, record.hosting_note)
    yield from about.concepts(GM.realisesCapability, "capability", *record.capabilities)
    yield from about.concepts(GM.holdsConcept, "data-element", *record.holds)
    yield from about.paths(GM.supportsService, *record.services)
    yield from about.entries(DCT.requires, "system", *record.requires)
    yield from about.concepts(GM.systemStatus, "system-status", record.status)
    yield from about.concepts(GM.criticality, "criticality", record.criticality)
    yield from about.days(GM.contractEnd, record.contract_end)
    yield from about.concepts(GM.costBand, "cost-band", record.cost_band)
    yield from about.remarks(record.remarks)
