"""`/sparql` over HTTP: queries, the form, the service description, and what is refused."""

import json
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results
from rdflib import URIRef

from tests.service.conftest import BASE, read_graph, same

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
SD = "http://www.w3.org/ns/sparql-service-description#"
NAMES = (
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    "SELECT ?name { ?thing skos:prefLabel ?name } ORDER BY ?name"
)


def ask(client: FlaskClient, query: str, accept: str | None = None, **fields: str):  # type: ignore[no-untyped-def]
    headers = {"Accept": accept} if accept else {}
    return client.get("/sparql?" + urlencode({"query": query, **fields}), headers=headers)


def test_a_select_gives_its_solutions_as_json(client: FlaskClient) -> None:
    response = ask(client, NAMES)
    assert response.status_code == 200
    assert response.mimetype == "application/sparql-results+json"
    names = [row["name"]["value"] for row in response.get_json(force=True)["results"]["bindings"]]
    assert "Manchester City Council" in names
    assert response.headers["Content-Length"] == str(len(response.data))
    assert response.headers["Content-Disposition"] == 'inline; filename="results.json"'


@pytest.mark.parametrize(("name", "read"), [("json", "JSON"), ("xml", "XML"), ("tsv", "TSV")])
def test_every_result_syntax_has_the_same_solutions(
    client: FlaskClient, name: str, read: str
) -> None:
    expected = ask(client, NAMES, format="json").data
    found = ask(client, NAMES, format=name).data

    def rows(body: bytes, syntax: QueryResultsFormat) -> list[str]:
        results = parse_query_results(body, syntax)
        assert isinstance(results, QuerySolutions)
        return [str(solution["name"]) for solution in results]

    assert rows(found, getattr(QueryResultsFormat, read)) == rows(expected, QueryResultsFormat.JSON)


@pytest.mark.parametrize("name", ["ttl", "nt", "rdf", "jsonld", "nq", "trig"])
def test_every_graph_syntax_has_the_same_graph(client: FlaskClient, name: str) -> None:
    query = f"CONSTRUCT WHERE {{ <{BASE}id/organisation/GB-LAE-MAN> ?p ?o }}"
    expected = read_graph(ask(client, query).data, "ttl")
    assert len(expected) == 11
    assert same(read_graph(ask(client, query, format=name).data, name), expected)


@pytest.mark.parametrize("value", [r"a\u0001b", r"a\uFFFEb", r"a\uFFFF"])
@pytest.mark.parametrize(
    ("query", "name", "others"),
    [
        ('SELECT ("{}" AS ?x) {{}}', "xml", ("json", "csv", "tsv", "html")),
        ('CONSTRUCT {{ <urn:s> <urn:p> "{}" }} {{}}', "rdf", ("ttl", "nt", "jsonld", "html")),
    ],
)
def test_what_xml_has_no_spelling_for_is_406_in_xml_alone(
    client: FlaskClient, query: str, name: str, others: tuple[str, ...], value: str
) -> None:
    refused = ask(client, query.format(value), format=name)
    assert (refused.status_code, refused.mimetype) == (406, "application/problem+json")
    for other in others:
        assert ask(client, query.format(value), format=other).status_code == 200, other


@pytest.mark.parametrize("predicate", ["http://example.org/ns/1", "urn:p:", "http://example.org/"])
def test_a_property_without_an_xml_name_is_406_in_rdf_xml_alone(
    client: FlaskClient, predicate: str
) -> None:
    query = f'CONSTRUCT {{ <urn:s> <{predicate}> "x" }} {{}}'
    assert ask(client, query, format="rdf").status_code == 406
    assert len(read_graph(ask(client, query, format="nt").data, "nt")) == 1


def test_line_ends_and_markup_survive_xml(client: FlaskClient) -> None:
    value = "one\rtwo\r\nthree\n<a:> & <b: /> ]]> &#xD;\ufffd"
    literal = value.replace("\r", "\\r").replace("\n", "\\n")
    solutions = ask(client, f'SELECT ("{literal}" AS ?x) {{}}', format="xml").data
    found = ElementTree.fromstring(solutions).find(".//{*}literal")
    assert found is not None
    assert found.text == value
    query = f'CONSTRUCT {{ <urn:s> <urn:p> "{literal}" }} {{}}'
    graph = read_graph(ask(client, query, format="rdf").data, "rdf")
    assert [str(each) for each in graph.objects()] == [value]


