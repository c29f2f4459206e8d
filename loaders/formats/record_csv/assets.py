"""Information assets, the systems that hold them, how long they are kept, and their disposal."""

from loaders.countries import country
from loaders.durations import years_and_months
from loaders.formats.assets.security_classification import security_classification
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.formats.record_csv.own_format import own_format
from loaders.formats.record_csv.registers import (
    REMARKS,
    categories,
    category,
    entries,
    flag,
    owner,
    reference,
    remarks,
    services,
    text,
    visible_to,
)
from loaders.impersonal import impersonal, post_title
from loaders.issues import Fault
from loaders.records import Disposal, InformationAsset, InformationSystem, Record, RetentionRule
from loaders.references import entry, path_of
from loaders.values import calendar_date, date_in_force, theme, web_address


def _system(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        InformationSystem(
            holder=owner(row),
            ref=reference(row),
            name=row.required("name", impersonal),
            description=text(row, "description"),
            product=text(row, "product"),
            supplier=text(row, "supplier"),
            hosted_in=row.optional("hosted-in", country),
            hosting_note=text(row, "hosting-note"),
            capabilities=categories(row, "capabilities", "capability"),
            holds=categories(row, "holds", "data-element"),
            services=services(row),
            requires=entries(row, "requires"),
            status=category(row, "status", "system-status"),
            criticality=category(row, "criticality"),
            contract_end=row.optional("contract-end", calendar_date),
            cost_band=category(row, "cost-band"),
            remarks=remarks(row),
        ),
    )


def _retention_rule(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        RetentionRule(
            organisation=owner(row),
            ref=reference(row),
            name=row.required("name", impersonal),
            text=text(row, "text"),
            period=row.optional("period", years_and_months),
            trigger=category(row, "trigger", "retention-trigger"),
            disposal=category(row, "disposal", "disposal-action"),
            authority=text(row, "authority"),
            source=row.optional("source", web_address),
            visible_to=visible_to(row),
        ),
    )


def _classification(row: Row) -> str | None:
    """The classification, as the reader of asset registers understands it.

    Raises:
        Fault: it is above OFFICIAL, or may be. Nothing of the row is told.
    """
    try:
        level = security_classification(row)
    except Fault:
        row.withheld.clear()
        row.noted.clear()
        raise
    return row.optional("classification", lambda _: level) if level else None


def _asset(row: Row, _: Feed) -> tuple[Record, ...]:
    classification = _classification(row)  # first: of what is above OFFICIAL no more is read
    return (
        InformationAsset(
            holder=owner(row),
            ref=reference(row),
            name=row.required("name", impersonal),
            description=text(row, "description"),
            owner=row.optional("owner", post_title),
            steward=row.optional("steward", post_title),
            custodian=row.optional("custodian", post_title),
            unit=text(row, "unit"),
            systems=entries(row, "systems"),
            format=category(row, "format", "asset-format"),
            personal_data=category(row, "personal-data", "personal-data-level"),
            legal_bases=categories(row, "legal-bases", "legal-basis"),
            schedule_one=categories(row, "schedule-one", "schedule-1-condition"),
            classification=classification,
            visible_to=visible_to(row),
            access=category(row, "access", "access-right"),
            access_reason=text(row, "access-reason"),
            rule=row.optional("retention-rule", entry),
            retention_start=row.optional("retention-start", date_in_force),
            value=text(row, "value"),
            criticality=category(row, "criticality"),
            identifiability=category(row, "identifiability"),
            data_subjects=categories(row, "data-subjects", "data-subject-category"),
            data_categories=categories(row, "data-categories", "personal-data-category"),
            holds=categories(row, "holds", "data-element"),
            authoritative_for=categories(row, "authoritative-for", "data-element"),
            themes=row.several("themes", theme),
            derived_from=entries(row, "derived-from"),
            datasets=row.several("datasets", path_of("dataset")),
            services=services(row),
            shared_with=row.several("shared-with", impersonal),
            is_open=flag(row, "open"),
            risk=text(row, "risk"),
            reviewed=row.optional("reviewed", date_in_force),
            next_review=row.optional("next-review", date_in_force),
            note=text(row, "note"),
            source=row.optional("source", web_address),
        ),
    )


def _disposal(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        Disposal(
            organisation=owner(row),
            ref=reference(row),
            asset=row.required("asset", entry),
            disposed=row.required("on", date_in_force),
            action=category(row, "action", "disposal-action"),
            evidence=text(row, "evidence"),
            note=text(row, "note"),
            visible_to=visible_to(row),
        ),
    )


ASSETS = (
    own_format(
        "system",
        "Information systems",
        ("organisation", "ref", "name"),
        (
            "description",
            "product",
            "supplier",
            "hosted-in",
            "hosting-note",
            "capabilities",
            "holds",
            "services",
            "requires",
            "status",
            "criticality",
            "contract-end",
            "cost-band",
            *REMARKS,
        ),
        _system,
    ),
    own_format(
        "retention-rule",
        "Rules of retention schedules",
        ("organisation", "ref", "name"),
        ("text", "period", "trigger", "disposal", "authority", "visible-to", "source"),
        _retention_rule,
    ),
    own_format(
        "information-asset",
        "Information assets",
        ("organisation", "ref", "name"),
        (
            "description",
            "owner",
            "steward",
            "custodian",
            "unit",
            "systems",
            "format",
            "personal-data",
            "legal-bases",
            "schedule-one",
            "classification",
            "access",
            "access-reason",
            "retention-rule",
            "retention-start",
            "value",
            "criticality",
            "identifiability",
            "data-subjects",
            "data-categories",
            "holds",
            "authoritative-for",
            "themes",
            "derived-from",
            "datasets",
            "services",
            "shared-with",
            "open",
            "risk",
            "reviewed",
            "next-review",
            *REMARKS,
        ),
        _asset,
    ),
    own_format(
        "disposal",
        "Disposals of information assets",
        ("organisation", "ref", "asset", "on"),
        ("action", "evidence", "visible-to", "note"),
        _disposal,
    ),
)
