"""The query runner: an answer is complete or it is an error, and a query stops when it should."""

import asyncio
import csv
import io
import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import IO, cast

import pytest
from pyoxigraph import NamedNode, Quad, Store
from rdflib import Graph
from rdflib.compare import isomorphic

from ontology.namespaces import DEFAULT_BASE
from service.errors import Problem
from service.query_runner import (
    ClientGoneError,
    InProcessRunner,
    QueryJob,
    QueryRunner,
)
from service.representations import CSV, JSON, NT, TTL, Representation
from service.spool import IN_MEMORY
from service.store import Release, Releases
from tests.benchmarks.made_release import organisation, organisations, publish

OTHER = NamedNode(f"{DEFAULT_BASE}graph/other")
NAMES = "SELECT ?name WHERE { ?body <http://www.w3.org/2004/02/skos/core#prefLabel> ?name }"
ENDLESS = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    data = tmp_path_factory.mktemp("runner")
    elsewhere = Quad(organisation(7), NamedNode("https://example.org/p"), organisation(8), OTHER)
    publish(data, "20260101T000000Z-00000001", [*organisations(300), elsewhere])
    return Releases(data).current()


@pytest.fixture
def runner() -> Iterator[InProcessRunner]:
    made = InProcessRunner(threads=2, queue=2, timeout=20.0)
    made.start()
    yield made
    made.stop()


def body_of(
    runner: QueryRunner, release: Release, query: str, representation: Representation = JSON
) -> bytes:
    answer = runner.run_blocking(QueryJob(release, query, representation))
    assert answer.body is not None
    assert answer.size == len(answer.body)
    return answer.body


def refusal(runner: QueryRunner, job: QueryJob) -> Problem:
    with pytest.raises(Problem) as raised:
        runner.run_blocking(job)
    return raised.value


def rows(body: bytes) -> list[dict[str, str]]:
    bindings = json.loads(body)["results"]["bindings"]
    return [{name: term["value"] for name, term in each.items()} for each in bindings]


def test_a_select_is_answered_in_the_form_that_was_asked_for(
    runner: InProcessRunner, release: Release
) -> None:
    expected = {f"Organisation {number}" for number in range(300)}
    assert {each["name"] for each in rows(body_of(runner, release, NAMES))} == expected
    lines = csv.reader(io.StringIO(body_of(runner, release, NAMES, CSV).decode()))
    assert next(lines) == ["name"]
    assert {name for (name,) in lines} == expected


def test_a_construct_gives_the_same_graph_in_every_form(
    runner: InProcessRunner, release: Release
) -> None:
    query = f"DESCRIBE <{organisation(7).value}>"
    turtle = Graph().parse(data=body_of(runner, release, query, TTL), format="turtle")
    triples = Graph().parse(data=body_of(runner, release, query, NT), format="nt")
    assert len(turtle) == 5
    assert isomorphic(turtle, triples)


def test_run_awaits_the_answer_that_run_blocking_gives(
    runner: InProcessRunner, release: Release
) -> None:
    job = QueryJob(release, NAMES + " ORDER BY ?name", JSON)
    assert asyncio.run(runner.run(job)) == runner.run_blocking(job)


def test_the_dataset_of_the_protocol_replaces_that_of_the_query(
    runner: InProcessRunner, release: Release
) -> None:
    made = f"{DEFAULT_BASE}graph/made"
    count = "SELECT (COUNT(*) AS ?n) {} WHERE {{ {} }}"
    plain, named = "?s ?p ?o", "GRAPH ?g { ?s ?p ?o }"
    expected = {
        ("", plain, (), None): "1201",
        ("", plain, (OTHER.value,), None): "1",
        ("", named, (OTHER.value,), None): "0",
        ("", plain, (), (OTHER.value,)): "0",
        ("", named, (), (OTHER.value,)): "1",
        (f"FROM <{made}>", plain, (OTHER.value,), None): "1",
        (f"FROM NAMED <{made}>", named, (OTHER.value,), (OTHER.value,)): "1",
    }
    for (clause, pattern, default_graphs, named_graphs), number in expected.items():
        query = count.format(clause, pattern)
        job = QueryJob(release, query, JSON, default_graphs, named_graphs)
        body = runner.run_blocking(job).body
        assert body is not None
        assert rows(body) == [{"n": number}], (query, default_graphs, named_graphs)


def test_a_large_result_lies_in_a_file_that_belongs_to_its_taker(
    runner: InProcessRunner, release: Release
) -> None:
    answer = runner.run_blocking(
        QueryJob(release, "SELECT * WHERE { ?a ?b ?c . ?d a ?f } LIMIT 20000", JSON)
    )
    assert answer.body is None
    assert answer.path is not None
    assert answer.size == answer.path.stat().st_size > IN_MEMORY
    assert len(rows(answer.path.read_bytes())) == 20_000
    runner.stop()
    assert not answer.path.parent.exists()