def test_a_triple_term_is_406_in_json_ld_alone(client: FlaskClient) -> None:
    query = "CONSTRUCT { <urn:s> <urn:p> <<( <urn:a> <urn:b> <urn:c> )>> } {}"
    refused = ask(client, query, format="jsonld")
    assert refused.status_code == 406
    assert "triple term" in refused.get_json()["detail"]
    for name in ("ttl", "nt", "trig", "nq"):
        assert b"<<(" in ask(client, query, format=name).data


def test_a_statement_of_two_graphs_counts_once(client: FlaskClient) -> None:
    query = (
        "SELECT (COUNT(*) AS ?n) "
        '{ ?s <http://www.w3.org/2004/02/skos/core#prefLabel> "Manchester City Council"@en }'
    )
    assert ask(client, query, format="csv").text.split() == ["n", "1"]


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({"default-graph-uri": f"{BASE}graph/links"}, "1"),
        ({"named-graph-uri": f"{BASE}graph/links"}, "0"),
        ({"default-graph-uri": f"{BASE}graph/nothing"}, "0"),
    ],
)
def test_the_protocol_s_dataset_replaces_the_default_graph(
    client: FlaskClient, fields: dict[str, str], count: str
) -> None:
    query = f"SELECT (COUNT(*) AS ?n) FROM <{BASE}graph/register> {{ ?s ?p ?o }}"
    response = ask(client, query, format="csv", **fields)
    assert response.text.split() == ["n", count]


@pytest.mark.parametrize(
    ("fields", "graphs"),
    [
        ({"named-graph-uri": f"{BASE}graph/links"}, {f"{BASE}graph/links"}),
        ({"default-graph-uri": f"{BASE}graph/links"}, set()),
    ],
)
def test_the_protocol_s_dataset_replaces_the_named_graphs(
    client: FlaskClient, fields: dict[str, str], graphs: set[str]
) -> None:
    response = ask(client, "SELECT DISTINCT ?g { GRAPH ?g {} }", format="csv", **fields)
    assert set(response.text.split()[1:]) == graphs


def test_the_three_ways_to_send_a_query_have_one_answer(client: FlaskClient) -> None:
    by_get = ask(client, NAMES).data
    by_form = client.post("/sparql", data={"query": NAMES}).data
    direct = client.post("/sparql", data=NAMES, content_type="application/sparql-query").data
    assert json.loads(by_get) == json.loads(by_form) == json.loads(direct)


def test_an_unchanged_query_over_an_unchanged_release_is_304(client: FlaskClient) -> None:
    tag = ask(client, NAMES).headers["ETag"]
    url = "/sparql?" + urlencode({"query": NAMES})
    response = client.get(url, headers={"If-None-Match": tag})
    assert (response.status_code, response.data) == (304, b"")
    assert response.headers["ETag"] == tag
    changed = client.get(url + "%20", headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert client.head(url).headers["ETag"] == tag
    assert client.head(url).data == b""


@pytest.mark.parametrize("fields", [{"format": "csv"}, {"default-graph-uri": "urn:a"}])
def test_another_form_or_dataset_has_another_tag(
    client: FlaskClient, fields: dict[str, str]
) -> None:
    assert ask(client, NAMES, **fields).headers["ETag"] != ask(client, NAMES).headers["ETag"]


def test_what_may_answer_differently_is_not_kept(client: FlaskClient) -> None:
    volatile = ask(client, "SELECT (NOW() AS ?now) {}")
    assert volatile.headers["Cache-Control"] == "no-store"
    assert "ETag" not in volatile.headers
    assert ask(client, NAMES).headers["Cache-Control"] == "public, no-cache"
    posted = client.post("/sparql", data={"query": NAMES})
    assert posted.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [("SELECT * {\n  ?s ?p\n}", 3, 2), ("ASK { ?s ex:p ?o }", 1, None)],
)
def test_a_malformed_query_is_400_with_its_place(
    client: FlaskClient, query: str, line: int, column: int | None
) -> None:
    response = ask(client, query)
    problem = response.get_json()
    assert response.status_code == problem["status"] == 400
    assert response.mimetype == "application/problem+json"
    assert problem["line"] == line
    assert column is None or problem["column"] == column
    for name in ("ETag", "Content-Disposition"):
        assert name not in response.headers
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert problem["requestId"] == response.headers["X-Request-Id"]


