"""An information asset's quads, and those of the posts, units and systems that it names."""

from collections.abc import Iterator

from loaders.identity import Minter, code_slug, name_slug
from loaders.mappings.typed import typed
from loaders.quads import Quad, boolean, day, plain, text
from loaders.records import InformationAsset
from ontology.namespaces import concept
from ontology.vocab import DCT, DPV, GM, ORG, SKOS


def map_information_asset(record: InformationAsset, mint: Minter, source: str) -> Iterator[Quad]:
    """The quads of one entry of a register. What is not recorded is not stated."""
    graph = mint.graph(source)
    holder = mint.organisation(record.holder)
    subject = mint.thing("information-asset", record.holder, code_slug(record.ref))
    yield from typed(subject, GM.InformationAsset, graph)
    yield Quad(subject, DCT.identifier, plain(record.ref), graph)
    yield Quad(subject, DCT.title, text(record.name), graph)
    yield Quad(subject, GM.heldBy, holder, graph)
    if record.description:
        yield Quad(subject, DCT.description, text(record.description), graph)
    for term, title in (
        (GM.assetOwner, record.owner),
        (GM.assetSteward, record.steward),
        (GM.assetCustodian, record.custodian),
    ):
        if title:
            post = mint.thing("post", record.holder, name_slug(title))
            yield Quad(subject, term, post, graph)
            yield from typed(post, ORG.Post, graph)
            yield Quad(post, SKOS.prefLabel, text(title), graph)
            yield Quad(post, ORG.postIn, holder, graph)
    if record.unit:
        unit = mint.thing("unit", record.holder, name_slug(record.unit))
        yield Quad(subject, GM.managingUnit, unit, graph)
        yield from typed(unit, ORG.OrganizationalUnit, graph)
        yield Quad(unit, SKOS.prefLabel, text(record.unit), graph)
        yield Quad(unit, ORG.unitOf, holder, graph)
    if record.system:
        system = mint.thing("system", record.holder, name_slug(record.system))
        yield Quad(subject, GM.heldIn, system, graph)
        yield from typed(system, GM.InformationSystem, graph)
        yield Quad(system, DCT.title, text(record.system), graph)
        yield Quad(system, GM.heldBy, holder, graph)
    for term, scheme, notation in (
        (GM.assetFormat, "asset-format", record.format),
        (GM.personalDataLevel, "personal-data-level", record.personal_data),
        (GM.securityClassification, "security-classification", record.classification),
    ):
        if notation:
            yield Quad(subject, term, concept(scheme, notation), graph)
    for basis in record.legal_bases:
        yield Quad(subject, DPV.hasLegalBasis, concept("legal-basis", basis), graph)
    for term, words in (
        (GM.formatAsStated, record.format_stated),
        (GM.riskAsStated, record.risk),
        *((GM.sharedWithAsStated, each) for each in record.shared_with),
    ):
        if words:
            yield Quad(subject, term, text(words), graph)
    if record.is_open is not None:
        yield Quad(subject, GM.isOpenData, boolean(record.is_open), graph)
    if record.reviewed:
        yield Quad(subject, GM.lastReviewed, day(record.reviewed), graph)
    if record.next_review:
        yield Quad(subject, GM.nextReview, day(record.next_review), graph)
    if record.source:
        yield Quad(subject, DCT.source, record.source, graph)
    if record.retention or record.disposal:
        node = mint.part(source, "information-asset", record.holder, record.ref, "retention")
        yield Quad(subject, GM.retentionRule, node, graph)
        yield from typed(node, GM.RetentionRule, graph)
        if record.retention:
            yield Quad(node, GM.retentionText, text(record.retention), graph)
        if record.disposal:
            action = concept("disposal-action", record.disposal)
            yield Quad(node, GM.disposalAction, action, graph)
