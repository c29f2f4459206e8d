"""What registers of governance state: exactly what the ontology has for each record."""

import re
from dataclasses import replace

import pytest
from pyoxigraph import RdfFormat, Store
from rdflib import URIRef
from rdflib.compare import graph_diff, isomorphic

from loaders.mappings import map_record
from loaders.nquads import write_lines
from loaders.records import (
    AlgorithmicTool,
    Assessment,
    Conformance,
    Contribution,
    DataFlow,
    Entry,
    InformationAsset,
    InformationSystem,
    Post,
    ProcessingActivity,
    Record,
    Remarks,
    RetentionRule,
    Standard,
    Unit,
)
from ontology.namespaces import DEF
from ontology.vocab import GM
from tests.loaders.conftest import MINT, graph_of, quads_of, turtle
from tests.loaders.governance_records import (
    ASSESSMENT,
    ASSET,
    CONTRIBUTION,
    GOVERNANCE_RECORDS,
    every_governance_record,
)

_N_QUADS = RdfFormat.N_QUADS
SOURCE = "https://register.example/document"
UNIT = "a org:OrganizationalUnit ; org:unitOf <id/organisation/GM-a> ; skos:prefLabel"
POST = "a org:Post ; org:postIn <id/organisation/GM-a> ; skos:prefLabel"
SEEN = "gm:visibleTo [audience/partner]"
TOLD = f'{SEEN} ; gm:internalNote "Ask first."@en ; dct:source <{SOURCE}>'
SUMMED_UP = f'gm:publicSummary "What it is for."@en ; {TOLD}'
SUPPORTS = "gm:supportsService <id/service/gm-services/bin-day>, <id/service/given/tip>"
LAWFUL = """
    gm:dataSubjectCategory [data-subject-category/residents], [data-subject-category/staff] ;
    gm:personalDataCategory [personal-data-category/identity], [personal-data-category/health] ;
    dpv:hasLegalBasis [legal-basis/A6-1-e], [legal-basis/A9-2-h] ;
    gm:scheduleOneCondition [schedule-1-condition/preventing-fraud] ;
    gm:legalPower <https://law.example/act>
"""
ODRL = "<http://www.w3.org/ns/odrl/2/Agreement>"

