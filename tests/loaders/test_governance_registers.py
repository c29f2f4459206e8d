"""Registers of processing, retention and agreements, whatever their headings, become records."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from loaders.errors import DeclarationError, StructureError
from loaders.formats.governance import agreement_register, retention_schedule, ropa_headings
from loaders.formats.governance.agreement_register import AGREEMENT_REGISTER
from loaders.formats.governance.retention_schedule import RETENTION_SCHEDULE
from loaders.formats.governance.retention_words import Kept, kept_for
from loaders.formats.governance.ropa import ROPA
from loaders.formats.governance.statutes import statute
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.row import Row
from loaders.issues import RULES, Effect, Fault
from loaders.records import (
    Agreement,
    Entry,
    Lawfulness,
    ProcessingActivity,
    Record,
    Remarks,
    RetentionRule,
)
from loaders.source import Source, SourceFile
from tests.loaders.conftest import in_memory, read
from tests.loaders.workbooks import workbook

HOLDER = "GM-exampleton"
FEED = Feed(
    "exampleton-registers",
    HOLDER,
    {"Exampleton Police": "GM-exampleton-police", "Hosting Ltd": "GM-hosting"},
)
DOCUMENT = (Path(__file__).parents[2] / "docs/governance-registers.md").read_text()
PROCESSING, PROCESSING_XLSX = ROPA
SCHEDULE, _ = RETENTION_SCHEDULE
AGREEMENTS, _ = AGREEMENT_REGISTER

ACTIVITY = {
    "reference": "P-1",
    "name": "Payroll",
    "function": "Finance",
    "purpose": "To pay  staff.",
    "joint-controllers": "Exampleton Police; Exampleford Trust",
    "processors": "Hosting Ltd; Paymasters of Exampleford",
    "data-subjects": "Staff; people who borrow bicycles",
    "data-categories": "Financial details, contact details; times of arrival",
    "recipients": "Tax authorities\nPension provider",
    "transfers": "Yes: Canada",
    "safeguards": "Adequacy regulations",
    "retention": "6 years + current",
    "security": "Access by role.",
    "lawful-basis": "Legal obligation; the Pay Act 1999",
    "special-category-condition": "9(2)(b)",
    "schedule-one": "preventing-fraud; another condition",
    "automated": "No",
    "high-risk": "Yes",
    "privacy-notice": "https://exampleton.example/privacy",
    "source": "https://exampleton.example/ropa",
}
LOADED = ProcessingActivity(
    controller=HOLDER,
    ref="P-1",
    name="Payroll",
    purpose="To pay staff.",
    joint_controllers=("GM-exampleton-police",),
    processors=("GM-hosting",),
    lawfulness=Lawfulness(
        data_subjects=("staff",),
        data_categories=("financial", "contact"),
        legal_bases=("A6-1-c", "A9-2-b"),
        schedule_one=("preventing-fraud",),
        subjects_stated=("people who borrow bicycles",),
        categories_stated=("times of arrival",),
        bases_stated=("the Pay Act 1999", "another condition"),
    ),
    recipients=(
        *("Tax authorities", "Pension provider", "Hosting Ltd"),
        "Paymasters of Exampleford",
    ),
    rule=Entry(HOLDER, "ropa-P-1"),
    leaves_uk=True,
    safeguard="Adequacy regulations",
    security="Access by role.",
    is_high_risk=True,
    is_automated=False,
    privacy_notice="https://exampleton.example/privacy",
    remarks=Remarks(
        note="Function as stated: Finance. Joint controllers as stated: Exampleton Police; "
        "Exampleford Trust. Transfers as stated: Yes: Canada",
        source="https://exampleton.example/ropa",
    ),
)


def interpreted(
    known: Format, cells: Mapping[str, object], feed: Feed = FEED
) -> tuple[tuple[Record, ...], Row]:
    row = Row(2, cells)
    return known.interpret(row, feed), row


def told(faults: list[Fault]) -> list[tuple[str, str | None, str | None]]:
    """Faults by rule, column and value."""
    assert all(each.rule in RULES for each in faults)
    return [(each.rule, each.field, each.value) for each in faults]


def source(known: Format, holder: str | None = HOLDER) -> Source:
    file = SourceFile("given.csv", known, None, 0)
    return Source("given", "A register given by hand", (file,), holder=holder)


def test_a_full_entry_makes_an_activity_and_the_rule_for_its_retention() -> None:
    (activity, rule), row = interpreted(PROCESSING, ACTIVITY)
    assert activity == LOADED
    assert rule == RetentionRule(
        organisation=HOLDER,
        ref="ropa-P-1",
        name="Retention: Payroll",
        text="6 years + current",
        period=72,
        trigger="end-of-financial-year",
    )
    assert row.withheld == []
    assert {(rule, field) for rule, field, _ in told(row.noted)} == {
        ("unknown-organisation", "joint-controllers"),
        ("unknown-organisation", "processors"),
        ("unknown-category", "data-subjects"),
        ("unknown-category", "data-categories"),
        ("unknown-category", "lawful-basis"),
        ("unknown-category", "schedule-one"),
    }


def test_a_purpose_alone_is_an_activity_that_is_called_by_it() -> None:
    (activity,), row = interpreted(PROCESSING, {"purpose": "To lend books"})
    assert activity == ProcessingActivity(
        HOLDER, "to-lend-books", "To lend books", "To lend books", is_part=True
    )
    assert (row.withheld, row.noted) == ([], [])


def test_rows_of_one_activity_without_a_reference_are_all_said_of_it() -> None:
    content = b"title,purpose,processor\nLending,To lend,Hosting Ltd\nLending,To remind,\n"
    reading = read(source(PROCESSING), content)
    assert reading.counts().records_loaded == 2
    subjects = {quad.subject for quad in reading.quads if "/processing-activity/" in quad.subject}
    assert len(subjects) == 1
    assert sum(quad.predicate.endswith("#purpose") for quad in reading.quads) == 2


def test_rows_of_one_reference_that_differ_are_left_out() -> None:
    content = b"ref,title,purpose\n1,Lending,To lend\n1,Lending,To remind\n"
    reading = read(source(PROCESSING), content)
    assert [(each.rule, each.effect) for each in reading.issues] == [
        ("duplicate-key", Effect.LEFT_OUT)
    ] * 2


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("recipients", "Mrs Ann Example"),
        ("processors", "Hosting Ltd, jane.example@hosting.example"),
        ("data-subjects", "staff of Dr Example"),
        ("security", "Ask jane.example@exampleton.example"),
        ("safeguards", "Agreed with Mr B Example"),
        ("joint-controllers", "Cllr Example, 0161 496 0000"),
        ("function", "Finance, 07700 900123"),
    ],
)
def test_persons_are_withheld_wherever_they_stand_and_not_told(column: str, cell: str) -> None:
    records, row = interpreted(PROCESSING, {"purpose": "To pay", "reference": "1", column: cell})
    assert records == (ProcessingActivity(HOLDER, "1", "To pay", "To pay"),)
    assert told(row.withheld) == [("contact-of-a-person", column, None)]


@pytest.mark.parametrize(
    ("cell", "leaves", "note"),
    [
        ("No", False, None),
        ("None", False, None),
        ("UK only", False, None),
        ("Yes", True, None),
        ("Canada; New Zealand", None, "Transfers as stated: Canada; New Zealand"),
        ("Yes, to Canada", True, "Transfers as stated: Yes, to Canada"),
        ("n/a", None, None),
        ("", None, None),
    ],
)
def test_where_data_go_says_whether_they_leave(
    cell: str, leaves: bool | None, note: str | None
) -> None:
    (activity,), _ = interpreted(PROCESSING, {"purpose": "To pay", "transfers": cell})
    assert isinstance(activity, ProcessingActivity)
    assert (activity.leaves_uk, activity.remarks.note) == (leaves, note)


@pytest.mark.parametrize(
    ("known", "cells"),
    [
        (PROCESSING, {"purpose": "To spy"}),
        (SCHEDULE, {"name": "Plans", "period": "6 years"}),
        (AGREEMENTS, {"title": "Plans", "purpose": "To spy", "controllers": "A; B"}),
    ],
)
@pytest.mark.parametrize("classification", ["SECRET", "Top Secret", "Confidential", "#REF!"])
def test_what_may_be_above_official_is_left_out_whole(
    known: Format, cells: Mapping[str, object], classification: str
) -> None:
    row = Row(2, {**cells, "classification": classification})
    with pytest.raises(Fault) as caught:
        known.interpret(row, FEED)
    assert caught.value.field == "classification"
    assert caught.value.value is None
    assert (row.withheld, row.noted) == ([], [])


@pytest.mark.parametrize("known", [PROCESSING, SCHEDULE])
def test_a_register_without_a_holder_is_refused(known: Format) -> None:
    with pytest.raises(DeclarationError, match="does not say whose register it is"):
        known.interpret(Row(2, {"purpose": "x", "name": "x"}), Feed("given"))


def test_a_second_header_of_terms_is_no_record() -> None:
    content = workbook(
        ["Purpose of processing", "Categories of individuals", "Recipients"],
        ["dpv: Purpose", "dpv:DataSubject", "Use http://www.w3.org/TR/vcard-rdf/"],
        ["To pay", "Staff", None],
    )
    table = PROCESSING_XLSX.layout.read(in_memory(content))
    assert [row.number for row in table if isinstance(row, Row)] == [3]
    assert told(table.remarks) == [("comment-lines", None, None)]


def test_headings_of_persons_are_known_and_never_read() -> None:
    content = (
        b"Purpose of processing,Name and contact details of controller,DPO,Contact email,Odd\n"
        b"To pay,Ann Example,Ann Example,ann@example.org,x\n"
    )
    reading = read(source(PROCESSING), content)
    assert [(each.rule, each.field) for each in reading.issues] == [("unknown-column", "Odd")]
    assert b"Ann" not in b"".join(reading.lines)


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("6 years", Kept(72)),
        ("18 months", Kept(18)),
        ("seven (7) years", Kept(84)),
        ("6 years + current", Kept(72, "end-of-financial-year")),
        ("6 years plus current year", Kept(72, "end-of-financial-year")),
        ("CFY + 6", Kept(72, "end-of-financial-year")),
        ("Current + 6 years", Kept(72, "end-of-financial-year")),
        ("6 years from end of financial year", Kept(72, "end-of-financial-year")),
        ("Closure + 7 years", Kept(84, "closure")),
        ("7 years after closure of case", Kept(84, "closure")),
        ("Retain for 25 years from date of birth", Kept(300, "date-of-birth")),
        ("DOB + 25 years", Kept(300, "date-of-birth")),
        ("3 years after last action", Kept(36, "last-action")),
        ("Permanent", Kept(None, "permanent", "keep")),
        ("Until superseded", Kept(None, "superseded")),
    ],
)
def test_rules_in_words_are_understood(words: str, kept: Kept) -> None:
    assert kept_for(words) == kept


@pytest.mark.parametrize(
    "words",
    [
        *("", "6", "+ 6", "Closure + 6", "until no longer needed", "six (7) years", "0 years"),
        *("6 years then review", "6 years or closure", "6 years after the moon", "6-10 years"),
        *("2 years (paper), 6 years (electronic)", "not permanent", "1000 years", "30 days"),
        "6 years after closure or last action",
    ],
)
def test_what_is_not_understood_whole_is_not_understood(words: str) -> None:
    assert kept_for(words) == Kept()


def rule(**cells: str) -> tuple[RetentionRule, Row]:
    (record,), row = interpreted(SCHEDULE, {"reference": "R1", "name": "Invoices", **cells})
    assert isinstance(record, RetentionRule)
    return record, row


def test_a_schedule_is_kept_in_words_and_as_far_as_it_is_understood() -> None:
    record, row = rule(
        function="Finance",
        activity="Paying",
        period="6 years",
        trigger="End of financial year",
        action="Secure disposal",
        authority="Limitation Act 1980",
    )
    assert record == RetentionRule(
        organisation=HOLDER,
        ref="R1",
        name="Finance – Paying – Invoices",
        text="6 years; from: End of financial year; then: Secure disposal",
        period=72,
        trigger="end-of-financial-year",
        disposal="destroy",
        authority="Limitation Act 1980",
    )
    assert (row.withheld, row.noted) == ([], [])


def test_what_a_schedule_says_that_is_not_understood_is_noted() -> None:
    record, row = rule(period="As long as needed", trigger="The moon", action="Sell")
    assert record == RetentionRule(
        HOLDER, "R1", "Invoices", "As long as needed; from: The moon; then: Sell"
    )
    assert told(row.noted) == [
        ("unknown-category", "trigger", "The moon"),
        ("unknown-category", "action", "Sell"),
        ("unknown-category", "period", "As long as needed"),
    ]


def test_two_columns_that_name_two_events_are_not_believed() -> None:
    record, row = rule(period="6 years from closure", trigger="Date of birth")
    assert (record.period, record.trigger) == (None, None)
    assert told(row.withheld) == [("contradictory-values", "trigger", "Date of birth")]


def test_a_rule_that_says_nothing_is_left_out() -> None:
    with pytest.raises(Fault, match="neither how long"):
        interpreted(SCHEDULE, {"reference": "R1", "name": "Invoices", "period": "n/a"})


def test_a_reference_that_became_a_number_with_decimals_is_refused() -> None:
    with pytest.raises(Fault) as caught:
        rule(period="6 years", reference="12.0")
    assert caught.value.rule == "number-as-decimal"


AGREEMENT_ROW = {
    "reference": "ISA-1",
    "title": "Discharge",
    "providers": "Exampleton Police",
    "recipients": "Exampleford Trust; Exampleton Police",
    "purpose": "So that care is ready.",
    "benefits": "Sooner home.",
    "information": "Names and days.",
    "method": "Secure e-mail",
    "powers": "Care Act 2014, section 6; the Old Custom",
    "start": "2024-04-01",
    "end": "2026-03-31",
    "review": "2025-04-01",
    "retention": "A year",
    "status": "Active",
    "signed": "Yes",
    "processors": "Hosting Ltd",
}
AGREEMENT = Agreement(
    ref="ISA-1",
    title="Discharge",
    providers=("GM-exampleton-police",),
    recipients=("GM-exampleton-police",),
    purpose="So that care is ready.",
    benefit="Sooner home.",
    legal_powers=("http://www.legislation.gov.uk/id/ukpga/2014/23/section/6",),
    began=date(2024, 4, 1),
    ended=date(2026, 3, 31),
    next_review=date(2025, 4, 1),
    status="in-force",
    is_signed=True,
    remarks=Remarks(
        note="Method as stated: Secure e-mail. Retention as stated: A year. "
        "Processors as stated: Hosting Ltd"
    ),
    description="Names and days.",
    providers_stated=("Exampleton Police",),
    recipients_stated=("Exampleford Trust", "Exampleton Police"),
    bases_stated=("Care Act 2014, section 6", "the Old Custom"),
)


def test_a_full_agreement_is_loaded_with_every_value() -> None:
    records, row = interpreted(AGREEMENTS, AGREEMENT_ROW)
    assert records == (AGREEMENT,)
    assert row.withheld == []
    assert told(row.noted) == [
        ("unknown-organisation", "recipients", "Exampleford Trust"),
        ("unknown-category", "powers", "the Old Custom"),
    ]


def test_controllers_alone_are_parties_and_neither_give_nor_get() -> None:
    row_of = {k: v for k, v in AGREEMENT_ROW.items() if k not in ("providers", "recipients")}
    records, row = interpreted(AGREEMENTS, {**row_of, "controllers": "Exampleton Police; B"})
    undirected = replace(
        AGREEMENT,
        providers=(),
        recipients=(),
        providers_stated=(),
        recipients_stated=(),
        parties=("GM-exampleton-police",),
        parties_stated=("Exampleton Police", "B"),
    )
    assert records == (undirected,)
    assert ("unstated-direction", "controllers", None) in told(row.noted)


@pytest.mark.parametrize("missing", ["providers", "recipients"])
def test_an_agreement_of_one_side_alone_is_left_out(missing: str) -> None:
    with pytest.raises(Fault) as caught:
        interpreted(AGREEMENTS, {**AGREEMENT_ROW, missing: ""})
    assert (caught.value.rule, caught.value.field) == ("missing-value", missing)


def test_days_that_could_be_read_in_two_ways_and_unknown_states_are_withheld() -> None:
    records, row = interpreted(
        AGREEMENTS, {**AGREEMENT_ROW, "start": "3/4/2024", "status": "Sleeping"}
    )
    assert records == (replace(AGREEMENT, began=None, status=None),)
    assert told(row.withheld) == [
        ("bad-date", "start", "3/4/2024"),
        ("unknown-category", "status", "Sleeping"),
    ]


@pytest.mark.parametrize(
    ("words", "address"),
    [
        (
            "Health and Social Care Act 2012 – s261(1) and s261(2)(b)(ii)",
            "ukpga/2012/7/section/261",
        ),
        ("National Health Service Act 2006 - s251 - 'Control'", "ukpga/2006/41/section/251"),
        ("Section 36, Health Act 2009", "ukpga/2009/21/section/36"),
        (
            "section 45c of the Statistics and Registration Service Act (2007) as amended by the "
            "Digital Economy Act 2017",
            "ukpga/2007/18/section/45C",
        ),
        (
            "Regulation 3 (4) of the Health Service (Control of Patient Information) Regulations "
            "2002",
            "uksi/2002/1438/regulation/3",
        ),
        ("Children Act 2004, sections 10 and s11", "ukpga/2004/31"),
    ],
)
def test_statutes_are_recognised_with_the_one_section_that_is_named(
    words: str, address: str
) -> None:
    assert statute(words) == f"http://www.legislation.gov.uk/id/{address}"


@pytest.mark.parametrize(
    "words", ["Consent", "Section 251 approval", "Care Act 2014 and Children Act 2004", "Act 2014"]
)
def test_words_that_name_no_statute_or_several_name_none(words: str) -> None:
    assert statute(words) is None


@pytest.mark.parametrize(
    "columns", [ropa_headings.COLUMNS, retention_schedule.COLUMNS, agreement_register.COLUMNS]
)
def test_no_heading_means_two_columns_and_all_are_documented(columns: object) -> None:
    assert isinstance(columns, type(ropa_headings.COLUMNS))
    for heading, column in columns.by_words.items():
        assert columns.name(heading.upper()) == column
        is_own = heading == column.replace("-", " ") and column not in columns.ignored
        assert (f"`{column}`" if is_own else f"“{heading}”") in DOCUMENT


@pytest.mark.parametrize(
    "aliases", [ropa_headings.ALIASES, retention_schedule.ALIASES, agreement_register.ALIASES]
)
def test_each_heading_stands_for_one_column(aliases: Mapping[str, tuple[str, ...]]) -> None:
    headings = [
        *(each.replace("-", " ") for each in aliases),
        *(alias for others in aliases.values() for alias in others),
    ]
    assert sorted(headings) == sorted(set(headings))


def test_two_headings_of_one_column_are_refused() -> None:
    with pytest.raises(StructureError, match="more than one column purpose"):
        PROCESSING.layout.read(in_memory("Purpose,Purposes of the processing\nA,B\n"))
