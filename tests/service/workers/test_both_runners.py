"""What every query runner does alike, asked of threads and of worker processes."""

import asyncio
import csv
import io
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from ontology.namespaces import DEFAULT_BASE
from service.errors import Problem
from service.query_runner import ClientGoneError, QueryJob, QueryRunner
from service.representations import CSV, JSON, NT, TTL, XML
from service.spool import IN_MEMORY
from service.store import Release, Releases
from tests.benchmarks.made_release import organisation, organisations, publish
from tests.service.in_process_runner import InProcessRunner
from tests.service.workers.conftest import (
    ENDLESS,
    NAMES,
    OTHER,
    SECOND,
    SILENT,
    ask,
    eventually,
    refusal,
    rows_of,
    working,
)

Make = Callable[..., AbstractContextManager[QueryRunner]]


@contextmanager
def threads(**bounds: float) -> Iterator[InProcessRunner]:
    made = InProcessRunner(threads=2, **bounds)  # type: ignore[arg-type]
    try:
        yield made
    finally:
        made.stop()


@pytest.fixture(scope="module", params=[threads, working], ids=["threads", "workers"])
def make(request: pytest.FixtureRequest) -> Make:
    made: Make = request.param
    return made


@pytest.fixture(scope="module")
def runner(make: Make) -> Iterator[QueryRunner]:
    with make(timeout=20.0) as made:
        yield made


def test_a_select_is_answered_in_the_form_that_was_asked_for(
    runner: QueryRunner, release: Release
) -> None:
    expected = {f"Organisation {number}" for number in range(300)}
    assert {each["name"] for each in rows_of(ask(runner, release, NAMES))} == expected
    lines = csv.reader(io.StringIO(ask(runner, release, NAMES, CSV).decode()))
    assert next(lines) == ["name"]
    assert {name for (name,) in lines} == expected


def test_a_construct_gives_the_same_graph_in_every_form(
    runner: QueryRunner, release: Release
) -> None:
    query = f"DESCRIBE <{organisation(7).value}>"
    turtle = Graph().parse(data=ask(runner, release, query, TTL), format="turtle")
    triples = Graph().parse(data=ask(runner, release, query, NT), format="nt")
    assert len(turtle) == 5
    assert isomorphic(turtle, triples)


def test_run_awaits_the_answer_that_run_blocking_gives(
    runner: QueryRunner, release: Release
) -> None:
    job = QueryJob(release, NAMES + " ORDER BY ?name", JSON)
    blocking = runner.run_blocking(job)
    for _ in range(2):
        assert asyncio.run(runner.run(job)) == blocking


def test_the_dataset_of_the_protocol_replaces_that_of_the_query(
    runner: QueryRunner, release: Release
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
        found = rows_of(runner.run_blocking(job).body)
        assert found == [{"n": number}], (query, default_graphs, named_graphs)


def test_a_large_result_lies_in_a_file_that_belongs_to_its_taker(
    make: Make, release: Release
) -> None:
    with make() as runner:
        query = "SELECT * WHERE { ?a ?b ?c . ?d a ?f } LIMIT 20000"
        answer = runner.run_blocking(QueryJob(release, query, JSON))
        assert answer.body is None
        assert answer.path is not None
        assert answer.size == answer.path.stat().st_size > IN_MEMORY
        time.sleep(0.2)  # the worker is retired meanwhile, and buried
        assert len(rows_of(answer.path.read_bytes())) == 20_000
    assert not answer.path.parent.exists()


def test_a_result_beyond_the_bound_is_refused_and_leaves_no_file(
    make: Make, release: Release
) -> None:
    with make(max_result_bytes=3 * IN_MEMORY) as runner:
        kept = runner.run_blocking(QueryJob(release, f"{ENDLESS} LIMIT 2000", JSON)).path
        assert kept is not None
        problem = refusal(runner, QueryJob(release, ENDLESS, JSON))
        assert (problem.status, problem.title) == (413, "The result is too large.")
        assert list(kept.parent.iterdir()) == [kept]


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
    runner: QueryRunner, release: Release, query: str, line: int, column: int, said: str
) -> None:
    problem = refusal(runner, QueryJob(release, query, JSON))
    assert (problem.status, problem.line, problem.column) == (400, line, column)
    assert said in problem.detail


def test_a_function_that_the_engine_does_not_have_is_a_400(
    runner: QueryRunner, release: Release
) -> None:
    query = "SELECT (<https://example.org/f>(1) AS ?x) WHERE {}"
    problem = refusal(runner, QueryJob(release, query, JSON))
    assert problem.status == 400
    assert "https://example.org/f" in problem.detail


