"""Queries over a live port: through Flask and without it, large and endless, and departures."""

import json
import socket
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic
from SPARQLWrapper import JSON as SPARQL_JSON
from SPARQLWrapper import TURTLE, SPARQLWrapper

from service.app import create_app
from service.query_runner import Answer, QueryJob
from service.representations import JSON
from service.settings import Settings
from service.spool import IN_MEMORY
from service.store import Releases
from tests.benchmarks.made_release import organisation, organisations
from tests.service.conftest_edge import (
    ENDLESS,
    LARGE,
    NAMES,
    Live,
    Reply,
    data,
    edge,
    eventually,
    live,
    path_of,
    running,
    with_common_headers,
)
from tests.service.in_process_runner import InProcessRunner

__all__ = ["data", "edge", "running"]

DESCRIPTORS = Path("/proc/self/fd")


def test_a_query_is_answered_and_its_answer_given_again(edge: Live) -> None:
    path = path_of(NAMES)
    first, again = edge.ask(path), edge.ask(path)
    assert len(json.loads(first.body)["results"]["bindings"]) == 300
    assert first.body == again.body
    assert edge.asked == ["/query"]
    assert with_common_headers(again)
    assert edge.ask(path, If_None_Match=first.headers["etag"]).status == 304


def test_a_posted_query_is_answered_and_not_kept(edge: Live) -> None:
    replies = [edge.ask("/query", "POST", NAMES.encode()) for _ in range(2)]
    assert [len(json.loads(each.body)["results"]["bindings"]) for each in replies] == [300, 300]
    assert edge.asked == ["/query"] * 2


def test_a_refused_query_is_a_problem_under_the_same_headers(edge: Live) -> None:
    reply = edge.ask(path_of("SELECT * WHERE { ?s ?p }"))
    assert (reply.status, with_common_headers(reply)) == (400, True)
    assert (reply.problem["line"], reply.problem["column"]) == (1, 25)
    assert "etag" not in reply.headers


class FailingRunner(InProcessRunner):
    """A runner with a fault that nobody foresaw, for the queries that mention it."""

    async def run(
        self,
        job: QueryJob,
        gone: Callable[[], Awaitable[object]] | None = None,
        client: str | None = None,
    ) -> Answer:
        if "unforeseen" in job.query:
            raise ValueError("a secret of the house")
        return await super().run(job, gone, client)


@pytest.mark.parametrize("accept", ["text/csv", "text/html"])
def test_a_fault_that_nobody_foresaw_is_a_500_with_an_id_and_logged_once(
    data: Path, accept: str, caplog: pytest.LogCaptureFixture
) -> None:
    with live(data, FailingRunner(), make=create_app) as edge:
        for query in ("ASK { }", "ASK { } # without a model Flask is asked, with one it is not"):
            for fails in (True, False):
                caplog.clear()
                path = sparql(query + (" # unforeseen" if fails else ""))
                reply = edge.ask(path, Accept=accept)
                assert reply.status == (500 if fails else 200)
                assert with_common_headers(reply)
                assert b"secret" not in reply.body
                told = [each.getMessage() for each in caplog.records if each.levelname == "ERROR"]
                assert len(told) == fails
                assert all(reply.headers["x-request-id"] in each for each in told)
                if fails and accept == "text/csv":
                    assert reply.problem["title"] == "Something went wrong here."


def test_a_large_answer_is_sent_whole_and_leaves_no_file(data: Path) -> None:
    runner = InProcessRunner()
    probe = runner.run_blocking(QueryJob(Releases(data).current(), LARGE, JSON)).path
    assert probe is not None
    probe.unlink()
    with live(data, runner) as edge:
        for _ in range(3):
            reply = edge.ask(path_of(LARGE))
            assert int(reply.headers["content-length"]) == len(reply.body) > IN_MEMORY
            assert len(json.loads(reply.body)["results"]["bindings"]) == 20_000
            assert list(probe.parent.iterdir()) == []
        tag = reply.headers["etag"]
        again = edge.ask(path_of(LARGE), If_None_Match=tag)
        assert again.status == 304
        assert len(edge.asked) == 3


