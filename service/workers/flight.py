"""One run of a query, and everybody who waits for its answer.

Equal queries over one release share a run while it is under way. Each of those who ask has a time
and a client of its own: the run goes on for as long as somebody waits for it.
"""

import asyncio
import os
import shutil
import time
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from service.query_runner import QueryJob
from service.spool import Answer

if TYPE_CHECKING:
    from service.workers.process import WorkerProcess

# Who says one of these words may mean a function that answers differently each time
# (SPARQL 1.1 §17.4.2 and §17.4.5): such a run is nobody else's.
VOLATILE = ("NOW", "RAND", "UUID", "BNODE")

MANY_MOMENTS = 10

Gone = Callable[[], Awaitable[object]]
Key = tuple[object, ...]


def key_of(job: QueryJob) -> Key | None:
    """What equal queries share; None for one that has to be run for itself."""
    text = job.query.upper()
    if any(word in text for word in VOLATILE):
        return None
    release = job.release
    return (
        release.path,
        release.audience,
        job.query,
        job.representation,
        job.default_graphs,
        job.named_graphs,
        tuple((name, str(term)) for name, term in job.substitutions.items()),
    )


class Asker:
    """Somebody who waits for the answer of a flight, until a time of the monotonic clock."""

    __slots__ = ("end", "flight", "future", "gone", "seconds", "watch")

    def __init__(
        self,
        flight: "Flight",
        future: asyncio.Future[Answer],
        seconds: float,
        end: float,
        gone: Gone | None,
    ) -> None:
        self.flight = flight
        self.future = future
        self.seconds = seconds
        self.end = end
        self.gone = gone
        self.watch: asyncio.Task[None] | None = None

    def fail(self, fault: Exception) -> None:
        """Tell that there is no answer."""
        self._forget()
        if not self.future.done():
            self.future.set_exception(fault)

    def succeed(self, answer: Answer) -> None:
        """Hand over the answer, or remove it where nobody takes it."""
        self._forget()
        if not self.future.done():
            self.future.set_result(answer)
        elif answer.path is not None:
            answer.path.unlink(missing_ok=True)

    def _forget(self) -> None:
        if self.watch is not None:
            self.watch.cancel()
            self.watch = None


class Flight:
    """A query on its way to an answer: it waits, it runs, and if it turns slow it may wait again.

    `job` is held, and with it the release, which must not be removed before a worker has it.
    """

    __slots__ = (
        "askers",
        "began",
        "client",
        "fresh",
        "job",
        "joinable_until",
        "key",
        "processor_time",
        "slow",
        "tried_again",
        "worker",
    )

    def __init__(
        self, job: QueryJob, client: str | None, key: Key | None, joinable_until: float
    ) -> None:
        self.job = job
        self.client = client
        self.key = key
        self.joinable_until = joinable_until
        self.askers: list[Asker] = []
        self.worker: WorkerProcess | None = None
        self.began = 0.0
        self.processor_time: float | None = None
        self.slow = False
        self.fresh = False
        self.tried_again = False

    def turns_slow(self, now: float, after: float, *, pressed: bool = False) -> bool:
        """Whether it has run for longer than a moment, of `after` seconds, and has made use of it.

        On a busy machine everything takes long, and a query that had no processor is not to blame
        for that: half a moment of processor time is asked for too, or else many moments of any.
        But where others are `pressed`, for want of a worker, a moment of any time is enough.
        """
        if self.worker is None or self.slow:
            return False
        used = self.worker.processor_time()
        if self.processor_time is None:
            self.processor_time = used  # as it is first looked at, which is soon after it began
        ran = now - self.began
        if used is None or self.processor_time is None or pressed:
            return ran >= after
        return ran >= after and (
            used - self.processor_time >= after / 2 or ran >= MANY_MOMENTS * after
        )

    @property
    def store(self) -> tuple[str, str]:
        """The release and the audience that the query asks, as workers know them."""
        release = self.job.release
        return str(release.path), release.audience

    def fail(self, fault: Callable[[], Exception]) -> None:
        """Tell everybody who waits: each a fault of its own, for it gathers a traceback."""
        askers, self.askers = self.askers, []
        for asker in askers:
            asker.fail(fault())

    def succeed(self, body: bytes | None, path: Path | None, size: int) -> None:
        """Hand over the answer; of a file each asker gets a name of its own, to remove."""
        askers, self.askers = self.askers, []
        seconds = time.monotonic() - self.began
        for copy, asker in enumerate(askers[1:], 1):
            asker.succeed(Answer(body, path and _another_name(path, copy), size, seconds))
        if askers:
            askers[0].succeed(Answer(body, path, size, seconds))
        elif path is not None:
            path.unlink(missing_ok=True)

    def expired(self, now: float) -> Iterable[Asker]:
        """Those whose time is over, who no longer wait."""
        over = [asker for asker in self.askers if now >= asker.end]
        if over:
            self.askers = [asker for asker in self.askers if now < asker.end]
        return over


def _another_name(path: Path, copy: int) -> Path:
    other = path.with_name(f"{path.name}.{copy}")
    try:
        os.link(path, other)
    except OSError:  # not every file system has links
        shutil.copyfile(path, other)
    return other
