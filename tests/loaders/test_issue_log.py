"""Issues are tallied as they come, and read again in their order, wherever they wait."""

import gc
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.issue_log import IssueLog
from loaders.issues import Effect, Issue


def issue(row: int, rule: str = "bad-code", effect: Effect = Effect.NOTED) -> Issue:
    return Issue("given", "a.csv", row, "é", "a\u2028\n", rule, effect, "So it is.")


@pytest.fixture
def spilled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that issues wait in which memory does not hold."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("count", [0, 1, 2, 3, 9])
def test_issues_are_read_in_their_order_as_often_as_wanted(spilled: Path, count: int) -> None:
    log = IssueLog(held=2)
    issues = [issue(row) for row in range(count)]
    for number, each in enumerate(issues, 1):
        log.report(each)
        assert list(log) == issues[:number]  # while more may come
    log.close()
    assert list(log) == list(log) == issues
    assert (len(log), bool(log)) == (count, count > 0)
    assert list(spilled.iterdir()) == []  # nothing that a killed load could leave behind


def test_two_readers_do_not_disturb_each_other(spilled: Path) -> None:
    log = IssueLog(held=1)
    for row in range(4):
        log.report(issue(row))
    pairs = list(zip(log, log, strict=True))
    assert pairs == [(issue(row), issue(row)) for row in range(4)]
    log.close()


def test_what_waited_on_disk_goes_with_the_log(spilled: Path) -> None:
    log = IssueLog(held=0)
    log.report(issue(1))
    log.close()
    assert list(log) == [issue(1)]
    del log
    gc.collect()
    assert list(spilled.iterdir()) == []


def test_a_closed_log_takes_no_more_in() -> None:
    log = IssueLog()
    log.close()
    with pytest.raises(ValueError, match="closed"):
        log.report(issue(1))


def test_issues_are_counted_by_effect_by_rule_and_by_kind(spilled: Path) -> None:
    log = IssueLog(held=2)
    reported = [
        issue(1, "bad-date", Effect.WITHHELD),
        issue(2, "bad-code", Effect.LEFT_OUT),
        issue(3, "bad-date", Effect.LEFT_OUT),
        issue(4, "bad-date", Effect.WITHHELD),
        issue(5, "shared-area", Effect.NOTED),
    ]
    for each in reported:
        log.report(each)
    log.close()
    assert [log.count(effect) for effect in Effect] == [2, 2, 1]
    assert list(log.by_rule().items()) == [("bad-date", 3), ("bad-code", 1), ("shared-area", 1)]
    assert log.kinds() == [
        (reported[1], 1),
        (reported[2], 1),
        (reported[0], 2),
        (reported[4], 1),
    ]


def test_a_log_of_nothing_says_so() -> None:
    log = IssueLog()
    assert not log
    assert (len(log), list(log), log.by_rule(), log.kinds()) == (0, [], {}, [])
    assert [log.count(effect) for effect in Effect] == [0, 0, 0]


@given(
    st.lists(
        st.builds(
            issue,
            st.integers(),
            st.sampled_from(["bad-code", "bad-date"]),
            st.sampled_from(Effect),
        )
    ),
    st.integers(0, 3),
)
def test_the_tally_is_that_of_the_issues(issues: list[Issue], held: int) -> None:
    log = IssueLog(held)
    for each in issues:
        log.report(each)
    log.close()
    assert list(log) == issues
    assert len(log) == sum(log.by_rule().values()) == sum(count for _, count in log.kinds())
    assert {effect: log.count(effect) for effect in Effect} == {
        effect: sum(each.effect is effect for each in issues) for effect in Effect
    }
