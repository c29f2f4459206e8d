"""A publisher's SPARQL endpoint: one that is our own service, and made-up ones with faults."""

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, QueryTriples, RdfFormat, Store, parse

from loaders.construct import read_construct
from loaders.directory import initialise
from loaders.endpoint import LARGEST_ANSWER, _request
from loaders.errors import DeclarationError, FetchError
from loaders.fetch import fetched
from loaders.publish import publish
from loaders.source import SourceFile, read_declaration
from ontology.vocab import ORG
from tests.feed_server import Answer, Server
from tests.live import serving
from tests.loaders.publishing import BASE, a_source, load

QUERY = """PREFIX org: <http://www.w3.org/ns/org#> # a comment
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
CONSTRUCT { ?o a org:Organization ; skos:prefLabel ?label }
WHERE { ?o a org:Organization ; skos:prefLabel ?label }"""
ORDERED = f"{QUERY} ORDER BY ?o ?label"
COUNT = """PREFIX org: <http://www.w3.org/ns/org#>
SELECT (COUNT(DISTINCT ?o) AS ?n) WHERE { ?o a org:Organization }"""
THING = "<https://exampleton.example/{0}> a <http://www.w3.org/ns/org#Organization> .\n"


def declared(
    folder: Path, origin: str, query: str = QUERY, count: str | None = None, more: str = ""
) -> SourceFile:
    """A source of one file that an endpoint gives."""
    place = folder / "bodies"
    place.mkdir(exist_ok=True)
    (place / "bodies.rq").write_text(query)
    if count is not None:
        (place / "count.rq").write_text(count)
        more += 'count = "count.rq"\n'
    (place / "source.toml").write_text(
        'title = "Bodies"\n[[files]]\nname = "bodies.nt"\nformat = "opendatacommunities-rdf"\n'
        f'endpoint = "{origin}/sparql"\nquery = "bodies.rq"\n{more}'
    )
    return read_declaration(place).files[0]


def read(file: SourceFile) -> bytes:
    with fetched(file)() as stream:
        return stream.read()


def triples(content: bytes) -> set[str]:
    return {str(quad.triple) for quad in parse(io.BytesIO(content), format=RdfFormat.TURTLE)}


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


def engine(turtle: str, cap: int | None = None) -> Callable[[str, dict[str, str]], Answer]:
    """An endpoint over Turtle. With a `cap` it leaves out what comes after so many triples."""
    store = Store()
    store.load(turtle.encode(), RdfFormat.TURTLE)

    def answer(path: str, query: dict[str, str]) -> Answer:
        found = store.query(query["query"])
        if isinstance(found, QuerySolutions):
            return counted(next(found)[0].value)
        assert isinstance(found, QueryTriples)
        body = "".join(sorted(f"{triple} .\n" for triple in found)[:cap]).encode()
        return 200, {"Content-Type": "application/n-triples"}, body

    return answer


def counted(number: object) -> Answer:
    document = {"head": {"vars": ["n"]}, "results": {"bindings": [{"n": {"value": number}}]}}
    kind = {"Content-Type": "application/sparql-results+json"}
    return 200, kind, json.dumps(document).encode()


BODIES = "".join(
    THING.format(n)
    + f"<https://exampleton.example/{n}> "
    + f"<http://www.w3.org/2004/02/skos/core#prefLabel> 'B {n}' .\n"
    for n in range(7)
)


def test_our_own_service_gives_what_it_has_as_any_publisher_would(tmp_path: Path) -> None:
    directory = initialise(tmp_path / "data", BASE)
    load(directory, a_source(), *(f"GB-LAE-{key},Council {key}" for key in ("AAA", "BBB", "CCC")))
    publish(directory)
    expected = "".join(
        f"<{BASE}id/organisation/GB-LAE-{key}> a <{ORG.Organization}> ; "
        f'<http://www.w3.org/2004/02/skos/core#prefLabel> "Council {key}"@en .\n'
        for key in ("AAA", "BBB", "CCC")
    )
    with serving(directory.path) as service:
        for more in ("", "page-size = 1\n", "page-size = 2\n", "page-size = 50\n"):
            query = ORDERED if more else QUERY
            content = read(declared(tmp_path, service.origin, query, COUNT, more))
            assert triples(content) == triples(expected.encode())
            assert content.splitlines() == sorted(set(content.splitlines()))


@pytest.mark.parametrize("size", [1, 3, 7, 8])
def test_pages_of_solutions_follow_until_there_are_none(
    server: Server, tmp_path: Path, size: int
) -> None:
    server.answer = engine(BODIES)
    file = declared(tmp_path, server.origin, ORDERED, COUNT, f"page-size = {size}\n")
    assert triples(read(file)) == triples(BODIES.encode())


def test_an_endpoint_that_leaves_out_without_a_word_is_refused(
    server: Server, tmp_path: Path
) -> None:
    server.answer = engine(BODIES, cap=8)
    with pytest.raises(FetchError, match=r"says that it has 7 of <.*>, and describes 4"):
        read(declared(tmp_path, server.origin, count=COUNT))


