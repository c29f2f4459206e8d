"""An information asset's quads, and those of the posts, units and systems that it names."""

from collections.abc import Iterator

from loaders.identity import Minter, code_slug, name_slug
from loaders.mappings.about import About, is_for_everybody
from loaders.mappings.post import mention_post, post_iri
from loaders.mappings.typed import typed
from loaders.mappings.unit import mention_unit, unit_iri
from loaders.quads import Quad, boolean, day, plain, text
from loaders.records import InformationAsset
from ontology.namespaces import concept
from ontology.vocab import DCAT, DCT, DPV, GM, PROV


def map_information_asset(record: InformationAsset, mint: Minter, source: str) -> Iterator[Quad]:
    """The quads of one entry of a register. What is not recorded is not stated.

    A restricted entry refers to its posts, unit and system and does not describe them.
    """
    graph = mint.graph(source)
    holder = mint.organisation(record.holder)
    describes = is_for_everybody(record.visible_to)
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
            yield Quad(subject, term, post_iri(record.holder, title, mint), graph)
            if describes:
                yield from mention_post(record.holder, title, mint, graph)
    if record.unit:
        yield Quad(subject, GM.managingUnit, unit_iri(record.holder, record.unit, mint), graph)
        if describes:
            yield from mention_unit(record.holder, record.unit, mint, graph)
    if record.system:
        system = mint.thing("system", record.holder, name_slug(record.system))
        yield Quad(subject, GM.heldIn, system, graph)
        if describes:
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
    yield from _map_governance(record, About(subject, graph, mint))
    if record.retention or record.disposal:
        node = mint.part(source, "information-asset", record.holder, record.ref, "retention")
        yield Quad(subject, GM.retentionRule, node, graph)
        yield from typed(node, GM.RetentionRule, graph)
        if record.retention:
            yield Quad(node, GM.retentionText, text(record.retention), graph)
        if record.disposal:
            action = concept("disposal-action", record.disposal)
            yield Quad(node, GM.disposalAction, action, graph)


def _map_governance(record: InformationAsset, about: About) -> Iterator[Quad]:
    """What only registers in our own format say of an asset."""
    for term, scheme, notations in (
        (DCT.accessRights, "access-right", (record.access,)),
        (GM.criticality, "criticality", (record.criticality,)),
        (GM.identifiability, "identifiability", (record.identifiability,)),
        (GM.scheduleOneCondition, "schedule-1-condition", record.schedule_one),
        (GM.dataSubjectCategory, "data-subject-category", record.data_subjects),
        (GM.personalDataCategory, "personal-data-category", record.data_categories),
        (GM.holdsConcept, "data-element", record.holds),
        (GM.authoritativeFor, "data-element", record.authoritative_for),
        (GM.visibleTo, "audience", (record.visible_to,)),
    ):
        yield from about.concepts(term, scheme, *notations)
    for term, words in (
        (GM.accessReason, record.access_reason),
        (GM.valueStatement, record.value),
        (GM.internalNote, record.note),
    ):
        yield from about.words(term, words)
    yield from about.entries(GM.heldIn, "system", *record.systems)
    yield from about.entries(GM.retentionRule, "retention-rule", record.rule)
    yield from about.days(GM.retentionStart, record.retention_start)
    yield from about.iris(DCAT.theme, *record.themes)
    yield from about.entries(PROV.wasDerivedFrom, "information-asset", *record.derived_from)
    yield from about.paths(GM.realisedBy, *record.datasets)
    for path in record.services:
        service = about.mint.thing(*path.split("/"))
        yield Quad(service, GM.usesAsset, about.subject, about.graph)
