"""`/graph/{source}`: the contents of one named graph."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Quad, parse
from rdflib import Graph

from ontology.vocab import DCT
from service.app import create_app
from service.pending import HANDED_OVER, PendingAnswer
from service.representations import GRAPHS, NQ, RDF, TRIG, Representation
from service.settings import Settings
from service.store import Release
from tests.service.conftest import ASSETS, BASE, publish, read_graph, same
from tests.service.in_process_runner import InProcessRunner

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def expected(release: Release, source: str) -> Graph:
    graph = NamedNode(f"{BASE}graph/{source}")
    lines = [
        str(quad.triple) + " ." for quad in release.store.quads_for_pattern(None, None, None, graph)
    ]
    return read_graph("\n".join(lines).encode(), "nt")


@pytest.mark.parametrize("form", GRAPHS, ids=lambda form: form.name)
@pytest.mark.parametrize("source", ["links", "ontology", "other-register"])
def test_every_syntax_has_the_statements_of_the_graph_and_no_others(
    client: FlaskClient, release: Release, source: str, form: Representation
) -> None:
    response = client.get(f"/graph/{source}", headers={"Accept": form.media_type})
    assert response.headers["Content-Type"] == form.content_type
    assert response.headers["Content-Location"] == f"/graph/{source}?format={form.name}"
    assert same(read_graph(response.data, form.name), expected(release, source))
    assert client.get(f"/graph/{source}?format={form.name}").data == response.data


@pytest.mark.parametrize("form", [NQ, TRIG], ids=lambda form: form.name)
@pytest.mark.parametrize("source", ["links", "ontology", "register"])
def test_a_syntax_of_datasets_names_the_graph(
    client: FlaskClient, release: Release, source: str, form: Representation
) -> None:
    response = client.get(f"/graph/{source}?format={form.name}")
    graph = NamedNode(f"{BASE}graph/{source}")
    stated = release.store.quads_for_pattern(None, None, None, graph)
    assert set(parse(response.data, format=form.rdf)) == set(stated)


@pytest.mark.parametrize("form", [NQ, TRIG], ids=lambda form: form.name)
def test_a_large_graph_is_named_too_and_leaves_no_file_behind(
    tmp_path: Path, runner: InProcessRunner, form: Representation
) -> None:
    graph = NamedNode(f"{BASE}graph/large")
    quads = {
        Quad(NamedNode(f"urn:{n}"), NamedNode(DCT.title), Literal(f"line\n{n}" * 40), graph)
        for n in range(8_000)
    }
    publish(tmp_path, "20250102T030405Z-00000001", list(quads))
    client = create_app(Settings(data=tmp_path), runner, ASSETS).test_client()
    handed_over: list[PendingAnswer] = []
    path = f"/graph/large?format={form.name}"
    client.get(path, environ_overrides={HANDED_OVER: handed_over})
    answer = handed_over[0].runner.run_blocking(handed_over[0].job)
    assert answer.path is not None
    assert answer.size == answer.path.stat().st_size
    assert [each.name for each in answer.path.parent.iterdir()] == [answer.path.name]
    answer.path.unlink()
    with client.get(path) as response:
        assert set(parse(response.data, format=form.rdf)) == quads
    assert list(answer.path.parent.iterdir()) == []


def test_a_browser_gets_the_description_of_the_graph(client: FlaskClient) -> None:
    response = client.get("/graph/register", headers={"Accept": BROWSER})
    assert response.mimetype == "text/html"
    assert "Test register" in response.text
    assert "/graph/register?format=ttl" in response.text


def test_a_graph_links_to_its_description_and_its_licence(client: FlaskClient) -> None:
    links = client.get("/graph/register").headers.getlist("Link")
    assert f'</resource?iri={BASE}graph/register>; rel="describedby"' in links
    assert links[-1].endswith('; rel="license"')


def test_a_licence_whose_iri_is_no_uri_is_linked_by_its_uri(
    tmp_path: Path, runner: InProcessRunner
) -> None:
    graph = NamedNode(f"{BASE}graph/free")
    licence = NamedNode("https://example.org/licence/café")
    publish(
        tmp_path, "20250102T030405Z-00000001", [Quad(graph, NamedNode(DCT.license), licence, graph)]
    )
    client = create_app(Settings(data=tmp_path), runner, ASSETS).test_client()
    links = client.get("/graph/free").headers.getlist("Link")
    assert links[-1] == '<https://example.org/licence/caf%C3%A9>; rel="license"'


def test_a_graph_that_xml_cannot_say_is_406_in_rdf_xml_alone(client: FlaskClient) -> None:
    for form in GRAPHS:
        response = client.get(f"/graph/register?format={form.name}")
        assert response.status_code == (406 if form is RDF else 200), form.name


@pytest.mark.parametrize(
    "path", ["/graph/nothing", "/graph/%ff", "/graph/a%20b", "/graph/register/x"]
)
def test_a_graph_that_is_not_there_is_404(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_an_unchanged_graph_is_304_and_head_has_no_body(client: FlaskClient) -> None:
    get = client.get("/graph/links")
    head = client.head("/graph/links")
    assert (head.data, head.headers["ETag"]) == (b"", get.headers["ETag"])
    again = client.get("/graph/links", headers={"If-None-Match": get.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_a_graph_is_not_written_without_a_token(client: FlaskClient, method: str) -> None:
    response = client.open("/graph/links", method=method)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="gmkg"'
