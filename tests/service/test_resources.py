"""Dereferencing: what each path answers, in which form, with which links."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Quad

from ontology.vocab import SKOS
from service.app import create_app
from service.representations import DESCRIPTIONS
from service.settings import Settings
from tests.service.conftest import ASSETS, BASE, publish, read_graph, same
from tests.service.in_process_runner import InProcessRunner

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
COUNCIL = "/doc/organisation/GB-LAE-MAN"
OGL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
ONTOLOGY = "https://w3id.org/greater-manchester/def/gm"


class Heading(HTMLParser):
    """The text of the first heading, and every href, of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.heading, self.hrefs, self.ids, self._within = "", [], [], False  # type: ignore[var-annotated]
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._within = self._within or (tag == "h1" and not self.heading)
        self.hrefs += [value for name, value in attrs if name == "href"]
        self.ids += [value for name, value in attrs if name == "id"]

    def handle_data(self, data: str) -> None:
        if self._within:
            self.heading += data

    def handle_endtag(self, tag: str) -> None:
        self._within = self._within and tag != "h1"


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/id/organisation/GB-LAE-MAN", COUNCIL),
        ("/id/organisation/GB-LAE-MAN?format=ttl", f"{COUNCIL}?format=ttl"),
        ("/id/organisation/GB-LAE-MAN?format=a%26b", f"{COUNCIL}?format=a%26b"),
        ("/id/organisation/GB-LAE-MAN?format=rdf%2Bxml", f"{COUNCIL}?format=rdf%2Bxml"),
        ("/id/organisation/GB-LAE-MAN?format=a%20%23%25/b", f"{COUNCIL}?format=a%20%23%25%2Fb"),
        ("/id/organisation/GB-LAE-MAN?colour=blue", COUNCIL),
        ("/id/organisation/GM-old-board", "/doc/organisation/GM-old-board"),
        ("/id/organisation/GM-one.ttl", "/doc/organisation/GM-one.ttl"),
        ("/id/organisation/GM-café-théâtre", "/doc/organisation/GM-caf%C3%A9-th%C3%A9%C3%A2tre"),
        (
            "/id/organisation/GM-caf%c3%a9-th%C3%A9%C3%A2tre",
            "/doc/organisation/GM-caf%C3%A9-th%C3%A9%C3%A2tre",
        ),
        ("/id/organisation/GM-encod%C3%A9", "/doc/organisation/GM-encod%C3%A9"),
        ("/id/organisation/GM-a%2Fb", "/doc/organisation/GM-a%2Fb"),
        ("/id/organisation", "/doc/organisation"),
        (
            "/.well-known/genid/register/organisation/GB-LAE-MAN/wikidata/agency",
            COUNCIL,
        ),
    ],
)
def test_a_thing_is_303_to_the_document_about_it(
    client: FlaskClient, path: str, location: str
) -> None:
    response = client.get(path)
    assert response.status_code == 303
    assert response.headers["Location"] == location
    assert response.headers["Link"].endswith('; rel="describedby"')
    followed = client.get(location.partition("?")[0])
    assert followed.status_code == 200


def test_a_form_that_was_asked_for_at_the_thing_is_had_at_its_document(
    client: FlaskClient,
) -> None:
    response = client.get("/id/organisation/GB-LAE-MAN?format=rdf%2Bxml", follow_redirects=True)
    assert (response.status_code, response.mimetype) == (200, "application/rdf+xml")


