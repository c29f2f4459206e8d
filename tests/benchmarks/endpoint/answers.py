"""Few requests, and a look at every answer whole: what wrk is too coarse for."""

import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

PATIENCE = 120.0
KEPT = 1 << 22
PAUSE = 0.05
_BUFFER = 1 << 20


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it came: its body only where that is no longer than `KEPT`, sizes in bytes."""

    status: int
    fields: dict[str, str]
    body: bytes
    length: int
    lines: int
    wire: int


class Connection:
    """One connection that is kept open, on a bare socket, from an address of the loopback."""

    def __init__(self, port: int, address: str = "127.0.0.1") -> None:
        self._socket = socket.create_connection(
            ("127.0.0.1", port), timeout=PATIENCE, source_address=(address, 0)
        )
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._held = b""
        self._at = 0
        self._received = 0

    def close(self) -> None:
        """Leave, also from another thread that waits for an answer."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def ask(self, request: bytes) -> Answer:
        """The answer to one request; ConnectionError where it is not whole."""
        self._received = len(self._held) - self._at
        self._socket.sendall(request)
        head = self._until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        status = int(head[0].split(" ", 2)[1])
        lines = (line.partition(":") for line in head[1:])
        fields = {name.lower(): value.strip() for name, _, value in lines}
        body, length, newlines = [b""], 0, 0
        for part in self._body(status, fields):
            length += len(part)
            newlines += part.count(b"\n")
            if length <= KEPT:
                body.append(part)
        wire = self._received - (len(self._held) - self._at)
        return Answer(status, fields, b"".join(body), length, newlines, wire)

    def _body(self, status: int, fields: dict[str, str]) -> Iterator[bytes]:
        if status == 304:
            return
        if fields.get("transfer-encoding") != "chunked":
            yield from self._just(int(fields["content-length"]))
            return
        while size := int(self._until(b"\r\n"), 16):
            yield from self._just(size)
            self._until(b"\r\n")
        self._until(b"\r\n")

    def _until(self, end: bytes) -> bytes:
        while (found := self._held.find(end, self._at)) < 0:
            self._held, self._at = self._held[self._at :] + self._receive(), 0
        line = self._held[self._at : found]
        self._at = found + len(end)
        return line

    def _just(self, size: int) -> Iterator[bytes]:
        while size:
            if self._at == len(self._held):
                self._held, self._at = self._receive(), 0
            part = self._held[self._at : self._at + size]
            self._at += len(part)
            size -= len(part)
            yield part

    def _receive(self) -> bytes:
        part = self._socket.recv(_BUFFER)
        if not part:
            raise ConnectionError("The server closed the connection.")
        self._received += len(part)
        return part


@contextmanager
def connected(port: int, address: str = "127.0.0.1") -> Iterator[Connection]:
    """A connection that is closed afterwards."""
    connection = Connection(port, address)
    try:
        yield connection
    finally:
        connection.close()


@dataclass(frozen=True, slots=True)
class Tour:
    """What clients were answered together: the seconds of each answer, all right ones."""

    took: list[float]
    wall: float
    fault: str | None

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.took) / self.wall


def tour(
    port: int,
    clients: int,
    seconds: float,
    request: Callable[[], bytes],
    fault_of: Callable[[Answer], str | None],
) -> Tour:
    """So many clients ask one request after another until the time is up, each at least one.

    An answer of which `fault_of` gives a fault, or none at all, voids the tour.
    """
    took: list[float] = []
    faults: list[str] = []
    begun = time.perf_counter()

    def ask() -> None:
        try:
            with connected(port) as connection:
                while not faults:
                    asked = time.perf_counter()
                    fault = fault_of(connection.ask(request()))
                    ended = time.perf_counter()
                    if fault:
                        faults.append(fault)
                    took.append(ended - asked)
                    if ended - begun > seconds:
                        return
        except (OSError, ValueError) as error:
            faults.append(f"no answer: {error}")

    _together([ask] * clients)
    return Tour(took, time.perf_counter() - begun, faults[0] if faults else None)


def _together(jobs: Sequence[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=job, daemon=True) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@dataclass
class Attack:
    """What the attackers were answered: how often each status, 0 where the connection broke."""

    statuses: Counter[int] = field(default_factory=Counter)


@contextmanager
def attack(port: int, killer: Callable[[int], bytes], attackers: int) -> Iterator[Attack]:
    """So many attackers, each of an address of its own, that ask the killer of each turn.

    At the end they leave, whatever they were waiting for.
    """
    told = Attack()
    over = threading.Event()
    connections: dict[int, Connection] = {}

    def go_on(number: int) -> None:
        turn = number
        while not over.is_set():
            try:
                connection = connections[number] = Connection(port, f"127.0.0.{2 + number}")
                while not over.is_set():
                    told.statuses[connection.ask(killer(turn)).status] += 1
                    turn += 1
                    over.wait(PAUSE)
            except (OSError, ValueError):
                if not over.is_set():
                    told.statuses[0] += 1
                    turn += 1
                    over.wait(PAUSE)

    threads = [threading.Thread(target=go_on, args=[n], daemon=True) for n in range(attackers)]
    for thread in threads:
        thread.start()
    try:
        yield told
    finally:
        over.set()
        for connection in tuple(connections.values()):
            connection.close()
        for thread in threads:
            thread.join(5)
