"""What is peculiar to the runner of the tests; what all do stands in `test_both_runners`."""

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import IO, cast

import pytest
from pyoxigraph import Store

from service.errors import Problem
from service.query_runner import QueryJob
from service.representations import JSON
from service.spool import IN_MEMORY
from service.store import Release, Releases
from tests.benchmarks.made_release import organisations, publish
from tests.service.in_process_runner import InProcessRunner

ENDLESS = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    data = tmp_path_factory.mktemp("runner")
    publish(data, "20260101T000000Z-00000001", organisations(300))
    return Releases(data).current()


def refusal(runner: InProcessRunner, job: QueryJob) -> Problem:
    with pytest.raises(Problem) as raised:
        runner.run_blocking(job)
    return raised.value


class LingeringStore:
    """A store whose answer is written, and then takes a while to be finished."""

    def query(self, _: str, **_named: object) -> "LingeringStore":
        return self

    def serialize(self, output: IO[bytes], format: object) -> None:
        output.write(b"x" * (IN_MEMORY + 1))
        time.sleep(0.5)


def test_an_answer_that_comes_too_late_to_be_taken_leaves_no_file(release: Release) -> None:
    runner = InProcessRunner(threads=1)
    lingering = replace(release, store=cast(Store, LingeringStore()))
    try:
        taken = runner.run_blocking(QueryJob(lingering, "", JSON)).path
        assert taken is not None
        taken.unlink()
        assert refusal(runner, QueryJob(lingering, "", JSON, timeout=0.1)).status == 504
        assert len(list(taken.parent.iterdir())) == 1
        until_free(runner, release)
        assert list(taken.parent.iterdir()) == []
    finally:
        runner.stop()


def test_beyond_the_queue_a_query_is_refused_with_503_and_not_begun(release: Release) -> None:
    runner = InProcessRunner(threads=1, queue=1)

    async def crowd() -> list[object]:
        jobs = [runner.run(QueryJob(release, ENDLESS, JSON, timeout=0.5)) for _ in range(3)]
        return list(await asyncio.gather(*jobs, return_exceptions=True))

    try:
        statuses = [each.status for each in asyncio.run(crowd()) if isinstance(each, Problem)]
        assert sorted(statuses) == [503, 504, 504]
    finally:
        runner.stop()


class AwaitedStore:
    """A store whose result grows beyond the memory only after it is told to go on."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()

    def query(self, _: str, **_named: object) -> "AwaitedStore":
        return self

    def serialize(self, output: IO[bytes], format: object) -> None:
        self.begun.set()
        assert self.go_on.wait(10)
        output.write(b"x" * (IN_MEMORY + 1))


def test_a_query_that_would_make_a_file_after_the_stop_is_no_fault_of_the_engine(
    release: Release, caplog: pytest.LogCaptureFixture
) -> None:
    runner, store = InProcessRunner(threads=1), AwaitedStore()
    taken = runner.run_blocking(QueryJob(release, f"{ENDLESS} LIMIT 20000", JSON)).path
    assert taken is not None
    job = QueryJob(replace(release, store=cast(Store, store)), "", JSON)
    with ThreadPoolExecutor(1) as waiting:
        answer = waiting.submit(runner.run_blocking, job)
        assert store.begun.wait(10)
        runner.stop()
        store.go_on.set()
        with pytest.raises(Problem) as raised:
            answer.result(10)
    assert (raised.value.status, raised.value.title) == (503, "The service is stopping.")
    assert not taken.parent.exists()
    assert not caplog.records


def until_free(runner: InProcessRunner, release: Release) -> None:
    """Wait until a thread takes a query again; the test fails if none does."""
    end = time.monotonic() + 15
    while True:
        try:
            runner.run_blocking(QueryJob(release, "ASK {}", JSON, timeout=0.3))
        except Problem:
            assert time.monotonic() < end, "the query was not stopped"
            time.sleep(0.02)
        else:
            return
