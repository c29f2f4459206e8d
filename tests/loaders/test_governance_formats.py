"""A faulty cell of a register of governance: what is withheld, and what leaves a record out."""

from dataclasses import fields, replace
from datetime import date

import pytest

from loaders.errors import StructureError
from loaders.formats import find_format
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.records import Contribution, InformationAsset, Lawfulness, Record, Remarks
from tests.loaders.conftest import interpret as load
from tests.loaders.governance_records import ASSESSMENT, GOVERNANCE_RECORDS, GOVERNANCE_ROWS

PERSON = "Ask jane.doe@council.example."
NUMBER = "Ask 07700 900123."


def record_of(name: str, row: Row) -> Record:
    [record] = find_format(name).interpret(row, Feed("given"))
    return record


def refusal(name: str, /, **cells: str) -> Fault:
    changed = {column.replace("_", "-"): cell for column, cell in cells.items()}
    with pytest.raises(Fault) as caught:
        record_of(name, Row(2, {**GOVERNANCE_ROWS[name], **changed}))
    return caught.value


def flat(record: Record) -> dict[str, object]:
    """A record's values by the names of their fields, those of what is within it beside them."""
    found: dict[str, object] = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if isinstance(value, Remarks | Lawfulness):
            found |= {inner.name: getattr(value, inner.name) for inner in fields(value)}
        else:
            found[field.name] = value
    return found


