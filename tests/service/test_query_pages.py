"""The query form and the pages of results."""

from urllib.parse import parse_qs, urlsplit

from flask.testing import FlaskClient
from pyoxigraph import Literal

from ontology.namespaces import PREFIXES
from tests.service.conftest import BASE
from tests.service.conftest_pages import asking, client, page, town

__all__ = ["client", "town"]

HOSTILE = "<script>alert(1)</script> \"quoted\" 'single' & </textarea>"


def test_the_form_offers_the_competency_questions_ready_to_run(client: FlaskClient) -> None:
    examples = [
        each.attributes["href"]
        for each in page(client, "/sparql").all("a")
        if each.attributes["href"].startswith("/sparql?query=")
    ]
    assert len(examples) >= 5
    for href in examples:
        assert client.get(href.partition("#")[0]).status_code == 200
        (query,) = parse_qs(urlsplit(href).query)["query"]
        area = page(client, href.partition("#")[0]).one("textarea")
        assert area.text == " ".join(query.split())


def test_the_editors_vocabulary_is_the_terms_that_are_explained_here(client: FlaskClient) -> None:
    reply = client.get("/vocabulary.json")
    assert reply.mimetype == "application/json"
    found = reply.get_json()
    assert found["prefixes"] == dict(PREFIXES)
    assert {"prefix": "gm", "name": "administers", "label": "administers", "kind": "property"} in (
        found["terms"]
    )
    area = page(client, "/sparql").one("textarea")
    assert area.attributes["data-vocabulary"] == "/vocabulary.json"


def test_a_result_says_how_many_rows_it_has_and_how_long_it_took(client: FlaskClient) -> None:
    caption = page(client, asking("SELECT * { ?s ?p ?o } LIMIT 2")).one("caption").text
    count, _, took = caption.partition(", in ")
    assert count == "2 rows"
    assert took.split()[1] in ("ms", "seconds")
    one = page(client, asking("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1")).one("caption").text
    assert one.startswith("1 statement,")


def test_a_result_shows_terms_under_their_labels_and_by_their_names(client: FlaskClient) -> None:
    iri = f"{BASE}id/organisation/GB-LAE-MAN"
    query = (
        f"SELECT * {{ VALUES (?a ?b ?c ?d ?e ?f) {{ (<{iri}> <{PREFIXES['gm']}LocalAuthority> "
        f'<javascript:alert(1)> 7 "x"@cy UNDEF) }} }}'
    )
    cells = list(page(client, asking(query)).one("tbody").all("td"))
    assert [each.text for each in cells] == [
        "Manchester City Council id/organisation/GB-LAE-MAN",
        "local authority gm:LocalAuthority",
        "javascript:alert(1)",
        "7",
        "x @cy",
        "no value",
    ]
    assert "govuk-table__cell--numeric" in cells[3].attributes["class"]
    assert cells[2].one("a").attributes["href"].startswith("/resource?iri=javascript:")


def test_an_empty_result_is_told_and_not_just_shown(client: FlaskClient) -> None:
    root = page(client, asking("SELECT * { <urn:a> ?p ?o }"))
    assert "The query has no results" in root.one(id="results").text
    assert not list(root.all("table"))


def test_a_fault_stands_beside_the_query_with_its_place(client: FlaskClient) -> None:
    root = page(client, asking("SELECT *\nWHERE { ?s ?p . ?o }"))
    summary = root.one(class_="govuk-error-summary")
    assert summary.one("a").attributes["href"] == "#query"
    assert "line 2, column 17" in summary.text.lower()
    area = root.one("textarea")
    assert (area.attributes["data-error-line"], area.attributes["data-error-column"]) == ("2", "17")


def test_a_hostile_query_stays_in_its_text_area(client: FlaskClient) -> None:
    literal = str(Literal(HOSTILE))
    root = page(client, asking(f"SELECT ({literal} AS ?x) {{}}"))
    assert root.one("textarea").text == f"SELECT ({literal} AS ?x) {{}}"
    assert root.one("tbody").text == HOSTILE
    assert not list(root.one("main").all("script"))
