"""Commands run to their end, and what they took: time of all their processes, and memory."""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

PROC = Path("/proc")
_INTERVAL = 0.02


@dataclass(frozen=True, slots=True)
class Took:
    """What a command took, in seconds: on the clock, and of processors, its children's included."""

    wall: float
    processor: float


def time_of(command: Sequence[str]) -> Took:
    """Run a command and time it.

    Raises:
        RuntimeError: it fails.
    """
    begun = time.perf_counter()
    with started(command) as process:
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
    return Took(wall, usage.ru_utime + usage.ru_stime)


def peak_of(command: Sequence[str]) -> int:
    """Run a command; the most bytes that it and its children ever held together (Linux only).

    A page that several share counts once. Looking takes time, so what is timed is another run.

    Raises:
        RuntimeError: it fails.
    """
    highest = 0
    with started(command) as process:
        while process.poll() is None:
            highest = max(highest, held_by(process.pid))
            time.sleep(_INTERVAL)
    return highest


def held_by(process: int) -> int:
    """The bytes that a process and all that it started hold together now (Linux only)."""
    return sum(map(_held, family(process)))


@contextmanager
def started(command: Sequence[str]) -> Iterator["subprocess.Popen[bytes]"]:
    """A command under way, without settings of ours; it has ended well, or is ended.

    Raises:
        RuntimeError: it fails.
    """
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GMKG_")}
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said
        )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
                process.wait()
        if process.returncode != 0:
            raise RuntimeError(
                f"{' '.join(command)} ended with {process.returncode}:\n{_last_of(said)}"
            )


def _last_of(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read()[-2000:].decode(errors="replace")


def family(process: int) -> Iterator[int]:
    """A process and all that it started, as far as they still run."""
    yield process
    for path in PROC.glob(f"{process}/task/*/children"):
        try:
            children = path.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from family(int(child))


def _held(process: int) -> int:
    """The bytes that a process holds, its share of what it shares (proportional set size)."""
    try:
        lines = (PROC / str(process) / "smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
