"""A row of each format of governance with every cell filled, and the record that it becomes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import ontology
from loaders.records import (
    Agreement,
    AlgorithmicTool,
    Assessment,
    Barrier,
    Conformance,
    Contribution,
    DataFlow,
    Disposal,
    Entry,
    InformationAsset,
    InformationSystem,
    Lawfulness,
    Post,
    ProcessingActivity,
    Record,
    Remarks,
    RetentionRule,
    SharingProject,
    Standard,
    Unit,
)

SOURCE = "https://register.example/document"
LAW = "https://law.example/act"
NOTICE = "https://council.example/privacy"
_REMARKS = {"visible-to": "partner", "note": "Ask  first.", "source": SOURCE}
_SUMMARY = {"public-summary": "What it is  for.", **_REMARKS}
_TOLD = Remarks("partner", None, "Ask first.", SOURCE)
_SUMMED_UP = replace(_TOLD, public_summary="What it is for.")
_LAWFULNESS = {
    "data-subjects": "residents; staff",
    "data-categories": "identity;health",
    "legal-bases": "A6-1-e;A9-2-h",
    "schedule-one": "preventing-fraud",
    "legal-powers": LAW,
}
_LAWFUL = Lawfulness(
    ("residents", "staff"),
    ("identity", "health"),
    ("A6-1-e", "A9-2-h"),
    ("preventing-fraud",),
    (LAW,),
)
_SERVICES = "service/gm-services/bin-day; service/given/tip"
_SERVICE_PATHS = ("service/gm-services/bin-day", "service/given/tip")

GOVERNANCE_ROWS: dict[str, dict[str, str]] = {
    "unit-csv": {
        "organisation": "GM-a",
        "name": "Waste  team",
        "parent": "Place directorate",
        "description": "It empties bins.",
        "source": SOURCE,
        "visible-to": "partner",
    },
    "post-csv": {
        "organisation": "GM-a",
        "title": "Head of  Waste",
        "unit": "Waste team",
        "roles": "iao;data-steward",
        "filled": "no",
        "vacant-since": "2025-03-01",
        "training": "2024-09-30",
        "mailbox": "waste.team@council.example",
        **_REMARKS,
    },
    "system-csv": {
        "organisation": "GM-a",
        "ref": "SYS 1",
        "name": "Bin  system",
        "description": "It counts bins.",
        "product": "Binner 3",
        "supplier": "Bins and Sons",
        "hosted-in": "GBR",
        "hosting-note": "In the cellar.",
        "capabilities": "mapping;payments",
        "holds": "uprn;address",
        "services": _SERVICES,
        "requires": "GM-a/SYS 2; GM-b/map",
        "status": "live",
        "criticality": "critical",
        "contract-end": "2027-03-31",
        "cost-band": "10k-to-100k",
        **_REMARKS,
    },
    "retention-rule-csv": {
        "organisation": "GM-a",
        "ref": "R 1",
        "name": "Bin  records",
        "text": "Six years and a half.",
        "period": "P78M",
        "trigger": "closure",
        "disposal": "destroy",
        "authority": "The Bins Act.",
        "source": SOURCE,
        "visible-to": "partner",
    },
    "information-asset-csv": {
        "organisation": "GM-a",
        "ref": "IA 1",
        "name": "Bin  case files",
        "description": "Complaints.",
        "owner": "Head of Waste",
        "steward": "Bin analyst",
        "custodian": "Systems officer",
        "unit": "Waste team",
        "systems": "GM-a/SYS 1;GM-a/SYS 2",
        "format": "database",
        "personal-data": "special-category",
        "legal-bases": "A6-1-e;A9-2-g",
        "schedule-one": "preventing-fraud",
        "classification": "OFFICIAL-SENSITIVE",
        "access": "RESTRICTED",
        "access-reason": "It names people.",
        "retention-rule": "GM-a/R 1",
        "retention-start": "2024-04-01",
        "value": "It settles disputes.",
        "criticality": "important",
        "identifiability": "identifiable",
        "data-subjects": "residents",
        "data-categories": "identity;contact",
        "holds": "name;address",
        "authoritative-for": "uprn",
        "themes": "ENVI",
        "derived-from": "GM-b/IA-9",
        "datasets": "dataset/given/bins",
        "services": _SERVICES,
        "shared-with": "The bin people; Another council",
        "open": "no",
        "risk": "Moderate.",
        "reviewed": "2024-05-01",
        "next-review": "2026-05-01",
        **_REMARKS,
    },
    "processing-activity-csv": {
        "controller": "GM-a",
        "ref": "P 1",
        "name": "Handling  complaints",
        "purpose": "To answer people.",
        "joint-controllers": "GM-b",
        "processors": "GM-c;GM-d",
        "assets": "GM-a/IA 1",
        **_LAWFULNESS,
        "recipients": "insurers; courts",
        "retention-rule": "GM-a/R 1",
        "leaves-uk": "yes",
        "safeguard": "A contract.",
        "security": "Locks.",
        "high-risk": "no",
        "automated": "yes",
        "services": _SERVICES,
        "privacy-notice": NOTICE,
        **_SUMMARY,
    },
    "agreement-csv": {
        "ref": "ISA 1",
        "title": "Bins  together",
        "providers": "GM-a;GM-b",
        "recipients": "GM-c",
        "purpose": "To plan rounds.",
        "benefit": "Fewer rounds.",
        "assets": "GM-a/IA 1",
        "processing": "GM-a/P 1",
        "legal-powers": LAW,
        "from": "2024-04-01",
        "until": "2026-03-31",
        "review": "2025-04-01",
        "status": "in-force",
        "signed": "yes",
        "services": _SERVICES,
        "privacy-notice": NOTICE,
        **_SUMMARY,
    },
    "data-flow-csv": {
        "ref": "F 1",
        "title": "Bins  weekly",
        "from": "GM-a",
        "to": "GM-c",
        "assets": "GM-a/IA 1;GM-a/IA 2",
        "purpose": "To plan rounds.",
        "from-role": "controller",
        "to-role": "processor",
        "personal-data": "personal",
        **_LAWFULNESS,
        "agreement": "ISA 1",
        "method": "api",
        "frequency": "weekly",
        "encrypted": "yes",
        "leaves-uk": "no",
        "safeguard": "None needed.",
        "services": _SERVICES,
        "since": "2024-04-01",
        "until": "2026-03-31",
        "privacy-notice": NOTICE,
        **_SUMMARY,
    },
    "assessment-csv": {
        "organisation": "GM-a",
        "ref": "DPIA 1",
        "title": "Of the  complaints",
        "kind": "dpia",
        "assesses": "processing-activity/GM-a/p-1; system/GM-a/sys-1",
        "outcome": "approved",
        "residual-risk": "low",
        "on": "2024-06-01",
        "review": "2025-06-01",
        "approved-by": "Head of Waste",
        "advice": "Go on.",
        **_SUMMARY,
    },
    "algorithmic-tool-csv": {
        "organisation": "GM-a",
        "ref": "T 1",
        "title": "Round  planner",
        "description": "It plans rounds.",
        "assets": "GM-a/IA 1",
        "services": _SERVICES,
        "status": "pilot",
        "record": "https://records.example/t1",
        "evidence": "https://council.example/asked",
        **_REMARKS,
    },
    "disposal-csv": {
        "organisation": "GM-a",
        "ref": "D 1",
        "asset": "GM-a/IA 1",
        "on": "2025-01-31",
        "action": "destroy",
        "evidence": "A certificate.",
        "note": "Ask  first.",
        "visible-to": "partner",
    },
    "standard-csv": {
        "key": "bin-standard",
        "title": "How bins are  recorded",
        "description": "One row a bin.",
        "publisher-as-stated": "The bin board",
        "page": "https://standard.example/",
        "source": SOURCE,
    },
    "conformance-csv": {
        "key": "c.1",
        "subject": "dataset/given/bins",
        "standard": "bin-standard",
        "result": "partly-conforms",
        "method": "manual",
        "on": "2025-02-01",
        "until": "2026-01-31",
        "evidence": "A report.",
        "note": "Ask  first.",
        "visible-to": "partner",
    },
    "sharing-project-csv": {
        "ref": "SP 1",
        "title": "Bins  and tips",
        "stage": "needs",
        "partners": "GM-a;GM-c",
        "purpose": "To plan rounds.",
        "results-in": "ISA 1",
        **_SUMMARY,
    },
    "barrier-csv": {
        "ref": "B 1",
        "title": "No  standard",
        "type": "technical",
        "blocks": "sharing-project/given/sp-1;information-asset/GM-a/ia-1",
        "mitigated-by": "delivery-action/plan/one",
        "status": "open",
        "description": "Files differ.",
        "note": "Ask  first.",
        "source": SOURCE,
    },
    "contribution-csv": {
        "key": "c.1",
        "contributor": "information-asset/GM-a/ia-1",
        "mission": "2026/1",
        "principle": "valuing-information",
        "basis": "asserted",
        "rationale": "It is shared.",
        "by": "GM-a",
        "on": "2025-02-01",
        "source": SOURCE,
        "visible-to": "partner",
    },
}

ASSET = InformationAsset(
    holder="GM-a",
    ref="IA 1",
    name="Bin case files",
    description="Complaints.",
    owner="Head of Waste",
    steward="Bin analyst",
    custodian="Systems officer",
    unit="Waste team",
    format="database",
    personal_data="special-category",
    legal_bases=("A6-1-e", "A9-2-g"),
    classification="OFFICIAL-SENSITIVE",
    shared_with=("The bin people", "Another council"),
    is_open=False,
    risk="Moderate.",
    reviewed=date(2024, 5, 1),
    next_review=date(2026, 5, 1),
    source=SOURCE,
    systems=(Entry("GM-a", "SYS 1"), Entry("GM-a", "SYS 2")),
    schedule_one=("preventing-fraud",),
    access="RESTRICTED",
    access_reason="It names people.",
    rule=Entry("GM-a", "R 1"),
    retention_start=date(2024, 4, 1),
    value="It settles disputes.",
    criticality="important",
    identifiability="identifiable",
    data_subjects=("residents",),
    data_categories=("identity", "contact"),
    holds=("name", "address"),
    authoritative_for=("uprn",),
    themes=("http://publications.europa.eu/resource/authority/data-theme/ENVI",),
    derived_from=(Entry("GM-b", "IA-9"),),
    datasets=("dataset/given/bins",),
    services=_SERVICE_PATHS,
    visible_to="partner",
    note="Ask first.",
)
POST = Post(
    organisation="GM-a",
    title="Head of Waste",
    unit="Waste team",
    roles=("iao", "data-steward"),
    is_filled=False,
    vacant_since=date(2025, 3, 1),
    training_completed=date(2024, 9, 30),
    mailbox="waste.team@council.example",
    remarks=_TOLD,
)
SYSTEM = InformationSystem(
    holder="GM-a",
    ref="SYS 1",
    name="Bin system",
    description="It counts bins.",
    product="Binner 3",
    supplier="Bins and Sons",
    hosted_in="GBR",
    hosting_note="In the cellar.",
    capabilities=("mapping", "payments"),
    holds=("uprn", "address"),
    services=_SERVICE_PATHS,
    requires=(Entry("GM-a", "SYS 2"), Entry("GM-b", "map")),
    status="live",
    criticality="critical",
    contract_end=date(2027, 3, 31),
    cost_band="10k-to-100k",
    remarks=_TOLD,
)
RULE = RetentionRule(
    organisation="GM-a",
    ref="R 1",
    name="Bin records",
    text="Six years and a half.",
    period=78,
    trigger="closure",
    disposal="destroy",
    authority="The Bins Act.",
    source=SOURCE,
    visible_to="partner",
)
PROCESSING = ProcessingActivity(
    controller="GM-a",
    ref="P 1",
    name="Handling complaints",
    purpose="To answer people.",
    joint_controllers=("GM-b",),
    processors=("GM-c", "GM-d"),
    assets=(Entry("GM-a", "IA 1"),),
    lawfulness=_LAWFUL,
    recipients=("insurers", "courts"),
    rule=Entry("GM-a", "R 1"),
    leaves_uk=True,
    safeguard="A contract.",
    security="Locks.",
    is_high_risk=False,
    is_automated=True,
    services=_SERVICE_PATHS,
    privacy_notice=NOTICE,
    remarks=_SUMMED_UP,
)
AGREEMENT = Agreement(
    ref="ISA 1",
    title="Bins together",
    providers=("GM-a", "GM-b"),
    recipients=("GM-c",),
    purpose="To plan rounds.",
    benefit="Fewer rounds.",
    assets=(Entry("GM-a", "IA 1"),),
    processing=(Entry("GM-a", "P 1"),),
    legal_powers=(LAW,),
    began=date(2024, 4, 1),
    ended=date(2026, 3, 31),
    next_review=date(2025, 4, 1),
    status="in-force",
    is_signed=True,
    services=_SERVICE_PATHS,
    privacy_notice=NOTICE,
    remarks=_SUMMED_UP,
)
FLOW = DataFlow(
    ref="F 1",
    title="Bins weekly",
    giver="GM-a",
    taker="GM-c",
    assets=(Entry("GM-a", "IA 1"), Entry("GM-a", "IA 2")),
    purpose="To plan rounds.",
    giver_role="controller",
    taker_role="processor",
    personal_data="personal",
    lawfulness=_LAWFUL,
    agreement="ISA 1",
    method="api",
    frequency="weekly",
    is_encrypted=True,
    leaves_uk=False,
    safeguard="None needed.",
    services=_SERVICE_PATHS,
    began=date(2024, 4, 1),
    ended=date(2026, 3, 31),
    privacy_notice=NOTICE,
    remarks=_SUMMED_UP,
)
ASSESSMENT = Assessment(
    organisation="GM-a",
    ref="DPIA 1",
    title="Of the complaints",
    kind="dpia",
    assesses=("processing-activity/GM-a/p-1", "system/GM-a/sys-1"),
    outcome="approved",
    residual_risk="low",
    assessed=date(2024, 6, 1),
    next_review=date(2025, 6, 1),
    approved_by="Head of Waste",
    advice="Go on.",
    remarks=_SUMMED_UP,
)
TOOL = AlgorithmicTool(
    organisation="GM-a",
    ref="T 1",
    title="Round planner",
    description="It plans rounds.",
    assets=(Entry("GM-a", "IA 1"),),
    services=_SERVICE_PATHS,
    status="pilot",
    transparency_record="https://records.example/t1",
    engagement="https://council.example/asked",
    remarks=_TOLD,
)
DISPOSAL = Disposal(
    organisation="GM-a",
    ref="D 1",
    asset=Entry("GM-a", "IA 1"),
    disposed=date(2025, 1, 31),
    action="destroy",
    evidence="A certificate.",
    note="Ask first.",
    visible_to="partner",
)
CONFORMANCE = Conformance(
    key="c.1",
    subject="dataset/given/bins",
    standard="bin-standard",
    result="partly-conforms",
    method="manual",
    tested=date(2025, 2, 1),
    ended=date(2026, 1, 31),
    evidence="A report.",
    note="Ask first.",
    visible_to="partner",
)
PROJECT = SharingProject(
    ref="SP 1",
    title="Bins and tips",
    stage="needs",
    partners=("GM-a", "GM-c"),
    purpose="To plan rounds.",
    results_in="ISA 1",
    remarks=_SUMMED_UP,
)
BARRIER = Barrier(
    ref="B 1",
    title="No standard",
    barrier_type="technical",
    blocks=("sharing-project/given/sp-1", "information-asset/GM-a/ia-1"),
    mitigated_by="delivery-action/plan/one",
    status="open",
    description="Files differ.",
    note="Ask first.",
    source=SOURCE,
)
CONTRIBUTION = Contribution(
    key="c.1",
    contributor="information-asset/GM-a/ia-1",
    mission="2026/1",
    principle="valuing-information",
    basis="asserted",
    rationale="It is shared.",
    by="GM-a",
    on=date(2025, 2, 1),
    source=SOURCE,
    visible_to="partner",
)

GOVERNANCE_RECORDS: dict[str, Record] = {
    "unit-csv": Unit(
        "GM-a", "Waste team", "Place directorate", "It empties bins.", SOURCE, visible_to="partner"
    ),
    "post-csv": POST,
    "system-csv": SYSTEM,
    "retention-rule-csv": RULE,
    "information-asset-csv": ASSET,
    "processing-activity-csv": PROCESSING,
    "agreement-csv": AGREEMENT,
    "data-flow-csv": FLOW,
    "assessment-csv": ASSESSMENT,
    "algorithmic-tool-csv": TOOL,
    "disposal-csv": DISPOSAL,
    "standard-csv": Standard(
        key="bin-standard",
        title="How bins are recorded",
        description="One row a bin.",
        publisher_stated="The bin board",
        page="https://standard.example/",
        source=SOURCE,
    ),
    "conformance-csv": CONFORMANCE,
    "sharing-project-csv": PROJECT,
    "barrier-csv": BARRIER,
    "contribution-csv": CONTRIBUTION,
}


def every(scheme: str) -> tuple[str, ...]:
    """The notations of a scheme, in order."""
    return tuple(sorted(ontology.notations(scheme)))


def every_governance_record() -> Iterator[Record]:
    """Records with every value, and every category that their columns can hold."""
    agreement = replace(
        AGREEMENT,
        description="Words",
        versions=("1.2",),
        providers_stated=("A Ltd",),
        recipients_stated=("C Ltd",),
        parties=("GM-d",),
        parties_stated=("D Ltd",),
        bases_stated=("The Act",),
    )
    flow = replace(
        FLOW, taker_stated="C Ltd", datasets=("dataset/given/bins",), identifiability="aggregate"
    )
    tool = replace(TOOL, register="GM-a", operator_stated="A Ltd")
    # What the CSV format of our own has no columns for.
    without = (ASSET, AGREEMENT, FLOW, TOOL)
    yield from (each for each in GOVERNANCE_RECORDS.values() if each not in without)
    yield from (agreement, flow, tool)
    asset = replace(
        ASSET, system="A system", format_stated="Words", retention="Words", disposal="review"
    )
    for audience in every("audience"):
        remarks = Remarks(audience, "Words", "Words", SOURCE)
        yield replace(POST, roles=every("governance-role"), remarks=remarks)
    lawfulness = Lawfulness(
        every("data-subject-category"),
        every("personal-data-category"),
        every("legal-basis"),
        every("schedule-1-condition"),
        (LAW,),
    )
    yield replace(PROCESSING, lawfulness=lawfulness)
    elements = every("data-element")
    yield replace(SYSTEM, capabilities=every("capability"), holds=elements)
    yield from (replace(SYSTEM, status=each) for each in every("system-status"))
    yield from (replace(SYSTEM, cost_band=each) for each in every("cost-band"))
    yield from (replace(asset, criticality=each) for each in every("criticality"))
    yield from (replace(asset, identifiability=each) for each in every("identifiability"))
    yield replace(asset, holds=elements, authoritative_for=elements)
    yield from (replace(RULE, trigger=each) for each in every("retention-trigger"))
    yield from (replace(agreement, status=each) for each in every("agreement-status"))
    for role in every("data-protection-role"):
        yield replace(flow, giver_role=role, taker_role=role)
    yield from (replace(flow, method=each) for each in every("transfer-method"))
    yield from (replace(flow, frequency=each) for each in every("frequency"))
    yield from (replace(ASSESSMENT, outcome=each) for each in every("assessment-outcome"))
    yield from (replace(ASSESSMENT, residual_risk=each) for each in every("risk-level"))
    yield replace(ASSESSMENT, kind="ethics")
    yield from (replace(PROJECT, stage=each) for each in every("sharing-project-stage"))
    yield from (replace(CONFORMANCE, result=each) for each in every("conformance-result"))
    yield from (replace(CONFORMANCE, method=each) for each in every("test-method"))
    yield from (replace(BARRIER, barrier_type=each) for each in every("barrier-type"))
    yield from (replace(BARRIER, status=each) for each in every("work-status"))
    for year in ("2022", "2026"):
        for mission in every(f"mission-{year}"):
            yield replace(CONTRIBUTION, mission=f"{year}/{mission}")
    yield from (replace(CONTRIBUTION, principle=each) for each in every("principle-2022"))
    yield from (replace(CONTRIBUTION, basis=each) for each in every("contribution-basis"))
