"""How long a client waits: our service beside the native server, over the same release.

    python -m tests.benchmarks.first_byte [--data DIRECTORY | --things N] [--count N]

One client with one kept connection to each server asks them in turn, so that both meet the same
moments of the machine. The first byte is the first of the response; both servers send an answer
only when it is complete, or nearly.
"""

import argparse
import os
import platform
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

from pyoxigraph import NamedNode

from service.store import CURRENT, Release, Releases
from tests.benchmarks.made_release import TYPE, organisations, publish
from tests.benchmarks.servers import (
    PATIENCE,
    free_port,
    native_program,
    our_environment,
    running,
)

RESULTS = "application/sparql-results+json"
TURTLE = "text/turtle"
HTML = "text/html"
TINY = "SELECT ?p ?o WHERE {{ <{iri}> ?p ?o }} LIMIT 5"
WARM_UP = 20


@dataclass(frozen=True, slots=True)
class Case:
    """One question to both servers: the head of the n-th request to each, or None for neither."""

    name: str
    ours: Callable[[int], bytes]
    native: Callable[[int], bytes] | None
    statuses: tuple[int, ...] = (200,)


@dataclass(frozen=True, slots=True)
class Times:
    """What one server took, in seconds: to the first byte of each answer, and to its last."""

    first: list[float]
    whole: list[float]


class Client:
    """One connection that is kept open, on a bare socket: nothing of a library is measured."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()

    def ask(self, request: bytes, statuses: Sequence[int]) -> tuple[float, float]:
        """Seconds to the first byte and to the last; an unexpected status ends the measurement."""
        begun = time.perf_counter()
        self._socket.sendall(request)
        received = self._receive()
        first = time.perf_counter() - begun
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._receive()
        head, body = received[:end].decode("latin-1"), received[end + 4 :]
        status = int(head.split(" ", 2)[1])
        if status not in statuses:
            raise RuntimeError(f"status {status} for {request.decode('latin-1')}")
        fields = dict(
            (name.lower(), value)
            for name, _, value in (line.partition(": ") for line in head.split("\r\n")[1:])
        )
        if fields.get("transfer-encoding") == "chunked":
            while not body.endswith(b"0\r\n\r\n"):
                body += self._receive()
        elif status != 304:
            missing = int(fields["content-length"]) - len(body)
            while missing > 0:
                missing -= len(self._receive())
        return first, time.perf_counter() - begun

    def _receive(self) -> bytes:
        part = self._socket.recv(1 << 18)
        if not part:
            raise RuntimeError("the server closed the connection")
        return part


def head_of(path: str, accept: str, **fields: str) -> bytes:
    """A GET request."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", f"Accept: {accept}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def cases(release: Release, tag: str) -> Iterator[Case]:
    """What is measured, over the things of a release; `tag` is that of the cached query."""
    things = _things(release)

    def query(path: str, accept: str, text: Callable[[int], str]) -> Callable[[int], bytes]:
        return lambda n: head_of(f"{path}?query={quote(text(n))}", accept)

    def tiny(n: int) -> str:
        return TINY.format(iri=things[n % len(things)]) + f" # {n}"

    def same(_: int) -> str:
        return TINY.format(iri=things[0])

    def describe(n: int) -> str:
        return f"DESCRIBE <{things[n % len(things)]}> # {n}"

    def document(suffix: str, accept: str, vary: bool) -> Callable[[int], bytes]:
        base = f"{release.base}id/"
        paths = [f"/doc/{iri.removeprefix(base)}.{suffix}" for iri in things]
        if vary:
            return lambda n: head_of(f"{paths[n % len(paths)]}?n={n}", accept)
        return lambda _: head_of(paths[0], accept)

    yield Case(
        "tiny SELECT, never asked before",
        query("/sparql", RESULTS, tiny),
        query("/query", RESULTS, tiny),
    )
    yield Case(
        "tiny SELECT, asked before", query("/sparql", RESULTS, same), query("/query", RESULTS, same)
    )
    yield Case(
        "tiny SELECT that the client has (304; native: 200)",
        lambda n: head_of(f"/sparql?query={quote(same(n))}", RESULTS, If_None_Match=tag),
        query("/query", RESULTS, same),
        (200, 304),
    )
    yield Case(
        "description in Turtle, never asked before (native: DESCRIBE)",
        document("ttl", TURTLE, True),
        query("/query", TURTLE, describe),
    )
    yield Case(
        "description in Turtle, asked before (native: DESCRIBE)",
        document("ttl", TURTLE, False),
        query("/query", TURTLE, lambda _: describe(0)),
    )
    yield Case("page, never asked before", document("html", HTML, True), None)
    yield Case("page, asked before", document("html", HTML, False), None)


