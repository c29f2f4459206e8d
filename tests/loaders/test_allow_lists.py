"""The allow-lists decide for every class and property of ours, and deny what they do not name."""

import pytest

import ontology
from loaders.allow_lists import (
    NARROWER,
    AllowListError,
    read_allow_lists,
    shipped_allow_lists,
)
from loaders.audience import Audience
from ontology import vocab
from ontology.namespaces import DEF, PREFIXES
from ontology.vocab import DCAT, DCT, DPV, GM, ORG, PROV, RDF, SKOS, SUPERCLASSES, VOID

BASE = "https://data.greatermanchester.example/"

# What stays inside, whatever the class: docs/audiences.md says why.
INTERNAL = {
    GM.adviceText,
    GM.contractEnd,
    GM.costBand,
    GM.heldIn,
    GM.hostedIn,
    GM.hostingNote,
    GM.internalNote,
    GM.isEncrypted,
    GM.isSignedByAll,
    GM.productName,
    GM.residualRisk,
    GM.retentionStart,
    GM.riskAsStated,
    GM.securityClassification,
    GM.securityMeasures,
    GM.sharedWithAsStated,
    GM.supplierAsStated,
    GM.systemStatus,
    GM.trainingCompleted,
    GM.vacantSince,
    GM.visibleTo,
}


def ours() -> set[str]:
    return {value for name, value in vars(GM).items() if not name.startswith("_")}


def known_terms() -> set[str]:
    return {
        value
        for vocabulary in vars(vocab).values()
        if isinstance(vocabulary, type)
        for name, value in vars(vocabulary).items()
        if not name.startswith("_")
    }


def listed(class_iri: str, audience: Audience) -> frozenset[str]:
    return shipped_allow_lists().rights([class_iri]).get(audience, frozenset())


def test_every_class_of_ours_has_a_list() -> None:
    assert set(SUPERCLASSES) - shipped_allow_lists().of_class.keys() == set()


def test_every_property_of_ours_is_listed_somewhere_or_internal_on_purpose() -> None:
    lists = shipped_allow_lists()
    shown = {
        each
        for rights in lists.of_class.values()
        for properties in rights.values()
        for each in properties
    }.union(*lists.whole.values())
    assert ours() - shown - lists.of_class.keys() == INTERNAL


def test_the_lists_name_only_terms_that_there_are() -> None:
    lists = shipped_allow_lists()
    named = set(lists.of_class).union(
        *(properties for rights in lists.of_class.values() for properties in rights.values())
    )
    assert named - known_terms() == set()


def test_partners_see_all_that_the_public_sees() -> None:
    for class_iri, rights in shipped_allow_lists().of_class.items():
        assert rights.get(Audience.PUBLIC, frozenset()) <= rights[Audience.PARTNER], class_iri


