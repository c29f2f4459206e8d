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
from service.load_issues import place_of, without_value
from service.problem_finding import ProblemKind, RecordProblem, best_fixes, kinds_of
from service.problem_tables import as_cell
from service.settings import Settings
from service.token_file import TokenFile
from tests.gap_round import declare, gmkg
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
    found = {row["about"].rpartition("/")[2]: row["what it lowers"] for row in rows(client)}
    assert {row["what to do"].split("“")[0] for row in rows(client)} == {"Record "}
    assert {row["problem"] for row in rows(client)} >= {"“contact point” is not recorded."}
    assert found == {
        "conformsTo": "Standards of the community",
        "dcat#contactPoint": "Completeness of the record, Described by many relevant attributes",
        "modified": "Completeness of the record",
        "dcat#distribution": "Completeness of the record, Retrievable by its identifier",
        "accrualPeriodicity": ("Completeness of the record, Described by many relevant attributes"),
        "isPartOf": "Qualified references to other things",
        "license": "Clear licence, Completeness of the record",
        "source": "Detailed provenance",
        "spatial": "Completeness of the record, Described by many relevant attributes",
        "temporal": "Described by many relevant attributes",
        "dcat#theme": "Completeness of the record, Rich description",
    }
    assert {row["title"] for row in rows(client)} == {f"'{TITLE}"}