ENTRIES = ("A-01", ())
PATHS = ("dataset", ())
FLAG = ("Yes", None)
DAY = ("01/04/2024", None)
WORDS = (PERSON, None)
ADDRESS = ("council.example", None)
NOTED = {"note": ("note", *WORDS), "source": ("source", *ADDRESS)}
TOLD = {"public-summary": ("public_summary", *WORDS), **NOTED}
LAWFUL = {
    "data-subjects": ("data_subjects", "Residents", ()),
    "data-categories": ("data_categories", "name", ()),
    "legal-bases": ("legal_bases", "6(1)(e)", ()),
    "schedule-one": ("schedule_one", "fraud", ()),
    "legal-powers": ("legal_powers", "The Bins Act", ()),
}
# By format and column: the attribute, a faulty cell, and what the record holds then.
FAULTY: dict[str, dict[str, tuple[str, str, object]]] = {
    "unit-csv": {
        "parent": ("parent", *WORDS),
        "description": ("description", NUMBER, None),
        "source": ("source", *ADDRESS),
    },
    "post-csv": {
        "unit": ("unit", *WORDS),
        "roles": ("roles", "IAO", ()),
        "filled": ("is_filled", *FLAG),
        "vacant-since": ("vacant_since", "1905-05-27", None),
        "training": ("training_completed", *DAY),
        "mailbox": ("mailbox", "jane.doe@council.example", None),
        **NOTED,
    },
    "system-csv": {
        "description": ("description", *WORDS),
        "product": ("product", *WORDS),
        "supplier": ("supplier", *WORDS),
        "hosted-in": ("hosted_in", "GB", None),
        "hosting-note": ("hosting_note", *WORDS),
        "capabilities": ("capabilities", "maps", ()),
        "holds": ("holds", "names", ()),
        "services": ("services", *PATHS),
        "requires": ("requires", *ENTRIES),
        "status": ("status", "active", None),
        "criticality": ("criticality", "high", None),
        "contract-end": ("contract_end", *DAY),
        "cost-band": ("cost_band", "£20,000", None),
        **NOTED,
    },
    "retention-rule-csv": {
        "text": ("text", *WORDS),
        "period": ("period", "P0Y", None),
        "trigger": ("trigger", "end", None),
        "disposal": ("disposal", "Destroy", None),
        "authority": ("authority", *WORDS),
        "source": ("source", *ADDRESS),
    },
    "information-asset-csv": {
        "description": ("description", *WORDS),
        "owner": ("owner", "jane.doe@council.example", None),
        "steward": ("steward", "Mrs J Doe", None),
        "custodian": ("custodian", "0161 496 0000", None),
        "unit": ("unit", *WORDS),
        "systems": ("systems", *ENTRIES),
        "format": ("format", "Paper", None),
        "personal-data": ("personal_data", "yes", None),
        "legal-bases": ("legal_bases", "public task", ()),
        "schedule-one": ("schedule_one", "fraud", ()),
        "access": ("access", "open", None),
        "access-reason": ("access_reason", *WORDS),
        "retention-rule": ("rule", "R 1", None),
        "retention-start": ("retention_start", *DAY),
        "value": ("value", *WORDS),
        "criticality": ("criticality", "high", None),
        "identifiability": ("identifiability", "yes", None),
        "data-subjects": ("data_subjects", "people", ()),
        "data-categories": ("data_categories", "name", ()),
        "holds": ("holds", "names", ()),
        "authoritative-for": ("authoritative_for", "names", ()),
        "themes": ("themes", "BINS", ()),
        "derived-from": ("derived_from", *ENTRIES),
        "datasets": ("datasets", "bins", ()),
        "services": ("services", *PATHS),
        "shared-with": ("shared_with", PERSON, ()),
        "open": ("is_open", *FLAG),
        "risk": ("risk", *WORDS),
        "reviewed": ("reviewed", *DAY),
        "next-review": ("next_review", *DAY),
        **NOTED,
    },
    "processing-activity-csv": {
        "joint-controllers": ("joint_controllers", "MAN", ()),
        "processors": ("processors", "MAN", ()),
        "assets": ("assets", *ENTRIES),
        **LAWFUL,
        "recipients": ("recipients", PERSON, ()),
        "retention-rule": ("rule", "R 1", None),
        "leaves-uk": ("leaves_uk", *FLAG),
        "safeguard": ("safeguard", *WORDS),
        "security": ("security", *WORDS),
        "high-risk": ("is_high_risk", *FLAG),
        "automated": ("is_automated", *FLAG),
        "services": ("services", *PATHS),
        "privacy-notice": ("privacy_notice", *ADDRESS),
        **TOLD,
    },
    "agreement-csv": {
        "benefit": ("benefit", *WORDS),
        "assets": ("assets", *ENTRIES),
        "processing": ("processing", *ENTRIES),
        "legal-powers": ("legal_powers", "The Bins Act", ()),
        "from": ("began", *DAY),
        "until": ("ended", *DAY),
        "review": ("next_review", *DAY),
        "status": ("status", "signed", None),
        "signed": ("is_signed", *FLAG),
        "services": ("services", *PATHS),
        "privacy-notice": ("privacy_notice", *ADDRESS),
        **TOLD,
    },
    "data-flow-csv": {
        "from-role": ("giver_role", "owner", None),
        "to-role": ("taker_role", "owner", None),
        "personal-data": ("personal_data", "yes", None),
        **LAWFUL,
        "method": ("method", "post", None),
        "frequency": ("frequency", "often", None),
        "encrypted": ("is_encrypted", *FLAG),
        "leaves-uk": ("leaves_uk", *FLAG),
        "safeguard": ("safeguard", *WORDS),
        "services": ("services", *PATHS),
        "since": ("began", *DAY),
        "until": ("ended", *DAY),
        "privacy-notice": ("privacy_notice", *ADDRESS),
        **TOLD,
    },
    "assessment-csv": {
        "outcome": ("outcome", "passed", None),
        "residual-risk": ("residual_risk", "none", None),
        "on": ("assessed", *DAY),
        "review": ("next_review", *DAY),
        "approved-by": ("approved_by", "Dr J Doe", None),
        "advice": ("advice", *WORDS),
        **TOLD,
    },
    "algorithmic-tool-csv": {
        "description": ("description", *WORDS),
        "assets": ("assets", *ENTRIES),
        "services": ("services", *PATHS),
        "status": ("status", "in use", None),
        "record": ("transparency_record", *ADDRESS),
        "evidence": ("engagement", *ADDRESS),
        **NOTED,
    },
    "disposal-csv": {
        "action": ("action", "burnt", None),
        "evidence": ("evidence", *WORDS),
        "note": ("note", *WORDS),
    },
    "standard-csv": {
        "description": ("description", *WORDS),
        "publisher-as-stated": ("publisher_stated", *WORDS),
        "page": ("page", *ADDRESS),
        "source": ("source", *ADDRESS),
    },
    "conformance-csv": {
        "method": ("method", "by eye", None),
        "on": ("tested", *DAY),
        "until": ("ended", *DAY),
        "evidence": ("evidence", *WORDS),
        "note": ("note", *WORDS),
    },
    "sharing-project-csv": {
        "stage": ("stage", "begun", None),
        "partners": ("partners", "MAN", ()),
        "purpose": ("purpose", *WORDS),
        **TOLD,
    },
    "barrier-csv": {
        "blocks": ("blocks", "sp-1", ()),
        "mitigated-by": ("mitigated_by", "system/GM-a/s", None),
        "status": ("status", "closed", None),
        "description": ("description", *WORDS),
        **NOTED,
    },
    "contribution-csv": {
        "mission": ("mission", "2026/7", None),
        "principle": ("principle", "value", None),
        "rationale": ("rationale", *WORDS),
        "by": ("by", "MAN", None),
        "on": ("on", *DAY),
        "source": ("source", *ADDRESS),
    },
}
# What any words can be, and what leaves the record out: tried below.
UNFAULTY = {("data-flow-csv", "agreement"), ("sharing-project-csv", "results-in")}
GUARDED = {"visible-to", "classification", "basis"}


