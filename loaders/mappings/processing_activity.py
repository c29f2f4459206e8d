"""A processing activity's quads."""

from collections.abc import Iterator

from loaders.identity import Minter, code_slug
from loaders.mappings.about import About
from loaders.mappings.typed import typed
from loaders.quads import Quad
from loaders.records import ProcessingActivity
from ontology.vocab import DCT, GM


def map_processing_activity(record: ProcessingActivity, mint: Minter, graph: str) -> Iterator[Quad]:
    """The quads of one entry of a record of processing."""
    subject = mint.thing("processing-activity", record.controller, code_slug(record.ref))
    about = About(subject, graph, mint)
    yield from typed(subject, GM.ProcessingActivity, graph)
    yield from about.code(DCT.identifier, record.ref)
    yield from about.words(DCT.title, record.name)
    yield from about.organisations(GM.controller, (record.controller,))
    yield from about.organisations(GM.jointController, record.joint_controllers)
    yield from about.organisations(GM.processor, record.processors)
    yield from about.words(GM.purpose, record.purpose)
    yield from about.entries(GM.processesAsset, "information-asset", *record.assets)
    yield from about.lawfulness(record.lawfulness)
    yield from about.words(GM.recipientAsStated, *record.recipients)
    yield from about.entries(GM.retentionRule, "retention-rule", record.rule)
    yield from about.flag(GM.leavesUK, record.leaves_uk)
    yield from about.words(GM.transferSafeguard, record.safeguard)
    yield from about.words(GM.securityMeasures, record.security)
    yield from about.flag(GM.isLikelyHighRisk, record.is_high_risk)
    yield from about.flag(GM.hasAutomatedDecision, record.is_automated)
    yield from about.paths(GM.supportsService, *record.services)
    yield from about.iris(GM.privacyNotice, record.privacy_notice)
    yield from about.remarks(record.remarks)
