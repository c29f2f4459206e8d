"""What a worker and its parent say to one another, over one socket pair.

The parent sends a request and waits: a worker has one query at a time. A request is its length, a
few numbers, the scope of the query in JSON, the terms that its variables are given, and its text.
Scopes are few, and so both sides remember how one is written. A reply is a kind, a flag, a length
and a payload. Each is written at once, so that a small query costs one write and one read on
either side.
"""

import json
import os
import struct
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from service.errors import ServiceError

LENGTH = struct.Struct(">I")
REQUEST = struct.Struct(">Qd?II")
REPLY = struct.Struct(">c?I")
# Most of what is said fits into the first part: room for more would be taken from the system, and
# given back, each time.
FIRST_PART = 1 << 14
AT_ONCE = 1 << 18
REMEMBERED = 64
VARIABLE = "urn:variable:"
ANYTHING = NamedNode("urn:query")
NONE: Mapping[str, NamedNode | Literal] = MappingProxyType({})

READY = b"R"  # the worker has started; JSON of what holds it in
OPENED = b"O"  # the release that was asked for is open, or could not be
ANSWER = b"A"  # the answer itself
FILE = b"F"  # the answer lies in the spool file; its size in decimal
PROBLEM = b"P"  # JSON of a problem, and of what the log should say

KINDS = frozenset((READY, OPENED, ANSWER, FILE, PROBLEM))
LONGEST_REPLY = 2 << 20  # an answer that is longer than half of it lies in a file

# The exit status of a worker whose query wanted more memory than it may take.
EXHAUSTED = 70


class Scope(NamedTuple):
    """What a query is asked of, and in which form: all but its text.

    `release` is a directory, `form` the name of a representation.
    """

    release: str
    audience: str
    form: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] | None = None


class Request(NamedTuple):
    """One query as a worker is asked it. `number` names the spool file, `seconds` is a last bound.

    With `query` None the worker only opens the release.
    """

    number: int
    seconds: float
    scope: Scope
    query: str | None
    substitutions: Mapping[str, NamedNode | Literal] = NONE

    def encoded(self) -> bytes:
        """The frame; UnicodeEncodeError where the query is no text that Unicode knows."""
        number, seconds, scope, query, substitutions = self
        written = _written(scope)
        terms = _written_terms(substitutions) if substitutions else b""
        text = b"" if query is None else query.encode()
        size = REQUEST.size + len(written) + len(terms) + len(text)
        return b"".join(
            (
                LENGTH.pack(size),
                REQUEST.pack(number, seconds, query is not None, len(written), len(terms)),
                written,
                terms,
                text,
            )
        )


def decode_request(payload: bytes) -> Request:
    """The request in a frame, without its length."""
    number, seconds, has_query, size, terms_size = REQUEST.unpack_from(payload)
    end = REQUEST.size + size
    scope = _read(payload[REQUEST.size : end])
    terms = _read_terms(payload[end : end + terms_size]) if terms_size else NONE
    query = payload[end + terms_size :].decode() if has_query else None
    return Request(number, seconds, scope, query, terms)


def _written_terms(terms: Mapping[str, NamedNode | Literal]) -> bytes:
    """The terms as objects of N-Triples, whose predicates are the variables."""
    return "".join(
        f"{Triple(ANYTHING, NamedNode(VARIABLE + name), term)} .\n" for name, term in terms.items()
    ).encode()


def _read_terms(written: bytes) -> dict[str, NamedNode | Literal]:
    return {
        quad.predicate.value.removeprefix(VARIABLE): quad.object
        for quad in parse(written, format=RdfFormat.N_TRIPLES)
        if isinstance(quad.object, NamedNode | Literal)
    }


@lru_cache(REMEMBERED)
def _written(scope: Scope) -> bytes:
    return json.dumps(scope).encode()


@lru_cache(REMEMBERED)
def _read(written: bytes) -> Scope:
    release, audience, form, default_graphs, named_graphs = json.loads(written)
    named = None if named_graphs is None else tuple(named_graphs)
    return Scope(release, audience, form, tuple(default_graphs), named)


class Reply(NamedTuple):
    """What a worker says. `retires` means that it is spent: it takes no other request."""

    kind: bytes
    retires: bool
    payload: bytes

    def encoded(self) -> bytes:
        """The frame."""
        return REPLY.pack(self.kind, self.retires, len(self.payload)) + self.payload


class ChannelError(ServiceError):
    """What came over the channel is no reply: its worker is not to be trusted any more."""


class Incoming:
    """Puts together the replies that arrive part by part."""

    __slots__ = ("_parts", "_size")

    @property
    def room(self) -> int:
        """How many bytes to ask for next."""
        return AT_ONCE if self._parts else FIRST_PART

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0

    def take(self, part: bytes) -> Reply | None:
        """The reply that this part completes, or None; a worker never sends two at a time."""
        if self._parts or len(part) < REPLY.size:
            self._parts.append(part)
            self._size += len(part)
            if self._size < REPLY.size:
                return None
            if len(self._parts[0]) < REPLY.size:
                self._parts = [b"".join(self._parts)]
            kind, retires, length = _checked(self._parts[0])
            if self._size < REPLY.size + length:
                return None
            whole = b"".join(self._parts)
            self._parts, self._size = [], 0
            return Reply(kind, retires, whole[REPLY.size :])
        kind, retires, length = _checked(part)
        if len(part) == REPLY.size + length:
            return Reply(kind, retires, part[REPLY.size :])
        self._parts, self._size = [part], len(part)
        return None


def _checked(part: bytes) -> tuple[bytes, bool, int]:
    """The head of a reply; ChannelError where no worker would say it."""
    kind, retires, length = REPLY.unpack_from(part)
    if kind not in KINDS or length > LONGEST_REPLY:
        raise ChannelError
    return kind, retires, length


def receive(descriptor: int) -> bytes | None:
    """The next request's payload, waited for; None when the parent has closed its end."""
    part = os.read(descriptor, FIRST_PART)
    if len(part) >= LENGTH.size and len(part) == LENGTH.size + LENGTH.unpack_from(part)[0]:
        return part[LENGTH.size :]
    received = bytearray(part)
    wanted = LENGTH.size
    while part:
        if len(received) >= LENGTH.size:
            wanted = LENGTH.size + LENGTH.unpack_from(received)[0]
            if len(received) >= wanted:
                return bytes(received[LENGTH.size :])
        part = os.read(descriptor, AT_ONCE)
        received += part
    return None


def send(descriptor: int, reply: Reply) -> None:
    """Write the reply, however long the parent takes to read it."""
    frame = memoryview(reply.encoded())
    while frame:
        frame = frame[os.write(descriptor, frame) :]
