"""`/sign-in` and `/sign-out`: a browser keeps a token, and no other site can make it use that."""

from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.app import create_app
from service.audience import COOKIE, SECURE_COOKIE
from service.settings import Settings
from service.token_file import TokenFile
from tests.service.conftest import ASSETS
from tests.service.conftest_audiences import SECRET_WORDS, asset, bearer, client, kept, tokens
from tests.service.in_process_runner import InProcessRunner
from tests.service.page_tree import Element, Parsed

__all__ = ["client", "kept", "tokens"]

SAME = {"Sec-Fetch-Site": "same-origin"}
BROWSER = {"Accept": "text/html"}
HIDDEN = f"/doc/{asset('partner')}"


def sign_in(client: FlaskClient, token: str, back: str = "/") -> TestResponse:
    return client.post("/sign-in", data={"token": token, "back": back}, headers=SAME)


def header(client: FlaskClient, path: str = "/") -> Element:
    return Parsed(client.get(path, headers=BROWSER).text).root.one("header")


def test_a_person_signs_in_sees_more_and_signs_out(
    client: FlaskClient, tokens: dict[str, str]
) -> None:
    assert client.get(HIDDEN, headers=BROWSER).status_code == 404
    reply = sign_in(client, tokens["partner"], HIDDEN)
    assert (reply.status_code, reply.headers["Location"]) == (303, HIDDEN)
    assert reply.headers["Cache-Control"] == "no-store"
    page = client.get(HIDDEN, headers=BROWSER)
    assert SECRET_WORDS["partner"] in page.text
    assert page.headers["Cache-Control"] == "private, no-cache"
    assert "Cookie" in page.headers["Vary"].split(", ")
    left = client.post("/sign-out", headers=SAME)
    assert (left.status_code, left.headers["Location"]) == (303, "/")
    assert client.get(HIDDEN, headers=BROWSER).status_code == 404


@pytest.mark.parametrize(
    ("origin", "secure"),
    [(None, False), ("http://gm.example", False), ("https://gm.example", True)],
)
def test_the_cookie_is_for_this_service_alone(
    kept: Path,
    tokens: dict[str, str],
    runner: InProcessRunner,
    origin: str | None,
    secure: bool,
) -> None:
    client = create_app(Settings(data=kept, public_url=origin), runner, ASSETS).test_client()
    for reply, value in (
        (sign_in(client, tokens["steward"]), tokens["steward"]),
        (client.post("/sign-out", headers=SAME), ""),
    ):
        (field,) = reply.headers.getlist("Set-Cookie")
        cookie = SimpleCookie(field)[SECURE_COOKIE if secure else COOKIE]
        assert (cookie.value, cookie["path"], cookie["samesite"]) == (value, "/", "Strict")
        assert (bool(cookie["httponly"]), bool(cookie["secure"])) == (True, secure)
        assert cookie["domain"] == ""
        assert cookie["max-age"] == ("" if value else "0")


def test_the_header_tells_who_is_signed_in(client: FlaskClient, tokens: dict[str, str]) -> None:
    assert header(client).one("a", href="/sign-in").text == "Sign in"
    assert not list(header(client).all("form", action="/sign-out"))
    for role, badge in (("partner", "Partner"), ("administrator", "Staff")):
        sign_in(client, tokens[role])
        here = header(client, "/doc/organisation/GB-LAE-MAN")
        assert here.one("strong", class_="govuk-tag", title="You").text == badge
        form = here.one("form", action="/sign-out", method="post")
        assert form.one("button").text == "Sign out"
        assert not list(here.all("a", href="/sign-in"))


@pytest.mark.parametrize("state", ["expired", "revoked", "unknown", "altered", "", "x y", "é"])
def test_a_token_that_is_not_valid_signs_nobody_in(
    client: FlaskClient, tokens: dict[str, str], state: str
) -> None:
    sent = tokens.get(state, state)
    reply = sign_in(client, sent)
    assert reply.status_code == 401
    assert reply.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'
    assert (reply.headers["Cache-Control"], reply.headers.getlist("Set-Cookie")) == ("no-store", [])
    page = Parsed(reply.text).root
    assert page.one(class_="govuk-error-summary").text
    assert not sent or sent not in reply.text
    assert client.get_cookie(COOKIE) is None