# The rows of the table of audiences, one thing of each cell.
@pytest.mark.parametrize(
    ("class_iri", "term", "audience"),
    [
        (GM.InformationAsset, DCT.title, Audience.PUBLIC),
        (GM.InformationAsset, GM.personalDataLevel, Audience.PARTNER),
        (GM.DataFlow, GM.personalDataLevel, Audience.PUBLIC),
        (GM.InformationAsset, GM.accessReason, Audience.PUBLIC),
        (GM.InformationAsset, GM.assetOwner, Audience.PARTNER),
        (GM.InformationAsset, GM.personalDataCategory, Audience.PARTNER),
        (GM.InformationAsset, GM.criticality, Audience.PARTNER),
        (GM.InformationAsset, GM.heldIn, Audience.INTERNAL),
        (GM.InformationAsset, GM.riskAsStated, Audience.INTERNAL),
        (GM.InformationAsset, GM.internalNote, Audience.INTERNAL),
        (GM.DataFlow, GM.flowSource, Audience.PUBLIC),
        (GM.DataFlow, DPV.hasLegalBasis, Audience.PUBLIC),
        (GM.DataFlow, GM.privacyNotice, Audience.PUBLIC),
        (GM.DataFlow, GM.transferMethod, Audience.PARTNER),
        (GM.DataFlow, GM.isEncrypted, Audience.INTERNAL),
        (GM.InformationSharingAgreement, GM.validUntil, Audience.PUBLIC),
        (GM.InformationSharingAgreement, GM.sharesAsset, Audience.PARTNER),
        (GM.InformationSharingAgreement, GM.isSignedByAll, Audience.INTERNAL),
        (GM.ProcessingActivity, GM.purpose, Audience.PUBLIC),
        (GM.ProcessingActivity, DPV.hasLegalBasis, Audience.PARTNER),
        (GM.ProcessingActivity, GM.securityMeasures, Audience.INTERNAL),
        (GM.ImpactAssessment, GM.assessedOn, Audience.PUBLIC),
        (GM.ImpactAssessment, GM.assessmentOutcome, Audience.PARTNER),
        (GM.ImpactAssessment, GM.adviceText, Audience.INTERNAL),
        (GM.ImpactAssessment, GM.residualRisk, Audience.INTERNAL),
        (GM.InformationSystem, RDF.type, Audience.PARTNER),
        (GM.InformationSystem, GM.realisesCapability, Audience.PARTNER),
        (GM.InformationSystem, GM.supplierAsStated, Audience.INTERNAL),
        (ORG.Post, SKOS.prefLabel, Audience.PUBLIC),
        (ORG.Post, GM.governanceRole, Audience.PARTNER),
        (ORG.Post, GM.trainingCompleted, Audience.INTERNAL),
        (GM.RetentionRule, GM.retentionPeriod, Audience.PUBLIC),
        (GM.RetentionRule, GM.retentionTrigger, Audience.PARTNER),
        (GM.Assurance, GM.assuranceLevel, Audience.PARTNER),
        (GM.Strategy, GM.setsVision, Audience.PUBLIC),
        (GM.Strategy, GM.internalNote, Audience.INTERNAL),
    ],
)
def test_each_property_is_for_the_audience_that_the_model_says(
    class_iri: str, term: str, audience: Audience
) -> None:
    for each in NARROWER:
        assert (term in listed(class_iri, each)) == each.reads(audience)


def test_a_class_without_an_entry_shows_nothing() -> None:
    assert shipped_allow_lists().rights([PREFIXES["foaf"] + "Person"]) == {}
    assert shipped_allow_lists().rights([]) == {}


def test_a_superclass_of_other_people_does_not_widen_a_class_of_ours() -> None:
    lists = read_allow_lists(
        b"""
        ["gm:InformationAsset"]
        public = ["dct:title"]
        ["dcat:Resource"]
        public = ["dct:description"]
        ["gm:InformationSystem"]
        partner = []
        """
    )
    both = lists.rights([GM.InformationAsset, DCAT.Resource])
    assert both[Audience.PUBLIC] == {DCT.title, RDF.type}
    assert Audience.PUBLIC not in lists.rights([GM.InformationSystem, DCAT.Resource])
    assert lists.rights([GM.DataFlow, DCAT.Resource]) == {}
    assert lists.rights([DCAT.Resource, PROV.Entity])[Audience.PUBLIC] == {
        DCT.description,
        RDF.type,
    }


def test_classes_of_ours_side_by_side_show_what_each_of_them_allows() -> None:
    lists = read_allow_lists(
        b"""
        ["gm:InformationAsset"]
        public = ["dct:title", "dct:description"]
        partner = ["gm:assetOwner"]
        whole = ["gm:sha256"]
        ["gm:DataFlow"]
        public = ["dct:title"]
        partner = ["gm:assetOwner", "gm:transferMethod"]
        ["gm:InformationSystem"]
        partner = ["dct:title"]
        """
    )
    both = lists.rights([GM.InformationAsset, GM.DataFlow])
    assert both[Audience.PUBLIC] == {DCT.title, RDF.type}
    assert both[Audience.PARTNER] == {DCT.title, GM.assetOwner, RDF.type}
    assert lists.rights([GM.InformationAsset, GM.DataFlow], whole=True) == both
    three = lists.rights([GM.InformationAsset, GM.DataFlow, GM.InformationSystem])
    assert three == {Audience.PARTNER: {DCT.title, RDF.type}}
    assert lists.rights([GM.InformationAsset, GM.Strategy]) == {}


