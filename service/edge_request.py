"""A request as granian tells of it: its fields, its body, and the WSGI environ made of them.

RSGI has corners that shape this module. `await protocol()` raises where a body was cut off,
while iterating over it ends as if it had been whole. The path comes percent-decoded, and nothing
tells `%2F` from `/` afterwards. A field with bytes beyond ASCII is left out without a word.
"""

import asyncio
import io
import itertools
import secrets
import sys
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from granian.rsgi import (  # type: ignore[attr-defined]
    HTTPProtocol,
    ProtocolClosed,
    ProtocolError,
    Scope,
)

from service.answer_cache import KEYED, PASSED_BY
from service.audience import CALLER, Caller
from service.content_coding import bare_tags
from service.errors import Problem
from service.responses import SANE_ID

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

MIB = 1 << 20
UPLOADS = ("POST", "PUT", "PATCH")
# Fields that decide what is answered. Not the cookie: other services of the same host may set
# what they like, and one that cannot be read opens nothing.
DECISIVE = frozenset((*KEYED, *PASSED_BY, "authorization", "content-type", "if-none-match"))
# The body is whole by now: Werkzeug would read one that says it is chunked as empty.
OF_THE_CONNECTION = frozenset(("connection", "content-length", "keep-alive", "transfer-encoding"))
SILENCE = 0.3
# The ids of our own: which start of the service, and which request since.
STARTED = secrets.token_hex(4)
NUMBERS = itertools.count(1)


