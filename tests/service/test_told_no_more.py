"""What was public once and is so no more, looked for in all that is told of the past.

one    1 January 2026   everything is public
two    1 February       what holds “quokka” is for our own staff alone, or has lost its name
three  1 March          something else changed, and what was forgotten is back
"""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from loaders.audience import Audience
from loaders.directory import initialise
from loaders.publish import publish
from service.query_runner import QueryRunner
from service.token_file import TokenFile
from tests.loaders.staged_turtle import BASE, stage_turtle
from tests.service.conftest_past import DATES, TIMES, Past, client_of, publish_at

WORD = "quokka"
PART = ".well-known/genid/sets/dataset/part/contact"
CONTACT = f'<{PART}> a vcard:Organization ; vcard:fn "quokka of a part" .\n'
STAYS = (
    '<id/dataset/moved> a dcat:Dataset ; dct:title "Moved" .\n'
    f'<id/dataset/part> a dcat:Dataset ; dct:title "Part" ; dcat:contactPoint <{PART}> .\n'
)
MOVED = '<id/dataset/moved> dct:description "quokka that moved" .\n'
KIND = '<id/dataset/kind> a {0} ; dct:title "Kind" ; gm:accessReason "quokka of a kind" .\n'
FORGOTTEN = '<id/dataset/forgotten> a dcat:Dataset ; dct:title "{0}" .\n'
CLOSED = '<id/dataset/closed> a dcat:Dataset ; dct:title "Closed" .\n'
ENDING = "iri,state,successor,reason\n{0}id/dataset/forgotten,{1},,It was {2}.\n"
PLACES = ("moved", "part", "kind", "forgotten")


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Past]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("loaders.check.validate", lambda *_: [])
        directory = initialise(tmp_path_factory.mktemp("told") / "var")
        file = directory.path / "endings.csv"
        names = []

        stage_turtle(
            directory,
            "sets",
            STAYS + CONTACT + MOVED + KIND.format("dcat:Dataset") + FORGOTTEN.format("quokka name"),
        )
        stage_turtle(directory, "opening", CLOSED)
        names.append(publish_at(directory, TIMES[0]).id)
        stage_turtle(directory, "quokkas", "<id/dataset/moved> dct:subject <urn:x> .")
        publish(directory)

        hidden = f"<{PART}> gm:visibleTo audience:internal .\n"
        kept = STAYS + CONTACT + hidden + KIND.format("dcat:DataService")
        stage_turtle(directory, "sets", kept)
        stage_turtle(directory, "staff", MOVED, Audience.INTERNAL)
        stage_turtle(
            directory, "quokkas", "<id/dataset/moved> dct:subject <urn:x> .", Audience.INTERNAL
        )
        file.write_text(ENDING.format(BASE, "gone", "closed"))
        publish(directory)
        names.append(publish(directory, forget=[f"{BASE}id/dataset/forgotten"]).release.id)

        again = FORGOTTEN.format("Another name")
        stage_turtle(directory, "sets", kept + again + "<id/dataset/moved> dct:subject <urn:y> .")
        file.write_text(ENDING.format(BASE, "current", "opened again"))
        names.append(publish_at(directory, TIMES[2]).id)
        yield Past(directory, tuple(names))


@pytest.fixture
def client(past: Past, runner: QueryRunner) -> Iterator[FlaskClient]:
    with client_of(past.directory, runner) as made:
        yield made


def everything(client: FlaskClient, token: str | None = None) -> Iterator[tuple[str, str]]:
    """All that is told of the past, by path."""
    lead = {"Authorization": f"Bearer {token}"} if token else {}
    asked = ["/releases", "/releases.atom"]
    listed = client.get("/releases", headers=lead).get_json()["releases"]
    for each in listed:
        asked.append(each["href"])
        asked += [f"/memento/{each['id']}/doc/dataset/{key}" for key in PLACES]
    for key in PLACES:
        asked += [f"/history/doc/dataset/{key}", f"/timemap/doc/dataset/{key}"]
    for path in asked:
        for accept in ("application/json, text/turtle", "text/html", "application/n-triples"):
            found = client.get(path, headers={"Accept": accept, **lead})
            yield f"{path} {accept}", found.text
    for key in PLACES:
        for date in DATES:
            found = client.get(
                f"/doc/dataset/{key}",
                headers={"Accept": "text/turtle", "Accept-Datetime": date, **lead},
                follow_redirects=True,
            )
            yield f"{key} at {date}", found.text


def test_nothing_of_the_past_tells_what_is_kept_from_the_public_now(client: FlaskClient) -> None:
    assert [place for place, told in everything(client) if WORD in told.lower()] == []


def test_our_own_staff_are_told_all_but_what_was_forgotten(past: Past, client: FlaskClient) -> None:
    token = TokenFile(past.directory.path).create("steward", 1, "staff")[1]
    told = " ".join(text for _, text in everything(client, token))
    for each in ("of a part", "that moved", "of a kind"):
        assert f"quokka {each}" in told
    assert "quokka name" not in told
