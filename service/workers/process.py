"""A worker as its parent sees it: a process, one end of a socket pair, at most one query.

A worker can be started without an event loop, and belongs to the loop that it was attached to
last. A loop ends, processes live on: they can be attached to another.
"""

import asyncio
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from service.workers.channel import ChannelError, Incoming, Reply
from service.workers.child import Child

if TYPE_CHECKING:
    from service.workers.flight import Flight

MODULE = "service.workers.worker"
BUFFER = 1 << 20
STEP_BACK = 10
CPUCLOCK_SCHED = 2  # linux/posix-timers.h: what clock_getcpuclockid(3) makes of a process


class WorkerProcess:
    """One worker process.

    Its pool notes here what it does: the `flight` that it runs, the `store` that it was last asked
    to open, and the `number` of its last request. `on_reply` is called with each reply, and
    `on_end` once when the process has gone or has closed its end; both on the loop that the
    worker is attached to.
    """

    def __init__(
        self,
        folder: Path,
        memory: int,
        max_result_bytes: int,
        on_reply: "Callable[[WorkerProcess, Reply], None]",
        on_end: "Callable[[WorkerProcess], None]",
    ) -> None:
        self._on_reply = on_reply
        self._on_end = on_end
        self._incoming = Incoming()
        self._rest = b""
        self._loop: asyncio.AbstractEventLoop | None = None
        self.began = time.monotonic()
        self.flight: Flight | None = None
        self.store: tuple[str, str] | None = None
        self.number = 0
        self.answered = 0
        self._stands_back = False
        self._child = Child(
            MODULE, (str(folder), str(memory), str(max_result_bytes)), buffer=BUFFER
        )
        self._socket = self._child.socket
        self._socket.setblocking(False)

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._child.pid

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Be heard on this loop from now on."""
        self._detach()
        self._loop = loop
        loop.add_reader(self._socket.fileno(), self._readable)

    def send(self, frame: bytes) -> bool:
        """Write a request; false where the process has gone."""
        try:
            sent = self._socket.send(frame)
        except BlockingIOError:
            sent = 0
        except OSError:
            return False
        if sent < len(frame) and self._loop is not None:
            self._rest = frame[sent:]
            self._loop.add_writer(self._socket.fileno(), self._writable)
        return True

    def processor_time(self) -> float | None:
        """The seconds of processor time that it has taken; None where the system does not tell."""
        if sys.platform != "linux":
            return None
        with suppress(OSError):  # it has gone
            return time.clock_gettime(~self.pid << 3 | CPUCLOCK_SCHED)
        return None

    def step_back(self) -> None:
        """Let others go first from now on."""
        if self._stands_back:
            return
        self._stands_back = True
        nice = min(19, os.getpriority(os.PRIO_PROCESS, 0) + STEP_BACK)
        with suppress(ProcessLookupError, PermissionError):
            os.setpriority(os.PRIO_PROCESS, self.pid, nice)

    def come_forward(self) -> bool:
        """Whether it takes its turn as any other, again if it did not and that may be undone."""
        if not self._stands_back:
            return True
        try:
            own = os.getpriority(os.PRIO_PROCESS, 0)
            os.setpriority(os.PRIO_PROCESS, self.pid, own)
        except (ProcessLookupError, PermissionError):
            return False
        self._stands_back = False
        return True

    def status(self) -> int | None:
        """The exit status of the process; None while it runs."""
        return self._child.process.poll()

    def kill(self) -> None:
        """End the process, whatever it does. It is to be reaped afterwards."""
        self._detach()
        if self._socket.fileno() >= 0:
            self._socket.close()
        self._child.kill()

    def reaped(self) -> bool:
        """Whether the process has ended, and nothing is left of it."""
        if self._child.is_alive:
            return False
        self._child.reap()
        return True

    def wait(self) -> None:
        """Wait until a killed process has gone."""
        self._child.reap()

    def last_words(self) -> str:
        """The end of what the process wrote to its standard error."""
        return self._child.last_words()

    def _readable(self) -> None:
        try:
            part = self._socket.recv(self._incoming.room)
        except BlockingIOError:
            return
        except OSError:
            part = b""
        try:
            reply = self._incoming.take(part) if part else None
        except ChannelError:
            part, reply = b"", None
        if not part:
            self._detach()
            self._on_end(self)
        elif reply is not None:
            self._on_reply(self, reply)

    def _writable(self) -> None:
        try:
            self._rest = self._rest[self._socket.send(self._rest) :]
        except BlockingIOError:
            return
        except OSError:
            self._rest = b""  # the end is told to the reader
        if not self._rest and self._loop is not None:
            self._loop.remove_writer(self._socket.fileno())

    def _detach(self) -> None:
        loop, self._loop = self._loop, None
        if loop is not None and not loop.is_closed() and self._socket.fileno() >= 0:
            loop.remove_reader(self._socket.fileno())
            loop.remove_writer(self._socket.fileno())