def test_a_malformed_query_can_be_mended_where_it_was_written(client: FlaskClient) -> None:
    response = ask(client, "SELECT * { <b>", BROWSER)
    assert (response.status_code, response.mimetype) == (400, "text/html")
    assert "SELECT * { &lt;b&gt;</textarea>" in response.text


def test_a_problem_found_before_the_query_ran_is_told_in_the_same_way(
    client: FlaskClient,
) -> None:
    problem = ask(client, "ASK { SERVICE <http://127.0.0.1:1/> {} }").get_json()
    assert (problem["status"], problem["line"], problem["column"]) == (400, 1, 7)


def test_other_methods_are_405_with_the_ones_that_are_allowed(client: FlaskClient) -> None:
    response = client.put("/sparql", data=NAMES)
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "POST", "OPTIONS"}


def test_a_body_over_the_bound_is_413(client: FlaskClient) -> None:
    body = b"query=" + b"x" * (2 << 20)
    response = client.post("/sparql", data=body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert response.mimetype == "application/problem+json"


def test_a_query_shown_as_a_page_has_rows_links_and_downloads(client: FlaskClient) -> None:
    query = f"SELECT * {{ <{BASE}id/organisation/GB-LAE-MAN> ?property ?value }}"
    response = ask(client, query, BROWSER)
    assert (response.status_code, response.mimetype) == (200, "text/html")
    assert '<a class="govuk-link" href="/id/area/E08000003">Manchester</a>' in response.text
    assert "format=csv" in response.text
    assert response.headers["ETag"].startswith("W/")
    assert "Content-Disposition" not in response.headers


def test_what_a_page_shows_is_escaped(client: FlaskClient) -> None:
    response = ask(client, "SELECT ('<script>alert(1)</script>' AS ?x) {}", BROWSER)
    assert "<script>alert" not in response.text


@pytest.mark.parametrize(("query", "word"), [("ASK {}", "Yes"), ("ASK { <urn:a> ?p ?o }", "No")])
def test_an_ask_is_answered_in_a_word(client: FlaskClient, query: str, word: str) -> None:
    assert f'<p class="govuk-body-l">{word}</p>' in ask(client, query, BROWSER).text


def test_a_constructed_graph_is_shown_as_statements(client: FlaskClient) -> None:
    query = f"DESCRIBE <{BASE}id/area/E08000003>"
    text = ask(client, query, BROWSER).text
    assert '<th scope="col">predicate</th>' in text
    assert "E08000003" in text


def test_without_a_query_a_browser_gets_the_form(client: FlaskClient) -> None:
    response = client.get("/sparql", headers={"Accept": BROWSER})
    assert response.mimetype == "text/html"
    assert '<form class="gm-query" action="/sparql" method="get"' in response.text


def test_without_a_query_a_program_gets_the_service_description(client: FlaskClient) -> None:
    found = read_graph(client.get("/sparql").data, "ttl")
    language = URIRef(SD + "supportedLanguage")
    (service,) = found.subjects(language, URIRef(SD + "SPARQL11Query"))
    assert found.value(service, URIRef(SD + "endpoint")) == service
    dataset = found.value(service, URIRef(SD + "defaultDataset"))
    named = {
        str(found.value(graph, URIRef(SD + "name")))
        for graph in found.objects(dataset, URIRef(SD + "namedGraph"))
    }
    assert f"{BASE}graph/register" in named
    for name in ("nt", "rdf", "jsonld"):
        assert same(read_graph(client.get(f"/sparql?format={name}").data, name), found)


def test_the_description_s_result_formats_can_all_be_had(client: FlaskClient) -> None:
    found = read_graph(client.get("/sparql").data, "ttl")
    formats = {
        str(each).rpartition("/")[2] for each in found.objects(None, URIRef(SD + "resultFormat"))
    }
    words = {
        "SPARQL_Results_JSON": "json",
        "SPARQL_Results_XML": "xml",
        "SPARQL_Results_CSV": "csv",
        "SPARQL_Results_TSV": "tsv",
        "Turtle": "ttl",
        "N-Triples": "nt",
        "JSON-LD": "jsonld",
        "RDF_XML": "rdf",
        "TriG": "trig",
        "N-Quads": "nq",
    }
    assert formats == words.keys()
    for name, word in words.items():
        query = "SELECT * {}" if name.startswith("SPARQL") else "CONSTRUCT WHERE {}"
        assert ask(client, query, format=word).status_code == 200