@pytest.mark.skipif(not DESCRIPTORS.exists(), reason="this system does not list descriptors")
def test_a_large_answer_is_held_open_for_its_slow_reader_alone(data: Path) -> None:
    def held() -> int:
        count = 0
        for each in DESCRIPTORS.iterdir():
            with suppress(OSError):  # the one that lists them is closed by now
                count += "gmkg-answers" in str(each.readlink())
        return count

    query = LARGE.replace("20000", "40000")
    request = f"GET {path_of(query)} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
    with live(data) as edge, socket.socket() as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
        slow.connect(("127.0.0.1", edge.port))
        slow.sendall(request.encode())
        received = slow.recv(1 << 16)
        eventually(lambda: held() == 1)
        while more := slow.recv(1 << 18):
            received += more
        head, _, body = received.partition(b"\r\n\r\n")
        assert f"content-length: {len(body)}\r\n" in head.decode()
        assert len(json.loads(body)["results"]["bindings"]) == 40_000
        eventually(lambda: held() == 0)


def test_when_the_client_leaves_its_query_stops(data: Path) -> None:
    runner = InProcessRunner(threads=1, queue=0)
    path = path_of(ENDLESS)
    with live(data, runner) as edge:
        for turn in "ab":
            with socket.create_connection(("127.0.0.1", edge.port)) as leaving:
                # A request before it on the same connection must not hide the departure.
                leaving.sendall(b"GET /untagged HTTP/1.1\r\nHost: h\r\n\r\n")
                assert leaving.recv(1000).startswith(b"HTTP/1.1 200 ")
                leaving.sendall(f"GET {path} HTTP/1.1\r\nHost: h\r\n\r\n".encode())
                time.sleep(0.3)
                assert edge.ask(path_of("ASK {}") + f"&{turn}").status == 503
            eventually(lambda: edge.ask("/query", "POST", b"ASK {}").status == 200)


def test_a_client_of_an_endless_query_keeps_nobody_else_waiting(data: Path) -> None:
    path = path_of(ENDLESS)
    with (
        live(data, InProcessRunner(threads=2)) as edge,
        socket.create_connection(("127.0.0.1", edge.port)) as other,
    ):
        other.sendall(f"GET {path} HTTP/1.1\r\nHost: h\r\n\r\n".encode())
        time.sleep(0.1)
        begun = time.monotonic()
        assert [edge.ask(path_of(f"ASK {{ }} # {n}")).status for n in range(5)] == [200] * 5
        assert edge.ask("/untagged").status == 200
        assert time.monotonic() - begun < 10


@pytest.fixture(scope="module")
def endpoint(data: Path) -> Iterator[Live]:
    with live(data, make=create_app) as made:
        yield made


def sparql(query: str, **fields: str) -> str:
    return "/sparql?" + urlencode({"query": query, **fields})


def stable(reply: Reply) -> dict[str, str]:
    """The headers that two answers in the same form share."""
    own = ("date", "etag", "x-request-id", "server-timing", "content-length")
    return {name: value for name, value in reply.headers.items() if name not in own}


def test_without_flask_a_query_has_the_answer_that_flask_would_give(endpoint: Live) -> None:
    flask = create_app(Settings(data=endpoint.data)).test_client()
    construct = "CONSTRUCT { ?s a ?t } WHERE { ?s a ?t }"
    for query, accept in (
        (NAMES + " ORDER BY ?name LIMIT 7", "application/sparql-results+json"),
        (NAMES + " ORDER BY ?name LIMIT 7", "text/csv"),
        ("ASK { ?s ?p ?o }", "application/sparql-results+xml"),
        (construct + " LIMIT 7", "application/n-triples"),
    ):
        endpoint.ask(sparql(query + " # the first in this form"), Accept=accept)
        endpoint.asked.clear()
        reply = endpoint.ask(sparql(query), Accept=accept)
        assert endpoint.asked == []
        given = flask.get(sparql(query), headers={"Accept": accept})
        given_headers = {name.lower(): value for name, value in given.headers}
        assert (reply.status, reply.body) == (200, given.data)
        assert stable(reply) == {
            **stable(Reply(200, given_headers, b"")),
            "server": reply.headers["server"],
        }
        assert given_headers.keys() <= reply.headers.keys()
        assert given_headers["etag"] == reply.headers["etag"]
        again = endpoint.ask(sparql(query), Accept=accept, If_None_Match=reply.headers["etag"])
        assert again.status == 304


