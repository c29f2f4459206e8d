"""A canary listens on loopback: no query makes the service call it, however it is written."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pyoxigraph import QuerySolutions, Store

from service.errors import Problem
from service.query_runner import QueryJob
from service.representations import JSON
from service.store import Releases
from service.workers.bounds import Bounds
from service.workers.runner import WorkerRunner
from service.workers.sandbox import IS_LINUX
from tests.service.killers.attacked import FORM, MIB, Attacked, attacked

QUERY = "application/sparql-query"
# How the same address can be written in a URL.
HOSTS = ("127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "0.0.0.0")
SERVICES = (
    "SERVICE <{url}> {{ ?s ?p ?o }}",
    "service silent <{url}> {{ ?s ?p ?o }}",
    "SERVICESILENT<{url}>{{ ?s ?p ?o }}",
    "OPTIONAL {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "?s ?p 1.SERVICE<{url}>{{ ?s ?p ?o }}",
    "SERVICE # {{\n <{url}> # }}\n {{ ?s ?p ?o }}",
    "BIND (<{url}> AS ?there) SERVICE ?there {{ ?s ?p ?o }}",
    "VALUES ?there {{ <{url}> }} SERVICE SILENT ?there {{ ?s ?p ?o }}",
    "FILTER EXISTS {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "{{ SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }}",
    "GRAPH <{url}> {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SERVICE <\\u0068ttp{rest}> {{ ?s ?p ?o }}",
    "SERVICE there: {{ ?s ?p ?o }}",
    "SERVICEthere:{{ ?s ?p ?o }}",
)


@dataclass
class Canary:
    """A listener that counts who calls."""

    port: int
    calls: int = 0

    def url(self, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}/graph.ttl"


@pytest.fixture
def canary() -> Iterator[Canary]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        made = Canary(listener.getsockname()[1])

        def listen() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    made.calls += 1
                    connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield made
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(5)


@pytest.fixture(scope="module")
def service(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attacked]:
    with attacked(
        data, tmp_path_factory.mktemp("canary") / "temporary", GMKG_QUERY_WORKERS="2"
    ) as made:
        yield made


def with_service(clause: str, url: str) -> str:
    written = clause.format(url=url, rest=url.removeprefix("http"))
    return f"PREFIX there: <{url}> SELECT * {{ {written} }}"


def test_the_canary_sings_where_there_is_no_cage(canary: Canary) -> None:
    solutions = Store().query(with_service(SERVICES[0], canary.url()))
    assert isinstance(solutions, QuerySolutions)
    with pytest.raises(OSError, match=r"\S"):
        next(solutions)
    assert canary.calls == 1


def test_service_is_refused_in_every_spelling_and_calls_nobody(
    service: Attacked, canary: Canary
) -> None:
    queries = [with_service(clause, canary.url()) for clause in SERVICES]
    queries += [with_service(SERVICES[0], canary.url(host)) for host in HOSTS]
    for query in queries:
        for told in (
            service.select(query),
            service.select(query, method="POST"),
            service.ask("/sparql", method="POST", body=query.encode(), content_type=QUERY),
        ):
            assert (told.status, told.problem["title"]) == (400, "SERVICE is refused."), query
    assert canary.calls == 0


def test_an_update_at_the_query_endpoint_calls_nobody(service: Attacked, canary: Canary) -> None:
    update = f"LOAD <{canary.url()}>"
    told = [
        service.select(update),
        service.select(f"{update} ; LOAD SILENT <{canary.url()}> INTO GRAPH <urn:g>"),
        service.select(f"SELECT * {{}} ; {update}"),
        service.ask("/sparql?" + urlencode({"update": update})),
        service.ask(
            "/sparql", method="POST", body=urlencode({"update": update}).encode(), content_type=FORM
        ),
        service.ask("/sparql", method="POST", body=update.encode(), content_type=QUERY),
    ]
    assert [each.status for each in told] == [400] * 6
    assert canary.calls == 0


@pytest.mark.parametrize("host", HOSTS)
def test_a_graph_that_is_an_address_is_a_name_and_is_not_fetched(
    service: Attacked, canary: Canary, host: str
) -> None:
    url = canary.url(host)
    for query, dataset in (
        (f"SELECT * FROM <{url}> {{ ?s ?p ?o }}", ()),
        (f"SELECT * FROM NAMED <{url}> {{ GRAPH ?g {{ ?s ?p ?o }} }}", ()),
        (f"SELECT * {{ GRAPH <{url}> {{ ?s ?p ?o }} }}", ()),
        (f"SELECT * {{ <{url}> ?p ?o }}", ()),
        ("SELECT * { ?s ?p ?o }", (("default-graph-uri", url),)),
        ("SELECT * { GRAPH ?g { ?s ?p ?o } }", (("named-graph-uri", url),)),
    ):
        for method in ("GET", "POST"):
            told = service.select(query, method=method, dataset=dataset)
            assert told.status == 200, told.body
            assert json.loads(told.body)["results"]["bindings"] == []
    described = service.select(f"DESCRIBE <{url}>", accept="application/n-triples")
    assert (described.status, described.body) == (200, b"")
    assert canary.calls == 0


@pytest.mark.skipif(not IS_LINUX, reason="the sandbox is Linux's")
def test_a_worker_that_is_asked_without_admission_calls_nobody(data: Path, canary: Canary) -> None:
    runner = WorkerRunner(Bounds(workers=1, memory=512 * MIB), data)
    release = Releases(data).current()
    refused = []
    try:
        urls = [canary.url(host) for host in HOSTS]
        queries = [with_service(clause, urls[0]) for clause in SERVICES]
        queries += [with_service(SERVICES[0], url) for url in urls]
        for query in queries:
            try:
                runner.run_blocking(QueryJob(release, query, JSON))
            except Problem as problem:
                refused.append(problem.status)
    finally:
        runner.stop()
    # SILENT and EXISTS make nothing of a fault, and one clause is never come to.
    assert refused == [400] * (len(queries) - 5)
    assert canary.calls == 0
