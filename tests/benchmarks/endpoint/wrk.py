"""Many requests by wrk, an HTTP client that takes little of the machine: how many were answered.

A timed run looks at no answer, for that would take the client longer than the server. Its answers
are checked by their sum: the bytes received must be those of so many answers. Before it, a short
run that is not timed looks at the status and the length of every answer.
"""

import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from threading import Lock

SCRIPT = Path(__file__).with_name("fire.lua")
MARGIN = 20.0
_LINE = re.compile(r"^SHOT ((?:[a-z0-9]+=[0-9]+ ?)+)$", re.MULTILINE)
_FAULTS = ("connect", "read", "write", "status", "timeout", "wrong")


@dataclass(frozen=True, slots=True)
class Load:
    """A request as it is sent, with `{key}` and `{n}` in it, and what has to be answered.

    `body` is the length of every body, `wire` the least and the greatest length of an answer with
    its head, all in bytes.
    """

    port: int
    request: bytes
    status: int
    body: int
    wire: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shot:
    """What one run of wrk counted; percentiles are in milliseconds."""

    requests: int
    seconds: float
    received: int
    faults: Mapping[str, int]
    p50: float
    p99: float

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.requests / self.seconds


def program() -> str | None:
    """The program, where it is installed."""
    return shutil.which("wrk")


def version() -> str:
    """What the program calls its version."""
    said = subprocess.run([program() or "wrk", "--version"], capture_output=True, text=True)
    found = re.search(r"[0-9]+(\.[0-9]+)+", said.stdout)
    return found[0] if found else "of unknown version"


def read(output: str) -> Shot:
    """What wrk counted, as `fire.lua` has it say; ValueError where it says nothing of the kind."""
    found = _LINE.findall(output)
    if len(found) != 1:
        raise ValueError(f"wrk did not say what it counted: {output[-500:]}")
    said = {
        name: int(value) for name, _, value in (each.partition("=") for each in found[0].split())
    }
    wanted = {"requests", "microseconds", "bytes", "p50", "p99", *_FAULTS}
    if said.keys() != wanted or not said["microseconds"]:
        raise ValueError(f"wrk counted something else: {found[0]}")
    return Shot(
        said["requests"],
        said["microseconds"] / 1e6,
        said["bytes"],
        {name: said[name] for name in _FAULTS if said[name]},
        said["p50"] / 1000,
        said["p99"] / 1000,
    )


def fault_of(shot: Shot, load: Load, clients: int) -> str | None:
    """Why a run counts for nothing; None where each answer was the right one.

    What clients were receiving at the end was received and is not counted as answered.
    """
    if shot.faults:
        said = ", ".join(f"{count} {name}" for name, count in shot.faults.items())
        return f"errors: {said}"
    if not shot.requests:
        return "no answer"
    least, most = load.wire
    if not shot.requests * least <= shot.received <= (shot.requests + clients) * most:
        return f"{shot.received / shot.requests:.0f} bytes an answer, not {least} to {most}"
    return None


class Gun:
    """Fires loads; a number that it gave to a request never comes again."""

    def __init__(self, lowest: int, keys: int) -> None:
        self._lowest, self._keys = lowest, keys
        self._serial = 0
        self._lock = Lock()

    def fill(self, request: bytes) -> tuple[int, bytes]:
        """The next single request, and the number of the record that it asks about."""
        with self._lock:
            self._serial += 1
            serial = self._serial
        key = self._lowest + serial * 7919 % self._keys
        return key, request.replace(b"{key}", b"%06d" % key).replace(b"{n}", b"%09d" % serial)

    def fire(self, load: Load, clients: int, seconds: float, *, checked: bool = False) -> Shot:
        """One run; RuntimeError or ValueError where wrk itself fails.

        wrk knows whole seconds only, so it is interrupted when the time is up, as it allows.
        """
        expected = [str(load.status), str(load.body)] if checked else []
        with tempfile.NamedTemporaryFile() as file:
            file.write(load.request)
            file.flush()
            command = [program() or "wrk", "--threads", "1", "--connections", str(clients)]
            command += ["--duration", f"{ceil(seconds) + 1}s", "--timeout", "60s"]
            command += ["--script", str(SCRIPT), f"http://127.0.0.1:{load.port}", "--", file.name]
            command += [str(each) for each in (self._serial, self._lowest, self._keys, *expected)]
            output = _run(command, seconds)
        shot = read(output)
        self._serial += shot.requests + 4 * clients
        return shot


def _run(command: list[str], seconds: float) -> str:
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
    )
    try:
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=MARGIN)
    except subprocess.TimeoutExpired:
        raise RuntimeError("wrk does not end.") from None
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    return output.decode(errors="replace")
