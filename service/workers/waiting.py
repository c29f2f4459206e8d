"""Who is next: a bounded room in which queries wait, with a line for each client.

A client with many queries waits behind itself: lines take turns, and first comes who is the
least burden. When the room is full, the longest line gives way to the newcomer of a shorter one.
"""

from collections import deque
from collections.abc import Callable, Iterator

from service.workers.flight import Flight


class WaitingRoom:
    """Flights that wait for a worker, at most `places` of them."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._lines: dict[str | None, deque[Flight]] = {}
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Flight]:
        """Everybody, as it is now: what happens meanwhile changes nothing."""
        return iter([flight for line in self._lines.values() for flight in line])

    def waiting_of(self, client: str | None) -> int:
        """How many flights of a client wait."""
        return len(self._lines.get(client, ()))

    def put(self, flight: Flight) -> Flight | None:
        """Let the flight wait; given is who has to leave for that, perhaps the flight itself."""
        left = None
        if self._count >= self._places:
            longest = max(self._lines.values(), key=len, default=None)
            if longest is None or len(longest) <= self.waiting_of(flight.client) + 1:
                return flight
            left = longest[-1]
            self.remove(left)
        self._lines.setdefault(flight.client, deque()).append(flight)
        self._count += 1
        return left

    def take(
        self,
        may_run: Callable[[str | None], bool],
        burden: Callable[[str | None], tuple[float, int]],
    ) -> Flight | None:
        """The next flight among the clients that may run one; None where there is none."""
        able = [client for client in self._lines if may_run(client)]
        if not able:
            return None
        client = min(able, key=burden)
        line = self._lines.pop(client)
        flight = line.popleft()
        if line:
            self._lines[client] = line  # behind all others, whose turn it is now
        self._count -= 1
        return flight

    def remove(self, flight: Flight) -> bool:
        """Whether the flight waited, and does no longer."""
        line = self._lines.get(flight.client)
        if line is None or flight not in line:
            return False
        line.remove(flight)
        if not line:
            del self._lines[flight.client]
        self._count -= 1
        return True
