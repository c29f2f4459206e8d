"""The home page, the status and the prefixes."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib import Graph

from ontology.namespaces import PREFIXES
from service.app import create_app
from service.settings import Settings
from tests.service.conftest import ASSETS, BASE
from tests.service.in_process_runner import InProcessRunner


def test_the_status_says_which_release_is_served_and_what_it_holds(client: FlaskClient) -> None:
    response = client.get("/status")
    status = response.get_json()
    assert status["release"] == "20250102T030405Z-00000001"
    assert status["published"] == "2025-01-02T03:04:05+00:00"
    assert status["ageSeconds"] > 0
    assert (status["base"], status["audience"]) == (BASE, "public")
    assert status["counts"]["graphs"][f"{BASE}graph/links"] == 1
    assert status["pool"] == {"running": 0}
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/status", "/doc/x", "/sparql?query=ASK%7B%7D", "/"])
def test_before_the_first_release_the_service_says_so(
    tmp_path: Path, runner: InProcessRunner, path: str
) -> None:
    client = create_app(Settings(data=tmp_path), runner, ASSETS).test_client()
    response = client.get(path)
    assert response.status_code == 503
    assert response.get_json()["title"] == "There is no release yet."
    assert response.headers["Retry-After"]


def test_the_prefixes_are_turtle_to_begin_a_file_with(client: FlaskClient) -> None:
    response = client.get("/prefixes.ttl")
    assert response.mimetype == "text/turtle"
    graph = Graph(bind_namespaces="none")
    graph.parse(data=response.data + b"[] a gm:Area .", format="turtle")
    found = {prefix: str(namespace) for prefix, namespace in graph.namespaces()}
    assert PREFIXES.items() <= found.items()


def test_the_home_page_leads_programs_to_the_descriptions(client: FlaskClient) -> None:
    links = client.get("/").headers.getlist("Link")
    assert links == [
        '</openapi.json>; rel="service-desc"; type="application/json"',
        '</.well-known/void>; rel="describedby"; type="text/turtle"',
    ]
    for path in ("/openapi.json", "/.well-known/void"):
        assert client.get(path).status_code == 200


def test_the_home_page_counts_things_and_names_sources(client: FlaskClient) -> None:
    text = client.get("/").text
    assert "Test register" in text
    assert '<a class="govuk-link" href="/def/gm#LocalAuthority">local authority</a>: 1' in text
