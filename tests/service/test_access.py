"""Who is answered what: tokens and their states, what each audience sees, and nobody learns."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.token_file import TokenFile
from tests.service.conftest import BASE
from tests.service.conftest_audiences import SECRET_WORDS, asset, bearer, client, kept, tokens

__all__ = ["client", "kept", "tokens"]

AUDIENCE = {"partner": "partner", "steward": "internal", "administrator": "internal"}
COUNCIL = "/doc/organisation/GB-LAE-MAN"
QUERY = "/sparql?" + urlencode({"query": "SELECT * { ?s ?p ?o }"})
ROUTES = [
    "/",
    COUNCIL,
    "/id/organisation/GB-LAE-MAN",
    "/doc/organisation",
    "/def/gm",
    "/graph/register",
    f"/resource?iri={BASE}id/organisation/GB-LAE-MAN",
    QUERY,
    "/sparql",
    "/status",
    "/vocabulary.json",
    "/nothing",
]
INVALID = ["expired", "revoked", "unknown", "altered"]
# What a response says of itself and not of what was asked.
OF_ITSELF = ("Date", "X-Request-Id", "Content-Security-Policy")


def seen(client: FlaskClient, query: str, **headers: str) -> set[str]:
    """The values of the variable ?x."""
    reply = client.get("/sparql?" + urlencode({"query": query}), headers=headers)
    assert reply.status_code == 200, reply.text
    rows = reply.get_json(force=True)["results"]["bindings"]
    return {row["x"]["value"] for row in rows}


@pytest.mark.parametrize("route", ROUTES)
def test_without_a_token_everything_is_public_and_says_what_it_would_vary_by(
    client: FlaskClient, route: str
) -> None:
    reply = client.get(route)
    assert reply.status_code < 400 or route == "/nothing"
    assert {"Authorization", "Cookie"} <= set(reply.vary.as_set(preserve_casing=True))
    assert reply.headers["Cache-Control"] in ("public, no-cache", "no-store")


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("role", AUDIENCE)
def test_the_answer_to_a_token_is_private(
    client: FlaskClient, tokens: dict[str, str], route: str, role: str
) -> None:
    public = client.get(route)
    reply = client.get(route, headers=bearer(tokens[role]))
    assert reply.status_code == public.status_code
    assert "Authorization" in reply.headers["Vary"].split(", ")
    kept = public.headers["Cache-Control"]
    assert reply.headers["Cache-Control"] == kept.replace("public", "private")
    assert reply.headers.get("ETag") != public.headers.get("ETag") or "ETag" not in public.headers


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("state", INVALID)
def test_a_token_that_is_not_valid_is_401_everywhere(
    client: FlaskClient, tokens: dict[str, str], route: str, state: str
) -> None:
    reply = client.get(route, headers=bearer(tokens[state]))
    assert (reply.status_code, reply.mimetype) == (401, "application/problem+json")
    assert reply.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.get_json()["title"] == "The token is not valid."
    assert tokens[state] not in reply.text


@pytest.mark.parametrize(
    ("field", "status", "challenge"),
    [
        ("Basic dXNlcjpwYXNz", 401, 'Bearer realm="gmkg"'),
        ("Digest username=x", 401, 'Bearer realm="gmkg"'),
        ("", 401, 'Bearer realm="gmkg"'),
        ("TOKEN", 401, 'Bearer realm="gmkg"'),
        ("Bearer", 400, 'Bearer error="invalid_request"'),
        ("Bearer ", 400, 'Bearer error="invalid_request"'),
        ("Bearer TOKEN TOKEN", 400, 'Bearer error="invalid_request"'),
        ("Bearer TOKEN, Bearer TOKEN", 400, 'Bearer error="invalid_request"'),
        ('Bearer "TOKEN"', 400, 'Bearer error="invalid_request"'),
        ("bearer TOKEN", 200, None),
        ("BEARER  TOKEN", 200, None),
    ],
)
def test_a_field_that_is_no_bearer_token_is_told_what_is_wanted(
    client: FlaskClient, tokens: dict[str, str], field: str, status: int, challenge: str | None
) -> None:
    sent = field.replace("TOKEN", tokens["partner"])
    reply = client.get(COUNCIL, headers={"Authorization": sent})
    assert (reply.status_code, reply.headers.get("WWW-Authenticate")) == (status, challenge)


@pytest.mark.parametrize(("role", "audience"), [("", "public"), *AUDIENCE.items()])
def test_the_status_says_as_whom_one_is_answered(
    client: FlaskClient, tokens: dict[str, str], role: str, audience: str
) -> None:
    headers = bearer(tokens[role]) if role else {}
    assert client.get("/status", headers=headers).get_json()["audience"] == audience


@pytest.mark.parametrize(
    ("reader", "found"),
    [("", ()), ("partner", ("partner",)), ("steward", ("partner", "internal"))],
)
def test_each_audience_sees_its_own_and_what_wider_ones_see(
    client: FlaskClient, tokens: dict[str, str], reader: str, found: tuple[str, ...]
) -> None:
    headers = bearer(tokens[reader]) if reader else {}
    for audience in SECRET_WORDS:
        for path in (
            f"/doc/{asset(audience)}",
            f"/doc/{asset(audience)}.ttl",
            f"/resource?iri={BASE}id/{asset(audience)}",
            f"/graph/{audience}",
        ):
            reply = client.get(path, headers=headers)
            assert reply.status_code == (200 if audience in found else 404), path
        told = SECRET_WORDS[audience]
        council = client.get(f"{COUNCIL}.html", headers=headers).text
        listing = client.get("/doc/information-asset", headers=headers)
        assert (told in council) is (told in listing.text) is (audience in found)
        everything = "SELECT ?x { { ?s ?p ?x } UNION { GRAPH ?g { ?s ?p ?x } } }"
        assert (told in seen(client, everything, **headers)) is (audience in found)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?x FROM <GRAPH> { ?s ?p ?x }",
        "SELECT ?x FROM NAMED <GRAPH> { GRAPH ?g { ?s ?p ?x } }",
        "SELECT ?x { GRAPH <GRAPH> { ?s ?p ?x } }",
        "SELECT ?x FROM <GRAPH> FROM NAMED <GRAPH> { GRAPH <GRAPH> { ?s ?p ?x } }",
    ],
)
def test_no_dataset_of_a_query_reaches_another_audience(
    client: FlaskClient, tokens: dict[str, str], query: str
) -> None:
    asked = query.replace("<GRAPH>", f"<{BASE}graph/internal>")
    assert seen(client, asked) == seen(client, asked, **bearer(tokens["partner"])) == set()
    assert SECRET_WORDS["internal"] in seen(client, asked, **bearer(tokens["steward"]))


@pytest.mark.parametrize("parameter", ["default-graph-uri", "named-graph-uri"])
def test_no_dataset_of_the_protocol_reaches_another_audience(
    client: FlaskClient, tokens: dict[str, str], parameter: str
) -> None:
    query = "SELECT ?x { { ?s ?p ?x } UNION { GRAPH ?g { ?s ?p ?x } } }"
    form = {"query": query, parameter: f"{BASE}graph/internal"}
    for headers, count in (
        (None, 0),
        (bearer(tokens["partner"]), 0),
        (bearer(tokens["steward"]), 3),
    ):
        reply = client.post("/sparql", data=form, headers=headers)
        assert len(reply.get_json(force=True)["results"]["bindings"]) == count


HIDDEN, ABSENT = "INTERNAL", "NOTHINGS"


@pytest.mark.parametrize("reader", ["", "partner"])
@pytest.mark.parametrize("accept", ["text/html", "application/json", "text/turtle", "*/*"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@pytest.mark.parametrize(
    "path",
    [
        "/id/information-asset/GM-x/{}",
        "/doc/information-asset/GM-x/{}",
        "/doc/information-asset/GM-x/{}.ttl",
        "/doc/information-asset/GM-x/{}?format=nt",
        f"/resource?iri={BASE}id/information-asset/GM-x/{{}}",
        "/graph/{}",
        "/graph/{}?format=nq",
    ],
)
def test_what_is_hidden_is_told_as_what_is_not_there(
    client: FlaskClient, tokens: dict[str, str], path: str, reader: str, accept: str, method: str
) -> None:
    """The two replies are the same bytes and fields, but for the path, the id and the nonce."""
    headers = {"Accept": accept, **(bearer(tokens[reader]) if reader else {})}

    def told(name: str) -> tuple[int, list[tuple[str, str]], bytes]:
        spelled = path.format(name.lower() if path.startswith("/graph") else name)
        return without_itself(client.open(spelled, method=method, headers=headers), spelled)

    hidden, absent = told(HIDDEN), told(ABSENT)
    assert hidden == absent
    assert hidden[0] == (204 if method == "OPTIONS" else 404)
    if method == "GET":
        shown = path.format("internal" if path.startswith("/graph") else HIDDEN)
        assert client.get(shown, headers=bearer(tokens["steward"])).status_code in (200, 303)


def without_itself(reply: TestResponse, path: str) -> tuple[int, list[tuple[str, str]], bytes]:
    """Status, fields and body, without what differs from request to request."""
    nonce = re.search("'nonce-([^']+)'", reply.headers["Content-Security-Policy"])
    body = reply.data.replace(nonce[1].encode(), b"NONCE") if nonce else reply.data
    body = body.replace(reply.headers["X-Request-Id"].encode(), b"ID")
    body = body.replace(path.partition("?")[0].encode(), b"PATH")
    fields = [(name, value) for name, value in reply.headers.items() if name not in OF_ITSELF]
    return reply.status_code, sorted(fields), body


@pytest.mark.parametrize(
    "path", [f"{COUNCIL}.ttl", f"{COUNCIL}.html", "/", QUERY, "/graph/register"]
)
def test_a_tag_of_one_audience_never_answers_another(
    client: FlaskClient, tokens: dict[str, str], path: str
) -> None:
    readers: list[dict[str, str]] = [{}, bearer(tokens["partner"]), bearer(tokens["steward"])]
    tags = [client.get(path, headers=each).headers["ETag"] for each in readers]
    assert len(set(tags)) == 3
    for n, tag in enumerate(tags):
        statuses = [
            client.get(path, headers={**each, "If-None-Match": tag}).status_code for each in readers
        ]
        assert statuses == [304 if each == n else 200 for each in range(3)]


def test_two_roles_of_one_audience_share_its_tags(
    client: FlaskClient, tokens: dict[str, str]
) -> None:
    tag = client.get(COUNCIL, headers=bearer(tokens["steward"])).headers["ETag"]
    again = client.get(COUNCIL, headers={**bearer(tokens["administrator"]), "If-None-Match": tag})
    assert again.status_code == 304
    assert again.headers["Cache-Control"] == "private, no-cache"


def test_a_revocation_is_seen_by_the_next_request(client: FlaskClient, kept: Path) -> None:
    token, text = TokenFile(kept).create("steward", 1, "")
    ask: Callable[[], int] = lambda: client.get(COUNCIL, headers=bearer(text)).status_code  # noqa: E731
    assert ask() == 200
    TokenFile(kept).revoke(token.id)
    assert ask() == 401


def test_head_has_the_headers_of_get_and_a_preflight_needs_no_token(
    client: FlaskClient, tokens: dict[str, str]
) -> None:
    path = f"/doc/{asset('internal')}.ttl"
    for reader, status in (("steward", 200), ("partner", 404), ("expired", 401)):
        get, head = (
            client.open(path, method=method, headers=bearer(tokens[reader]))
            for method in ("GET", "HEAD")
        )
        assert head.status_code == get.status_code == status
        assert {k: v for k, v in head.headers.items() if k not in OF_ITSELF} == {
            k: v for k, v in get.headers.items() if k not in OF_ITSELF
        }
    fields = {"Origin": "https://example.org", "Access-Control-Request-Headers": "authorization"}
    preflight = client.options(path, headers=fields)
    assert preflight.status_code == 204
    assert "Authorization" in preflight.headers["Access-Control-Allow-Headers"].split(", ")
    assert preflight.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in preflight.headers


@pytest.mark.parametrize("sent", ["token", "access_token"])
def test_a_token_in_the_address_counts_for_nothing(
    client: FlaskClient, tokens: dict[str, str], sent: str
) -> None:
    path = f"/doc/{asset('partner')}?{sent}={tokens['partner']}"
    assert client.get(path).status_code == 404


def test_where_the_tokens_cannot_be_read_the_public_is_served(
    client: FlaskClient, kept: Path, tokens: dict[str, str]
) -> None:
    file = kept / "tokens.json"
    content = file.read_bytes()
    file.write_bytes(b"{")
    try:
        refused = client.get(COUNCIL, headers=bearer(tokens["partner"]))
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "10")
        assert client.get(COUNCIL).status_code == 200
    finally:
        file.write_bytes(content)
    assert client.get(COUNCIL, headers=bearer(tokens["partner"])).status_code == 200
