"""Writes one after the other, each in a process of its own, with a bounded queue and a deadline.

A thread of the writer's own starts the processes, talks to them and ends them. One more process
than is needed waits, so that a write does not wait for an interpreter to start; a service that is
never written to has none.

A write has two parts. In the first, what a stranger sent is parsed and evaluated, with a limit of
memory and a time; whatever ends it has changed nothing. The second is our own work, with much more
time; where it is cut short, what is served tells whether it was done (`service.writes.settling`).
"""

import asyncio
import json
import logging
import queue
import threading
import time
from concurrent.futures import Future
from pathlib import Path
from typing import NamedTuple

from service.errors import Problem
from service.query_runner import stopping
from service.settings import GIB, Settings
from service.writes.job import (
    BEGUN,
    FAILED,
    REFUSED,
    TRUSTED,
    WRITTEN,
    WriteJob,
    Written,
)
from service.writes.settling import (
    crowded,
    current_target,
    failed,
    interrupted,
    left_behind,
    problem_of_death,
    settle,
    too_slow,
)
from service.writes.write_process import WriteProcess

WAITING = 64
START_SECONDS = 30.0
PUBLISH_SECONDS = 600.0
STOP_SECONDS = 5.0  # what a write in its second part has when the service ends
LEAVE_SECONDS = 1.2  # what its client is kept waiting for then: less than the server waits
HEAR_SECONDS = 5.0

log = logging.getLogger(__name__)


class _Task(NamedTuple):
    job: WriteJob
    done: "Future[Written]"


class _Run:
    """The write that is being done."""

    __slots__ = ("is_trusted", "process", "task")

    def __init__(self, task: _Task, process: WriteProcess) -> None:
        self.task = task
        self.process = process
        self.is_trusted = False


