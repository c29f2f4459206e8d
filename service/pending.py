"""An answer that a query has yet to give, or a write.

A view returns it with all its headers but Content-Length. The edge finds it in the request's
environ, awaits the runner without holding a thread, and sends the result; any other WSGI
server holds its thread until the query has ended. Where a page is wanted, the runner that the
answer carries makes the page of the result, so that whoever runs the job need not know.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
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


class PendingAnswer(Response):
    """The response to a query that is still to be run: `runner.run(job)` gives its body.

    `explain` gives media type and body for a problem that the query ran into, in the form that
    this client prefers; `refuse` makes the whole response of it.
    """

    automatically_set_content_length = False

    def __init__(
        self, job: QueryJob, runner: QueryRunner, content_type: str, explain: Explain
    ) -> None:
        super().__init__(content_type=content_type)
        self.job = job
        self.runner = runner
        self.explain = explain

    def refuse(self, problem: Problem) -> Response:
        """The response that tells of a problem, under the headers common to all responses."""
        return _refusal(self, *self.explain(problem), problem)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Hand the answer over to an edge that asks for it, or else run the query here."""
        handed_over = environ.get(HANDED_OVER)
        if handed_over is not None:
            handed_over.append(self)
            return super().__call__(environ, start_response)
        try:
            answer = self.runner.run_blocking(self.job, environ.get("REMOTE_ADDR"))
        except Problem as problem:
            return self.refuse(problem)(environ, start_response)
        self.headers["Content-Length"] = str(answer.size)
        self.headers.extend(answer.timing)
        if answer.path is None:
            self.response = [answer.body or b""]
        else:
            file = answer.path.open("rb")
            answer.path.unlink()
            self.call_on_close(file.close)
            self.response = iter(lambda: file.read(CHUNK), b"")
        return super().__call__(environ, start_response)


class PendingWrite(Response):
    """The response to a write that is still to be done, by the writer and not on this thread.

    `tell` puts what the write did into the response; `explain` is as for a pending answer. The
    client may leave: a write that was begun goes on.
    """

    automatically_set_content_length = False

    def __init__(
        self,
        job: WriteJob,
        writer: Writer,
        tell: Callable[[Response, Written], None],
        explain: Explain,
    ) -> None:
        super().__init__()
        self.headers["Cache-Control"] = NEVER_STORED
        self.job = job
        self.writer = writer
        self.tell = tell
        self.explain = explain

    async def outcome(self) -> Written | Problem:
        """What the write did, or why it was not done."""
        try:
            return await self.writer.run(self.job)
        except Problem as problem:
            return problem

    def told(self, outcome: Written | Problem) -> Response:
        """The response that tells of an outcome, under the headers common to all responses."""
        if isinstance(outcome, Problem):
            return _refusal(self, *self.explain(outcome), outcome)
        response = Response(status=self.status_code, headers=self.headers)
        self.tell(response, outcome)
        return response

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Hand the write over to an edge that asks for it, or else have it done now."""
        handed_over = environ.get(HANDED_OVER)
        if handed_over is not None:
            handed_over.append(self)
            return super().__call__(environ, start_response)
        try:
            outcome: Written | Problem = self.writer.run_blocking(self.job)
        except Problem as problem:
            outcome = problem
        return self.told(outcome)(environ, start_response)


def _refusal(response: Response, content_type: str, body: bytes, problem: Problem) -> Response:
    """The problem in place of a response whose headers it keeps, but for those of its content."""
    refusal = Response(body, problem.status, response.headers)
    for name in OF_THE_ANSWER:
        refusal.headers.pop(name, None)
    refusal.headers["Content-Type"] = content_type
    refusal.headers["Cache-Control"] = NEVER_STORED
    refusal.headers.extend(problem.headers)
    return refusal
