"""A command that is told to end (SIGTERM) takes back what it had begun, and ends.

Python's own answer to SIGTERM ends the process on the spot. That loses nothing, for every writer
may be killed at any moment, but leaves folders for the next command to remove. Here it becomes an
exception, so that whatever cleans up after a failure cleans up after this too.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

ENDED = 128 + signal.SIGTERM
"""The exit status of a command that was told to end, as shells count it."""


class TerminatedError(SystemExit):
    """The process was told to end. Nothing but cleaning up is to be done."""


@contextmanager
def ended_by_sigterm() -> Iterator[None]:
    """Have SIGTERM raise `TerminatedError` while this lasts; a second one ends the process at once.

    A process that ignores the signal goes on ignoring it. Off the main thread, which alone hears
    signals, nothing changes.
    """
    if (
        threading.current_thread() is not threading.main_thread()
        or signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
    ):
        yield
        return

    def end(_number: int, _frame: FrameType | None) -> NoReturn:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        raise TerminatedError(ENDED)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
