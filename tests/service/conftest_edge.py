"""The edge at a live port, in front of a small application, for the modules that import it."""

import asyncio
import json
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from flask import Flask, Response, jsonify, request
from pyoxigraph import DefaultGraph, Literal

from service.caching import entity_tag, matches
from service.edge import Edge
from service.edge_request import BodyBounds
from service.pending import PendingAnswer
from service.query_runner import QueryJob, QueryRunner
from service.representations import JSON
from service.responses import register, telling
from service.serve import free_address, serve_until
from service.serving import Serving, current_release, serving
from service.settings import Settings
from service.store import Releases
from service.token_file import KnownTokens
from service.writes.writer import Writer
from tests.benchmarks.made_release import LABEL, organisation, organisations, publish
from tests.service.in_process_runner import InProcessRunner

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
    tokens = KnownTokens(settings.data)
    writer = Writer.from_settings(settings)
    Serving(settings, Releases(settings.data), runner, "build", tokens, writer).attach(app)

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
    runner: QueryRunner | None = None,
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


def eventually(holds: Callable[[], bool], seconds: float = 15.0) -> None:
    """Wait until something holds; the test fails if it does not in time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)
