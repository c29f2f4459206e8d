"""A process of ours that does dangerous work: what it is told, how it is heard, how it ends.

It is started by exec, with one end of a socket pair and no other file; what it writes to standard
error is kept for whoever asks why it ended.
"""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import service

LAST_WORDS = 400
# What the interpreter needs, and nothing that the service was told in confidence.
PASSED_ON = ("PATH", "HOME", "LANG", "LC_", "LD_", "DYLD_", "PYTHON", "TZ")
NOTHING: Mapping[str, str] = {}


class Child:
    """One process that runs a module of ours, and our end of its socket pair.

    The module is told the number of its end, the number of its parent, and then `arguments`.
    `buffer` is how many bytes each end holds for the other, where that is not the system's usual;
    `further` variables are told to it beside those of its environment.
    """

    def __init__(
        self,
        module: str,
        arguments: tuple[str, ...],
        *,
        buffer: int | None = None,
        further: Mapping[str, str] = NOTHING,
    ) -> None:
        with ExitStack() as undone:
            self._words = undone.enter_context(tempfile.TemporaryFile())
            self.socket, theirs = socket.socketpair()
            undone.enter_context(self.socket)
            with theirs:
                if buffer is not None:
                    for end in (self.socket, theirs):
                        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, buffer)
                told = (str(theirs.fileno()), str(os.getpid()), *arguments)
                self.process = subprocess.Popen(
                    [sys.executable, "-P", "-m", module, *told],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=self._words,
                    pass_fds=(theirs.fileno(),),
                    env={**environment(), **further},
                    process_group=0,  # what a terminal sends to its group is for the parent
                )
            undone.pop_all()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self.process.pid

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended yet."""
        return self.process.poll() is None

    def kill(self) -> None:
        """End the process, whatever it does. It is to be reaped afterwards."""
        if self.is_alive:
            self.process.kill()

    def reap(self) -> int:
        """Wait until it has gone, so that nothing is left of it, and give its exit status."""
        status = self.process.wait()
        self._words.close()
        self.socket.close()
        return status

    def last_words(self) -> str:
        """The end of what the process wrote to its standard error."""
        size = self._words.seek(0, os.SEEK_END)
        self._words.seek(max(0, size - LAST_WORDS))
        return " ".join(self._words.read().decode(errors="replace").split())


def environment() -> dict[str, str]:
    """What a process of ours is told of the environment: nothing that came in confidence."""
    kept = {name: value for name, value in os.environ.items() if name.startswith(PASSED_ON)}
    root = str(Path(service.__file__).parents[1])
    kept["PYTHONPATH"] = os.pathsep.join(filter(None, (root, kept.get("PYTHONPATH"))))
    return kept