EXPECTED = {
    "unit-csv": f"""
        <id/unit/GM-a/waste-team> {UNIT} "Waste team"@en ;
            org:unitOf <id/unit/GM-a/place-directorate> ;
            dct:description "It empties bins."@en ; {SEEN} ; dct:source <{SOURCE}> .
    """,
    "post-csv": f"""
        <id/post/GM-a/head-of-waste> {POST} "Head of Waste"@en ;
            org:postIn <id/unit/GM-a/waste-team> ;
            gm:governanceRole [governance-role/iao], [governance-role/data-steward] ;
            gm:isFilled false ;
            gm:vacantSince "2025-03-01"^^xsd:date ;
            gm:trainingCompleted "2024-09-30"^^xsd:date ;
            cv:contactPoint <.well-known/genid/given/post/GM-a/head-of-waste/contact> ;
            {TOLD} .
        <.well-known/genid/given/post/GM-a/head-of-waste/contact> a cv:ContactPoint ;
            cv:email "waste.team@council.example" .
    """,
    "system-csv": f"""
        <id/system/GM-a/sys-1> a gm:InformationSystem, prov:Entity ;
            dct:identifier "SYS 1" ; dct:title "Bin system"@en ;
            gm:heldBy <id/organisation/GM-a> ;
            dct:description "It counts bins."@en ;
            gm:productName "Binner 3"@en ; gm:supplierAsStated "Bins and Sons"@en ;
            gm:hostedIn <http://publications.europa.eu/resource/authority/country/GBR> ;
            gm:hostingNote "In the cellar."@en ;
            gm:realisesCapability [capability/mapping], [capability/payments] ;
            gm:holdsConcept [data-element/uprn], [data-element/address] ;
            {SUPPORTS} ;
            dct:requires <id/system/GM-a/sys-2>, <id/system/GM-b/map> ;
            gm:systemStatus [system-status/live] ;
            gm:criticality [criticality/critical] ;
            gm:contractEnd "2027-03-31"^^xsd:date ;
            gm:costBand [cost-band/10k-to-100k] ;
            {TOLD} .
    """,
    "retention-rule-csv": f"""
        <id/retention-rule/GM-a/r-1> a gm:RetentionRule, dpv:StorageCondition ;
            dct:identifier "R 1" ; dct:title "Bin records"@en ;
            dct:publisher <id/organisation/GM-a> ;
            gm:retentionText "Six years and a half."@en ;
            gm:retentionPeriod "P6Y6M"^^xsd:yearMonthDuration ;
            gm:retentionTrigger [retention-trigger/closure] ;
            gm:disposalAction [disposal-action/destroy] ;
            gm:retentionAuthority "The Bins Act."@en ; {SEEN} ; dct:source <{SOURCE}> .
    """,
    "information-asset-csv": f"""
        <id/information-asset/GM-a/ia-1> a gm:InformationAsset, dcat:Resource, prov:Entity ;
            dct:identifier "IA 1" ; dct:title "Bin case files"@en ;
            gm:heldBy <id/organisation/GM-a> ; dct:description "Complaints."@en ;
            gm:assetOwner <id/post/GM-a/head-of-waste> ;
            gm:assetSteward <id/post/GM-a/bin-analyst> ;
            gm:assetCustodian <id/post/GM-a/systems-officer> ;
            gm:managingUnit <id/unit/GM-a/waste-team> ;
            gm:heldIn <id/system/GM-a/sys-1>, <id/system/GM-a/sys-2> ;
            gm:assetFormat [asset-format/database] ;
            gm:personalDataLevel [personal-data-level/special-category] ;
            dpv:hasLegalBasis [legal-basis/A6-1-e], [legal-basis/A9-2-g] ;
            gm:scheduleOneCondition [schedule-1-condition/preventing-fraud] ;
            gm:securityClassification [security-classification/OFFICIAL-SENSITIVE] ;
            dct:accessRights [access-right/RESTRICTED] ;
            gm:accessReason "It names people."@en ;
            gm:retentionRule <id/retention-rule/GM-a/r-1> ;
            gm:retentionStart "2024-04-01"^^xsd:date ;
            gm:valueStatement "It settles disputes."@en ;
            gm:criticality [criticality/important] ;
            gm:identifiability [identifiability/identifiable] ;
            gm:dataSubjectCategory [data-subject-category/residents] ;
            gm:personalDataCategory
                [personal-data-category/identity], [personal-data-category/contact] ;
            gm:holdsConcept [data-element/name], [data-element/address] ;
            gm:authoritativeFor [data-element/uprn] ;
            dcat:theme <http://publications.europa.eu/resource/authority/data-theme/ENVI> ;
            prov:wasDerivedFrom <id/information-asset/GM-b/IA-9> ;
            gm:realisedBy <id/dataset/given/bins> ;
            gm:sharedWithAsStated "The bin people"@en, "Another council"@en ;
            gm:isOpenData false ; gm:riskAsStated "Moderate."@en ;
            gm:lastReviewed "2024-05-01"^^xsd:date ; gm:nextReview "2026-05-01"^^xsd:date ;
            {TOLD} .
        <id/service/gm-services/bin-day> gm:usesAsset <id/information-asset/GM-a/ia-1> .
        <id/service/given/tip> gm:usesAsset <id/information-asset/GM-a/ia-1> .
    """,
    "processing-activity-csv": f"""
        <id/processing-activity/GM-a/p-1> a gm:ProcessingActivity, dpv:Process ;
            dct:identifier "P 1" ; dct:title "Handling complaints"@en ;
            gm:controller <id/organisation/GM-a> ;
            gm:jointController <id/organisation/GM-b> ;
            gm:processor <id/organisation/GM-c>, <id/organisation/GM-d> ;
            gm:purpose "To answer people."@en ;
            gm:processesAsset <id/information-asset/GM-a/ia-1> ;
            {LAWFUL} ;
            gm:recipientAsStated "insurers"@en, "courts"@en ;
            gm:retentionRule <id/retention-rule/GM-a/r-1> ;
            gm:leavesUK true ; gm:transferSafeguard "A contract."@en ;
            gm:securityMeasures "Locks."@en ;
            gm:isLikelyHighRisk false ; gm:hasAutomatedDecision true ;
            {SUPPORTS} ;
            gm:privacyNotice <https://council.example/privacy> ;
            {SUMMED_UP} .
    """,
    "agreement-csv": f"""
        <id/agreement/given/isa-1>
            a gm:InformationSharingAgreement, dpv:LegalAgreement, {ODRL} ;
            dct:identifier "ISA 1" ; dct:title "Bins together"@en ;
            gm:provider <id/organisation/GM-a>, <id/organisation/GM-b> ;
            gm:recipient <id/organisation/GM-c> ;
            gm:purpose "To plan rounds."@en ; gm:benefit "Fewer rounds."@en ;
            gm:sharesAsset <id/information-asset/GM-a/ia-1> ;
            gm:coversProcessing <id/processing-activity/GM-a/p-1> ;
            gm:legalPower <https://law.example/act> ;
            gm:validFrom "2024-04-01"^^xsd:date ; gm:validUntil "2026-03-31"^^xsd:date ;
            gm:nextReview "2025-04-01"^^xsd:date ;
            gm:agreementStatus [agreement-status/in-force] ; gm:isSignedByAll true ;
            {SUPPORTS} ;
            gm:privacyNotice <https://council.example/privacy> ;
            {SUMMED_UP} .
    """,
    "data-flow-csv": f"""
        <id/data-flow/given/f-1> a gm:DataFlow, dpv:Process ;
            dct:identifier "F 1" ; dct:title "Bins weekly"@en ;
            gm:flowSource <id/organisation/GM-a> ; gm:flowTarget <id/organisation/GM-c> ;
            gm:conveys <id/information-asset/GM-a/ia-1>, <id/information-asset/GM-a/ia-2> ;
            gm:purpose "To plan rounds."@en ;
            gm:sourceRole [data-protection-role/controller] ;
            gm:targetRole [data-protection-role/processor] ;
            gm:personalDataLevel [personal-data-level/personal] ;
            {LAWFUL} ;
            gm:underAgreement <id/agreement/given/isa-1> ;
            gm:transferMethod [transfer-method/api] ;
            gm:transferFrequency [frequency/weekly] ;
            gm:isEncrypted true ; gm:leavesUK false ;
            gm:transferSafeguard "None needed."@en ;
            {SUPPORTS} ;
            gm:validFrom "2024-04-01"^^xsd:date ; gm:validUntil "2026-03-31"^^xsd:date ;
            gm:privacyNotice <https://council.example/privacy> ;
            {SUMMED_UP} .
    """,
    "assessment-csv": f"""
        <id/assessment/GM-a/dpia-1> a gm:ImpactAssessment, dpv:DPIA ;
            dct:identifier "DPIA 1" ; dct:title "Of the complaints"@en ;
            dct:publisher <id/organisation/GM-a> ;
            gm:assesses <id/processing-activity/GM-a/p-1>, <id/system/GM-a/sys-1> ;
            gm:assessmentOutcome [assessment-outcome/approved] ;
            gm:residualRisk [risk-level/low] ;
            gm:assessedOn "2024-06-01"^^xsd:date ; gm:nextReview "2025-06-01"^^xsd:date ;
            gm:approvedBy <id/post/GM-a/head-of-waste> ; gm:adviceText "Go on."@en ;
            {SUMMED_UP} .
    """,
    "algorithmic-tool-csv": f"""
        <id/algorithmic-tool/GM-a/t-1> a gm:AlgorithmicTool, prov:Entity ;
            dct:identifier "T 1" ; dct:title "Round planner"@en ;
            gm:operatedBy <id/organisation/GM-a> ; dct:description "It plans rounds."@en ;
            gm:usesAsset <id/information-asset/GM-a/ia-1> ;
            {SUPPORTS} ;
            adms:status [system-status/pilot] ;
            gm:transparencyRecord <https://records.example/t1> ;
            gm:engagementEvidence <https://council.example/asked> ;
            {TOLD} .
    """,
    "disposal-csv": f"""
        <id/disposal/GM-a/d-1> a gm:DisposalEvent, prov:Activity ;
            dct:identifier "D 1" ; prov:wasAssociatedWith <id/organisation/GM-a> ;
            gm:disposes <id/information-asset/GM-a/ia-1> ;
            gm:disposedOn "2025-01-31"^^xsd:date ;
            gm:disposalAction [disposal-action/destroy] ;
            gm:evidence "A certificate."@en ; {SEEN} ; gm:internalNote "Ask first."@en .
    """,
    "standard-csv": f"""
        <id/standard/bin-standard> a gm:Standard, dct:Standard ;
            dct:identifier "bin-standard" ; dct:title "How bins are recorded"@en ;
            dct:description "One row a bin."@en ; gm:publisherAsStated "The bin board"@en ;
            foaf:page <https://standard.example/> ; dct:source <{SOURCE}> .
    """,
    "conformance-csv": f"""
        <id/conformance/given/c.1> a gm:ConformanceAssertion, prov:Entity ;
            dct:identifier "c.1" ; gm:assertedOf <id/dataset/given/bins> ;
            gm:againstStandard <id/standard/bin-standard> ;
            gm:conformanceResult [conformance-result/partly-conforms] ;
            gm:testMethod [test-method/manual] ;
            gm:testedOn "2025-02-01"^^xsd:date ; gm:validUntil "2026-01-31"^^xsd:date ;
            gm:evidence "A report."@en ; {SEEN} ; gm:internalNote "Ask first."@en .
    """,
    "sharing-project-csv": f"""
        <id/sharing-project/given/sp-1> a gm:SharingProject, foaf:Project ;
            dct:identifier "SP 1" ; dct:title "Bins and tips"@en ;
            gm:projectStage [sharing-project-stage/needs] ;
            gm:projectPartner <id/organisation/GM-a>, <id/organisation/GM-c> ;
            gm:purpose "To plan rounds."@en ; gm:resultsIn <id/agreement/given/isa-1> ;
            {SUMMED_UP} .
    """,
    "barrier-csv": f"""
        <id/barrier/given/b-1> a gm:Barrier, prov:Entity ;
            dct:identifier "B 1" ; dct:title "No standard"@en ;
            gm:barrierType [barrier-type/technical] ;
            gm:blocks <id/sharing-project/given/sp-1>, <id/information-asset/GM-a/ia-1> ;
            gm:mitigatedBy <id/delivery-action/plan/one> ;
            gm:workStatus [work-status/open] ; dct:description "Files differ."@en ;
            gm:internalNote "Ask first."@en ; dct:source <{SOURCE}> .
    """,
    "contribution-csv": f"""
        <id/contribution/given/c.1> a gm:Contribution, prov:Entity ;
            dct:identifier "c.1" ; gm:contributor <id/information-asset/GM-a/ia-1> ;
            gm:contributesTo [mission-2026/1], [principle-2022/valuing-information] ;
            gm:contributionBasis [contribution-basis/asserted] ;
            gm:rationale "It is shared."@en ; prov:wasAttributedTo <id/organisation/GM-a> ;
            dct:date "2025-02-01"^^xsd:date ; {SEEN} ; dct:source <{SOURCE}> .
    """,
}


