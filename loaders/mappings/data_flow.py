"""A data flow's quads."""

from collections.abc import Iterator

from loaders.identity import Minter, code_slug
from loaders.mappings.about import About
from loaders.mappings.agreement import agreement_iri
from loaders.mappings.typed import typed
from loaders.quads import Quad
from loaders.records import DataFlow
from ontology.vocab import DCT, GM


def map_data_flow(record: DataFlow, mint: Minter, source: str) -> Iterator[Quad]:
    """The quads of one flow."""
    graph = mint.graph(source)
    subject = mint.thing("data-flow", source, code_slug(record.ref))
    about = About(subject, graph, mint)
    yield from typed(subject, GM.DataFlow, graph)
    yield from about.code(DCT.identifier, record.ref)
    yield from about.words(DCT.title, record.title)
    yield from about.organisations(GM.flowSource, (record.giver,))
    if record.taker:
        yield from about.organisations(GM.flowTarget, (record.taker,))
    yield from about.words(GM.recipientAsStated, record.taker_stated)
    yield from about.entries(GM.conveys, "information-asset", *record.assets)
    yield from about.paths(GM.conveys, *record.datasets)
    yield from about.words(GM.purpose, record.purpose)
    yield from about.concepts(GM.sourceRole, "data-protection-role", record.giver_role)
    yield from about.concepts(GM.targetRole, "data-protection-role", record.taker_role)
    yield from about.concepts(GM.personalDataLevel, "personal-data-level", record.personal_data)
    yield from about.concepts(GM.identifiability, "identifiability", record.identifiability)
    yield from about.lawfulness(record.lawfulness)
    if record.agreement:
        yield from about.iris(GM.underAgreement, agreement_iri(source, record.agreement, mint))
    yield from about.concepts(GM.transferMethod, "transfer-method", record.method)
    yield from about.concepts(GM.transferFrequency, "frequency", record.frequency)
    yield from about.flag(GM.isEncrypted, record.is_encrypted)
    yield from about.flag(GM.leavesUK, record.leaves_uk)
    yield from about.words(GM.transferSafeguard, record.safeguard)
    yield from about.paths(GM.supportsService, *record.services)
    yield from about.days(GM.validFrom, record.began)
    yield from about.days(GM.validUntil, record.ended)
    yield from about.iris(GM.privacyNotice, record.privacy_notice)
    yield from about.remarks(record.remarks)
