"""Rows of the formats of strategies: what is withheld, and what leaves a record out."""

from datetime import date

import pytest

from loaders.formats import find_format
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.issues import Effect, Fault
from loaders.records import Decision, DeliveryPlan, Record
from tests.loaders.conftest import interpret
from tests.loaders.strategy_records import STRATEGY_RECORDS, STRATEGY_ROWS


def record_of(name: str, row: Row) -> Record:
    [record] = find_format(name).interpret(row, Feed("given"))
    return record


def refusal(name: str, **cells: str) -> Fault:
    """Why a row is left out whose cells are sound but for these; “_” stands for a hyphen."""
    changed = {column.replace("_", "-"): cell for column, cell in cells.items()}
    with pytest.raises(Fault) as caught:
        record_of(name, Row(2, {**STRATEGY_ROWS[name], **changed}))
    return caught.value


@pytest.mark.parametrize(
    ("name", "column", "cell", "attribute", "value"),
    [
        ("document-csv", "page", "council.example", "page", None),
        ("document-csv", "format", "Word (docx)", "file_type", None),
        ("document-csv", "held", "perhaps", "is_held", None),
        ("document-csv", "part-of", "the papers", "part_of", None),
        ("document-csv", "version-of", "a/b", "version_of", None),
        ("document-csv", "format-of", "..", "format_of", None),
        ("document-csv", "about", "mission-2022/7", "about", ()),
        ("document-csv", "generated-by", "consultation", "generated_by", ()),
        ("document-csv", "source", "the web", "source", None),
        ("statement-csv", "states", "missions/1", "states", ()),
        ("statement-csv", "text-status", "cut off", "text_status", None),
        ("statement-csv", "source", "the web", "source", None),
        ("strategy-csv", "defines", "missions", "defines", ()),
        ("strategy-csv", "replaced-by", "plan 2", "replaced_by", None),
        ("strategy-csv", "under", "all plans", "under", None),
        ("strategy-csv", "source", "the web", "sources", ()),
        ("decision-csv", "by", "GMCA", "by", ()),
        ("decision-csv", "decided", "plan", "decided", ()),
        ("decision-csv", "source", "the web", "source", None),
        ("consultation-csv", "opened", "7 October 2022", "opened", None),
        ("consultation-csv", "planned-end", "2022-12", "planned_end", None),
        ("consultation-csv", "closed", "2023-02-30", "closed", None),
        ("consultation-csv", "groups", "residents", "groups", ()),
        ("consultation-csv", "by", "GMCA", "by", ()),
        ("consultation-csv", "informs", "plan", "informs", ()),
        ("consultation-csv", "source", "the web", "sources", ()),
        ("workshop-csv", "mode", "by telephone", "mode", None),
        ("workshop-csv", "missions", "barrier-type/legal", "missions", ()),
        ("workshop-csv", "missions", "2", "missions", ()),
        ("workshop-csv", "facilitated-by", "Somebody", "facilitated_by", ()),
        ("workshop-csv", "informs", "plan", "informs", ()),
        ("workshop-csv", "source", "the web", "source", None),
        ("delivery-plan-csv", "strategy", "plan 1", "strategy", None),
        ("delivery-plan-csv", "derived-from", "summary", "derived_from", ()),
        ("delivery-plan-csv", "years", "three", "years", None),
        ("delivery-plan-csv", "years", "0", "years", None),
        ("delivery-plan-csv", "years", "101", "years", None),
        ("delivery-plan-csv", "from", "2023", "began", None),
        ("delivery-plan-csv", "until", "March 2026", "ends", None),
        ("delivery-plan-csv", "source", "the web", "source", None),
    ],
)
def test_a_faulty_optional_value_is_withheld_and_the_record_stays(
    name: str, column: str, cell: str, attribute: str, value: object
) -> None:
    expected = STRATEGY_RECORDS[name]
    row = Row(2, {**STRATEGY_ROWS[name], column: cell})
    record = record_of(name, row)
    assert [(fault.field, fault.value) for fault in row.withheld] == [(column, cell)]
    assert getattr(record, attribute) == value
    unharmed = {each for each in type(record).__slots__ if each != attribute}
    assert all(getattr(record, each) == getattr(expected, each) for each in unharmed)


@pytest.mark.parametrize("position", ["0", "-1", "1.5", "first"])
def test_a_statement_stands_at_a_place_that_can_be_counted(position: str) -> None:
    fault = refusal("statement-csv", position=position)
    assert (fault.rule, fault.field, fault.value) == ("bad-number", "position", position)


def test_the_28th_of_january_2022_was_a_friday() -> None:
    record = record_of("decision-csv", Row(2, STRATEGY_ROWS["decision-csv"]))
    assert isinstance(record, Decision)
    assert (record.on, record.weekday) == (date(2022, 1, 28), "Friday")


