"""Every rule is broken by some record here, and what was found is told with its place in words."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loaders.issues import RULES, Effect, Fault, Issue, read_issue, write_issue
from tests.loaders.bad_records import (
    BAD_RECORDS,
    GOOD_MEMBERSHIP,
    LEFT_OUT,
    MEMBERSHIPS,
    NOTED,
    ORGANISATIONS,
    WITHHELD,
    Bad,
)
from tests.loaders.conftest import interpret


def test_every_rule_is_broken_by_a_record_here_or_in_the_tests_of_what_alone_knows_it() -> None:
    here = {bad.rule for bad in BAD_RECORDS}
    assert here <= RULES.keys()
    assert len(here) > 15
    others = set(Path(__file__).parent.glob("test_*.py")) - {Path(__file__)}
    told = "".join(path.read_text() for path in others)
    assert [rule for rule in RULES.keys() - here if f'"{rule}"' not in told] == []


@pytest.mark.parametrize("bad", BAD_RECORDS, ids=lambda bad: f"{bad.rule}-{bad.format}")
def test_what_is_wrong_is_told_with_file_row_field_value_and_sentence(bad: Bad) -> None:
    loading = interpret(bad.format, (bad.header + bad.good + bad.rows).encode())
    expected = [
        Issue("given", "given.csv", each.row, each.field, each.value, bad.rule, *each[3:])
        for each in bad.told
    ]
    assert loading.issues == expected


@pytest.mark.parametrize("bad", BAD_RECORDS, ids=lambda bad: f"{bad.rule}-{bad.format}")
def test_a_bad_record_takes_no_good_one_with_it(bad: Bad) -> None:
    alone = interpret(bad.format, (bad.header + bad.good).encode()).lines
    assert alone
    for rows in (bad.good + bad.rows, bad.rows + bad.good):
        loading = interpret(bad.format, (bad.header + rows).encode())
        assert set(alone) <= set(loading.lines)
        counts = loading.counts()
        assert counts.records_in == counts.records_loaded + counts.records_left_out
        assert counts.records_in == 1 + bad.rows.count("\n")
        left_out = [issue.row for issue in loading.issues if issue.effect is LEFT_OUT]
        assert counts.records_left_out == len(left_out) == len(set(left_out))
        assert counts.values_withheld == sum(i.effect is WITHHELD for i in loading.issues)


def test_an_area_in_a_list_that_two_bodies_claim_is_told_with_its_column() -> None:
    rows = "GM-a,A,MD,,,,E08000001;E08000002,\nGM-b,B,MD,,,,E08000002;E08000003,\n"
    issues = interpret("organisation-csv", (ORGANISATIONS + rows).encode()).issues
    assert [(each.row, each.field, each.value) for each in issues] == [
        (2, "administers", "E08000002"),
        (3, "administers", "E08000002"),
    ]


def test_a_membership_there_twice_is_not_blamed_on_its_role() -> None:
    ended = GOOD_MEMBERSHIP.replace(",,", ",,2024-03-31")
    for other, told in (
        (GOOD_MEMBERSHIP, [("repeated-record", 3)]),
        (ended, [("duplicate-key", 2), ("duplicate-key", 3)]),
    ):
        rows = MEMBERSHIPS + GOOD_MEMBERSHIP + other
        issues = interpret("membership-csv", rows.encode()).issues
        assert [(each.rule, each.row) for each in issues] == told
        assert {each.field for each in issues} == {"member"}


def test_a_shared_code_that_stands_in_two_columns_is_blamed_on_neither() -> None:
    rows = (
        "reference,name,local-authority-type,billing-authority,entity\n"
        "AAA,Aston,MD,283,283\nBBB,Barton,MD,284,283\n"
    )
    issues = interpret("digital-land-local-authority", rows.encode()).issues
    assert [(each.rule, each.row, each.value) for each in issues] == [
        ("shared-identifier", 2, "283"),
        ("shared-identifier", 3, "283"),
    ]
    assert [each.field for each in issues] == [None, "entity"]


def test_a_rule_that_does_not_exist_cannot_be_broken() -> None:
    with pytest.raises(ValueError, match="no such rule: bad-luck"):
        Issue("given", "given.csv", 2, None, None, "bad-luck", NOTED, "It happens.")


def test_an_issue_reads_as_a_sentence_with_its_place() -> None:
    issue = Issue("given", "a.csv", 7, "code", "E1", "bad-code", LEFT_OUT, "“E1” is no code.")
    assert str(issue) == "a.csv, row 7, code: “E1” is no code. (record left out)"
    whole = Issue("given", "a.csv", None, None, None, "line-endings", NOTED, "Lines end oddly.")
    assert str(whole) == "a.csv: Lines end oddly. (noted)"


def test_a_fault_carries_its_facts() -> None:
    fault = Fault("bad-code", "It is no code.", "code", "E1")
    assert (fault.rule, fault.message, fault.field, fault.value) == (
        "bad-code",
        "It is no code.",
        "code",
        "E1",
    )
    assert str(fault) == "It is no code."
    alone = Fault("bad-code", "It is no code.")
    assert (alone.field, alone.value) == (None, None)


def test_an_issue_is_written_as_one_json_object_on_a_line_and_read_again() -> None:
    issue = Issue("given", "a.csv", 7, "name", "É\n“", "bad-code", WITHHELD, "“É” is none.")
    written = write_issue(issue)
    assert (written.count("\n"), written[-1]) == (1, "\n")
    assert "É" in written
    assert json.loads(written) == {
        "source": "given",
        "file": "a.csv",
        "row": 7,
        "field": "name",
        "value": "É\n“",
        "rule": "bad-code",
        "effect": "value withheld",
        "message": "“É” is none.",
        "unit": "row",
    }
    assert read_issue(written) == issue


@given(st.text(), st.none() | st.text(), st.none() | st.integers(), st.sampled_from(Effect))
@example("a\u2028b\x85c", "\x0c", 7, NOTED)
def test_an_issue_is_one_line_whatever_is_said_in_it(
    message: str, value: str | None, row: int | None, effect: Effect
) -> None:
    issue = Issue("given", "a.csv", row, value, value, "bad-code", effect, message)
    written = write_issue(issue)
    assert written.index("\n") == len(written) - 1
    assert read_issue(written) == issue


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_explained_in_a_sentence(rule: str) -> None:
    assert RULES[rule][0].isupper()
    assert RULES[rule].endswith(".")
