"""A runner for tests: queries run on threads of this process, which starts faster than workers do.

The engine has no time-out and no cancellation, so a query whose client has left or whose time is
over stops at the next part of its result, and one that is still sorting or counting runs on and
keeps its thread; a query that exhausts the memory or the stack takes this process with it.
"""

import asyncio
import logging
import tempfile
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Event, Lock
from typing import IO, Any

from service.errors import Problem
from service.evaluation import evaluate
from service.query_faults import engine_failed, refusal, too_slow
from service.query_runner import Answer, ClientGoneError, QueryJob, stopping
from service.spool import AbandonedError, Spool, XmlSpool

MIB = 1 << 20
WATCH_AFTER = 0.05

log = logging.getLogger(__name__)


class InProcessRunner:
    """Runs queries on threads of this process; with `queue` of them waiting, more are refused."""

    def __init__(
        self,
        threads: int = 4,
        queue: int = 64,
        timeout: float = 30.0,
        max_result_bytes: int = 256 * MIB,
    ) -> None:
        self._places = threads + queue
        self._timeout = timeout
        self._max_result_bytes = max_result_bytes
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix="query")
        self._lock = Lock()
        self._running: set[_Run] = set()
        self._spools: tempfile.TemporaryDirectory[str] | None = None
        self._stopped = False

    def start(self) -> None:
        """Nothing to do: threads and the directory of spool files are made when needed."""

    def stop(self) -> None:
        """Refuse what waits, tell what runs to stop at its next output, remove the spool files."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            self._stopped = True
            for run in self._running:
                run.abandoned.set()
            if self._spools is not None:
                self._spools.cleanup()

    def state(self) -> dict[str, object]:
        """How many queries run or wait for a thread."""
        with self._lock:
            return {"running": len(self._running)}

    async def run(
        self,
        job: QueryJob,
        gone: Callable[[], Awaitable[object]] | None = None,
        client: str | None = None,
    ) -> Answer:
        """The answer; 504 when its time is over, even where the engine does not stop."""
        loop = asyncio.get_running_loop()
        end = loop.time() + self._time_for(job)
        run, submitted = self._submit(job)
        answer = asyncio.wrap_future(submitted)
        leaving: asyncio.Task[None] | None = None
        try:
            # Most queries end at once: only one that does not pays for watching its client.
            await asyncio.wait({answer}, timeout=min(WATCH_AFTER, self._time_for(job)))
            if not answer.done():
                leaving = asyncio.create_task(_departure(gone))
                waited: set[asyncio.Future[Any]] = {answer, leaving}
                await asyncio.wait(
                    waited,
                    timeout=end - loop.time(),
                    return_when=asyncio.FIRST_COMPLETED,
                )
            if answer.cancelled():
                raise stopping()
            if answer.done():
                return answer.result()
            if leaving is not None and leaving.done():
                raise ClientGoneError
            raise too_slow(self._time_for(job))
        finally:
            if leaving is not None:
                leaving.cancel()
            if not answer.done():
                answer.cancel()
                run.abandon(submitted)

    def run_blocking(self, job: QueryJob, client: str | None = None) -> Answer:
        """The answer; 504 when its time is over, even where the engine does not stop."""
        run, submitted = self._submit(job)
        try:
            return submitted.result(self._time_for(job))
        except TimeoutError:
            submitted.cancel()
            run.abandon(submitted)
            raise too_slow(self._time_for(job)) from None
        except CancelledError:
            raise stopping() from None

    def _time_for(self, job: QueryJob) -> float:
        return self._timeout if job.timeout is None else min(job.timeout, self._timeout)

    def _submit(self, job: QueryJob) -> "tuple[_Run, Future[Answer]]":
        abandoned = Event()
        kind = XmlSpool if job.representation.is_xml else Spool
        run = _Run(job, kind(self._new_spool_file, self._max_result_bytes, abandoned), abandoned)
        with self._lock:
            if len(self._running) >= self._places:
                raise Problem(
                    503,
                    "Too many queries are waiting.",
                    "This query was not begun. Try it again in a moment.",
                    headers={"Retry-After": "1"},
                )
            try:
                submitted = self._executor.submit(run)
            except RuntimeError:  # the executor has been shut down
                raise stopping() from None
            self._running.add(run)
        submitted.add_done_callback(partial(self._ended, run))
        return run, submitted

    def _ended(self, run: "_Run", _: Future[Answer]) -> None:
        with self._lock:
            self._running.discard(run)

    def _new_spool_file(self) -> IO[bytes]:
        with self._lock:
            if self._stopped:
                raise AbandonedError
            if self._spools is None:
                self._spools = tempfile.TemporaryDirectory(
                    prefix="gmkg-answers-", ignore_cleanup_errors=True
                )
            return tempfile.NamedTemporaryFile(dir=self._spools.name, delete=False)


@dataclass(frozen=True, slots=True, eq=False)
class _Run:
    """One query, run and serialised on one thread: the engine's results cannot change threads."""

    job: QueryJob
    spool: Spool
    abandoned: Event

    def __call__(self) -> Answer:
        began = time.monotonic()
        try:
            evaluate(self.job.release.store, self.job, self.spool)
            answer = self.spool.finish()
            answer.seconds = time.monotonic() - began
            return answer
        except BaseException as fault:
            self.spool.discard()
            # The traceback holds the engine's result, which must end on its own thread.
            fault.__traceback__ = None
            # An abandoned answer has nobody to tell, but where the runner was stopped under it.
            raise (stopping() if self.abandoned.is_set() else self._refusal(fault)) from None

    def abandon(self, submitted: Future[Answer]) -> None:
        """Stop at the next part of the result, and remove an answer that came too late."""
        self.abandoned.set()
        submitted.add_done_callback(_remove_untaken)

    def _refusal(self, fault: BaseException) -> BaseException:
        """The fault as a client may read it; what the engine says of a query is of its text."""
        told = refusal(fault, self.job.representation.title)
        if told is not None:
            return told
        if isinstance(fault, RuntimeError | ValueError | OSError):
            log.error("A query failed in the engine: %r", fault)
            return engine_failed()
        return fault


def _remove_untaken(submitted: Future[Answer]) -> None:
    if not submitted.cancelled() and submitted.exception() is None:
        path = submitted.result().path
        if path is not None:
            path.unlink(missing_ok=True)


async def _departure(gone: Callable[[], Awaitable[object]] | None) -> None:
    """Ends when the client has left; never, where nobody can tell."""
    await (gone() if gone is not None else asyncio.get_running_loop().create_future())
