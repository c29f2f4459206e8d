"""Catalogues of health data, and inventories of what departments hold, become datasets."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

import pytest

from loaders.errors import StructureError
from loaders.formats.catalogues.hdruk import HDRUK
from loaders.formats.catalogues.national_infrastructure import NATIONAL_INFRASTRUCTURE
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.issues import RULES, Fault
from loaders.records import Dataset, Distribution, Party, Text
from tests.loaders.conftest import in_memory

EXPORT, SCHEMA = HDRUK
INVENTORY = NATIONAL_INFRASTRUCTURE[0]
FEED = Feed("given", None, {"EXAMPLETON": "GM-exampleton", "Exampleton Board": "GM-board"})
OGL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/"

EXPORTED = {
    "0.0.1": "31e42cb6",
    "12.0.0": "",
    "pid": "b06415af-9151",
    "title": "Joints",
    "abstract": "Short.",
    "description": "All about  joints.",
    "publisher": "ALLIANCE > EXAMPLETON",
    "license": "OGL v3",
    "keywords": "Joint, Elbow,,Joint",
    "issued": "2020-01-13T14:55:22Z",
    "modified": "2020-04-27T09:25:35Z",
    "periodicity": "MONTHLY",
    "datasetStartDate": "2014-01-01",
    "datasetEndDate": "Ongoing",
    "identifier": "EX-1",
    "doi": "10.1093/ije/dyx196",
    "version": "2.0.0",
    "accessRights": "https://exampleton.example/requests",
    "contactPoint": "ann.example@exampleton.example",
    "creator": "Ann Example",
    "dataController": "Ann Example",
}
JOINTS = Dataset(
    key="b06415af-9151",
    titles=(Text("Joints"),),
    descriptions=(Text("All about joints."), Text("Short.")),
    publisher=Party("GM-exampleton", "ALLIANCE > EXAMPLETON"),
    licence=f"{OGL}version/3/",
    licence_stated="OGL v3",
    keywords=(Text("Joint"), Text("Elbow")),
    issued=datetime(2020, 1, 13, 14, 55, 22, tzinfo=UTC),
    modified=datetime(2020, 4, 27, 9, 25, 35, tzinfo=UTC),
    frequency="monthly",
    began=date(2014, 1, 1),
    identifiers=("EX-1", "https://doi.org/10.1093/ije/dyx196"),
    version="2.0.0",
    documentation=("https://exampleton.example/requests",),
)


def as_csv(*rows: Sequence[str]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode()


def told(faults: Sequence[Fault]) -> list[tuple[str, str | None, str | None]]:
    assert all(each.rule in RULES for each in faults)
    return [(each.rule, each.field, each.value) for each in faults]


def exported(**cells: str) -> tuple[Dataset, Row]:
    row = Row(2, {**EXPORTED, **cells})
    (record,) = EXPORT.interpret(row, FEED)
    assert isinstance(record, Dataset)
    return record, row


def test_an_entry_of_the_export_is_a_dataset() -> None:
    record, row = exported()
    assert record == JOINTS
    assert (row.withheld, row.noted) == ([], [])


def test_columns_that_are_named_by_a_version_are_known_and_others_are_not() -> None:
    content = as_csv(["18.0.0", "pid", "title", "creator", "odd"], ["x", "p", "Joints", "", ""])
    table = EXPORT.layout.read(in_memory(content))
    assert len(list(table)) == 1
    assert told(table.remarks) == [("unknown-column", "odd", None)]


@pytest.mark.parametrize("nothing", ["In Progress", "IN PROGRESS", "Not Available", "n/a", "OTHER"])
def test_words_for_nothing_say_nothing(nothing: str) -> None:
    columns = ("license", "keywords", "periodicity", "datasetStartDate", "datasetEndDate")
    record, row = exported(**dict.fromkeys((*columns, "doi", "accessRights", "abstract"), nothing))
    assert (record.licence, record.licence_stated, record.keywords) == (None, None, ())
    assert (record.frequency, record.began, record.ended) == (None, None, None)
    assert (row.withheld, row.noted) == ([], [])


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        ({"datasetStartDate": "4/1/11"}, "bad-date"),
        ({"periodicity": "now and then"}, "unknown-category"),
        ({"datasetEndDate": "2013-01-01"}, "dates-out-of-order"),
        ({"accessRights": "https://exampleton.example/a|b"}, "bad-web-address"),
    ],
)
def test_values_that_cannot_be_read_are_withheld(cells: Mapping[str, str], rule: str) -> None:
    _, row = exported(**cells)
    assert [each.rule for each in row.withheld] == [rule]


def test_a_licence_that_is_a_text_is_kept_as_one() -> None:
    record, row = exported(license="All of it belongs to whoever made it. " * 10)
    assert (record.licence, row.noted) == (None, [])
    assert record.licence_stated is not None


def schema(**members: object) -> tuple[Dataset, Row]:
    item = {
        "identifier": "https://catalogue.example/dataset/31e42cb6",
        "version": "1.1.0",
        "issued": "2024-10-24T00:00:00.000Z",
        "summary": {
            "title": "Joints",
            "abstract": "Short.",
            "dataCustodian": {"name": "Exampleton Board", "contactPoint": "ann@board.example"},
            "keywords": ["Joint", "Elbow"],
            "contactPoint": "ann@board.example",
        },
        "documentation": {"description": "All about joints."},
        "provenance": {
            "temporal": {
                "publishingFrequency": "Quarterly",
                "startDate": "2020-01-01",
                "endDate": None,
            }
        },
        "accessibility": {"access": {"accessRights": ["https://board.example/requests"]}},
        **members,
    }
    [row] = SCHEMA.layout.read(in_memory(json.dumps(item)))
    assert isinstance(row, Row)
    (record,) = SCHEMA.interpret(row, FEED)
    assert isinstance(record, Dataset)
    return record, row


def test_a_dataset_in_the_schema_is_read_whatever_its_version() -> None:
    record, row = schema()
    assert record == Dataset(
        key="31e42cb6",
        titles=(Text("Joints"),),
        descriptions=(Text("All about joints."), Text("Short.")),
        publisher=Party("GM-board", "Exampleton Board"),
        keywords=(Text("Joint"), Text("Elbow")),
        issued=datetime(2024, 10, 24, tzinfo=UTC),
        frequency="quarterly",
        began=date(2020, 1, 1),
        identifiers=("https://catalogue.example/dataset/31e42cb6",),
        version="1.1.0",
        documentation=("https://board.example/requests",),
    )
    assert (row.withheld, row.noted) == ([], [])
    older, _ = schema(
        summary={"title": "Joints", "publisher": {"name": "Exampleton Board"}, "keywords": "A,B"},
        provenance={"temporal": {"accrualPeriodicity": "ANNUAL"}},
    )
    assert older.publisher == Party("GM-board", "Exampleton Board")
    assert (older.keywords, older.frequency) == ((Text("A"), Text("B")), "annual")


def test_a_dataset_without_an_identifier_is_known_by_its_title_and_that_is_noted() -> None:
    record, row = schema(identifier=None)
    assert record.key == "joints"
    assert told(row.noted) == [("missing-value", "identifier", None)]


def test_an_example_that_says_types_and_no_values_is_left_out() -> None:
    with pytest.raises(Fault) as caught:
        schema(identifier="Uuidv4[{'maxLength': 36}] | null")
    assert (caught.value.rule, caught.value.field) == ("bad-code", "identifier")


HEADER = (
    *("name", "title", "unpublished", "organization_name", "Standard", "Vocabularies and Codes"),
    *("Vocabularies and Codes", "Vocabularies and Codes", "Licence", "Legislation"),
    *("File structure", "Non-compliance", "known-as", "publisher ", "resource URL", "URL"),
    "Description",
)
LISTED = {
    "name": "Stops",
    "unpublished": "No",
    "organization_name": "Exampleton Board",
    "Licence": "OGL",
    "File structure": "stops.csv",
    "known-as": "stops",
    "resource URL": "http://board.example/stops.zip",
    "Description": "Where buses stop –\nall of them.",
}


def inventory(
    codes: Sequence[str] = (), **cells: str
) -> tuple[list[tuple[object, ...]], list[Row]]:
    row = [({**LISTED, **cells}).get(each, "") for each in HEADER]
    for place, code in enumerate(codes, HEADER.index("Vocabularies and Codes")):
        row[place] = code
    content = as_csv(HEADER, row).decode().encode("cp1252")
    rows = [
        each
        for each in INVENTORY.layout.read(in_memory(content, "cp1252"))
        if isinstance(each, Row)
    ]
    return [INVENTORY.interpret(each, FEED) for each in rows], rows


def test_columns_of_one_heading_are_read_each() -> None:
    [(dataset, distribution)], [row] = inventory(["A", "None", "B"], Legislation="The Bus Act")
    assert dataset == Dataset(
        key="stops-exampleton-board-stops-csv",
        titles=(Text("Stops"),),
        descriptions=(
            Text("Where buses stop – all of them."),
            Text("Vocabularies and Codes: A; B"),
            Text("Legislation: The Bus Act"),
            Text("File structure: stops.csv"),
        ),
        publisher=Party("GM-board", "Exampleton Board"),
        licence=OGL,
        licence_stated="OGL",
        identifiers=("stops",),
    )
    assert distribution == Distribution(
        key="stops-exampleton-board-stops-csv",
        dataset="stops-exampleton-board-stops-csv",
        access_url="http://board.example/stops.zip",
        licence=OGL,
        licence_stated="OGL",
    )
    assert (row.withheld, row.noted) == ([], [])


def test_what_is_unpublished_is_a_dataset_that_says_so() -> None:
    cells = {"unpublished": "Yes", "resource URL": "", "Licence": "", "Description": ""}
    [(dataset,)], _ = inventory(**cells)
    assert isinstance(dataset, Dataset)
    assert dataset.descriptions == (Text("File structure: stops.csv"), Text("Unpublished: yes"))
    assert (dataset.licence, dataset.access) == (None, None)


def test_of_several_addresses_in_a_cell_the_first_is_loaded() -> None:
    [(dataset, _)], [row] = inventory(URL="http://board.example/a\nand\nhttp://board.example/b")
    assert isinstance(dataset, Dataset)
    assert dataset.landing_page == "http://board.example/a"
    assert [each.rule for each in row.withheld] == ["unexpected-structure"]


def test_no_other_column_may_stand_there_twice() -> None:
    header = [*HEADER, "Licence"]
    with pytest.raises(StructureError, match="more than one column Licence"):
        INVENTORY.layout.read(in_memory(as_csv(header)))