def test_a_faulty_cell_of_every_optional_column_is_tried_here() -> None:
    for name, cells in GOVERNANCE_ROWS.items():
        layout = find_format(name).layout
        optional = set(layout.columns.optional)  # type: ignore[attr-defined]
        lenient = {column for format_, column in UNFAULTY if format_ == name}
        assert FAULTY[name].keys() == optional - lenient - GUARDED
        assert optional < cells.keys()


@pytest.mark.parametrize(
    ("name", "column"), [(name, column) for name, each in FAULTY.items() for column in each]
)
def test_a_faulty_optional_value_is_withheld_and_the_record_stays(name: str, column: str) -> None:
    attribute, cell, value = FAULTY[name][column]
    row = Row(2, {**GOVERNANCE_ROWS[name], column: cell})
    expected = flat(GOVERNANCE_RECORDS[name])
    assert flat(record_of(name, row)) == {**expected, attribute: value}
    [fault] = row.withheld
    assert fault.field == column
    is_private = fault.rule == "contact-of-a-person"
    assert fault.value == (None if is_private else cell)


@pytest.mark.parametrize(
    ("name", "column", "cell", "rule"),
    [
        ("unit-csv", "organisation", "MAN", "bad-code"),
        ("unit-csv", "name", PERSON, "contact-of-a-person"),
        ("post-csv", "organisation", "MAN", "bad-code"),
        ("post-csv", "title", "jane.doe@council.example", "contact-of-a-person"),
        ("post-csv", "title", "Miss J Doe", "contact-of-a-person"),
        ("system-csv", "organisation", "MAN", "bad-code"),
        ("system-csv", "name", PERSON, "contact-of-a-person"),
        ("retention-rule-csv", "organisation", "MAN", "bad-code"),
        ("retention-rule-csv", "name", PERSON, "contact-of-a-person"),
        ("information-asset-csv", "organisation", "MAN", "bad-code"),
        ("information-asset-csv", "name", PERSON, "contact-of-a-person"),
        ("processing-activity-csv", "controller", "MAN", "bad-code"),
        ("processing-activity-csv", "name", PERSON, "contact-of-a-person"),
        ("processing-activity-csv", "purpose", NUMBER, "contact-of-a-person"),
        ("agreement-csv", "title", PERSON, "contact-of-a-person"),
        ("agreement-csv", "providers", "GM-a;the other", "bad-code"),
        ("agreement-csv", "recipients", ";", "missing-value"),
        ("agreement-csv", "purpose", PERSON, "contact-of-a-person"),
        ("data-flow-csv", "title", PERSON, "contact-of-a-person"),
        ("data-flow-csv", "from", "MAN", "bad-code"),
        ("data-flow-csv", "to", "GM-b;GM-c", "bad-code"),
        ("data-flow-csv", "assets", "GM-a/A;B", "bad-code"),
        ("data-flow-csv", "purpose", PERSON, "contact-of-a-person"),
        ("assessment-csv", "organisation", "MAN", "bad-code"),
        ("assessment-csv", "title", PERSON, "contact-of-a-person"),
        ("assessment-csv", "kind", "DPIA", "unknown-category"),
        ("assessment-csv", "assesses", "p-1", "unknown-category"),
        ("assessment-csv", "assesses", ";", "missing-value"),
        ("algorithmic-tool-csv", "organisation", "MAN", "bad-code"),
        ("algorithmic-tool-csv", "title", PERSON, "contact-of-a-person"),
        ("disposal-csv", "organisation", "MAN", "bad-code"),
        ("disposal-csv", "asset", "A-01", "bad-code"),
        ("disposal-csv", "on", "31/01/2025", "bad-date"),
        ("standard-csv", "key", "a/b", "bad-code"),
        ("standard-csv", "title", PERSON, "contact-of-a-person"),
        ("conformance-csv", "key", "a/b", "bad-code"),
        ("conformance-csv", "subject", "bins", "unknown-category"),
        ("conformance-csv", "standard", "a/b", "bad-code"),
        ("conformance-csv", "result", "yes", "unknown-category"),
        ("sharing-project-csv", "title", PERSON, "contact-of-a-person"),
        ("barrier-csv", "title", PERSON, "contact-of-a-person"),
        ("barrier-csv", "type", "money", "unknown-category"),
        ("contribution-csv", "key", "a/b", "bad-code"),
        ("contribution-csv", "contributor", "asset", "unknown-category"),
        ("contribution-csv", "basis", "guess", "unknown-category"),
        ("contribution-csv", "basis", "derived-by-rule", "out-of-scope"),
    ],
)
def test_a_faulty_required_value_leaves_the_record_out(
    name: str, column: str, cell: str, rule: str
) -> None:
    fault = refusal(name, **{column: cell})
    assert (fault.rule, fault.field) == (rule, column)


