"""A row of the Organisation Data Service's file becomes an organisation and its ODS code."""

import csv
import io
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.directory import DataDirectory
from loaders.errors import StructureError
from loaders.formats import FORMATS
from loaders.formats.reading.content import Content
from loaders.formats.reading.delimited import Delimited
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.formats.registers.nhs_ods import NHS_ODS
from loaders.issues import Effect, Fault
from loaders.pipeline import load_source
from loaders.records import Identifier, Organisation, Record
from loaders.source import Source, SourceFile, read_declaration
from loaders.staging import Counts
from tests.loaders.conftest import openers, staged_lines

FORMAT, EXTRACT = NHS_ODS
assert isinstance(FORMAT.layout, Delimited)
NAMES = FORMAT.layout.names
COLUMNS = FORMAT.layout.columns
FEED = Feed("given")
FULL = {
    "code": "Z99001",
    "name": "THE EXAMPLETON SURGERY",
    "open-date": "19740401",
    "close-date": "20230331",
    "status": "C",
    "prescribing-setting": "4",
}
PRACTICE = (
    Organisation(
        key="GB-NHS-Z99001",
        name="THE EXAMPLETON SURGERY",
        organisation_type="gp-practice",
        founded=date(1974, 4, 1),
        dissolved=date(2023, 3, 31),
    ),
    Identifier("organisation", "GB-NHS-Z99001", "ods", "Z99001"),
)
LINE = (
    b'"Z99001","THE EXAMPLETON SURGERY","Y99","QZZ","1 EXAMPLE ROAD, HAM","EXAMPLETON","","","",'
    b'"M99 9ZZ","19740401","20230331","C","B","99Z","20130401","","0161 496 0000","","","","0","",'
    b'"99Z","","4",""\r\n'
)
SAMPLE = Path(__file__).parents[2].parent / "shared/data/organisations/nhs-ods/epraccur_sample.csv"


def records_of(changed: Mapping[str, str]) -> tuple[Record, ...]:
    return FORMAT.interpret(Row(1, {**FULL, **changed}), FEED)


def test_a_full_row_makes_a_practice_and_its_code() -> None:
    row = Row(1, FULL)
    assert FORMAT.interpret(row, FEED) == PRACTICE
    assert sorted(row.read) == sorted(FULL.items())
    assert (row.withheld, row.noted) == ([], [])


def test_the_least_row_makes_an_organisation_of_no_type() -> None:
    assert FORMAT.interpret(Row(1, {"code": "RZZ", "name": "ONE"}), FEED) == (
        Organisation("GB-NHS-RZZ", "ONE"),
        Identifier("organisation", "GB-NHS-RZZ", "ods", "RZZ"),
    )


def test_every_column_has_a_place() -> None:
    assert len(NAMES) == len(set(NAMES)) == 27
    places = {1: "code", 2: "name", 10: "postcode", 11: "open-date", 12: "close-date"}
    places |= {13: "status", 15: "commissioner", 18: "telephone", 26: "prescribing-setting"}
    assert {place: NAMES[place - 1] for place in places} == places
    assert COLUMNS.known() == set(NAMES)
    assert set(FULL) == set(COLUMNS.required + COLUMNS.optional)


def test_the_extract_has_its_columns_in_an_order_of_its_own(tmp_path: Path) -> None:
    assert isinstance(EXTRACT.layout, Delimited)
    assert len(EXTRACT.layout.names) == len(set(EXTRACT.layout.names)) == 17
    path = tmp_path / "practices.csv"
    path.write_bytes(
        b"Z99001,THE EXAMPLETON SURGERY,1 THE STREET,,,,,M99 9ZZ,,99Z,,4,,2013-04-01,,1974-04-01,A"
    )
    [row] = EXTRACT.layout.read(Content(path.name, path))
    assert isinstance(row, Row)
    practice = Organisation(
        "GB-NHS-Z99001", "THE EXAMPLETON SURGERY", "gp-practice", founded=date(1974, 4, 1)
    )
    assert EXTRACT.interpret(row, FEED) == (
        practice,
        Identifier("organisation", "GB-NHS-Z99001", "ods", "Z99001"),
    )
    assert row.withheld == []


