"""The edge: granian's RSGI on one side, the Flask application and the query runner on the other.

Flask decides everything and stays a plain WSGI application. The edge does what threads under
WSGI cannot do well: it reads bodies whole and in time, gives again what was answered before,
awaits queries without holding a thread, sends large answers from their files, and tells a
query that its client has left.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http import HTTPStatus
from time import perf_counter
from typing import Protocol, TypeVar, TypeVarTuple, cast, runtime_checkable

from flask import Flask
from granian.rsgi import HTTPProtocol, Scope  # type: ignore[attr-defined]

from service.answer_cache import AnswerCache, RequestKey, keepable, request_key
from service.audience import CALLER, Caller, caller_of, cookie_name
from service.caching import matches
from service.client_address import client_of
from service.direct_documents import DirectDocument, DirectDocuments
from service.direct_queries import DirectQueries, DirectQuery
from service.edge_coding import CODED_BY, Coder
from service.edge_reply import Reply, Sender, reply_of, sendable
from service.edge_request import Bodies, BodyBounds, Request
from service.errors import Problem, ServiceError
from service.observation import Observer
from service.pending import HANDED_OVER, PendingAnswer, PendingWrite
from service.query_runner import ClientGoneError, stopping
from service.route_names import RouteNames
from service.serving import EXTENSION, Serving
from service.store import Release
from service.writes.authority import check_may_write, is_write

READING = ("GET", "HEAD")

A = TypeVarTuple("A")
T = TypeVar("T")


@runtime_checkable
class Closable(Protocol):
    """A WSGI body that wants to be told when it has been read (PEP 3333)."""

    def close(self) -> None:
        """Let go of what the body holds."""


class Edge:
    """The RSGI application in front of one Flask application.

    More threads make Flask slower, for they wait for one another: two are there so that a slow
    page holds up nobody.
    """

    def __init__(
        self,
        app: Flask,
        *,
        cache: AnswerCache | None = None,
        bounds: BodyBounds | None = None,
        threads: int = 2,
    ) -> None:
        self._app = app
        self._serving: Serving = app.extensions[EXTENSION]
        self._observer = Observer(
            self._serving.counts, RouteNames(app.url_map.iter_rules()), self._serving.settings
        )
        self._cookie = cookie_name(self._serving.settings.origin)
        self._cache = AnswerCache() if cache is None else cache
        self._bodies = Bodies(bounds or BodyBounds())
        self._sender = Sender()
        self._coder = Coder()
        self._queries = DirectQueries(self._serving)
        self._documents = DirectDocuments(self._serving)
        self._stopped = False
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="flask")
        self._requests: set[asyncio.Task[None]] = set()

    def stop(self) -> None:
        """Answer every request in progress with 503, and let go of the threads."""
        self._stopped = True
        for task in self._requests:
            task.cancel()
        self._threads.shutdown(wait=False, cancel_futures=True)

    @property
    def answering(self) -> int:
        """How many requests are being answered, those included whose answer is being sent."""
        return len(self._requests) + self._sender.sending

    async def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        """Answer one request."""
        task = cast("asyncio.Task[None]", asyncio.current_task())
        self._requests.add(task)
        began = perf_counter()
        request = Request(scope)
        try:
            if self._stopped:
                raise asyncio.CancelledError
            reply = await self._reply(request, protocol)
            if CODED_BY in request.fields:
                reply = await self._coder.code(request, reply)
        except ClientGoneError:
            self._observer.note(request, None, began)
            return
        except asyncio.CancelledError:
            reply = self._refuse(request, stopping())
        except Exception as fault:
            # A stop ends the threads too: what fails after it has failed because of it.
            reply = self._refuse(request, stopping() if self._stopped else fault)
        finally:
            self._requests.discard(task)
            self._bodies.release(request)
        self._sender.send(request.method, reply, protocol)
        self._observer.note(request, reply, began)

    async def _reply(self, request: Request, protocol: HTTPProtocol) -> Reply:
        key = release = None
        body = b""
        try:
            request.check_fields()
            if request.method in READING:
                caller = request.caller = self._caller(request)
                if caller is not None and not caller.has_ended:
                    audience = caller.audience
                    key = request_key(audience, request.path, request.query, request.fields)
                    release = self._release(audience) if key is not None else None
            else:
                if is_write(request.method, request.path):  # of others, not even the body is taken
                    check_may_write(self._asker(request))
                body = await self._bodies.read(request, protocol, self._client(request))
        except Problem as problem:
            await self._bodies.discard(request, protocol)
            return await self._in_thread(self._refuse, request, problem)
        if key is None or release is None:
            return await self._from_flask(request, body, protocol)
        reply = self._from_cache(request, release, key)
        if reply is not None:
            return reply
        query, document = self._queries.read(request, release), None
        if query is not None:
            reply = await self._from_query(request, query, protocol)
        elif (document := self._documents.read(request, release)) is not None:
            reply = self._from_document(request, document)
        else:
            reply = await self._from_flask(request, body, protocol)
            kept = keepable(reply.status, reply.headers, _kept_body(reply), release.audience)
            if kept is not None:
                self._documents.learn(request, release.audience, kept)
            reply.kept = kept
        if reply.kept is not None:
            self._cache.put(release.id, key, reply.kept)
        return reply

    def _caller(self, request: Request) -> Caller | None:
        """Who asks; None where that cannot be told, and Flask tells the client why."""
        try:
            return self._asker(request)
        except ServiceError:
            return None

    def _asker(self, request: Request) -> Caller:
        """Who asks, or the Problem with the token that says so."""
        return caller_of(
            self._serving.tokens,
            request.method,
            request.path,
            request.fields.get("authorization"),
            request.fields.get("cookie"),
            self._cookie,
        )

    def _release(self, audience: str) -> Release | None:
        """The release that is served; what is wrong with one, Flask tells the client."""
        try:
            return self._serving.releases.current(audience)
        except ServiceError:
            return None

    def _from_cache(self, request: Request, release: Release, key: RequestKey) -> Reply | None:
        """The answer that was given before, or 304 where the client has it."""
        kept = self._cache.get(release.id, key)
        if kept is None:
            return None
        if matches(request.fields.get("if-none-match"), kept.tag):
            return Reply(HTTPStatus.NOT_MODIFIED, kept.unchanged(request.id), cached=True)
        if kept.body is None:
            return None
        headers, body = kept.again(request.id)
        return Reply(HTTPStatus.OK, headers, body, cached=True, kept=kept)

    async def _from_query(
        self, request: Request, direct: DirectQuery, protocol: HTTPProtocol
    ) -> Reply:
        """The answer to a program's query, which takes half as long without Flask."""
        model = direct.model
        if matches(request.fields.get("if-none-match"), model.tag):
            return Reply(HTTPStatus.NOT_MODIFIED, model.unchanged(request.id))
        try:
            answer = await self._serving.runner.run(
                direct.job, protocol.client_disconnect, self._client(request)
            )
        except Problem as problem:
            return await self._in_thread(self._refuse, request, problem)
        headers, _ = model.again(request.id)
        headers += answer.timing
        reply = Reply(HTTPStatus.OK, headers, answer.body or b"", answer.path, answer.size)
        reply.kept = model.with_tag(model.tag, _kept_body(reply))
        return reply

    @staticmethod
    def _from_document(request: Request, direct: DirectDocument) -> Reply:
        """A document about a thing, for a program."""
        if matches(request.fields.get("if-none-match"), direct.model.tag):
            return Reply(HTTPStatus.NOT_MODIFIED, direct.answer().unchanged(request.id))
        answered = direct.answer()
        headers, body = answered.again(request.id)
        return Reply(HTTPStatus.OK, headers, body, kept=answered)

    async def _from_flask(self, request: Request, body: bytes, protocol: HTTPProtocol) -> Reply:
        """What Flask answers; where its view gave a pending answer, the query is run for it."""
        reply, pending = await self._in_thread(self._ask, request, body)
        if pending is None:
            return reply
        if isinstance(pending, PendingWrite):
            # Not on a thread: told of at a stop, too, when the threads have gone already.
            return reply_of(pending.told(await pending.outcome()))
        try:
            answer = await pending.runner.run(
                pending.job, protocol.client_disconnect, self._client(request)
            )
        except Problem as problem:
            return reply_of(await self._in_thread(pending.refuse, problem))
        made, audience = pending.job.representation, pending.job.release.audience
        if ("content-type", made.content_type) in reply.headers:  # else it became a page
            kept = keepable(reply.status, reply.headers, None, audience)
            if kept is not None:
                self._queries.learn(request, made, audience, kept)
        headers = reply.headers + answer.timing
        return Reply(reply.status, headers, answer.body or b"", answer.path, answer.size)

    def _client(self, request: Request) -> str:
        """Whose share of the machine the request takes."""
        forwarded = request.fields.get("x-forwarded-for")
        return client_of(request.peer, forwarded, self._serving.settings.trusted_proxies)

    async def _in_thread(self, function: Callable[[*A], T], *args: *A) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, function, *args)

    def _ask(
        self, request: Request, body: bytes
    ) -> tuple[Reply, PendingAnswer | PendingWrite | None]:
        """What Flask answers, and the pending answer if that is what its view gave."""
        environ = request.environ(body)
        handed_over: list[PendingAnswer | PendingWrite] = []
        environ[HANDED_OVER] = handed_over
        reply = Reply(HTTPStatus.INTERNAL_SERVER_ERROR, [])

        def start_response(
            status: str, headers: list[tuple[str, str]], _fault: object = None
        ) -> Callable[[bytes], object]:
            reply.status = int(status[:3])
            reply.headers = sendable(headers)
            return parts.append

        parts: list[bytes] = []
        given = self._app(environ, start_response)
        try:
            parts.extend(given)
        finally:
            if isinstance(given, Closable):
                given.close()
        reply.body = b"".join(parts)
        request.caller = environ.get(CALLER, request.caller)
        return reply, handed_over[0] if handed_over else None

    def _refuse(self, request: Request, fault: Exception) -> Reply:
        """The fault as Flask tells of it, under the headers that it gives every answer.

        What is no Problem is one that nobody foresaw, which Flask logs.
        """
        environ = request.environ(b"")
        with self._app.request_context(environ):
            with suppress(Problem):  # a token that is at fault as well
                self._app.preprocess_request()
            told = self._app.make_response(self._app.handle_user_exception(fault))
            return reply_of(self._app.process_response(told))


def _kept_body(reply: Reply) -> bytes | None:
    """The body as it may be kept: what lies in a file is too large."""
    return None if reply.file else reply.body
