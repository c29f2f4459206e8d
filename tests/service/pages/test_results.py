"""The result of a query as a page shows it."""

import json
from urllib.parse import urlencode

import pytest

from service.pages.results import ROWS_SHOWN, ResultsView, view_results
from service.query_runner import Answer, QueryJob
from service.representations import JSON, NT
from service.sparql import read_query_request
from service.store import Release
from tests.service.conftest import BASE
from tests.service.in_process_runner import InProcessRunner


def view(release: Release, runner: InProcessRunner, query: str) -> ResultsView:
    asked = read_query_request("GET", urlencode({"query": query}), None, b"", "text/html")
    assert asked.form is not None
    representation = NT if asked.form.gives_graph else JSON
    return view_results(
        release, asked, runner.run_blocking(QueryJob(release, query, representation))
    )


def test_a_cell_has_a_link_a_label_a_language_or_a_datatype(
    release: Release, runner: InProcessRunner
) -> None:
    query = (
        f"SELECT ?a ?b ?c ?d ?e {{ VALUES (?a ?b ?c ?d ?e) {{ "
        f'(<{BASE}id/area/E08000003> "plain" "cy"@cy 1 UNDEF) }} }}'
    )
    found = view(release, runner, query)
    assert found.columns == ("a", "b", "c", "d", "e")
    area, plain, welsh, number, nothing = found.rows[0]
    assert area is not None
    assert (area.href, area.label) == ("/id/area/E08000003", "Manchester")
    assert plain is not None
    assert (plain.text, plain.language, plain.datatype) == ("plain", None, None)
    assert welsh is not None
    assert welsh.language == "cy"
    assert number is not None
    assert number.datatype == "xsd:integer"
    assert nothing is None


@pytest.mark.parametrize(("rows", "complete"), [(ROWS_SHOWN, True), (ROWS_SHOWN + 1, False)])
def test_a_page_shows_a_bounded_number_of_rows_and_says_when_there_are_more(
    release: Release, rows: int, complete: bool
) -> None:
    asked = read_query_request("GET", "query=SELECT*%7B%7D", None, b"", "text/html")
    bindings = [{"n": {"type": "literal", "value": str(n)}} for n in range(rows)]
    body = json.dumps({"head": {"vars": ["n"]}, "results": {"bindings": bindings}}).encode()
    found = view_results(release, asked, Answer(body, None, len(body)))
    assert (len(found.rows), found.complete) == (ROWS_SHOWN, complete)


def test_a_graph_is_shown_as_statements(release: Release, runner: InProcessRunner) -> None:
    found = view(release, runner, f"DESCRIBE <{BASE}id/area/E08000003>")
    assert found.columns == ("subject", "predicate", "object")
    assert len(found.rows) == 3
    assert {each.title for each in found.downloads} >= {"Turtle", "N-Quads"}


def test_a_truth_value_has_no_rows(release: Release, runner: InProcessRunner) -> None:
    found = view(release, runner, "ASK {}")
    assert (found.truth, found.rows, found.columns) == (True, (), ())


def test_a_download_asks_the_same_of_the_same_dataset(release: Release) -> None:
    query_string = "query=ASK%7B%7D&default-graph-uri=urn:a&named-graph-uri=urn:b"
    asked = read_query_request("GET", query_string, None, b"", "text/html")
    body = b'{"head":{},"boolean":true}'
    (csv,) = [
        each.href
        for each in view_results(release, asked, Answer(body, None, len(body))).downloads
        if each.title == "CSV"
    ]
    again = read_query_request("GET", csv.partition("?")[2], None, b"", None)
    assert again.representation.name == "csv"
    assert (again.query, again.default_graphs, again.named_graphs) == (
        asked.query,
        asked.default_graphs,
        asked.named_graphs,
    )
