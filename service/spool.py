"""Where a query's result is written until it is whole: memory while it is small, then a file.

Writing is also where a result can be refused half-way: it grows too large, nobody wants it any
more, or it holds what its syntax has no spelling for.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import IO

from service.errors import Problem, ServiceError

IN_MEMORY = 1 << 20

# What the engine writes as it stands and XML does not allow: control characters, U+FFFE and
# U+FFFF (XML 1.0 §2.2), and a property whose IRI ends in no name (Namespaces in XML 1.0 §4).
NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]|<[^\s<>:]{0,24}:[\s/>]")
OVERLAP = 32


@dataclass(slots=True)
class Answer:
    """A finished answer: `body` holds it, or `path` names a spool file that its taker removes.

    `seconds` is how long the query ran, without the time that it waited.
    """

    body: bytes | None
    path: Path | None
    size: int
    seconds: float | None = field(default=None, compare=False)

    @property
    def timing(self) -> list[tuple[str, str]]:
        """The field that says what the query cost (Server Timing §3), where that is known."""
        if self.seconds is None:
            return []
        return [("server-timing", f"query;dur={1000 * self.seconds:.1f}")]


class AbandonedError(ServiceError):
    """Nobody waits for the result any more."""


class Spool:
    """Takes a result part by part, up to a bound. Its writing is where a query can be stopped."""

    def __init__(self, new_file: Callable[[], IO[bytes]], limit: int, abandoned: Event) -> None:
        self._new_file = new_file
        self._limit = limit
        self._abandoned = abandoned
        self._parts: list[bytes] = []
        self._file: IO[bytes] | None = None
        self._size = 0

    def write(self, part: bytes) -> int:
        """Take the next part of a result that is still wanted and within the bound."""
        if self._abandoned.is_set():
            raise AbandonedError
        self._size += len(part)
        if self._size > self._limit:
            raise Problem(
                413,
                "The result is too large.",
                f"It has more than {self._limit:,} bytes. LIMIT or a narrower pattern makes "
                "it smaller.",
            )
        if self._file is None and self._size > IN_MEMORY:
            self._file = self._new_file()
            self._file.writelines(self._parts)
            self._parts.clear()
        if self._file is None:
            self._parts.append(part)
        else:
            self._file.write(part)
        return len(part)

    def flush(self) -> None:
        """Nothing to do before the end: the engine asks for it."""

    def finish(self) -> Answer:
        """The whole result, which belongs to the caller from now on."""
        if self._file is None:
            return Answer(b"".join(self._parts), None, self._size)
        self._file.close()
        return Answer(None, Path(self._file.name), self._size)

    def discard(self) -> None:
        """Remove what was written."""
        self._parts.clear()
        if self._file is not None:
            self._file.close()
            Path(self._file.name).unlink(missing_ok=True)


class XmlSpool(Spool):
    """Takes a result that is written in XML, and refuses what would not be well-formed."""

    _end = b""

    def write(self, part: bytes) -> int:
        """Take the next part; a fault may begin in the part before it."""
        seam = self._end + part
        if NOT_XML.search(seam) is not None:
            raise Problem(
                406,
                "XML cannot say this result.",
                "A value or a property in it has no spelling in XML; every other form has one.",
            )
        self._end = seam[-OVERLAP:]
        # A parser of XML makes a line feed of a bare carriage return (XML 1.0 §2.11).
        super().write(part.replace(b"\r", b"&#xD;"))
        return len(part)
