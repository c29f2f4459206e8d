"""How much there is of what queries share."""

import os
from dataclasses import dataclass, replace

from service.settings import GIB, Settings

WORKERS_PER_PROCESSOR = 4
WORKERS_AT_MOST = 32
LARGEST_RESULTS = 4


@dataclass(frozen=True, slots=True)
class Bounds:
    """The bounds of one pool. Times are in seconds, sizes in bytes.

    A query that has run for `slow_after` counts as slow. `memory` is what one query may take
    beyond what its worker takes idle; `queue` is how many may wait, quick and slow ones each.
    `processors` is how many queries can run without taking turns.
    """

    workers: int
    memory: int = 2 * GIB
    max_result_bytes: int = GIB // 4
    timeout: float = 30.0
    queue: int = 128
    slow_after: float = 0.15
    processors: int = 1

    @classmethod
    def from_settings(cls, settings: Settings) -> "Bounds":
        """The bounds that the settings give."""
        return cls(
            workers=settings.query_workers or usual_workers(),
            memory=settings.query_memory,
            max_result_bytes=settings.max_result_bytes,
            timeout=settings.query_timeout,
            processors=usable_processors(),
        )

    def with_workers(self, workers: int) -> "Bounds":
        """The same bounds for another number of workers."""
        return replace(self, workers=workers)

    @property
    def at_once(self) -> int:
        """How many queries that have just begun run at once: with fewer, a processor might idle."""
        return max(2, self.processors)

    @property
    def slow_places(self) -> int:
        """How many workers may run slow queries: the others are kept for quick ones."""
        return max(1, self.workers - max(1, self.workers // 4))

    @property
    def share(self) -> int:
        """How many of the slow places one client may have."""
        return max(1, self.slow_places // 2)

    @property
    def spool_bytes(self) -> int:
        """How much the large answers may take together that are finished and not yet sent."""
        return LARGEST_RESULTS * self.max_result_bytes

    def time_for(self, asked: float | None) -> float:
        """The time of a query whose client asks for so much, or for nothing particular."""
        return self.timeout if asked is None else min(asked, self.timeout)


def usual_workers() -> int:
    """Four workers a processor: those that wait for nothing but a processor step back anyway."""
    return min(WORKERS_AT_MOST, WORKERS_PER_PROCESSOR * usable_processors())


def usable_processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
