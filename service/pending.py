"""An answer that a query has yet to give, or a write.

A view returns it with all its headers but Content-Length. The edge finds it in the request's
environ, awaits the runner without holding a thread, and sends the result; any other WSGI
server holds its thread until the query has ended. Where a page is wanted, the runner that the
answer carries makes the page of the result, so that whoever runs the job need not know.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from flask import Response

from service.caching import NEVER_STORED
from service.errors import Problem
from service.query_runner import Answer, QueryJob, QueryRunner
from service.writes.job import WriteJob, Written
from service.writes.writer import Writer

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

HANDED_OVER = "gmkg.pending"
CHUNK = 1 << 16
OF_THE_ANSWER = ("ETag", "Content-Location", "Content-Disposition", "Content-Length", "Link")

Explain = Callable[[Problem], tuple[str, bytes]]


class FinishingRunner:
    """A runner whose answers are made into something else, such as pages, when they are whole.

    `finish` may read the file of an answer that has one, and leaves its removal to the runner.
    """

    def __init__(self, runner: QueryRunner, finish: Callable[[Answer], Answer]) -> None:
        self._runner = runner
        self._finish = finish

    def start(self) -> None:
        """Make ready the runner within."""
        self._runner.start()

    def stop(self) -> None:
        """Stop the runner within."""
        self._runner.stop()

    def state(self) -> dict[str, object]:
        """What the runner within is doing."""
        return self._runner.state()

    async def run(
        self,
        job: QueryJob,
        gone: Callable[[], Awaitable[object]] | None = None,
        client: str | None = None,
    ) -> Answer:
        """What is made of the answer, on a thread: a template holds up nobody else."""
        return await asyncio.to_thread(self._finished, await self._runner.run(job, gone, client))

    def run_blocking(self, job: QueryJob, client: str | None = None) -> Answer:
        """What is made of the answer."""
        return self._finished(self._runner.run_blocking(job, client))

    def _finished(self, answer: Answer) -> Answer:
        try:
            made = self._finish(answer)
            made.seconds = answer.seconds
            return made
        finally:
            if answer.path is not None:
                answer.path.unlink()


class Pending(Response):
    """A response that is still to be made, with all its headers but Content-Length.

    `explain` gives media type and body for a problem that was met, in the form that this client
    prefers.
    """

    automatically_set_content_length = False

    def __init__(self, explain: Explain, content_type: str | None = None) -> None:
        super().__init__(content_type=content_type)
        self.explain = explain

    def refuse(self, problem: Problem) -> Response:
        """The response that tells of a problem, under the headers common to all responses."""
        content_type, body = self.explain(problem)
        refusal = Response(body, problem.status, self.headers)
        for name in OF_THE_ANSWER:
            refusal.headers.pop(name, None)
        refusal.headers["Content-Type"] = content_type
        refusal.headers["Cache-Control"] = NEVER_STORED
        refusal.headers.extend(problem.headers)
        return refusal

    def made(self, environ: "WSGIEnvironment") -> Response:
        """The whole response, made on this thread; Problem where it has to be refused."""
        raise NotImplementedError

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Hand the response over to an edge that asks for it, or else make it here."""
        handed_over = environ.get(HANDED_OVER)
        if handed_over is not None:
            handed_over.append(self)
            return super().__call__(environ, start_response)
        try:
            made = self.made(environ)
        except Problem as problem:
            made = self.refuse(problem)
        return made(environ, start_response)


class PendingAnswer(Pending):
    """The response to a query that is still to be run: `runner.run(job)` gives its body."""

    def __init__(
        self, job: QueryJob, runner: QueryRunner, content_type: str, explain: Explain
    ) -> None:
        super().__init__(explain, content_type)
        self.job = job
        self.runner = runner

    def made(self, environ: "WSGIEnvironment") -> Response:
        """The response with its body, which a file may hold."""
        answer = self.runner.run_blocking(self.job, environ.get("REMOTE_ADDR"))
        body: bytes | Iterator[bytes] = answer.body or b""
        response = Response(status=self.status_code, headers=self.headers)
        if answer.path is not None:
            file = answer.path.open("rb")
            answer.path.unlink()
            response.call_on_close(file.close)
            body = iter(lambda: file.read(CHUNK), b"")
        response.response = [body] if isinstance(body, bytes) else body
        response.headers["Content-Length"] = str(answer.size)
        response.headers.extend(answer.timing)
        return response


class PendingWrite(Pending):
    """The response to a write that is still to be done, by the writer and not on this thread.

    `tell` puts what the write did into the response. The client may leave: a write that was begun
    goes on.
    """

    def __init__(
        self,
        job: WriteJob,
        writer: Writer,
        tell: Callable[[Response, Written], None],
        explain: Explain,
    ) -> None:
        super().__init__(explain)
        self.headers["Cache-Control"] = NEVER_STORED
        self.job = job
        self.writer = writer
        self.tell = tell

    async def outcome(self) -> Written | Problem:
        """What the write did, or why it was not done."""
        try:
            return await self.writer.run(self.job)
        except Problem as problem:
            return problem

    def told(self, outcome: Written | Problem) -> Response:
        """The response that tells of an outcome, under the headers common to all responses."""
        if isinstance(outcome, Problem):
            return self.refuse(outcome)
        response = Response(status=self.status_code, headers=self.headers)
        self.tell(response, outcome)
        return response

    def made(self, environ: "WSGIEnvironment") -> Response:
        """The response once the write is done."""
        return self.told(self.writer.run_blocking(self.job))
