"""A release to ask, and runners whose workers are counted when they have ended."""

import asyncio
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from ontology.namespaces import DEFAULT_BASE
from service.errors import Problem
from service.query_runner import QueryJob, QueryRunner
from service.representations import JSON, Representation
from service.store import Release, Releases
from service.workers.bounds import Bounds
from service.workers.runner import WorkerRunner
from tests.benchmarks.made_release import organisation, organisations, publish

FIRST, SECOND = "20260101T000000Z-00000001", "20260102T000000Z-00000002"
OTHER = NamedNode(f"{DEFAULT_BASE}graph/other")
MIB = 1 << 20

TINY = "SELECT ?p ?o WHERE {{ <" + f"{DEFAULT_BASE}id/organisation/GM-" + "{}> ?p ?o }}"
NAMES = "SELECT ?name WHERE { ?body <http://www.w3.org/2004/02/skos/core#prefLabel> ?name }"
ENDLESS = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LONG = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f }"  # about 0.4 s of processor time
SILENT = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with 300 organisations, and one statement in another graph."""
    made = tmp_path_factory.mktemp("workers")
    elsewhere = Quad(organisation(7), NamedNode("https://example.org/p"), organisation(8), OTHER)
    publish(made, FIRST, [*organisations(300), elsewhere])
    return made


@pytest.fixture(scope="session")
def release(data: Path) -> Release:
    """The release in it."""
    return Releases(data).current()


@contextmanager
def working(data: Path | None = None, **bounds: float) -> Iterator[WorkerRunner]:
    """A runner of two workers, or as the bounds say, all ready; none of them outlives it."""
    runner = WorkerRunner(Bounds(**{"workers": 2, "memory": 512 * MIB, **bounds}), data)  # type: ignore[arg-type]
    runner.start()
    known = set(runner.pids)
    asyncio.run(_until_ready(runner))
    try:
        yield runner
    finally:
        known |= set(runner.pids)
        runner.stop()
        assert not any(alive(pid) for pid in known)


async def _until_ready(runner: WorkerRunner) -> None:
    pool = runner._started().pool
    pool.attach(asyncio.get_running_loop())
    while pool.state().idle < len(pool.pids):
        await asyncio.sleep(0.01)


@pytest.fixture(scope="module")
def runner(data: Path) -> Iterator[WorkerRunner]:
    """One for all tests of a module that do it no harm."""
    with working(data, timeout=20.0) as made:
        yield made


def rows_of(body: bytes | None) -> list[dict[str, str]]:
    """The solutions in SPARQL results as JSON."""
    assert body is not None
    bindings = json.loads(body)["results"]["bindings"]
    return [{name: term["value"] for name, term in each.items()} for each in bindings]


def ask(
    runner: QueryRunner, release: Release, query: str, representation: Representation = JSON
) -> bytes:
    """The body of an answer that needs no file."""
    answer = runner.run_blocking(QueryJob(release, query, representation))
    assert answer.body is not None
    assert answer.size == len(answer.body)
    return answer.body


def refusal(runner: QueryRunner, job: QueryJob) -> Problem:
    """What is told instead of an answer."""
    with pytest.raises(Problem) as raised:
        runner.run_blocking(job)
    return raised.value


def alive(pid: int) -> bool:
    """Whether there is such a process, dead ones that nobody has buried included."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def eventually(holds: Callable[[], bool], seconds: float = 15.0) -> None:
    """Wait until something holds; the test fails if it does not in time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)
