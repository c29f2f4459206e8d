"""Starting workers: again and again where they do not start, and never in a hurry."""

import logging
import subprocess
import time
from itertools import pairwise
from pathlib import Path

import pytest

from service.errors import Problem
from service.query_runner import QueryJob
from service.representations import JSON
from service.store import Release
from service.workers import child, process, staff
from service.workers.bounds import Bounds
from service.workers.runner import WorkerRunner
from tests.service.workers.conftest import alive, ask, eventually, working


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers that end at once."""
    monkeypatch.setattr(process, "MODULE", "service.workers.no_such_module")


def refused(runner: WorkerRunner, release: Release) -> Problem:
    with pytest.raises(Problem) as raised:
        runner.run_blocking(QueryJob(release, "ASK {}", JSON))
    return raised.value


@pytest.mark.usefixtures("broken")
def test_while_no_worker_can_be_started_a_query_is_refused_at_once_and_told_when_to_come_again(
    release: Release, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(staff, "FIRST_PAUSE", 1.0)
    runner = WorkerRunner(Bounds(2, timeout=20.0))
    try:
        for _ in range(3):
            begun = time.monotonic()
            problem = refused(runner, release)
            assert (problem.status, problem.title) == (
                503,
                "Queries cannot be answered at the moment.",
            )
            assert 1 <= int(problem.headers["Retry-After"]) <= 12
            assert time.monotonic() - begun < 10
        assert "no_such_module" in caplog.text
        assert {record.levelno for record in caplog.records} == {logging.ERROR}
        monkeypatch.undo()
        eventually(lambda: _answers(runner, release), 30)
        assert runner.state()["workers"] in (1, 2)
    finally:
        runner.stop()


def _answers(runner: WorkerRunner, release: Release) -> bool:
    try:
        runner.run_blocking(QueryJob(release, "ASK {}", JSON))
    except Problem:
        return False
    return True


@pytest.mark.usefixtures("broken")
def test_the_attempts_come_at_growing_intervals(
    release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    times: list[float] = []
    begin = process.WorkerProcess.__init__

    def note(self: process.WorkerProcess, *arguments: object) -> None:
        times.append(time.monotonic())
        begin(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(process.WorkerProcess, "__init__", note)
    monkeypatch.setattr(staff, "FIRST_PAUSE", 0.2)
    monkeypatch.setattr(staff, "LONGEST_PAUSE", 0.8)
    runner = WorkerRunner(Bounds(1))
    try:
        refused(runner, release)
        eventually(lambda: len(times) >= 6, 30)
    finally:
        runner.stop()
    pauses = [later - earlier for earlier, later in pairwise(times)]
    for pause, least in zip(pauses, (0.0, 0.2, 0.4, 0.8, 0.8), strict=False):
        assert pause >= least


def test_a_machine_that_starts_no_process_is_a_503_too(
    release: Release, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    runner = WorkerRunner(Bounds(2, timeout=20.0))
    try:
        eventually(lambda: refused(runner, release).title.startswith("Queries cannot"))
        assert "Resource temporarily unavailable" in caplog.text
        monkeypatch.undo()
        eventually(lambda: _answers(runner, release), 30)
    finally:
        runner.stop()


def test_a_worker_that_does_not_get_ready_is_given_up(
    release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "service_that_sleeps.py").write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(process, "MODULE", "service_that_sleeps")
    monkeypatch.setattr(staff, "START_SECONDS", 0.3)
    runner = WorkerRunner(Bounds(1, timeout=0.6))
    try:
        runner.start()
        (first,) = runner.pids
        problem = refused(runner, release)
        assert (problem.status, "Retry-After" in problem.headers) == (503, True)
        eventually(lambda: not alive(first))
    finally:
        runner.stop()


def test_a_worker_that_says_what_no_worker_says_is_ended(
    release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "service_that_lies.py").write_text(
        "import os, sys, time\n"
        "from service.workers.channel import READY, Reply, receive, send\n"
        "channel = int(sys.argv[1])\n"
        "send(channel, Reply(READY, False, b'{\"network\": true}'))\n"
        "receive(channel)\n"
        "os.write(channel, b'A\\0\\xff\\xff\\xff\\xff')\n"
        "time.sleep(60)\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(process, "MODULE", "service_that_lies")
    runner = WorkerRunner(Bounds(1, timeout=20.0))
    try:
        runner.start()
        (liar,) = runner.pids
        assert refused(runner, release).title == "The query was interrupted."
        eventually(lambda: not alive(liar))
    finally:
        runner.stop()


@pytest.mark.parametrize(
    ("holds", "said"),
    [
        ({"network": True, "memory": True, "parent": True}, []),
        ({"network": False, "memory": True, "parent": True}, ["may open network connections"]),
        ({}, ["may open network", "may take any amount of memory", "outlive a service"]),
    ],
)
def test_what_does_not_hold_workers_in_is_said(
    holds: dict[str, bool], said: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    staff._tell(holds)
    messages = [record.getMessage() for record in caplog.records]
    assert len(messages) == len(said)
    for message, part in zip(messages, said, strict=True):
        assert message.startswith(f"Query workers {part}")
        assert message.endswith(".")


def test_it_is_said_once_for_all_workers(release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[dict[str, bool]] = []
    monkeypatch.setattr(staff, "_tell", told.append)
    with working(workers=3) as runner:
        ask(runner, release, "ASK {}")
        assert len(told) == 1
        assert runner.state()["sandboxed"] == told[0]["network"]


def test_a_worker_s_environment_has_nothing_that_was_told_in_confidence(
    release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GMKG_PORT", "1")
    monkeypatch.setenv("SECRET_TOKEN", "x")
    assert not {"GMKG_PORT", "SECRET_TOKEN"} & child.environment().keys()
