"""The edge over a live port: bodies, cached and conditional answers, queries, and departures."""

import asyncio
import json
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import pytest
from flask import Flask, Response, jsonify, request
from pyoxigraph import DefaultGraph, Literal, Quad
from rdflib import Graph
from rdflib.compare import isomorphic
from SPARQLWrapper import JSON as SPARQL_JSON
from SPARQLWrapper import TURTLE, SPARQLWrapper

from service.app import create_app
from service.caching import entity_tag, matches
from service.edge import Edge
from service.edge_reply import DESCRIPTORS
from service.edge_request import SILENCE, BodyBounds
from service.pending import PendingAnswer
from service.query_runner import IN_MEMORY, InProcessRunner, QueryJob, QueryRunner
from service.representations import JSON
from service.responses import register, telling
from service.serve import free_address, serve_until
from service.serving import Serving, current_release, serving
from service.settings import Settings
from service.store import Releases
from tests.benchmarks.made_release import LABEL, organisation, organisations, publish, switch

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

FIRST, SECOND = "20260101T000000Z-00000001", "20260102T000000Z-00000002"
NAMES = "SELECT ?name WHERE { ?body <http://www.w3.org/2004/02/skos/core#prefLabel> ?name }"
LARGE = "SELECT * WHERE { ?a ?b ?c . ?d a ?f } LIMIT 20000"
ENDLESS = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
COMMON = {
    "Access-Control-Allow-Origin": "*",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}


def path_of(query: str) -> str:
    return "/query?query=" + quote(query)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def problem(self) -> dict[str, object]:
        assert self.headers["content-type"] == "application/problem+json"
        told: dict[str, object] = json.loads(self.body)
        assert told["requestId"] == self.headers["x-request-id"]
        return told


@dataclass(slots=True)
class Live:
    """An edge that answers at a port; `asked` lists the paths that came through to Flask."""

    port: int
    data: Path
    asked: list[str]

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, **fields: str
    ) -> Reply:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            named = {name.replace("_", "-"): value for name, value in fields.items()}
            connection.request(
                method, path, body, named, encode_chunked="Transfer-Encoding" in named
            )
            response = connection.getresponse()
            headers = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, headers, response.read())
        finally:
            connection.close()

    def send(self, *parts: bytes, pause: float = 0.0, end: bool = False) -> bytes:
        """What comes back for these bytes on a connection of their own, until it is closed."""
        received = b""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as connection:
            for part in parts:
                connection.sendall(part)
                time.sleep(pause)
            if end:
                connection.shutdown(socket.SHUT_WR)
            while not received.endswith(b"}\n") and (more := connection.recv(65536)):
                received += more
        return received


