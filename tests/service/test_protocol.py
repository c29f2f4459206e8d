"""SPARQL 1.1 Protocol, §2.1 (query operation) and §3 (HTTP), table by table over a live port."""

import csv
import io
import json
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pytest

from tests.service.conftest_edge import Live, Reply, with_common_headers
from tests.service.conftest_live import ONE, PREDICATE, SUBJECT, TWO, served

__all__ = ["served"]

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"
JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
ALLOWED = {"GET", "HEAD", "POST", "OPTIONS"}
SELECT = "SELECT ?o { ?s ?p ?o } ORDER BY ?o"
IN_GRAPHS = "SELECT ?g ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
CHANGE = "INSERT DATA { <urn:a> <urn:b> <urn:c> }"


@dataclass(frozen=True)
class Sent:
    """One request to the endpoint: the fields of its query string, and its body."""

    method: str = "GET"
    fields: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    content_type: str | None = None
    accept: str | None = None
    others: dict[str, str] = field(default_factory=dict)

    def to(self, service: Live) -> Reply:
        named = {"Content_Type": self.content_type, "Accept": self.accept, **self.others}
        given = {name: value for name, value in named.items() if value is not None}
        query = f"?{urlencode(self.fields)}" if self.fields else ""
        return service.ask(f"/sparql{query}", self.method, self.body, **given)


def get(*fields: tuple[str, str], accept: str | None = None) -> Sent:
    return Sent(fields=fields, accept=accept)


def form(*fields: tuple[str, str], in_url: tuple[tuple[str, str], ...] = ()) -> Sent:
    return Sent("POST", in_url, urlencode(fields).encode(), FORM)


def direct(body: bytes | str, *in_url: tuple[str, str], content_type: str = DIRECT) -> Sent:
    return Sent("POST", in_url, body.encode() if isinstance(body, str) else body, content_type)


def objects(reply: Reply) -> list[str]:
    assert reply.status == 200, reply.body
    return [each["o"]["value"] for each in json.loads(reply.body)["results"]["bindings"]]


