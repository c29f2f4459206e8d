"""A real service on a free port, started and stopped as a user would."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPResponse
from pathlib import Path

PATIENCE = 20.0
ROOT = Path(__file__).parents[1]
COMMAND = (sys.executable, "-m", "service.cli")


@dataclass(frozen=True, slots=True)
class Reply:
    """What the service answered: status, header fields and body."""

    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Service:
    """A running service and its data directory."""

    origin: str
    data: Path

    def get(
        self, path: str, accept: str = "*/*", *, follow: bool = True, method: str = "GET"
    ) -> Reply:
        """Ask for a path of the service; errors are replies like any other."""
        request = urllib.request.Request(
            self.origin + path, headers={"Accept": accept}, method=method
        )
        opener = urllib.request.build_opener(*([] if follow else [_Stay]))
        try:
            with opener.open(request, timeout=PATIENCE) as response:
                return _reply(response)
        except urllib.error.HTTPError as error:
            with error:
                return Reply(error.code, error.headers, error.read())

    def gmkg(self, *arguments: str) -> str:
        """What the command line says about the same data directory."""
        return gmkg(self.data, *arguments)


def gmkg(data: Path, *arguments: str) -> str:
    """The standard output of a command of ours, which must succeed."""
    done = subprocess.run(
        [*COMMAND, *arguments],
        env=environment(data),
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def environment(data: Path) -> dict[str, str]:
    """An environment in which only the data directory is set."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GMKG_")}
    return {**kept, "GMKG_DATA": str(data)}


def free_port() -> int:
    """A port that nobody listens at now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(
    data: Path, *arguments: str, command: Sequence[str] = COMMAND, cwd: Path = ROOT
) -> Iterator[Service]:
    """A service over a data directory that has a release; it is stopped at the end."""
    port = free_port()
    process = subprocess.Popen(
        [*command, "serve", "--port", str(port), *arguments],
        env=environment(data),
        cwd=cwd,
        stderr=subprocess.PIPE,
    )
    try:
        _await(process, port)
        yield Service(f"http://127.0.0.1:{port}", data)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def _await(process: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            _, talk = process.communicate()
            raise AssertionError(f"the service ended: {talk.decode()}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the service did not listen in time")


def _reply(response: HTTPResponse) -> Reply:
    return Reply(response.status, response.headers, response.read())
