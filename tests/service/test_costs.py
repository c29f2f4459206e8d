"""What an answer says of its cost and of the limits, and what `/status` says of health."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.app import create_app
from service.query_runner import QueryRunner
from service.settings import Settings
from tests.service.conftest import ASSETS, city, publish
from tests.service.conftest_edge import live
from tests.service.in_process_runner import InProcessRunner

ASK = "/sparql?query=ASK%7B%7D"


def make(settings: Settings, runner: QueryRunner) -> Flask:
    return create_app(settings, runner, ASSETS)


def milliseconds(field: str) -> float:
    assert field.startswith("query;dur=")
    return float(field.removeprefix("query;dur="))


@pytest.mark.parametrize("path", [ASK, f"{ASK}&format=html", "/graph/register?format=nq"])
def test_an_answer_says_how_long_its_query_ran(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert 0 < milliseconds(response.headers["Server-Timing"]) < 10_000


def test_limits_are_told_with_every_answer_of_the_endpoint(client: FlaskClient) -> None:
    for response in (client.get(ASK), client.get("/sparql"), client.get("/sparql?query=x")):
        assert response.headers["Query-Timeout"] == "30"
        assert response.headers["Query-Max-Result-Bytes"] == str(1 << 28)
        exposed = response.headers["Access-Control-Expose-Headers"].split(", ")
        assert {"Query-Timeout", "Query-Max-Result-Bytes", "Server-Timing"} <= set(exposed)
    assert "Query-Timeout" not in client.get("/prefixes.ttl").headers


def test_the_edge_tells_the_cost_and_not_that_of_an_earlier_answer(tmp_path: Path) -> None:
    publish(tmp_path, "20250102T030405Z-00000001", city())
    with live(tmp_path, make=make) as edge:
        first = edge.ask("/sparql?query=ASK%7B%7D")
        assert milliseconds(first.headers["server-timing"]) > 0
        again = edge.ask("/sparql?query=ASK%7B%7D")
        assert again.body == first.body
        assert "server-timing" not in again.headers
        # Now without Flask: the headers are modelled on those of the first.
        other = edge.ask("/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D")
        assert milliseconds(other.headers["server-timing"]) > 0
        assert other.headers["query-timeout"] == "30"


class Idle(InProcessRunner):
    """Says of its workers what it is told to say."""

    def __init__(self, state: dict[str, object]) -> None:
        super().__init__(threads=1)
        self._told = state

    def state(self) -> dict[str, object]:
        return self._told


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ({}, 200),
        ({"running": 0}, 200),
        ({"workers": 2, "starting": 0}, 200),
        ({"workers": 0, "starting": 2}, 200),
        ({"workers": 0, "starting": 0}, 503),
    ],
)
def test_a_service_without_workers_is_not_healthy(
    data: Path, state: dict[str, object], status: int
) -> None:
    runner = Idle(state)
    response = create_app(Settings(data=data), runner, ASSETS).test_client().get("/status")
    told = response.get_json()
    assert (response.status_code, told["healthy"]) == (status, status == 200)
    assert told["pool"] == state
    assert response.headers["Cache-Control"] == "no-store"
    assert ("Retry-After" in response.headers) == (status == 503)
    runner.stop()
