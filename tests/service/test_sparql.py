"""Reading a request to the endpoint (SPARQL 1.1 Protocol §2.1)."""

import warnings
from urllib.parse import quote, urlencode, urlsplit

import pytest
from SPARQLWrapper import SPARQLWrapper

from service.admission import QueryForm
from service.errors import Problem
from service.sparql import FORM, QUERY_TEXT, SparqlRequest, read_query_request

ASK = "ASK { ?s ?p 'é' }"


def get(accept: str | None = None, **fields: str) -> SparqlRequest:
    return read_query_request("GET", urlencode(fields), None, b"", accept)


def refusal(
    method: str, query_string: str = "", content_type: str | None = None, body: bytes = b""
) -> Problem:
    with pytest.raises(Problem) as refused:
        read_query_request(method, query_string, content_type, body, None)
    return refused.value


@pytest.mark.parametrize(
    ("method", "query_string", "content_type", "body"),
    [
        ("GET", urlencode({"query": ASK}), None, b""),
        ("HEAD", urlencode({"query": ASK}), None, b""),
        ("GET", urlencode({"query": ASK, "colour": "blue"}), None, b""),
        ("POST", "", FORM, urlencode({"query": ASK}).encode()),
        ("POST", "", f"{FORM}; charset=UTF-8", urlencode({"query": ASK}).encode()),
        ("POST", "", QUERY_TEXT, ASK.encode()),
        ("POST", "", f'{QUERY_TEXT};charset="utf-8"', ASK.encode()),
        ("POST", "", "Application/SPARQL-Query", ASK.encode()),
    ],
)
def test_a_query_is_sent_in_three_ways(
    method: str, query_string: str, content_type: str | None, body: bytes
) -> None:
    asked = read_query_request(method, query_string, content_type, body, None)
    assert (asked.query, asked.form) == (ASK, QueryForm.ASK)
    assert (asked.default_graphs, asked.named_graphs) == ((), None)


@pytest.mark.parametrize(
    ("query_string", "content_type", "body"),
    [
        ("default-graph-uri=urn:a&default-graph-uri=urn:b&named-graph-uri=urn:c", QUERY_TEXT, ASK),
        (
            "named-graph-uri=urn:c",
            FORM,
            urlencode(
                [("query", ASK), ("default-graph-uri", "urn:b"), ("default-graph-uri", "urn:a")]
            ),
        ),
    ],
)
def test_a_dataset_is_named_in_the_url_or_in_the_form(
    query_string: str, content_type: str, body: str
) -> None:
    asked = read_query_request("POST", query_string, content_type, body.encode(), None)
    assert asked.default_graphs == ("urn:a", "urn:b")
    assert asked.named_graphs == ("urn:c",)


def test_a_named_dataset_is_exactly_what_is_named() -> None:
    only_default = get(query=ASK, **{"default-graph-uri": "urn:a"})
    assert (only_default.default_graphs, only_default.named_graphs) == (("urn:a",), ())
    only_named = get(query=ASK, **{"named-graph-uri": "urn:a"})
    assert (only_named.default_graphs, only_named.named_graphs) == ((), ("urn:a",))


@pytest.mark.parametrize(
    ("query", "accept", "word", "name"),
    [
        ("SELECT * {}", None, None, "json"),
        ("ASK {}", "text/html", None, "html"),
        ("SELECT * {}", "text/turtle, text/csv;q=0.1", None, "csv"),
        ("DESCRIBE <urn:a>", None, None, "ttl"),
        ("CONSTRUCT WHERE {}", "text/csv, application/n-quads;q=0.1", None, "nq"),
        ("CONSTRUCT WHERE {}", "text/html", "xml", "rdf"),
        ("SELECT * {}", "text/html", "xml", "xml"),
    ],
)
def test_the_form_of_the_query_decides_what_there_is_to_choose_from(
    query: str, accept: str | None, word: str | None, name: str
) -> None:
    fields = {"query": query} | ({"format": word} if word else {})
    assert get(accept, **fields).representation.name == name


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        (None, "ttl"),
        ("*/*", "ttl"),
        ("application/sparql-results+json", "ttl"),
        ("application/rdf+xml", "rdf"),
        ("text/html, */*;q=0.8", "html"),
    ],
)
def test_without_a_query_there_is_the_form_or_the_service_description(
    accept: str | None, name: str
) -> None:
    asked = get(accept)
    assert (asked.query, asked.representation.name) == (None, name)


def test_a_query_that_answers_differently_each_time_is_marked() -> None:
    assert get(query="SELECT (NOW() AS ?x) {}").volatile
    assert not get(query=ASK).volatile


def test_a_time_out_is_read_as_seconds() -> None:
    assert get(query=ASK, timeout="2.5").timeout == 2.5
    assert get(query=ASK).timeout is None