def test_a_result_beyond_the_bound_is_refused_and_leaves_no_file(release: Release) -> None:
    runner = InProcessRunner(max_result_bytes=3 * IN_MEMORY)
    try:
        kept = runner.run_blocking(QueryJob(release, f"{ENDLESS} LIMIT 2000", JSON)).path
        assert kept is not None
        problem = refusal(runner, QueryJob(release, ENDLESS, JSON))
        assert (problem.status, problem.title) == (413, "The result is too large.")
        assert list(kept.parent.iterdir()) == [kept]
    finally:
        runner.stop()


@pytest.mark.parametrize(
    ("query", "line", "column", "said"),
    [
        ("SELECT * WHERE {\n ?s ?p }", 2, 9, "line 2, column 9"),
        ("SELECT * WHERE { ?s no:thing ?o }", 1, 29, "Prefix not found"),
        ("SELECT ?o ?s WHERE { ?s ?p ?o } GROUP BY ?s", 1, 44, "unbound"),
        ("", 1, 1, "line 1, column 1"),
    ],
)
def test_a_query_that_is_not_sparql_is_a_400_with_its_place(
    runner: InProcessRunner, release: Release, query: str, line: int, column: int, said: str
) -> None:
    problem = refusal(runner, QueryJob(release, query, JSON))
    assert (problem.status, problem.line, problem.column) == (400, line, column)
    assert said in problem.detail


def test_a_function_that_the_engine_does_not_have_is_a_400(
    runner: InProcessRunner, release: Release
) -> None:
    query = "SELECT (<https://example.org/f>(1) AS ?x) WHERE {}"
    problem = refusal(runner, QueryJob(release, query, JSON))
    assert problem.status == 400
    assert "https://example.org/f" in problem.detail


def test_a_form_that_cannot_hold_the_answer_is_a_406(
    runner: InProcessRunner, release: Release
) -> None:
    assert refusal(runner, QueryJob(release, NAMES, TTL)).status == 406
    assert refusal(runner, QueryJob(release, "CONSTRUCT WHERE { ?s ?p ?o }", CSV)).status == 406


def test_a_fault_of_the_store_is_a_500_that_says_nothing_of_its_insides(
    runner: InProcessRunner, release: Release, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    publish(tmp_path, "20260101T000000Z-00000002", organisations(20_000))
    broken = Releases(tmp_path).current()
    for file in (broken.path / "public" / "store").glob("*.sst"):
        file.write_bytes(b"\0" * file.stat().st_size)
    problem = refusal(runner, QueryJob(broken, "SELECT * WHERE { ?s ?p ?o }", JSON))
    assert problem.status == 500
    assert str(tmp_path) not in problem.detail
    assert caplog.records


def test_a_query_that_takes_too_long_is_a_504_and_its_place_becomes_free(
    release: Release,
) -> None:
    runner = InProcessRunner(threads=1, queue=0, timeout=0.2)
    try:
        begun = time.monotonic()
        assert refusal(runner, QueryJob(release, ENDLESS, JSON)).status == 504
        until_free(runner, release)
        with pytest.raises(Problem) as raised:
            asyncio.run(runner.run(QueryJob(release, ENDLESS, JSON)))
        assert raised.value.status == 504
        assert time.monotonic() - begun < 10
        until_free(runner, release)
    finally:
        runner.stop()


def test_a_client_may_ask_for_less_time_and_not_for_more(release: Release) -> None:
    runner = InProcessRunner(threads=2, timeout=0.3)
    try:
        for timeout, told in ((0.1, "0.1 seconds"), (60.0, "0.3 seconds")):
            job = QueryJob(release, ENDLESS, JSON, timeout=timeout)
            assert told in refusal(runner, job).detail
    finally:
        runner.stop()


def test_when_the_client_leaves_its_query_stops(release: Release) -> None:
    runner = InProcessRunner(threads=1, queue=0)

    async def leave_soon() -> None:
        await asyncio.sleep(0.2)

    try:
        begun = time.monotonic()
        with pytest.raises(ClientGoneError):
            asyncio.run(runner.run(QueryJob(release, ENDLESS, JSON), leave_soon))
        until_free(runner, release)
        assert time.monotonic() - begun < 10
    finally:
        runner.stop()


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


def test_a_stopped_runner_refuses(release: Release) -> None:
    runner = InProcessRunner()
    runner.stop()
    assert refusal(runner, QueryJob(release, NAMES, JSON)).status == 503


def test_at_a_stop_whoever_waits_for_an_answer_is_told(
    release: Release, caplog: pytest.LogCaptureFixture
) -> None:
    runner = InProcessRunner(threads=1, queue=3)
    told: list[Problem] = []

    def ask(run: Callable[[QueryJob], object]) -> None:
        with pytest.raises(Problem) as raised:
            run(QueryJob(release, ENDLESS, JSON))
        told.append(raised.value)

    def run_awaiting(job: QueryJob) -> object:
        return asyncio.run(runner.run(job))

    asking = [
        threading.Thread(target=ask, args=(run,))
        for run in (runner.run_blocking, run_awaiting, runner.run_blocking, run_awaiting)
    ]
    for thread in asking:
        thread.start()
    time.sleep(0.3)
    runner.stop()
    for thread in asking:
        thread.join(10)
    assert [each.title for each in told] == ["The service is stopping."] * 4
    assert {each.status for each in told} == {503}
    assert not caplog.records


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
