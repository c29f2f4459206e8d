"""The edge over a live port, with the whole application: nothing crosses between audiences."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask

from service.app import create_app
from service.audience import COOKIE
from service.query_runner import QueryRunner
from service.settings import Settings
from service.token_file import TokenFile
from tests.service.conftest import ASSETS
from tests.service.conftest_audiences import (
    SECRET_WORDS,
    asset,
    kept,
    publish_for_all,
    tokens,
    views,
)
from tests.service.conftest_edge import Live, Reply, live

__all__ = ["kept", "tokens"]

COUNCIL = "/doc/organisation/GB-LAE-MAN"
NAMES = "/sparql?" + urlencode(
    {"query": "SELECT ?x { ?s <http://purl.org/dc/terms/title> ?x }", "format": "csv"}
)
SHARED = [f"{COUNCIL}.html", "/doc/information-asset.ttl", "/", NAMES, "/vocabulary.json"]
READERS = {"public": "", "partner": "partner", "internal": "steward"}


def whole(settings: Settings, runner: QueryRunner) -> Flask:
    return create_app(settings, runner, ASSETS)


@pytest.fixture(scope="module")
def running(kept: Path) -> Iterator[Live]:
    with live(kept, make=whole) as made:
        yield made


@pytest.fixture
def edge(running: Live) -> Live:
    running.asked.clear()
    return running


def ask(edge: Live, path: str, token: str = "", by: str = "bearer", **fields: str) -> Reply:
    if token and by == "bearer":
        fields["Authorization"] = f"Bearer {token}"
    elif token:
        fields["Cookie"] = f"theme=dark; {COOKIE}={token}"
    return edge.ask(path, body=None, **fields)


def text_of(reply: Reply) -> str:
    assert reply.status == 200, reply.body
    return reply.body.decode()


@pytest.mark.parametrize("by", ["bearer", "cookie"])
@pytest.mark.parametrize("path", SHARED)
def test_no_cache_gives_one_audience_what_another_was_answered(
    edge: Live, tokens: dict[str, str], path: str, by: str
) -> None:
    """Each audience asks first, second and last, so that whatever is kept could be given again."""
    path += ("&" if "?" in path else "?") + f"by={by}"
    tags: dict[str, set[str]] = {}
    for audience in [*READERS, *reversed(READERS), *READERS]:
        token = tokens[READERS[audience]] if audience != "public" else ""
        reply = ask(edge, path, token, by)
        told = text_of(reply)
        visible = {each for each in SECRET_WORDS if SECRET_WORDS[each] in told}
        assert not visible or audience != "public"
        assert "internal" not in visible or audience == "internal"
        if path.startswith((COUNCIL, "/doc/", "/sparql")):
            assert len(visible) == list(READERS).index(audience)
        assert reply.headers["cache-control"] == (
            "public, no-cache" if audience == "public" else "private, no-cache"
        )
        assert {"authorization", "cookie"} <= set(reply.headers["vary"].lower().split(", "))
        tags.setdefault(audience, set()).add(reply.headers["etag"])
    assert {len(each) for each in tags.values()} == {1}
    assert len(set.union(*tags.values())) == 3


@pytest.mark.parametrize("path", [f"{COUNCIL}.ttl?one", f"{COUNCIL}.html?two", NAMES + "&three"])
def test_a_tag_of_one_audience_never_answers_another(
    edge: Live, tokens: dict[str, str], path: str
) -> None:
    readers = ["", tokens["partner"], tokens["steward"]]
    tags = [ask(edge, path, each).headers["etag"] for each in readers]
    for _ in range(2):
        for n, tag in enumerate(tags):
            found = [ask(edge, path, each, If_None_Match=tag).status for each in readers]
            assert found == [304 if each == n else 200 for each in range(3)]


def test_an_answer_is_given_again_within_its_audience_alone(
    edge: Live, tokens: dict[str, str]
) -> None:
    path = f"{COUNCIL}.ttl?again"
    for by, role in (("bearer", "steward"), ("cookie", "steward"), ("bearer", "administrator")):
        text_of(ask(edge, path, tokens[role], by))
    assert len(edge.asked) == 1
    text_of(ask(edge, path, tokens["partner"]))
    text_of(ask(edge, path))
    text_of(ask(edge, path, Cookie="theme=dark"))
    assert len(edge.asked) == 3


def test_a_query_is_answered_without_flask_within_its_audience_alone(
    edge: Live, tokens: dict[str, str]
) -> None:
    for token, count in (("", 0), (tokens["partner"], 1), (tokens["steward"], 2)):
        for turn in range(3):
            reply = ask(edge, f"{NAMES}&turn={turn}", token)
            told = text_of(reply)
            assert sum(words in told for words in SECRET_WORDS.values()) == count
            assert ("private" in reply.headers["cache-control"]) is bool(token)
    assert len(edge.asked) <= 3


def test_a_page_from_the_cache_shows_who_is_signed_in(edge: Live, tokens: dict[str, str]) -> None:
    for _ in range(2):
        assert "Sign out" not in text_of(ask(edge, "/?frame"))
        assert "Sign out" in text_of(ask(edge, "/?frame", tokens["partner"], "cookie"))


@pytest.mark.parametrize(
    "path", [f"{COUNCIL}.ttl?kept", NAMES + "&kept", f"/doc/{asset('internal')}"]
)
@pytest.mark.parametrize("state", ["expired", "revoked", "unknown", "altered"])
def test_a_token_that_is_not_valid_gets_nothing_from_the_cache(
    edge: Live, tokens: dict[str, str], path: str, state: str
) -> None:
    for token in ("", tokens["steward"]):
        tag = ask(edge, path, token).headers.get("etag", '"none"')
        reply = ask(edge, path, tokens[state], If_None_Match=tag)
        assert reply.status == 401
        assert reply.headers["www-authenticate"] == 'Bearer error="invalid_token"'
        assert "set-cookie" not in reply.headers


@pytest.mark.parametrize("state", ["expired", "revoked", "unknown", "altered"])
@pytest.mark.parametrize("path", ["/?ended", f"{COUNCIL}.html?ended"])
def test_a_cookie_that_has_ended_reads_what_is_public_past_the_cache(
    edge: Live, tokens: dict[str, str], path: str, state: str
) -> None:
    public = ask(edge, path)
    for tag in ('"none"', public.headers["etag"]):
        reply = ask(edge, path, tokens[state], "cookie", If_None_Match=tag)
        assert (reply.status, reply.headers["cache-control"]) == (200, "no-store")
        assert reply.headers["set-cookie"].startswith(f"{COOKIE}=; Max-Age=0;")
        assert "Your sign-in has ended" in text_of(reply)
        assert not any(words in text_of(reply) for words in SECRET_WORDS.values())
        again = ask(edge, path)
        assert "Your sign-in has ended" not in text_of(again)
        assert "set-cookie" not in again.headers
    signed_in = ask(edge, path, tokens["steward"], "cookie")
    assert "Your sign-in has ended" not in text_of(signed_in)


def test_a_revoked_token_gets_nothing_more_from_the_cache(edge: Live, kept: Path) -> None:
    token, text = TokenFile(kept).create("steward", 1, "")
    path = f"/doc/{asset('internal')}.ttl"
    tag = ask(edge, path, text).headers["etag"]
    assert ask(edge, path, text, If_None_Match=tag).status == 304
    TokenFile(kept).revoke(token.id)
    assert ask(edge, path, text).status == 401
    assert ask(edge, path, text, If_None_Match=tag).status == 401


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_is_hidden_is_404_before_and_after_somebody_was_shown_it(
    edge: Live, tokens: dict[str, str], method: str
) -> None:
    path = f"/doc/{asset('internal')}.nt"
    for reader, status in (("", 404), ("steward", 200), ("", 404), ("partner", 404)):
        fields = {"Authorization": f"Bearer {tokens[reader]}"} if reader else {}
        assert edge.ask(path, method, None, **fields).status == status


def test_assets_are_the_same_for_all_and_may_be_kept_by_any_cache(
    edge: Live, tokens: dict[str, str]
) -> None:
    for token in ("", tokens["partner"], tokens["expired"]):
        reply = ask(edge, "/static/dist/nothing.css", token, "cookie")
        assert (reply.status, "authorization" in reply.headers.get("vary", "").lower()) == (
            404,
            False,
        )


def test_two_fields_of_authorization_are_400_and_an_upload_without_length_stays_411(
    edge: Live, tokens: dict[str, str]
) -> None:
    field = f"Authorization: Bearer {tokens['steward']}\r\n"
    sent = f"GET {COUNCIL} HTTP/1.1\r\nHost: h\r\n{field}{field}Connection: close\r\n\r\n"
    assert edge.send(sent.encode()).startswith(b"HTTP/1.1 400 ")
    invalid = f"POST /sparql HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer {tokens['expired']}\r\n"
    assert edge.send(f"{invalid}\r\n".encode()).startswith(b"HTTP/1.1 411 ")


def test_a_cookie_beyond_ascii_opens_nothing_and_breaks_nothing(edge: Live) -> None:
    sent = "GET /status HTTP/1.1\r\nHost: h\r\nCookie: a=é\r\nConnection: close\r\n\r\n"
    reply = edge.send(sent.encode("latin-1"))
    assert reply.startswith(b"HTTP/1.1 200 ")
    assert b'"audience":"public"' in reply.replace(b" ", b"")


def test_signing_in_over_the_edge(edge: Live, tokens: dict[str, str]) -> None:
    form = urlencode({"token": tokens["steward"], "back": COUNCIL}).encode()
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    reply = edge.ask("/sign-in", "POST", form, **kind)
    assert (reply.status, reply.headers["location"]) == (303, COUNCIL)
    cookie = reply.headers["set-cookie"].partition(";")[0]
    assert SECRET_WORDS["internal"] in text_of(
        edge.ask(f"{COUNCIL}?signed", Cookie=cookie, Accept="text/html")
    )


def test_every_audience_is_given_the_next_release(tmp_path: Path) -> None:
    seen = views()
    publish_for_all(tmp_path, "20250102T030405Z-00000001", seen)
    (tmp_path / "directory.json").write_text("{}")
    token = TokenFile(tmp_path).create("partner", 1, "")[1]
    with live(tmp_path, make=whole) as edge:
        path = f"{COUNCIL}.ttl"
        first = [ask(edge, path, each).headers["etag"] for each in ("", token)]
        publish_for_all(tmp_path, "20250203T040506Z-00000002", {**seen, "partner": seen["public"]})
        assert SECRET_WORDS["partner"] not in text_of(ask(edge, path, token))
        assert text_of(ask(edge, path)) == text_of(ask(edge, path, token))
        again = [ask(edge, path, each).headers["etag"] for each in ("", token)]
    assert len({*first, *again}) == 4
