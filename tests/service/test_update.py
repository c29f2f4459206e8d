"""`/update`: SPARQL 1.1 Protocol §2.2, each operation and each error, in an open directory."""

import json
from urllib.parse import urlencode

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from tests.service.conftest_writes import UPDATE, Desk, desk, log_of, stored

__all__ = ["desk"]

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
INSERT = "INSERT DATA { <urn:a> <urn:p> 1 }"
A, B, P, Q = (NamedNode(f"urn:{name}") for name in ("a", "b", "p", "q"))
G1, G2 = NamedNode("urn:g1"), NamedNode("urn:g2")


def form(*fields: tuple[str, str]) -> str:
    return urlencode(fields)


@pytest.fixture(autouse=True)
def _empty(desk: Desk) -> None:
    if stored(desk.data):
        assert desk.update("DROP ALL").status_code == 200


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (UPDATE, INSERT),
        (f"{UPDATE}; charset=UTF-8", INSERT),
        (f'{UPDATE};charset="utf-8"', INSERT),
        (FORM, form(("update", INSERT))),
        (f"{FORM}; charset=utf-8", form(("update", INSERT))),
    ],
)
@pytest.mark.parametrize("role", ["steward", "administrator"])
def test_an_update_is_a_release(desk: Desk, content_type: str, body: str, role: str) -> None:
    before = desk.release
    response = desk.send("POST", "/update", body, content_type, role)
    assert response.status_code == 200
    assert response.mimetype == "application/json"
    assert response.get_json() == {"release": desk.release, "changed": True}
    assert response.headers["Release"] == desk.release != before
    assert response.headers["Cache-Control"] == "no-store"
    assert stored(desk.data) == {Quad(A, P, Literal(1), DefaultGraph())}


def test_the_log_names_the_token_the_request_and_the_release(desk: Desk) -> None:
    response = desk.send("POST", "/update", INSERT, UPDATE, "administrator", X_Request_Id="of-this")
    told = log_of(desk.data)[-1]
    assert response.headers["X-Request-Id"] == "of-this"
    identifier = desk.tokens["administrator"].split("_")[1]
    assert (told["token"], told["role"]) == (f"{identifier} a administrator", "administrator")
    assert (told["request"], told["release"]) == ("of-this", desk.release)
    assert "urn:a" not in json.dumps(told)


def put_two_graphs(desk: Desk) -> None:
    text = (
        "INSERT DATA { GRAPH <urn:g1> { <urn:a> <urn:p> 1 } GRAPH <urn:g2> { <urn:a> <urn:p> 2 } }"
    )
    assert desk.update(text).status_code == 200


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <urn:a> <urn:p> <x> }",
        f"{INSERT} ;\nPREFIX : <urn:> DELETE DATA {{ <urn:a> <urn:p> 1 }} ;\n"
        "PREFIX b: <urn:> INSERT DATA { b:a :p <x> }",
        "INSERT { <urn:a> <urn:p> <x> } USING <g> WHERE { }",
    ],
)
def test_relative_iris_stand_under_the_address(desk: Desk, text: str) -> None:
    """Which RFC 3986 §5.1.3 makes the base of what says none (SPARQL 1.1 Query §4.1.1.2)."""
    assert desk.update(text).status_code == 200
    served = NamedNode("http://127.0.0.1:8000/x")
    assert stored(desk.data) == {Quad(A, P, served, DefaultGraph())}


def test_a_base_in_the_text_goes_before(desk: Desk) -> None:
    assert desk.update("BASE <urn:x/y> INSERT DATA { <urn:a> <urn:p> <z> }").status_code == 200
    assert stored(desk.data) == {Quad(A, P, NamedNode("urn:x/z"), DefaultGraph())}


COPY = "INSERT { <urn:b> <urn:q> ?o } WHERE { ?s <urn:p> ?o }"
COPY_NAMED = "INSERT { <urn:b> <urn:q> ?o } WHERE { GRAPH ?g { ?s <urn:p> ?o } }"


