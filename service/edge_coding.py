"""What the edge does to a reply whose client takes it compressed."""

import asyncio
import logging
from http import HTTPStatus

from service.content_coding import (
    CODINGS,
    SMALLEST,
    coded_tag,
    compress,
    compress_file,
    is_compressible,
    preferred,
)
from service.edge_reply import Reply
from service.edge_request import Request
from service.spool import IN_MEMORY

AT_ONCE = 1 << 16  # a body up to here is compressed in less time than a thread would take
FOR_FILES = ("gzip",)
CODED_BY = "accept-encoding"
ENCODING = "content-encoding"

log = logging.getLogger(__name__)


class Coder:
    """Compresses replies; of long ones, one at a time, while the others go as they are."""

    def __init__(self) -> None:
        self._busy = False

    async def code(self, request: Request, reply: Reply) -> Reply:
        """The reply in the coding that its client prefers, or as it is."""
        field = request.fields.get(CODED_BY)
        if field is None or (coding := preferred(field)) is None:
            return reply
        if reply.status == HTTPStatus.NOT_MODIFIED:
            return _as_named(request, reply, coding)
        if reply.status != HTTPStatus.OK:
            return reply
        fields = dict(reply.headers)
        if ENCODING in fields or not is_compressible(fields.get("content-type", "")):
            return reply
        if reply.file is not None:
            return await self._code_file(reply, field)
        if len(reply.body) < SMALLEST:
            return reply
        body = await self._coded_body(reply, coding)
        return Reply(reply.status, _coded(reply, coding), body, cached=reply.cached)

    async def _coded_body(self, reply: Reply, coding: str) -> bytes:
        """The body in a coding, made once for an answer that everybody gets alike."""
        made = reply.kept.coded if reply.kept is not None and reply.kept.nonce is None else {}
        if coding not in made:
            if len(reply.body) <= AT_ONCE:
                made[coding] = compress(reply.body, coding)
            else:
                made[coding] = await asyncio.to_thread(compress, reply.body, coding)
        return made[coding]

    async def _code_file(self, reply: Reply, field: str) -> Reply:
        coding = preferred(field, FOR_FILES)
        if self._busy or coding is None or reply.file is None:
            return reply
        self._busy = True
        try:
            file = await asyncio.to_thread(compress_file, reply.file)
        except OSError as fault:  # no room for another file
            log.warning("An answer is sent as it is: %s", fault)
            return reply
        finally:
            self._busy = False
        headers, size = _coded(reply, coding), file.stat().st_size
        if size > IN_MEMORY:
            return Reply(reply.status, headers, file=file, size=size)
        body = file.read_bytes()
        file.unlink()
        return Reply(reply.status, headers, body)


def _coded(reply: Reply, coding: str) -> list[tuple[str, str]]:
    headers = [
        (name, coded_tag(value, coding) if name == "etag" else value)
        for name, value in reply.headers
    ]
    return [*headers, (ENCODING, coding)]


def _as_named(request: Request, reply: Reply, preferred_coding: str) -> Reply:
    """304 with the tag that the client has it by (RFC 9110 §15.4.5)."""
    held = request.held_tags
    if held is None:
        return reply
    headers = []
    for name, value in reply.headers:
        if name == "etag":
            names = [coded_tag(value, each) for each in (preferred_coding, *CODINGS)]
            value = next((each for each in names if each in held), value)
        headers.append((name, value))
    return Reply(reply.status, headers, cached=reply.cached)
