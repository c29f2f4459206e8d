"""The process that runs queries: `python -m service.workers.worker`, started by its parent alone.

It opens releases read-only, runs one query at a time, and answers it whole. Whatever goes wrong in
a query either comes back as a problem or ends the process, which its parent tells the client.
"""

import errno
import json
import os
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from threading import Event
from typing import IO, NamedTuple

from pyoxigraph import Literal, NamedNode, Store

from service.errors import Problem
from service.evaluation import evaluate
from service.holding import hold, store_path
from service.query_faults import engine_failed, refusal
from service.representations import BY_NAME, Representation
from service.spool import Spool, XmlSpool
from service.workers.channel import (
    ANSWER,
    EXHAUSTED,
    FILE,
    OPENED,
    PROBLEM,
    READY,
    Reply,
    Request,
    decode_request,
    receive,
    send,
)
from service.workers.sandbox import (
    address_space,
    die_with_parent,
    forbid_network,
    limit_files,
    limit_memory,
    offer_itself,
)

FILE_MARGIN = 1 << 20  # the bound of a result is reached first
BUFFER = 1 << 18
A_WHILE = 0.01  # a query that was quicker has left nothing behind worth looking for
KEPT_AT_MOST = 8  # parts of the memory that a query may take
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
NEVER = Event()


class Task(NamedTuple):
    """A query as the engine is asked it."""

    query: str
    representation: Representation
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...] | None
    substitutions: Mapping[str, NamedNode | Literal]


class Worker:
    """One worker: the release that it has open, and the queries that it runs over it."""

    def __init__(self, folder: Path, memory: int, max_result_bytes: int) -> None:
        self._folder = folder
        self._memory = memory
        self._max_result_bytes = max_result_bytes
        self._opened: tuple[str, str] | None = None
        self._store: Store | None = None
        self._held: int | None = None
        self._base = 0

    def reply(self, request: Request) -> Reply:
        """What there is to say to a request."""
        begun = time.monotonic()
        try:
            store = self._open(request.scope.release, request.scope.audience)
        except Exception as fault:
            said = f"The release {request.scope.release} cannot be opened in a worker: {fault!r}"
            return _problem(_cannot_open(), said)
        if request.query is None:
            return Reply(OPENED, False, b"")
        scope = request.scope
        task = Task(
            request.query,
            BY_NAME[scope.form],
            scope.default_graphs,
            scope.named_graphs,
            request.substitutions,
        )
        # Should the parent neither read nor kill any more, the system ends the query.
        signal.setitimer(signal.ITIMER_REAL, request.seconds)
        try:
            reply = self._answer(store, task, request.number)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        if time.monotonic() - begun > A_WHILE:
            kept = address_space() - self._base
            return reply._replace(retires=kept > self._memory // KEPT_AT_MOST)
        return reply

    def _open(self, release: str, audience: str) -> Store:
        """The store of the release, opened now if another was open or none."""
        if self._store is not None and self._opened == (release, audience):
            return self._store
        self._store = self._opened = None
        if self._held is not None:
            os.close(self._held)
            self._held = None
        limit_memory(None)  # what the release itself takes is not the query's
        self._held = hold(Path(release))
        self._store = store = Store.read_only(str(store_path(Path(release), audience)))
        self._opened = (release, audience)
        limit_memory(self._memory)
        self._base = address_space()
        return store

    def _answer(self, store: Store, task: Task, number: int) -> Reply:
        kind = XmlSpool if task.representation.is_xml else Spool
        spool = kind(lambda: self._new_file(number), self._max_result_bytes, NEVER)
        try:
            evaluate(store, task, spool)
            answer = spool.finish()
        except MemoryError:
            os._exit(EXHAUSTED)  # the bookkeeping of an interpreter without memory is not relied on
        except Exception as fault:
            spool.discard()
            told = refusal(fault, task.representation.title) or _refused_call(fault, task.query)
            if told is not None:
                return _problem(told)
            if isinstance(fault, OSError) and fault.errno in NO_ROOM:
                return _problem(_no_room(), f"There is no room for an answer: {fault!r}")
            return _problem(engine_failed(), f"A query failed in the engine: {fault!r}")
        if answer.path is None:
            return Reply(ANSWER, False, answer.body or b"")
        return Reply(FILE, False, b"%d" % answer.size)

    def _new_file(self, number: int) -> IO[bytes]:
        return (self._folder / str(number)).open("xb", buffering=BUFFER)


def _refused_call(fault: Exception, query: str) -> Problem | None:
    """The problem of a query that called out in spite of everything, and reached nobody."""
    if not isinstance(fault, OSError) or fault.errno in NO_ROOM:
        return None
    from queries.tokens import service_clause

    if service_clause(query) is None:
        return None
    return Problem(
        400,
        "SERVICE is refused.",
        "This endpoint sends no requests to other endpoints on a client's behalf.",
    )


def _cannot_open() -> Problem:
    return Problem(
        503,
        "The release cannot be opened.",
        "The fault is the service's and has been noted.",
        headers={"Retry-After": "10"},
    )


def _no_room() -> Problem:
    return Problem(
        503,
        "There is no room for the answer.",
        "The fault is the service's and has been noted. LIMIT makes an answer smaller.",
        headers={"Retry-After": "10"},
    )


def _problem(problem: Problem, log: str = "") -> Reply:
    told = {
        "status": problem.status,
        "title": problem.title,
        "detail": problem.detail,
        "line": problem.line,
        "column": problem.column,
        "headers": problem.headers,
        "log": log,
    }
    return Reply(PROBLEM, False, json.dumps(told).encode())


def main(arguments: list[str]) -> None:
    """Answer requests until the parent has gone.

    The arguments: the descriptor of the channel, the parent's process, the folder of the spool
    files, the bytes of memory that a query may take, and the bytes that a result may have.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    descriptor, parent, memory, max_result_bytes = (int(arguments[place]) for place in (0, 1, 3, 4))
    tied = die_with_parent(parent)
    offer_itself()
    limit_files(max_result_bytes + FILE_MARGIN)
    holds = {
        "network": forbid_network(),
        "memory": address_space() > 0,
        "parent": tied,
    }
    worker = Worker(Path(arguments[2]), memory, max_result_bytes)
    try:
        send(descriptor, Reply(READY, False, json.dumps(holds).encode()))
        while (payload := receive(descriptor)) is not None:
            send(descriptor, worker.reply(decode_request(payload)))
    except (BrokenPipeError, ConnectionResetError):
        pass  # the parent has gone
    os._exit(0)  # nothing is worth the time that an orderly end takes


if __name__ == "__main__":
    main(sys.argv[1:])
