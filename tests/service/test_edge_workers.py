"""The edge in front of worker processes: what a client over the network sees of them."""

import json
import os
import socket
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

import pytest

from service.app import create_app
from service.query_runner import Answer, QueryJob
from service.workers.bounds import Bounds
from service.workers.runner import WorkerRunner
from tests.service.conftest_edge import ENDLESS, LARGE, NAMES, Live, data, eventually, live

__all__ = ["data"]

SILENT = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
MIB = 1 << 20


class Noting(WorkerRunner):
    """Workers that note whose queries they run."""

    clients: list[str | None]

    async def run(
        self,
        job: QueryJob,
        gone: Callable[[], Awaitable[object]] | None = None,
        client: str | None = None,
    ) -> Answer:
        self.clients.append(client)
        return await super().run(job, gone, client)


@pytest.fixture(scope="module")
def runner() -> Noting:
    made = Noting(Bounds(3, memory=256 * MIB, max_result_bytes=8 * MIB, timeout=20.0))
    made.clients = []
    return made


@pytest.fixture(scope="module")
def edge(data: Path, runner: Noting) -> Iterator[Live]:
    with live(data, runner, make=create_app) as made:
        eventually(lambda: made.ask(sparql("ASK {}")).status == 200)
        eventually(lambda: runner.state()["workers"] == 3)
        yield made


def sparql(query: str, **fields: str) -> str:
    return "/sparql?" + urlencode({"query": query, **fields})


@pytest.mark.parametrize("accept", ["text/csv", "text/html"])
def test_queries_are_answered_and_their_client_is_known(
    edge: Live, runner: Noting, accept: str
) -> None:
    for number in range(3):
        reply = edge.ask(sparql(f"{NAMES} # {number}"), Accept=accept)
        assert reply.status == 200
        assert b"Organisation 299" in reply.body or accept == "text/html"
    assert set(runner.clients) == {"127.0.0.1"}


def test_a_large_answer_is_sent_whole_and_leaves_no_file(edge: Live, runner: Noting) -> None:
    reply = edge.ask(sparql(LARGE, format="json"))
    assert int(reply.headers["content-length"]) == len(reply.body) > MIB
    assert len(json.loads(reply.body)["results"]["bindings"]) == 20_000
    assert runner._running is not None
    assert list(runner._running.spools.path.iterdir()) == []


@pytest.mark.parametrize(
    ("query", "seconds", "status"),
    [
        ("SELECT * WHERE { ?s ?p }", "20", 400),
        (ENDLESS, "20", 413),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i LIMIT 10", "20", 503),
        (SILENT, "1", 504),
    ],
)
def test_a_query_without_an_answer_is_told_of_while_others_go_on(
    edge: Live, query: str, seconds: str, status: int
) -> None:
    told = []
    path = sparql(query, format="json", timeout=seconds)
    asking = Thread(target=lambda: told.append(edge.ask(path)))
    begun = time.monotonic()
    asking.start()
    while asking.is_alive():
        assert edge.ask(sparql(f"ASK {{}} # {time.monotonic()}")).status == 200
        time.sleep(0.02)
    assert time.monotonic() - begun < float(seconds) + 1
    (reply,) = told
    assert reply.status == reply.problem["status"] == status
    assert reply.headers["cache-control"] == "no-store"


def test_a_client_that_leaves_ends_its_worker_within_a_second(edge: Live, runner: Noting) -> None:
    eventually(lambda: runner.state()["idle"] == 3)
    before = set(runner.pids)
    path = sparql(SILENT + " # leaving")
    with socket.create_connection(("127.0.0.1", edge.port)) as leaving:
        leaving.sendall(f"GET {path} HTTP/1.1\r\nHost: h\r\n\r\n".encode())
        eventually(lambda: runner.state()["running"] == 1)
        time.sleep(0.2)
    begun = time.monotonic()
    eventually(lambda: len(before & set(runner.pids)) == 2)
    (ended,) = before - set(runner.pids)
    eventually(lambda: not _lives(ended))
    assert time.monotonic() - begun < 1.0


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_status_says_what_the_workers_do(edge: Live, runner: Noting) -> None:
    eventually(lambda: runner.state()["idle"] == 3)
    queries = json.loads(edge.ask("/status").body)["pool"]
    assert {name: queries[name] for name in ("workers", "idle", "running", "slow")} == {
        "workers": 3,
        "idle": 3,
        "running": 0,
        "slow": 0,
    }
