"""The runner of a service that strangers may use: each query in a process that can be killed.

The pool lives on one event loop: that of the edge, which awaits the answers, or, for callers on
threads, one of its own in the background. Whoever asks from elsewhere is put through.
"""

import asyncio
import threading
import time
import weakref
from collections.abc import Coroutine
from concurrent import futures
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from threading import Lock
from typing import Any

from service.errors import ServiceError
from service.query_faults import too_slow
from service.query_runner import ClientGoneError, QueryJob, stopping
from service.settings import Settings
from service.spool import Answer
from service.store import CURRENT
from service.workers.bounds import Bounds
from service.workers.flight import Gone
from service.workers.pool import Pool
from service.workers.spools import SpoolFolder

PUBLIC = "public"
MARGIN = 5.0  # an answer that is this late never comes: the loop of the pool has ended
LISTEN_SECONDS = 0.5
STOP_SECONDS = 5.0
STOP_PAUSE = 0.02
SETTLE_SECONDS = 1.0


class WorkerRunner:
    """Runs queries in worker processes; with `data`, they open its current release at once.

    The first query starts the workers if `start` has not; they end with the runner, whether it is
    stopped, forgotten, or the interpreter ends.
    """

    def __init__(self, bounds: Bounds, data: Path | None = None) -> None:
        self._bounds = bounds
        self._data = data
        self._lock = Lock()
        self._running: _Running | None = None
        self._stopped = False

    @classmethod
    def from_settings(cls, settings: Settings, workers: int | None = None) -> "WorkerRunner":
        """The runner that the settings describe, or one of so many workers."""
        bounds = Bounds.from_settings(settings)
        return cls(bounds if workers is None else bounds.with_workers(workers), settings.data)

    def start(self) -> None:
        """Start the workers, and wait for none of them."""
        self._started()

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Have the workers heard on this loop already before the first query is asked there."""
        running = self._started()
        with self._lock:
            if not self._stopped and not running.is_heard:
                running.pool.attach(loop)

    def stop(self) -> None:
        """Tell whoever waits, end all processes, and remove the spool files."""
        with self._lock:
            self._stopped = True
            running = self._running
        if running is not None:
            running.end()

    def state(self) -> dict[str, object]:
        """What the workers are doing, in numbers; empty before the first is started."""
        running = self._running
        return {} if running is None else asdict(running.pool.state())

    @property
    def pids(self) -> list[int]:
        """The processes of the workers."""
        running = self._running
        return [] if running is None else running.pool.pids

    async def run(
        self, job: QueryJob, gone: Gone | None = None, client: str | None = None
    ) -> Answer:
        """The answer, for a caller on an event loop; `client` is whose share it takes."""
        running, loop = self._running, asyncio.get_running_loop()
        while running is None or running.pool.loop is not loop:
            running = self._started()
            with self._lock:
                if self._stopped:
                    raise stopping()
                if not running.is_heard:
                    running.pool.attach(loop)
                    break
            with suppress(_LoopEndedError):
                return await self._put_through(running.pool, job, gone, client)
        return await running.pool.run(job, client, gone)

    def run_blocking(self, job: QueryJob, client: str | None = None) -> Answer:
        """The answer, for a caller on a thread that has no event loop."""
        while True:
            running = self._started()
            with self._lock:
                if self._stopped:
                    raise stopping()
                loop = running.loop()
            with suppress(_LoopEndedError):
                return self._await_blocking(job, client, loop)

    def _await_blocking(
        self, job: QueryJob, client: str | None, loop: asyncio.AbstractEventLoop
    ) -> Answer:
        """The answer that is awaited on a loop of another thread."""
        asked = _ask_on(loop, self.run(job, None, client))
        seconds = self._bounds.time_for(job.timeout)
        end = time.monotonic() + seconds + MARGIN
        while loop.is_running():
            done, _ = futures.wait({asked}, LISTEN_SECONDS)
            if done and not asked.cancelled():
                return asked.result()
            if done:
                break
            if time.monotonic() >= end:
                asked.cancel()
                raise too_slow(seconds)
        asked.cancel()
        time.sleep(STOP_PAUSE)  # what ends is left to end
        raise _LoopEndedError

    async def _put_through(
        self, pool: Pool, job: QueryJob, gone: Gone | None, client: str | None
    ) -> Answer:
        """The answer of a pool that lives on the loop of another thread."""
        home, seconds = pool.loop, self._bounds.time_for(job.timeout)
        if home is None:
            raise _LoopEndedError
        end = time.monotonic() + seconds + MARGIN
        answer = asyncio.wrap_future(_ask_on(home, pool.run(job, client, None)))
        left = asyncio.create_task(_departure(gone))
        waited: set[asyncio.Future[Any]] = {answer, left}
        try:
            while home.is_running():
                await asyncio.wait(
                    waited, timeout=LISTEN_SECONDS, return_when=asyncio.FIRST_COMPLETED
                )
                if left.done():
                    raise ClientGoneError
                if answer.done() and not answer.cancelled():
                    return answer.result()
                if answer.done():
                    break
                if time.monotonic() >= end:
                    raise too_slow(seconds)
        finally:
            answer.cancel()  # which cancels what was asked
            left.cancel()
        await asyncio.sleep(STOP_PAUSE)  # what ends is left to end
        raise _LoopEndedError

    def _started(self) -> "_Running":
        """The pool with its workers started, now if they were not."""
        if self._running is None:
            with self._lock:
                if self._stopped:
                    raise stopping()
                if self._running is None:
                    self._running = running = _Running(self._bounds)
                    running.end = weakref.finalize(self, running.stop)
                    running.pool.start(self._current())
        return self._running

    def _current(self) -> tuple[str, str] | None:
        """What most queries will ask: the public store of the current release."""
        if self._data is None:
            return None
        with suppress(OSError):
            return str(self._data / (self._data / CURRENT).readlink()), PUBLIC
        return None


class _LoopEndedError(ServiceError):
    """The loop on which the pool lived has ended under a query that was put through to it."""


class _Running:
    """What a runner has started, and what is to be ended with it. It does not know the runner."""

    end: "weakref.finalize[[], WorkerRunner]"

    def __init__(self, bounds: Bounds) -> None:
        self.spools = SpoolFolder()
        self.pool = Pool(bounds, self.spools)
        self._background: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    @property
    def is_heard(self) -> bool:
        """Whether the pool lives on a loop that runs."""
        return self.pool.loop is not None and self.pool.loop.is_running()

    def loop(self) -> asyncio.AbstractEventLoop:
        """The loop of the pool, or one on a thread of its own where it has none that runs."""
        if self.pool.loop is not None and self.pool.loop.is_running():
            return self.pool.loop
        if self._background is None:
            self._background = asyncio.new_event_loop()
            self._thread = threading.Thread(
                target=self._background.run_forever, name="query-workers", daemon=True
            )
            self._thread.start()
        return self._background

    def stop(self) -> None:
        """End the pool, then the loop in the background, then the folder of the spool files."""
        self._stop_pool()
        if self._background is not None and self._thread is not None:
            if self._thread is not threading.current_thread():
                asyncio.run_coroutine_threadsafe(_settle(), self._background).result()
            self._background.call_soon_threadsafe(self._background.stop)
            if self._thread is not threading.current_thread():
                self._thread.join()
                self._background.close()
        self.spools.remove()

    def _stop_pool(self) -> None:
        """Stop the pool on the thread of its loop, while that runs, and else on this one."""
        loop, done = self.pool.loop, threading.Event()
        try:
            here = asyncio.get_running_loop()
        except RuntimeError:
            here = None

        def stop() -> None:
            self.pool.stop()
            done.set()

        if loop is not None and loop is not here:
            end = time.monotonic() + STOP_SECONDS
            with suppress(RuntimeError):  # the loop has been closed in this moment
                loop.call_soon_threadsafe(stop)
                while loop.is_running() and time.monotonic() < end:
                    if done.wait(STOP_PAUSE):
                        return
        self.pool.stop()


def _ask_on(
    loop: asyncio.AbstractEventLoop, coroutine: Coroutine[Any, Any, Answer]
) -> "futures.Future[Answer]":
    """What a coroutine gives on the loop of another thread."""
    try:
        return asyncio.run_coroutine_threadsafe(coroutine, loop)
    except RuntimeError:  # it has been closed in this moment
        coroutine.close()
        raise _LoopEndedError from None


async def _settle() -> None:
    """Let whoever was told of the end hear it."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    if others:
        await asyncio.wait(others, timeout=SETTLE_SECONDS)


async def _departure(gone: Gone | None) -> None:
    """Ends when the client has left; never, where nobody can tell."""
    await (gone() if gone is not None else asyncio.get_running_loop().create_future())