class Writer:
    """Does writes to one data directory. What is refused raises Problem.

    `memory` is in bytes and `seconds` of wall time, both of the first part of a write.
    """

    def __init__(
        self,
        data: Path,
        memory: int = 2 * GIB,
        seconds: float = 30.0,
        waiting: int = WAITING,
    ) -> None:
        self._data = data
        self._memory = memory
        self._seconds = seconds
        self._tasks: queue.Queue[_Task | None] = queue.Queue()
        self._waiting = waiting
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._run: _Run | None = None
        self._spare: WriteProcess | None = None
        self._stopped = False

    @classmethod
    def from_settings(cls, settings: Settings) -> "Writer":
        """The writer that the settings describe."""
        return cls(settings.data, settings.query_memory, settings.query_timeout)

    def submit(self, job: WriteJob) -> "Future[Written]":
        """The write's place in the queue; Problem 503 where there is none left."""
        task = _Task(job, Future())
        with self._lock:
            if self._stopped:
                raise stopping()
            if self._tasks.qsize() >= self._waiting:
                raise crowded()
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="writes", daemon=True)
                self._thread.start()
            self._tasks.put(task)
        return task.done

    async def run(self, job: WriteJob) -> Written:
        """What the write did, for a caller on an event loop.

        A client that leaves stops nothing. Where the caller is cancelled, which is when the
        service stops, a write that can still be stopped is.
        """
        done = self.submit(job)
        waited = asyncio.wrap_future(done)
        try:
            return await asyncio.shield(waited)
        except asyncio.CancelledError:
            self._abandon(done)
            await asyncio.wait({waited}, timeout=LEAVE_SECONDS)
            if waited.cancelled():
                raise stopping() from None
            if not waited.done():
                raise left_behind() from None
            return waited.result()

    def run_blocking(self, job: WriteJob) -> Written:
        """What the write did, for a caller on a thread."""
        return self.submit(job).result()

    def state(self) -> dict[str, object]:
        """What it is doing, for whoever watches over the service."""
        return {"waiting": self._tasks.qsize(), "writing": self._run is not None}

    def stop(self) -> None:
        """Refuse what waits, let a write end that is in its second part, and end all processes."""
        with self._lock:
            self._stopped = True
            thread, run = self._thread, self._run
            if run is not None and not run.is_trusted:
                run.process.kill()
        if thread is None:
            return
        self._tasks.put(None)
        thread.join(STOP_SECONDS)
        with self._lock:
            if self._run is not None:
                self._run.process.kill()
        thread.join()

    def _abandon(self, done: "Future[Written]") -> None:
        """Stop a write that waits or is in its first part."""
        if done.cancel():
            return
        with self._lock:
            run = self._run
            if run is not None and run.task.done is done and not run.is_trusted:
                run.process.kill()

    def _work(self) -> None:
        try:
            while (task := self._tasks.get()) is not None:
                if not task.done.set_running_or_notify_cancel():
                    continue
                try:
                    written = self._write(task)
                except BaseException as fault:
                    if not isinstance(fault, Problem):
                        log.error("A write failed.", exc_info=fault)
                        fault = failed()
                    task.done.set_exception(fault)
                else:
                    task.done.set_result(written)
        finally:
            if self._spare is not None:
                self._spare.end()
                self._spare = None

    def _write(self, task: _Task) -> Written:
        """What the write did, in a process of its own."""
        frame = task.job.encoded()
        process = self._process()
        with self._lock:
            if self._stopped:
                process.kill()
            self._run = run = _Run(task, process)
        before = current_target(self._data)
        try:
            process.send(frame, START_SECONDS)
            self._prepare()
            return self._heard(run, before)
        finally:
            with self._lock:
                self._run = None
            process.end()

    def _heard(self, run: _Run, before: str | None) -> Written:
        """What the process says of the write, or what is to be said where it says nothing."""
        end = time.monotonic() + START_SECONDS
        while True:
            try:
                said = run.process.receive(end)
            except TimeoutError:
                run.process.kill()
                problem = failed() if run.is_trusted else too_slow(self._seconds)
                log.warning("A write did not end in its time: %s", run.task.job.request)
                break
            if said is None:
                problem = self._problem_of_end(run)
                break
            kind, payload = said
            if kind == BEGUN:
                end = time.monotonic() + self._seconds
            elif kind == TRUSTED:
                self._trust(run)
                end = time.monotonic() + PUBLISH_SECONDS
            elif kind == WRITTEN:
                return Written(**json.loads(payload))
            elif kind == REFUSED:
                raise _problem_of(payload)
            elif kind == FAILED:
                log.error("A write failed: %s", payload.decode(errors="replace"))
                problem = failed()
                break
        return self._settled(run, before, problem)

    def _settled(self, run: _Run, before: str | None, problem: Problem) -> Written:
        """What is to be said of a write that ended so, once its process is gone."""
        run.process.kill()
        end = time.monotonic() + HEAR_SECONDS
        while (said := run.process.receive(end)) is not None:
            kind, payload = said  # what it had said before it was ended
            if kind == TRUSTED:
                run.is_trusted = True
            elif kind == WRITTEN:
                return Written(**json.loads(payload))
        run.process.wait()
        if run.is_trusted:
            return settle(self._data, before, run.task.job, problem)
        raise problem

    def _problem_of_end(self, run: _Run) -> Problem:
        """What is told of a write whose process has ended, or closed its end and will."""
        try:
            status = run.process.wait(HEAR_SECONDS)
        except TimeoutError:
            status = 0
        if self._stopped:
            return stopping()
        if words := run.process.last_words():
            log.warning("A write's process ended with status %s: %s", status, words)
        return interrupted() if run.is_trusted else problem_of_death(status, run.task.job)

    def _trust(self, run: _Run) -> None:
        with self._lock:
            run.is_trusted = True

    def _process(self) -> WriteProcess:
        """The process that waits, or a new one where none does."""
        spare, self._spare = self._spare, None
        if spare is not None and spare.is_alive:
            return spare
        if spare is not None:
            spare.end()
        return WriteProcess(self._data, self._memory)

    def _prepare(self) -> None:
        """Have the next process start while this one works."""
        try:
            self._spare = WriteProcess(self._data, self._memory)
        except OSError as fault:
            log.error("A process for writes could not be started: %s", fault)


def _problem_of(payload: bytes) -> Problem:
    told = json.loads(payload)
    return Problem(
        told["status"],
        told["title"],
        told["detail"],
        line=told["line"],
        column=told["column"],
    )
