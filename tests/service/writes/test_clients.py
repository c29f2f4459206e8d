"""Writes over a live port: by the clients that people have, side by side, cut off and killed."""

import http.client
import os
import signal
import socket
import threading
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import JSON, POST, POSTDIRECTLY, SPARQLWrapper

from loaders.directory import initialise
from loaders.publish import publish
from tests.live import Service, serving
from tests.loaders.publishing import BASE, a_source, load
from tests.service.conftest_edge import eventually
from tests.service.conftest_writes import TURTLE, UPDATE, log_of, open_directory, tokens_of

ALT = URIRef("http://www.w3.org/2004/02/skos/core#altLabel")
COUNCIL = URIRef(f"{BASE}id/organisation/GB-LAE-AAA")
EDITS = URIRef(f"{BASE}graph/edits")
DELAY = 0.05


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


@dataclass(frozen=True, slots=True)
class Port:
    """A service over a data directory, and a token of each role."""

    service: Service
    tokens: dict[str, str]

    @property
    def origin(self) -> str:
        return self.service.origin

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens['steward']}"}

    def send(self, method: str, path: str, body: bytes | str = b"", **fields: str) -> Reply:
        address = urlsplit(self.origin)
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=60)
        headers = {name.replace("_", "-"): value for name, value in fields.items()}
        try:
            connection.request(method, path, body, {**self.bearer, **headers})
            response = connection.getresponse()
            return Reply(response.status, response.headers, response.read())
        finally:
            connection.close()

    def update(self, text: str) -> Reply:
        return self.send("POST", "/update", text, Content_Type=UPDATE)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Port]:
    """An open data directory."""
    data = open_directory(tmp_path_factory.mktemp("open"))
    with serving(data) as service:
        yield Port(service, tokens_of(data))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Port]:
    """A data directory with a source."""
    directory = initialise(tmp_path_factory.mktemp("house") / "var", BASE)
    load(directory, a_source(), "GB-LAE-AAA,Aston", "GB-LAE-BBB,Barton")
    publish(directory)
    with serving(directory.path) as service:
        yield Port(service, tokens_of(directory.path))


def wrapper(port: Port, text: str) -> SPARQLWrapper:
    client = SPARQLWrapper(f"{port.origin}/sparql", f"{port.origin}/update")
    client.addCustomHttpHeader("Authorization", port.bearer["Authorization"])
    client.setQuery(text)
    client.setReturnFormat(JSON)
    return client


def answer(client: SPARQLWrapper) -> Any:
    """What SPARQLWrapper makes of an answer: its type follows the format that was asked for."""
    return client.query().convert()


@pytest.mark.parametrize("how", ["urlencoded", POSTDIRECTLY])
def test_sparqlwrapper_updates_and_reads_back(plain: Port, how: str) -> None:
    subject = f"urn:wrapper:{how}"
    client = wrapper(plain, f"INSERT DATA {{ <{subject}> <urn:p> 'é' }}")
    client.setMethod(POST)
    client.setRequestMethod(how)
    assert answer(client)["changed"] is True
    rows = answer(wrapper(plain, f"SELECT ?o {{ <{subject}> ?p ?o }}"))
    assert [row["o"]["value"] for row in rows["results"]["bindings"]] == ["é"]


def test_sparqlwrapper_without_a_token_is_told_so(plain: Port) -> None:
    from SPARQLWrapper.SPARQLExceptions import Unauthorized

    client = SPARQLWrapper(f"{plain.origin}/sparql", f"{plain.origin}/update")
    client.setQuery("INSERT DATA { <urn:a> <urn:p> 1 }")
    client.setMethod(POST)
    with pytest.raises(Unauthorized):
        client.query()