class Request:
    """One request, read from what granian tells of it: fields by lower-case name, joined."""

    __slots__ = (
        "_id",
        "_scope",
        "body_begun",
        "caller",
        "fields",
        "held",
        "held_tags",
        "holder",
        "method",
        "path",
        "query",
    )

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self.method = scope.method
        self.path = scope.path
        self.query = scope.query_string
        self._id: str | None = None
        self.held = 0
        self.holder = ""
        self.body_begun = False
        self.caller: Caller | None = None
        self.fields: dict[str, str] = {}
        for name, value in scope.headers.items():
            earlier = self.fields.get(name)
            joint = "; " if name == "cookie" else ", "
            self.fields[name] = value if earlier is None else f"{earlier}{joint}{value}"
        # Behind the edge nobody knows of codings, nor of the tags that they give.
        self.held_tags = self.fields.get("if-none-match")
        for name in ("if-none-match", "if-match"):
            if name in self.fields:
                self.fields[name] = bare_tags(self.fields[name])

    @property
    def id(self) -> str:
        """The request's id: the one that came with it when it is sane, else a new one."""
        if self._id is None:
            sent = self.fields.get("x-request-id", "")
            self._id = sent if SANE_ID.fullmatch(sent) else f"{STARTED}{next(NUMBERS):08x}"
        return self._id

    @property
    def peer(self) -> str:
        """The address that the connection comes from."""
        return self._scope.client.rpartition(":")[0].strip("[]")

    @property
    def wsgi_query(self) -> str:
        """The query string as WSGI has it: a character for each byte."""
        return self.query.encode().decode("latin-1")

    def check_fields(self) -> None:
        """Problem where a field that decides cannot be read: it must not count as absent."""
        names = self._scope.headers.keys()
        if len(names) == len(self.fields):
            return
        for name in DECISIVE.intersection(names):
            if name not in self.fields:
                raise Problem(
                    400,
                    "A header field cannot be read.",
                    f"The field {name} has characters that are not ASCII.",
                )

    def environ(self, body: bytes) -> "WSGIEnvironment":
        """The WSGI environ (PEP 3333). HEAD is asked for as GET: only the sending differs.

        The caller goes along where the edge knows who it is, so that both mean the same one.
        Without REQUEST_URI: the path as it was sent is not to be had here.
        """
        host, _, port = self._scope.server.rpartition(":")
        environ: WSGIEnvironment = {
            "REQUEST_METHOD": "GET" if self.method == "HEAD" else self.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": self.path.encode().decode("latin-1"),
            "QUERY_STRING": self.wsgi_query,
            "SERVER_NAME": host.strip("[]"),
            "SERVER_PORT": port,
            "SERVER_PROTOCOL": "HTTP/1.0" if self._scope.http_version == "1" else "HTTP/1.1",
            "REMOTE_ADDR": self.peer,
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": self._scope.scheme,
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        for name, value in self.fields.items():
            if name in OF_THE_CONNECTION or "_" in name:
                continue  # `x_real` would pass for `x-real`
            key = name.upper().replace("-", "_")
            environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
        if self.caller is not None:
            environ[CALLER] = self.caller
        return environ


@dataclass(frozen=True, slots=True)
class BodyBounds:
    """How large the body of a request may be, and how slowly it may come.

    A body has `seconds`, and besides the time that it takes at `slowest` bytes a second.
    `held` bounds what the bodies of all requests take together, of which one client may have half,
    and `discarded` how much of one that is refused is still listened to.
    """

    size: int = 10 * MIB
    seconds: float = 10.0
    slowest: int = 128 << 10
    held: int = 160 * MIB
    discarded: int = 64 * MIB


class Bodies:
    """The bodies of all requests that are being answered."""

    def __init__(self, bounds: BodyBounds) -> None:
        self._bounds = bounds
        self._held = 0
        self._of_clients: Counter[str] = Counter()

    async def read(self, request: Request, protocol: HTTPProtocol, client: str) -> bytes:
        """The whole body, or a Problem; what it takes is counted until `release`."""
        declared = request.fields.get("content-length")
        if declared is None:
            if request.method in UPLOADS or "transfer-encoding" in request.fields:
                raise Problem(
                    411,
                    "A Content-Length is needed.",
                    "A body of unknown length is not taken: its end could not be told from a "
                    "connection that broke.",
                )
            return b""
        if not declared.isdecimal():
            raise Problem(400, "The Content-Length is no number.", f"It is {declared}.")
        size = int(declared)
        if size > self._bounds.size:
            raise Problem(
                413,
                "The body is too large.",
                f"A request may send up to {self._bounds.size:,} bytes.",
            )
        theirs = self._of_clients[client]
        has_share = theirs and theirs + size > self._bounds.held // 2
        if has_share or self._held + size > self._bounds.held:
            raise Problem(
                503,
                "Too much is being uploaded.",
                "Try again in a moment.",
                headers={"Retry-After": "5"},
            )
        request.body_begun = True
        request.held, request.holder = size, client
        self._held += size
        self._of_clients[client] += size
        try:
            async with asyncio.timeout(self._bounds.seconds + size / self._bounds.slowest):
                body = await protocol()
        except TimeoutError:
            raise Problem(408, "The body came too slowly.", "Nothing was changed.") from None
        except (ProtocolClosed, ProtocolError):
            body = b""
        if len(body) != size:
            raise Problem(400, "The body was cut off.", "Nothing was changed.")
        return body

    async def discard(self, request: Request, protocol: HTTPProtocol) -> None:
        """Take what a client sends of a refused body, up to a bound.

        Most clients send before they listen: one whose connection is closed meanwhile would
        see that it broke, and not why. One that waits for `100 Continue` is told at once.
        """
        if request.body_begun or "expect" in request.fields:
            return
        left = self._bounds.discarded
        with suppress(TimeoutError, StopAsyncIteration, RuntimeError):
            async with asyncio.timeout(self._bounds.seconds):
                parts = aiter(protocol)
                while left > 0:
                    left -= len(await asyncio.wait_for(anext(parts), SILENCE))

    def release(self, request: Request) -> None:
        """The request is answered: what its body took is free again."""
        if request.held:
            self._held -= request.held
            self._of_clients[request.holder] -= request.held
            if not self._of_clients[request.holder]:
                del self._of_clients[request.holder]
