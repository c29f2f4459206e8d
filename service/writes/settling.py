"""What is told of a write that its process did not answer.

Until the process has said that the rest is its own work, nothing can have changed. After that a
release may have taken the place of the one before, and the log of writes tells whose it was.
"""

import json
import os
import signal
from contextlib import suppress
from pathlib import Path

from service.errors import Problem
from service.store import CURRENT
from service.writes.job import EXHAUSTED, WriteJob, Written

AUDIT = "audit.jsonl"
TAIL = 1 << 16  # bytes: the line is among the last
MEMORY_SIGNALS = (signal.SIGABRT,)
STACK_SIGNALS = (signal.SIGSEGV, signal.SIGBUS)


def current_target(data: Path) -> str | None:
    """The release that the link names; None where there is none."""
    with suppress(OSError):
        return os.readlink(data / CURRENT)  # noqa: PTH115 - a name, and no path
    return None


def settle(data: Path, before: str | None, job: WriteJob, problem: Problem) -> Written:
    """What a write did whose process ended in its second part; `before` was served till then.

    Raises:
        Problem: the one given, where nothing has changed; 500 where nobody can tell.
    """
    after = current_target(data)
    if after is None or after == before:
        raise problem
    release = Path(after).name
    line = _line_of(data, job.request)
    if line is not None and line.get("release") == release:
        return Written(release, bool(line.get("changed", True)))
    raise Problem(
        500,
        "It cannot be told whether this was done.",
        f"The process that did it ended, and the release {release} has taken the place of the one "
        "before. Look at what it holds before you send this again.",
        extensions={"release": release},
    )


def _line_of(data: Path, request: str) -> dict[str, object] | None:
    """What the log of writes says of a request."""
    try:
        with (data / AUDIT).open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL))
            lines = file.read().splitlines()
    except OSError:
        return None
    for line in reversed(lines):
        with suppress(ValueError):
            told = json.loads(line)
            if isinstance(told, dict) and told.get("request") == request:
                return told
    return None


def problem_of_death(status: int, job: WriteJob) -> Problem:
    """What is told of a write whose process ended, by its exit status. Nothing was changed."""
    if status == EXHAUSTED or -status in MEMORY_SIGNALS:
        if job.action.brings_rdf:
            return Problem(
                413,
                "What was sent needs too much memory.",
                "Read in full, it would take more than a write may have. Nothing was changed; "
                "smaller parts, sent one after the other, need less.",
            )
        return Problem(
            503,
            "The update needs too much memory.",
            "Nothing was changed. A narrower pattern, or several smaller updates, need less.",
        )
    if -status in STACK_SIGNALS:
        return Problem(
            422,
            "What was sent is nested too deeply.",
            "It cannot be read in the memory that a write may take. Nothing was changed.",
        )
    return interrupted()


def interrupted() -> Problem:
    """The Problem 503 for a write whose process was ended from outside."""
    return Problem(
        503,
        "The write was interrupted.",
        "The process that did it has ended, and nothing was changed. Try it again in a moment.",
        headers={"Retry-After": "1"},
    )


def too_slow(seconds: float) -> Problem:
    """The Problem 504 for a write that was not read and worked out in its time."""
    return Problem(
        504,
        "The write took too long.",
        f"It was not worked out within {seconds:g} seconds, and nothing was changed. Smaller "
        "parts take less; where a publish holds the data, try it again later.",
    )


def crowded() -> Problem:
    """The Problem 503 for a write for which there is no place to wait."""
    return Problem(
        503,
        "Too many writes are waiting.",
        "This one was not begun, and nothing was changed. Try it again in a moment.",
        headers={"Retry-After": "5"},
    )


def failed() -> Problem:
    """The Problem 500 for a fault that is the service's; what it was stands in the log."""
    return Problem(
        500,
        "The write failed.",
        "The fault is the service's and has been noted. Nothing was changed.",
    )


def left_behind() -> Problem:
    """The Problem 503 for a write that is still being done when the service stops."""
    return Problem(
        503,
        "The service is stopping.",
        "The write had not ended yet. Whether it was done, the release that is served next tells.",
    )