@pytest.mark.parametrize(
    ("fields", "taken"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Origin": "http://localhost"}, True),
        ({"Origin": "https://localhost"}, True),
        ({"Origin": "http://127.0.0.1:8000"}, True),
        ({}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "https://elsewhere.example"}, False),
        ({"Origin": "http://localhost.elsewhere.example"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, False),
    ],
)
def test_a_form_of_another_site_signs_nobody_in_or_out(
    client: FlaskClient, tokens: dict[str, str], fields: dict[str, str], taken: bool
) -> None:
    form = {"token": tokens["partner"]}
    reply = client.post("/sign-in", data=form, headers=fields)
    assert reply.status_code == (303 if taken else 403)
    assert bool(reply.headers.getlist("Set-Cookie")) is taken
    sign_in(client, tokens["partner"])
    assert client.post("/sign-out", headers=fields).status_code == (303 if taken else 403)
    assert (client.get_cookie(COOKIE) is None) is taken


@pytest.mark.parametrize("path", ["/sign-out"])
def test_a_link_signs_nobody_out(client: FlaskClient, tokens: dict[str, str], path: str) -> None:
    sign_in(client, tokens["partner"])
    assert client.get(path).status_code == 405
    assert client.get_cookie(COOKIE) is not None


@pytest.mark.parametrize(
    ("back", "location"),
    [
        ("/doc/area?page=2", "/doc/area?page=2"),
        ("/doc/caf%C3%A9", "/doc/caf%C3%A9"),
        ("", "/"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example/", "/"),
        ("\\\\elsewhere.example/", "/"),
        ("/\t/elsewhere.example", "/"),
        ("/a\r\nSet-Cookie: x=y", "/"),
        ("javascript:alert(1)", "/"),
        ("/sign-in", "/"),
        ("/sign-out?x", "/"),
    ],
)
def test_the_way_back_stays_at_this_host(
    client: FlaskClient, tokens: dict[str, str], back: str, location: str
) -> None:
    assert sign_in(client, tokens["partner"], back).headers["Location"] == location


@pytest.mark.parametrize(
    ("referrer", "back"),
    [
        ("http://localhost/doc/area?page=2", "/doc/area?page=2"),
        ("http://localhost/sign-in", "/"),
        ("https://elsewhere.example/doc/area", "/"),
        ("", "/"),
    ],
)
def test_the_form_leads_back_to_the_page_that_was_left(
    client: FlaskClient, referrer: str, back: str
) -> None:
    reply = client.get("/sign-in", headers={**BROWSER, "Referer": referrer})
    assert (reply.status_code, reply.headers["Cache-Control"]) == (200, "no-store")
    form = Parsed(reply.text).root.one("form", action="/sign-in")
    assert form.attributes["method"] == "post"
    assert form.one("input", name_="back").attributes["value"] == back
    assert form.one("input", name_="token").attributes["type"] == "password"


def test_a_cookie_that_has_ended_is_told_and_taken_away(client: FlaskClient, kept: Path) -> None:
    token, text = TokenFile(kept).create("partner", 1, "")
    sign_in(client, text)
    TokenFile(kept).revoke(token.id)
    assert client.get("/static/dist/none.css").status_code == 404
    assert client.get("/sign-in", headers=BROWSER).status_code == 200
    tag = create_client(client).get("/", headers=BROWSER).headers["ETag"]
    reply = client.get("/", headers={**BROWSER, "If-None-Match": tag})
    assert (reply.status_code, reply.headers["Cache-Control"]) == (200, "no-store")
    banner = Parsed(reply.text).root.one(class_="govuk-notification-banner")
    assert "Your sign-in has ended" in banner.text
    assert banner.one("a", href="/sign-in").text == "Sign in again"
    assert client.get_cookie(COOKIE) is None
    after = client.get("/", headers=BROWSER)
    assert not list(Parsed(after.text).root.all(class_="govuk-notification-banner"))
    client.set_cookie(COOKIE, text)
    hidden = client.get(HIDDEN, headers=BROWSER)
    assert (hidden.status_code, client.get_cookie(COOKIE)) == (404, None)


def create_client(client: FlaskClient) -> FlaskClient:
    """Another browser."""
    return client.application.test_client()


@pytest.mark.parametrize("origin", [None, "https://gm.example"])
def test_a_cookie_of_somebody_else_locks_nobody_out(
    kept: Path, tokens: dict[str, str], runner: InProcessRunner, origin: str | None
) -> None:
    app = create_app(Settings(data=kept, public_url=origin), runner, ASSETS)
    client = app.test_client(use_cookies=False)  # else it sends those of its own jar alone
    name = COOKIE if origin is None else SECURE_COOKIE
    own, stray = f"{name}={tokens['partner']}", f"{name}=of-another-service"
    ended = f"{name}={tokens['expired']}"
    for cookies, audience, is_told in (
        (stray, "public", False),
        (ended, "public", True),
        (f"{stray}; {own}", "partner", False),
        (f"{own}; {stray}", "partner", False),
        (f"{ended}; {own}", "partner", False),
    ):
        reply = client.get("/status", headers={"Cookie": cookies})
        assert (reply.status_code, reply.get_json()["audience"]) == (200, audience), cookies
        fields = reply.headers.getlist("Set-Cookie")
        assert bool(fields) is is_told, cookies
        if is_told:
            assert ("Secure" in fields[0].split("; ")) is (origin is not None)
    if origin is not None:
        reply = client.get("/status", headers={"Cookie": f"{COOKIE}={tokens['partner']}"})
        assert reply.get_json()["audience"] == "public"


@pytest.mark.parametrize(
    ("fields", "counts"),
    [
        (SAME, True),
        ({"Origin": "http://localhost"}, True),
        ({}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "https://elsewhere.example"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, False),
    ],
)
def test_a_query_that_another_site_posts_is_the_publics(
    client: FlaskClient, tokens: dict[str, str], fields: dict[str, str], counts: bool
) -> None:
    sign_in(client, tokens["partner"])
    form = {"query": f'ASK {{ ?s ?p "{SECRET_WORDS["partner"]}"@en }}'}
    reply = client.post("/sparql", data=form, headers=fields)
    assert reply.get_json(force=True)["boolean"] is counts
    with_token = {**fields, **bearer(tokens["partner"])}
    reply = create_client(client).post("/sparql", data=form, headers=with_token)
    assert reply.get_json(force=True)["boolean"] is True


def test_a_cookie_reads_and_asks_and_counts_for_no_other_method(
    client: FlaskClient, tokens: dict[str, str]
) -> None:
    sign_in(client, tokens["partner"])
    query = f'ASK {{ ?s ?p "{SECRET_WORDS["partner"]}"@en }}'
    assert client.get(HIDDEN).status_code == 200
    assert client.head(HIDDEN).status_code == 200
    assert client.post("/sparql", data={"query": query}, headers=SAME).get_json(force=True)[
        "boolean"
    ]
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        reply = client.open("/status", method=method)
        assert reply.status_code == 405
        assert "private" not in reply.headers["Cache-Control"]
        page = client.open("/status", method=method, headers=BROWSER).text
        assert not list(Parsed(page).root.all("form", action="/sign-out"))


def test_authorization_goes_before_a_cookie(client: FlaskClient, tokens: dict[str, str]) -> None:
    sign_in(client, tokens["partner"])
    assert client.get("/status").get_json()["audience"] == "partner"
    told = client.get("/status", headers=bearer(tokens["steward"])).get_json()
    assert told["audience"] == "internal"
    assert client.get("/status", headers=bearer(tokens["expired"])).status_code == 401


def test_other_cookies_count_for_nothing(client: FlaskClient, tokens: dict[str, str]) -> None:
    client = client.application.test_client(use_cookies=False)
    for cookies in (f"x{COOKIE}={tokens['partner']}", f"a={COOKIE}", f"{COOKIE}=", COOKIE, ";;="):
        reply = client.get("/status", headers={"Cookie": cookies})
        assert reply.get_json()["audience"] == "public", cookies
