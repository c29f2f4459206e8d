"""IRIs, and the URLs of this host that serve them."""

from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.locations import Locations, requested_path, spellings, uri_of

BASE = "https://data.example.org/"
LOCATIONS = Locations(BASE)


@pytest.mark.parametrize(
    ("iri", "path"),
    [
        (f"{BASE}id/organisation/GB-LAE-MAN", "/id/organisation/GB-LAE-MAN"),
        (f"{BASE}id/organisation/café", "/id/organisation/caf%C3%A9"),
        (f"{BASE}id/organisation/caf%C3%A9", "/id/organisation/caf%C3%A9"),
        (f"{BASE}id/a%2Fb", "/id/a%2Fb"),
        (f"{BASE}graph/register", "/graph/register"),
        (f"{BASE}.well-known/genid/register/x", "/.well-known/genid/register/x"),
        ("https://w3id.org/greater-manchester/def/gm#Area", "/def/gm#Area"),
        ("https://w3id.org/greater-manchester/def/area-type/ward", "/def/area-type/ward"),
        (f"{BASE}id/x?y", None),
        (f"{BASE}elsewhere/x", None),
        (f"{BASE}/evil.example/", None),
        ("https://data.example.org.evil.example/id/x", None),
        ("http://www.w3.org/ns/org#Organization", None),
    ],
)
def test_an_iri_of_ours_has_a_path_on_whatever_host_this_is(iri: str, path: str | None) -> None:
    assert LOCATIONS.path_of(iri) == path


@pytest.mark.parametrize(
    ("iri", "path", "document"),
    [
        (f"{BASE}id/x/y", "/doc/x/y", f"{BASE}doc/x/y"),
        (f"{BASE}graph/x", "/graph/x", f"{BASE}graph/x"),
        (
            "https://w3id.org/greater-manchester/def/gm",
            "/def/gm",
            "https://w3id.org/greater-manchester/def/gm",
        ),
        ("urn:a&b#c", "/resource?iri=urn:a%26b%23c", f"{BASE}resource?iri=urn:a%26b%23c"),
    ],
)
def test_an_iri_has_a_document_about_it(iri: str, path: str, document: str) -> None:
    assert LOCATIONS.document_path(iri) == path
    assert LOCATIONS.document_iri(iri) == document


@pytest.mark.parametrize(
    ("iri", "href"),
    [
        (f"{BASE}id/x", "/id/x"),
        ("https://example.org/é", "https://example.org/%C3%A9"),
        ("urn:isbn:1", "/resource?iri=urn:isbn:1"),
        ("javascript:alert(1)", "/resource?iri=javascript:alert(1)"),
    ],
)
def test_a_page_links_what_the_web_has_and_describes_the_rest(iri: str, href: str) -> None:
    assert LOCATIONS.href(iri) == href


@pytest.mark.parametrize(
    ("path", "iri"),
    [
        ("caf%C3%A9", "café"),
        ("caf%C3%A9", "caf%C3%A9"),
        ("caf%c3%a9", "café"),
        ("a%2Fb", "a%2Fb"),
        ("a%2Fb", "a/b"),
        ("caf%C3%A9%20x", "café%20x"),
        ("it's", "it's"),
        ("%69t", "it"),
    ],
)
def test_a_path_may_spell_an_iri_in_several_ways(path: str, iri: str) -> None:
    assert iri in spellings(path)


def test_the_spelling_that_was_sent_comes_first() -> None:
    assert next(spellings("a%2Fb")) == "a%2Fb"
    assert list(spellings("plain")) == ["plain"]


@given(st.text(min_size=1, max_size=20).filter(lambda text: not set(text) & set("?#%")))
def test_every_iri_is_found_again_by_the_uri_that_is_made_of_it(text: str) -> None:
    try:
        path = uri_of(text)
    except UnicodeEncodeError:
        return
    assert text in spellings(path)
    assert path.isascii()


@pytest.mark.parametrize(
    ("request_uri", "path"),
    [
        ("/id/a%2Fb?format=ttl", "/id/a%2Fb"),
        ("http://localhost/id/a%2Fb", "/id/a%2Fb"),
        (None, "/id/a/b"),
        ("/something/else", "/id/a/b"),
    ],
)
def test_the_path_is_taken_as_it_was_sent_where_the_server_tells(
    request_uri: str | None, path: str
) -> None:
    assert requested_path("/id/a/b", request_uri) == path


@given(st.text(max_size=20).map(lambda text: "/" + text.replace("?", "").replace("#", "")))
def test_a_decoded_path_is_encoded_again_without_loss(path: str) -> None:
    octets = path.encode("utf-8", "surrogatepass")
    assert unquote(requested_path(octets.decode("latin-1"), None), errors="surrogatepass") == path
    assert quote("/é", safe="/") == requested_path("/\u00c3\u00a9", None)
