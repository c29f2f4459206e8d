"""Processing of personal data, agreements to share, flows of data, assessments and tools."""

from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.formats.record_csv.own_format import own_format
from loaders.formats.record_csv.registers import (
    LAWFULNESS,
    REMARKS,
    SUMMARY,
    category,
    entries,
    flag,
    lawfulness,
    owner,
    reference,
    remarks,
    services,
    text,
)
from loaders.impersonal import impersonal, post_title
from loaders.issues import Fault
from loaders.records import (
    Agreement,
    AlgorithmicTool,
    Assessment,
    DataFlow,
    ProcessingActivity,
    Record,
    SharingProject,
)
from loaders.records.assessment import KINDS, AssessmentKind
from loaders.references import entry, listed, thing_path
from loaders.values import calendar_date, date_in_force, organisation_key, web_address, words


def _processing_activity(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        ProcessingActivity(
            controller=owner(row, "controller"),
            ref=reference(row),
            name=row.required("name", impersonal),
            purpose=row.required("purpose", impersonal),
            joint_controllers=row.several("joint-controllers", organisation_key),
            processors=row.several("processors", organisation_key),
            assets=entries(row, "assets"),
            lawfulness=lawfulness(row),
            recipients=row.several("recipients", impersonal),
            rule=row.optional("retention-rule", entry),
            leaves_uk=flag(row, "leaves-uk"),
            safeguard=text(row, "safeguard"),
            security=text(row, "security"),
            is_high_risk=flag(row, "high-risk"),
            is_automated=flag(row, "automated"),
            services=services(row),
            privacy_notice=row.optional("privacy-notice", web_address),
            remarks=remarks(row),
        ),
    )


def _agreement(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        Agreement(
            ref=reference(row),
            title=row.required("title", impersonal),
            providers=row.required("providers", listed(organisation_key)),
            recipients=row.required("recipients", listed(organisation_key)),
            purpose=row.required("purpose", impersonal),
            benefit=text(row, "benefit"),
            assets=entries(row, "assets"),
            processing=entries(row, "processing"),
            legal_powers=row.several("legal-powers", web_address),
            began=row.optional("from", date_in_force),
            ended=row.optional("until", calendar_date),
            next_review=row.optional("review", calendar_date),
            status=category(row, "status", "agreement-status"),
            is_signed=flag(row, "signed"),
            services=services(row),
            privacy_notice=row.optional("privacy-notice", web_address),
            remarks=remarks(row),
        ),
    )


def _data_flow(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        DataFlow(
            ref=reference(row),
            title=row.required("title", impersonal),
            giver=owner(row, "from"),
            taker=owner(row, "to"),
            assets=row.required("assets", listed(entry)),
            purpose=row.required("purpose", impersonal),
            giver_role=category(row, "from-role", "data-protection-role"),
            taker_role=category(row, "to-role", "data-protection-role"),
            personal_data=category(row, "personal-data", "personal-data-level"),
            lawfulness=lawfulness(row),
            agreement=row.optional("agreement", words),
            method=category(row, "method", "transfer-method"),
            frequency=category(row, "frequency"),
            is_encrypted=flag(row, "encrypted"),
            leaves_uk=flag(row, "leaves-uk"),
            safeguard=text(row, "safeguard"),
            services=services(row),
            began=row.optional("since", date_in_force),
            ended=row.optional("until", calendar_date),
            privacy_notice=row.optional("privacy-notice", web_address),
            remarks=remarks(row),
        ),
    )


def _kind(cell: str) -> AssessmentKind:
    if cell not in KINDS:
        raise Fault(
            "unknown-category",
            f"“{cell}” is no kind of assessment: say one of {', '.join(KINDS)}.",
        )
    return cell


def _assessment(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        Assessment(
            organisation=owner(row),
            ref=reference(row),
            title=row.required("title", impersonal),
            kind=row.required("kind", _kind),
            assesses=row.required("assesses", listed(thing_path)),
            outcome=category(row, "outcome", "assessment-outcome"),
            residual_risk=category(row, "residual-risk", "risk-level"),
            assessed=row.optional("on", date_in_force),
            next_review=row.optional("review", calendar_date),
            approved_by=row.optional("approved-by", post_title),
            advice=text(row, "advice"),
            remarks=remarks(row),
        ),
    )


def _algorithmic_tool(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        AlgorithmicTool(
            organisation=owner(row),
            ref=reference(row),
            title=row.required("title", impersonal),
            description=text(row, "description"),
            assets=entries(row, "assets"),
            services=services(row),
            status=category(row, "status", "system-status"),
            transparency_record=row.optional("record", web_address),
            engagement=row.optional("evidence", web_address),
            remarks=remarks(row),
        ),
    )


def _sharing_project(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        SharingProject(
            ref=reference(row),
            title=row.required("title", impersonal),
            stage=category(row, "stage", "sharing-project-stage"),
            partners=row.several("partners", organisation_key),
            purpose=text(row, "purpose"),
            results_in=row.optional("results-in", words),
            remarks=remarks(row),
        ),
    )


GOVERNANCE = (
    own_format(
        "processing-activity",
        "Records of processing activities",
        ("controller", "ref", "name", "purpose"),
        (
            "joint-controllers",
            "processors",
            "assets",
            *LAWFULNESS,
            "recipients",
            "retention-rule",
            "leaves-uk",
            "safeguard",
            "security",
            "high-risk",
            "automated",
            "services",
            "privacy-notice",
            SUMMARY,
            *REMARKS,
        ),
        _processing_activity,
    ),
    own_format(
        "agreement",
        "Information sharing agreements",
        ("ref", "title", "providers", "recipients", "purpose"),
        (
            "benefit",
            "assets",
            "processing",
            "legal-powers",
            "from",
            "until",
            "review",
            "status",
            "signed",
            "services",
            "privacy-notice",
            SUMMARY,
            *REMARKS,
        ),
        _agreement,
    ),
    own_format(
        "data-flow",
        "Flows of data between organisations",
        ("ref", "title", "from", "to", "assets", "purpose"),
        (
            "from-role",
            "to-role",
            "personal-data",
            *LAWFULNESS,
            "agreement",
            "method",
            "frequency",
            "encrypted",
            "leaves-uk",
            "safeguard",
            "services",
            "since",
            "until",
            "privacy-notice",
            SUMMARY,
            *REMARKS,
        ),
        _data_flow,
    ),
    own_format(
        "assessment",
        "Assessments of what processing may do to people",
        ("organisation", "ref", "title", "kind", "assesses"),
        (
            "outcome",
            "residual-risk",
            "on",
            "review",
            "approved-by",
            "advice",
            SUMMARY,
            *REMARKS,
        ),
        _assessment,
    ),
    own_format(
        "algorithmic-tool",
        "Algorithmic tools",
        ("organisation", "ref", "title"),
        ("description", "assets", "services", "status", "record", "evidence", *REMARKS),
        _algorithmic_tool,
    ),
    own_format(
        "sharing-project",
        "Projects towards sharing information",
        ("ref", "title"),
        ("stage", "partners", "purpose", "results-in", SUMMARY, *REMARKS),
        _sharing_project,
    ),
)