def test_what_is_for_whole_sources_is_shown_of_them_alone() -> None:
    lists = read_allow_lists(
        b"""
        ["gm:InformationAsset"]
        public = ["dct:title"]
        whole = ["gm:sha256"]
        ["gm:DataFlow"]
        like = "gm:InformationAsset"
        ["gm:Strategy"]
        whole = ["gm:sha256"]
        """
    )
    for class_iri in (GM.InformationAsset, GM.DataFlow):
        assert lists.rights([class_iri])[Audience.PUBLIC] == {DCT.title, RDF.type}
        for audience in NARROWER:
            rights = lists.rights([class_iri], whole=True)
            assert rights[audience] == {DCT.title, GM.sha256, RDF.type}
    assert lists.rights([GM.Strategy], whole=True) == {}


def test_digests_sizes_names_and_counts_of_files_are_for_whole_sources_alone() -> None:
    assert {each: set(terms) for each, terms in shipped_allow_lists().whole.items()} == {
        GM.Source: {PROV.hadPrimarySource, VOID.triples},
        GM.LoadRun: {
            PROV.used,
            GM.recordsIn,
            GM.recordsLoaded,
            GM.recordsLeftOut,
            GM.valuesWithheld,
            PROV.wasInformedBy,
        },
        GM.Snapshot: {
            DCT.title,
            DCT.license,
            DCT.source,
            GM.sha256,
            DCAT.byteSize,
            PROV.generatedAtTime,
        },
    }


def test_what_a_class_or_one_above_it_allows_is_allowed() -> None:
    lists = read_allow_lists(
        b"""
        ["owl:Thing"]
        public = ["gm:isIllustrative"]
        ["gm:PublicBody"]
        public = ["dct:title"]
        ["gm:LocalAuthority"]
        like = "gm:PublicBody"
        partner = ["gm:laCode"]
        """
    )
    rights = lists.rights([GM.LocalAuthority])
    assert rights[Audience.PUBLIC] == {DCT.title, GM.isIllustrative, RDF.type}
    assert rights[Audience.PARTNER] == rights[Audience.PUBLIC] | {GM.laCode}
    assert lists.rights([GM.LocalAuthority, GM.PublicBody]) == rights


def test_an_iri_tells_its_class_by_its_kind_alone() -> None:
    lists = shipped_allow_lists()
    assert lists.class_of(f"{BASE}id/system/GM-x/a", BASE) == GM.InformationSystem
    assert lists.class_of(f"{BASE}id/unheard-of/a", BASE) is None
    assert lists.class_of("https://elsewhere.example/id/system/a", BASE) is None
    assert lists.class_of(f"{DEF}mission-2022/1", BASE) == SKOS.Concept
    assert lists.class_of(GM.InformationAsset, BASE) is None


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"[[", "are no TOML"),
        (b'["gm:Area"]\npublik = []', "only public, partner, whole, kind and like"),
        (b'["gm:Area"]\npublic = ["nobody:title"]', "“nobody:title” is no prefixed name"),
        (b'["Area"]\npublic = []', "“Area” is no prefixed name"),
        (b'["gm:Area"]\npublic = ["dct:title"]\npartner = ["dct:title"]', "and for partners"),
        (b'["gm:Area"]\npublic = ["gm:visibleTo"]', "told to nobody"),
        (b'["gm:Area"]\nwhole = ["gm:visibleTo"]', "told to nobody"),
        (b'["gm:Area"]\npublic = ["dct:title"]\nwhole = ["dct:title"]', "whole sources alone"),
        (b'["gm:Area"]\nlike = "gm:Source"', "“gm:Source” has no lists"),
        (b'["gm:Area"]\nkind = "a"\n["gm:Source"]\nkind = "a"', "the kind of another class"),
    ],
)
def test_lists_that_cannot_be_meant_are_refused(content: bytes, told: str) -> None:
    with pytest.raises(AllowListError, match=told):
        read_allow_lists(content)


def test_the_lists_are_what_the_ontology_ships() -> None:
    assert read_allow_lists(ontology.allow_lists()) == shipped_allow_lists()
