"""`/releases`, its feed and notes, and the history of a thing, over three releases."""

import json
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from ontology.vocab import DCT
from service.feed import ATOM
from service.query_runner import QueryRunner
from tests.loaders.staged_turtle import BASE
from tests.service.conftest_past import TIMES, Past, client_of, past
from tests.service.page_tree import Parsed

__all__ = ["past"]

SETS = f"{BASE}graph/sets"
DATASET = "http://www.w3.org/ns/dcat#Dataset"
A, C = "/doc/dataset/a", "/doc/dataset/c"


@pytest.fixture
def client(past: Past, runner: QueryRunner) -> Iterator[FlaskClient]:
    with client_of(past.directory, runner) as made:
        yield made


def table(client: FlaskClient, path: str) -> Any:
    response = client.get(path, headers={"Accept": "application/json"})
    assert (response.status_code, response.mimetype) == (200, "application/json")
    return json.loads(response.data)


def title(key: str, words: str) -> str:
    return f'<{BASE}id/dataset/{key}> <{DCT.title}> "{words}"@en <{SETS}> .'


def test_the_releases_are_listed_with_what_each_changed(client: FlaskClient, past: Past) -> None:
    told = table(client, "/releases")["releases"]
    assert [each["id"] for each in told] == list(reversed(past.releases))
    assert [each["published"] for each in told] == list(reversed(TIMES))
    newest, middle, first = (each["changes"] for each in told)
    assert newest["things"] == {"new": 0, "changed": 0, "gone": 1}
    assert middle["things"] == {"new": 1, "changed": 2, "gone": 0}
    assert middle["byClass"][DATASET] == {"new": 1, "changed": 2, "gone": 0}
    assert middle["bySource"][SETS]["added"] > 2
    assert first is None
    assert [each["headline"].partition(":")[0] for each in told] == [
        "1 thing is gone",
        "1 thing is new and 2 changed",
        "What it changed is not told",
    ]


SINCE = [
    ("", 3),
    ("2025-12-31", 3),
    ("2026-01-01", 3),  # its beginning
    ("2026-01-02", 2),
    ("2026-01-01T12:00:00Z", 2),
    ("2026-01-01T11:59:59Z", 3),
    ("2026-01-01T13:30:00+02:00", 3),
    ("2026-01-01T13:30:00%2B01:00", 2),
    ("2026-02-01T12:00:00", 1),
    ("2030-01-01", 0),
]


@pytest.mark.parametrize(("since", "count"), SINCE)
def test_what_changed_since_a_time_is_told_in_every_form(
    client: FlaskClient, past: Past, since: str, count: int
) -> None:
    expected = list(reversed(past.releases))[:count]
    asked = f"?since={since}"
    assert [each["id"] for each in table(client, f"/releases{asked}")["releases"]] == expected
    page = Parsed(client.get(f"/releases{asked}", headers={"Accept": "text/html"}).text).root
    assert page is not None
    feed = ElementTree.fromstring(client.get(f"/releases.atom{asked}").data)
    ids = [each.findtext(f"{{{ATOM}}}id") for each in feed.iter(f"{{{ATOM}}}entry")]
    assert ids == [f"tag:data.greatermanchester.example,2026:release/{each}" for each in expected]


@pytest.mark.parametrize("since", ["soon", "2026-13-01", "2026-01-01T", "1", "2026-01-01T99:00Z"])
@pytest.mark.parametrize("path", ["/releases", "/releases.atom"])
def test_what_is_no_time_is_refused(client: FlaskClient, path: str, since: str) -> None:
    assert client.get(f"{path}?since={since}").status_code == 400


