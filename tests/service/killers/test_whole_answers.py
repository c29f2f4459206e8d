"""Never a truncated 200: clients count, whatever happens to readers, workers and releases."""

import csv
import io
import json
import os
import random
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from ontology.namespaces import DEFAULT_BASE
from service.edge_reply import IS_LINUX
from tests.benchmarks.made_release import LABEL, organisation, publish
from tests.service.killers.attacked import Attacked, Told, attacked, eventually

ROWS = 10_000
LARGE = "SELECT ?a ?b ?d ?f {{ ?a ?b ?c . ?d ?e ?f }} LIMIT {}"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
NAMES = f"SELECT ?body ?name {{ ?body <{LABEL.value}> ?name }}"
BODIES = 1_000
KILLS = 8
PIECE = 1 << 10
SETTINGS = {
    "GMKG_QUERY_TIMEOUT": "20",
    "GMKG_QUERY_MEMORY": "512MiB",
    "GMKG_QUERY_WORKERS": "4",
    "GMKG_MAX_RESULT_BYTES": "16MiB",
}
SOLUTIONS = "http://www.w3.org/2005/sparql-results#"


@pytest.fixture(scope="module")
def service(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attacked]:
    with attacked(data, tmp_path_factory.mktemp("whole") / "temporary", **SETTINGS) as made:
        yield made


def rows_in_json(body: bytes) -> int:
    return len(json.loads(body)["results"]["bindings"])


def rows_in_xml(body: bytes) -> int:
    return len(ElementTree.fromstring(body).findall(f".//{{{SOLUTIONS}}}result"))


def rows_in_csv(body: bytes) -> int:
    return sum(len(row) == 4 for row in csv.reader(io.StringIO(body.decode()))) - 1


def rows_in_tsv(body: bytes) -> int:
    return sum(line.count("\t") == 3 for line in body.decode().split("\n")) - 1


def triples_in(rdf: RdfFormat) -> Callable[[bytes], int]:
    return lambda body: sum(1 for _ in parse(body, format=rdf))


COUNTERS: dict[str, Callable[[bytes], int]] = {
    "json": rows_in_json,
    "xml": rows_in_xml,
    "csv": rows_in_csv,
    "tsv": rows_in_tsv,
    "nt": triples_in(RdfFormat.N_TRIPLES),
    "ttl": triples_in(RdfFormat.TURTLE),
    "rdf": triples_in(RdfFormat.RDF_XML),
    "jsonld": triples_in(RdfFormat.JSON_LD),
}


class SlowReader:
    """A client that asks for something large and reads a little at a time."""

    def __init__(self, service: Attacked, query: str, client: str) -> None:
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 * PIECE)
        self._socket.settimeout(20)
        self._socket.connect(("127.0.0.1", service.port))
        path = "/sparql?" + urlencode({"query": query, "format": "json"})
        self._socket.sendall(
            f"GET {path} HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: {client}\r\n"
            "Connection: close\r\n\r\n".encode()
        )
        self._read = b""

    def read(self) -> None:
        self._read += self._socket.recv(PIECE)

    def status(self) -> int:
        while b"\r\n\r\n" not in self._read:
            self.read()
        return int(self._read.split(b" ", 2)[1])

    def rest(self) -> tuple[int, bytes]:
        """The Content-Length and the body, read to its end without further pauses."""
        while more := self._socket.recv(1 << 18):
            self._read += more
        head, _, body = self._read.partition(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in head.decode().lower().split("\r\n")[1:])
        return int(fields["content-length"]), body

    def close(self) -> None:
        self._socket.close()


@contextmanager
def slow_readers(service: Attacked, query: str, clients: list[str]) -> Iterator[list[SlowReader]]:
    """Slow readers, each of an answer of its own, until their end at the latest."""
    with ExitStack() as stack:
        yield [
            stack.enter_context(closing(SlowReader(service, f"{query} # {number}", client)))
            for number, client in enumerate(clients)
        ]


def is_whole(told: Told) -> bool:
    return told.headers["content-length"] == str(len(told.body))


@pytest.mark.parametrize("name", COUNTERS)
def test_every_form_has_as_many_rows_as_were_counted(service: Attacked, name: str) -> None:
    pattern = "?a ?b ?d . FILTER isIRI(?d)"
    if name in ("nt", "ttl", "rdf", "jsonld"):
        query, counting = f"CONSTRUCT {{ ?a ?b ?d }} {{ {pattern} }}", "?a ?b ?d"
    else:
        query, counting = f"SELECT ?a ?b ?d (1 AS ?f) {{ {pattern} }}", "?a ?b ?d"
    counted = service.select(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}", accept="text/csv").body
    assert counting in query
    for method in ("GET", "POST"):
        told = service.select(query, method=method, dataset=(("format", name),))
        assert (told.status, is_whole(told)) == (200, True)
        assert len(told.body) > 1 << 20, "it comes from a file"
        assert COUNTERS[name](told.body) == int(counted.split()[1]) > 10_000


@pytest.mark.skipif(not IS_LINUX, reason="this system does not list descriptors")
def test_large_answers_that_are_read_at_once_leave_no_descriptor(service: Attacked) -> None:
    def held() -> int:
        descriptors = Path(f"/proc/{service.process.pid}/fd").iterdir()
        links = [str(each.readlink()) for each in descriptors]
        return sum(link.startswith("pipe:") or "gmkg-answers" in link for link in links)

    before = held()
    for number in range(20):
        told = service.select(f"{LARGE.format(5_000)} # at once {number}")
        assert (told.status, rows_in_json(told.body)) == (200, 5_000)
    eventually(lambda: held() == before, 5)


