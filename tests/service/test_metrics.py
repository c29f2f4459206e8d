"""`/metrics`: what it counts, and who may read it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from service.app import create_app
from service.query_runner import QueryRunner
from service.settings import Settings
from service.workers.runner import WorkerRunner
from tests.service.conftest import ASSETS, city, publish
from tests.service.conftest_audiences import bearer, make_tokens, publish_for_all, views
from tests.service.conftest_edge import Live, eventually, live
from tests.service.in_process_runner import InProcessRunner

RELEASE = "20250102T030405Z-00000001"
Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def samples(text: str) -> Samples:
    """The numbers in the text format, by name and labels; it fails where that is not valid."""
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def of(name: str, **labels: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    return name, tuple(sorted(labels.items()))


def make(settings: Settings, runner: QueryRunner) -> Flask:
    return create_app(settings, runner, ASSETS)


@pytest.fixture(scope="module")
def edge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    data = tmp_path_factory.mktemp("metrics")
    publish_for_all(data, RELEASE, views())
    with live(data, make=make) as running:
        yield running


def test_requests_are_counted_by_route_and_never_by_path(edge: Live) -> None:
    before = samples(edge.ask("/metrics").body.decode())
    asked = [
        ("/doc/organisation/GB-LAE-MAN", "GET", "/doc/{path}", "2xx"),
        ("/doc/organisation/GB-LAE-MAN", "GET", "/doc/{path}", "2xx"),
        ("/doc/nothing-of-the-kind", "GET", "/doc/{path}", "4xx"),
        ("/sparql?query=ASK%7B%7D", "GET", "/sparql", "2xx"),
        ("/sparql?query=ASK%7B", "GET", "/sparql", "4xx"),
        ("/.well-known/genid/x", "GET", "/.well-known/genid/{path}", "4xx"),
        ("/no/such/route", "GET", "none", "4xx"),
        ("/sparql", "OPTIONS", "/sparql", "2xx"),
    ]
    for path, method, _, _ in asked:
        edge.ask(path, method)
    edge.ask("/sparql?query=ASK%7B%7D", "MADEUP")
    text = edge.ask("/metrics").body.decode()
    found = samples(text)
    expected: dict[tuple[str, str, str], int] = {}
    for _, method, route, status in asked:
        expected[route, method, status] = expected.get((route, method, status), 0) + 1
    for (route, method, status), count in expected.items():
        key = of(
            "gmkg_requests_total", route=route, method=method, status=status, audience="public"
        )
        assert found[key] - before.get(key, 0) == count
    assert "MADEUP" not in text
    assert "nothing-of-the-kind" not in text
    assert "ASK" not in text
    whole = of("gmkg_answers_from_cache_total", kind="whole")
    assert found[whole] - before[whole] >= 1
    timed = of("gmkg_request_seconds_count", route="/sparql")
    assert found[timed] - before.get(timed, 0) == 4
    assert found[of("gmkg_request_seconds_bucket", route="/sparql", le="+Inf")] == found[timed]


def test_an_answer_that_the_client_has_is_counted_as_unchanged(edge: Live) -> None:
    unchanged = of("gmkg_answers_from_cache_total", kind="unchanged")
    before = samples(edge.ask("/metrics").body.decode())
    tag = edge.ask("/prefixes.ttl").headers["etag"]
    assert edge.ask("/prefixes.ttl", If_None_Match=tag).status == 304
    assert samples(edge.ask("/metrics").body.decode())[unchanged] == before[unchanged] + 1


def test_the_audience_of_a_token_is_counted_and_the_token_is_not(edge: Live) -> None:
    token = make_tokens(edge.data)["partner"]
    edge.ask("/prefixes.ttl", Authorization=f"Bearer {token}")
    edge.ask(
        "/sparql",
        "POST",
        b"ASK {}",
        Authorization=f"Bearer {token}",
        Content_Type="application/sparql-query",
    )
    text = edge.ask("/metrics").body.decode()
    found = samples(text)
    for route, method in (("/prefixes.ttl", "GET"), ("/sparql", "POST")):
        key = of(
            "gmkg_requests_total", route=route, method=method, status="2xx", audience="partner"
        )
        assert found[key] == 1
    assert token not in text
    assert token[5:13] not in text


def test_the_release_and_the_memory_are_told(client: FlaskClient) -> None:
    response = client.get("/metrics")
    assert response.mimetype == "text/plain"
    assert response.headers["Cache-Control"] == "no-store"
    found = samples(response.text)
    assert found[of("gmkg_release_info", release=RELEASE)] == 1
    assert found[of("gmkg_release_published_timestamp_seconds")] == 1735787045
    assert found[of("process_resident_memory_bytes")] > 1 << 20
    assert found[of("gmkg_queries", state="running")] == 0


def test_the_workers_are_told(data: Path) -> None:
    settings = Settings(data=data, query_workers=2)
    runner = WorkerRunner.from_settings(settings)
    client = create_app(settings, runner, ASSETS).test_client()
    try:
        assert client.get("/sparql?query=ASK%7B%7D").status_code == 200
        idle = of("gmkg_query_workers", state="idle")
        eventually(lambda: samples(client.get("/metrics").text)[idle] == 2)
        found = samples(client.get("/metrics").text)
        assert found[of("gmkg_query_workers", state="busy")] == 0
        assert found[of("gmkg_query_workers_replaced_total")] == 0
        assert found[of("gmkg_query_workers_resident_memory_bytes")] > 1 << 20
    finally:
        runner.stop()


def test_before_the_first_release_there_are_metrics_all_the_same(
    tmp_path: Path, runner: InProcessRunner
) -> None:
    client = create_app(Settings(data=tmp_path), runner, ASSETS).test_client()
    found = samples(client.get("/metrics").text)
    assert of("gmkg_queries", state="running") in found
    assert not any(name.startswith("gmkg_release") for name, _ in found)


@pytest.mark.parametrize(
    ("address", "field", "setting", "status"),
    [
        ("127.0.0.1", {}, {}, 200),
        ("::1", {}, {}, 200),
        ("::ffff:127.0.0.1", {}, {}, 200),
        ("192.0.2.1", {}, {}, 401),
        ("", {}, {}, 401),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, {}, 401),
        ("127.0.0.1", {"Forwarded": "for=127.0.0.1"}, {}, 401),
        ("127.0.0.1", {"Via": "1.1 proxy"}, {}, 401),
        ("127.0.0.1", {}, {"public_url": "https://example.org"}, 401),
    ],
)
def test_whoever_is_not_here_needs_a_token(
    data: Path,
    runner: InProcessRunner,
    address: str,
    field: dict[str, str],
    setting: dict[str, str],
    status: int,
) -> None:
    settings = Settings(data=data, public_url=setting.get("public_url"))
    client = create_app(settings, runner, ASSETS).test_client()
    response = client.get("/metrics", headers=field, environ_base={"REMOTE_ADDR": address})
    assert response.status_code == status
    assert ("WWW-Authenticate" in response.headers) == (status == 401)


@pytest.mark.parametrize(
    ("role", "status"), [("partner", 403), ("steward", 200), ("administrator", 200)]
)
def test_of_those_with_a_token_staff_may_read_from_anywhere(
    tmp_path: Path, runner: InProcessRunner, role: str, status: int
) -> None:
    publish(tmp_path, RELEASE, city())
    token = make_tokens(tmp_path)[role]
    client = create_app(Settings(data=tmp_path), runner, ASSETS).test_client()
    response = client.get(
        "/metrics", headers=bearer(token), environ_base={"REMOTE_ADDR": "192.0.2.1"}
    )
    assert response.status_code == status
