"""What is sent, and how granian is made to send it.

A field with characters beyond ASCII would end the request, and a file that is to be sent is
opened some time later.
"""

import asyncio
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

from flask import Response
from granian.rsgi import HTTPProtocol  # type: ignore[attr-defined]

from service.answer_cache import Headers

PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))
BODILESS = (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)
DESCRIPTORS = Path("/proc/self/fd")
OPENED_WITHIN = 30.0


@dataclass(slots=True)
class Reply:
    """What is sent: the body, or the file that holds it and is removed afterwards."""

    status: int
    headers: Headers
    body: bytes = b""
    file: Path | None = None
    size: int | None = None


class Sender:
    """Sends replies, and looks after the files of those that are being sent."""

    def __init__(self) -> None:
        self._files: set[asyncio.Task[None]] = set()

    def stop(self) -> None:
        """Let go of the files that are being sent."""
        for task in self._files:
            task.cancel()

    def send(self, method: str, reply: Reply, protocol: HTTPProtocol) -> None:
        """Send the reply; to HEAD, the headers that GET would have had."""
        headers = reply.headers
        if reply.status not in BODILESS:
            size = len(reply.body) if reply.size is None else reply.size
            headers = [*headers, ("content-length", str(size))]
        if reply.file is not None and method != "HEAD":
            self._send_file(reply.status, headers, reply.file, protocol)
            return
        if reply.file is not None:
            reply.file.unlink(missing_ok=True)
        if method == "HEAD" or reply.status in BODILESS:
            protocol.response_empty(reply.status, headers)
        else:
            protocol.response_bytes(reply.status, headers, reply.body)

    def _send_file(self, status: int, headers: Headers, file: Path, protocol: HTTPProtocol) -> None:
        """Send the file and remove it. It is opened later, and nothing tells when.

        Where a descriptor has a name of its own the file loses its name at once, so that none is
        left behind whatever happens; elsewhere it keeps it for as long as an opening could take.
        """
        if DESCRIPTORS.exists():
            descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
            file.unlink()
            protocol.response_file(status, headers, str(DESCRIPTORS / str(descriptor)))
            end = _close_once_opened(descriptor)
        else:
            protocol.response_file(status, headers, str(file))
            end = _remove_later(file)
        task = asyncio.create_task(end)
        self._files.add(task)
        task.add_done_callback(self._files.discard)


def reply_of(response: Response) -> Reply:
    """The reply that a response of Flask's amounts to."""
    return Reply(response.status_code, sendable(response.headers), response.get_data())


def sendable(headers: Iterable[tuple[str, str]]) -> Headers:
    """The fields as granian takes them: in printable ASCII, or else percent-encoded.

    Content-Length is left to the sending.
    """
    return [
        (
            name.lower(),
            value if value.isascii() and value.isprintable() else quote(value, safe=PRINTABLE),
        )
        for name, value in headers
        if name.lower() != "content-length"
    ]


async def _close_once_opened(descriptor: int) -> None:
    """Close a descriptor when the server has opened the same file, which nothing else tells."""
    name = DESCRIPTORS / str(descriptor)
    waited, pause = 0.0, 0.001
    try:
        target = name.readlink()
        while waited < OPENED_WITHIN and _count_open(target) < 2:
            await asyncio.sleep(pause)
            waited, pause = waited + pause, min(2 * pause, 0.1)
    finally:
        os.close(descriptor)


def _count_open(target: Path) -> int:
    count = 0
    for each in DESCRIPTORS.iterdir():
        with suppress(OSError):  # closed in the meantime
            count += each.readlink() == target
    return count


async def _remove_later(path: Path) -> None:
    try:
        await asyncio.sleep(OPENED_WITHIN)
    finally:
        path.unlink(missing_ok=True)