def test_more_than_was_counted_is_told(server: Server, tmp_path: Path) -> None:
    full = engine(BODIES)
    server.answer = lambda path, query: (
        counted("3") if "SELECT" in query["query"] else full(path, query)
    )
    said: list[str] = []
    with fetched(declared(tmp_path, server.origin, count=COUNT), said.append)():
        assert said == [f"it describes 7 of <{ORG.Organization}>, more than the 3 it counted."]


NT = {"Content-Type": "application/n-triples"}
BLANK = f"_:a <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{ORG.Organization}> .\n".encode()


@pytest.mark.parametrize(
    ("answer", "more", "reason"),
    [
        ((200, NT, THING.format(1).encode()), "page-size = 1\n", "gives one page twice"),
        ((200, NT, BLANK), "page-size = 1\n", "gives pages with blank nodes"),
        ((200, NT, b"<https://a.example/> <https"), "", "gives what is not well-formed"),
        ((200, {"Content-Type": "text/html"}, b"<p>"), "", "gives “text/html”, which is neither"),
        ((206, NT, b""), "", "answers 206"),
        ((500, NT, b""), "", "answers 500"),
    ],
)
def test_an_endpoint_that_misbehaves_is_refused(
    server: Server, tmp_path: Path, answer: Answer, more: str, reason: str
) -> None:
    if "twice" in reason:
        answer = (200, {"Content-Type": "text/turtle"}, answer[2])
    server.answer = lambda path, query: answer
    with pytest.raises(FetchError, match=reason):
        read(declared(tmp_path, server.origin, ORDERED if more else QUERY, more=more))


@pytest.mark.parametrize("number", ["many", "-1", 7, None])
def test_a_count_that_is_none_is_refused(server: Server, tmp_path: Path, number: object) -> None:
    server.answer = lambda path, query: counted(number)
    with pytest.raises(FetchError, match="count"):
        read(declared(tmp_path, server.origin, count=COUNT))


def test_an_answer_beyond_the_bound_is_refused(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loaders.endpoint.LARGEST_ANSWER", 1000)
    assert LARGEST_ANSWER > 1000
    server.answer = lambda path, query: (200, NT, THING.format(1).encode() * 50)
    with pytest.raises(FetchError, match="gives more than can be held in memory"):
        read(declared(tmp_path, server.origin))


def test_a_long_query_is_posted(server: Server, tmp_path: Path) -> None:
    server.answer = engine(BODIES)
    long = f"{QUERY} # {'long ' * 1000}\n"
    assert triples(read(declared(tmp_path, server.origin, long))) == triples(BODIES.encode())
    read(declared(tmp_path, server.origin))
    assert server.methods == ["POST", "GET"]
    assert server.asked[0][1]["query"].strip() == long.strip()
    assert _request("https://a.example/", QUERY, "CONSTRUCT")[1] is None


@pytest.mark.parametrize(
    ("query", "more", "reason"),
    [
        ("CONSTRUCT {", "", "“bodies.rq” is not SPARQL 1.1"),
        ("SELECT * { ?s ?p ?o }", "", "is not CONSTRUCT"),
        ("DESCRIBE <https://a.example/>", "", "is not CONSTRUCT"),
        ("DELETE WHERE { ?s ?p ?o }", "", "is not SPARQL 1.1"),
        (QUERY, "page-size = 10\n", "needs ORDER BY"),
        (f"{ORDERED} LIMIT 9", "page-size = 10\n", "which “page-size” adds"),
        (f"{ORDERED} LIMIT 9", "", "a part would be taken for the whole"),
        (f"{ORDERED} VALUES ?o {{ <https://a.example/> }}", "page-size = 1\n", "ends in VALUES"),
        (ORDERED, "page-size = 0\n", "at least 1"),
        (QUERY, 'url = "https://a.example/"\n', "“url” does not go with an “endpoint”"),
        (QUERY, 'count = "absent.rq"\n', "no file “absent.rq”"),
        (QUERY, 'count = "bodies.rq"\n', "not SELECT with one variable"),
        (QUERY, 'count = "../x.rq"\n', "a file beside this one"),
    ],
)
def test_a_query_that_could_not_be_asked_is_refused_when_it_is_declared(
    tmp_path: Path, query: str, more: str, reason: str
) -> None:
    with pytest.raises(DeclarationError, match=reason):
        declared(tmp_path, "https://a.example", query, more=more)


@pytest.mark.parametrize(
    ("table", "kind", "reason"),
    [
        ({"query": "a.rq"}, "x", "goes with an “endpoint”"),
        ({"endpoint": "https://a.example/"}, "x", "needs a “query”"),
        ({"endpoint": "https://a.example/?x=1", "query": "a"}, "x", "without a query"),
        ({"endpoint": "https://a.example/", "query": "a", "format": "ckan"}, None, "does not read"),
        ({"endpoint": "https://a.example/", "query": "a", "name": "a.ttl"}, "x", "end “name” in"),
    ],
)
def test_keys_that_do_not_go_together_are_refused(
    tmp_path: Path, table: dict[str, str], kind: str | None, reason: str
) -> None:
    with pytest.raises(DeclarationError, match=reason):
        read_construct(tmp_path, {"name": "a.nt", "format": "f", **table}, kind, None)
