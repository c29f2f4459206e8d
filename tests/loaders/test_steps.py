"""Steps that are listened to, and what the commands tell of them."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from loaders.progress import timing_lines
from loaders.steps import Step, Steps, listening, step, stepping, summed
from service.cli import main


def test_nobody_listens_and_nothing_is_kept() -> None:
    with step("outside"):
        pass
    with listening() as steps:
        pass
    with step("afterwards"):
        pass
    assert steps.taken == []


def test_steps_know_what_they_are_within() -> None:
    @step("sorting")
    def sort() -> int:
        return 1

    with listening() as steps:
        for _ in stepping(["public", "internal"]):
            with step("store"):
                assert sort() == 1
    found = [(each.within, each.name) for each in steps.taken]
    assert found == [
        (("public", "store"), "sorting"),
        (("public",), "store"),
        ((), "public"),
        (("internal", "store"), "sorting"),
        (("internal",), "store"),
        ((), "internal"),
    ]
    assert all(each.ended >= each.began >= steps.began for each in steps.taken)


def test_a_step_that_fails_is_over_too() -> None:
    inner = step("inner")
    with listening() as steps, pytest.raises(ValueError, match="no"), step("outer"), inner:
        raise ValueError("no")
    assert [each.name for each in steps.taken] == ["inner", "outer"]
    assert steps.open == []


def test_sums_are_by_name_and_place_in_the_order_of_beginning() -> None:
    taken = [
        Step("write", 1, 2, ("load",)),
        Step("write", 3, 6, ("load",)),
        Step("load", 0, 7),
        Step("write", 7, 8),
    ]
    found = [(each.path, each.times, each.seconds) for each in summed(Steps(0, taken))]
    assert found == [
        (("load",), 1, 7),
        (("load", "write"), 2, 4),
        (("write",), 1, 1),
    ]


def test_timings_are_seconds_and_shares_with_parts_further_in() -> None:
    steps = Steps(0, [Step("store", 1, 3, ("public",)), Step("public", 1, 5), Step("ledger", 5, 6)])
    assert timing_lines(steps, 8.0) == [
        "     4.00 s   50%  public",
        "     2.00 s   25%    store",
        "     1.00 s   12%  ledger",
        "     3.00 s   38%  the rest",
        "     8.00 s  100%  in all",
    ]


def test_load_and_publish_say_what_takes_how_long(tmp_path: Path) -> None:
    records, data = tmp_path / "made.csv", str(tmp_path / "var")
    records.write_text("key,name,type\nGB-CHC-1,Friends of Exampleton,charity\n")
    runner = CliRunner()
    assert runner.invoke(main, ["init", "--data", data]).exit_code == 0
    given = ["--file", str(records), "--source", "made", "--format", "organisation-csv"]
    told = runner.invoke(main, ["load", "--timings", "--data", data, *given])
    assert {"reading and mapping", "shapes", "in all"} <= names(told.stderr)
    silent = runner.invoke(main, ["load", "--data", data, *given])
    assert names(silent.stderr) == set()
    assert told.stdout == silent.stdout
    published = runner.invoke(main, ["publish", "--timings", "--data", data])
    assert {"public", "  store", "    union", "  search index", "in all"} <= names(published.stderr)


def names(told: str) -> set[str]:
    return set(re.findall(r"^ *[\d.]+ s +\d+%  (.*)$", told, re.MULTILINE))
