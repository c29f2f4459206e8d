"""A command run to its end once: its time, and the memory that it held meanwhile."""

import os
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.benchmarks.processes import held_by, started

_SHARE = 0.03  # of the time, at most, is spent looking at memory
_INTERVAL = 0.02


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command took in seconds, on the clock and of processors, its children's included.

    `looks` are the bytes that all its processes held together, and when: seconds of the system's
    monotonic clock.
    """

    wall: float
    processor: float
    looks: tuple[tuple[float, int], ...] = ()

    @property
    def peak(self) -> int:
        """The most bytes that were seen."""
        return max((held for _, held in self.looks), default=0)


@dataclass(slots=True)
class _Looking:
    """Looks at the memory of a process, now and then, in a thread of its own."""

    process: int
    looks: list[tuple[float, int]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        pause = _INTERVAL
        while not self.over.wait(pause):
            began = time.monotonic()
            held = held_by(self.process)
            now = time.monotonic()
            if held:
                self.looks.append((now, held))
            pause = max(_INTERVAL, (now - began) / _SHARE)


def run(command: Sequence[str]) -> Ran:
    """Run a command, timed, with a look at its memory as often as costs next to nothing.

    Raises:
        RuntimeError: it fails.
    """
    begun = time.perf_counter()
    with started(command) as process:
        looking = _Looking(process.pid)
        thread = threading.Thread(target=looking.run)
        thread.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - begun
            process.returncode = os.waitstatus_to_exitcode(status)
        finally:
            looking.over.set()
            thread.join()
    return Ran(wall, usage.ru_utime + usage.ru_stime, tuple(looking.looks))
