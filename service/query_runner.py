"""What runs a stranger's query, and hands back its answer whole or not at all.

An answer is complete before its first byte is sent, so that its status is honest: small ones
wait in memory, larger ones in a spool file, and one beyond the bound is refused. `QueryRunner`
is what the rest of the service knows; `service.workers.runner` runs queries in processes that can
be killed (decision 0017).
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from pyoxigraph import Literal, NamedNode

from service.errors import Problem, ServiceError
from service.representations import Representation
from service.spool import Answer as Answer  # part of what a runner is
from service.store import Release


@dataclass(frozen=True, slots=True)
class QueryJob:
    """A query, the release that it asks, and the form that its answer takes.

    `default_graphs` and `named_graphs` are the dataset that the protocol names, which replaces
    the query's own FROM clauses (SPARQL 1.1 Protocol §2.1.4). Without either, the dataset is
    the query's own, or else the release as it stands. `timeout` is in seconds. `substitutions`
    gives variables a term each before the query is run: SELECT has to project them.
    """

    release: Release
    query: str
    representation: Representation
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] | None = None
    timeout: float | None = None
    substitutions: Mapping[str, NamedNode | Literal] = field(default_factory=dict)


class ClientGoneError(ServiceError):
    """The client left before its query had ended, so there is nobody to answer."""


class QueryRunner(Protocol):
    """What runs queries. A query that gets no answer is refused by raising Problem."""

    def start(self) -> None:
        """Make ready; called once, before the first query."""

    def stop(self) -> None:
        """End what runs, and remove the spool files; nothing is run afterwards."""

    async def run(
        self,
        job: QueryJob,
        gone: Callable[[], Awaitable[object]] | None = None,
        client: str | None = None,
    ) -> Answer:
        """The answer, for a caller on an event loop.

        `gone` makes an awaitable that ends when the client has left: the query is then
        abandoned, and ClientGoneError raised. `client` is whose share of the machine the query
        takes, where the runner has shares.
        """

    def run_blocking(self, job: QueryJob, client: str | None = None) -> Answer:
        """The answer, for a caller on a thread."""

    def state(self) -> dict[str, object]:
        """What it is doing, in numbers, for whoever watches over the service."""


def stopping() -> Problem:
    """The Problem 503 for whoever still waits at the end."""
    return Problem(503, "The service is stopping.")