@pytest.mark.parametrize(
    ("text", "fields", "copied"),
    [
        (COPY, [], []),
        (COPY, [("using-graph-uri", "urn:g1")], [1]),
        (COPY, [("using-graph-uri", "urn:g1"), ("using-graph-uri", "urn:g2")], [1, 2]),
        (COPY, [("using-named-graph-uri", "urn:g1")], []),
        (COPY_NAMED, [], [1, 2]),
        (COPY_NAMED, [("using-named-graph-uri", "urn:g2")], [2]),
        (COPY_NAMED, [("using-graph-uri", "urn:g1"), ("using-named-graph-uri", "urn:g2")], [2]),
        (
            COPY_NAMED,
            [("using-named-graph-uri", "urn:g1"), ("using-named-graph-uri", "urn:g2")],
            [1, 2],
        ),
    ],
)
@pytest.mark.parametrize("direct", [True, False])
def test_the_protocol_names_the_dataset(
    desk: Desk, text: str, fields: list[tuple[str, str]], copied: list[int], direct: bool
) -> None:
    put_two_graphs(desk)
    if direct:
        response = desk.send("POST", "/update?" + form(*fields), text, UPDATE)
    else:
        response = desk.send("POST", "/update", form(("update", text), *fields), FORM)
    assert response.status_code == 200
    made = {quad for quad in stored(desk.data) if quad.predicate == Q}
    assert made == {Quad(B, Q, Literal(number), DefaultGraph()) for number in copied}


@pytest.mark.parametrize(
    "text",
    [
        "INSERT { <urn:b> <urn:q> ?o } USING <urn:g1> WHERE { ?s <urn:p> ?o }",
        "INSERT { <urn:b> <urn:q> ?o } USING NAMED <urn:g1> WHERE { ?s <urn:p> ?o }",
        "WITH <urn:g1> INSERT { <urn:b> <urn:q> ?o } WHERE { ?s <urn:p> ?o }",
        f"{INSERT} ; WITH <urn:g1> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
    ],
)
@pytest.mark.parametrize("name", ["using-graph-uri", "using-named-graph-uri"])
def test_a_dataset_that_is_named_twice_is_400(desk: Desk, text: str, name: str) -> None:
    before = desk.release
    response = desk.send("POST", f"/update?{name}=urn:g1", text, UPDATE)
    assert (response.status_code, desk.release) == (400, before)
    assert response.get_json()["line"] == 1


BAD = {
    "no update in the form": ("", form(("x", "1")), FORM, 400),
    "an empty form": ("", "", FORM, 400),
    "two updates in the form": ("", form(("update", INSERT), ("update", INSERT)), FORM, 400),
    "an update in both places": ("?" + form(("update", INSERT)), INSERT, UPDATE, 400),
    "an update in both places of a form": (
        "?" + form(("update", INSERT)),
        form(("update", INSERT)),
        FORM,
        400,
    ),
    "a query in the form": ("", form(("query", "ASK {}")), FORM, 400),
    "a query beside the update": ("", form(("update", INSERT), ("query", "ASK {}")), FORM, 400),
    "a query in the address": ("?query=ASK%7B%7D", INSERT, UPDATE, 400),
    "a query": ("", "ASK {}", QUERY, 415),
    "a query as an update": ("", "SELECT * { ?s ?p ?o }", UPDATE, 400),
    "the dataset of a query": ("?default-graph-uri=urn:g", INSERT, UPDATE, 400),
    "the named graphs of a query": ("?named-graph-uri=urn:g", INSERT, UPDATE, 400),
    "a dataset of no IRI": ("?using-graph-uri=g", INSERT, UPDATE, 400),
    "no media type": ("", INSERT, None, 415),
    "a media type that is none": ("", INSERT, "a b", 415),
    "another media type": ("", INSERT, "text/plain", 415),
    "Turtle": ("", "<urn:a> <urn:b> 1 .", "text/turtle", 415),
    "multipart": ("", INSERT, "multipart/form-data; boundary=x", 415),
    "another charset": ("", INSERT, f"{UPDATE}; charset=iso-8859-1", 415),
    "no UTF-8": ("", b"INSERT DATA { <urn:a> <urn:p> '\xff' }", UPDATE, 400),
    "no UTF-8 in the form": ("", b"update=%ff", FORM, 400),
    "no UTF-8 in the address": ("?using-graph-uri=%ff", INSERT, UPDATE, 400),
    "nothing": ("", "", UPDATE, 400),
    "an empty update": ("", form(("update", " ")), FORM, 400),
    "no SPARQL": ("", "hello", UPDATE, 400),
    "an update that ends early": ("", "INSERT DATA {", UPDATE, 400),
    "an unknown prefix": ("", "INSERT DATA { ex:a ex:b 1 }", UPDATE, 400),
    "a variable in data": ("", "INSERT DATA { ?a <urn:b> 1 }", UPDATE, 400),
    "LOAD": ("", "LOAD <http://127.0.0.1:9/>", UPDATE, 403),
    "LOAD SILENT": ("", "LOAD SILENT <http://127.0.0.1:9/> INTO GRAPH <urn:g>", UPDATE, 403),
    "LOAD after another": ("", f"{INSERT} ;\nLOAD <file:///etc/hostname>", UPDATE, 403),
    "SERVICE": (
        "",
        "INSERT {?s ?p ?o} WHERE {SERVICE <http://127.0.0.1:9/> {?s ?p ?o}}",
        UPDATE,
        403,
    ),
    "a graph that is not there": ("", "DROP GRAPH <urn:nothing>", UPDATE, 404),
    "a graph that is there": ("", "CREATE GRAPH <urn:g> ; CREATE GRAPH <urn:g>", UPDATE, 409),
}


