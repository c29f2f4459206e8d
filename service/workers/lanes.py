"""Who may run now, and who waits: the quick lane and the slow lane, and the shares of clients.

Nobody can tell from its text how long a query takes. So each begins like a quick one, and one that
has not ended after a moment moves to the slow lane: it takes one of the slow places, or waits for
one. The workers beyond those places are kept for quick queries, so that these go on whatever the
slow ones do.

Of those that have just begun, no more run at once than there are processors: more would only take
the processors, and what is in their caches, from one another. Who has run for longer than that is
not counted, so that nobody waits long for a place.

A client has a share of the slow places. While it has its share, counting what waits for a place, or
owes for workers that its queries have cost, it may run one more query at a time, to see whether
that is quick; while it owes much, none. Where nobody knows the client (None), nothing is shared.
"""

from service.workers.bounds import Bounds
from service.workers.debts import CREDIT, Debts
from service.workers.flight import Flight
from service.workers.waiting import WaitingRoom


class Tally:
    """How many there are of each client, and of all."""

    def __init__(self) -> None:
        self.total = 0
        self._each: dict[str | None, int] = {}

    def __len__(self) -> int:
        """Of how many clients there are any."""
        return len(self._each)

    def of(self, client: str | None) -> int:
        """How many there are of a client."""
        return self._each.get(client, 0)

    def add(self, client: str | None) -> None:
        """One more."""
        self.total += 1
        self._each[client] = self._each.get(client, 0) + 1

    def remove(self, client: str | None) -> None:
        """One less, of which there is one."""
        self.total -= 1
        left = self._each[client] - 1
        if left:
            self._each[client] = left
        else:
            del self._each[client]


class Lanes:
    """What runs and what waits, counted by client. It decides, and starts nothing."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._running = Tally()
        self._slow = Tally()
        self._fresh = 0
        self._waiting = WaitingRoom(bounds.queue)
        self._postponed = WaitingRoom(bounds.queue)
        self.debts = Debts()

    @property
    def running(self) -> int:
        """How many queries run."""
        return self._running.total

    @property
    def slow(self) -> int:
        """How many of those that run are slow."""
        return self._slow.total

    @property
    def waiting(self) -> int:
        """How many queries wait for their first turn."""
        return len(self._waiting)

    @property
    def postponed(self) -> int:
        """How many queries were stopped and wait for a slow place."""
        return len(self._postponed)

    def everybody_waiting(self) -> list[Flight]:
        """All flights that wait, in both lanes."""
        return [*self._waiting, *self._postponed]

    def may_begin(self, client: str | None) -> bool:
        """Whether a newcomer need not wait, provided that a worker is idle."""
        return not self._waiting and self._has_place and self._may_try(client)

    def may_be_slow(self, client: str | None) -> bool:
        """Whether there is a slow place for the client."""
        if self.slow >= self._bounds.slow_places:
            return False
        return client is None or self._slow.of(client) < self._bounds.share

    def begin(self, flight: Flight) -> None:
        """The flight runs."""
        self._running.add(flight.client)
        flight.fresh = not flight.slow
        if flight.slow:
            self._slow.add(flight.client)
        else:
            self._fresh += 1

    def settle(self, flight: Flight) -> None:
        """The flight has run for longer than a tiny query does: it keeps nobody waiting."""
        if flight.fresh:
            flight.fresh = False
            self._fresh -= 1

    def slow_down(self, flight: Flight) -> None:
        """The flight, which runs, is slow from now on."""
        self.settle(flight)
        flight.slow = True
        self._slow.add(flight.client)

    def end(self, flight: Flight) -> None:
        """The flight runs no longer."""
        self._running.remove(flight.client)
        self.settle(flight)
        if flight.slow:
            self._slow.remove(flight.client)

    def wait(self, flight: Flight) -> Flight | None:
        """Let the flight wait; given is who has to leave for that, perhaps the flight itself."""
        return (self._postponed if flight.slow else self._waiting).put(flight)

    def leave(self, flight: Flight) -> bool:
        """Whether the flight waited, and does no longer."""
        return (self._postponed if flight.slow else self._waiting).remove(flight)

    def next(self) -> Flight | None:
        """Who gets the next idle worker; None where nobody may have it."""
        flight = None
        if self._postponed:
            flight = self._postponed.take(self.may_be_slow, self._burden)
        if flight is None and self._waiting and self._has_place:
            flight = self._waiting.take(self._may_try, self._burden)
        return flight

    @property
    def _has_place(self) -> bool:
        return self._fresh < self._bounds.at_once

    def _may_try(self, client: str | None) -> bool:
        """Whether a client may run one more query of which nobody knows whether it is quick."""
        if client is None:
            return True
        owed, slow = self.debts.of(client), self._slow.of(client)
        if owed >= CREDIT:
            return False
        if not owed and slow + self._postponed.waiting_of(client) < self._bounds.share:
            return True
        return self._running.of(client) - slow < 1

    def _burden(self, client: str | None) -> tuple[float, int]:
        """What the client costs now; who costs least comes first."""
        return self.debts.of(client), self._running.of(client)