# What a record states of other things where it is for everybody, and must not where it is not.
OF_OTHERS = {
    "unit-csv": f'<id/unit/GM-a/place-directorate> {UNIT} "Place directorate"@en .',
    "post-csv": f'<id/unit/GM-a/waste-team> {UNIT} "Waste team"@en .',
    "information-asset-csv": f"""
        <id/post/GM-a/head-of-waste> {POST} "Head of Waste"@en .
        <id/post/GM-a/bin-analyst> {POST} "Bin analyst"@en .
        <id/post/GM-a/systems-officer> {POST} "Systems officer"@en .
        <id/unit/GM-a/waste-team> {UNIT} "Waste team"@en .
    """,
    "assessment-csv": f'<id/post/GM-a/head-of-waste> {POST} "Head of Waste"@en .',
    "contribution-csv": """
        <id/information-asset/GM-a/ia-1>
            gm:contributesToMission [mission-2026/1] ;
            gm:upholdsPrinciple [principle-2022/valuing-information] .
    """,
}


def concepts(expected: str) -> str:
    """Turtle, of a text in which concepts are written `[scheme/notation]`."""
    return re.sub(r"\[([a-z0-9-]+/[\w.-]+)\]", rf"<{DEF}\1>", expected)


def visible_to(record: Record) -> str | None:
    """Who may see a record, if it says so."""
    said = getattr(record, "remarks", record)
    return getattr(said, "visible_to", None)