Q = ("query", SELECT)
OPERATIONS = {
    "GET": get(Q),
    "GET, with a field that means nothing here": get(Q, ("colour", "blue")),
    "POST of a form": form(Q),
    "POST of a form whose charset is named": Sent(
        "POST", (), urlencode([Q]).encode(), f"{FORM}; charset=utf-8"
    ),
    "POST of the query itself": direct(SELECT),
    "POST of the query itself, in UTF-8": direct(SELECT, content_type=f"{DIRECT}; charset=UTF-8"),
    "media types are not sensitive to case": direct(
        SELECT, content_type="Application/SPARQL-QUERY"
    ),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_query_operation_has_the_same_answer(served: Live, name: str) -> None:
    reply = OPERATIONS[name].to(served)
    assert objects(reply) == ["first", "second"]
    assert reply.headers["content-type"] == JSON
    assert reply.headers["content-length"] == str(len(reply.body))
    assert with_common_headers(reply)


D1, D2 = ("default-graph-uri", ONE), ("default-graph-uri", TWO)
N1, N2 = ("named-graph-uri", ONE), ("named-graph-uri", TWO)
# §2.1.4: the dataset of the request, which wins over that of the query.
DATASETS: dict[str, tuple[tuple[tuple[str, str], ...], str, list[str]]] = {
    "one default graph": ((D1,), SELECT, ["first"]),
    "two default graphs are merged": ((D1, D2), SELECT, ["first", "second"]),
    "a graph named twice counts once": ((D1, D1), SELECT, ["first"]),
    "a graph that is not there is empty": ((("default-graph-uri", "urn:no"),), SELECT, []),
    "one named graph": ((N1,), IN_GRAPHS, ["first"]),
    "two named graphs": ((N1, N2), IN_GRAPHS, ["first", "second"]),
    "named graphs leave the default graph empty": ((N1, N2), SELECT, []),
    "default graphs leave no named ones": ((D1, D2), IN_GRAPHS, []),
    "both kinds": (
        (D1, N2),
        "SELECT ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } ORDER BY ?o",
        ["first", "second"],
    ),
    "the request wins over FROM": ((D2,), f"SELECT ?o FROM <{ONE}> {{ ?s ?p ?o }}", ["second"]),
    "the request wins over FROM NAMED": (
        (N2,),
        f"SELECT ?o FROM NAMED <{ONE}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        ["second"],
    ),
    "without one, FROM holds": ((), f"SELECT ?o FROM <{TWO}> {{ ?s ?p ?o }}", ["second"]),
}


@pytest.mark.parametrize("name", DATASETS)
def test_the_dataset_is_the_request_s_in_every_operation(served: Live, name: str) -> None:
    dataset, query, expected = DATASETS[name]
    for sent in (
        get(("query", query), *dataset),
        form(("query", query), *dataset),
        form(("query", query), in_url=dataset),
        direct(query, *dataset),
    ):
        assert objects(sent.to(served)) == expected


REFUSED: dict[str, tuple[Sent, int]] = {
    "two queries in a URL": (get(Q, ("query", "ASK {}")), 400),
    "two queries in a form": (form(Q, Q), 400),
    "a query in the URL and in the form": (form(Q, in_url=(Q,)), 400),
    "a query in the URL and as the body": (direct(SELECT, Q), 400),
    "an empty query": (get(("query", "")), 400),
    "a form without a query": (form(("colour", "blue")), 400),
    "an empty body": (direct(""), 400),
    "a body of another media type": (direct(SELECT, content_type="text/plain"), 415),
    "a body of RDF": (direct("<urn:a> <urn:b> <urn:c> .", content_type="text/turtle"), 415),
    "a form without its media type": (Sent("POST", (), urlencode([Q]).encode()), 415),
    "a form that says it is a query": (direct(urlencode([Q])), 400),
    "a query without its media type": (Sent("POST", (), SELECT.encode()), 415),
    "a form in parts": (direct("", content_type="multipart/form-data; boundary=x"), 415),
    "a query in UTF-16": (
        direct(SELECT.encode("utf-16"), content_type=f"{DIRECT}; charset=utf-16"),
        415,
    ),
    "a query in bytes that are not UTF-8": (direct(b"ASK { ?s ?p '\xe9' }"), 400),
    "a form in bytes that are not UTF-8": (Sent("POST", (), b"query=ASK%7B%ff%7D", FORM), 400),
    "a compressed body": (
        Sent("POST", (), SELECT.encode(), DIRECT, None, {"Content_Encoding": "gzip"}),
        415,
    ),
    "a query that is no SPARQL": (get(("query", "SELECT * {")), 400),
    "a query without a form": (get(("query", "PREFIX a: <urn:a>")), 400),
    "an update as a query": (get(("query", CHANGE)), 400),
    "an update as a query in a form": (form(("query", CHANGE)), 400),
    "an update as the body of a query": (direct(CHANGE), 400),
    "the field of updates in a URL": (get(("update", CHANGE)), 400),
    "the field of updates in a form": (form(("update", CHANGE)), 400),
    "the media type of updates": (direct(CHANGE, content_type=UPDATE), 415),
    "a query beside an update": (form(Q, ("update", CHANGE)), 400),
    "a default graph that is no IRI": (get(Q, ("default-graph-uri", "here and there")), 400),
    "a relative named graph": (get(Q, ("named-graph-uri", "graph/one")), 400),
    "a format that nobody knows": (get(Q, ("format", "sparkling")), 400),
    "a form of graphs for solutions": (get(Q, ("format", "ttl")), 406),
    "a form of solutions for a graph": (get(("query", CONSTRUCT), ("format", "csv")), 406),
    "nothing that is acceptable": (get(Q, accept="image/png"), 406),
    "nothing that is acceptable for a graph": (get(("query", CONSTRUCT), accept=JSON), 406),
    "everything refused": (get(Q, accept="*/*;q=0"), 406),
    "a query of 70,000 bytes": (form(("query", SELECT + "#" * 70_000)), 413),
    "a body of 2 MiB": (direct(b"#" * (2 << 20)), 413),
    "another method": (Sent("PUT", (), SELECT.encode(), DIRECT), 405),
    "a method that deletes": (Sent("DELETE", (Q,)), 405),
    "a method that patches": (Sent("PATCH", (), CHANGE.encode(), UPDATE), 405),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_protocol_does_not_allow_is_refused_and_said_to_scripts_of_any_origin(
    served: Live, name: str
) -> None:
    sent, status = REFUSED[name]
    reply = sent.to(served)
    assert reply.status == status, reply.body
    assert with_common_headers(reply)
    problem = reply.problem
    assert problem["status"] == status
    assert str(problem["title"]).endswith(".")
    assert reply.headers["cache-control"] == "no-store"
    if status == 405:
        assert set(reply.headers["allow"].split(", ")) == ALLOWED
    assert objects(get(Q).to(served)) == ["first", "second"], "nothing has changed"


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("SELECT * {", (1, 11)),
        ("SELECT *\n{ ?s ?p }", (2, 10)),
        ("SELECT * {\n  ?s ?p ?o\n  FILTER (?o = )\n}", (4, 2)),
        ("ASK { ?s ?p 'é' '\n }", (1, 17)),
    ],
)
def test_a_malformed_query_is_a_400_with_line_and_column(
    served: Live, query: str, place: tuple[int, int]
) -> None:
    for sent in (get(("query", query)), form(("query", query)), direct(query)):
        reply = sent.to(served)
        assert (reply.status, reply.headers["access-control-allow-origin"]) == (400, "*")
        assert (reply.problem["line"], reply.problem["column"]) == place


def rows(reply: Reply) -> set[str]:
    """The values of ?o in a result, whatever its form."""
    kind = reply.headers["content-type"].partition(";")[0]
    if kind == JSON:
        return set(objects(reply))
    if kind == XML:
        return {
            each.text or ""
            for each in ElementTree.fromstring(reply.body).iter()
            if "literal" in each.tag
        }
    text = reply.body.decode()
    if kind == "text/csv":
        return {row[0] for row in list(csv.reader(io.StringIO(text)))[1:]}
    assert kind == "text/tab-separated-values"
    return {line.strip('"') for line in text.splitlines()[1:]}