def test_each_file_has_days_in_its_own_way() -> None:
    for format_, day in ((FORMAT, "1974-04-01"), (EXTRACT, "19740401")):
        row = Row(1, {**FULL, "open-date": day, "close-date": ""})
        format_.interpret(row, FEED)
        assert ("bad-date", day) in [(each.rule, each.value) for each in row.withheld]
        for_the_other = Row(1, {**FULL, "open-date": day, "close-date": ""})
        (EXTRACT if format_ is FORMAT else FORMAT).interpret(for_the_other, FEED)
        assert {each.rule for each in for_the_other.withheld} == {"missing-value"}


def test_addresses_and_telephone_numbers_are_not_looked_at() -> None:
    row = Row(1, {**FULL, **dict.fromkeys(COLUMNS.ignored, "\x00")})
    assert FORMAT.interpret(row, FEED) == PRACTICE
    assert row.withheld == []


@pytest.mark.parametrize("setting", ["0", "1", "9", "25", ""])
def test_only_a_general_practice_is_one(setting: str) -> None:
    first = records_of({"prescribing-setting": setting})[0]
    assert isinstance(first, Organisation)
    assert first.organisation_type is None


@pytest.mark.parametrize(("status", "closed"), [("A", ""), ("D", ""), ("A", "20300101"), ("", "")])
def test_an_organisation_that_exists_is_loaded(status: str, closed: str) -> None:
    row = Row(1, {**FULL, "status": status, "close-date": closed})
    first = FORMAT.interpret(row, FEED)[0]
    assert isinstance(first, Organisation)
    assert first.dissolved == (date(2030, 1, 1) if closed else None)
    assert row.withheld == []


def test_that_the_day_of_a_closure_is_missing_is_told() -> None:
    row = Row(1, {**FULL, "close-date": ""})
    first = FORMAT.interpret(row, FEED)[0]
    assert isinstance(first, Organisation)
    assert first.dissolved is None
    assert [(each.rule, each.field) for each in row.withheld] == [("missing-value", "close-date")]


@pytest.mark.parametrize(
    ("column", "cell", "rule"),
    [
        ("code", "", "missing-value"),
        ("name", "", "missing-value"),
        ("code", "z99001", "bad-code"),
        ("code", "Z9", "bad-code"),
        ("code", "Z99 001", "bad-code"),
        ("code", "Organisation Code", "bad-code"),
        ("name", "ONE\x07", "control-character"),
        ("status", "P", "out-of-scope"),
        ("close-date", "19740331", "dates-out-of-order"),
    ],
)
def test_a_row_that_tells_of_no_body_is_left_out(column: str, cell: str, rule: str) -> None:
    with pytest.raises(Fault) as caught:
        records_of({column: cell})
    assert caught.value.rule == rule


@pytest.mark.parametrize(
    ("column", "cell", "rule"),
    [
        ("open-date", "1974-04-01", "bad-date"),
        ("open-date", "19741301", "bad-date"),
        ("open-date", "1974040", "bad-date"),
        ("open-date", "19050527", "spreadsheet-date"),
        ("close-date", "31032023", "bad-date"),
        ("status", "X", "unknown-category"),
        ("status", "a", "unknown-category"),
        ("prescribing-setting", "4.0", "bad-code"),
    ],
)
def test_a_faulty_value_is_withheld_and_no_more(column: str, cell: str, rule: str) -> None:
    row = Row(1, {**FULL, column: cell})
    kept = FORMAT.interpret(row, FEED)
    assert [(each.rule, each.field, each.value) for each in row.withheld] == [(rule, column, cell)]
    assert kept == FORMAT.interpret(Row(1, {**FULL, column: ""}), FEED)


def test_a_file_has_no_header_and_its_first_line_is_loaded(directory: DataDirectory) -> None:
    rows = LINE + LINE.replace(b"Z99001", b"Z99002").removesuffix(b"\r\n")
    source = Source("given", "Given", (SourceFile("given.csv", FORMAT, None, 0),))
    loaded = load_source(directory, source, {"given.csv": lambda: io.BytesIO(rows)})
    assert loaded.load.counts == Counts(records_in=2, records_loaded=2)
    assert [(each.rule, each.row) for each in loaded.issues] == [("line-endings", None)]


