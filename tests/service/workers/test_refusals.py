"""What a client is told when a worker has died under its query."""

import signal

import pytest

from service.workers.channel import EXHAUSTED
from service.workers.refusals import from_without, no_workers, problem_of_death


@pytest.mark.parametrize(
    ("status", "title", "again"),
    [
        (-signal.SIGABRT, "The query needs too much memory.", None),
        (-signal.SIGKILL, "The query needs too much memory.", None),
        (EXHAUSTED, "The query needs too much memory.", None),
        (-signal.SIGSEGV, "The query is too complex.", None),
        (-signal.SIGBUS, "The query is too complex.", None),
        (-signal.SIGTERM, "The query was interrupted.", "1"),
        (1, "The query was interrupted.", "1"),
        (0, "The query was interrupted.", "1"),
        (None, "The query was interrupted.", "1"),
    ],
)
def test_a_death_is_a_503_that_says_whether_to_try_again(
    status: int | None, title: str, again: str | None
) -> None:
    problem = problem_of_death(status)
    assert (problem.status, problem.title) == (503, title)
    assert problem.detail.endswith(".")
    assert problem.headers.get("Retry-After") == again


def test_only_what_comes_from_without_is_no_fault_of_the_query() -> None:
    own = [-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS, -signal.SIGALRM, EXHAUSTED, 0, 1, None]
    assert not any(from_without(status) for status in own)
    assert all(from_without(-number) for number in (signal.SIGKILL, signal.SIGTERM))


@pytest.mark.parametrize(("pause", "seconds"), [(0.1, "2"), (9.5, "11")])
def test_without_workers_it_is_said_when_there_may_be_some(pause: float, seconds: str) -> None:
    problem = no_workers(pause)
    assert (problem.status, problem.headers) == (503, {"Retry-After": seconds})