@pytest.mark.parametrize(
    ("name", "cells", "rule", "message"),
    [
        (
            "unit-csv",
            {"parent": "waste TEAM"},
            "self-reference",
            "The unit is said to be part of itself.",
        ),
        (
            "post-csv",
            {"filled": "yes"},
            "contradictory-values",
            "The post is said to be filled, and to be vacant since a day.",
        ),
        (
            "system-csv",
            {"requires": "GM-b/x;GM-a/sys-1"},
            "self-reference",
            "The system is said to require itself.",
        ),
        (
            "retention-rule-csv",
            {"text": "", "period": "", "disposal": ""},
            "missing-value",
            "The rule says neither how long information is kept nor what happens to it then.",
        ),
        (
            "information-asset-csv",
            {"derived-from": "GM-a/IA 1"},
            "self-reference",
            "The asset is said to be derived from itself.",
        ),
        (
            "agreement-csv",
            {"until": "2024-03-31"},
            "dates-out-of-order",
            "The agreement ends on 2024-03-31, before it begins on 2024-04-01.",
        ),
        (
            "data-flow-csv",
            {"until": "2024-03-31"},
            "dates-out-of-order",
            "The flow ends on 2024-03-31, before it begins on 2024-04-01.",
        ),
        (
            "data-flow-csv",
            {"to": "GM-a"},
            "self-reference",
            "The flow is said to go from an organisation to itself.",
        ),
        (
            "assessment-csv",
            {"assesses": "assessment/GM-a/dpia-1"},
            "self-reference",
            "The assessment is said to be of itself.",
        ),
        (
            "conformance-csv",
            {"until": "2025-01-31"},
            "dates-out-of-order",
            "The assertion ends on 2025-01-31, before it begins on 2025-02-01.",
        ),
        (
            "contribution-csv",
            {"mission": "", "principle": ""},
            "missing-value",
            "The contribution is to no mission and to no principle.",
        ),
        (
            "contribution-csv",
            {"mission": "9", "principle": ""},
            "missing-value",
            "The contribution is to no mission and to no principle.",
        ),
    ],
)
def test_a_record_that_contradicts_itself_is_left_out(
    name: str, cells: dict[str, str], rule: str, message: str
) -> None:
    fault = refusal(name, **cells)
    assert (fault.rule, fault.message) == (rule, message)


def test_one_day_is_in_order() -> None:
    row = Row(2, {**GOVERNANCE_ROWS["agreement-csv"], "until": "2024-04-01"})
    assert flat(record_of("agreement-csv", row))["ended"] == date(2024, 4, 1)


def test_an_assessment_that_is_made_of_nothing_is_refused() -> None:
    with pytest.raises(Fault, match="The assessment is of nothing"):
        replace(ASSESSMENT, assesses=())


@pytest.mark.parametrize(
    "name", [name for name, cells in GOVERNANCE_ROWS.items() if "visible-to" in cells]
)
@pytest.mark.parametrize("cell", ["Internal", "nobody", "internal;partner", "in\x00ternal"])
def test_who_may_see_a_record_is_never_guessed(name: str, cell: str) -> None:
    fault = refusal(name, visible_to=cell)
    assert fault.field == "visible-to"
    blank = record_of(name, Row(2, {**GOVERNANCE_ROWS[name], "visible-to": "  "}))
    assert flat(blank)["visible_to"] is None


