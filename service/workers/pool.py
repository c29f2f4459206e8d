"""The pool: queries go into workers, and answers or honest refusals come out.

A worker that ran a slow query retires after it, with its memory, unless it kept little, and with
its low priority, unless the system lets us lift that; one that ran a query whose time is over, or
whose client has left, is killed. Either way another is started.

One clock looks at everything that takes longer than a moment. A quick query never meets it: it
costs one write and one read. Everything here happens on the thread of one event loop.
"""

import asyncio
import itertools
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from service.query_faults import too_slow
from service.query_runner import ClientGoneError, QueryJob, stopping
from service.spool import Answer
from service.workers.bounds import Bounds
from service.workers.channel import ANSWER, FILE, PROBLEM, Reply, Request, Scope
from service.workers.flight import Asker, Flight, Gone, Key, key_of
from service.workers.idle import IdleWorkers
from service.workers.lanes import Lanes
from service.workers.process import WorkerProcess
from service.workers.refusals import (
    busy,
    crowded,
    from_without,
    no_room,
    no_text,
    no_workers,
    problem_of,
    problem_of_death,
)
from service.workers.spools import SpoolFolder
from service.workers.staff import Staff

TICK = 0.04
TINY = 0.005  # what takes longer is no tiny query
LATE = 5.0  # beyond all its time, a worker ends by itself: its parent must have stopped
WAITED_MOSTLY = 0.5

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PoolState:
    """What the pool is doing, in numbers; `sandboxed` is None until the first worker is ready."""

    workers: int
    starting: int
    idle: int
    running: int
    slow: int
    waiting: int
    postponed: int
    replaced: int
    sandboxed: bool | None


