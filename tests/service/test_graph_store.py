"""The Graph Store HTTP Protocol, each operation and each error, in an open directory."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad
from rdflib import Graph

from service.representations import GRAPHS, Representation
from tests.service.conftest import BASE, read_graph, same
from tests.service.conftest_writes import TURTLE, UPDATE, Desk, desk, log_of, stored

__all__ = ["desk"]

A, P = NamedNode("urn:a"), NamedNode("urn:p")
ONE, TWO = "<urn:a> <urn:p> 1 .", "<urn:a> <urn:p> 2 ."
MULTIPART = "multipart/form-data; boundary=xx"
SYNTAXES = {
    "text/turtle": "@prefix ex: <urn:> . ex:a ex:p [ ex:p 1 ] .",
    "application/x-turtle": "<urn:a> <urn:p> [ <urn:p> 1 ] .",
    "application/n-triples": (
        '<urn:a> <urn:p> _:b .\n_:b <urn:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
    ),
    "application/ld+json": '{"@id": "urn:a", "urn:p": {"urn:p": 1}}',
    "application/rdf+xml": (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">'
        '<rdf:Description rdf:about="urn:a"><u:p><rdf:Description><u:p rdf:datatype="'
        'http://www.w3.org/2001/XMLSchema#integer">1</u:p></rdf:Description></u:p>'
        "</rdf:Description></rdf:RDF>"
    ),
}


def indirect(name: str) -> str:
    return f"/graph-store?graph={quote(f'{BASE}graph/{name}', safe='')}"


def direct(name: str) -> str:
    return f"/graph/{name}"


def graph(text: str) -> Graph:
    return Graph().parse(data=text, format="turtle")


def served(desk: Desk, path: str) -> Graph:
    response = desk.send("GET", path, role=None, Accept=TURTLE)
    assert response.status_code == 200
    return read_graph(response.data, "ttl")


@pytest.mark.parametrize("address", [indirect, direct], ids=["indirect", "direct"])
def test_the_life_of_a_graph(desk: Desk, address: Callable[[str], str]) -> None:
    name = address.__name__
    path = address(name)
    assert desk.send("GET", path).status_code == 404
    assert desk.send("HEAD", path).status_code == 404
    assert desk.send("DELETE", path).status_code == 404
    assert desk.send("PATCH", path, "CLEAR DEFAULT", UPDATE).status_code == 404

    made = desk.send("PUT", path, ONE, TURTLE)
    assert (made.status_code, made.data) == (201, b"")
    assert made.headers["Location"] == direct(name)
    assert made.headers["Release"] == desk.release
    assert "ETag" not in made.headers
    assert made.headers["Cache-Control"] == "no-store"
    assert same(served(desk, path), graph(ONE))
    assert same(served(desk, made.headers["Location"]), graph(ONE))
    head = desk.send("HEAD", path)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == desk.send("GET", path).headers["ETag"]

    assert desk.send("POST", path, TWO, TURTLE).status_code == 204
    assert same(served(desk, path), graph(ONE + TWO))
    replaced = desk.send("PUT", path, TWO, TURTLE)
    assert (replaced.status_code, replaced.data) == (204, b"")
    assert "Location" not in replaced.headers
    assert same(served(desk, path), graph(TWO))
    patch = "DELETE { ?s ?p 2 } INSERT { ?s ?p 3 } WHERE { ?s ?p 2 }"
    assert desk.send("PATCH", path, patch, UPDATE).status_code == 204
    assert same(served(desk, path), graph("<urn:a> <urn:p> 3 ."))

    assert desk.send("DELETE", path).status_code == 204
    assert desk.send("GET", path).status_code == 404
    assert desk.send("POST", path, TWO, TURTLE).status_code == 201
    assert desk.send("DELETE", path).status_code == 204
    iri = f"{BASE}graph/{name}"
    done = [line["action"] for line in log_of(desk.data) if line["graph"] == iri]
    assert done == ["put", "post", "put", "patch", "delete", "post", "delete"]


def test_the_default_graph_is_always_there(desk: Desk) -> None:
    path = "/graph-store?default"
    assert len(served(desk, path)) == 0
    assert desk.send("PUT", path, ONE, TURTLE).status_code == 204
    assert stored(desk.data) == {Quad(A, P, Literal(1), DefaultGraph())}
    assert desk.send("POST", path, TWO, TURTLE).status_code == 204
    assert same(served(desk, path), graph(ONE + TWO))
    assert desk.send("PATCH", path, "DELETE DATA { <urn:a> <urn:p> 1 }", UPDATE).status_code == 204
    assert same(served(desk, path), graph(TWO))
    assert desk.send("DELETE", path).status_code == 204
    assert len(served(desk, path)) == 0


@pytest.mark.parametrize(("media_type", "body"), SYNTAXES.items(), ids=SYNTAXES)
def test_every_syntax_of_graphs_is_taken(desk: Desk, media_type: str, body: str) -> None:
    path = "/graph-store?graph=urn:syntax"
    assert desk.send("PUT", path, body, media_type).status_code in (201, 204)
    assert same(served(desk, path), graph("<urn:a> <urn:p> [ <urn:p> 1 ] ."))


def test_what_is_kept_is_given_in_every_syntax(desk: Desk) -> None:
    path = "/graph-store?graph=urn:given"
    expected = graph("<urn:a> <http://example.org/p> 1, 'x'@en .")
    assert (
        desk.send("PUT", path, "<urn:a> <http://example.org/p> 1, 'x'@en .", TURTLE).status_code
        == 201
    )
    for form in GRAPHS:
        response = desk.send("GET", path, role=None, Accept=form.media_type)
        assert response.headers["Content-Type"] == form.content_type
        assert same(read_graph(response.data, form.name), expected)
        again = desk.send("GET", f"{path}&format={form.name}", role=None)
        assert again.data == response.data
        assert response.headers["Content-Location"] == (
            f"/graph-store?graph=urn%3Agiven&format={form.name}"
        )
        tag = response.headers["ETag"]
        assert desk.send("GET", path, Accept=form.media_type, If_None_Match=tag).status_code == 304


@pytest.mark.parametrize("form", GRAPHS, ids=lambda form: form.name)
def test_the_default_graph_is_given_in_every_syntax(desk: Desk, form: Representation) -> None:
    if Quad(A, P, Literal(1), DefaultGraph()) not in stored(desk.data):
        assert desk.send(
            "PUT", "/graph-store?default", "<urn:a> <http://example.org/p> 1 .", TURTLE
        )
    response = desk.send("GET", f"/graph-store?default&format={form.name}", role=None)
    assert same(read_graph(response.data, form.name), graph("<urn:a> <http://example.org/p> 1 ."))


def test_relative_iris_stand_under_the_graph(desk: Desk) -> None:
    path = "/graph-store?graph=http://example.org/of/graph"
    assert desk.send("PUT", path, "<#x> <p> <> .", TURTLE).status_code == 201
    assert same(
        served(desk, path),
        graph("@base <http://example.org/of/graph> . <#x> <p> <> ."),
    )


def test_relative_iris_of_a_patch_stand_under_the_graph(desk: Desk) -> None:
    path = "/graph-store?graph=http://x/y/g"
    assert desk.send("PUT", path, "", TURTLE).status_code == 201
    text = "INSERT DATA { <a> <#p> <> }"
    assert desk.send("PATCH", path, text, UPDATE).status_code == 204
    assert same(served(desk, path), graph("<http://x/y/a> <http://x/y/g#p> <http://x/y/g> ."))


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_a_part_of_a_graph_is_not_taken_for_the_whole(desk: Desk, method: str) -> None:
    path = f"/graph-store?graph=urn:parted-{method}"
    assert desk.send("PUT", path, ONE, TURTLE).status_code == 201
    response = desk.send(method, path, TWO, TURTLE, Content_Range="bytes 0-9/20")
    assert response.status_code == 400
    assert same(served(desk, path), graph(ONE))


def files(*parts: tuple[str, str]) -> bytes:
    """A form of files: for each its further fields, and its content."""
    lines = []
    for fields, content in parts:
        disposition = f'Content-Disposition: form-data; name="file"{fields}'
        lines.append(f"--xx\r\n{disposition}\r\n\r\n{content}\r\n")
    return ("".join(lines) + "--xx--\r\n").encode()


TYPED = '; filename="a"\r\nContent-Type: text/turtle'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (files((TYPED, ONE)), ONE),
        (files((TYPED, ONE), (TYPED, TWO)), ONE + TWO),
        (
            files(('; filename="a.ttl"', ONE), ('; filename="b.nt"', TWO.replace(" 2 ", ' "2" '))),
            ONE + "<urn:a> <urn:p> '2' .",
        ),
        (files(('; filename="a.ttl"\r\nContent-Type: application/octet-stream', ONE)), ONE),
        (
            files((TYPED, "_:b <urn:p> 1 ."), (TYPED, "_:b <urn:p> 2 .")),
            "[] <urn:p> 1 . [] <urn:p> 2 .",
        ),
        (files(("\r\nContent-Type: text/turtle; charset=utf-8", ONE)), ONE),
    ],
    ids=["one", "two", "by name", "octets", "blank nodes apart", "no file name"],
)
def test_a_form_posts_files(desk: Desk, body: bytes, expected: str) -> None:
    path = "/graph-store?graph=urn:files"
    desk.send("DELETE", path)
    assert desk.send("POST", path, body, MULTIPART).status_code == 201
    assert same(served(desk, path), graph(expected))


def test_post_to_the_store_makes_a_graph_of_its_own(desk: Desk) -> None:
    made = [desk.send("POST", "/graph-store", ONE, TURTLE) for _ in range(2)]
    assert [response.status_code for response in made] == [201, 201]
    first, second = (response.headers["Location"] for response in made)
    assert first != second
    for location in (first, second):
        assert same(served(desk, location), graph(ONE))
    # An empty graph is a graph.
    empty = desk.send("POST", "/graph-store", b"", TURTLE)
    assert empty.status_code == 201
    assert len(served(desk, empty.headers["Location"])) == 0


G = "/graph-store?graph=urn:bad"
BAD = {
    "no graph": ("PUT", "/graph-store", ONE, TURTLE, 400),
    "no graph to read": ("GET", "/graph-store", "", None, 400),
    "no graph to delete": ("DELETE", "/graph-store", "", None, 400),
    "no graph to patch": ("PATCH", "/graph-store", "CLEAR DEFAULT", UPDATE, 400),
    "a graph and the default one": ("GET", f"{G}&default", "", None, 400),
    "both to write": ("PUT", f"{G}&default", ONE, TURTLE, 400),
    "two graphs": ("PUT", f"{G}&graph=urn:other", ONE, TURTLE, 400),
    "a relative graph": ("PUT", "/graph-store?graph=other", ONE, TURTLE, 400),
    "a graph to read that is no IRI": ("GET", "/graph-store?graph=a%20b", "", None, 400),
    "an empty name": ("PUT", "/graph-store?graph=", ONE, TURTLE, 400),
    "no UTF-8 in the address": ("PUT", "/graph-store?graph=%ff", ONE, TURTLE, 400),
    "nothing": ("PUT", G, "", None, 400),
    "no media type": ("PUT", G, ONE, None, 415),
    "another media type": ("PUT", G, ONE, "text/html", 415),
    "an update to PUT": ("PUT", G, "CLEAR ALL", UPDATE, 415),
    "an update to POST": ("POST", G, "CLEAR ALL", UPDATE, 415),
    "TriG": ("PUT", G, ONE, "application/trig", 415),
    "N-Quads": ("POST", G, ONE, "application/n-quads", 415),
    "files to PUT": ("PUT", G, files((TYPED, ONE)), MULTIPART, 415),
    "another charset": ("PUT", G, ONE, "text/turtle; charset=latin1", 415),
    "no Turtle": ("PUT", G, "<urn:a> <urn:p>", TURTLE, 400),
    "no UTF-8": ("PUT", G, b"<urn:a> <urn:p> '\xff' .", TURTLE, 400),
    "no JSON": ("PUT", G, "{", "application/ld+json", 400),
    "a context from elsewhere": (
        "PUT",
        G,
        '{"@context": "http://127.0.0.1:9/c"}',
        "application/ld+json",
        400,
    ),
    "no XML": ("PUT", G, "<rdf", "application/rdf+xml", 400),
    "an entity from elsewhere": (
        "PUT",
        G,
        '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname">]><r>&a;</r>',
        "application/rdf+xml",
        400,
    ),
    "a form without boundary": ("POST", G, files((TYPED, ONE)), "multipart/form-data", 400),
    "a form that is cut off": ("POST", G, files((TYPED, ONE))[:-12], MULTIPART, 400),
    "a form without files": ("POST", G, b"--xx--\r\n", MULTIPART, 400),
    "a form with a page": ("POST", G, files(('; filename="a.html"', ONE)), MULTIPART, 415),
    "a form with a field": ("POST", G, files(("", "x")), MULTIPART, 415),
    "a faulty file": ("POST", G, files((TYPED, ONE), (TYPED, "oops")), MULTIPART, 400),
    "a patch in Turtle": ("PATCH", G, ONE, TURTLE, 415),
    "a patch without media type": ("PATCH", G, ONE, None, 415),
    "an empty patch": ("PATCH", G, "", UPDATE, 400),
    "a malformed patch": ("PATCH", G, "oops", UPDATE, 400),
    "a patch that loads": ("PATCH", G, "LOAD <http://127.0.0.1:9/>", UPDATE, 403),
    "a patch of another graph": (
        "PATCH",
        G,
        "INSERT DATA { GRAPH <urn:other> { <urn:a> <urn:p> 1 } }",
        UPDATE,
        422,
    ),
    "another form": ("GET", "/graph-store?default&format=csv", "", None, 406),
    "an unknown form": ("GET", "/graph-store?default&format=oops", "", None, 400),
}


@pytest.mark.parametrize(
    ("method", "path", "body", "content_type", "status"), BAD.values(), ids=BAD
)
def test_what_the_protocol_does_not_allow_changes_nothing(
    desk: Desk, method: str, path: str, body: bytes | str, content_type: str | None, status: int
) -> None:
    before = desk.release
    response = desk.send(method, path, body, content_type)
    assert (response.status_code, desk.release) == (status, before), response.text
    assert response.mimetype == "application/problem+json"
    assert response.get_json()["status"] == status
    if status == 415 and method == "PATCH":
        assert response.headers["Accept-Patch"] == UPDATE
    elif status == 415 and "charset" not in (content_type or ""):
        assert TURTLE in response.headers["Accept-Post"]


def test_the_place_of_a_fault_is_told(desk: Desk) -> None:
    problem = desk.send("PUT", G, f"{ONE}\n<urn:a> oops .", TURTLE).get_json()
    assert (problem["status"], problem["line"]) == (400, 2)


@pytest.mark.parametrize("method", ["PUT", "POST", "PATCH"])
def test_a_body_of_unknown_length_is_411_under_any_server(desk: Desk, method: str) -> None:
    before = desk.release
    for path in (G, "/update") if method == "POST" else (G,):
        response = desk.client.open(
            path,
            method=method,
            headers={"Authorization": f"Bearer {desk.tokens['steward']}", "Content-Type": TURTLE},
            environ_overrides={"CONTENT_LENGTH": ""},
        )
        assert (response.status_code, desk.release) == (411, before)


def test_a_body_that_is_cut_off_is_400_under_any_server(desk: Desk) -> None:
    before = desk.release
    response = desk.client.put(
        G,
        data=ONE,
        headers={"Authorization": f"Bearer {desk.tokens['steward']}", "Content-Type": TURTLE},
        environ_overrides={"CONTENT_LENGTH": "40"},
    )
    assert (response.status_code, desk.release) == (400, before)


def test_a_compressed_body_is_415(desk: Desk) -> None:
    response = desk.send("PUT", G, b"\x1f\x8b", TURTLE, Content_Encoding="gzip")
    assert response.status_code == 415


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", [G, "/graph-store?default", "/graph-store", "/graph/x"])
def test_who_may_write(desk: Desk, method: str, path: str) -> None:
    before = desk.release
    nobody = desk.send(method, path, b"\xff", "a b", None)
    assert (nobody.status_code, nobody.headers["WWW-Authenticate"]) == (
        401,
        'Bearer realm="gmkg"',
    )
    assert desk.send(method, path, b"\xff", "a b", "partner").status_code == 403
    assert desk.release == before


@pytest.mark.parametrize("path", ["/graph-store?default", "/graph/x"])
def test_options_tell_what_is_taken(desk: Desk, path: str) -> None:
    response = desk.send("OPTIONS", path, role=None)
    assert response.status_code == 204
    methods = {"GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"}
    assert set(response.headers["Access-Control-Allow-Methods"].split(", ")) == methods


def test_a_tag_of_any_representation_allows_a_write_once(desk: Desk) -> None:
    path = "/graph-store?graph=urn:tagged"
    assert desk.send("PUT", path, ONE, TURTLE).status_code == 201
    for number, form in enumerate(GRAPHS):
        for role in (None, "partner", "steward"):
            tag = desk.send("GET", path, role=role, Accept=form.media_type).headers["ETag"]
        body = f"<urn:a> <urn:p> {number + 10} ."
        assert desk.send("PUT", path, body, TURTLE, If_Match=f'"x", {tag}').status_code == 204
        late = desk.send("PUT", path, ONE, TURTLE, If_Match=tag)
        assert late.status_code == 412
        assert same(served(desk, path), graph(body))


def test_a_tag_of_one_address_is_one_of_the_other(desk: Desk) -> None:
    tag = (
        desk.send("PUT", direct("both"), ONE, TURTLE)
        and desk.send("GET", direct("both"), Accept=TURTLE).headers["ETag"]
    )
    assert desk.send("GET", indirect("both"), Accept=TURTLE).headers["ETag"] == tag
    assert desk.send("DELETE", indirect("both"), If_Match=tag).status_code == 204


@pytest.mark.parametrize(
    ("method", "exists", "fields", "status"),
    [
        ("PUT", True, {"If_Match": "*"}, 204),
        ("PUT", False, {"If_Match": "*"}, 412),
        ("PUT", True, {"If_None_Match": "*"}, 412),
        ("PUT", False, {"If_None_Match": "*"}, 201),
        ("POST", True, {"If_None_Match": "*"}, 412),
        ("POST", False, {"If_Match": "*"}, 412),
        ("DELETE", True, {"If_Match": "*"}, 204),
        ("DELETE", True, {"If_Match": '"x"'}, 412),
        ("PATCH", True, {"If_Match": '"x"'}, 412),
        ("PUT", True, {"If_Match": '"x"'}, 412),
        ("PUT", True, {"If_None_Match": '"x"'}, 204),
        ("PUT", True, {"If_Match": "x"}, 400),
        ("PUT", True, {"If_Match": "*", "If_None_Match": "*"}, 412),
    ],
)
def test_conditions(
    desk: Desk, method: str, exists: bool, fields: dict[str, str], status: int
) -> None:
    path = "/graph-store?graph=urn:conditional"
    if exists:
        assert desk.send("PUT", path, ONE, TURTLE).status_code in (201, 204)
    else:
        assert desk.send("DELETE", path).status_code in (204, 404)
    before = desk.release
    sent: dict[str, tuple[str, str | None]] = {
        "PATCH": ("INSERT DATA { <urn:a> <urn:p> 5 }", UPDATE),
        "DELETE": ("", None),
    }
    body, content_type = sent.get(method, (TWO, TURTLE))
    response = desk.send(method, path, body, content_type, **fields)
    assert response.status_code == status
    assert (desk.release == before) is (status >= 400)


def test_a_tag_that_is_still_right_excludes_a_write_that_wants_another(desk: Desk) -> None:
    path = "/graph-store?graph=urn:excluded"
    assert desk.send("PUT", path, ONE, TURTLE).status_code == 201
    tag = desk.send("GET", path).headers["ETag"]
    assert desk.send("PUT", path, TWO, TURTLE, If_None_Match=tag).status_code == 412