def measure(case: Case, ours: Client, native: Client, count: int) -> tuple[Times, Times | None]:
    """The times of both servers, asked in turn."""
    measured = Times([], []), Times([], [])
    for number in range(WARM_UP + count):
        for times, client, request in zip(
            measured, (ours, native), (case.ours, case.native), strict=True
        ):
            if request is not None:
                first, whole = client.ask(request(number), case.statuses)
                if number >= WARM_UP:
                    times.first.append(first)
                    times.whole.append(whole)
    return measured[0], measured[1] if case.native else None


def table(measured: Sequence[tuple[Case, Times, Times | None]]) -> str:
    """A Markdown table in milliseconds; a ratio above 1 says how much longer ours took."""
    rows = [
        "| | ours: first byte | ours: whole | native: first byte | native: whole | ratio: whole |",
        "|---|---|---|---|---|---|",
    ]
    for case, ours, native in measured:
        ratio = (
            f"{statistics.median(ours.whole) / statistics.median(native.whole):.2f}"
            if native
            else "–"
        )
        theirs = [_shown(native.first), _shown(native.whole)] if native else ["–", "–"]
        cells = [case.name, _shown(ours.first), _shown(ours.whole), *theirs, ratio]
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.first_byte")
    parser.add_argument("--data", type=Path, help="a data directory; else ./var, or made-up things")
    parser.add_argument("--things", type=int, default=20_000, help="how many things to make up")
    parser.add_argument("--count", type=int, default=500, help="how many requests of each kind")
    given = parser.parse_args(arguments)
    with ExitStack() as stack:
        data = given.data or Path("var")
        if given.data is None and not (data / CURRENT).exists():
            data = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            publish(data, "20260101T000000Z-00000001", organisations(given.things))
        release = Releases(data).current()
        ours = stack.enter_context(_our_service(data))
        native = stack.enter_context(_native_server(release))
        tag = _tag(
            ours, head_of(f"/sparql?query={quote(TINY.format(iri=_things(release)[0]))}", RESULTS)
        )
        measured = []
        for case in cases(release, tag):
            clients = Client(ours), Client(native)
            for client in clients:
                stack.callback(client.close)
            measured.append((case, *measure(case, *clients, given.count)))
    print(_circumstances(release, given.count), table(measured), sep="\n\n")


def _circumstances(release: Release, count: int) -> str:
    quads = sum(1 for _ in release.store.quads_for_pattern(None, None, None))
    return (
        f"{count} requests of each kind by one client; median / 95th percentile in ms. "
        f"{quads:,} quads (the union included). {platform.system()} on {platform.machine()}, "
        f"{os.cpu_count()} processors shared by servers and client, Python "
        f"{platform.python_version()}, pyoxigraph {version('pyoxigraph')}, oxigraph "
        f"{version('oxigraph')}, granian {version('granian')}."
    )


def _shown(seconds: Sequence[float]) -> str:
    high = statistics.quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
    return f"{statistics.median(seconds) * 1000:.2f} / {high * 1000:.2f}"


def _things(release: Release, at_most: int = 500) -> list[str]:
    """The IRIs of some things that have a page of their own."""
    identified = f"{release.base}id/"
    found: dict[str, None] = {}
    for quad in release.store.quads_for_pattern(None, TYPE, None):
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(identified):
            found[quad.subject.value] = None
            if len(found) == at_most:
                break
    return list(found)


def _tag(port: int, request: bytes) -> str:
    """The entity tag that our service gives the answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    lines = answer.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    (tag,) = (line.partition(": ")[2] for line in lines if line.lower().startswith("etag: "))
    return tag


@contextmanager
def _our_service(data: Path) -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "service.cli", "serve", "--port", str(port)]
    with running([*command, "--data", str(data.resolve())], port, our_environment()):
        yield port


@contextmanager
def _native_server(release: Release) -> Iterator[int]:
    program = native_program()
    if program is None:
        raise RuntimeError("The native server is missing: `pip install --group benchmark`.")
    port = free_port()
    store = release.path / release.audience / "store"
    command = [program, "serve-read-only", "--location", str(store), "--bind", f"127.0.0.1:{port}"]
    with running(command, port, dict(os.environ)):
        yield port


if __name__ == "__main__":
    main()
