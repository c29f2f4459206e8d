"""The readers of protocol requests against requests that nobody thought of.

They are pure: whatever octets come in, either a request comes out, or a problem that blames the
client (4xx), and nothing else is ever raised.
"""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from service.errors import Problem
from service.sparql import FORM, QUERY_TEXT, UPDATE_TEXT, SparqlRequest, read_query_request
from service.writes.graph_request import MULTIPART, GraphTarget, read_parts, read_target
from service.writes.job import Part
from service.writes.update_request import UpdateRequest, read_update_request

NAMES = (
    "query",
    "update",
    "format",
    "timeout",
    "graph",
    "default",
    "default-graph-uri",
    "named-graph-uri",
    "using-graph-uri",
    "using-named-graph-uri",
)
VALUES = (
    "ASK {}",
    "SELECT * { ?s ?p ?o }",
    "CONSTRUCT WHERE { ?s ?p ?o }",
    "INSERT DATA { <urn:a> <urn:b> 1 }",
    "SELECT * { SERVICE <urn:a> {} }",
    "ASK { ?s ?p 'é' }",
    "urn:a",
    "json",
    "1.5",
    "",
)
TYPES = (
    FORM,
    QUERY_TEXT,
    UPDATE_TEXT,
    MULTIPART,
    f'{MULTIPART}; boundary="x"',
    f"{FORM}; charset=utf-8",
    f"{QUERY_TEXT}; charset=latin-1",
    "text/turtle",
    "application/rdf+xml; charset=utf-16",
)

words = st.sampled_from(VALUES) | st.text(max_size=30)
pairs = st.lists(st.tuples(st.sampled_from(NAMES) | st.text(max_size=5), words), max_size=6)
encoded = pairs.map(lambda each: urlencode(each, errors="surrogatepass"))
octets = st.binary(max_size=60).map(lambda each: each.decode("latin-1"))
query_strings = encoded | octets | st.builds(lambda one, two: f"{one}&{two}", encoded, octets)
media_types = st.none() | st.sampled_from(TYPES) | st.text(max_size=30)
multipart = st.builds(
    lambda head, content, end: b"--x\r\n" + head + b"\r\n\r\n" + content + end,
    st.sampled_from((b'Content-Disposition: form-data; name="a"; filename="a.ttl"', b"X: y", b"")),
    st.binary(max_size=40),
    st.sampled_from((b"\r\n--x--\r\n", b"\r\n--x", b"")),
)
bodies = (
    st.binary(max_size=80)
    | encoded.map(str.encode)
    | words.map(lambda each: each.encode("utf-8", "surrogatepass"))
    | multipart
)
fields = st.none() | st.text(max_size=40) | st.sampled_from(("*/*", "text/html", "a/b;q=2", "é/*"))
many = settings(max_examples=400, deadline=None, derandomize=True, database=None)


def outcome(read: Callable[[], object]) -> object:
    """What comes out: a request, or the problem, which is never the service's own."""
    try:
        return read()
    except Problem as problem:
        refused = problem
    assert 400 <= refused.status < 500
    assert refused.title.endswith(".")
    refused.json_bytes("/", "id")  # it can be told
    return refused


@given(
    method=st.sampled_from(("GET", "HEAD", "POST", "PUT", "OPTIONS")) | st.text(max_size=8),
    query_string=query_strings,
    content_type=media_types,
    body=bodies,
    accept=fields,
)
@example("POST", "", f"{QUERY_TEXT}; charset=", b"ASK {}", None)
@example("GET", "query=%ED%A0%80", None, b"", None)
@many
def test_a_query_request_is_read_or_refused(
    method: str, query_string: str, content_type: str | None, body: bytes, accept: str | None
) -> None:
    found = outcome(lambda: read_query_request(method, query_string, content_type, body, accept))
    assert isinstance(found, SparqlRequest | Problem)


@given(query_string=query_strings, content_type=media_types, body=bodies)
@many
def test_an_update_request_is_read_or_refused(
    query_string: str, content_type: str | None, body: bytes
) -> None:
    found = outcome(lambda: read_update_request(query_string, content_type, body))
    assert isinstance(found, UpdateRequest | Problem)


@given(query_string=query_strings)
@many
def test_the_graph_of_a_request_is_read_or_refused(query_string: str) -> None:
    found = outcome(lambda: read_target(query_string))
    assert found is None or isinstance(found, GraphTarget | Problem)


@given(content_type=media_types, body=bodies, is_post=st.booleans())
@many
def test_the_parts_of_a_request_are_read_or_refused(
    content_type: str | None, body: bytes, is_post: bool
) -> None:
    found = outcome(lambda: read_parts(content_type, body, "http://localhost/", is_post=is_post))
    if not isinstance(found, Problem):
        assert isinstance(found, tuple)
        assert all(isinstance(each, Part) for each in found)


def test_a_reader_that_fails_would_be_found() -> None:
    def broken() -> object:
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        outcome(broken)
    with pytest.raises(AssertionError):
        outcome(lambda: (_ for _ in ()).throw(Problem(500, "It failed.")))