@pytest.mark.parametrize(("query", "body", "content_type", "status"), BAD.values(), ids=BAD)
def test_what_the_protocol_does_not_allow_changes_nothing(
    desk: Desk, query: str, body: str | bytes, content_type: str | None, status: int
) -> None:
    before = desk.release
    response = desk.send("POST", f"/update{query}", body, content_type)
    assert (response.status_code, desk.release) == (status, before)
    problem = response.get_json()
    assert response.mimetype == "application/problem+json"
    assert (problem["status"], problem["instance"]) == (status, "/update")
    assert problem["title"].endswith(".")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    if status == 415 and "charset" not in (content_type or ""):
        assert response.headers["Accept-Post"] == f"{UPDATE}, {FORM}"


def test_a_malformed_update_has_its_place(desk: Desk) -> None:
    problem = desk.update("INSERT DATA {\n  <urn:a> <urn:b> }").get_json()
    assert (problem["status"], problem["line"]) == (400, 2)
    assert problem["column"] >= 11


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH"])
def test_updates_are_posted(desk: Desk, method: str) -> None:
    before = desk.release
    response = desk.send(method, "/update?" + form(("update", INSERT)))
    assert (response.status_code, desk.release) == (405, before)
    assert set(response.headers["Allow"].split(", ")) == {"POST", "OPTIONS"}


def test_the_refusal_comes_before_the_body_is_looked_at(desk: Desk) -> None:
    nobody = desk.send("POST", "/update", b"\xff", "a b", None)
    assert nobody.status_code == 401
    assert nobody.headers["WWW-Authenticate"] == 'Bearer realm="gmkg"'
    partner = desk.send("POST", "/update", b"\xff", "a b", "partner")
    assert partner.status_code == 403
    assert "insufficient_scope" in partner.headers["WWW-Authenticate"]


def test_a_cookie_never_writes(desk: Desk) -> None:
    before = desk.release
    desk.client.set_cookie("gmkg_token", desk.tokens["administrator"])
    try:
        for method, path in (("POST", "/update"), ("PUT", "/graph-store?default")):
            response = desk.send(method, path, INSERT, UPDATE, None, Sec_Fetch_Site="same-origin")
            assert (response.status_code, desk.release) == (401, before)
    finally:
        desk.client.delete_cookie("gmkg_token")


def test_a_compressed_body_is_415(desk: Desk) -> None:
    response = desk.send("POST", "/update", INSERT, UPDATE, Content_Encoding="gzip")
    assert response.status_code == 415
    assert response.headers["Accept-Encoding"] == "identity"


def test_a_condition_needs_the_address_of_a_graph(desk: Desk) -> None:
    before = desk.release
    for tag in ("*", '"x"'):
        response = desk.send("POST", "/update", INSERT, UPDATE, If_Match=tag)
        assert (response.status_code, desk.release) == (412, before)


def test_a_preflight_request_tells_scripts_what_they_may_send(desk: Desk) -> None:
    response = desk.send("OPTIONS", "/update", role=None)
    assert response.status_code == 204
    assert set(response.headers["Access-Control-Allow-Methods"].split(", ")) == {"OPTIONS", "POST"}
    allowed = set(response.headers["Access-Control-Allow-Headers"].split(", "))
    assert {"Authorization", "Content-Type", "If-Match", "If-None-Match"} <= allowed
    assert "Release" in response.headers["Access-Control-Expose-Headers"].split(", ")
    assert response.headers["Accept-Post"] == f"{UPDATE}, {FORM}"


def test_a_hundred_thousand_triples_go_in_one_update(desk: Desk) -> None:
    triples = "".join(f"<urn:s> <urn:p> {number} .\n" for number in range(100_000))
    assert desk.update(f"INSERT DATA {{ {triples} }}").status_code == 200
    assert len(stored(desk.data)) == 100_000


def test_an_update_of_more_than_ten_mebibytes_is_413(desk: Desk) -> None:
    assert desk.update("#" * (10 << 20) + "\n").status_code == 413
