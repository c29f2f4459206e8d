"""`/queries`: the list of the questions, and each question as a page and as data."""

import csv
import json
import re
from datetime import UTC, datetime
from io import StringIO
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from rdflib import Graph
from rdflib.plugins.sparql.results.rdfresults import RDFResult
from werkzeug.test import TestResponse

from queries.query import Query, UnknownQueryError
from service.representations import GRAPHS, HTML, RESULTS
from tests.service.conftest import BASE, read_graph, same
from tests.service.page_tree import Element, Parsed

MANCHESTER = f"{BASE}id/organisation/GB-LAE-MAN"
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
PREFIXES = """PREFIX org: <http://www.w3.org/ns/org#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
TEXTS = {
    "competency/names": """#+ summary: What a body is called
#+ persona: resident
#+ question: L3
#+ parameter: body = organisation
SELECT ?body ?name WHERE { ?body skos:prefLabel ?name }""",
    "competency/bodies": """#+ summary: The bodies of one name or another
#+ persona: information architect
#+ question: A10, A2
#+ parameter: called = text, optional
#+ checked: checks/bodies
SELECT ?called ?body ?name ?isReal (IF(?isReal, ?nothing, "made up") AS ?note) WHERE {
  ?body a org:Organization ; skos:prefLabel ?label .
  BIND (STR(?label) AS ?name)
  FILTER (COALESCE(?name = ?called, true))
  BIND (?body = <https://data.greatermanchester.example/id/organisation/GB-LAE-MAN> AS ?isReal)
} ORDER BY ?body""",
    "checks/bodies": """#+ summary: bodies
#+ persona: a check
#+ parameter: called = text, optional
SELECT ?called (COUNT(?body) AS ?checked) WHERE {
  ?body a org:Organization ; skos:prefLabel ?label .
  FILTER (COALESCE(STR(?label) = ?called, true))
} GROUP BY ?called""",
    "competency/day": """#+ summary: The day that is asked of
#+ persona: information architect
#+ question: A3
#+ parameter: on = day, today: As of
#+ parameter: days = integer, 90
SELECT ?on ?days ?year WHERE { BIND (YEAR(?on) AS ?year) }""",
    "competency/nothing": """#+ summary: What there is none of
#+ persona: developer
#+ checked: checks/nothing
SELECT ?thing WHERE { ?thing a <urn:Unheard> }""",
    "checks/nothing": """#+ summary: unheard things
#+ persona: a check
SELECT (COUNT(?thing) AS ?checked) WHERE { ?thing a <urn:Unheard> }""",
    "competency/many": """#+ summary: More than a page holds
#+ persona: developer
SELECT ?a ?b ?c WHERE { ?s ?p ?a . ?t ?q ?b . ?u ?r ?c } LIMIT 10001""",
    "competency/is-there": """#+ summary: Whether there is a body
#+ persona: developer
ASK { ?body a org:Organization }""",
    "competency/graph": """#+ summary: What is said of Manchester’s name
#+ persona: linked-data consumer
CONSTRUCT WHERE {
  <https://data.greatermanchester.example/id/organisation/GB-LAE-MAN> skos:prefLabel ?name
}""",
    "competency/now": """#+ summary: What time it is
#+ persona: developer
SELECT (NOW() AS ?now) WHERE {}""",
}


def _read(name: str, text: str) -> Query:
    header = "".join(line for line in text.splitlines(keepends=True) if line.startswith("#+"))
    return Query.parse(name, header + PREFIXES + text.removeprefix(header))


QUERIES = {name: _read(name, text) for name, text in TEXTS.items()}


@pytest.fixture(autouse=True)
def our_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions of these tests in the place of those that the service answers."""

    def load(name: str) -> Query:
        if name not in QUERIES:
            raise UnknownQueryError(name)
        return QUERIES[name]

    monkeypatch.setattr("service.questions.load", load)
    monkeypatch.setattr("service.questions.all_queries", lambda: list(QUERIES.values()))


def page(client: FlaskClient, path: str, status: int = 200) -> Element:
    reply = client.get(path, headers={"Accept": "text/html"})
    assert reply.status_code == status
    assert reply.mimetype == "text/html"
    return Parsed(reply.text).root.one("main")


def asking(name: str, **values: str) -> str:
    return f"/queries/{name}" + (f"?{urlencode(values)}" if values else "")


def table(client: FlaskClient, path: str) -> list[list[str]]:
    reply = client.get(path, buffered=True)
    assert reply.status_code == 200
    assert reply.mimetype == "text/csv"
    return list(csv.reader(StringIO(reply.text)))


def test_the_questions_are_listed_by_who_asks_them_and_by_number(client: FlaskClient) -> None:
    root = page(client, "/queries")
    assert [each.text for each in root.all("h2")][:4] == [
        "Resident",
        "Developer",
        "Linked-data consumer",
        "Information architect",
    ]
    items = {
        each.one("a").attributes["href"]: each.text for each in root.all("li", class_="gm-question")
    }
    assert items["/queries/bodies"] == "The bodies of one name or another A10, A2"
    places = list(items)
    assert places.index("/queries/day") < places.index("/queries/bodies"), "3 comes before 10"
    assert not [href for href in items if "checks" in href]
    listed = client.get("/queries").get_json()["questions"]
    assert {each["href"] for each in listed} == set(items)
    (day,) = [each for each in listed if each["name"] == "day"]
    assert day == {
        "name": "day",
        "summary": "The day that is asked of",
        "persona": "information architect",
        "numbers": ["A3"],
        "audience": "public",
        "parameters": [
            {
                "name": "on",
                "type": "day",
                "required": False,
                "label": "As of",
                "default": "today",
            },
            {"name": "days", "type": "integer", "required": False, "default": "90"},
        ],
        "href": "/queries/day",
    }
    assert client.get("/queries/").status_code == 308


@pytest.mark.parametrize(
    "path",
    [
        "/queries/nobody",
        "/queries/checks/bodies",
        "/queries/checks%2Fbodies",
        "/queries/../checks/bodies",
        "/queries/bodies.pdf",
        "/queries/bodies.csv.csv",
        "/queries/Bodies",
    ],
)
def test_what_is_no_question_is_not_found(path: str, client: FlaskClient) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("value", ["GB-LAE-MAN", MANCHESTER])
def test_a_thing_is_named_by_its_key_or_its_iri(value: str, client: FlaskClient) -> None:
    assert table(client, "/queries/names.csv?" + urlencode({"body": value})) == [
        ["body", "name"],
        [MANCHESTER, "Manchester City Council"],
    ]


def test_without_a_value_that_it_needs_a_question_shows_its_form(client: FlaskClient) -> None:
    root = page(client, "/queries/names")
    assert root.one(class_="govuk-inset-text").text == (
        "The question needs an organisation to be asked of."
    )
    options = {each.attributes["value"]: each.text for each in root.one("select").all("option")}
    assert options[""] == "Choose one"
    assert options["GB-LAE-MAN"] == "Manchester City Council"
    assert not list(root.all("table"))
    for path in ("/queries/names.csv", "/queries/names?format=json", "/queries/names?body="):
        refused = client.get(path)
        assert refused.status_code == 400
        assert refused.mimetype == "application/problem+json"
        told = refused.get_json()
        assert told["detail"] == (
            "The parameter “body” is missing: the question is asked of an organisation."
        )
        assert told["parameters"] == ["body"]


@pytest.mark.parametrize(
    ("name", "query", "field", "part"),
    [
        (
            "names",
            "body=GB-LAE-MAN&colour=blue",
            "colour",
            "no parameter “colour”; it takes “body”.",
        ),
        ("nothing", "on=2025-01-01", "on", "no parameter “on”; it takes none."),
        ("names", "body=GB-LAE-MAN&body=GM-one", "body", "“body” is given twice."),
        ("names", "body=a&body=b&body=c", "body", "“body” is given 3 times."),
        ("day", "on=yesterday", "on", "“on” cannot be read. Enter a day that exists,"),
        ("day", "days=many", "days", "“days” cannot be read. “many” is no whole number from 0"),
        ("names", "body=a%3E+.+%7D", "body", "“body” cannot be read. “a> . }” names no"),
        ("names", "body=http://example.org/", "body", "“body” cannot be read."),
    ],
)
def test_a_field_at_fault_is_named(
    name: str, query: str, field: str, part: str, client: FlaskClient
) -> None:
    refused = client.get(f"/queries/{name}?{query}")
    assert refused.status_code == 400
    assert part in refused.get_json()["detail"]
    assert refused.get_json()["parameters"] == [field]
    root = page(client, f"/queries/{name}?{query}", 400)
    assert part in root.one(class_="govuk-error-summary").text
    places = [each.attributes["href"] for each in root.one(class_="govuk-error-summary").all("a")]
    fields = {each.name for each in QUERIES[f"competency/{name}"].parameters}
    assert places == ([f"#field-{field}"] if field in fields else [])
    for place in places:
        assert list(root.all(id=place.removeprefix("#")))


def test_bytes_that_are_no_text_are_refused(client: FlaskClient) -> None:
    assert client.get("/queries/bodies?called=%FF").status_code == 400


HOSTILE = (
    '" } ?s ?p ?o . { #',
    "'''",
    "\\",
    '"""',
    "\n} UNION { ?a ?b ?c",
    "<script>alert(1)</script>",
    "\x00\x1b",
    "=HYPERLINK(1)",
)


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_cannot_change_the_query(value: str, client: FlaskClient) -> None:
    path = "/queries/bodies.csv?" + urlencode({"called": value})
    assert table(client, path) == [["called", "body", "name", "isReal", "note"]]
    root = page(client, asking("bodies", called=value))
    assert not list(root.all("script"))
    assert root.one("input").attributes["value"].replace("\n", "") == value.replace("\n", "")
    shown = root.one("pre").text_as_written
    assert client.post("/sparql", data={"query": shown, "format": "csv"}).text.splitlines() == [
        "called,body,name,isReal,note"
    ]


def test_the_rows_of_the_page_are_those_of_the_data(client: FlaskClient) -> None:
    header, *rows = table(client, "/queries/bodies.csv")
    root = page(client, "/queries/bodies")
    assert [each.text for each in root.all("th", scope="col")] == [
        "Body",
        "Is real",
        "Note",
    ], "names are on the links already"
    shown = [[each.text for each in row.all("td")] for row in root.one("tbody").all("tr")]
    assert len(shown) == len(rows) > 5
    assert header == ["called", "body", "name", "isReal", "note"]
    body, _, note = next(row for row in shown if row[1] == "Yes")
    assert note == "not recorded, or not shown"
    link = next(
        a for a in root.one("tbody").all("a") if a.text == body == "Manchester City Council"
    )
    assert link.attributes["href"] == "/id/organisation/GB-LAE-MAN"
    assert {row[1] for row in shown} == {"Yes", "No"}
    assert [row[3] for row in rows if row[1] == MANCHESTER] == ["true"]
    assert [row[4] for row in rows if row[1] == MANCHESTER] == [""]
    assert root.one(class_="gm-found").text == f"{len(rows)} rows. {len(rows)} bodies were checked."


def test_what_the_form_says_already_is_no_column(client: FlaskClient) -> None:
    root = page(client, asking("bodies", called="Manchester City Council"))
    assert [each.text for each in root.all("th", scope="col")] == [
        "Body",
        "Is real",
        "Note",
    ]
    assert root.one(class_="gm-found").text == "1 row. Of bodies, 1 was checked."


def test_no_rows_are_told_with_what_was_looked_at(client: FlaskClient) -> None:
    root = page(client, "/queries/nothing")
    assert root.one(class_="gm-found").text == (
        "0 rows. There were no unheard things to check, so this says nothing of them."
    )
    assert not list(root.all("table"))


def test_a_page_says_whose_data_it_asked_of_when_and_how_long_it_took(client: FlaskClient) -> None:
    notes = [each.text for each in page(client, "/queries/bodies").all("p", class_="gm-note")]
    assert notes[0] == "Asked by: information architect (A10, A2)"
    assert notes[1].startswith(
        "Asked of what the public may see, as of 2 January 2025, 03:04 UTC. "
        "There may be more that you may not see. Answered in "
    )


def test_a_thing_that_the_release_does_not_know_is_told_of(client: FlaskClient) -> None:
    root = page(client, asking("names", body="GM-nobody"))
    notes = [each.text for each in root.all("p", class_="gm-note")]
    assert f"This release says nothing of {BASE}id/organisation/GM-nobody." in notes
    (chosen,) = [each for each in root.one("select").all("option") if "selected" in each.attributes]
    assert chosen.attributes["value"] == "GM-nobody"


def test_the_query_is_shown_with_its_values_and_runs_as_shown(client: FlaskClient) -> None:
    root = page(client, asking("names", body="GB-LAE-MAN"))
    text = root.one("pre").text_as_written
    assert f"VALUES ?body {{ <{MANCHESTER}> }}" in text
    assert "#+" not in text
    editor = next(a for a in root.all("a") if a.text == "Open it in the editor")
    assert parse_qs(urlsplit(editor.attributes["href"]).query)["query"] == [text]
    ran = client.get(editor.attributes["href"], headers={"Accept": "text/csv"})
    assert ran.data == client.get("/queries/names.csv?body=GB-LAE-MAN").data


def test_a_question_of_today_says_so_and_is_kept_by_nobody(client: FlaskClient) -> None:
    today = datetime.now(UTC).date().isoformat()
    assert table(client, "/queries/day.csv") == [["on", "days", "year"], [today, "90", today[:4]]]
    kept = {
        path: client.get(path).headers["Cache-Control"]
        for path in ("/queries/day", "/queries/day?on=2025-01-01")
    }
    assert kept == {
        "/queries/day": "no-store",
        "/queries/day?on=2025-01-01": "public, no-cache",
    }
    root = page(client, "/queries/day")
    values = {each.attributes["name"]: each.attributes for each in root.all("input")}
    assert (values["on"]["value"], values["on"]["type"]) == (today, "date")
    assert (values["days"]["value"], values["days"]["type"]) == ("90", "number")
    assert [each.text for each in root.all("label")] == ["As of", "Days"]
    assert root.one("dl", class_="gm-asked").text == f"As of: {today}Days: 90"
    downloads = [a.attributes["href"] for a in root.one(class_="gm-formats").all("a")]
    assert f"/queries/day.csv?on={today}&days=90" in downloads


def test_the_tag_of_an_answer_names_the_day(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    tags = []
    for day in (1, 2, 2):
        date = datetime(2025, 1, day, tzinfo=UTC).date()
        monkeypatch.setattr("service.questions._today", lambda date=date: date)
        tags.append(client.get("/queries/day.csv").headers["ETag"])
    assert tags[0] != tags[1] == tags[2]
    assert all(tag.startswith("W/") for tag in tags)


def test_an_unchanged_answer_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/queries/names.csv?body=GB-LAE-MAN")
    again = client.get(
        "/queries/names.csv?body=GB-LAE-MAN", headers={"If-None-Match": first.headers["ETag"]}
    )
    other = client.get(
        "/queries/names.csv?body=GM-one", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (first.status_code, again.status_code, other.status_code) == (200, 304, 200)
    assert client.get("/queries/now.csv").headers["Cache-Control"] == "no-store"


def test_a_page_holds_some_rows_and_the_downloads_all(client: FlaskClient) -> None:
    root = page(client, "/queries/many")
    assert root.one(class_="gm-found").text == "More than 10,000 rows."
    assert len(list(root.one("tbody").all("tr"))) == 500
    assert "The table has the first 500." in root.text
    assert len(table(client, "/queries/many.csv")) == 10_002
    graph = client.get("/queries/many.nt", buffered=True)
    assert graph.data.count(f"<{RS}solution>".encode()) == 10_001


def test_a_truth_value_is_told_in_a_word(client: FlaskClient) -> None:
    assert page(client, "/queries/is-there").one(class_="govuk-body-l").text == "Yes"
    assert client.get("/queries/is-there.json").get_json()["boolean"] is True
    found = list(parse(client.get("/queries/is-there.nt").data, RdfFormat.N_TRIPLES))
    assert any(
        each.predicate.value == f"{RS}boolean" and each.object.value == "true" for each in found
    )


@pytest.mark.parametrize("form", [*RESULTS, *GRAPHS], ids=lambda each: each.name)
def test_a_question_has_every_form_by_suffix_by_word_and_by_accept(
    form: object, client: FlaskClient
) -> None:
    name, media_type = form.name, form.media_type  # type: ignore[attr-defined]
    by_suffix = client.get(f"/queries/names.{name}?body=GB-LAE-MAN")
    by_word = client.get(f"/queries/names?body=GB-LAE-MAN&format={name}")
    by_accept = client.get("/queries/names?body=GB-LAE-MAN", headers={"Accept": media_type})
    assert by_suffix.mimetype == media_type
    assert by_suffix.data == by_word.data == by_accept.data
    assert by_suffix.headers["Content-Disposition"] == f'inline; filename="names.{name}"'


def test_the_result_set_is_one_graph_in_each_syntax_and_another_program_reads_it(
    client: FlaskClient,
) -> None:
    document = f"{BASE}queries/names?body=GB-LAE-MAN"
    bodies = {
        each.name: client.get(f"/queries/names.{each.name}?body=GB-LAE-MAN").data for each in GRAPHS
    }
    whole, row = NamedNode(f"{document}#results"), NamedNode(f"{document}#row-1")
    first, second = (NamedNode(f"{document}#row-1-{name}") for name in ("body", "name"))

    def rs(name: str) -> NamedNode:
        return NamedNode(RS + name)

    integer = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    rdf_type = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    found = {quad.triple for quad in parse(bodies["nt"], RdfFormat.N_TRIPLES)}
    assert found == {
        Triple(whole, rdf_type, rs("ResultSet")),
        Triple(whole, rs("resultVariable"), Literal("body")),
        Triple(whole, rs("resultVariable"), Literal("name")),
        Triple(whole, rs("solution"), row),
        Triple(row, rs("index"), Literal("1", datatype=integer)),
        Triple(row, rs("binding"), first),
        Triple(first, rs("variable"), Literal("body")),
        Triple(first, rs("value"), NamedNode(MANCHESTER)),
        Triple(row, rs("binding"), second),
        Triple(second, rs("variable"), Literal("name")),
        Triple(second, rs("value"), Literal("Manchester City Council", language="en")),
    }
    graphs = [read_graph(body, name) for name, body in bodies.items()]
    assert all(same(graphs[0], each) for each in graphs)
    result = RDFResult(graphs[0])
    assert [{str(k): str(v) for k, v in each.items()} for each in result.bindings] == [
        {"body": MANCHESTER, "name": "Manchester City Council"}
    ]


def test_a_graph_is_had_as_a_graph(client: FlaskClient) -> None:
    reply = client.get("/queries/graph")
    assert reply.mimetype == "text/turtle"
    expected = Graph().parse(
        data=f"<{MANCHESTER}> <http://www.w3.org/2004/02/skos/core#prefLabel> "
        '"Manchester City Council"@en .'
    )
    assert same(read_graph(reply.data, "ttl"), expected)
    root = page(client, "/queries/graph")
    assert [each.text for each in root.all("th", scope="col")] == ["Subject", "Predicate", "Object"]
    assert root.one(class_="gm-found").text == "1 statement."
    assert client.get("/queries/graph.csv").status_code == 406


def test_the_json_is_sparql_results_with_what_is_not_bound_left_out(client: FlaskClient) -> None:
    body = json.loads(client.get("/queries/bodies.json").data)
    (ours,) = [each for each in body["results"]["bindings"] if each["body"]["value"] == MANCHESTER]
    assert "note" not in ours
    assert ours["isReal"]["value"] == "true"


def links_of(reply: TestResponse) -> dict[str, str]:
    """The other forms that an answer's Link fields name, by media type."""
    found = re.findall(
        r'<([^>]*)>; rel="alternate"; type="([^"]*)"', ", ".join(reply.headers.getlist("Link"))
    )
    return {media_type: target for target, media_type in found}


@pytest.mark.parametrize("name", ["names", "graph", "now"])
@pytest.mark.parametrize("accept", ["text/html", "text/turtle"])
def test_an_answer_names_its_other_forms(name: str, accept: str, client: FlaskClient) -> None:
    query = "?body=GB-LAE-MAN" if name == "names" else ""
    reply = client.get(f"/queries/{name}{query}", headers={"Accept": accept})
    forms = (*(GRAPHS if name == "graph" else (*RESULTS, *GRAPHS)), HTML)
    links = links_of(reply)
    assert links == {
        each.media_type: f"/queries/{name}.{each.name}{query}"
        for each in forms
        if each.media_type != accept
    }
    for media_type, target in links.items():
        assert client.get(target).mimetype == media_type


def test_what_is_no_answer_has_no_other_forms(client: FlaskClient) -> None:
    for path in ("/queries/names", "/queries/names?colour=blue"):
        assert links_of(client.get(path, headers={"Accept": "text/html"})) == {}


def test_the_other_forms_of_a_question_of_today_name_the_day(client: FlaskClient) -> None:
    today = datetime.now(UTC).date().isoformat()
    links = links_of(client.get("/queries/day.csv"))
    assert links["text/turtle"] == f"/queries/day.ttl?on={today}&days=90"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/queries/bodies.csv?format=ttl", 400),
        ("/queries/bodies.html?format=json", 400),
        ("/queries/bodies.ttl?format=xml", 400),
        ("/queries/bodies.csv?format=csv", 200),
        ("/queries/bodies.ttl?format=turtle", 200),
    ],
)
def test_a_suffix_and_a_word_that_contradict_each_other_are_refused(
    path: str, status: int, client: FlaskClient
) -> None:
    reply = client.get(path)
    assert reply.status_code == status
    if status == 400:
        assert reply.get_json()["title"] == "The address asks for two forms."


@pytest.mark.parametrize("value", [" ", "+", "%09"])
def test_a_field_of_blanks_is_left_empty(value: str, client: FlaskClient) -> None:
    assert client.get(f"/queries/names.csv?body={value}").status_code == 400
    assert table(client, f"/queries/bodies.csv?called={value}") == table(
        client, "/queries/bodies.csv"
    )


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_can_be_asked_of(on: str, client: FlaskClient) -> None:
    query = f"on={on}&days=999999999"
    assert page(client, f"/queries/day?{query}").one("tbody").text.endswith(str(int(on[:4])))
    assert table(client, f"/queries/day.csv?{query}")[1] == [on, "999999999", str(int(on[:4]))]
