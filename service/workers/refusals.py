"""What a client is told by the pool: that it is full, that a worker died, or what a worker said."""

import json
import math
import signal

from service.errors import Problem
from service.query_faults import too_much_memory
from service.workers.channel import EXHAUSTED

MEMORY_SIGNALS = (signal.SIGABRT, signal.SIGKILL)
STACK_SIGNALS = (signal.SIGSEGV, signal.SIGBUS)


def problem_of(payload: bytes) -> tuple[Problem, str]:
    """The problem that a worker tells of, and what is to be noted."""
    told = json.loads(payload)
    log: str = told.pop("log")
    status, title, detail = told.pop("status"), told.pop("title"), told.pop("detail")
    return Problem(status, title, detail, **told), log


def from_without(status: int | None) -> bool:
    """Whether a worker with this exit status was ended by somebody, and not by its query."""
    return status is not None and -status in (signal.SIGKILL, signal.SIGTERM)


def problem_of_death(status: int | None) -> Problem:
    """What a query is told whose worker has ended under it, by the exit status of the process."""
    if status == EXHAUSTED or (status is not None and -status in MEMORY_SIGNALS):
        return too_much_memory()
    if status is not None and -status in STACK_SIGNALS:
        return Problem(
            503,
            "The query is too complex.",
            "It is nested too deeply, or needs more memory than a query may take.",
        )
    return Problem(
        503,
        "The query was interrupted.",
        "The process that ran it has ended. Try it again in a moment.",
        headers={"Retry-After": "1"},
    )


def no_text() -> Problem:
    """The Problem 400 for a query that has no form in UTF-8."""
    return Problem(400, "The query is not text.", "It has half of a surrogate pair.")


def crowded() -> Problem:
    """The Problem 429 for a query for which there is no place to wait."""
    return Problem(
        429,
        "Too many queries are waiting.",
        "This query has no answer. Try it again in a moment.",
        headers={"Retry-After": "1"},
    )


def busy(seconds: float) -> Problem:
    """The Problem 503 for a query whose time went by while it waited for others."""
    return Problem(
        503,
        "The service is busy.",
        f"This query spent most of its {seconds:g} seconds waiting for its turn. Try it again in a "
        "moment.",
        headers={"Retry-After": "5"},
    )


def no_room() -> Problem:
    """The Problem 503 for a large answer, while those that are being sent take all the room."""
    return Problem(
        503,
        "Too many large answers are being sent.",
        "This one has no place until others have been read. LIMIT makes an answer smaller, and "
        "small ones are given as ever.",
        headers={"Retry-After": "5"},
    )


def no_workers(pause: float) -> Problem:
    """The Problem 503 for a time when no worker can be started, until the next attempt."""
    return Problem(
        503,
        "Queries cannot be answered at the moment.",
        "The fault is the service's and has been noted.",
        headers={"Retry-After": str(math.ceil(pause) + 1)},
    )
