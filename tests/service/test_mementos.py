"""Documents as they were, by RFC 7089, over three releases of changing sources."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from loaders.publish import publish
from loaders.release import collect, find_release
from loaders.rollback import roll_back
from service.errors import Problem
from service.kept_releases import OpenedReleases, past_of
from service.mementos import read_datetime
from service.query_runner import QueryRunner
from service.store import Releases
from service.token_file import TokenFile
from tests.loaders.staged_turtle import BASE, stage_turtle
from tests.service.conftest import city, read_graph
from tests.service.conftest import publish as publish_by_hand
from tests.service.conftest_past import (
    DATES,
    TIMES,
    VERSIONS,
    Past,
    client_of,
    dataset,
    make_past,
    past,
    publish_at,
)

__all__ = ["past"]

A, B, C, D = (f"/doc/dataset/{key}" for key in "abcd")
TITLE = "http://purl.org/dc/terms/title"


@pytest.fixture
def client(past: Past, runner: QueryRunner) -> Iterator[FlaskClient]:
    with client_of(past.directory, runner) as made:
        yield made


def links(response: TestResponse) -> dict[str, str]:
    """The links of a response that Memento has a word for: by relation and time, the target."""
    found = {}
    for each in response.headers.getlist("Link"):
        target, rel, *more = each.split("; ")
        if any(word in rel for word in ("memento", "original", "timemap")):
            found[" ".join([rel[5:-1], *(one[10:-1] for one in more if "datetime" in one)])] = (
                target[1:-1]
            )
    return found


def titles(response: TestResponse) -> set[str]:
    graph = read_graph(response.data, "nt")
    return {str(value) for _, term, value in graph if str(term) == TITLE}


# Which memento a time leads to (§4.5.3: before the first, the first is had).
CHOSEN = [
    (A, "Wed, 01 Jan 2020 00:00:00 GMT", 1),
    (A, DATES[0], 1),
    (A, "Sun, 01 Feb 2026 11:59:59 GMT", 1),
    (A, DATES[1], 2),
    (A, "Sat, 28 Feb 2026 00:00:00 GMT", 2),
    (A, DATES[2], 2),  # the third release left it as the second had it
    (A, "Fri, 01 Jan 2100 00:00:00 GMT", 2),
    (C, DATES[0], 1),
    (C, "Fri, 01 Jan 2100 00:00:00 GMT", 2),  # it is gone since: as it was last
    (D, "Wed, 01 Jan 2020 00:00:00 GMT", 2),  # it is described since the second release
]


@pytest.mark.parametrize(("path", "at", "number"), CHOSEN)
def test_a_document_leads_to_how_it_was(
    client: FlaskClient, past: Past, path: str, at: str, number: int
) -> None:
    response = client.get(path, headers={"Accept-Datetime": at})
    assert (response.status_code, response.data) == (302, b"")
    assert response.headers["Location"] == past.place(number, path)
    assert "Accept-Datetime" in response.vary
    assert "Memento-Datetime" not in response.headers  # §2.1.1: it is of mementos alone
    told = links(response)
    assert (told["original timegate"], told["timemap"]) == (path, f"/timemap{path}")
    shown = client.get(response.headers["Location"], headers={"Accept": "text/turtle"})
    assert shown.status_code == 200
    assert shown.headers["Memento-Datetime"] == DATES[number - 1]


def test_the_form_that_is_asked_for_is_the_mementos_too(client: FlaskClient, past: Past) -> None:
    asked = {"Accept-Datetime": DATES[0]}
    for path, expected in ((f"{A}.nt", f"{A}.nt"), (f"{A}?format=nt", f"{A}?format=nt")):
        response = client.get(path, headers=asked)
        assert response.headers["Location"] == past.place(1, expected)
        assert titles(client.get(response.headers["Location"])) == {"Alpha"}


@pytest.mark.parametrize(
    "field",
    [
        *("", "yesterday", "2026-01-01", "2026-01-01T12:00:00Z", "Thu, 1 Jan 2026 12:00:00 GMT"),
        *("Thu, 01 Jan 2026 12:00:00 UTC", "Thu, 01 Jan 2026 12:00:00 +0000", DATES[0].lower()),
        *("Thu, 31 Feb 2026 12:00:00 GMT", "Thu, 01 Jan 2026 25:00:00 GMT", f"{DATES[0]}, x"),
        *("Thu, 01 anF 2026 12:00:00 GMT", "Thursday, 01-Jan-26 12:00:00 GMT"),
    ],
)
def test_what_is_no_date_of_http_is_refused(client: FlaskClient, field: str) -> None:
    response = client.get(A, headers={"Accept-Datetime": field})
    assert response.status_code == 400
    assert "Accept-Datetime" in response.vary
    with pytest.raises(Problem):
        read_datetime(field)


def test_a_document_as_it_is_tells_where_its_past_is(client: FlaskClient) -> None:
    response = client.get(f"{A}.nt")
    assert links(response) == {"original timegate": A, "timemap": f"/timemap{A}"}
    assert "Accept-Datetime" in response.vary
    assert titles(response) == {"Aleph"}


@pytest.mark.parametrize("path", ["/doc/dataset", "/def/gm", "/graph/sets", "/"])
def test_what_is_no_document_about_a_thing_takes_no_part(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"Accept-Datetime": DATES[0], "Accept": "text/html"})
    assert response.status_code == 200
    assert links(response) == {}


def test_a_memento_links_to_those_round_it(client: FlaskClient, past: Past) -> None:
    first, second = past.place(1, A), past.place(2, A)
    assert links(client.get(first)) == {
        "original timegate": A,
        "timemap": f"/timemap{A}",
        f"first memento {DATES[0]}": first,
        f"next last memento {DATES[1]}": second,
    }
    unlisted = client.get(past.place(3, A))
    assert unlisted.headers["Memento-Datetime"] == DATES[2]
    assert links(unlisted) == {
        "original timegate": A,
        "timemap": f"/timemap{A}",
        f"first memento {DATES[0]}": first,
        f"prev last memento {DATES[1]}": second,
        f"memento {DATES[2]}": past.place(3, A),
    }


@pytest.mark.parametrize("form", ["ttl", "nt", "jsonld", "rdf", "nq", "trig"])
def test_every_form_of_a_memento_says_the_same(client: FlaskClient, past: Past, form: str) -> None:
    place = past.place(1, C)
    response = client.get(f"{place}.{form}")
    assert response.status_code == 200
    assert set(read_graph(response.data, form)) == set(
        read_graph(client.get(f"{place}.nt").data, "nt")
    )
    tag = response.headers["ETag"]
    assert client.get(f"{place}.{form}", headers={"If-None-Match": tag}).status_code == 304
    assert client.get(f"{past.place(2, C)}.{form}").headers["ETag"] != tag


def test_the_page_of_a_memento_says_that_it_is_one(client: FlaskClient, past: Past) -> None:
    page = client.get(past.place(1, A), headers={"Accept": "text/html"}).text
    assert "This is how it was described on" in page
    assert f'<time datetime="{TIMES[0]}">1 January 2026, 12:00 UTC</time>' in page
    assert f'href="{A}">See it as it is now</a>' in page
    gone = client.get(past.place(1, C), headers={"Accept": "text/html"}).text
    assert "It is described no longer" in gone


def test_a_timemap_lists_the_mementos_in_link_format(client: FlaskClient, past: Past) -> None:
    origin = "http://127.0.0.1:8000"
    response = client.get(f"/timemap{A}")
    assert response.content_type == "application/link-format"
    assert response.text == (
        f'<{origin}{A}>; rel="original timegate",\n'
        f'<{origin}/timemap{A}>; rel="self"; type="application/link-format"; '
        f'from="{DATES[0]}"; until="{DATES[1]}",\n'
        f'<{origin}{past.place(1, A)}>; rel="first memento"; datetime="{DATES[0]}",\n'
        f'<{origin}{past.place(2, A)}>; rel="last memento"; datetime="{DATES[1]}"\n'
    )
    only = client.get(f"/timemap{D}").text.splitlines()[2:]
    assert only == [
        f'<{origin}{past.place(2, D)}>; rel="first last memento"; datetime="{DATES[1]}"'
    ]


def test_a_timemap_is_had_as_json(client: FlaskClient, past: Past) -> None:
    table = json.loads(client.get(f"/timemap{C}?format=json").data)
    assert [each["release"] for each in table["mementos"]["list"]] == list(past.releases[:2])
    assert [each["datetime"] for each in table["mementos"]["list"]] == list(TIMES[:2])
    assert table["original_uri"].endswith(C)


@pytest.mark.parametrize(
    "path",
    [
        "/doc/dataset/nobody",
        B,  # it was public, and is hidden now
        "/def/gm",
        "/id/dataset/a",
        "",
    ],
)
def test_nothing_is_told_of_the_past_of_what_is_not_known(
    client: FlaskClient, past: Past, path: str
) -> None:
    for place in (f"/timemap{path}", past.place(1, path), f"/history{path}"):
        response = client.get(place)
        assert response.status_code == 404, place
        assert "Beta" not in response.text
    assert client.get(path or "/doc/x", headers={"Accept-Datetime": DATES[0]}).status_code in (
        *(404, 200, 303),
    )


def test_a_memento_does_not_lead_to_what_was_hidden_since(client: FlaskClient, past: Past) -> None:
    graph = read_graph(client.get(f"{past.place(1, A)}.nt").data, "nt")
    assert titles(client.get(f"{past.place(1, A)}.nt")) == {"Alpha"}
    assert f"{BASE}id/dataset/b" not in {str(value) for _, _, value in graph}
    for path in (past.place(1, A), f"/history{A}", "/releases", f"/releases/{past.releases[1]}"):
        page = client.get(path, headers={"Accept": "text/html"}).text
        assert "Beta" not in page
        assert "dataset/b" not in page


def test_a_memento_does_not_tell_what_a_source_kept_back_since(
    client: FlaskClient, past: Past
) -> None:
    for path in (f"{past.place(2, A)}.nt", f"/history{A}", f"/releases/{past.releases[2]}"):
        assert "From k" not in client.get(path).text


def test_our_own_staff_see_what_was(past: Past, runner: QueryRunner) -> None:
    secret = TokenFile(past.directory.path).create("steward", 1, "a steward")[1]
    with client_of(past.directory, runner) as client:
        field = {"Authorization": f"Bearer {secret}"}
        response = client.get(f"{past.place(1, A)}.nt", headers=field)
        assert "From k" in response.text
        assert f"{BASE}id/dataset/b" in response.text
        assert response.headers["Cache-Control"] == "private, no-cache"
        assert client.get(past.place(1, B), headers=field).status_code == 200


def test_a_thing_that_a_release_did_not_describe_has_no_memento_there(
    client: FlaskClient, past: Past
) -> None:
    assert client.get(past.place(1, D)).status_code == 404
    assert client.get(past.place(3, C)).status_code == 404
    assert client.get(C).status_code == 410


def test_a_release_that_is_not_kept_is_unknown(client: FlaskClient) -> None:
    for name in ("20200101T000000Z-00000000", "..", ".", "current"):
        assert client.get(f"/memento/{name}{A}").status_code == 404


def test_a_name_that_was_forgotten_is_told_by_no_memento(
    tmp_path: Path, runner: QueryRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_past(tmp_path, monkeypatch)
    with client_of(made.directory, runner) as client:
        assert client.get(made.place(1, C)).status_code == 200
        publish(made.directory, forget=[f"{BASE}id/dataset/c"])
        for path in (made.place(1, C), f"/timemap{C}", f"/history{C}"):
            response = client.get(path)
            assert response.status_code == 404
            assert "Gamma" not in response.text
        assert "Gamma" not in client.get(f"/releases/{made.releases[2]}").text
        response = client.get(C, headers={"Accept-Datetime": DATES[0]})
        assert response.status_code == 410
        assert "Gamma" not in response.text


def test_releases_by_other_rules_are_not_shown_to_the_public(
    tmp_path: Path, runner: QueryRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_past(tmp_path, monkeypatch)
    secret = TokenFile(made.directory.path).create("steward", 1, "a steward")[1]
    field = {"Authorization": f"Bearer {secret}"}
    import ontology

    changed = ontology.allow_lists() + b"\n# Another list.\n"
    monkeypatch.setattr(ontology, "allow_lists", lambda: changed)
    newest = publish(made.directory).release
    with client_of(made.directory, runner) as client:
        response = client.get(made.place(1, A))
        assert response.status_code == 404
        assert "other rules" in response.text
        table = json.loads(client.get("/releases").data)
        assert [each["id"] for each in table["releases"]] == [newest.id]
        assert table["releases"][0]["changes"] is None
        listed = json.loads(client.get(f"/timemap{A}?format=json").data)["mementos"]["list"]
        assert [each["release"] for each in listed] == [newest.id]
        assert client.get(made.place(1, A), headers=field).status_code == 200


def test_what_was_rolled_back_is_no_part_of_the_past(
    tmp_path: Path, runner: QueryRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_past(tmp_path, monkeypatch)
    roll_back(made.directory, made.releases[0])
    with client_of(made.directory, runner) as client:
        assert client.get(made.place(2, A)).status_code == 404
        assert client.get(made.place(1, A)).status_code == 200
        (made.directory.path / "endings.csv").unlink()
        stage_turtle(made.directory, "sets", VERSIONS[0] + dataset("e", "Epsilon"))
        newest = publish_at(made.directory, "2026-04-01T12:00:00Z")
        table = json.loads(client.get("/releases").data)
        assert [each["id"] for each in table["releases"]] == [newest.id, made.releases[0]]


def test_what_is_collected_is_told_no_longer(
    tmp_path: Path, runner: QueryRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_past(tmp_path, monkeypatch)
    with client_of(made.directory, runner) as client:
        assert "Gamma" in client.get(f"/history{C}").text
        assert client.get(made.place(1, A)).status_code == 200
        with made.directory.lock():
            assert collect(made.directory, 1) == [made.releases[1]]  # the first is held open
    with client_of(made.directory, runner) as client:
        assert client.get(made.place(1, A)).status_code == 404
        assert json.loads(client.get(f"/history{C}").data)["releases"] == []
        assert "Alpha" not in client.get(f"/history{A}").text


def test_an_open_directory_has_no_past(tmp_path: Path, runner: QueryRunner) -> None:
    release = publish_by_hand(tmp_path, "20250102T030405Z-00000001", city())
    manifest = json.loads((release / "manifest.json").read_text())
    (release / "manifest.json").write_text(json.dumps({**manifest, "open": True}))
    from service.app import create_app
    from service.settings import Settings
    from tests.service.conftest import ASSETS

    client = create_app(Settings(data=tmp_path), runner, ASSETS).test_client()
    council = "/doc/organisation/GB-LAE-MAN"
    for path in (
        *(f"/timemap{council}", f"/history{council}", f"/memento/{release.name}{council}"),
        *("/releases", "/releases.atom", f"/releases/{release.name}"),
    ):
        response = client.get(path)
        assert response.status_code == 404
        assert response.get_json(force=True)["title"] == (
            "An open data directory tells no history."
        )
    response = client.get(council, headers={"Accept-Datetime": DATES[0]})
    assert (response.status_code, links(response)) == (200, {})


def test_few_releases_are_held_open_and_not_for_long(past: Past) -> None:
    release = Releases(past.directory.path).current()
    kept = past_of(release)
    assert len(kept) == 3
    held = OpenedReleases(most=2, idle=0.05)
    first = held.open(kept[0])
    assert held.open(kept[0]) is first
    for each in kept:
        held.open(each)
    assert len(held) == 2
    until = time.monotonic() + 10
    while len(held) and time.monotonic() < until:
        time.sleep(0.02)
    assert len(held) == 0
    assert find_release(past.directory, past.releases[0])
