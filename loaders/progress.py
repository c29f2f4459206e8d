"""Telling a person who waits how far a load has come."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from loaders.loading import Progress

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