@pytest.mark.parametrize(
    ("method", "query_string", "content_type", "body", "status"),
    [
        ("GET", "query=ASK{}&query=ASK{}", None, b"", 400),
        ("GET", "query=", None, b"", 400),
        ("GET", "query=%20", None, b"", 400),
        ("GET", "query=ASK%7B%ff%7D", None, b"", 400),
        ("GET", "query=ASK{}\xff", None, b"", 400),
        ("GET", "update=CLEAR+ALL", None, b"", 400),
        ("GET", "query=CLEAR+ALL", None, b"", 400),
        ("GET", "query=ASK{}&timeout=soon", None, b"", 400),
        ("GET", "query=ASK{}&timeout=0", None, b"", 400),
        ("GET", "query=ASK{}&format=sparkling", None, b"", 400),
        ("GET", "query=ASK{}&format=ttl", None, b"", 406),
        ("GET", "query=ASK{}&default-graph-uri=here", None, b"", 400),
        ("GET", "query=ASK{}&named-graph-uri=a%20b", None, b"", 400),
        ("GET", "a=1&" * 2_000, None, b"", 400),
        ("GET", "query=ASK{}" + quote("#" * 70_000), None, b"", 413),
        ("POST", "query=ASK{}", FORM, b"query=ASK{}", 400),
        ("POST", "query=ASK{}", QUERY_TEXT, b"ASK{}", 400),
        ("POST", "query=ASK{}", FORM, b"", 400),
        ("POST", "", FORM, b"query=ASK{}&query=ASK{}", 400),
        ("POST", "", FORM, b"update=CLEAR+ALL", 400),
        ("POST", "", FORM, b"query=%ff", 400),
        ("POST", "", QUERY_TEXT, b"", 400),
        ("POST", "", QUERY_TEXT, b"ASK{'\xe9'}", 400),
        ("POST", "", QUERY_TEXT, b"CLEAR ALL", 400),
        ("POST", "", f"{QUERY_TEXT}; charset=utf-16", "ASK{}".encode("utf-16"), 415),
        ("POST", "", "application/sparql-update", b"CLEAR ALL", 415),
        ("POST", "", "text/plain", b"ASK{}", 415),
        ("POST", "", "multipart/form-data; boundary=x", b"", 415),
        ("POST", "", None, b"ASK{}", 415),
        ("PUT", "", QUERY_TEXT, b"ASK{}", 405),
        ("DELETE", "query=ASK{}", None, b"", 405),
    ],
)
def test_what_the_protocol_does_not_allow_is_refused(
    method: str, query_string: str, content_type: str | None, body: bytes, status: int
) -> None:
    problem = refusal(method, query_string, content_type, body)
    assert problem.status == status
    assert problem.title.endswith(".")


def test_a_method_that_is_not_allowed_names_the_ones_that_are() -> None:
    assert refusal("PUT").headers["Allow"] == "GET, HEAD, POST, OPTIONS"


def test_an_update_is_told_where_updates_go() -> None:
    for problem in (
        refusal("GET", "update=CLEAR+ALL"),
        refusal("GET", "query=CLEAR+ALL"),
        refusal("POST", "", "application/sparql-update", b"CLEAR ALL"),
    ):
        assert "/update" in problem.detail


QUERIES = {
    "SELECT": "SELECT * { ?s ?p ?o }",
    "ASK": "ASK { ?s ?p ?o }",
    "CONSTRUCT": "CONSTRUCT WHERE { ?s ?p ?o }",
    "DESCRIBE": "DESCRIBE <urn:a>",
}
# What SPARQLWrapper calls a format, and what it gets: solutions or a truth value, and a graph.
RETURN_FORMATS = {
    "json": ("json", "jsonld"),
    "xml": ("xml", "rdf"),
    "csv": ("csv", None),
    "tsv": ("tsv", None),
    "n3": (None, "ttl"),
    "turtle": (None, "ttl"),
    "rdf": (None, "rdf"),
    "rdf+xml": (None, "rdf"),
    "json-ld": (None, "jsonld"),
}


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("form", QUERIES)
@pytest.mark.parametrize("word", RETURN_FORMATS)
def test_sparqlwrapper_gets_the_format_that_it_asks_for(word: str, form: str, method: str) -> None:
    client = SPARQLWrapper("http://localhost/sparql")
    client.setQuery(QUERIES[form])
    client.setReturnFormat(word)
    client.setMethod(method)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says that it sends `*/*` where the two do not match
        sent = client._createRequest()
    name = RETURN_FORMATS[word][QueryForm(form).gives_graph]
    request = (
        method,
        urlsplit(sent.full_url).query,
        sent.get_header("Content-type"),
        sent.data if isinstance(sent.data, bytes) else b"",
        sent.get_header("Accept"),
    )
    if name is None:
        with pytest.raises(Problem) as refused:
            read_query_request(*request)
        assert refused.value.status == 406
    else:
        asked = read_query_request(*request)
        assert (asked.form, asked.representation.name) == (QueryForm(form), name)


def test_a_repeated_format_is_refused_only_where_no_value_means_anything() -> None:
    assert refusal("GET", "query=ASK{}&format=sparkling&format=").status == 400
    assert refusal("GET", "query=ASK{}&format=").status == 400
    query_string = "query=ASK{}&format=sparkling&format=csv"
    asked = read_query_request("GET", query_string, None, b"", None)
    assert asked.representation.name == "csv"


def test_names_of_graphs_are_bounded_as_queries_are() -> None:
    """Datasets are remembered by all workers, so nobody is to send a megabyte of them."""
    with pytest.raises(Problem) as refused:
        get(query=ASK, **{"default-graph-uri": "urn:" + "a" * (64 << 10)})
    assert refused.value.status == 413
