"""An answer that a query has yet to give: handed over to an edge, or run where it is."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.app import create_app
from service.errors import Problem
from service.pending import HANDED_OVER, FinishingRunner, PendingAnswer
from service.query_runner import Answer, QueryJob
from service.representations import JSON
from service.settings import Settings
from service.store import Release
from tests.service.conftest import ASSETS
from tests.service.in_process_runner import InProcessRunner

QUERY = "/sparql?query=ASK%7B%7D"


class SpoolingRunner:
    """A runner whose every answer lies in a file of its own."""

    def __init__(self, folder: Path, body: bytes) -> None:
        self.file = folder / "spooled"
        self.body = body

    def start(self) -> None:
        """Nothing to make ready."""

    def stop(self) -> None:
        """Nothing to end."""

    def state(self) -> dict[str, object]:
        """Nothing to tell."""
        return {}

    async def run(
        self,
        job: QueryJob,
        gone: Callable[[], Awaitable[object]] | None = None,
        client: str | None = None,
    ) -> Answer:
        """The answer, in its file."""
        return self.run_blocking(job)

    def run_blocking(self, job: QueryJob, client: str | None = None) -> Answer:
        """The answer, in its file."""
        self.file.write_bytes(self.body)
        return Answer(None, self.file, len(self.body))


def test_an_edge_is_handed_the_answer_with_its_headers_and_no_body(client: FlaskClient) -> None:
    handed_over: list[PendingAnswer] = []
    response = client.get(QUERY, environ_overrides={HANDED_OVER: handed_over})
    (pending,) = handed_over
    assert response.data == b""
    assert pending.job.query == "ASK{}"
    assert pending.job.representation is JSON
    for name in ("Content-Type", "ETag", "Vary", "Cache-Control", "X-Request-Id"):
        assert pending.headers[name]
    assert pending.headers["Access-Control-Allow-Origin"] == "*"
    assert "Content-Length" not in pending.headers
    assert pending.runner.run_blocking(pending.job).body == b'{"head":{},"boolean":true}'


def test_a_page_is_made_by_whoever_runs_the_job(client: FlaskClient) -> None:
    handed_over: list[PendingAnswer] = []
    client.get(f"{QUERY}&format=html", environ_overrides={HANDED_OVER: handed_over})
    (pending,) = handed_over
    assert pending.job.representation is JSON
    with ThreadPoolExecutor(1) as elsewhere:  # this thread may have a loop of a browser's
        answer = elsewhere.submit(asyncio.run, pending.runner.run(pending.job)).result()
    assert answer.body is not None
    assert answer.body.lstrip().startswith(b"<!DOCTYPE html>")
    assert answer.size == len(answer.body)


def test_an_edge_tells_of_a_problem_as_this_client_prefers(client: FlaskClient) -> None:
    for accept, media_type in (("text/html", "text/html"), ("*/*", "application/problem+json")):
        handed_over: list[PendingAnswer] = []
        client.get(QUERY, headers={"Accept": accept}, environ_overrides={HANDED_OVER: handed_over})
        pending = handed_over[0]
        response = pending.refuse(Problem(504, "Too slow.", headers={"Retry-After": "1"}))
        assert (response.status_code, response.mimetype) == (504, media_type)
        assert response.headers["Retry-After"] == "1"
        assert response.headers["X-Request-Id"] == pending.headers["X-Request-Id"]
        assert response.headers["Cache-Control"] == "no-store"
        assert "ETag" not in response.headers


def test_a_spooled_answer_is_sent_whole_and_its_file_removed(
    standing_data: Path, tmp_path: Path
) -> None:
    runner = SpoolingRunner(tmp_path, b"x" * 300_000)
    client = create_app(Settings(data=standing_data), runner, ASSETS).test_client()
    response = client.get(QUERY)
    assert response.headers["Content-Length"] == "300000"
    assert response.data == runner.body
    response.close()
    assert not runner.file.exists()


@pytest.mark.parametrize("format_word", ["html", "json"])
def test_no_spool_file_outlives_its_answer(
    standing_data: Path, tmp_path: Path, format_word: str
) -> None:
    runner = SpoolingRunner(tmp_path, b'{"head":{},"boolean":true}')
    client = create_app(Settings(data=standing_data), runner, ASSETS).test_client()
    with client.get(f"{QUERY}&format={format_word}") as response:
        assert response.status_code == 200
    with client.head(f"{QUERY}&format={format_word}") as response:
        assert response.data == b""
    assert not runner.file.exists()


def test_a_page_that_cannot_be_made_leaves_no_file_behind(tmp_path: Path, release: Release) -> None:
    spooling = SpoolingRunner(tmp_path, b"no JSON")

    def fail(answer: Answer) -> Answer:
        raise ValueError("no JSON")

    job = QueryJob(release, "ASK {}", JSON)
    with pytest.raises(ValueError, match="no JSON"):
        FinishingRunner(spooling, fail).run_blocking(job)
    assert not spooling.file.exists()


def test_a_finishing_runner_starts_and_stops_the_one_within() -> None:
    inner = InProcessRunner(threads=1)
    runner = FinishingRunner(inner, lambda answer: answer)
    runner.start()
    runner.stop()
    with pytest.raises(Problem):
        runner.run_blocking(QueryJob(cast(Release, None), "ASK {}", JSON))


def test_a_problem_of_the_runner_is_the_answer_under_plain_wsgi(app: Flask) -> None:
    response = app.test_client().get("/sparql?query=SELECT+(foo()+AS+%3Fx)+%7B%7D")
    assert response.status_code == 400
    assert response.headers["Content-Length"] == str(len(response.data))