ACCEPTS: dict[str | None, str] = {
    None: JSON,
    "*/*": JSON,
    JSON: JSON,
    XML: XML,
    "application/json": JSON,
    "text/csv": "text/csv; charset=utf-8",
    "text/tab-separated-values": "text/tab-separated-values; charset=utf-8",
    f"{JSON};q=0.2, {XML};q=0.7": XML,
    f"{XML};q=0.2, text/csv;q=0.21": "text/csv; charset=utf-8",
    f"{XML};q=0, */*": JSON,
    f"application/*;q=0.3, {XML};q=0.1, text/csv;q=0.2": JSON,
    "text/turtle, text/csv;q=0.1": "text/csv; charset=utf-8",
}


@pytest.mark.parametrize("accept", ACCEPTS)
def test_the_form_is_the_one_that_the_client_likes_best(served: Live, accept: str | None) -> None:
    for sent in (get(Q, accept=accept), Sent("POST", (), SELECT.encode(), DIRECT, accept)):
        reply = sent.to(served)
        assert (reply.status, reply.headers["content-type"]) == (200, ACCEPTS[accept])
        assert rows(reply) == {"first", "second"}
        assert "Accept" in reply.headers["vary"]


@pytest.mark.parametrize(
    ("word", "media_type"),
    [("json", JSON), ("xml", XML), ("csv", "text/csv; charset=utf-8"), (XML, XML)],
)
def test_a_format_in_the_request_wins_over_accept(served: Live, word: str, media_type: str) -> None:
    reply = get(Q, ("format", word), accept="text/tab-separated-values").to(served)
    assert (reply.status, reply.headers["content-type"]) == (200, media_type)


@pytest.mark.parametrize(
    ("query", "accept", "body"),
    [
        ("ASK { ?s ?p 'first' }", JSON, b'{"head":{},"boolean":true}'),
        ("ASK { ?s ?p 'third' }", JSON, b'{"head":{},"boolean":false}'),
        (CONSTRUCT + " LIMIT 0", "application/n-triples", b""),
        (
            f"DESCRIBE <{SUBJECT.value}> FROM <{ONE}>",
            "application/n-triples",
            f'{SUBJECT} {PREDICATE} "first" .\n'.encode(),
        ),
    ],
)
def test_each_form_of_query_has_its_result(
    served: Live, query: str, accept: str, body: bytes
) -> None:
    reply = get(("query", query), accept=accept).to(served)
    assert (reply.status, reply.body) == (200, body)


@pytest.mark.parametrize(
    "sent",
    [get(Q), get(("query", CONSTRUCT)), get(("query", "SELECT * {")), get(), get(Q, accept="a/b")],
)
def test_head_has_the_status_and_the_headers_of_get(served: Live, sent: Sent) -> None:
    full = sent.to(served)
    head = Sent("HEAD", sent.fields, accept=sent.accept).to(served)
    assert (head.status, head.body) == (full.status, b"")
    differing = ("x-request-id", "date", "content-security-policy", "server-timing")
    length = "content-length" if full.status >= 400 else ""  # of the id of the request
    for name in full.headers.keys() - {*differing, length}:
        assert head.headers.get(name) == full.headers[name], name


def test_options_says_what_may_be_asked_from_another_origin(served: Live) -> None:
    reply = Sent(
        "OPTIONS",
        others={"Origin": "https://example.org", "Access_Control_Request_Method": "POST"},
    ).to(served)
    assert (reply.status, reply.body) == (204, b"")
    assert set(reply.headers["allow"].split(", ")) == ALLOWED
    assert set(reply.headers["access-control-allow-methods"].split(", ")) >= ALLOWED
    assert with_common_headers(reply)


def test_a_script_of_another_origin_may_read_answers_and_refusals(served: Live) -> None:
    origin = {"Origin": "https://example.org"}
    for sent in (
        Sent("GET", (Q,), others=origin),
        Sent("GET", (("query", "SELECT"),), others=origin),
        Sent("DELETE", others=origin),
        Sent("POST", (), b"x", "text/plain", None, origin),
        Sent("POST", (), b"#" * (11 << 20), DIRECT, None, origin),
    ):
        assert sent.to(served).headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    "sent",
    [Sent("GET", (("query", SELECT),)), form(Q), direct(SELECT)],
    ids=["GET", "form", "direct"],
)
def test_plus_and_percent_mean_what_they_mean_in_each_place(served: Live, sent: Sent) -> None:
    query = "SELECT (STRLEN('a+b %41 é') AS ?o) {}"
    replaced = {
        "GET": f"/sparql?query={quote(query)}",
        "POST": "/sparql",
    }[sent.method]
    body = None
    if sent.method == "POST":
        is_form = sent.content_type == FORM
        body = urlencode({"query": query}).encode() if is_form else query.encode()
    kinds = {"Content_Type": sent.content_type} if sent.content_type else {}
    assert objects(served.ask(replaced, sent.method, body, **kinds)) == ["9"]
