"""The three services: ours, the engine's own server, and a Python peer, each over the same data."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.processes import family, held_by
from tests.benchmarks.servers import free_port, native_program, our_environment, running

RDFLIB_ENDPOINT = "0.6.3"
LOADING = 300.0
LINGERING = 5.0
GIB = 1 << 30

_PEER = Path(sys.prefix) / "rdflib-endpoint"  # what it needs is none of ours, so it lives apart


@dataclass(frozen=True, slots=True)
class Service:
    """A running service: where it answers queries, and its first process."""

    name: str
    port: int
    path: str
    process: int

    def memory(self) -> tuple[int, int]:
        """How many processes it is, and the bytes that they hold together."""
        return len(list(family(self.process))), held_by(self.process)


@contextmanager
def ours(data: Path, *options: str) -> Iterator[Service]:
    """`gmkg serve` over a data directory, with its own defaults but for the options."""
    command = [sys.executable, "-m", "service.cli", "serve", "--data", str(data.resolve())]
    with _served("ours", "/sparql", [*command, *options, "--port"], our_environment()) as service:
        yield service


@contextmanager
def native(data: Path, memory: int | None = None) -> Iterator[Service]:
    """`oxigraph serve-read-only` over the store of the current release.

    Raises:
        RuntimeError: it is not installed.
    """
    program = native_program()
    if program is None:
        raise RuntimeError("The native server is missing: `pip install --group benchmark`.")
    store = data.resolve() / "current" / "public" / "store"
    command = [program, "serve-read-only", "--location", str(store), "--bind"]
    with _served("native", "/query", command, os.environ, address="127.0.0.1:") as service:
        if memory is not None:
            resource.prlimit(service.process, resource.RLIMIT_AS, (memory, memory))
        yield service


@contextmanager
def rdflib_endpoint(quads: Path) -> Iterator[Service]:
    """rdflib-endpoint over a file of N-Quads, which it reads into memory first.

    Raises:
        RuntimeError: it cannot be installed, or does not get ready in minutes.
    """
    python = install_peer()
    command = [str(python), "-m", "rdflib_endpoint", "serve", "--host", "127.0.0.1"]
    with _served(
        "rdflib-endpoint", "/", [*command, str(quads), "--port"], os.environ, patience=LOADING
    ) as service:
        yield service


def install_peer() -> Path:
    """The Python of an environment that has rdflib-endpoint, made where it is not there yet.

    Raises:
        RuntimeError: it cannot be installed; the reason, as pip tells it.
    """
    python = _PEER / "bin" / "python"
    if any(_PEER.glob(f"lib/*/site-packages/rdflib_endpoint-{RDFLIB_ENDPOINT}.dist-info")):
        return python
    requirement = f"rdflib-endpoint[cli]=={RDFLIB_ENDPOINT}"
    for command in (
        (sys.executable, "-m", "venv", str(_PEER)),
        (
            str(python),
            "-m",
            "pip",
            "install",
            "--quiet",
            requirement,
            f"rdflib=={version('rdflib')}",
        ),
    ):
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        if ended.returncode != 0:
            raise RuntimeError(f"rdflib-endpoint cannot be installed: {ended.stderr.strip()}")
    return python


@contextmanager
def _served(
    name: str,
    path: str,
    command: Sequence[str],
    environment: Mapping[str, str],
    address: str = "",
    patience: float = 30.0,
) -> Iterator[Service]:
    port = free_port()
    started: list[int] = []
    try:
        with running([*command, f"{address}{port}"], port, environment, patience) as process:
            try:
                yield Service(name, port, path, process.pid)
            finally:
                started = list(family(process.pid))
    finally:
        _see_that_ended(name, started)


def _see_that_ended(name: str, processes: Sequence[int]) -> None:
    """Wait until none of the processes is left; RuntimeError, and an end to them, otherwise."""
    end = time.monotonic() + LINGERING
    left = [each for each in processes if _runs(each)]
    while left and time.monotonic() < end:
        time.sleep(0.05)
        left = [each for each in left if _runs(each)]
    for each in left:
        os.kill(each, signal.SIGKILL)
    if left:
        raise RuntimeError(f"{len(left)} processes of {name} were left over.")


def _runs(process: int) -> bool:
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