@pytest.mark.parametrize(
    ("query", "form", "said"),
    [
        (NAMES, TTL, "Turtle cannot hold"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", CSV, "CSV cannot hold"),
        (r'SELECT ("a\u0001b" AS ?x) {}', XML, "no spelling in XML"),
    ],
)
def test_a_form_that_cannot_hold_the_answer_is_a_406(
    runner: QueryRunner, release: Release, query: str, form: object, said: str
) -> None:
    problem = refusal(runner, QueryJob(release, query, form))  # type: ignore[arg-type]
    assert problem.status == 406
    assert said in problem.detail


def test_a_fault_of_the_store_says_nothing_of_its_insides(
    runner: QueryRunner, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    publish(tmp_path, SECOND, organisations(3_000))
    broken = Releases(tmp_path).current()
    for file in (broken.path / "public" / "store").glob("*.sst"):
        file.write_bytes(b"\0" * file.stat().st_size)
    problem = refusal(runner, QueryJob(broken, "SELECT * WHERE { ?s ?p ?o }", JSON))
    assert problem.status in (500, 503)  # a worker finds out when it opens the release
    assert str(tmp_path) not in problem.detail
    assert caplog.records


def test_a_query_that_takes_too_long_is_a_504_and_its_place_becomes_free(
    make: Make, release: Release
) -> None:
    query = SILENT if make is working else ENDLESS  # threads stop what gives output alone
    with make(timeout=0.4) as runner:
        begun = time.monotonic()
        assert refusal(runner, QueryJob(release, query, JSON)).status == 504
        with pytest.raises(Problem) as raised:
            asyncio.run(runner.run(QueryJob(release, query, JSON)))
        assert raised.value.status == 504
        assert time.monotonic() - begun < 2 * (0.4 + 1)
        until_free(runner, release)


def test_a_client_may_ask_for_less_time_and_not_for_more(make: Make, release: Release) -> None:
    with make(timeout=0.4) as runner:
        until_free(runner, release)
        for timeout, told in ((0.2, "0.2 seconds"), (60.0, "0.4 seconds")):
            job = QueryJob(release, ENDLESS, JSON, timeout=timeout)
            assert told in refusal(runner, job).detail


def test_when_the_client_leaves_its_query_stops(make: Make, release: Release) -> None:
    async def leave_soon() -> None:
        await asyncio.sleep(0.2)

    with make() as runner:
        begun = time.monotonic()
        for _ in range(2):
            with pytest.raises(ClientGoneError):
                asyncio.run(runner.run(QueryJob(release, ENDLESS, JSON), leave_soon))
        until_free(runner, release)
        assert time.monotonic() - begun < 10


def test_a_stopped_runner_refuses(make: Make, release: Release) -> None:
    with make() as runner:
        runner.stop()
        runner.stop()
        assert refusal(runner, QueryJob(release, NAMES, JSON)).status == 503
        with pytest.raises(Problem) as raised:
            asyncio.run(runner.run(QueryJob(release, NAMES, JSON)))
        assert raised.value.title == "The service is stopping."


def test_at_a_stop_whoever_waits_for_an_answer_is_told(
    make: Make, release: Release, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[Problem] = []
    with make() as runner:

        def run_awaiting(job: QueryJob) -> object:
            return asyncio.run(runner.run(job))

        def query(run: Callable[[QueryJob], object], number: int) -> None:
            with pytest.raises(Problem) as raised:
                run(QueryJob(release, f"{ENDLESS} # {number}", JSON))
            told.append(raised.value)

        runs = (runner.run_blocking, run_awaiting, runner.run_blocking, run_awaiting)
        asking = [
            threading.Thread(target=query, args=(run, number)) for number, run in enumerate(runs)
        ]
        for thread in asking:
            thread.start()
            time.sleep(0.1)
        time.sleep(0.2)
        runner.stop()
        for thread in asking:
            thread.join(10)
            assert not thread.is_alive()
    assert [each.title for each in told] == ["The service is stopping."] * 4
    assert not caplog.records


def until_free(runner: QueryRunner, release: Release) -> None:
    """Wait until a query is answered again; the test fails if none is."""

    def answered() -> bool:
        try:
            runner.run_blocking(QueryJob(release, "ASK {}", JSON))
        except Problem:
            return False
        return True

    eventually(answered)
