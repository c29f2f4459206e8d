"""`/metrics`: what the service is doing, in numbers for Prometheus.

Whoever asks from this machine may read them, and holders of a staff token from anywhere. A service
that was told of a proxy, by its public URL or by the proxies it trusts, takes nobody's word for
being here: its proxy would be.
"""

import ipaddress
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from flask import Blueprint, Response, request
from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from service.caching import NEVER_STORED
from service.errors import Problem, ServiceError
from service.serving import Serving, caller, serving
from service.store import Release
from service.tokens import INTERNAL

TEXT = "text/plain; version=0.0.4; charset=utf-8"
STATM = "/proc/{}/statm"
PAGE = 4096
FORWARDED = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")
WORKERS = ("starting", "idle")
QUERIES = ("running", "slow", "waiting", "postponed")

metrics = Blueprint("metrics", __name__)


@metrics.get("/metrics")
def tell() -> Response:
    """The numbers, in the text format of Prometheus."""
    _check_reader()
    registry = CollectorRegistry(auto_describe=False)
    ProcessCollector(registry=registry)
    registry.register(serving().counts)
    registry.register(_State(serving()))
    response = Response(generate_latest(registry), content_type=TEXT)
    response.headers["Cache-Control"] = NEVER_STORED
    return response


def _check_reader() -> None:
    """401 for whoever is neither here nor staff, and 403 for a partner."""
    who = caller()
    if who.audience == INTERNAL or _is_here():
        return
    is_known = who.role is not None
    raise Problem(
        403 if is_known else 401,
        "The metrics are for those who run the service.",
        "They are read from the machine that it runs on, or with a token of the role steward or "
        "administrator.",
        headers={
            "WWW-Authenticate": 'Bearer realm="gmkg"'
            + (', error="insufficient_scope"' if is_known else "")
        },
    )


def _is_here() -> bool:
    """Whether the request was made on this machine, and came by no proxy."""
    settings = serving().settings
    if settings.public_url is not None or settings.trusted_proxies:
        return False
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback


class _State:
    """What the service is doing at this moment: its workers, its release, its memory."""

    def __init__(self, serves: Serving) -> None:
        self._serves = serves

    def collect(self) -> Iterator[Metric]:
        """The numbers."""
        yield from self._pool()
        try:
            release = self._serves.releases.current()
        except ServiceError:
            return
        yield from _release(release)

    def _pool(self) -> Iterator[Metric]:
        state = self._serves.runner.state()
        workers = GaugeMetricFamily(
            "gmkg_query_workers", "Query workers by what they do.", labels=("state",)
        )
        for name in WORKERS:
            workers.add_metric((name,), _count(state, name))
        workers.add_metric(("busy",), _count(state, "running"))
        yield workers
        queries = GaugeMetricFamily(
            "gmkg_queries",
            "Queries: running, those of them that are slow, waiting, and put off while others are "
            "slow.",
            labels=("state",),
        )
        for name in QUERIES:
            queries.add_metric((name,), _count(state, name))
        yield queries
        yield CounterMetricFamily(
            "gmkg_query_workers_replaced",
            "Workers that were killed or ended, and were replaced.",
            value=_count(state, "replaced"),
        )
        memory = sum(map(_memory, getattr(self._serves.runner, "pids", ())))
        yield GaugeMetricFamily(
            "gmkg_query_workers_resident_memory_bytes",
            "Memory of all query workers; what they share is counted for each.",
            value=memory,
        )


def _release(release: Release) -> Iterator[Metric]:
    """Which release is served, and since when it is published."""
    info = GaugeMetricFamily(
        "gmkg_release_info", "The release that is served.", labels=("release",)
    )
    info.add_metric((release.id,), 1)
    yield info
    try:
        published = datetime.fromisoformat(str(release.manifest.get("published", "")))
    except ValueError:
        return
    yield GaugeMetricFamily(
        "gmkg_release_published_timestamp_seconds",
        "When the release that is served was published.",
        value=published.timestamp(),
    )


def _count(state: dict[str, object], name: str) -> float:
    value = state.get(name, 0)
    return float(value) if isinstance(value, int) else 0.0


def _memory(process: int) -> int:
    """The resident memory of a process in bytes; 0 of one that has ended, or where none tell."""
    try:
        return int(Path(STATM.format(process)).read_text().split()[1]) * PAGE
    except (OSError, ValueError, IndexError):
        return 0
