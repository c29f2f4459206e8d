"""A process that does one write, as its parent sees it: a process and one end of a socket pair.

It belongs to the thread that started it: where that thread ends, the system ends the process.
"""

import subprocess
import time
from contextlib import suppress
from pathlib import Path

from service.workers.child import Child
from service.writes.job import MESSAGE

MODULE = "service.writes.process"
AT_ONCE = 1 << 16
# Each arena of the allocator takes address space, which is what is bounded.
FEW_ARENAS = {"MALLOC_ARENA_MAX": "2"}


class WriteProcess:
    """One process, started and waiting for its job, which may take `memory` bytes."""

    def __init__(self, data: Path, memory: int) -> None:
        self._received = bytearray()
        self._child = Child(MODULE, (str(data.absolute()), str(memory)), further=FEW_ARENAS)
        self._socket = self._child.socket

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._child.pid

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended yet."""
        return self._child.is_alive

    def send(self, frame: bytes, seconds: float) -> None:
        """Write the job; where the process has gone, that is seen when it should answer."""
        self._socket.settimeout(seconds)
        with suppress(BrokenPipeError, ConnectionResetError):
            self._socket.sendall(frame)

    def receive(self, end: float) -> tuple[bytes, bytes] | None:
        """The next message, kind and payload; None where the process has gone without one.

        `end` is a time of the monotonic clock.

        Raises:
            TimeoutError: there is none by then.
        """
        while True:
            if len(self._received) >= MESSAGE.size:
                kind, length = MESSAGE.unpack_from(self._received)
                whole = MESSAGE.size + length
                if len(self._received) >= whole:
                    payload = bytes(self._received[MESSAGE.size : whole])
                    del self._received[:whole]
                    return kind, payload
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self._socket.settimeout(left)
            try:
                part = self._socket.recv(AT_ONCE)
            except ConnectionResetError:
                part = b""
            if not part:
                return None
            self._received += part

    def kill(self) -> None:
        """End the process, whatever it does; what it has said can still be received."""
        self._child.kill()

    def wait(self, seconds: float | None = None) -> int:
        """The exit status of the process, once it has ended.

        Raises:
            TimeoutError: it has not after so many seconds.
        """
        try:
            return self._child.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise TimeoutError from None

    def end(self) -> int:
        """Wait until it has gone, ended now if it has not, and give its exit status."""
        self.kill()
        return self._child.reap()

    def last_words(self) -> str:
        """The end of what the process wrote to its standard error."""
        return self._child.last_words()