def test_no_cell_of_the_csv_is_taken_for_a_formula(client: FlaskClient) -> None:
    cells = [cell for row in rows(client) for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_the_page_has_the_five_most_useful_fixes_first(client: FlaskClient) -> None:
    page = client.get("/problems/GB-EX-1", headers={"Accept": "text/html"}).get_data(as_text=True)
    assert page.count("(1 record). It raises:") == 5
    assert "Records looked at: 1. Problems found: 11." in page
    assert "Record “contact point” (1 record). It raises: " in page
    assert page.count("is not recorded.</th>") == 11  # a row for each kind of problem
    assert "What loading found" not in page
    assert "/gaps/" not in page


def test_the_workbook_has_no_formula(client: FlaskClient) -> None:
    book = load_workbook(io.BytesIO(client.get("/problems/GB-EX-1.xlsx").data))
    assert book.sheetnames == ["Most useful fixes", "Counts", "Problems"]
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n"}  # an empty one is “n”
    assert TITLE in {cell.value for cell in cells}
    assert book["Most useful fixes"].max_row == 6


def test_an_organisation_without_records_has_no_problem_and_an_unknown_one_no_page(
    client: FlaskClient,
) -> None:
    assert rows(client, "GB-EX-2") == []
    page = client.get("/problems/GB-EX-2", headers={"Accept": "text/html"})
    assert "Nothing was measured that you may see:" in page.get_data(as_text=True)
    assert "Records looked at" not in page.get_data(as_text=True)
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
    for note in (
        "Never measured: nothing is recorded of the vocabularies that the data use.",
        "Not measured: nobody looks into the data, and nobody compares them",
        "Met where a licence is recorded as a web address.",
        "The share of the fields asked for in a record of this kind that have a value.",
    ):
        assert note in dataset


def test_nobody_is_told_that_something_is_missing_which_is_hidden(tmp_path: Path) -> None:
    directory = initialise(tmp_path / "var")
    stage_turtle(directory, "s", RECORDS, Audience.PUBLIC)
    stage_turtle(directory, "t", HIDDEN, Audience.INTERNAL)
    publish(directory)
    client = create_app(Settings(data=directory.path), InProcessRunner(), ASSETS).test_client()
    assert rows(client) == []


FAULTY = """
    <id/organisation/GB-EX-1> a org:Organization ; skos:prefLabel "Exampleton Council"@en .
    <id/dataset/s/1> a dcat:Dataset, dcat:Resource, prov:Entity ; dct:title "Trees"@en ;
        dct:publisher <id/organisation/GB-EX-1> ; dcat:landingPage <ftp://exampleton.example/> ;
        dct:issued "2022-02-01"^^xsd:date ; dct:modified "2021-02-01"^^xsd:date .
    <id/dataset/s/2> a dcat:Dataset, dcat:Resource, prov:Entity ; dct:title "trees "@en ;
        dct:publisher <id/organisation/GB-EX-1> .
"""


def test_what_is_recorded_and_keeps_a_measurement_from_being_met_is_a_problem_too(
    tmp_path: Path,
) -> None:
    directory = initialise(tmp_path / "var")
    stage_turtle(directory, "s", FAULTY, Audience.PUBLIC)
    publish(directory)
    client = create_app(Settings(data=directory.path), InProcessRunner(), ASSETS).test_client()
    found = [
        (row["thing"].rpartition("/")[2], row["problem"], row["what to do"], row["what it lowers"])
        for row in rows(client)
        if "not met" in row["problem"]
    ]
    double = "Give the record a title of its own, or end the one that repeats another."
    assert sorted(found) == [
        (
            "1",
            "“Dates in order” is not met.",
            "Correct the date of issue or of the last change: the change lies before the issue.",
            "Dates in order",
        ),
        ("1", "“No double” is not met.", double, "No double"),
        (
            "1",
            "“Open protocol” is not met.",
            "Offer the data at an address that begins with https:// and record that one.",
            "Open protocol",
        ),
        ("2", "“No double” is not met.", double, "No double"),
    ]


BODIES = "key,name,type,homepage\nGB-EX-1,Exampleton Council,MD,\n"
DATASETS = """key,title,description,publisher,modified
trees,Trees,All trees.,GB-EX-1,yesterday
,Ponds,All ponds.,GB-EX-1,2026-01-01
parks,Parks,All parks.,GB-EX-1,2026-01-01
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of a council with a value that is withheld in row 2, and row 3 left out."""
    data = tmp_path_factory.mktemp("loaded") / "var"
    assert gmkg(data, "init").exit_code == 0
    by = '[publisher]\nkey = "GB-EX-1"\nname = "Exampleton Council"\n'
    declare(data, "bodies", "organisation-csv", {"bodies.csv": BODIES.encode()}, "public")
    files = {"datasets.csv": DATASETS.encode()}
    declare(data, "trees", "dataset-csv", files, "public", by)
    for command in (("load", "bodies"), ("load", "trees"), ("publish",)):
        done = gmkg(data, *command)
        assert done.exit_code == 0, done.output
    return data


def test_staff_are_told_what_loading_found_in_the_rows_of_an_organisation(loaded: Path) -> None:
    client = create_app(Settings(data=loaded), InProcessRunner(), ASSETS).test_client()
    staff = {"Authorization": f"Bearer {TokenFile(loaded).create('steward', 1, 'a test')[1]}"}
    reply = client.get("/problems/GB-EX-1.xlsx", headers=staff)
    sheet = load_workbook(io.BytesIO(reply.data))["Found while loading"]
    found = [row[:3] + row[4:] for row in sheet.iter_rows(min_row=2, values_only=True)]
    trees = "https://data.greatermanchester.example/id/dataset/trees/trees"
    assert (trees, "trees: datasets.csv, row 2", "modified", "value withheld") in found
    assert (None, "trees: datasets.csv, row 3", "key", "record left out") in found
    html = {"Accept": "text/html", **staff}
    page = client.get("/problems/GB-EX-1", headers=html).get_data(as_text=True)
    assert "What loading found" in page
    assert "datasets.csv, row 3" in page
    assert 'href="/gaps/GB-EX-1"' in page
    gaps = client.get("/gaps/GB-EX-1", headers=html).get_data(as_text=True)
    assert 'href="/problems/GB-EX-1"' in gaps


@pytest.mark.parametrize("role", [None, "partner"])
def test_nobody_but_staff_is_told_what_loading_found(role: str | None, loaded: Path) -> None:
    client = create_app(Settings(data=loaded), InProcessRunner(), ASSETS).test_client()
    token = TokenFile(loaded).create(role, 1, "a test")[1] if role else ""
    headers = {"Authorization": f"Bearer {token}"} if role else {}
    book = load_workbook(io.BytesIO(client.get("/problems/GB-EX-1.xlsx", headers=headers).data))
    assert book.sheetnames == ["Most useful fixes", "Counts", "Problems"]
    for path in ("GB-EX-1", "GB-EX-1.csv"):
        reply = client.get(f"/problems/{path}", headers=headers)
        assert reply.status_code == 200
        assert "left out" not in reply.get_data(as_text=True)


def test_kinds_of_problems_are_ordered_by_what_they_raise() -> None:
    def problem(label: str, thing: str, *measures: str) -> RecordProblem:
        alone = tuple(each for each in measures if each != "with others")
        about, to_do = f"urn:{label}", f"Mend {label}."
        return RecordProblem(thing, "T", about, label, to_do, measures, alone, "")

    found = [problem("a", "1", "x"), problem("b", "1", "x", "y"), problem("a", "2", "z")]
    assert kinds_of(found) == (
        ProblemKind("a", "Mend a.", 2, ("x", "z"), ("x", "z")),
        ProblemKind("b", "Mend b.", 1, ("x", "y"), ("x", "y")),
    )
    less = [problem("a", "1", "with others", "x"), problem("b", "1", "x", "y")]
    assert [(each.problem, each.measures, each.raises) for each in kinds_of(less)] == [
        ("b", ("x", "y"), ("x", "y")),
        ("a", ("with others", "x"), ("x",)),
    ]
    assert [each.told for each in kinds_of(found)] == ["Mend a (2 records).", "Mend b (1 record)."]
    nine = [problem(str(n), "1", "x") for n in range(9)]
    assert (len(kinds_of(nine)), len(best_fixes(nine))) == (9, 5)


@pytest.mark.parametrize(
    ("origin", "place"),
    [
        ("urn:b/s/snapshot/a%20b.csv/20260101T000000Z#row=12", ("s", "a b.csv", 12)),
        ("urn:b/s/snapshot/a.json/20260101T000000Z#item=4", ("s", "a.json", 4)),
        ("urn:b/s/snapshot/a.xlsx/20260101T000000Z#sheet=List&row=3", None),
        ("https://elsewhere.example/a#row=3", None),
        ("https://elsewhere.example/a", None),
    ],
)
def test_a_row_of_a_table_is_found_again_by_its_place(
    origin: str, place: tuple[str, str, int] | None
) -> None:
    assert place_of(origin) == place


ODD = """
    <id/organisation/GB-EX-1> a org:Organization ; skos:prefLabel "Exampleton Council"@en .
    <id/dataset/s/trees_x0041_xml> a dcat:Dataset, dcat:Resource, prov:Entity ;
        dct:publisher <id/organisation/GB-EX-1> ; dct:title "LONG"@en ; dct:description "D"@en ;
        dcat:theme <https://theme.example/> ; dct:accrualPeriodicity <urn:f> ;
        dct:temporal <.well-known/genid/s/t> ; dcat:contactPoint <.well-known/genid/s/c> ;
        prov:wasDerivedFrom <http://elsewhere.example/files/report#row=1>,
            <.well-known/genid/s/snapshot/list.csv/20260101T000000Z#row=7> .
    <.well-known/genid/s/snapshot/list.csv/20260101T000000Z> dct:title "list.csv" .
    <id/dataset/s/two> a dcat:Dataset, dcat:Resource, prov:Entity ;
        dct:publisher <id/organisation/GB-EX-1> ; dct:title "Two"@en ;
        prov:wasDerivedFrom <http://elsewhere.example/files/report#row=1> .
""".replace("LONG", "Trees " * 80)


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    directory = initialise(tmp_path_factory.mktemp("odd") / "var")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("loaders.check.validate", lambda *_: [])
        stage_turtle(directory, "s", ODD, Audience.INTERNAL)
        publish(directory)
    client = create_app(Settings(data=directory.path), InProcessRunner(), ASSETS).test_client()
    token = TokenFile(directory.path).create("steward", 1, "a test")[1]
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


def test_what_wants_several_properties_is_raised_by_the_last_of_them_alone(
    odd: FlaskClient,
) -> None:
    book = load_workbook(io.BytesIO(odd.get("/problems/GB-EX-1.xlsx").data))
    found = {line[0]: line[1:] for line in book["Counts"].iter_rows(min_row=2, values_only=True)}
    complete, context = "Completeness of the record", "Described by many relevant attributes"
    lowers = f"{complete}, {context}"
    assert found["Record “spatial coverage”."] == (
        "2",
        "“spatial coverage” is not recorded.",
        lowers,
        lowers,  # one of the records lacks nothing else of its context
    )
    assert found["Record “contact point”."][2:] == (lowers, complete)
    assert found["Record “temporal coverage”."][2:] == (context, None)


def test_a_record_comes_from_the_row_of_a_file_that_was_loaded(odd: FlaskClient) -> None:
    found = {row["thing"].rpartition("/")[2]: row["where it comes from"] for row in rows(odd)}
    assert found == {"trees_x0041_xml": "row 7 of list.csv", "two": ""}


def test_the_workbook_holds_what_the_csv_does(odd: FlaskClient) -> None:
    book = load_workbook(io.BytesIO(odd.get("/problems/GB-EX-1.xlsx").data))
    head, *lines = book["Problems"].iter_rows(values_only=True)
    told = [
        {str(column): str(cell or "") for column, cell in zip(head, line, strict=True)}
        for line in lines
    ]
    escaped = [{**row, "thing": row["thing"].replace("_x004", "_x005F_x004")} for row in rows(odd)]
    assert told == escaped
    assert {row["found by"] for row in told} == {"measuring"}
    assert max(len(row["title"]) for row in told) > 400


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("trees_xml", "trees_xml"),
        ("a_x000D_b", "a_x005F_x000D_b"),
        ("a\x00b\ud800\uffff", "a b  "),
        ("x" * 40_000, "x" * 32_767),
    ],
)
def test_a_cell_shows_a_text_as_it_is(text: str, cell: str) -> None:
    assert as_cell(text) == cell


@pytest.mark.parametrize(
    ("message", "value", "told"),
    [
        (
            "“Jane Smith” is not in the list “levels”.",
            "Jane Smith",
            "“…” is not in the list “levels”.",
        ),
        ("“Jane” is not in the list.", "personal; Jane", "“…” is not in the list."),
        ("“a” is not in the list “levels”.", "a", "“…” is not in the list “levels”."),
        ("The cell is empty.", "", "The cell is empty."),
    ],
)
def test_what_a_remark_quotes_of_a_value_is_not_shown(message: str, value: str, told: str) -> None:
    assert without_value(message, value) == told
