"""All kinds of pages: how they are made, where they lead, and hostile values in them."""

import shlex
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode

from service.app import create_app
from service.assets import Assets
from service.pages.rendering import REMEMBERED, Frame
from service.settings import Settings
from service.store import Release
from tests.service.conftest import BASE
from tests.service.conftest_pages import COUNCIL, asking, client, page, release, town
from tests.service.in_process_runner import InProcessRunner
from tests.service.page_tree import Element, Parsed, row

__all__ = ["client", "release", "town"]

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
PATHS = [
    "/",
    "/doc/organisation",
    "/doc/membership",
    "/doc/change-event",
    COUNCIL,
    "/doc/organisation/GM-hostile",
    "/doc/organisation/GM-old-board",
    "/doc/area/E00000000",
    "/resource?iri=http%3A%2F%2Fwww.wikidata.org%2Fentity%2FQ21525592",
    "/graph/register",
    "/graph/links",
    "/def/gm",
    "/def/identifier-scheme",
    "/def/identifier-scheme/gss",
    "/sparql",
    asking("SELECT * { ?s ?p ?o }"),
    asking("ASK {}"),
    asking("SELECT * { <urn:a> ?p ?o }"),
    asking("DESCRIBE <urn:a>"),
    asking("SELECT *"),
    "/doc/organisation?page=one",
    "/doc/nobody",
    "/doc/organisation/GM-gone",
    f"{COUNCIL}?format=csv",
    "/accessibility",
]


def faults(root: Element) -> list[str]:
    """What is wrong with the make of a page: headings, ids, links, and what the policy forbids."""
    found = []
    levels = [int(each.name[1]) for each in root.one("main").all() if each.name in HEADINGS]
    if any(root.all(class_="govuk-error-summary")):
        levels = levels[1:]  # the summary of errors stands above the heading
    if levels.count(1) != 1 or levels[0] != 1:
        found.append("the main heading")
    if any(below - above > 1 for above, below in pairwise(levels)):
        found.append("a level of headings is skipped")
    ids = [each.attributes["id"] for each in root.all() if "id" in each.attributes]
    found += [f"id {each} twice" for each in ids if ids.count(each) > 1]
    for link in root.all("a"):
        href = link.attributes["href"]
        if href.startswith("#") and href[1:] not in ids:
            found.append(f"{href} leads nowhere")
        if urlsplit(href).scheme not in ("", "http", "https"):
            found.append(f"{href} may do anything")
        if not link.text:
            found.append(f"{href} has no text")
    nonce = root.one("meta", name_="csp-nonce").attributes["nonce"]
    for script in root.all("script"):
        ours = script.attributes.get("src", "").startswith("/static/")
        if not ours and script.attributes.get("nonce") != nonce:
            found.append("a script without the nonce")
    for each in root.all():
        if each.name == "style" or "style" in each.attributes:
            found.append(f"a style in {each.name}")
        if any(name.startswith("on") for name in each.attributes):
            found.append(f"a script in {each.name}")
    return found


def bare(root: Element, release: Release) -> set[str]:
    """The IRIs that links show although there is a label."""
    named = {
        spelled
        for iri in labelled(release)
        for spelled in (iri, iri.removeprefix(BASE), release.locations.href(iri))
    }
    return {link.text for link in root.one("main").all("a")} & named