@pytest.mark.parametrize("cell", ["SECRET", "TOP_SECRET", "Top Secret", "UK Secret", "hush"])
def test_what_is_above_official_is_left_out_and_nothing_of_it_is_told(cell: str) -> None:
    rows = GOVERNANCE_ROWS["information-asset-csv"]
    row = Row(2, {**rows, "classification": cell, "owner": "x@y.example"})
    with pytest.raises(Fault) as caught:
        record_of("information-asset-csv", row)
    assert caught.value.rule == ("unknown-category" if cell == "hush" else "above-official")
    assert cell not in caught.value.message
    assert (row.withheld, row.noted, row.read) == ([], [], [])


@pytest.mark.parametrize(
    ("cell", "level"),
    [("", None), ("OFFICIAL", "OFFICIAL"), ("official sensitive", "OFFICIAL-SENSITIVE")],
)
def test_a_classification_up_to_official_is_loaded(cell: str, level: str | None) -> None:
    row = Row(2, {**GOVERNANCE_ROWS["information-asset-csv"], "classification": cell})
    record = record_of("information-asset-csv", row)
    assert isinstance(record, InformationAsset)
    assert record.classification == level


@pytest.mark.parametrize(
    ("cell", "mission"),
    [("3", "2022/3"), ("2022/3", "2022/3"), ("mission-2026/6", "2026/6"), ("2026/1", "2026/1")],
)
def test_a_mission_is_of_a_strategy(cell: str, mission: str) -> None:
    row = Row(2, {**GOVERNANCE_ROWS["contribution-csv"], "mission": cell, "basis": ""})
    record = record_of("contribution-csv", row)
    assert isinstance(record, Contribution)
    assert (record.mission, record.basis) == (mission, "asserted")


@pytest.mark.parametrize("cell", ["7", "2024/1", "2026/", "one"])
def test_there_are_no_other_missions(cell: str) -> None:
    row = Row(2, {**GOVERNANCE_ROWS["contribution-csv"], "mission": cell})
    assert flat(record_of("contribution-csv", row))["mission"] is None
    assert [fault.rule for fault in row.withheld] == ["unknown-category"]


@pytest.mark.parametrize("name", GOVERNANCE_ROWS)
def test_two_records_that_differ_do_not_share_a_key(name: str) -> None:
    cells = GOVERNANCE_ROWS[name]
    column = next(each for each in ("note", "source", "evidence") if each in cells)
    other = {**cells, column: "https://other.example/"}
    header = ",".join(cells)
    rows = [",".join(f'"{cell}"' for cell in each.values()) for each in (cells, other)]
    issues = load(name, "\n".join([header, *rows, ""]).encode()).issues
    assert [each.rule for each in issues] == ["duplicate-key"] * 2
    assert [each.row for each in issues] == [2, 3]
    again = load(name, "\n".join([header, rows[0], rows[0], ""]).encode())
    assert [each.rule for each in again.issues] == ["repeated-record"]
    assert again.counts().records_loaded == 2


NEAR = ["visible_to", "Visible-To", "visible to", "VISIBLE", "visibility", "Audience", "visable-to"]


@pytest.mark.parametrize("heading", NEAR)
@pytest.mark.parametrize("name", GOVERNANCE_ROWS)
def test_a_heading_that_seems_to_narrow_a_record_is_never_passed_over(
    name: str, heading: str
) -> None:
    cells = {**GOVERNANCE_ROWS[name], heading: "internal"}
    narrows = "visible-to" in GOVERNANCE_ROWS[name]
    if narrows:
        del cells["visible-to"]
    content = "\n".join([",".join(cells), ",".join(f'"{each}"' for each in cells.values()), ""])
    told = "is said in a column “visible-to”" if narrows else "a source of their own"
    with pytest.raises(StructureError, match=f"a column “{heading}”: .*{told}"):
        load(name, content.encode())


def test_any_other_heading_is_noted_and_passed_over() -> None:
    cells = {**GOVERNANCE_ROWS["unit-csv"], "visits": "7", "reviewed by": "us"}
    content = "\n".join([",".join(cells), ",".join(f'"{each}"' for each in cells.values()), ""])
    issues = load("unit-csv", content.encode()).issues
    assert [(each.rule, each.field) for each in issues] == [
        ("unknown-column", "visits"),
        ("unknown-column", "reviewed by"),
    ]
