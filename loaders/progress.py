"""Telling a person who waits how far a load has come, and afterwards where the time went."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from loaders.loading import Progress
from loaders.steps import Steps, listening, summed

_PATIENCE = 1.0
_INTERVAL = 0.2


@contextmanager
def told(source: str, *, enabled: bool = True) -> Iterator[Progress | None]:
    """What a load is to tell; a line on stderr that is written over, where a person sees it.

    Nothing is shown of a load that is over within a second, and nothing where stderr is no
    terminal.
    """
    if not (enabled and sys.stderr.isatty()):
        yield None
        return
    began = last = time.monotonic()
    shown = False

    def tell(file: str, read: int) -> None:
        nonlocal last, shown
        now = time.monotonic()
        if now - began > _PATIENCE and now - last > _INTERVAL:
            last, shown = now, True
            rate = int(read / (now - began))
            line = f"{source}: {file}, {read:,} records, {rate:,} a second"
            click.echo(f"\r\x1b[K{line}", err=True, nl=False)

    try:
        yield tell
    finally:
        if shown:
            click.echo("\r\x1b[K", err=True, nl=False)


@contextmanager
def timings(*, enabled: bool = True) -> Iterator[None]:
    """What happens in the block, and on stderr how many seconds each of its steps took."""
    if not enabled:
        yield
        return
    with listening() as steps:
        try:
            yield
        finally:
            for line in timing_lines(steps, time.monotonic()):
                click.echo(line, err=True)


def timing_lines(steps: Steps, ended: float) -> list[str]:
    """The seconds of each step, and the share of all; parts stand further in, below their whole.

    What belongs to no step is told as “the rest”.
    """
    whole = ended - steps.began
    sums = [(each.path, each.seconds) for each in summed(steps)]
    rest = whole - sum(seconds for path, seconds in sums if len(path) == 1)
    rows = [*sums, (("the rest",), rest), (("in all",), whole)]
    return [
        f"{seconds:9.2f} s {seconds / whole:5.0%}  {'  ' * (len(path) - 1)}{path[-1]}"
        for path, seconds in rows
    ]
