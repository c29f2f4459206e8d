"""A process that does one write, as its parent sees it: a process and one end of a socket pair.

It belongs to the thread that started it: where that thread ends, the system ends the process.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, suppress
from pathlib import Path

from service.workers.process import environment
from service.writes.job import MESSAGE

MODULE = "service.writes.process"
AT_ONCE = 1 << 16
LAST_WORDS = 400
# Each arena of the allocator takes address space, which is what is bounded.
FEW_ARENAS = {"MALLOC_ARENA_MAX": "2"}


class WriteProcess:
    """One process, started and waiting for its job, which may take `memory` bytes."""

    def __init__(self, data: Path, memory: int) -> None:
        self._received = bytearray()
        with ExitStack() as undone:
            self._words = undone.enter_context(tempfile.TemporaryFile())
            self._socket, theirs = socket.socketpair()
            undone.enter_context(self._socket)
            with theirs:
                self.process = subprocess.Popen(
                    [
                        sys.executable,
                        "-P",
                        "-m",
                        MODULE,
                        str(theirs.fileno()),
                        str(os.getpid()),
                        str(data.absolute()),
                        str(memory),
                    ],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=self._words,
                    pass_fds=(theirs.fileno(),),
                    env={**environment(), **FEW_ARENAS},
                    process_group=0,  # what a terminal sends to its group is for the parent
                )
            undone.pop_all()

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended yet."""
        return self.process.poll() is None

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
        if self.is_alive:
            self.process.kill()

    def end(self) -> int:
        """Wait until it has gone, ended now if it has not, and give its exit status."""
        self.kill()
        status = self.process.wait()
        self._socket.close()
        self._words.close()
        return status

    def last_words(self) -> str:
        """The end of what the process wrote to its standard error."""
        size = self._words.seek(0, os.SEEK_END)
        self._words.seek(max(0, size - LAST_WORDS))
        return " ".join(self._words.read().decode(errors="replace").split())