def test_the_feed_is_atom(client: FlaskClient, past: Past) -> None:
    response = client.get("/releases.atom")
    assert response.content_type == "application/atom+xml"
    feed = ElementTree.fromstring(response.data)
    assert feed.tag == f"{{{ATOM}}}feed"
    # RFC 4287 §4.1.1 and §4.1.2: what a feed and an entry must have.
    for each in (feed, *feed.iter(f"{{{ATOM}}}entry")):
        for name in ("id", "title", "updated"):
            assert len(each.findall(f"{{{ATOM}}}{name}")) == 1
    assert feed.findtext(f"{{{ATOM}}}author/{{{ATOM}}}name")
    assert feed.findtext(f"{{{ATOM}}}updated") == TIMES[2]
    own = {each.get("rel"): each.get("href") for each in feed.findall(f"{{{ATOM}}}link")}
    assert own == {
        "self": "http://127.0.0.1:8000/releases.atom",
        "alternate": "http://127.0.0.1:8000/releases",
    }
    newest = feed.findall(f"{{{ATOM}}}entry")[0]
    assert newest.findtext(f"{{{ATOM}}}updated") == TIMES[2]
    link = newest.find(f"{{{ATOM}}}link")
    assert link is not None
    assert link.get("href") == f"http://127.0.0.1:8000/releases/{past.releases[2]}"
    tag = response.headers["ETag"]
    assert client.get("/releases.atom", headers={"If-None-Match": tag}).status_code == 304


def test_every_page_leads_to_the_feed(client: FlaskClient) -> None:
    for path in ("/", A, "/releases"):
        page = client.get(path, headers={"Accept": "text/html"}).text
        assert '<link rel="alternate" href="/releases.atom" type="application/atom+xml"' in page
        assert 'href="/releases">What changed</a>' in page
    assert f'href="/history{A}">History</a>' in client.get(A, headers={"Accept": "text/html"}).text


def test_the_notes_of_a_release_name_what_changed(client: FlaskClient, past: Past) -> None:
    told = table(client, f"/releases/{past.releases[1]}")
    things = {
        state: [each["iri"].rpartition("/")[2] for each in found["things"]]
        for state, found in told["things"].items()
    }
    assert things == {"new": ["d"], "changed": ["a", "c"]}
    assert {each["more"] for each in told["things"].values()} == {0}
    assert told["previous"] == f"/releases/{past.releases[0]}"
    assert told["next"] == f"/releases/{past.releases[2]}"
    gone = table(client, f"/releases/{past.releases[2]}")["things"]["gone"]["things"]
    assert gone == [
        {
            "iri": f"{BASE}id/dataset/c",
            "label": "Gamma the second",
            "history": f"/history{C}",
        }
    ]
    assert client.get("/releases/20200101T000000Z-00000000").status_code == 404


def test_a_page_of_notes_lists_so_many_and_counts_the_rest(past: Past) -> None:
    from service.kept_releases import past_of
    from service.pages.release_notes import view_notes
    from service.store import Releases

    release = Releases(past.directory.path).current()
    (_, changed) = view_notes(release, past_of(release)[1], listed=1).lists
    assert (changed.state, len(changed.things), changed.more) == ("changed", 1, 1)


def test_the_history_of_a_thing_is_told_release_by_release(client: FlaskClient, past: Past) -> None:
    told = table(client, f"/history{C}")["releases"]
    assert [(each["release"], each["state"]) for each in told] == [
        (past.releases[2], "gone"),
        (past.releases[1], "changed"),
        (past.releases[0], None),
    ]
    assert [each["memento"] for each in told] == [None, past.place(2, C), past.place(1, C)]
    gone, changed, first = told
    assert (changed["added"], changed["removed"]) == (
        [title("c", "Gamma the second")],
        [title("c", "Gamma")],
    )
    assert title("c", "Gamma the second") in gone["removed"]
    assert (gone["added"], first["added"], first["removed"]) == ([], [], [])
    assert set(changed["loads"]) == {"sets"}


@pytest.mark.parametrize("path", ["/releases", "/releases/{}", f"/history{A}", f"/history{C}"])
def test_pages_are_made_for_people(client: FlaskClient, past: Past, path: str) -> None:
    response = client.get(path.format(past.releases[1]), headers={"Accept": "text/html"})
    assert (response.status_code, response.mimetype) == (200, "text/html")
    assert response.text.count("<h1") == 1
    for form in ("csv", "ttl"):
        place = f"{path.format(past.releases[1])}?format={form}"
        assert client.get(place).status_code == 406