def test_rdflib_writes_and_reads_a_plain_store(plain: Port) -> None:
    name = URIRef("urn:rdflib:graph")
    store = SPARQLUpdateStore(
        f"{plain.origin}/sparql", f"{plain.origin}/update", headers=plain.bearer
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of rdflib, for its own names
        dataset = Dataset(store)
        graph = dataset.graph(name)
        one, two = (
            (URIRef("urn:rdflib:s"), URIRef("urn:p"), Literal(1)),
            (
                URIRef("urn:rdflib:s"),
                URIRef("urn:p"),
                Literal("zwei", lang="de"),
            ),
        )
        graph.add(one)
        graph.addN([(*two, graph)])
        assert set(graph) == {one, two}
        store.update("DELETE WHERE { GRAPH <urn:rdflib:graph> { ?s ?p 1 } }")
        assert set(graph) == {two}
        reading = Graph(SPARQLStore(f"{plain.origin}/sparql"), identifier=name)
        assert set(reading) == {two}
        graph.remove((None, None, None))
        assert set(graph) == set()


def test_rdflib_writes_the_edits_of_a_house(house: Port) -> None:
    store = SPARQLUpdateStore(
        f"{house.origin}/sparql",
        f"{house.origin}/update",
        headers=house.bearer,
        context_aware=False,
    )
    graph = Graph(store)
    added = (COUNCIL, ALT, Literal("Old Aston", lang="en"))
    graph.add(added)
    assert set(graph.triples((COUNCIL, ALT, None))) == {added}
    edits = Graph().parse(
        data=house.send("GET", f"/graph-store?graph={quote(EDITS, safe='')}", Accept=TURTLE).body,
        format="turtle",
    )
    assert set(edits) == {added}
    # The source still says what it said, and the public sees what it may see.
    public = Graph(SPARQLStore(f"{house.origin}/sparql", context_aware=False))
    assert set(public.triples((COUNCIL, ALT, None))) == {added}
    graph.remove(added)
    assert set(graph.triples((COUNCIL, ALT, None))) == set()


REFUSED_IN_A_HOUSE = {
    "a source's graph": ("PUT", f"/graph-store?graph={BASE}graph/councils", TURTLE, "", 409),
    "a source's graph directly": ("DELETE", "/graph/councils", TURTLE, "", 409),
    "a graph of nobody": ("PUT", "/graph-store?graph=urn:g", TURTLE, "", 409),
    "a new graph": ("POST", "/graph-store", TURTLE, "<urn:a> <urn:p> 1 .", 409),
    "a graph that is not there": ("DELETE", "/graph-store?graph=urn:g", TURTLE, "", 404),
    "an update of a source's graph": (
        "POST",
        "/update",
        UPDATE,
        f"INSERT DATA {{ GRAPH <{BASE}graph/councils> {{ <{COUNCIL}> <{ALT}> 'x' }} }}",
        409,
    ),
    "an update of any graph": (
        "POST",
        "/update",
        UPDATE,
        "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }",
        409,
    ),
    "what breaks a shape": (
        "POST",
        "/update",
        UPDATE,
        f"INSERT DATA {{ <{BASE}id/organisation/X> a <http://www.w3.org/ns/org#Organization> }}",
        422,
    ),
}


@pytest.mark.parametrize(
    ("method", "path", "content_type", "body", "status"),
    REFUSED_IN_A_HOUSE.values(),
    ids=REFUSED_IN_A_HOUSE,
)
def test_a_house_keeps_its_sources(
    house: Port, method: str, path: str, content_type: str, body: str, status: int
) -> None:
    before = (house.service.data / "current").readlink()
    reply = house.send(method, path, body, Content_Type=content_type)
    assert reply.status == status, reply.body
    assert (house.service.data / "current").readlink() == before


def test_the_graph_of_edits_has_the_life_of_any_other(house: Port) -> None:
    path = "/graph/edits"
    body = f"<{COUNCIL}> <{ALT}> 'Aston'@en ."
    assert house.send("GET", path).status == 404
    made = house.send("PUT", path, body, Content_Type=TURTLE)
    assert (made.status, made.headers["Location"]) == (201, path)
    tag = house.send("GET", path, Accept=TURTLE).headers["ETag"]
    more = house.send(
        "POST", path, body.replace("Aston", "Astona"), Content_Type=TURTLE, If_Match=tag
    )
    assert more.status == 204
    assert house.send("DELETE", path, If_Match=tag).status == 412
    patch = "DELETE { ?s ?p 'Aston'@en } WHERE { ?s ?p 'Aston'@en }"
    assert house.send("PATCH", path, patch, Content_Type=UPDATE).status == 204
    left = Graph().parse(data=house.send("GET", path, Accept=TURTLE).body, format="turtle")
    assert set(left) == {(COUNCIL, ALT, Literal("Astona", lang="en"))}
    assert house.send("DELETE", path).status == 204
    assert house.send("GET", path).status == 404


def test_no_update_is_lost_between_two_clients(plain: Port) -> None:
    """Both read, both add one; with If-Match the second is told, reads again and adds to both."""
    path = "/graph-store?graph=urn:counter"
    assert plain.send("PUT", path, "<urn:n> <urn:is> 0 .", Content_Type=TURTLE).status == 201
    refused = []

    def count() -> None:
        for _ in range(5):
            while True:
                read = plain.send(
                    "GET", path, Accept="application/n-triples", Accept_Encoding="gzip"
                )
                number = int(read.body.split(b'"')[1])
                written = plain.send(
                    "PUT",
                    path,
                    f"<urn:n> <urn:is> {number + 1} .",
                    Content_Type=TURTLE,
                    If_Match=read.headers["ETag"],
                )
                if written.status == 204:
                    break
                assert written.status == 412, written.body
                refused.append(number)

    clients = [threading.Thread(target=count) for _ in range(2)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    read = plain.send("GET", path, Accept="application/n-triples")
    assert read.body.split(b'"')[1] == b"10"
    assert refused


def test_a_tag_of_a_compressed_answer_is_a_tag(plain: Port) -> None:
    path = "/graph-store?graph=urn:long"
    body = "".join(f"<urn:n> <urn:is> {number} .\n" for number in range(200))
    assert plain.send("PUT", path, body, Content_Type=TURTLE).status == 201
    for coding in ("gzip", "br", "identity"):
        read = plain.send("GET", path, Accept=TURTLE, Accept_Encoding=coding)
        assert read.headers.get("Content-Encoding", "identity") == coding
        tag = read.headers["ETag"]
        body = f"{body}<urn:n> <urn:by> '{coding}' .\n"
        assert plain.send("PUT", path, body, Content_Type=TURTLE, If_Match=tag).status == 204
        assert plain.send("PUT", path, "", Content_Type=TURTLE, If_Match=tag).status == 412


def test_a_cut_off_upload_changes_nothing(plain: Port) -> None:
    path = "/graph-store?graph=urn:cut"
    assert plain.send("PUT", path, "<urn:a> <urn:p> 1 .", Content_Type=TURTLE).status == 201
    before = (plain.service.data / "current").readlink()
    address = urlsplit(plain.origin)
    head = (
        f"PUT {path} HTTP/1.1\r\nHost: h\r\nContent-Type: {TURTLE}\r\nContent-Length: 40\r\n"
        f"Authorization: {plain.bearer['Authorization']}\r\n\r\n<urn:a> <urn:p> 2 ."
    )
    with socket.create_connection((address.hostname or "", address.port or 0)) as connection:
        connection.sendall(head.encode())
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(100)[:13] in (b"HTTP/1.1 400 ", b"")
    assert (
        plain.send("PUT", path, "<urn:a> <urn:p> 3 .", Content_Type=TURTLE, If_Match="*").status
        == 204
    )
    assert [line["release"] for line in log_of(plain.service.data)][-2] == before.name


def test_a_client_that_leaves_stops_no_write(plain: Port) -> None:
    address = urlsplit(plain.origin)
    body = b"INSERT DATA { <urn:left> <urn:p> 1 }"
    head = (
        f"POST /update HTTP/1.1\r\nHost: h\r\nContent-Type: {UPDATE}\r\n"
        f"Content-Length: {len(body)}\r\nAuthorization: {plain.bearer['Authorization']}\r\n\r\n"
    )
    with socket.create_connection((address.hostname or "", address.port or 0)) as connection:
        connection.sendall(head.encode() + body)
        threading.Event().wait(DELAY)
    asked = "/sparql?query=" + quote("ASK { <urn:left> <urn:p> 1 }")
    eventually(lambda: b"true" in plain.send("GET", asked, Accept="text/csv, */*;q=0.1").body)


def test_hostile_input_leaves_the_service_alive(plain: Port) -> None:
    deep = '{"urn:p":' * 20_000 + "1" + "}" * 20_000
    hostile = plain.send(
        "PUT", "/graph-store?graph=urn:deep", deep, Content_Type="application/ld+json"
    )
    assert hostile.status in (413, 422, 503)
    nested = f"INSERT {{ <urn:a> <urn:p> ?x }} WHERE {{ BIND({'(' * 5_000}1{')' * 5_000} AS ?x) }}"
    assert plain.update(nested).status in (422, 503)
    assert plain.update("INSERT DATA { <urn:alive> <urn:p> 1 }").status == 200
    assert plain.service.get("/status").status == 200


def test_what_was_answered_survives_a_kill_of_everything(tmp_path: Path) -> None:
    data = open_directory(tmp_path)
    tokens = tokens_of(data)
    with serving(data) as service:
        port = Port(service, tokens)
        answered = []
        for number in range(3):
            reply = port.update(f"INSERT DATA {{ <urn:n> <urn:is> {number} }}")
            assert reply.status == 200
            answered.append(number)
        for pid in processes_of(data):
            os.kill(pid, signal.SIGKILL)
    eventually(lambda: not processes_of(data))
    with serving(data) as service:
        rows = service.get("/sparql?query=" + quote("SELECT ?n { <urn:n> ?p ?n }"), "text/csv")
        assert sorted(map(int, rows.text.split()[1:])) == answered
        assert Port(service, tokens).update("INSERT DATA { <urn:n> <urn:is> 3 }").status == 200


def test_nothing_is_left_of_a_service_that_has_ended(tmp_path: Path) -> None:
    data = open_directory(tmp_path)
    with serving(data) as service:
        assert (
            Port(service, tokens_of(data)).update("INSERT DATA { <urn:a> <urn:p> 1 }").status == 200
        )
        assert processes_of(data)
    assert not processes_of(data)


def processes_of(data: Path) -> list[int]:
    """The processes that serve or write this data directory (Linux)."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            environ = (folder / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        wanted = str(data).encode()
        if b"GMKG_DATA=" + wanted in environ or (
            wanted in words and b"service.writes.process" in words
        ):
            found.append(int(folder.name))
    return [pid for pid in found if pid != os.getpid()]


@pytest.mark.parametrize(
    ("field", "status"),
    [("", b"401"), ("Authorization: Bearer gmkg_00000000_" + 64 * "0" + "\r\n", b"401")],
)
def test_who_may_not_write_is_told_before_the_body_has_come(
    plain: Port, field: str, status: bytes
) -> None:
    address = urlsplit(plain.origin)
    head = (
        f"POST /update HTTP/1.1\r\nHost: h\r\nContent-Type: {UPDATE}\r\n{field}"
        "Content-Length: 10485760\r\n\r\nI"
    )
    with socket.create_connection((address.hostname or "", address.port or 0)) as connection:
        connection.settimeout(10)
        connection.sendall(head.encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 " + status)
