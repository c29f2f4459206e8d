"""Frames: what is written is what is read, however it is cut up on the way."""

import os
import socket
import threading

import pytest
from pyoxigraph import Literal, NamedNode

from service.workers.channel import (
    ANSWER,
    READY,
    ChannelError,
    Incoming,
    Reply,
    Request,
    Scope,
    decode_request,
    receive,
    send,
)

REQUESTS = [
    Request(7, 30.0, Scope("/data/releases/x", "public", "json"), "SELECT * { ?s ?p '\0é\n' }"),
    Request(1, 0.5, Scope("/d", "partner", "ttl", ("urn:a", 'urn:"\0'), ()), "ASK {}"),
    Request(0, 0.0, Scope("/d", "public", "", (), ("urn:\ud800",)), None),
    Request(1 << 40, 1.0, Scope("/d", "public", "csv"), ""),
]


@pytest.mark.parametrize("request_", REQUESTS)
def test_a_request_is_read_as_it_was_written(request_: Request) -> None:
    frame = request_.encoded()
    assert int.from_bytes(frame[:4]) == len(frame) - 4
    assert decode_request(frame[4:]) == request_


def test_a_query_that_is_no_unicode_text_has_no_frame() -> None:
    with pytest.raises(UnicodeEncodeError):
        REQUESTS[0]._replace(query="ASK { ?s ?p '\ud800' }").encoded()


@pytest.mark.parametrize("size", [0, 1, 5, 1 << 20])
def test_a_reply_is_read_once_however_it_is_cut(size: int) -> None:
    reply = Reply(ANSWER, True, os.urandom(size))
    frame = reply.encoded()
    cuts = [*range(1, 8), len(frame) // 2, len(frame) - 1]
    for cut in [each for each in cuts if 0 < each < len(frame)]:
        incoming = Incoming()
        assert incoming.take(frame[:cut]) is None
        assert incoming.take(frame[cut:]) == reply
        assert incoming.take(frame) == reply, "nothing is left of the one before"
    incoming = Incoming()
    pieces = [frame[at : at + 100_000] for at in range(0, len(frame), 100_000)]
    assert [incoming.take(piece) for piece in pieces][-1] == reply


@pytest.mark.parametrize(
    "frame", [b"X\0" + bytes(4), b"A\0\xff\xff\xff\xff", b"A\0\0\x20\0\x01" + bytes(9)]
)
def test_what_is_no_reply_is_not_waited_for(frame: bytes) -> None:
    with pytest.raises(ChannelError):
        Incoming().take(frame)
    incoming = Incoming()
    assert incoming.take(frame[:3]) is None
    with pytest.raises(ChannelError):
        incoming.take(frame[3:])


def test_the_byte_by_byte_reply_is_read_too() -> None:
    reply = Reply(READY, False, b'{"network": true}')
    incoming = Incoming()
    read = [incoming.take(bytes([each])) for each in reply.encoded()]
    assert read[-1] == reply
    assert set(read[:-1]) == {None}


def test_a_worker_waits_for_the_whole_request_and_sends_a_whole_reply() -> None:
    parent, worker = socket.socketpair()
    with parent, worker:
        payload = b"x" * (3 << 20)
        frame = len(payload).to_bytes(4) + payload

        def write() -> None:
            for at in range(0, len(frame), 70_001):
                parent.sendall(frame[at : at + 70_001])

        writing = threading.Thread(target=write)
        writing.start()
        assert receive(worker.fileno()) == payload
        writing.join()
        parent.sendall(b"\0\0")
        parent.shutdown(socket.SHUT_WR)
        assert receive(worker.fileno()) is None
        reply = Reply(ANSWER, False, b"y" * (2 << 20))
        answering = threading.Thread(target=send, args=(worker.fileno(), reply))
        answering.start()
        incoming, whole = Incoming(), None
        while whole is None:
            whole = incoming.take(parent.recv(1 << 18))
        answering.join()
        assert whole == reply


def test_terms_that_variables_are_given_come_as_they_were_sent() -> None:
    terms: dict[str, NamedNode | Literal] = {
        "who": NamedNode("http://example.org/Straße?a=b#c"),
        "word": Literal('a "quote"\n\\ and a tab\t', language="en-gb"),
        "day": Literal("2026-11-22", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#date")),
        "ünï": Literal(""),
    }
    request = Request(7, 1.5, Scope("/data/r", "public", "json"), "SELECT ?who {}", terms)
    sent = request.encoded()
    assert decode_request(sent[4:]) == request
    assert dict(decode_request(sent[4:]).substitutions) == terms