def note_paths(app: Flask) -> list[str]:
    """The paths of the requests that come through to the application, from now on."""
    paths: list[str] = []
    within = app.wsgi_app

    def note(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        paths.append(environ["PATH_INFO"])
        return within(environ, start_response)

    app.wsgi_app = note  # type: ignore[method-assign]
    return paths


def application(settings: Settings, runner: QueryRunner) -> Flask:
    """A small application that keeps to the seam, with views that show one thing each."""
    app = Flask("stand_in")
    register(app)
    Serving(settings, Releases(settings.data), runner, "build").attach(app)

    @app.route("/environ/", defaults={"rest": ""}, methods=["GET", "POST", "PUT", "DELETE"])
    @app.route("/environ/<path:rest>", methods=["GET", "POST", "PUT", "DELETE"])
    def show_environ(rest: str) -> Response:
        shown = {name: value for name, value in request.environ.items() if isinstance(value, str)}
        response = jsonify({"rest": rest, "body": request.get_data(as_text=True), "environ": shown})
        response.headers["Cache-Control"] = "no-store"
        return response

    @app.get("/label")
    def show_label() -> Response:
        release = current_release()
        tag = entity_tag(release.id, request.path)
        (label,) = release.store.quads_for_pattern(organisation(0), LABEL, None, DefaultGraph())
        assert isinstance(label.object, Literal)
        response = Response(label.object.value, content_type="text/plain; charset=utf-8")
        response.headers["ETag"] = tag
        response.headers["Cache-Control"] = "public, no-cache"
        response.vary.add("Accept")
        return response

    @app.get("/untagged")
    def show_untagged() -> str:
        return "x"

    @app.get("/link")
    def show_link() -> Response:
        return Response("x", headers={"Link": '<https://example.org/café>; rel="related"'})

    @app.get("/failing")
    def fail() -> Response:
        raise RuntimeError("on purpose")

    @app.route("/query", methods=["GET", "POST"])
    def run_query() -> Response:
        query = request.args["query"] if request.method == "GET" else request.get_data(as_text=True)
        release = current_release()
        tag = entity_tag(release.id, query)
        if matches(request.headers.get("If-None-Match"), tag):
            return Response(status=304, headers={"ETag": tag})
        job = QueryJob(release, query, JSON)
        response = PendingAnswer(job, serving().runner, JSON.content_type, telling())
        if request.method == "GET":
            response.headers["ETag"] = tag
        response.headers["Cache-Control"] = "public, no-cache"
        return response

    return app


@contextmanager
def live(
    data: Path,
    runner: InProcessRunner | None = None,
    bounds: BodyBounds | None = None,
    make: Callable[[Settings, QueryRunner], Flask] = application,
) -> Iterator[Live]:
    """The edge at a free port of a thread of its own, stopped at the end whatever happens."""
    runner = runner or InProcessRunner(threads=2)
    app = make(Settings(data=data), runner)
    asked = note_paths(app)
    _, port = free_address("127.0.0.1", 0)
    ready, loops = threading.Event(), list[tuple[asyncio.AbstractEventLoop, asyncio.Event]]()

    async def serve() -> None:
        stop = asyncio.Event()
        loops.append((asyncio.get_running_loop(), stop))
        edge = Edge(app, bounds=bounds)
        await serve_until(stop, edge, "127.0.0.1", port, ready.set)

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    try:
        assert ready.wait(10)
        yield Live(port, data, asked)
    finally:
        for loop, stop in loops:
            loop.call_soon_threadsafe(stop.set)
        runner.stop()
        thread.join(10)
        assert not thread.is_alive()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("edge")
    publish(made, FIRST, organisations(300))
    return made


@pytest.fixture(scope="module")
def running(data: Path) -> Iterator[Live]:
    with live(data) as made:
        yield made


@pytest.fixture
def edge(running: Live) -> Live:
    running.asked.clear()
    return running


def with_common_headers(reply: Reply) -> bool:
    carried = {name.lower(): value for name, value in COMMON.items()}
    return carried.items() <= reply.headers.items() and "x-request-id" in reply.headers


# What Flask is given


def test_the_environ_is_that_of_wsgi(edge: Live) -> None:
    reply = edge.ask("/environ/a?x=%20y", X_Thing="1", Cookie="a=b")
    environ = json.loads(reply.body)["environ"]
    assert environ["REQUEST_METHOD"] == "GET"
    assert environ["PATH_INFO"] == "/environ/a"
    assert environ["QUERY_STRING"] == "x=%20y"
    assert environ["REMOTE_ADDR"] == "127.0.0.1"
    assert environ["SERVER_PORT"] == str(edge.port)
    assert environ["wsgi.url_scheme"] == "http"
    assert environ["HTTP_HOST"] == f"127.0.0.1:{edge.port}"
    assert environ["HTTP_X_THING"] == "1"
    assert environ["HTTP_COOKIE"] == "a=b"


@pytest.mark.parametrize("path", ["caf%C3%A9/%E2%82%AC", "a%20b", "100%25"])
def test_a_path_beyond_ascii_arrives_decoded_once(edge: Live, path: str) -> None:
    expected = {"caf%C3%A9/%E2%82%AC": "café/€", "a%20b": "a b", "100%25": "100%"}
    assert json.loads(edge.ask(f"/environ/{path}").body)["rest"] == expected[path]


def test_repeated_fields_are_joined(edge: Live) -> None:
    sent = b"GET /environ/ HTTP/1.1\r\nHost: h\r\nX-A: 1\r\nX-A: 2\r\nConnection: close\r\n\r\n"
    body = edge.send(sent).partition(b"\r\n\r\n")[2]
    assert json.loads(body)["environ"]["HTTP_X_A"] == "1, 2"


def test_a_field_name_with_an_underscore_cannot_pass_for_another(edge: Live) -> None:
    sent = b"GET /environ/ HTTP/1.1\r\nHost: h\r\nX_A: 1\r\nConnection: close\r\n\r\n"
    body = edge.send(sent).partition(b"\r\n\r\n")[2]
    assert "HTTP_X_A" not in json.loads(body)["environ"]


def test_a_field_that_decides_and_cannot_be_read_does_not_count_as_absent(edge: Live) -> None:
    sent = "GET /label HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer é\r\n\r\n".encode("latin-1")
    assert edge.send(sent).startswith(b"HTTP/1.1 400 ")
    assert edge.asked == []


def test_a_field_value_beyond_ascii_is_sent_percent_encoded(edge: Live) -> None:
    link = edge.ask("/link").headers["link"]
    assert link == '<https://example.org/caf%C3%A9>; rel="related"'


# Bodies


def test_a_body_arrives_whole(edge: Live) -> None:
    body = b"x" * 300_000
    assert json.loads(edge.ask("/environ/", "PUT", body).body)["body"] == body.decode()


def test_a_body_that_was_cut_off_is_a_400_and_no_view_sees_it(edge: Live) -> None:
    head = b"PUT /environ/ HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n"
    assert edge.send(head, b"abc", end=True)[:13] in (b"HTTP/1.1 400 ", b"")
    assert edge.asked == []


def test_a_body_without_a_length_is_a_411(edge: Live) -> None:
    reply = edge.ask("/environ/", "POST", Transfer_Encoding="chunked")
    assert (reply.status, with_common_headers(reply)) == (411, True)
    assert reply.problem["title"] == "A Content-Length is needed."
    assert "/environ/" in str(reply.problem["instance"])
    head = b"POST /environ/ HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
    assert edge.send(head).startswith(b"HTTP/1.1 411 ")


def test_a_length_that_is_no_number_is_a_400(edge: Live) -> None:
    for length in (b"3, 3", b"x"):
        head = b"PUT /environ/ HTTP/1.1\r\nHost: h\r\nContent-Length: %b\r\n\r\nabc" % length
        assert edge.send(head, end=True).startswith(b"HTTP/1.1 400 ")
    assert edge.asked == []


def test_a_method_that_needs_no_body_needs_no_length(edge: Live) -> None:
    sent = b"DELETE /environ/ HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
    assert edge.send(sent).startswith(b"HTTP/1.1 200 ")


def test_a_body_that_is_too_large_is_a_413_before_it_is_sent(edge: Live) -> None:
    head = b"PUT /environ/ HTTP/1.1\r\nHost: h\r\nContent-Length: 10485761\r\n\r\n"
    assert edge.send(head).startswith(b"HTTP/1.1 413 ")
    assert edge.asked == []


def test_a_client_that_sends_before_it_listens_is_told_why_it_is_refused(edge: Live) -> None:
    for chunked in (False, True):
        body = b"x" * (12 << 20)
        fields = {"Transfer_Encoding": "chunked"} if chunked else {}
        reply = edge.ask("/environ/", "PUT", body, **fields)
        assert reply.status == (411 if chunked else 413)
        assert with_common_headers(reply)
    assert edge.asked == []


def test_a_client_that_waits_for_100_continue_is_refused_before_it_sends(edge: Live) -> None:
    head = b"PUT /environ/ HTTP/1.1\r\nHost: h\r\nContent-Length: 10485761\r\n"
    taken = []
    for _ in range(4):
        begun = time.monotonic()
        assert edge.send(head, b"Expect: 100-continue\r\n\r\n").startswith(b"HTTP/1.1 413 ")
        taken.append(time.monotonic() - begun)
    assert min(taken) < SILENCE


def test_a_body_that_trickles_in_is_a_408_and_the_others_are_served(data: Path) -> None:
    with live(data, bounds=BodyBounds(seconds=1)) as edge:
        head = b"PUT /environ/ HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n"
        slow = [
            threading.Thread(target=lambda: answers.append(edge.send(head, b"x", b"x", pause=0.1)))
            for _ in range(6)
        ]
        answers: list[bytes] = []
        for thread in slow:
            thread.start()
        begun = time.monotonic()
        assert edge.ask("/untagged").status == 200
        assert time.monotonic() - begun < 1
        for thread in slow:
            thread.join()
        assert [each[:13] for each in answers] == [b"HTTP/1.1 408 "] * 6


def test_all_bodies_together_are_bounded(data: Path) -> None:
    with live(data, bounds=BodyBounds(seconds=1, held=100)) as edge:
        head = b"PUT /environ/ HTTP/1.1\r\nHost: h\r\nContent-Length: 80\r\n\r\n"
        with socket.create_connection(("127.0.0.1", edge.port)) as waiting:
            waiting.sendall(head)
            time.sleep(0.1)
            refused = edge.ask("/environ/", "PUT", b"x" * 30)
            assert (refused.status, refused.headers["retry-after"]) == (503, "5")
            waiting.sendall(b"x" * 80)
            assert waiting.recv(100).startswith(b"HTTP/1.1 200 ")
        assert edge.ask("/environ/", "PUT", b"x" * 30).status == 200


# What was answered before


def test_an_answer_with_a_tag_is_given_again_without_flask(edge: Live) -> None:
    first, again = edge.ask("/label?a"), edge.ask("/label?a")
    assert edge.asked == ["/label"]
    assert first.body == again.body == b"Organisation 0"
    changing = ("date", "x-request-id", "content-security-policy")
    assert {k: v for k, v in first.headers.items() if k not in changing} == {
        k: v for k, v in again.headers.items() if k not in changing
    }
    assert all(first.headers[name] != again.headers[name] for name in changing[1:])


def test_an_answer_without_a_tag_is_asked_for_again(edge: Live) -> None:
    edge.ask("/untagged")
    edge.ask("/untagged")
    assert edge.asked == ["/untagged"] * 2


def test_a_client_that_has_the_answer_gets_304(edge: Live) -> None:
    tag = edge.ask("/label?b").headers["etag"]
    reply = edge.ask("/label?b", If_None_Match=f'"other", W/{tag}')
    assert (reply.status, reply.body) == (304, b"")
    assert (reply.headers["etag"], reply.headers["vary"]) == (tag, "Accept")
    assert "content-type" not in reply.headers
    assert with_common_headers(reply)
    assert edge.ask("/label?b", If_None_Match='"other"').status == 200
    assert edge.asked == ["/label"]


def test_authorization_and_other_forms_do_not_meet_the_cache(edge: Live) -> None:
    edge.ask("/label?c", Accept="text/plain")
    edge.ask("/label?c", Accept="text/plain", Authorization="Bearer x")
    edge.ask("/label?c", Accept="text/turtle")
    assert len(edge.asked) == 3


def test_a_request_s_own_id_comes_back_when_it_is_sane(edge: Live) -> None:
    for path in ("/label?d", "/label?d", "/untagged"):
        assert edge.ask(path, X_Request_Id="mine-1").headers["x-request-id"] == "mine-1"
    assert edge.ask("/label?d", X_Request_Id="a b").headers["x-request-id"] != "a b"


@pytest.mark.parametrize(
    "path", ["/label?e", "/untagged", "/nothing", path_of("ASK {}"), path_of(LARGE)]
)
def test_head_has_the_headers_of_get_and_no_body(edge: Live, path: str) -> None:
    head, get = edge.ask(path, "HEAD"), edge.ask(path)
    changing = ["date", "x-request-id", "content-security-policy"]
    if get.status == 404:
        changing.append("content-length")
    assert (head.status, head.body) == (get.status, b"")
    assert {k: v for k, v in head.headers.items() if k not in changing} == {
        k: v for k, v in get.headers.items() if k not in changing
    }
    assert get.headers["content-length"] == str(len(get.body))


def test_a_fault_in_a_view_is_a_500_with_the_common_headers(
    edge: Live, caplog: pytest.LogCaptureFixture
) -> None:
    reply = edge.ask("/failing")
    assert (reply.status, with_common_headers(reply)) == (500, True)
    assert "on purpose" not in reply.body.decode()
    assert caplog.records


# Queries


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


# The real endpoint


@pytest.fixture(scope="module")
def endpoint(data: Path) -> Iterator[Live]:
    with live(data, make=create_app) as made:
        yield made


def sparql(query: str, **fields: str) -> str:
    return "/sparql?" + urlencode({"query": query, **fields})


def stable(reply: Reply) -> dict[str, str]:
    """The headers that two answers in the same form share."""
    own = ("date", "etag", "x-request-id", "content-security-policy", "content-length")
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


# Releases


def test_without_a_release_flask_tells_the_client(tmp_path: Path) -> None:
    with live(tmp_path) as edge:
        reply = edge.ask("/label")
        assert (reply.status, reply.problem["title"]) == (503, "There is no release yet.")
        publish(tmp_path, FIRST, organisations(1))
        assert edge.ask("/label").status == 200


def test_while_releases_change_each_answer_is_wholly_of_one_release(tmp_path: Path) -> None:
    labels = {FIRST: "Organisation 0", SECOND: "Renamed"}
    renamed = Quad(organisation(0), LABEL, Literal("Renamed", language="en"))
    publish(tmp_path, SECOND, [renamed])
    publish(tmp_path, FIRST, organisations(20))
    expected = {label: entity_tag(release, "/label") for release, label in labels.items()}
    with live(tmp_path) as edge:
        stop = threading.Event()
        seen: list[tuple[str, str]] = []

        def read() -> None:
            while not stop.is_set():
                reply = edge.ask("/label")
                assert reply.status == 200
                seen.append((reply.body.decode(), reply.headers["etag"]))

        readers = [threading.Thread(target=read) for _ in range(3)]
        for reader in readers:
            reader.start()
        try:
            for turn in range(20):
                release = (SECOND, FIRST)[turn % 2]
                switch(tmp_path, release)
                assert edge.ask("/label").body.decode() == labels[release]
                time.sleep(0.02)
        finally:
            stop.set()
            for reader in readers:
                reader.join()
        assert len(seen) > 20
        assert {label for label, _ in seen} == set(labels.values())
        assert all(tag == expected[label] for label, tag in seen)


def test_clients_in_parallel_get_each_their_own_answer(edge: Live) -> None:
    wrong: list[object] = []

    def ask(client: int) -> None:
        for number in range(15):
            sent = f"{client}-{number}"
            got = json.loads(edge.ask(f"/environ/{sent}", "POST", sent.encode()).body)
            if (got["rest"], got["body"]) != (sent, sent):
                wrong.append(got)

    clients = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    assert wrong == []
    assert len(edge.asked) == 8 * 15


# The end


def test_at_a_stop_the_requests_in_progress_are_answered_with_503(data: Path) -> None:
    path = path_of(ENDLESS)
    with socket.socket() as waiting, socket.socket() as silent:
        with live(data) as edge:
            for connection in (waiting, silent):
                connection.connect(("127.0.0.1", edge.port))
            waiting.sendall(f"GET {path} HTTP/1.1\r\nHost: h\r\n\r\n".encode())
            silent.sendall(b"GET / HTTP/1.1\r\nHo")
            time.sleep(0.2)
            begun = time.monotonic()
        assert time.monotonic() - begun < 10
        assert waiting.recv(100).startswith(b"HTTP/1.1 503 ")


def eventually(holds: Callable[[], bool], seconds: float = 15.0) -> None:
    """Wait until something holds; the test fails if it does not in time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)