def test_slow_readers_hold_no_worker_and_get_all_of_it(service: Attacked) -> None:
    clients = [f"192.0.2.{number}" for number in range(8)]
    with slow_readers(service, LARGE.format(ROWS), clients) as readers:
        assert [reader.status() for reader in readers] == [200] * 8
        eventually(lambda: service.pool()["idle"] == 4)
        for _ in range(3):
            for reader in readers:
                reader.read()
            begun = time.monotonic()
            assert rows_in_json(service.select(NAMES).body) == 8_000
            assert time.monotonic() - begun < 10
            time.sleep(0.3)
        for reader in readers:
            length, body = reader.rest()
            assert length == len(body)
            assert rows_in_json(body) == ROWS
    assert service.spool_files() == []


def test_answers_that_nobody_reads_fill_a_bounded_room(service: Attacked) -> None:
    """16 MiB is the largest result: all may take four times that, and one client half of it."""
    query = LARGE.format(42_000)
    with slow_readers(service, query, ["192.0.2.1"] * 2 + ["192.0.2.2"] * 2) as readers:
        assert [reader.status() for reader in readers] == [200] * 4
        refused = service.select(f"{query} # again", client="192.0.2.1")
        assert refused.status == 503
        assert int(refused.headers["retry-after"]) > 0
        assert refused.problem["title"] == "Too many large answers are being sent."
        assert service.select(f"{query} # other", client="192.0.2.3").status == 503
        assert service.spool_files() == []
        small = service.select(NAMES, client="192.0.2.1")
        assert (small.status, rows_in_json(small.body)) == (200, 8_000)
        length, body = readers[0].rest()
        assert length == len(body) > 13 << 20
        again = service.select(f"{query} # again", client="192.0.2.1")
        assert (again.status, rows_in_json(again.body)) == (200, 42_000)


def test_when_clients_leave_their_workers_are_free_within_a_second(service: Attacked) -> None:
    def is_at_rest() -> bool:
        pool = service.pool()
        return not any(pool[name] for name in ("running", "slow", "waiting", "postponed"))

    clients = [f"192.0.2.{number}" for number in range(8)]
    with slow_readers(service, ENDLESS, clients):
        eventually(lambda: service.pool()["slow"] == 3)
        assert not is_at_rest()
        waited = service.kept_waiting()
        left = time.monotonic()
    eventually(is_at_rest)
    assert time.monotonic() - left < 1 + service.kept_waiting() - waited
    assert service.select("ASK {}").status == 200
    eventually(lambda: service.pool()["idle"] == 4)


class Asking:
    """Eight clients that ask the same thing all the time, each answer looked at."""

    def __init__(self, service: Attacked, look: Callable[[Told], None]) -> None:
        self._service = service
        self._look = look
        self._over = threading.Event()
        self._pool = ThreadPoolExecutor(8)
        self._running = [self._pool.submit(self._ask, number) for number in range(8)]
        self.count = 0

    def _ask(self, client: int) -> None:
        turn = 0
        while not self._over.is_set():
            turn += 1
            told = self._service.select(f"{NAMES} # {client} {turn}", client=f"192.0.2.{client}")
            assert is_whole(told)
            self._look(told)
            self.count += 1

    def end(self) -> None:
        self._over.set()
        self._pool.shutdown()
        for each in self._running:
            each.result()


def stamped(stamp: str) -> Iterator[Quad]:
    graph = NamedNode(f"{DEFAULT_BASE}graph/made")
    for number in range(BODIES):
        yield Quad(organisation(number), LABEL, Literal(f"{stamp} {number}"), graph)


def test_a_switch_of_releases_loses_no_answer_and_mixes_none(tmp_path: Path) -> None:
    release = "2026010{}T000000Z-0000000{}"
    publish(tmp_path, release.format(1, 1), stamped("1"))
    expected = {
        str(stamp): {f"{stamp} {number}" for number in range(BODIES)} for stamp in range(1, 6)
    }
    seen: set[str] = set()

    def look(told: Told) -> None:
        assert told.status == 200
        rows = json.loads(told.body)["results"]["bindings"]
        names = {row["name"]["value"] for row in rows}
        stamp = min(names).split()[0]
        assert len(rows) == BODIES
        assert names == expected[stamp]
        seen.add(stamp)

    with attacked(tmp_path, tmp_path / "temporary", **SETTINGS) as service:
        asking = Asking(service, look)
        try:
            for stamp in range(2, 6):
                before = asking.count
                eventually(lambda before=before: asking.count > before + 16)  # type: ignore[misc]
                publish(tmp_path, release.format(stamp, stamp), stamped(str(stamp)))
            before = asking.count
            eventually(lambda: asking.count > before + 16)
        finally:
            asking.end()
    assert seen == set(expected)


def test_workers_that_are_killed_from_outside_cost_no_half_answer(service: Attacked) -> None:
    statuses: list[int] = []

    def look(told: Told) -> None:
        statuses.append(told.status)
        if told.status == 200:
            assert rows_in_json(told.body) == 8_000
        else:
            assert told.status == 503
            assert str(told.problem["detail"]).endswith(".")

    chance = random.Random(5)
    asking = Asking(service, look)
    try:
        for _ in range(KILLS):
            # Answers between two kills, not a time: a busy machine is slow to replace a worker.
            before = statuses.count(200)
            eventually(lambda before=before: statuses.count(200) > before + 4)  # type: ignore[misc]
            os.kill(chance.choice(service.workers()), signal.SIGKILL)
    finally:
        asking.end()
    eventually(lambda: service.pool()["idle"] == 4)
    assert statuses.count(200) > len(statuses) / 2
    assert service.select(NAMES).status == 200
    assert service.spool_files() == []
