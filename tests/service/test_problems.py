"""The problems in an organisation's records: page, CSV and workbook, for each audience its own."""

import csv
import io
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from loaders.audience import Audience
from loaders.directory import initialise
from loaders.publish import publish
from service.app import create_app
from service.problem_finding import Fix, RecordProblem, best_fixes, told_of_row
from service.settings import Settings
from tests.loaders.staged_turtle import stage_turtle
from tests.service.conftest import ASSETS
from tests.service.in_process_runner import InProcessRunner

TITLE = '=HYPERLINK("https://evil.example/")'
RECORDS = f"""
    <id/organisation/GB-EX-1> a org:Organization ; skos:prefLabel "Exampleton Council"@en .
    <id/organisation/GB-EX-2> a org:Organization ; skos:prefLabel "Tidy Trust"@en .
    <id/dataset/s/1> a dcat:Dataset, dcat:Resource, prov:Entity ; dct:identifier "1" ;
        dct:title "{TITLE.replace('"', chr(92) + '"')}"@en ; dct:description "All trees."@en ;
        dct:publisher <id/organisation/GB-EX-1> .
"""
HIDDEN = "<id/dataset/s/1> dct:license <https://licence.example/> ."


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    directory = initialise(tmp_path_factory.mktemp("problems") / "var")
    stage_turtle(directory, "s", RECORDS, Audience.PUBLIC)
    publish(directory)
    return create_app(Settings(data=directory.path), InProcessRunner(), ASSETS).test_client()


def rows(client: FlaskClient, key: str = "GB-EX-1") -> list[dict[str, str]]:
    reply = client.get(f"/problems/{key}.csv")
    assert (reply.status_code, reply.mimetype) == (200, "text/csv")
    assert reply.headers["Content-Disposition"] == f'attachment; filename="problems-{key}.csv"'
    return list(csv.DictReader(io.StringIO(reply.get_data(as_text=True))))


def test_each_thing_that_a_record_lacks_is_a_row(client: FlaskClient) -> None:
    found = {row["not recorded"]: row["what it lowers"] for row in rows(client)}
    assert found == {
        "conforms to": "Standards of the community",
        "contact point": "Completeness of the record, Described by many relevant attributes",
        "date modified": "Completeness of the record",
        "distribution": "Completeness of the record, Retrievable by its identifier",
        "frequency of update": (
            "Completeness of the record, Described by many relevant attributes"
        ),
        "is part of": "Qualified references to other things",
        "licence": "Clear licence, Completeness of the record",
        "source": "Detailed provenance",
        "spatial coverage": "Completeness of the record, Described by many relevant attributes",
        "temporal coverage": "Described by many relevant attributes",
        "theme": "Completeness of the record, Rich description",
    }
    assert {row["title"] for row in rows(client)} == {TITLE}


def test_the_page_has_the_five_most_useful_fixes_first(client: FlaskClient) -> None:
    page = client.get("/problems/GB-EX-1", headers={"Accept": "text/html"}).get_data(as_text=True)
    assert page.count("for 1 record.") == 5
    assert "11 problems were found." in page
    assert "Record “contact point” for 1 record." in page


def test_the_workbook_has_no_formula(client: FlaskClient) -> None:
    book = load_workbook(io.BytesIO(client.get("/problems/GB-EX-1.xlsx").data))
    assert book.sheetnames == ["Most useful fixes", "Problems"]
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n"}  # an empty one is “n”
    assert TITLE in {cell.value for cell in cells}
    assert book["Most useful fixes"].max_row == 6


def test_an_organisation_without_records_has_no_problem_and_an_unknown_one_no_page(
    client: FlaskClient,
) -> None:
    assert rows(client, "GB-EX-2") == []
    page = client.get("/problems/GB-EX-2", headers={"Accept": "text/html"})
    assert "No problem was found in what you may see." in page.get_data(as_text=True)
    for path in ("GB-EX-9", "GB-EX-9.csv", "GB-EX-1.ods", "GB-EX-1/x", ""):
        assert client.get(f"/problems/{path}").status_code == 404


def test_pages_lead_to_the_problems_and_tell_what_was_measured(client: FlaskClient) -> None:
    html = {"Accept": "text/html"}
    council = client.get("/doc/organisation/GB-EX-1", headers=html).get_data(as_text=True)
    assert 'href="/problems/GB-EX-1"' in council
    tidy = client.get("/doc/organisation/GB-EX-2", headers=html).get_data(as_text=True)
    assert "/problems/" not in tidy
    assert "How good this record is" not in tidy
    dataset = client.get("/doc/dataset/s/1", headers=html).get_data(as_text=True)
    assert "4 of 11 FAIR indicators that could be measured are met." in dataset
    assert ">not measured<" in dataset


def test_nobody_is_told_that_something_is_missing_which_is_hidden(tmp_path: Path) -> None:
    directory = initialise(tmp_path / "var")
    stage_turtle(directory, "s", RECORDS, Audience.PUBLIC)
    stage_turtle(directory, "t", HIDDEN, Audience.INTERNAL)
    publish(directory)
    client = create_app(Settings(data=directory.path), InProcessRunner(), ASSETS).test_client()
    assert rows(client) == []


def test_fixes_are_ordered_by_what_they_raise() -> None:
    def problem(label: str, thing: str, *measures: str) -> RecordProblem:
        return RecordProblem(thing, "T", f"urn:{label}", label, measures, "")

    found = [problem("a", "1", "x"), problem("b", "1", "x", "y"), problem("a", "2", "z")]
    assert best_fixes(found) == (Fix("a", 2, ("x", "z")), Fix("b", 1, ("x", "y")))
    assert [each.told for each in best_fixes(found)] == [
        "Record “a” for 2 records.",
        "Record “b” for 1 record.",
    ]
    assert len(best_fixes([problem(str(n), "1", "x") for n in range(9)])) == 5


@pytest.mark.parametrize(
    ("origin", "told"),
    [
        ("urn:b/s/snapshot/a%20b.csv/20260101T000000Z#row=12", "a b.csv, row 12"),
        (
            "urn:b/s/snapshot/a.xlsx/20260101T000000Z#sheet=My%20list&row=3",
            "a.xlsx, sheet My list, row 3",
        ),
        ("urn:b/s/snapshot/a.json/20260101T000000Z#item=4", "a.json, item 4"),
    ],
)
def test_an_origin_is_told_as_a_file_and_a_row(origin: str, told: str) -> None:
    assert told_of_row(origin) == told
