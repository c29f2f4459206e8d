"""What every answer carries: ids, CORS, security headers, and problems told honestly."""

import logging
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.app import create_app
from service.settings import Settings
from tests.service.conftest import ASSETS
from tests.service.in_process_runner import InProcessRunner

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
COUNCIL = "/doc/organisation/GB-LAE-MAN"
PATHS = [COUNCIL, "/id/area/E08000003", "/nothing", "/sparql?query=ASK%7B%7D", "/sparql?query=x"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_may_be_read_by_any_site(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    exposed = headers["Access-Control-Expose-Headers"].split(", ")
    assert {"ETag", "Link", "Content-Location", "Location", "X-Request-Id"} <= set(exposed)


@pytest.mark.parametrize(("path", "method"), [(COUNCIL, "GET"), ("/sparql", "POST")])
def test_a_preflight_is_answered(client: FlaskClient, path: str, method: str) -> None:
    response = client.options(
        path, headers={"Origin": "https://example.org", "Access-Control-Request-Method": method}
    )
    assert (response.status_code, response.data) == (204, b"")
    assert "Content-Type" not in response.headers
    assert method in response.headers["Access-Control-Allow-Methods"].split(", ")
    allowed = response.headers["Access-Control-Allow-Headers"].split(", ")
    assert {"Authorization", "Content-Type"} <= set(allowed)
    assert "Access-Control-Allow-Credentials" not in response.headers


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_an_id(client: FlaskClient, path: str) -> None:
    one, other = (client.get(path).headers["X-Request-Id"] for _ in range(2))
    assert one != other


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("abc-123_x.y", True),
        ("", False),
        ("a" * 65, False),
        ("a b", False),
        ("<script>", False),
    ],
)
def test_an_id_that_came_with_the_request_is_kept_when_it_is_sane(
    client: FlaskClient, sent: str, kept: bool
) -> None:
    response = client.get("/nothing", headers={"X-Request-Id": sent})
    assert (response.headers["X-Request-Id"] == sent) is kept
    assert response.get_json()["requestId"] == response.headers["X-Request-Id"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_says_what_a_browser_may_do_with_it(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"Accept": BROWSER})
    headers = response.headers
    policy = headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"]
    if response.mimetype != "text/html":
        assert policy == "default-src 'none'; frame-ancestors 'none'; sandbox"
        return
    nonce = re.search(r"'nonce-([\w-]+)'", policy)
    assert nonce is not None
    assert policy == (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce[1]}'; "
        f"style-src 'self' 'nonce-{nonce[1]}'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


@pytest.mark.parametrize(
    "path", [f"{COUNCIL}.html", "/sparql", "/nothing", "/sparql?query=ASK%7B%7D", "/sparql?query=x"]
)
def test_a_page_has_the_nonce_of_its_policy_and_no_two_pages_share_one(
    client: FlaskClient, path: str
) -> None:
    nonces = set()
    for _ in range(2):
        response = client.get(path, headers={"Accept": "text/html"})
        nonce = re.search(r"'nonce-([\w-]+)'", response.headers["Content-Security-Policy"])
        assert nonce is not None
        assert f'nonce="{nonce[1]}"' in response.text
        nonces.add(nonce[1])
    assert len(nonces) == 2


def test_304_leaves_the_policy_of_the_page_that_the_browser_has(client: FlaskClient) -> None:
    tag = client.get(f"{COUNCIL}.html").headers["ETag"]
    response = client.get(f"{COUNCIL}.html", headers={"If-None-Match": tag})
    assert response.status_code == 304
    assert "Content-Security-Policy" not in response.headers
    assert "Content-Type" not in response.headers


@pytest.mark.parametrize(
    ("path", "method", "status", "title"),
    [
        ("/nothing", "GET", 404, "There is nothing here."),
        (COUNCIL, "DELETE", 405, "The method is not allowed."),
        ("/status", "POST", 405, "The method is not allowed."),
    ],
)
def test_what_flask_refuses_is_told_like_any_other_problem(
    client: FlaskClient, path: str, method: str, status: int, title: str
) -> None:
    response = client.open(path, method=method)
    problem = response.get_json()
    assert response.mimetype == "application/problem+json"
    assert (response.status_code, problem["status"], problem["title"]) == (status, status, title)
    assert problem["instance"] == path
    page = client.open(path, method=method, headers={"Accept": BROWSER})
    assert (page.status_code, page.mimetype) == (status, "text/html")
    assert title in page.text


@pytest.mark.parametrize("path", ["/", "/accessibility", "/vocabulary.json", "/prefixes.ttl"])
def test_what_has_one_form_does_not_vary_by_accept(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    assert "Accept" not in first.headers.get("Vary", "").split(", ")
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.headers.get("Vary")) == (304, first.headers.get("Vary"))
    assert client.get(COUNCIL).headers["Vary"] == (
        "Accept, Accept-Datetime, Authorization, Cookie, Accept-Encoding"
    )


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/sparql/", "/sparql"),
        ("/sparql/?query=ASK%7B%7D&format=xml", "/sparql?query=ASK%7B%7D&format=xml"),
        ("/status/", "/status"),
        ("/accessibility/", "/accessibility"),
        ("/def/gm/", "/def/gm"),
        ("/def/identifier-scheme/?format=nt", "/def/identifier-scheme?format=nt"),
    ],
)
def test_a_path_of_the_service_s_own_is_308_from_the_same_with_a_slash(
    client: FlaskClient, path: str, location: str
) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers["Location"]) == (308, location)
    assert client.get(location).status_code == 200


def test_a_query_that_is_posted_to_the_path_with_a_slash_is_posted_again(
    client: FlaskClient,
) -> None:
    response = client.post("/sparql/", data={"query": "ASK {}"}, follow_redirects=True)
    assert response.get_json(force=True)["boolean"] is True


@pytest.mark.parametrize("coding", ["gzip", "br", "identity, gzip"])
def test_a_compressed_query_is_415_and_told_what_is_taken(client: FlaskClient, coding: str) -> None:
    text = {"data": "ASK {}", "content_type": "application/sparql-query"}
    refused = client.post("/sparql", headers={"Content-Encoding": coding}, **text)
    assert refused.status_code == 415
    assert refused.headers["Accept-Encoding"] == "identity"
    taken = client.post("/sparql", headers={"Content-Encoding": "Identity"}, **text)
    assert taken.status_code == 200


def test_a_problem_is_not_kept_and_differs_by_accept(client: FlaskClient) -> None:
    headers = client.get("/nothing").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Vary"] == "Accept, Authorization, Cookie, Accept-Encoding"


@pytest.fixture
def broken(standing_data: object, runner: InProcessRunner) -> Flask:
    """The application with a view that fails."""
    app = create_app(Settings(data=standing_data), runner, ASSETS)  # type: ignore[arg-type]

    def fail() -> str:
        raise RuntimeError("a secret of the house")

    app.add_url_rule("/broken", "broken", fail)
    return app


@pytest.mark.parametrize("accept", ["*/*", BROWSER])
def test_a_fault_of_ours_is_500_without_its_story(
    broken: Flask, accept: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        response = broken.test_client().get("/broken", headers={"Accept": accept})
    assert response.status_code == 500
    assert "secret" not in response.text
    assert response.headers["X-Request-Id"] in caplog.text
    assert "a secret of the house" in caplog.text
