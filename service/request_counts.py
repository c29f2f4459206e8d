"""Counting requests: how many there were of each kind, and how long they took.

The edge counts on its one thread, for each request a microsecond long; whoever reads meanwhile
may miss the last one.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from itertools import accumulate

from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily, Metric

# Seconds; a cached answer takes less than the first, and a query at most about the last.
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.25, 1.0, 5.0, 30.0)
SECONDS = len(BUCKETS) + 1  # after the buckets, and what took longer than all
METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
OTHER = "other"
GONE = 0  # the client left before it was answered

Kind = tuple[str, str, int, str]


class RequestCounts:
    """Requests by route, method, class of status and audience, and durations by route.

    A collector of `prometheus_client`: nothing of a request's path, query or token is kept.
    """

    def __init__(self) -> None:
        # For each kind how many took as long as each bucket says, and the seconds of all.
        self._series: dict[Kind, list[float]] = {}
        self._whole = 0
        self._unchanged = 0

    def note(
        self, route: str, method: str, status: int, audience: str, seconds: float, cached: bool
    ) -> None:
        """Count one request."""
        series = self._series.get((route, method, status, audience))
        if series is None:
            series = self._begun((route, method if method in METHODS else OTHER, status, audience))
        series[bisect_left(BUCKETS, seconds)] += 1
        series[SECONDS] += seconds
        if cached:
            if status == HTTPStatus.NOT_MODIFIED:
                self._unchanged += 1
            else:
                self._whole += 1

    def _begun(self, kind: Kind) -> list[float]:
        return self._series.setdefault(kind, [0.0] * (len(BUCKETS) + 2))

    def collect(self) -> Iterator[Metric]:
        """What was counted since the start."""
        counted: dict[tuple[str, ...], float] = {}
        durations: dict[str, list[float]] = {}
        for (route, method, status, audience), series in tuple(self._series.items()):
            labels = route, method, _class_of(status), audience
            counted[labels] = counted.get(labels, 0) + sum(series[:SECONDS])
            so_far = durations.get(route, [0.0] * len(series))
            durations[route] = [one + other for one, other in zip(so_far, series, strict=True)]
        yield _counter(
            "gmkg_requests",
            "Requests by route, method, class of status (gone: the client left) and audience.",
            ("route", "method", "status", "audience"),
            counted,
        )
        yield _counter(
            "gmkg_answers_from_cache",
            "Answers that were given again: whole, or as 304 Not Modified.",
            ("kind",),
            {("whole",): self._whole, ("unchanged",): self._unchanged},
        )
        histogram = HistogramMetricFamily(
            "gmkg_request_seconds",
            "From the head of a request to the whole answer, without the sending.",
            labels=("route",),
        )
        bounds = (*map(str, BUCKETS), "+Inf")
        for route, series in durations.items():
            rising = list(zip(bounds, accumulate(series[:SECONDS]), strict=True))
            histogram.add_metric((route,), rising, sum_value=series[SECONDS])
        yield histogram


def _class_of(status: int) -> str:
    return "gone" if status == GONE else f"{status // 100}xx"


def _counter(
    name: str, said: str, labels: tuple[str, ...], counts: Mapping[tuple[str, ...], float]
) -> CounterMetricFamily:
    family = CounterMetricFamily(name, said, labels=labels)
    for values, count in counts.items():
        family.add_metric(values, count)
    return family
