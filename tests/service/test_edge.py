"""The edge over a live port: what Flask is given, faults, releases that change, and the end."""

import json
import socket
import threading
import time
from pathlib import Path

import pytest
from pyoxigraph import Literal, Quad

from service.caching import entity_tag
from tests.benchmarks.made_release import LABEL, organisation, organisations, publish, switch
from tests.service.conftest_edge import (
    ENDLESS,
    FIRST,
    SECOND,
    Live,
    data,
    edge,
    live,
    path_of,
    running,
    with_common_headers,
)
from tests.service.in_process_runner import InProcessRunner

__all__ = ["data", "edge", "running"]


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


def test_a_fault_in_a_view_is_a_500_with_the_common_headers(
    edge: Live, caplog: pytest.LogCaptureFixture
) -> None:
    reply = edge.ask("/failing")
    assert (reply.status, with_common_headers(reply)) == (500, True)
    assert "on purpose" not in reply.body.decode()
    assert caplog.records


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


def test_a_query_that_the_runner_ends_before_the_edge_stops_is_answered_with_503(
    data: Path,
) -> None:
    runner = InProcessRunner(threads=1)
    with live(data, runner) as edge, socket.socket() as waiting:
        waiting.connect(("127.0.0.1", edge.port))
        waiting.sendall(f"GET {path_of(ENDLESS)} HTTP/1.1\r\nHost: h\r\n\r\n".encode())
        time.sleep(0.3)
        runner.stop()
        received = waiting.recv(10_000)
    assert received.startswith(b"HTTP/1.1 503 ")
    assert b"The service is stopping." in received


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