class Pool:
    """Runs queries in workers. Its processes can be started before it is attached to a loop."""

    def __init__(self, bounds: Bounds, spools: SpoolFolder) -> None:
        self._bounds = bounds
        self._spools = spools
        self._lanes = Lanes(bounds)
        self._staff = Staff(bounds, spools.path, self._ready, self._replied, self._ended)
        self._idle = IdleWorkers()
        self._busy: set[WorkerProcess] = set()
        self._flights: dict[Key, Flight] = {}
        self._numbers = itertools.count(1)
        self._latest: tuple[str, str] | None = None
        self._clock: asyncio.TimerHandle | None = None
        self._settling: asyncio.TimerHandle | None = None
        self._stopped = False
        self.loop: asyncio.AbstractEventLoop | None = None

    @property
    def pids(self) -> list[int]:
        """The processes of the workers."""
        return self._staff.pids

    def start(self, store: tuple[str, str] | None = None) -> None:
        """Start the workers; with a release and an audience, they open that when they are ready."""
        self._latest = store
        self._staff.fill()

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Live on this loop, whose thread calls. What ran on an earlier one has nobody to tell."""
        self.loop = loop
        self._clock = self._settling = None
        self._staff.attach(loop)
        for flight in self._everything():
            self._take_down(flight)
        self._wind()

    def state(self) -> PoolState:
        """What is going on now."""
        holds = self._staff.holds
        return PoolState(
            workers=self._staff.ready,
            starting=self._staff.starting,
            idle=len(self._idle),
            running=self._lanes.running,
            slow=self._lanes.slow,
            waiting=self._lanes.waiting,
            postponed=self._lanes.postponed,
            replaced=self._staff.replaced,
            sandboxed=None if holds is None else holds["network"],
        )

    async def run(self, job: QueryJob, client: str | None, gone: Gone | None) -> Answer:
        """The answer to a query; Problem where it has none, ClientGoneError where nobody waits."""
        asker = self._ask(job, client, gone)
        try:
            return await asker.future
        except asyncio.CancelledError:
            self._leave(asker)
            raise

    def stop(self) -> None:
        """Tell everybody who waits, and end all processes."""
        self._stopped = True
        for timer in (self._clock, self._settling):
            if timer is not None:
                timer.cancel()
        for flight in self._everything():
            self._lanes.leave(flight)
            self._land(flight)
            flight.fail(stopping)
        self._staff.stop()

    def _everything(self) -> list[Flight]:
        """All flights, those that run and those that wait."""
        running = [worker.flight for worker in self._busy if worker.flight is not None]
        return [*running, *self._lanes.everybody_waiting()]

    def _ask(self, job: QueryJob, client: str | None, gone: Gone | None) -> Asker:
        """Somebody who waits: for a run that is under way already, or for a new one."""
        if self._stopped:
            raise stopping()
        now = time.monotonic()
        seconds = self._bounds.time_for(job.timeout)
        key = key_of(job)
        flight = self._flights.get(key) if key is not None else None
        if flight is None or now >= flight.joinable_until:
            flight = Flight(job, client, key, now + seconds)
            try:
                self._admit(flight)
            except UnicodeEncodeError:
                raise no_text() from None
            if key is not None:
                self._flights[key] = flight
        future = asyncio.get_running_loop().create_future()
        asker = Asker(flight, future, seconds, now + seconds, gone)
        flight.askers.append(asker)
        self._wind()
        return asker

    def _admit(self, flight: Flight) -> None:
        """Begin the flight, or let it wait; Problem where it can do neither."""
        if self._idle and self._lanes.may_begin(flight.client) and self._begin(flight):
            return
        pause = self._staff.pause()
        if pause is not None:
            raise no_workers(pause)
        flight.job.query.encode()  # nobody could be told of it later
        left = self._lanes.wait(flight)
        if left is flight:
            raise crowded()
        if left is not None:
            self._end(left, crowded)
        self._dispatch()

    def _leave(self, asker: Asker) -> None:
        """Somebody waits no longer; a flight that nobody waits for ends."""
        flight = asker.flight
        if asker in flight.askers:
            flight.askers.remove(asker)
            asker.fail(ClientGoneError())
            if not flight.askers and not self._ends_soon(flight):
                self._give_up(flight)
                self._dispatch()
        elif not asker.future.cancelled() and asker.future.exception() is None:
            answer = asker.future.result()
            if answer.path is not None:
                answer.path.unlink(missing_ok=True)

    def _dispatch(self) -> None:
        """Give the idle workers what waits."""
        while self._idle:
            flight = self._lanes.next()
            if flight is None:
                break
            if not self._begin(flight):
                self._lanes.wait(flight)
        if self._lanes.waiting and self._settling is None and self.loop is not None:
            self._settling = self.loop.call_later(TINY, self._settle)

    def _settle(self) -> None:
        """Let those go on that wait for what has turned out to be no tiny query."""
        self._settling = None
        before = time.monotonic() - TINY
        for worker in self._busy:
            if worker.flight is not None and worker.flight.began <= before:
                self._lanes.settle(worker.flight)
        self._dispatch()

    def _begin(self, flight: Flight) -> bool:
        """Run the flight in an idle worker; false where each of them turns out to have gone."""
        job, store = flight.job, flight.store
        number = next(self._numbers)
        scope = Scope(*store, job.representation.name, job.default_graphs, job.named_graphs)
        seconds = 2 * self._bounds.timeout + LATE
        frame = Request(number, seconds, scope, job.query, job.substitutions).encoded()
        worker = self._idle.take(store)
        while not worker.send(frame):
            self._dismiss(worker)
            if not self._idle:
                return False
            worker = self._idle.take(store)
        worker.store = self._latest = store
        worker.number = number
        worker.flight = flight
        flight.worker = worker
        flight.began = time.monotonic()
        flight.processor_time = None
        self._busy.add(worker)
        self._lanes.begin(flight)
        if flight.slow:
            worker.step_back()
        return True

    def _land(self, flight: Flight) -> None:
        """The flight runs no longer, and nobody joins it any more."""
        worker, flight.worker = flight.worker, None
        if worker is not None:
            worker.flight = None
            self._busy.discard(worker)
            self._lanes.end(flight)
        if flight.key is not None and self._flights.get(flight.key) is flight:
            del self._flights[flight.key]

    def _take_down(self, flight: Flight) -> None:
        """End a flight, wherever it is, and with it the worker that runs it."""
        worker = flight.worker
        self._lanes.leave(flight)
        self._land(flight)
        if worker is not None:
            self._dismiss(worker)

    def _give_up(self, flight: Flight) -> None:
        """End a flight that nobody waits for any more."""
        if flight.worker is not None:
            self._lanes.debts.owe(flight.client)
        self._take_down(flight)

    def _ends_soon(self, flight: Flight) -> bool:
        """Whether a flight may end by itself before its worker is worth another."""
        young = time.monotonic() - flight.began < self._bounds.slow_after
        return flight.worker is not None and not flight.slow and young

    def _end(self, flight: Flight, fault: Callable[[], Exception]) -> None:
        """End a flight, and tell everybody who waits for it."""
        self._take_down(flight)
        flight.fail(fault)

    def _ready(self, worker: WorkerProcess) -> None:
        """A worker has started."""
        self._idle.add(worker)
        self._dispatch()

    def _replied(self, worker: WorkerProcess, reply: Reply) -> None:
        """A worker has replied: it takes the next query before anything else is done."""
        flight, number = worker.flight, worker.number
        worker.number = 0  # the file belongs to those who asked
        if flight is not None:
            self._land(flight)
        if flight is not None and (reply.retires or not worker.come_forward()):
            self._dismiss(worker)
        else:
            self._idle.add(worker)
        self._dispatch()
        if reply.kind == PROBLEM:
            self._refuse(flight, reply.payload)
        elif flight is not None and reply.kind == ANSWER:
            flight.succeed(reply.payload, None, len(reply.payload))
        elif flight is not None and reply.kind == FILE:
            self._hand_over(flight, number, int(reply.payload))

    def _hand_over(self, flight: Flight, number: int, size: int) -> None:
        """Hand over an answer that lies in a file, if there is room to hold it until it is sent."""
        if self._spools.keep(number, flight.client, self._bounds.spool_bytes):
            flight.succeed(None, self._spools.file(number), size)
        else:
            flight.fail(no_room)

    def _refuse(self, flight: Flight | None, payload: bytes) -> None:
        """Tell of a problem that a worker has told of."""
        _, said = problem_of(payload)
        if said:
            log.error("%s", said)
        if flight is not None:
            flight.fail(lambda: problem_of(payload)[0])

    def _ended(self, worker: WorkerProcess) -> None:
        """A worker has ended by itself: at worst that costs its query an honest answer."""
        flight = worker.flight
        self._idle.remove(worker)
        if flight is not None:
            status = worker.status()
            self._land(flight)
            if from_without(status) and not (flight.slow or flight.tried_again):
                flight.tried_again = True  # it may have met a worker that was about to end
                self._wait_again(flight)
            else:
                log.warning("A query worker ended with status %s under its query.", status)
                self._lanes.debts.owe(flight.client)
                flight.fail(partial(problem_of_death, status))
        self._wind()

    def _dismiss(self, worker: WorkerProcess) -> None:
        """Kill a worker that is not among the idle, and see to it that another takes its place."""
        self._staff.dismiss(worker)
        self._wind()

    def _leave_behind(self) -> None:
        """Have idle workers leave an earlier release, so that it can be removed."""
        if self._latest is None:
            return
        release, audience = self._latest
        for worker in self._idle.take_behind(release):
            worker.store = (release, worker.store[1] if worker.store else audience)
            worker.send(Request(0, 0.0, Scope(*worker.store, ""), None).encoded())

    def _wind(self) -> None:
        """Let the clock tick, if it does not already."""
        if self._clock is None and self.loop is not None and not self._stopped:
            self._clock = self.loop.call_later(TICK, self._tick)

    def _tick(self) -> None:
        """Look at everything that takes longer than a moment."""
        self._clock = None
        now = time.monotonic()
        for flight in self._everything():
            self._look_at(flight, now)
        self._leave_behind()
        self._staff.look_after()
        self._dispatch()
        pause = self._staff.pause()
        if pause is not None:
            for flight in self._lanes.everybody_waiting():
                self._end(flight, partial(no_workers, pause))
        if self._busy or self._lanes.waiting or self._lanes.postponed or self._staff.unsettled:
            self._wind()

    def _look_at(self, flight: Flight, now: float) -> None:
        ran = now - flight.began if flight.worker is not None else 0.0
        for asker in flight.expired(now):
            waited_mostly = ran < WAITED_MOSTLY * asker.seconds
            asker.fail((busy if waited_mostly else too_slow)(asker.seconds))
        if not flight.askers:
            if not self._ends_soon(flight):
                self._give_up(flight)
            return
        for asker in flight.askers:
            if asker.gone is not None and asker.watch is None:
                asker.watch = asyncio.create_task(self._watch(asker, asker.gone))
        pressed = self._lanes.waiting > 0 and not self._idle
        if flight.turns_slow(now, self._bounds.slow_after, pressed=pressed):
            self._slow_down(flight)

    async def _watch(self, asker: Asker, gone: Gone) -> None:
        """Wait until the client of an asker has left."""
        await gone()
        asker.watch = None
        self._leave(asker)

    def _slow_down(self, flight: Flight) -> None:
        """A query has turned out to be slow: it moves to the slow lane, or waits for a place.

        While nobody needs its worker it runs on: what it has done so far would be lost.
        """
        worker = flight.worker
        if worker is not None and self._lanes.may_be_slow(flight.client):
            self._lanes.slow_down(flight)
            worker.step_back()
            return
        kept_for_quick_ones = self._bounds.workers - self._bounds.slow_places
        if worker is not None and len(self._idle) >= kept_for_quick_ones:
            worker.step_back()
            return
        self._take_down(flight)
        flight.slow = True
        self._wait_again(flight)

    def _wait_again(self, flight: Flight) -> None:
        """A flight that has begun, and runs no longer, is to be begun once more."""
        left = self._lanes.wait(flight)
        if left is not None:
            self._end(left, crowded)
        if left is not flight and flight.key is not None:
            self._flights.setdefault(flight.key, flight)
        self._dispatch()