@pytest.mark.parametrize(
    "path",
    [
        "/def/nothing/",
        "/def/gm//",
        "/id/organisation/",
        "/doc/organisation/",
        "/doc/organisation/GB-LAE-MAN/",
        "/graph/register/",
        "/id/organisation/GM-nobody",
        "/id/organisation/GB-LAE-MAN.ttl",
        "/id/organisation/GB-LAE-MAN/",
        "/id/organisation//GB-LAE-MAN",
        "/id/nothing",
        "/id/organisation/%ff",
        "/doc/organisation/GM-nobody",
        "/doc/organisation/GM-nobody.ttl",
        "/doc/nothing.html",
        "/def/nothing",
        "/def/gm/nothing",
        "/def/gm/0.0.9",
        "/def/gm%23LocalAuthority.exe",
        "/resource?iri=urn:nobody",
        "/.well-known/genid/nobody",
        "/elsewhere",
    ],
)
def test_what_nobody_describes_is_404_and_never_303(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.mimetype == "application/problem+json"
    assert client.get(path, headers={"Accept": BROWSER}).mimetype == "text/html"


@pytest.mark.parametrize(
    ("path", "accept", "media_type", "location"),
    [
        (COUNCIL, None, "text/turtle", f"{COUNCIL}.ttl"),
        (COUNCIL, "*/*", "text/turtle", f"{COUNCIL}.ttl"),
        (COUNCIL, BROWSER, "text/html", f"{COUNCIL}.html"),
        (COUNCIL, "application/ld+json", "application/ld+json", f"{COUNCIL}.jsonld"),
        (f"{COUNCIL}.nt", BROWSER, "application/n-triples", f"{COUNCIL}.nt"),
        (f"{COUNCIL}.nt?format=rdf", BROWSER, "application/rdf+xml", f"{COUNCIL}.rdf"),
        (f"{COUNCIL}?format=html", None, "text/html", f"{COUNCIL}.html"),
        (
            "/doc/organisation/GM-one",
            "text/turtle",
            "text/turtle",
            "/doc/organisation/GM-one?format=ttl",
        ),
        ("/doc/organisation/GM-one", BROWSER, "text/html", "/doc/organisation/GM-one.html"),
        (
            "/doc/organisation/GM-one.ttl",
            BROWSER,
            "text/html",
            "/doc/organisation/GM-one.ttl.html",
        ),
        (
            "/doc/organisation/GM-one.ttl.nt",
            None,
            "application/n-triples",
            "/doc/organisation/GM-one.ttl.nt",
        ),
        ("/def/gm", None, "text/turtle", "/def/gm.ttl"),
        ("/def/gm.ttl", BROWSER, "text/turtle", "/def/gm.ttl"),
        ("/def/gm/0.1.0", None, "text/turtle", "/def/gm.ttl"),
        ("/def/gm/0.1.0.rdf", None, "application/rdf+xml", "/def/gm.rdf"),
        ("/def/identifier-scheme/gss", BROWSER, "text/html", "/def/identifier-scheme/gss.html"),
        (
            "/resource?iri=http%3A%2F%2Fwww.wikidata.org%2Fentity%2FQ21525592",
            None,
            "text/turtle",
            "/resource?iri=http://www.wikidata.org/entity/Q21525592&format=ttl",
        ),
    ],
)
def test_a_document_comes_in_the_form_that_is_asked_for(
    client: FlaskClient, path: str, accept: str | None, media_type: str, location: str
) -> None:
    response = client.get(path, headers={"Accept": accept} if accept else {})
    assert (response.status_code, response.mimetype) == (200, media_type)
    assert response.headers["Content-Location"] == location
    by_time = ", Accept-Datetime" if path.startswith("/doc/") else ""
    assert response.headers["Vary"] == f"Accept{by_time}, Authorization, Cookie, Accept-Encoding"
    again = client.get(location)
    assert again.status_code == 200
    if media_type != "text/html":
        assert again.data == response.data


@pytest.mark.parametrize(
    ("path", "beginning"),
    [
        (COUNCIL, COUNCIL + "."),
        ("/doc/organisation/GM-café-théâtre", None),
        ("/doc/organisation", "/doc/organisation."),
        ("/def/gm", "/def/gm."),
        ("/def/identifier-scheme", "/def/identifier-scheme."),
        ("/resource?iri=http://www.wikidata.org/entity/Q21525592", "/resource?iri="),
        ("/resource?iri=http://www.w3.org/ns/org%23Organization", "/resource?iri="),
    ],
)
def test_every_form_of_a_document_says_the_same(
    client: FlaskClient, path: str, beginning: str | None
) -> None:
    turtle = read_graph(client.get(path).data, "ttl")
    assert len(turtle) > 0
    for form in DESCRIPTIONS[:-1]:
        response = client.get(path, headers={"Accept": form.media_type})
        assert response.headers["Content-Type"] == form.content_type
        assert same(read_graph(response.data, form.name), turtle), form.name
        if beginning:
            assert response.headers["Content-Location"].startswith(beginning)


def test_quads_say_which_source_states_what(client: FlaskClient) -> None:
    quads = client.get(f"{COUNCIL}.nq").get_data(as_text=True)
    assert f'"MAN" <{BASE}graph/register> .' in quads
    assert f"/entity/Q21525592> <{BASE}graph/links> ." in quads


def test_a_document_links_to_its_topic_its_other_forms_and_its_licence(
    client: FlaskClient,
) -> None:
    links = client.get(COUNCIL).headers.getlist("Link")
    assert links[0] == '</id/organisation/GB-LAE-MAN>; rel="describes"'
    assert f'<{COUNCIL}.html>; rel="alternate"; type="text/html"' in links
    assert f'<{COUNCIL}.ttl>; rel="alternate"; type="text/turtle"' not in links
    assert links[-1] == f'<{OGL}>; rel="license"'


@pytest.mark.parametrize("path", [COUNCIL, f"{COUNCIL}.nq", "/doc/organisation", "/def/gm.html"])
def test_a_client_that_has_the_document_is_told_so(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    tag = first.headers["ETag"]
    second = client.get(path, headers={"If-None-Match": tag})
    assert (second.status_code, second.data) == (304, b"")
    for name in ("ETag", "Cache-Control", "Vary", "Content-Location"):
        assert second.headers[name] == first.headers[name]
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.get(path, headers={"If-None-Match": "*"}).status_code == 304


def test_each_form_has_a_tag_of_its_own(client: FlaskClient) -> None:
    tags = {client.get(f"{COUNCIL}.{each.name}").headers["ETag"] for each in DESCRIPTIONS}
    assert len(tags) == len(DESCRIPTIONS)


def test_what_is_not_described_is_no_304(client: FlaskClient) -> None:
    response = client.get("/doc/organisation/GM-nobody", headers={"If-None-Match": "*"})
    assert response.status_code == 404


def test_a_new_release_has_new_tags(data: Path, runner: InProcessRunner) -> None:
    client = create_app(Settings(data=data), runner, ASSETS).test_client()
    tag = client.get(COUNCIL).headers["ETag"]
    council = NamedNode(f"{BASE}id/organisation/GB-LAE-MAN")
    name = Quad(council, NamedNode(SKOS.prefLabel), Literal("New"), NamedNode(f"{BASE}graph/x"))
    publish(data, "20260101T000000Z-00000002", [name])
    response = client.get(COUNCIL, headers={"If-None-Match": tag})
    assert response.status_code == 200
    assert b'"New"' in response.data


@pytest.mark.parametrize("path", [COUNCIL, "/id/organisation/GB-LAE-MAN", "/def/gm", "/doc/area"])
def test_head_says_the_same_without_the_body(client: FlaskClient, path: str) -> None:
    get, head = client.get(path), client.head(path)
    assert head.status_code == get.status_code
    assert head.data == b""
    for name in ("Content-Type", "Content-Length", "ETag", "Location", "Content-Location"):
        assert head.headers.get(name) == get.headers.get(name)


@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [
        (COUNCIL, "image/png", 406),
        (COUNCIL, "text/csv", 406),
        (f"{COUNCIL}?format=csv", None, 406),
        (f"{COUNCIL}?format=sparkling", None, 400),
        ("/doc/organisation/GM-unsayable.rdf", None, 406),
        ("/doc/organisation?page=0", None, 400),
        ("/doc/organisation?page=-1", None, 400),
        ("/doc/organisation?page=2", None, 404),
        ("/doc/organisation?page=99999999999999999999", None, 404),
        ("/doc/organisation?page=one", None, 400),
        ("/resource", None, 400),
        ("/resource?iri=organisation", None, 400),
        ("/resource?iri=http://a%20b", None, 400),
    ],
)
def test_what_cannot_be_had_is_refused_with_a_reason(
    client: FlaskClient, path: str, accept: str | None, status: int
) -> None:
    response = client.get(path, headers={"Accept": accept} if accept else {})
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"
    assert response.get_json()["detail"]


def test_406_lists_what_there_is(client: FlaskClient) -> None:
    problem = client.get(COUNCIL, headers={"Accept": "image/png"}).get_json()
    assert [each["format"] for each in problem["available"]] == [each.name for each in DESCRIPTIONS]


GONE = f"{BASE}id/organisation/GM-gone"
GONE_PATHS = (
    "/id/organisation/GM-gone",
    "/doc/organisation/GM-gone",
    f"/resource?iri={GONE}",
)
REPLACED_BY = "http://purl.org/dc/terms/isReplacedBy"
LINKS_OF_GONE = {
    f'</id/organisation/GB-LAE-MAN>; rel="{REPLACED_BY}"',
    '</doc/organisation/GM-gone>; rel="original timegate"',
    '</timemap/doc/organisation/GM-gone>; rel="timemap"; type="application/link-format"',
}


@pytest.mark.parametrize("path", GONE_PATHS)
def test_what_was_withdrawn_is_410_with_label_reason_and_successors(
    client: FlaskClient, path: str
) -> None:
    response = client.get(path)
    problem = response.get_json()
    assert response.status_code == problem["status"] == 410
    assert response.content_type == "application/problem+json"
    assert problem["label"] == "Gone Board"
    assert problem["reason"] == "It was loaded by mistake."
    assert problem["successors"] == [f"{BASE}id/organisation/GB-LAE-MAN"]
    assert problem["withdrawn"] == "2024-05-06T07:08:09Z"
    assert set(response.headers["Link"].split(", ")) == LINKS_OF_GONE
    page = client.get(path, headers={"Accept": BROWSER})
    assert page.status_code == 410
    assert "/id/organisation/GB-LAE-MAN" in Heading(page.text).hrefs
    assert "Gone Board" in page.text


@pytest.mark.parametrize(
    ("path", "accept", "name"),
    [
        *((path, "text/turtle", "ttl") for path in GONE_PATHS),
        ("/doc/organisation/GM-gone.ttl", None, "ttl"),
        ("/doc/organisation/GM-gone?format=nt", None, "nt"),
        ("/doc/organisation/GM-gone", "application/ld+json", "jsonld"),
    ],
)
def test_what_was_withdrawn_is_410_in_rdf_as_well(
    client: FlaskClient, path: str, accept: str | None, name: str
) -> None:
    response = client.get(path, headers={"Accept": accept} if accept else {})
    assert response.status_code == 410
    assert response.headers["Cache-Control"] == "no-store"
    assert set(response.headers.getlist("Link")) == LINKS_OF_GONE
    expected = f"""
        @prefix dct: <http://purl.org/dc/terms/> .
        @prefix foaf: <http://xmlns.com/foaf/0.1/> .
        @prefix prov: <http://www.w3.org/ns/prov#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        @base <{BASE}> .
        <{GONE}> prov:invalidatedAtTime "2024-05-06T07:08:09Z"^^xsd:dateTime ;
            skos:prefLabel "Gone Board"@en ; skos:changeNote "It was loaded by mistake."@en ;
            dct:isReplacedBy <id/organisation/GB-LAE-MAN> .
        <doc/organisation/GM-gone> a foaf:Document ; foaf:primaryTopic <{GONE}> ;
            dct:source <graph/provenance> .
    """
    assert same(read_graph(response.data, name), read_graph(expected.encode(), "ttl"))


@pytest.mark.parametrize("accept", ["application/json", "image/png"])
def test_whoever_wants_what_there_is_not_is_told_the_problem(
    client: FlaskClient, accept: str
) -> None:
    response = client.get("/doc/organisation/GM-gone", headers={"Accept": accept})
    assert response.status_code == 410
    assert response.content_type == "application/problem+json"


def test_what_was_withdrawn_is_410_whatever_else_mentions_it(client: FlaskClient) -> None:
    assert client.get("/id/organisation/GM-still-mentioned").status_code == 410
    assert client.get("/doc/organisation/GM-still-mentioned").status_code == 410
    assert "GM-still-mentioned" not in client.get("/doc/organisation.nt").text


def test_a_body_that_ended_is_described_with_its_successor(client: FlaskClient) -> None:
    page = Heading(client.get("/doc/organisation/GM-old-board.html").text)
    assert page.heading == "Old Board"
    assert "/id/organisation/GM-made-up-authority" in page.hrefs


def test_the_page_of_a_thing_shows_its_iri_and_links_path_absolutely(
    client: FlaskClient,
) -> None:
    text = client.get(f"{COUNCIL}.html").text
    page = Heading(text)
    assert page.heading == "Manchester City Council"
    assert f"{BASE}id/organisation/GB-LAE-MAN" in text
    assert "/id/area/E08000003" in page.hrefs
    assert f"{COUNCIL}.ttl" in page.hrefs
    assert OGL in page.hrefs
    assert not [href for href in page.hrefs if href.startswith((BASE, ONTOLOGY))]


@pytest.mark.parametrize(
    ("path", "subjects"),
    [
        ("/def/gm", {"gm", "gm#LocalAuthority", "gm#PublicBody", "gm#administers"}),
        (
            "/def/identifier-scheme",
            {"identifier-scheme", "identifier-scheme/wikidata", "identifier-scheme/gss"},
        ),
        ("/def/identifier-scheme/gss", {"identifier-scheme/gss"}),
    ],
)
def test_definitions_are_documents_of_their_own(
    client: FlaskClient, path: str, subjects: set[str]
) -> None:
    found = read_graph(client.get(path).data, "ttl").subjects()
    beginning = "https://w3id.org/greater-manchester/def/"
    assert {str(each).removeprefix(beginning) for each in found} == subjects


def test_the_page_of_the_ontology_has_an_anchor_for_each_term(client: FlaskClient) -> None:
    page = Heading(client.get("/def/gm.html").text)
    assert page.heading == "Test ontology"
    assert {"LocalAuthority", "PublicBody", "administers"} <= set(page.ids)


def test_a_resource_of_ours_is_described_anywhere_and_has_one_canonical_document(
    client: FlaskClient,
) -> None:
    response = client.get(f"/resource?iri={BASE}id/organisation/GB-LAE-MAN")
    assert response.status_code == 200
    assert f'<{COUNCIL}>; rel="canonical"' in response.headers.getlist("Link")
    assert same(read_graph(response.data, "ttl"), read_graph(client.get(COUNCIL).data, "ttl"))


def test_a_foreign_resource_is_described_by_who_points_to_it(client: FlaskClient) -> None:
    path = "/resource?iri=http://www.wikidata.org/entity/Q21525592"
    found = read_graph(client.get(path).data, "ttl")
    assert f"{BASE}id/organisation/GB-LAE-MAN" in {str(each) for each in found.subjects()}
    assert "/id/organisation/GB-LAE-MAN" in Heading(client.get(f"{path}&format=html").text).hrefs


def test_a_list_has_the_things_of_its_kind_and_no_others(client: FlaskClient) -> None:
    page = Heading(client.get("/doc/area.html").text)
    assert page.heading == "Areas"
    assert "/id/area/E08000003" in page.hrefs
    organisations = client.get("/doc/organisation.nt").text
    assert "GM-old-board" in organisations
    assert "GM-gone" not in organisations
    assert "E08000003" not in organisations


def test_a_long_list_has_pages_that_link_to_each_other(
    tmp_path: Path, runner: InProcessRunner
) -> None:
    graph = NamedNode(f"{BASE}graph/many")
    kind, a = NamedNode("urn:Thing"), NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    quads = [Quad(NamedNode(f"{BASE}id/thing/{n:03}"), a, kind, graph) for n in range(250)]
    publish(tmp_path, "20250102T030405Z-00000001", quads)
    client = create_app(Settings(data=tmp_path), runner, ASSETS).test_client()
    first, second = client.get("/doc/thing"), client.get("/doc/thing?page=2")
    assert '</doc/thing?page=2>; rel="next"' in first.headers.getlist("Link")
    assert not [link for link in first.headers.getlist("Link") if 'rel="prev"' in link]
    assert '</doc/thing>; rel="prev"' in second.headers.getlist("Link")
    assert '</doc/thing?page=3>; rel="next"' in second.headers.getlist("Link")
    assert second.headers["Content-Location"] == "/doc/thing.ttl?page=2"
    pages = [client.get(f"/doc/thing?page={n}").text.count("/id/thing/") for n in (1, 2, 3)]
    assert [count - 1 for count in pages] == [100, 100, 50]  # one is the set's void:uriSpace
    html = Heading(client.get("/doc/thing.html?page=3").text)
    assert "/doc/thing?page=2" in html.hrefs
    assert client.get("/doc/thing?page=4").status_code == 404


def test_every_link_of_a_page_to_this_host_is_answered(app: Flask) -> None:
    client = app.test_client()
    for start in (f"{COUNCIL}.html", "/def/gm.html", "/doc/organisation.html", "/"):
        for href in Heading(client.get(start, headers={"Accept": BROWSER}).text).hrefs:
            if href.startswith(("/id/", "/doc/", "/def/", "/resource", "/graph/")):
                status = client.get(href.partition("#")[0]).status_code
                expected = (200, 303, 410) if "GM-gone" in href else (200, 303)
                assert status in expected, href
