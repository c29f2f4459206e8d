"""An assessment's quads."""

from collections.abc import Iterator

from loaders.identity import Minter, code_slug
from loaders.mappings.about import About, is_for_everybody
from loaders.mappings.post import mention_post, post_iri
from loaders.mappings.typed import typed
from loaders.quads import Quad
from loaders.records import Assessment
from ontology.vocab import DCT, GM

_CLASSES = {"dpia": GM.ImpactAssessment, "ethics": GM.EthicsAssessment}


def map_assessment(record: Assessment, mint: Minter, graph: str) -> Iterator[Quad]:
    """The quads of one assessment, which its organisation publishes."""
    subject = mint.thing("assessment", record.organisation, code_slug(record.ref))
    about = About(subject, graph, mint)
    yield from typed(subject, _CLASSES[record.kind], graph)
    yield from about.code(DCT.identifier, record.ref)
    yield from about.words(DCT.title, record.title)
    yield from about.organisations(DCT.publisher, (record.organisation,))
    yield from about.paths(GM.assesses, *record.assesses)
    yield from about.concepts(GM.assessmentOutcome, "assessment-outcome", record.outcome)
    yield from about.concepts(GM.residualRisk, "risk-level", record.residual_risk)
    yield from about.days(GM.assessedOn, record.assessed)
    yield from about.days(GM.nextReview, record.next_review)
    if record.approved_by:
        post = post_iri(record.organisation, record.approved_by, mint)
        yield from about.iris(GM.approvedBy, post)
        if is_for_everybody(record.remarks.visible_to):
            yield from mention_post(record.organisation, record.approved_by, mint, graph)
    yield from about.words(GM.adviceText, record.advice)
    yield from about.remarks(record.remarks)