def test_a_row_of_another_width_is_left_out_and_told_with_its_number(
    directory: DataDirectory,
) -> None:
    rows = LINE + b"Z99003,A SURGERY OF SEVENTEEN COLUMNS" + b"," * 15 + b"\r\n"
    source = Source("given", "Given", (SourceFile("given.csv", FORMAT, None, 0),))
    loaded = load_source(directory, source, {"given.csv": lambda: io.BytesIO(rows)})
    assert loaded.load.counts == Counts(2, 1, 1)
    assert [(each.rule, each.row) for each in loaded.issues] == [
        ("ragged-row", 2),
        ("line-endings", None),
    ]


def test_a_code_that_stands_there_twice_leaves_both_out(directory: DataDirectory) -> None:
    source = Source("given", "Given", (SourceFile("given.csv", FORMAT, None, 0),))
    rows = LINE + LINE.replace(b"THE EXAMPLETON SURGERY", b"ANOTHER SURGERY")
    loaded = load_source(directory, source, {"given.csv": lambda: io.BytesIO(rows)})
    assert loaded.load.counts == Counts(2, 0, 2)
    assert Counter(each.rule for each in loaded.issues) == {"duplicate-key": 2, "line-endings": 1}


def test_a_line_that_stands_there_twice_is_loaded_and_noted(directory: DataDirectory) -> None:
    source = Source("given", "Given", (SourceFile("given.csv", FORMAT, None, 0),))
    said = []
    for content in (LINE, LINE + LINE):
        twice = load_source(directory, source, openers({"given.csv": content}))
        lines = staged_lines(directory, twice)
        said.append([line for line in lines if line.endswith(b"graph/given> .\n")])
    assert said[0] == said[1] != []
    assert twice.load.counts == Counts(2, 2)
    assert [str(each) for each in twice.issues] == [
        "given.csv, row 2, code: Row 1 already says the same of the organisation GB-NHS-Z99001. "
        "(noted)",
        "given.csv: Lines end in CR LF; they are read like LF. (noted)",
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


def read(folder: Path, content: bytes) -> list[tuple[Record, ...]]:
    path = folder / "given.csv"
    path.write_bytes(content)
    found = []
    for row in FORMAT.layout.read(Content(path.name, path)):
        if isinstance(row, Row):
            with suppress(Fault):
                found.append(FORMAT.interpret(row, FEED))
    return found


@given(st.binary(max_size=300) | st.text().map(lambda text: LINE + text.encode()))
def test_whatever_the_bytes_are_a_file_is_read_or_refused(folder: Path, content: bytes) -> None:
    with suppress(StructureError):
        read(folder, content)


@given(st.lists(st.sampled_from(["", "4", "C", "19740401"]) | st.text(), min_size=1, max_size=30))
def test_a_good_row_is_kept_whatever_stands_beside_it(folder: Path, beside: list[str]) -> None:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerow(["Z99009", *beside])
    line = text.getvalue().encode(errors="replace")
    assert read(folder, LINE + line)[0] == PRACTICE
    assert read(folder, line + LINE)[-1] == PRACTICE


def test_the_declaration_that_is_shipped_uses_the_format(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, FORMAT.name, FORMAT)
    source = read_declaration(resources.files("loaders") / "sources" / "nhs-ods-gp-practices")
    assert [file.format for file in source.files] == [FORMAT]
    assert source.publisher is not None


@pytest.mark.real_data
@pytest.mark.skipif(not SAMPLE.exists(), reason="the publisher's own file is not here")
def test_the_sample_of_the_services_file_is_loaded_whole(
    directory: DataDirectory, folder: Path
) -> None:
    source = Source("given", "Given", (SourceFile(SAMPLE.name, FORMAT, None),))
    loaded = load_source(directory, source, {SAMPLE.name: lambda: SAMPLE.open("rb")})
    assert loaded.load.counts == Counts(records_in=3, records_loaded=3)
    assert [(each.rule, each.effect) for each in loaded.issues] == [("line-endings", Effect.NOTED)]
    practices = [
        Organisation("GB-NHS-A81043", "THE MANOR HOUSE SURGERY", None),
        Organisation("GB-NHS-A81044", "MCKENZIE HOUSE SURGERY", "gp-practice"),
        Organisation("GB-NHS-Y01063", "ACUTE GP REFERRAL SERVICE", None),
    ]
    opened = [date(1974, 4, 1), date(1974, 4, 1), date(2005, 5, 1)]
    expected = [
        Organisation(each.key, each.name, each.organisation_type, founded=day)
        for each, day in zip(practices, opened, strict=True)
    ]
    assert [records[0] for records in read(folder, SAMPLE.read_bytes())] == expected