@pytest.mark.parametrize(("name", "day"), [("decision-csv", "Friday"), ("workshop-csv", "Monday")])
@pytest.mark.parametrize("weekday", ["Thursday", "Fri", "Fryday", "5"])
def test_a_day_that_does_not_fall_on_its_weekday_leaves_the_record_out(
    name: str, day: str, weekday: str
) -> None:
    fault = refusal(name, weekday=weekday)
    assert (fault.rule, fault.field, fault.value) == ("contradictory-values", "weekday", weekday)
    assert fault.message == (
        f"{STRATEGY_ROWS[name]['on']} is a {day}, and the source says “{weekday}”: "
        "one of the two is wrong."
    )


@pytest.mark.parametrize("name", ["decision-csv", "workshop-csv"])
@pytest.mark.parametrize("on", ["", "28 January 2022"])
def test_a_weekday_without_a_day_to_prove_it_leaves_the_record_out(name: str, on: str) -> None:
    fault = refusal(name, on=on)
    assert (fault.rule, fault.field) == ("missing-value", "on")


@pytest.mark.parametrize("name", ["decision-csv", "workshop-csv"])
def test_a_day_needs_no_weekday(name: str) -> None:
    row = Row(2, {**STRATEGY_ROWS[name], "weekday": "", "on": "2022-01-27"})
    record = record_of(name, row)
    assert isinstance(record, type(STRATEGY_RECORDS[name]))
    assert row.withheld == []


def test_a_wrong_weekday_is_reported_with_its_row() -> None:
    cells = {**STRATEGY_ROWS["decision-csv"], "weekday": "Saturday"}
    written = f"{','.join(cells)}\n{','.join(cells.values())}\n"
    reading = interpret("decision-csv", written.encode())
    assert reading.quads == []
    [issue] = reading.issues
    assert (issue.row, issue.field, issue.rule, issue.effect) == (
        2,
        "weekday",
        "contradictory-values",
        Effect.LEFT_OUT,
    )


@pytest.mark.parametrize("column", ["planned_end", "closed"])
def test_a_consultation_does_not_end_before_it_opens(column: str) -> None:
    assert refusal("consultation-csv", **{column: "2022-10-06"}).rule == "dates-out-of-order"
    row = Row(2, {**STRATEGY_ROWS["consultation-csv"], column.replace("_", "-"): "2022-10-07"})
    assert record_of("consultation-csv", row)


@pytest.mark.parametrize(
    ("name", "column", "key"),
    [
        ("document-csv", "part_of", "plan.1"),
        ("document-csv", "version_of", "plan.1"),
        ("document-csv", "format_of", "plan.1"),
        ("strategy-csv", "under", "plan.1"),
        ("strategy-csv", "replaced_by", "plan.1"),
    ],
)
def test_nothing_is_related_to_itself(name: str, column: str, key: str) -> None:
    assert refusal(name, **{column: key}).rule == "self-reference"


def plan(**cells: str) -> DeliveryPlan:
    record = record_of("delivery-plan-csv", Row(2, {**STRATEGY_ROWS["delivery-plan-csv"], **cells}))
    assert isinstance(record, DeliveryPlan)
    return record


@pytest.mark.parametrize("until", ["2026-03-30", "2026-04-01", "2025-03-31", "9999-12-31"])
def test_a_plan_runs_for_as_many_years_as_it_says(until: str) -> None:
    fault = refusal("delivery-plan-csv", until=until)
    assert (fault.rule, fault.field) == ("contradictory-values", "years")
    assert plan(until=until, years="").ends == date.fromisoformat(until)


def test_a_plan_does_not_end_before_it_begins() -> None:
    fault = refusal("delivery-plan-csv", until="2023-03-31")
    assert (fault.rule, fault.field) == ("dates-out-of-order", "until")


def test_the_days_of_a_plan_need_not_be_known() -> None:
    assert plan(**{"from": "", "until": ""}).years == 3
    assert plan(until="").began == date(2023, 4, 1)


def test_two_statements_do_not_stand_at_one_place_of_a_document() -> None:
    cells = STRATEGY_ROWS["statement-csv"]
    rows = [cells, {**cells, "key": "plan-02"}, {**cells, "key": "plan-03", "document": "another"}]
    written = [",".join(cells), *(",".join(row.values()) for row in rows)]
    reading = interpret("statement-csv", "\n".join(written).encode())
    assert [(issue.row, issue.rule, issue.field) for issue in reading.issues] == [
        (2, "duplicate-key", "position"),
        (3, "duplicate-key", "position"),
    ]
    assert reading.counts().records_loaded == 1
