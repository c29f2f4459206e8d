"""Bodies over a live port: whole, cut off, too large, too slow, and all of them together."""

import json
import socket
import threading
import time
from contextlib import ExitStack
from pathlib import Path

from service.edge_request import SILENCE, BodyBounds
from tests.service.conftest_edge import (
    Live,
    data,
    edge,
    live,
    running,
    with_common_headers,
)

__all__ = ["data", "edge", "running"]


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


def test_one_client_cannot_take_the_room_of_all_bodies(data: Path) -> None:
    """Otherwise sixteen idle connections of anybody's would keep everybody from writing."""
    head = b"PUT /environ/ HTTP/1.1\r\nHost: h\r\nContent-Length: 40\r\n\r\n"
    with live(data, bounds=BodyBounds(seconds=2, held=100)) as edge, ExitStack() as open_ones:
        for _ in range(3):
            one = open_ones.enter_context(socket.create_connection(("127.0.0.1", edge.port)))
            one.sendall(head)
        time.sleep(0.1)
        assert edge.ask("/environ/", "PUT", b"x" * 40).status == 503
        with socket.create_connection(
            ("127.0.0.1", edge.port), source_address=("127.0.0.2", 0)
        ) as other:
            other.sendall(head + b"x" * 40)
            assert other.recv(100).startswith(b"HTTP/1.1 200 ")
