"""Flights: what is shared, what each asker gets, and when one counts as slow."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from service.query_runner import QueryJob
from service.representations import CSV, JSON
from service.spool import Answer
from service.store import Release
from service.workers.flight import Asker, Flight, key_of
from service.workers.process import WorkerProcess


def test_equal_queries_share_a_key_and_all_else_has_one_of_its_own(release: Release) -> None:
    job = QueryJob(release, "ASK {}", JSON)
    assert key_of(job) == key_of(QueryJob(release, "ASK {}", JSON, timeout=1.0))
    others = [
        replace(job, query="ASK { }"),
        replace(job, representation=CSV),
        replace(job, default_graphs=("urn:a",)),
        replace(job, named_graphs=()),
        replace(job, named_graphs=("urn:a",)),
        replace(job, release=replace(release, audience="partner")),
        replace(job, release=replace(release, path=release.path.with_name("other"))),
    ]
    keys = [key_of(each) for each in (job, *others)]
    assert None not in keys
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("call", ["NOW()", "rand()", "UUID()", "StrUUID()", "BNODE()"])
def test_what_answers_differently_each_time_is_shared_with_nobody(
    release: Release, call: str
) -> None:
    assert key_of(QueryJob(release, f"SELECT ({call} AS ?x) {{}}", JSON)) is None


def asked(flight: Flight, count: int) -> list[asyncio.Future[Answer]]:
    """So many who wait for the flight, until the times 1, 2, 3 and so on."""
    futures: list[asyncio.Future[Answer]] = []
    for end in range(1, count + 1):
        futures.append(asyncio.get_running_loop().create_future())
        flight.askers.append(Asker(flight, futures[-1], 1.0, float(end), None))
    return futures


def test_each_asker_gets_a_file_of_its_own(tmp_path: Path) -> None:
    async def run() -> None:
        flight = Flight(cast(QueryJob, None), None, None, 0.0)
        futures = asked(flight, 3)
        futures[1].cancel()
        (tmp_path / "7").write_bytes(b"whole")
        flight.succeed(None, tmp_path / "7", 5)
        answers = [futures[0].result(), futures[2].result()]
        paths = [answer.path for answer in answers]
        assert len(set(paths)) == 2
        for path in paths:
            assert path is not None
            assert path.read_bytes() == b"whole"
            path.unlink()
        assert list(tmp_path.iterdir()) == []

    asyncio.run(run())


def test_an_answer_that_nobody_waits_for_leaves_no_file(tmp_path: Path) -> None:
    (tmp_path / "7").write_bytes(b"whole")
    Flight(cast(QueryJob, None), None, None, 0.0).succeed(None, tmp_path / "7", 5)
    assert list(tmp_path.iterdir()) == []


def test_each_asker_is_told_a_fault_of_its_own() -> None:
    async def run() -> None:
        flight = Flight(cast(QueryJob, None), None, None, 0.0)
        futures = asked(flight, 2)
        flight.fail(lambda: ValueError("told"))
        faults = [future.exception() for future in futures]
        assert [str(fault) for fault in faults] == ["told", "told"]
        assert faults[0] is not faults[1]

    asyncio.run(run())


def test_each_asker_has_a_time_of_its_own() -> None:
    async def run() -> None:
        flight = Flight(cast(QueryJob, None), None, None, 0.0)
        asked(flight, 3)
        assert [asker.end for asker in flight.expired(2.0)] == [1.0, 2.0]
        assert [asker.end for asker in flight.askers] == [3.0]
        assert list(flight.expired(2.5)) == []

    asyncio.run(run())


class Clocked:
    """A worker that has taken so much processor time."""

    def __init__(self, used: float | None) -> None:
        self.used = used

    def processor_time(self) -> float | None:
        return self.used


@pytest.mark.parametrize(
    ("looks", "slow"),
    [
        ([(0.04, 5.0), (0.14, 5.1), (0.16, 5.12)], [False, False, True]),
        ([(0.04, 5.0), (0.2, 5.05), (0.3, 5.09)], [False, False, True]),
        ([(0.04, 5.0), (1.4, 5.02), (1.5, 5.02)], [False, False, True]),
        ([(0.04, None), (0.14, None), (0.15, None)], [False, False, True]),
        ([(0.2, 5.0), (0.24, 5.04), (0.3, 5.1)], [False, False, True]),
    ],
    ids=["at work", "on a busy machine", "asleep", "nobody tells", "looked at late"],
)
def test_a_flight_is_slow_when_it_has_used_more_than_a_moment(
    looks: list[tuple[float, float | None]], slow: list[bool]
) -> None:
    flight = Flight(cast(QueryJob, None), None, None, 0.0)
    worker = Clocked(0.0)
    flight.worker = cast(WorkerProcess, worker)
    flight.began = 100.0
    found = []
    for after, used in looks:
        worker.used = used
        found.append(flight.turns_slow(100.0 + after, 0.15))
    assert found == slow
    flight.slow = True
    assert not flight.turns_slow(200.0, 0.15), "it has turned slow before"


def test_a_flight_that_does_not_run_does_not_turn_slow() -> None:
    assert not Flight(cast(QueryJob, None), None, None, 0.0).turns_slow(100.0, 0.15)


def test_where_others_have_no_worker_a_moment_of_any_time_is_enough() -> None:
    flight = Flight(cast(QueryJob, None), None, None, 0.0)
    flight.worker = cast(WorkerProcess, Clocked(5.0))
    flight.began = 100.0
    asked = [(0.14, True), (0.16, False), (0.16, True)]
    found = [flight.turns_slow(100 + after, 0.15, pressed=pressed) for after, pressed in asked]
    assert found == [False, False, True]
