"""The workers of a pool: started, replaced when they end, and buried.

They start side by side. Where they do not start, or end as soon as they have nothing to do, the
next attempts come at growing intervals: a fault of the machine is not made worse by trying.
"""

import asyncio
import json
import logging
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from service.workers.bounds import Bounds
from service.workers.channel import READY, Reply
from service.workers.process import WorkerProcess

START_SECONDS = 20.0
FIRST_PAUSE = 0.1
LONGEST_PAUSE = 10.0
END_SECONDS = 1.0
END_PAUSE = 0.002

log = logging.getLogger(__name__)


class Staff:
    """Keeps as many workers as the bounds say.

    `on_ready`, `on_reply` and `on_end` are called with a worker that may have its first request,
    that has replied to one, and that has ended by itself.
    """

    def __init__(
        self,
        bounds: Bounds,
        folder: Path,
        on_ready: Callable[[WorkerProcess], None],
        on_reply: Callable[[WorkerProcess, Reply], None],
        on_end: Callable[[WorkerProcess], None],
    ) -> None:
        self._bounds = bounds
        self._folder = folder
        self._on_ready = on_ready
        self._on_reply = on_reply
        self._on_end = on_end
        self._loop: asyncio.AbstractEventLoop | None = None
        self._starting: set[WorkerProcess] = set()
        self._ready: set[WorkerProcess] = set()
        self._ending: list[WorkerProcess] = []
        self._failures = 0
        self._not_before = 0.0
        self.holds: dict[str, bool] | None = None
        self.replaced = 0

    @property
    def pids(self) -> list[int]:
        """The processes that live."""
        return [worker.pid for worker in (*self._starting, *self._ready)]

    @property
    def starting(self) -> int:
        """How many workers have not yet said that they are ready."""
        return len(self._starting)

    @property
    def ready(self) -> int:
        """How many workers are ready, whether they have a query or not."""
        return len(self._ready)

    @property
    def unsettled(self) -> bool:
        """Whether there is something to look after: a start, an end, a place to be filled."""
        return bool(self._starting or self._ending) or len(self._ready) < self._bounds.workers

    def pause(self) -> float | None:
        """The seconds until the next attempt, where there is no worker and none can be started."""
        if self._starting or self._ready:
            return None
        pause = self._not_before - time.monotonic()
        return pause if pause > 0 else None

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Be heard on this loop from now on."""
        self._loop = loop
        for worker in (*self._starting, *self._ready):
            worker.attach(loop)

    def fill(self) -> None:
        """Start what is missing, unless the last attempts have failed just now."""
        while (
            len(self._starting) + len(self._ready) < self._bounds.workers
            and time.monotonic() >= self._not_before
        ):
            try:
                worker = WorkerProcess(
                    self._folder,
                    self._bounds.memory,
                    self._bounds.max_result_bytes,
                    self._heard,
                    self._lost,
                )
            except OSError as fault:
                self._failed(f"{fault}")
                return
            self._starting.add(worker)
            if self._loop is not None:
                worker.attach(self._loop)

    def dismiss(self, worker: WorkerProcess) -> None:
        """Kill a worker, whatever it does, and start another in its place."""
        self._starting.discard(worker)
        self._ready.discard(worker)
        worker.kill()
        self._ending.append(worker)
        self.replaced += 1
        self.fill()

    def look_after(self) -> None:
        """Bury the dead, give up on those that do not start, and try again when it is time."""
        if self._ending:
            self._ending = [worker for worker in self._ending if not self._bury(worker)]
        if self._starting:
            late = time.monotonic() - START_SECONDS
            for worker in [each for each in self._starting if each.began < late]:
                self._starting.discard(worker)
                worker.kill()
                self._ending.append(worker)
                self._failed(f"it was not ready within {START_SECONDS:g} seconds")
        self.fill()

    def stop(self) -> None:
        """Kill all workers and wait until they have gone."""
        everybody = [*self._starting, *self._ready, *self._ending]
        self._starting.clear()
        self._ready.clear()
        self._ending.clear()
        for worker in everybody:
            worker.kill()
        for worker in everybody:
            worker.wait()

    def _heard(self, worker: WorkerProcess, reply: Reply) -> None:
        if reply.kind != READY:
            worker.answered += 1
            self._on_reply(worker, reply)
            return
        self._failures = 0
        self._not_before = 0.0
        if self.holds is None:
            self.holds = json.loads(reply.payload)
            _tell(self.holds)
        self._starting.discard(worker)
        self._ready.add(worker)
        self._on_ready(worker)

    def _lost(self, worker: WorkerProcess, waited: float = 0.0) -> None:
        """A worker has ended by itself, or is about to: its channel ends a moment before it."""
        if worker not in self._starting and worker not in self._ready:
            return
        status = worker.status()
        if status is None and waited < END_SECONDS and self._loop is not None:
            self._loop.call_later(END_PAUSE, self._lost, worker, waited + END_PAUSE)
            return
        if worker.flight is None and not worker.answered:
            self._failed(worker.last_words() or f"it ended with status {status}")
        self._starting.discard(worker)
        self._ready.discard(worker)
        self._on_end(worker)
        self.dismiss(worker)

    def _failed(self, why: str) -> None:
        self._failures += 1
        pause = 0.0
        if self._failures > 1:
            pause = min(FIRST_PAUSE * 2 ** (self._failures - 2), LONGEST_PAUSE)
        self._not_before = time.monotonic() + pause
        if self._failures == 1 or pause == LONGEST_PAUSE:
            log.error("A query worker could not be started: %s", why)

    def _bury(self, worker: WorkerProcess) -> bool:
        if not worker.reaped():
            return False
        (self._folder / str(worker.number)).unlink(missing_ok=True)
        return True


def _tell(holds: dict[str, bool]) -> None:
    """Say what does not hold the workers in on this system."""
    told: Iterable[tuple[str, str]] = (
        ("network", "may open network connections: there is no seccomp filter here"),
        ("memory", "may take any amount of memory: the system does not say what they have taken"),
        ("parent", "outlive a service that is killed, until their query ends"),
    )
    for name, sentence in told:
        if not holds.get(name):
            log.warning("Query workers %s.", sentence)