def with_audience(record: Record, audience: str | None) -> Record:
    """A record that says so of another audience, or of none."""
    if isinstance(remarks := getattr(record, "remarks", None), Remarks):
        return replace(record, remarks=replace(remarks, visible_to=audience))  # type: ignore[arg-type]
    return replace(record, visible_to=audience)  # type: ignore[arg-type]


def assert_states(record: Record, expected: str) -> None:
    stated, graph = graph_of(map_record(record, MINT, "given")), turtle(concepts(expected))
    _, missing, unexpected = graph_diff(graph, stated)
    assert isomorphic(stated, graph), f"missing:\n{missing.serialize()}\n{unexpected.serialize()}"


def test_every_format_is_tried_here() -> None:
    assert EXPECTED.keys() == GOVERNANCE_RECORDS.keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_a_record_with_all_that_may_be_said_of_it(name: str) -> None:
    assert_states(GOVERNANCE_RECORDS[name], EXPECTED[name])


@pytest.mark.parametrize(
    "name", [name for name, record in GOVERNANCE_RECORDS.items() if visible_to(record)]
)
@pytest.mark.parametrize("audience", [None, "public", "partner", "internal"])
def test_only_a_record_for_everybody_describes_what_it_names(
    name: str, audience: str | None
) -> None:
    record = with_audience(GOVERNANCE_RECORDS[name], audience)
    others = OF_OTHERS.get(name, "") if audience in (None, "public") else ""
    expected = turtle(concepts(EXPECTED[name].replace("audience/partner", f"audience/{audience}")))
    if audience is None:
        expected.remove((None, URIRef(GM.visibleTo), None))
    expected += turtle(concepts(others))
    assert isomorphic(graph_of(map_record(record, MINT, "given")), expected)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (Unit("GM-a", "Waste team"), f'<id/unit/GM-a/waste-team> {UNIT} "Waste team"@en .'),
        (Post("GM-a", "Clerk"), f'<id/post/GM-a/clerk> {POST} "Clerk"@en .'),
        (
            InformationSystem("GM-a", "S.1", "Sums"),
            """
            <id/system/GM-a/S.1> a gm:InformationSystem, prov:Entity ;
                dct:identifier "S.1" ; dct:title "Sums"@en ; gm:heldBy <id/organisation/GM-a> .
            """,
        ),
        (
            RetentionRule("GM-a", "R.1", "Sums", period=12),
            """
            <id/retention-rule/GM-a/R.1> a gm:RetentionRule, dpv:StorageCondition ;
                dct:identifier "R.1" ; dct:title "Sums"@en ; dct:publisher <id/organisation/GM-a> ;
                gm:retentionPeriod "P1Y"^^xsd:yearMonthDuration .
            """,
        ),
        (
            InformationAsset("GM-a", "A.1", "Sums"),
            """
            <id/information-asset/GM-a/A.1> a gm:InformationAsset, dcat:Resource, prov:Entity ;
                dct:identifier "A.1" ; dct:title "Sums"@en ; gm:heldBy <id/organisation/GM-a> .
            """,
        ),
        (
            ProcessingActivity("GM-a", "P.1", "Sums", "To add."),
            """
            <id/processing-activity/GM-a/P.1> a gm:ProcessingActivity, dpv:Process ;
                dct:identifier "P.1" ; dct:title "Sums"@en ;
                gm:controller <id/organisation/GM-a> ; gm:purpose "To add."@en .
            """,
        ),
        (
            DataFlow("F.1", "Sums", "GM-a", "GM-b", (Entry("GM-a", "A.1"),), "To add."),
            """
            <id/data-flow/given/F.1> a gm:DataFlow, dpv:Process ;
                dct:identifier "F.1" ; dct:title "Sums"@en ; gm:purpose "To add."@en ;
                gm:flowSource <id/organisation/GM-a> ; gm:flowTarget <id/organisation/GM-b> ;
                gm:conveys <id/information-asset/GM-a/A.1> .
            """,
        ),
        (
            AlgorithmicTool("GM-a", "T.1", "Sums"),
            """
            <id/algorithmic-tool/GM-a/T.1> a gm:AlgorithmicTool, prov:Entity ;
                dct:identifier "T.1" ; dct:title "Sums"@en ; gm:operatedBy <id/organisation/GM-a> .
            """,
        ),
        (
            Conformance("c", "service/given/s", "s", "not-tested"),
            """
            <id/conformance/given/c> a gm:ConformanceAssertion, prov:Entity ;
                dct:identifier "c" ; gm:assertedOf <id/service/given/s> ;
                gm:againstStandard <id/standard/s> ;
                gm:conformanceResult [conformance-result/not-tested] .
            """,
        ),
        (
            Standard("s", "Sums"),
            """
            <id/standard/s> a gm:Standard, dct:Standard ;
                dct:identifier "s" ; dct:title "Sums"@en .
            """,
        ),
        (
            Contribution("c", "service/given/s", mission="2022/3"),
            """
            <id/contribution/given/c> a gm:Contribution, prov:Entity ; dct:identifier "c" ;
                gm:contributor <id/service/given/s> ; gm:contributesTo [mission-2022/3] ;
                gm:contributionBasis [contribution-basis/asserted] .
            <id/service/given/s> gm:contributesToMission [mission-2022/3] .
            """,
        ),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, str) else "",
)
def test_what_is_not_recorded_is_not_stated(record: Record, expected: str) -> None:
    assert_states(record, expected)


