"""An information sharing agreement's quads."""

from collections.abc import Iterator

from loaders.identity import Minter, code_slug
from loaders.mappings.about import About
from loaders.mappings.typed import typed
from loaders.quads import Quad
from loaders.records import Agreement
from ontology.vocab import DCAT, DCT, GM


def map_agreement(record: Agreement, mint: Minter, source: str) -> Iterator[Quad]:
    """The quads of one agreement."""
    graph = mint.graph(source)
    subject = agreement_iri(source, record.ref, mint)
    about = About(subject, graph, mint)
    yield from typed(subject, GM.InformationSharingAgreement, graph)
    yield from about.code(DCT.identifier, record.ref)
    yield from about.words(DCT.title, record.title)
    yield from about.words(DCT.description, record.description)
    for version in record.versions:
        yield from about.code(DCAT.version, version)
    yield from about.organisations(GM.provider, record.providers)
    yield from about.organisations(GM.recipient, record.recipients)
    yield from about.words(GM.providerAsStated, *record.providers_stated)
    yield from about.words(GM.recipientAsStated, *record.recipients_stated)
    yield from about.organisations(GM.party, record.parties)
    yield from about.words(GM.partyAsStated, *record.parties_stated)
    yield from about.words(GM.purpose, record.purpose)
    yield from about.words(GM.benefit, record.benefit)
    yield from about.entries(GM.sharesAsset, "information-asset", *record.assets)
    yield from about.entries(GM.coversProcessing, "processing-activity", *record.processing)
    yield from about.iris(GM.legalPower, *record.legal_powers)
    yield from about.words(GM.legalBasisAsStated, *record.bases_stated)
    yield from about.days(GM.validFrom, record.began)
    yield from about.days(GM.validUntil, record.ended)
    yield from about.days(GM.nextReview, record.next_review)
    yield from about.concepts(GM.agreementStatus, "agreement-status", record.status)
    yield from about.flag(GM.isSignedByAll, record.is_signed)
    yield from about.paths(GM.supportsService, *record.services)
    yield from about.iris(GM.privacyNotice, record.privacy_notice)
    yield from about.remarks(record.remarks)


def agreement_iri(source: str, ref: str, mint: Minter) -> str:
    """The IRI of an agreement, by the source that states it and its reference there."""
    return mint.thing("agreement", source, code_slug(ref))