def test_different_queries_have_different_tags(endpoint: Live) -> None:
    replies = [endpoint.ask(sparql(f"ASK {{ }} # {n}"), Accept="text/csv") for n in range(4)]
    assert len({each.headers["etag"] for each in replies}) == 4


def test_a_query_that_may_answer_differently_each_time_is_never_kept(endpoint: Live) -> None:
    path = sparql("SELECT (STRUUID() AS ?id) WHERE {}")
    replies = [endpoint.ask(path, Accept="text/csv") for _ in range(3)]
    assert len({each.body for each in replies}) == 3
    assert all(each.headers["cache-control"] == "no-store" for each in replies)
    assert not any("etag" in each.headers for each in replies)


def test_what_is_refused_without_flask_is_told_as_flask_tells_it(endpoint: Live) -> None:
    endpoint.ask(sparql("ASK { }"), Accept="text/csv")
    for query, status in (
        ("SELECT * WHERE { ?s ?p }", 400),
        ("SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 400),
        ("SELECT (<https://example.org/f>(1) AS ?x) WHERE {}", 400),
    ):
        reply = endpoint.ask(sparql(query), Accept="text/csv")
        assert (reply.status, with_common_headers(reply)) == (status, True)
        assert reply.problem["instance"] == "/sparql"
        assert reply.headers["cache-control"] == "no-store"


def test_a_browser_gets_a_page_of_results_and_of_problems(endpoint: Live) -> None:
    accept = "text/html,application/xhtml+xml,*/*;q=0.8"
    page = endpoint.ask(sparql(NAMES + " LIMIT 3"), Accept=accept)
    assert page.headers["content-type"].startswith("text/html")
    assert b"Organisation" in page.body
    problem = endpoint.ask(sparql("SELECT"), Accept=accept)
    assert (problem.status, problem.headers["content-type"][:9]) == (400, "text/html")
    endpoint.ask(sparql("ASK { }"), Accept="text/csv")
    problem = endpoint.ask(sparql("SELECT ?unfinished", format="csv"), Accept=accept)
    assert (problem.status, problem.headers["content-type"][:9]) == (400, "text/html")
    assert b"?unfinished" in problem.body


def test_a_page_that_is_given_again_has_a_nonce_of_its_own(endpoint: Live) -> None:
    pages = [endpoint.ask("/", Accept="text/html") for _ in range(3)]
    assert endpoint.asked.count("/") == 1
    nonces = [
        page.headers["content-security-policy"].partition("'nonce-")[2].partition("'")[0]
        for page in pages
    ]
    assert len(set(nonces)) == 3
    for page, nonce in zip(pages, nonces, strict=True):
        assert f'nonce="{nonce}"'.encode() in page.body
        assert not any(other.encode() in page.body for other in nonces if other != nonce)


def test_sparqlwrapper_gets_solutions_and_graphs(endpoint: Live) -> None:
    for _ in range(2):
        client = SPARQLWrapper(f"http://127.0.0.1:{endpoint.port}/sparql", returnFormat=SPARQL_JSON)
        client.setQuery(NAMES)
        solutions: Any = client.queryAndConvert()
        bindings = solutions["results"]["bindings"]
        assert {each["name"]["value"] for each in bindings} == {
            f"Organisation {number}" for number in range(300)
        }
        client = SPARQLWrapper(f"http://127.0.0.1:{endpoint.port}/sparql", returnFormat=TURTLE)
        client.setQuery(f"DESCRIBE <{organisation(7).value}>")
        turtle: Any = client.queryAndConvert()
        described = Graph().parse(data=turtle, format="turtle")
        expected = Graph()
        for quad in organisations(8):
            if quad.subject == organisation(7):
                expected.parse(data=f"{quad.triple} .", format="nt")
        assert isomorphic(described, expected)