def test_an_assessment_of_ethics_is_none_of_data_protection() -> None:
    record = Assessment("GM-a", "E", "Sums", "ethics", ("system/GM-a/s",))
    assert_states(
        record,
        """
        <id/assessment/GM-a/E> a gm:EthicsAssessment, dpv:ImpactAssessment ;
            dct:identifier "E" ; dct:title "Sums"@en ; dct:publisher <id/organisation/GM-a> ;
            gm:assesses <id/system/GM-a/s> .
        """,
    )
    assert ASSESSMENT.kind == "dpia"


def test_a_contribution_to_a_principle_alone_is_to_no_mission() -> None:
    stated = map_record(replace(CONTRIBUTION, mission=None, visible_to=None), MINT, "given")
    assert GM.contributesToMission not in {quad.predicate for quad in stated}


def test_a_rule_by_reference_and_one_in_words_are_two() -> None:
    both = replace(ASSET, retention="For ever.")
    rules = [
        quad.object
        for quad in map_record(both, MINT, "given")
        if quad.predicate == GM.retentionRule
    ]
    assert rules == [
        MINT.thing("retention-rule", "GM-a", "r-1"),
        MINT.part("given", "information-asset", "GM-a", "IA 1", "retention"),
    ]


def test_what_is_stated_comes_back_from_a_store_as_it_was() -> None:
    for record in every_governance_record():
        stated = set(map_record(record, MINT, "given"))
        store = Store()
        store.load(b"".join(write_lines(stated)), format=_N_QUADS)
        assert set(quads_of([store.dump(format=_N_QUADS) or b""])) == stated
