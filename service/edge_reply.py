"""What is sent, and how granian is made to send it.

A field with characters beyond ASCII would end the request, and a file that granian sends by itself
is opened some time later, which nothing tells.
"""

import asyncio
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

from flask import Response
from granian.rsgi import HTTPProtocol  # type: ignore[attr-defined]

from service.answer_cache import CachedAnswer, Headers

PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))
BODILESS = (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)
IS_LINUX = sys.platform == "linux"
PART = 1 << 16
OPENED_WITHIN = 30.0


@dataclass(slots=True)
class Reply:
    """What is sent: the body, or the file that holds it and is removed afterwards.

    `cached` says that it was given before; `kept` is what is kept of it for the next time.
    """

    status: int
    headers: Headers
    body: bytes = b""
    file: Path | None = None
    size: int | None = None
    cached: bool = False
    kept: CachedAnswer | None = None


class Sender:
    """Sends replies; files that are being sent are closed with the event loop at the latest."""

    def __init__(self) -> None:
        self._files: set[asyncio.Task[None]] = set()

    @property
    def sending(self) -> int:
        """How many files are being sent; 0 where that cannot be known."""
        return len(self._files) if IS_LINUX else 0

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
        """Send the file, and see to it that it is removed."""
        if IS_LINUX:
            descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
            file.unlink()
            source, sink = os.pipe()
            protocol.response_file(status, headers, f"/proc/self/fd/{source}")
            sending = _send_through(descriptor, source, sink)
        else:
            protocol.response_file(status, headers, str(file))
            sending = _remove_later(file)
        task = asyncio.create_task(sending)
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


async def _send_through(descriptor: int, source: int, sink: int) -> None:
    """Put a file into a pipe as fast as the server takes it out at the other end.

    Given the file itself, the server tells nobody when it has opened it: it would have to be kept
    for as long as that could take. The file is longer than the pipe, so that the pipe is full until
    somebody reads; from then on the server has an end of its own, and closes that when all is sent
    or the client has left.
    """
    loop = asyncio.get_running_loop()
    room = asyncio.Event()
    opened = False
    try:
        os.set_blocking(sink, False)
        loop.add_writer(sink, room.set)
        while True:
            try:
                if not os.splice(descriptor, sink, PART):
                    return
                await asyncio.sleep(0)  # others go on while a quick client is served
            except BlockingIOError:
                room.clear()
                await asyncio.wait_for(room.wait(), None if opened else OPENED_WITHIN)
                if not opened:
                    opened = True
                    os.close(source)
    except (BrokenPipeError, TimeoutError):
        return  # the client has left
    finally:
        loop.remove_writer(sink)
        os.close(sink)
        os.close(descriptor)
        if not opened:
            os.close(source)


async def _remove_later(path: Path) -> None:
    """Remove a file when it must have been opened: it is there for as long as it is open."""
    try:
        await asyncio.sleep(OPENED_WITHIN)
    finally:
        path.unlink(missing_ok=True)