def labelled(release: Release) -> set[str]:
    """Every IRI that the release states a label of."""
    quads = release.store.quads_for_pattern(None, None, None, None)
    subjects = {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
    return {iri for iri in subjects if release.labels.stated(iri) is not None}


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_well_made_and_shows_labels_for_iris(
    client: FlaskClient, release: Release, path: str
) -> None:
    root = page(client, path)
    assert root.one("html").attributes["lang"] == "en"
    assert faults(root) == []
    assert bare(root, release) == set()


BAD = """<meta name="csp-nonce" nonce="n"><main><h2 id="a">Two</h2>
<h4 id="a" style="color: red">Four</h4><a href="#nowhere">x</a>
<a href="javascript:alert(1)">y</a><a href="/"></a>
<a href="/id/area/E08000003" onclick="z()">/id/area/E08000003</a><script>alert(1)</script></main>"""


def test_a_page_that_is_badly_made_is_caught(release: Release) -> None:
    root = Parsed(BAD).root
    assert faults(root) == [
        "the main heading",
        "a level of headings is skipped",
        "id a twice",
        "id a twice",
        "#nowhere leads nowhere",
        "javascript:alert(1) may do anything",
        "/ has no text",
        "a script without the nonce",
        "a style in h4",
        "a script in a",
    ]
    assert bare(root, release) == {"/id/area/E08000003"}


def codes(client: FlaskClient) -> list[Element]:
    return list(page(client, "/").all("pre", class_="gm-code"))


def test_the_home_page_counts_what_people_know_and_links_to_the_lists(client: FlaskClient) -> None:
    root = page(client, "/")
    counts = {
        each.one("a").attributes["href"]: each.text for each in root.all("li", class_="gm-count")
    }
    assert counts == {
        "/doc/organisation": "14 organisations",
        "/doc/area": "2 areas",
        "/doc/change-event": "2 change events",
        "/doc/membership": "1 membership",
    }
    assert "published 2 January 2025, 03:04 UTC" in root.one("main").text
    sources = root.one("table").text
    assert "Test register Manchester City Council Open Government Licence v3.0" in sources


def test_the_commands_of_the_home_page_do_what_they_say(client: FlaskClient) -> None:
    commands = [shlex.split(each.one("code").text_as_written) for each in codes(client)]
    assert [each[0] for each in commands] == ["curl"] * 3
    answers = []
    for words in commands:
        accept = words[words.index("-H") + 1].removeprefix("Accept: ")
        (url,) = [each for each in words if each.startswith("http://")]
        data = [words[n + 1] for n, each in enumerate(words) if each == "--data-urlencode"]
        fields = dict(each.split("=", 1) for each in data)
        path = urlsplit(url).path
        sent = {"headers": {"Accept": accept}, "follow_redirects": "-L" in words}
        reply = client.post(path, data=fields, **sent) if fields else client.get(path, **sent)
        assert (reply.status_code, reply.mimetype) == (200, accept)
        answers.append(reply.text)
    followed, asked, downloaded = answers
    assert "skos:prefLabel" in followed
    assert "Manchester City Council" in asked
    assert "<http://www.w3.org/2004/02/skos/core#prefLabel>" in downloaded


def test_a_list_says_of_each_thing_what_a_reader_looks_for(client: FlaskClient) -> None:
    root = page(client, "/doc/membership")
    assert [each.text for each in root.all("th", scope="col")] == ["Name", "Member", "Of"]
    assert root.one("tbody").text == (
        "Manchester City Council in Made-up Combined Authority "
        "Manchester City Council Made-up Combined Authority"
    )
    board = next(
        each
        for each in page(client, "/doc/organisation").one("tbody").all("tr")
        if each.one("th").text == "Old Board"
    )
    assert board.one("time").attributes["datetime"] == "2011-04-01"
    assert board.one("time").text == "1 April 2011"


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/doc/organisation?page=one", 400, "send it again"),
        ("/doc/nobody", 404, "capital letters count"),
        (f"{COUNCIL}?format=csv", 406, "one of the formats"),
        ("/doc/organisation/GM-gone", 410, "withdrawn on 6 May 2024"),
    ],
)
def test_a_problem_says_what_to_do_next(
    client: FlaskClient, path: str, status: int, words: str
) -> None:
    reply = client.get(path, headers={"Accept": "text/html"})
    assert reply.status_code == status
    main = Parsed(reply.text).root.one("main")
    assert words in main.text
    assert "/" in [each.attributes["href"] for each in main.all("a")]


def test_a_fault_of_ours_is_owned_and_named(town: Path, runner: InProcessRunner) -> None:
    def fail() -> str:
        raise RuntimeError("nobody foresaw this")

    app = create_app(Settings(data=town), runner, Assets.read())
    app.add_url_rule("/broken", "broken", fail)
    main = page(app.test_client(), "/broken").one("main")
    assert main.one("h1").text == "Something went wrong here."
    assert "Try again in a minute" in main.text


def test_hostile_values_are_shown_and_do_nothing(client: FlaskClient) -> None:
    root = page(client, "/doc/organisation/GM-hostile")
    assert root.one("h1").text == '<b>bold</b> & "quoted"'
    main = root.one("main")
    assert not list(main.all("script"))
    assert not list(main.all("b"))
    assert "<script>alert(1)</script>" in main.text
    assert "日本語 and عربى" in main.one(lang="ja").text
    hrefs = [each.attributes["href"] for each in row(root, "foaf:homepage").all("a")]
    assert sorted(href.partition("=")[2].partition(":")[0] for href in hrefs if "iri=" in href) == [
        "data",
        "javascript",
    ]
    listed = page(client, "/doc/organisation").one("tbody")
    assert '<b>bold</b> & "quoted"' in [each.text for each in listed.all("a")]


def test_a_page_that_is_not_closed_is_caught() -> None:
    with pytest.raises(AssertionError):
        Parsed("<main><p>text</main>")
    with pytest.raises(AssertionError, match="not closed"):
        Parsed("<main>")


def test_the_frame_is_made_once_for_each_entry_and_says_which_is_active() -> None:
    templates = create_app(Settings(), InProcessRunner()).jinja_env
    frame = Frame(templates)
    for _ in range(2):
        navigation = frame("navigation", "public", "dataset")
        assert navigation is frame("navigation", "public", "dataset")
    assert navigation.count('aria-current="true"') == 1
    assert "Staff" in frame("header", "internal", "") != frame("header", "public", "")
    for number in range(2 * REMEMBERED):  # as many as a client makes up
        assert frame("navigation", "public", f"made-up-{number}") == frame("navigation", "", "")
