"""A row of one of GOV.UK's registers becomes a body whose key is that register's code."""

import csv
import io
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
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
from loaders.formats.reading.delimited import Columns, Delimited
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.formats.registers.govuk_registers import GOVUK_REGISTERS
from loaders.issues import Effect, Fault
from loaders.pipeline import Loaded, load_source
from loaders.records import Identifier, Membership, Organisation, Record
from loaders.source import Source, SourceFile, read_declaration
from loaders.staging import Counts

REGISTERS = {each.name: each for each in GOVUK_REGISTERS}
ENG, SCT, NIR, WLS, COMB, GOR = REGISTERS
FEED = Feed("given")
FULL = {
    ENG: {
        "local-authority-eng": "EXA",
        "local-authority-type": "MD",
        "name": "Exampleton",
        "official-name": "Exampleton Metropolitan  Borough Council",
        "start-date": "1974-04-01",
        "end-date": "2023-03-31",
    },
    SCT: {
        "local-authority-sct": "EXS",
        "local-authority-type": "CA",
        "name": "Glen Example",
        "official-name": "The Glen Example Council",
        "start-date": "1996-04-01",
        "end-date": "2023-03-31",
    },
    NIR: {
        "local-authority-nir": "EXN",
        "local-authority-type": "BGH",
        "name": "Ballyexample Borough Council",
        "website": "https://www.ballyexample.example/",
        "start-date": "2015-04-01",
        "end-date": "2023-03-31",
    },
    WLS: {
        "principal-local-authority": "EXW",
        "name": "Example Vale",
        "name-cy": "Bro Enghraifft",
        "official-name": "Example Vale Council",
        "official-name-cy": "Cyngor Bro Enghraifft",
        "start-date": "1996-04-01",
        "end-date": "2023-03-31",
    },
    COMB: {
        "combined-authority": "99",
        "name": "Exampleton City Region",
        "official-name": "Exampleton Combined Authority",
        "local-authorities-eng": "EXA;EXB",
        "start-date": "2011-04-01",
        "end-date": "2023-03-31",
    },
    GOR: {
        "government-organisation": "EA9999",
        "name": "Example Agency",
        "website": "https://www.gov.uk/government/organisations/example-agency",
        "start-date": "2004-07-05",
        "end-date": "2015-10-16",
    },
}
ENDED = date(2023, 3, 31)
MADE: dict[str, tuple[Record, ...]] = {
    ENG: (
        Organisation(
            "GB-LAE-EXA",
            "Exampleton Metropolitan Borough Council",
            "MD",
            other_names=("Exampleton",),
            founded=date(1974, 4, 1),
            dissolved=ENDED,
        ),
        Identifier("organisation", "GB-LAE-EXA", "local-authority-eng", "EXA"),
    ),
    SCT: (
        Organisation(
            "GB-LAS-EXS",
            "The Glen Example Council",
            "SCO",
            other_names=("Glen Example",),
            founded=date(1996, 4, 1),
            dissolved=ENDED,
        ),
    ),
    NIR: (
        Organisation(
            "GB-LANI-EXN",
            "Ballyexample Borough Council",
            "NID",
            homepage="https://www.ballyexample.example/",
            founded=date(2015, 4, 1),
            dissolved=ENDED,
        ),
    ),
    WLS: (
        Organisation(
            "GB-PLA-EXW",
            "Example Vale Council",
            "WPA",
            other_names=("Example Vale",),
            welsh_names=("Cyngor Bro Enghraifft", "Bro Enghraifft"),
            founded=date(1996, 4, 1),
            dissolved=ENDED,
        ),
    ),
    COMB: (
        Organisation(
            "GM-given-99",
            "Exampleton Combined Authority",
            "COMB",
            other_names=("Exampleton City Region",),
            founded=date(2011, 4, 1),
            dissolved=ENDED,
        ),
        Membership("GB-LAE-EXA", "GM-given-99", "member"),
        Membership("GB-LAE-EXB", "GM-given-99", "member"),
    ),
    GOR: (
        Organisation(
            "GB-GOR-EA9999",
            "Example Agency",
            "government-organisation",
            homepage="https://www.gov.uk/government/organisations/example-agency",
            founded=date(2004, 7, 5),
            dissolved=date(2015, 10, 16),
        ),
        Identifier("organisation", "GB-GOR-EA9999", "gov-uk-slug", "example-agency"),
    ),
}
DATA = Path(__file__).parents[2].parent / "shared/data/organisations"
FILES = {
    ENG: DATA / "openregister-local-authority/local-authority-eng/local-authorities.tsv",
    SCT: DATA / "openregister-local-authority/local-authority-sct/local-authority-sct.tsv",
    NIR: DATA / "openregister-local-authority/local-authority-nir/local-authorities.tsv",
    WLS: DATA
    / "openregister-local-authority/principal-local-authority/principal-local-authority.tsv",
    COMB: DATA / "openregister-local-authority/combined-local-authorities/data.tsv",
    GOR: DATA / "openregister-government-organisation/government-organisation.tsv",
}


def columns_of(name: str) -> Columns:
    layout = REGISTERS[name].layout
    assert isinstance(layout, Delimited)
    return layout.columns


def records_of(name: str, changed: Mapping[str, str]) -> tuple[Record, ...]:
    return REGISTERS[name].interpret(Row(2, {**FULL[name], **changed}), FEED)


def organisation(name: str, changed: Mapping[str, str]) -> Organisation:
    first = records_of(name, changed)[0]
    assert isinstance(first, Organisation)
    return first


def as_tsv(name: str, *rows: Mapping[str, str]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(FULL[name]), delimiter="\t", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().replace("\r\n", "\n").encode(errors="replace")


def load(directory: DataDirectory, name: str, content: bytes | Path) -> Loaded:
    source = Source("given", "Given", (SourceFile("given.tsv", REGISTERS[name], None, 0),))
    data = content.read_bytes() if isinstance(content, Path) else content
    return load_source(directory, source, {"given.tsv": lambda: io.BytesIO(data)})


def test_the_registers_are_these() -> None:
    assert list(REGISTERS) == list(FULL) == list(MADE)
    assert ENG == "register-local-authority-eng"
    assert SCT == "register-local-authority-sct"
    assert NIR == "register-local-authority-nir"
    assert WLS == "register-principal-local-authority"
    assert COMB == "register-combined-authority"
    assert GOR == "register-government-organisation"


@pytest.mark.parametrize("name", REGISTERS)
def test_a_full_row_makes_every_record_that_it_tells_of(name: str) -> None:
    row = Row(2, FULL[name])
    assert REGISTERS[name].interpret(row, FEED) == MADE[name]
    assert (row.withheld, row.noted) == ([], [])
    assert {column for column, _ in row.read} == set(FULL[name])
    assert columns_of(name).known() == set(FULL[name])


@pytest.mark.parametrize("name", REGISTERS)
def test_a_file_of_rows_divided_by_tabs_is_read(name: str, directory: DataDirectory) -> None:
    loaded = load(directory, name, as_tsv(name, FULL[name]))
    assert loaded.load.counts == Counts(records_in=1, records_loaded=1)
    assert not loaded.issues


@pytest.mark.parametrize(
    ("name", "kind"),
    [(ENG, None), (SCT, "SCO"), (NIR, "NID"), (WLS, "WPA"), (COMB, "COMB"),
     (GOR, "government-organisation")],
)  # fmt: skip
def test_the_least_row_makes_a_body_of_its_registers_type(name: str, kind: str | None) -> None:
    code, _ = columns_of(name).required
    least = {code: FULL[name][code], "name": "A Name"}
    (body, *others) = REGISTERS[name].interpret(Row(2, least), FEED)
    key = MADE[name][0]
    assert isinstance(key, Organisation)
    assert body == Organisation(key.key, "A Name", kind)
    assert others == ([MADE[ENG][1]] if name == ENG else [])


@pytest.mark.parametrize("stated", ["BGH", "CIT", "DIS", ""])
def test_every_council_of_northern_ireland_is_a_districts(stated: str) -> None:
    assert organisation(NIR, {"local-authority-type": stated}).organisation_type == "NID"


@pytest.mark.parametrize("stated", ["CC", "CTY", "LBO", "MD", "NMD", "SRA", "UA"])
def test_an_english_type_is_called_the_same_here(stated: str) -> None:
    assert organisation(ENG, {"local-authority-type": stated}).organisation_type == stated


@pytest.mark.parametrize("name", [SCT, WLS])
def test_a_name_that_is_the_official_one_too_is_no_other_name(name: str) -> None:
    same = dict.fromkeys((column for column in FULL[name] if "name" in column), "Example Council")
    assert organisation(name, same).name == "Example Council"
    assert organisation(name, same).other_names == ()


@pytest.mark.parametrize(
    ("name", "column", "cell", "rule"),
    [
        *((name, "name", "", "missing-value") for name in FULL),
        (ENG, "local-authority-eng", "", "missing-value"),
        (ENG, "local-authority-eng", "exa", "bad-code"),
        (SCT, "local-authority-sct", "NIR-A", "bad-code"),
        (COMB, "combined-authority", "GMCA", "bad-code"),
        (COMB, "combined-authority", "10.0", "bad-code"),
        (GOR, "government-organisation", "9999", "bad-code"),
        (GOR, "government-organisation", "EA", "bad-code"),
        (GOR, "end-date", "2004-07-04", "dates-out-of-order"),
    ],
)
def test_a_row_whose_body_cannot_be_told_is_left_out(
    name: str, column: str, cell: str, rule: str
) -> None:
    with pytest.raises(Fault) as caught:
        records_of(name, {column: cell})
    assert caught.value.rule == rule


@pytest.mark.parametrize(
    ("name", "column", "cell", "rule"),
    [
        (ENG, "local-authority-type", "XX", "unknown-category"),
        (ENG, "start-date", "1905-05-27", "spreadsheet-date"),
        (ENG, "official-name", "Example\x07ton", "control-character"),
        (SCT, "local-authority-type", "XX", "unknown-category"),
        (NIR, "website", "www.ballyexample.example", "bad-web-address"),
        (GOR, "end-date", "2012", "bad-date"),
        (GOR, "end-date", "2015-03", "bad-date"),
        (GOR, "start-date", "2015-02-30", "bad-date"),
        (GOR, "website", "gov.uk", "bad-web-address"),
    ],
)
def test_a_faulty_value_is_withheld_and_no_more(
    name: str, column: str, cell: str, rule: str
) -> None:
    row = Row(2, {**FULL[name], column: cell})
    kept = REGISTERS[name].interpret(row, FEED)
    assert [(each.rule, each.field, each.value) for each in row.withheld] == [(rule, column, cell)]
    expected = records_of(name, {column: ""})
    if (name, column) == (SCT, "local-authority-type"):
        assert isinstance(expected[0], Organisation)
        expected = (replace(expected[0], organisation_type=None), *expected[1:])
    if (column, rule) == ("end-date", "bad-date"):  # no day is known, but that it has ended
        assert isinstance(expected[0], Organisation)
        expected = (replace(expected[0], status="closed"), *expected[1:])
    assert kept == expected


@pytest.mark.parametrize(
    ("cell", "status"),
    [("2012", "closed"), ("2021-12", "closed"), ("2022", None), ("", None)],
)
def test_an_end_without_a_day_is_told_as_a_status(cell: str, status: str | None) -> None:
    body, *_ = records_of(GOR, {"end-date": cell})
    assert isinstance(body, Organisation)
    assert (body.status, body.dissolved) == (status, None)


@pytest.mark.parametrize("name", [SCT, NIR])
def test_a_type_that_is_withheld_is_not_taken_to_be_the_usual_one(name: str) -> None:
    assert organisation(name, {"local-authority-type": "XX"}).organisation_type is None
    assert organisation(name, {"local-authority-type": " "}).organisation_type is not None


@pytest.mark.parametrize("cell", ["2012", "2015-03"])
def test_of_a_year_alone_it_is_said_that_the_day_is_not_known(cell: str) -> None:
    row = Row(2, {**FULL[GOR], "end-date": cell})
    REGISTERS[GOR].interpret(row, FEED)
    assert row.withheld[0].message == f"“{cell}” is a year or a month; the day is not known."


def test_a_faulty_member_is_withheld_and_a_doubled_one_counts_once() -> None:
    row = Row(2, {**FULL[COMB], "local-authorities-eng": "EXA;exb;EXA;;EXC"})
    assert REGISTERS[COMB].interpret(row, FEED)[1:] == (
        Membership("GB-LAE-EXA", "GM-given-99", "member"),
        Membership("GB-LAE-EXC", "GM-given-99", "member"),
    )
    assert [(each.rule, each.value) for each in row.withheld] == [("bad-code", "exb")]


def test_a_declared_number_makes_the_declared_key() -> None:
    feed = Feed("given", organisations={"99": "GB-LAE-EXCA"})
    first, *members = REGISTERS[COMB].interpret(Row(2, FULL[COMB]), feed)
    assert isinstance(first, Organisation)
    assert first.key == "GB-LAE-EXCA"
    assert Membership("GB-LAE-EXA", "GB-LAE-EXCA", "member") in members


@pytest.mark.parametrize(
    "website",
    [
        "https://www.gov.uk/courts-tribunals/example-court",
        "https://www.gov.uk/government/organisations/example_agency",
        "https://www.gov.uk/government/organisations/example-agency/about",
        "http://www.example.org/government/organisations/example-agency",
    ],
)
def test_another_page_has_no_slug(website: str) -> None:
    (body,) = records_of(GOR, {"website": website})
    assert isinstance(body, Organisation)
    assert body.homepage == website


def test_a_code_that_stands_there_twice_leaves_both_out(directory: DataDirectory) -> None:
    renamed = {**FULL[GOR], "name": "Example Office"}
    loaded = load(directory, GOR, as_tsv(GOR, FULL[GOR], renamed))
    assert loaded.load.counts == Counts(2, 0, 2)
    assert {(each.rule, each.field) for each in loaded.issues} == {
        ("duplicate-key", "government-organisation")
    }


def test_a_file_divided_by_commas_is_refused(directory: DataDirectory) -> None:
    with pytest.raises(StructureError, match="divided by commas: save it with tabs"):
        load(directory, SCT, ",".join(FULL[SCT]).encode() + b"\nEXS,CA,Glen Example,,,\n")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


def read(folder: Path, name: str, content: bytes) -> list[tuple[Record, ...]]:
    path = folder / "given.tsv"
    path.write_bytes(content)
    found = []
    for row in REGISTERS[name].layout.read(Content(path.name, path)):
        if isinstance(row, Row):
            with suppress(Fault):
                found.append(REGISTERS[name].interpret(row, FEED))
    return found


@pytest.mark.parametrize("name", REGISTERS)
@given(content=st.binary(max_size=300), text=st.text())
def test_whatever_the_bytes_are_a_file_is_read_or_refused(
    folder: Path, name: str, content: bytes, text: str
) -> None:
    for each in (content, as_tsv(name) + content, as_tsv(name) + text.encode()):
        with suppress(StructureError):
            read(folder, name, each)


@pytest.mark.parametrize("name", REGISTERS)
@given(data=st.data())
def test_a_good_row_is_kept_whatever_stands_beside_it(
    folder: Path, name: str, data: st.DataObject
) -> None:
    beside = {
        column: data.draw(st.just(cell) | st.text(max_size=12))
        for column, cell in FULL[name].items()
    }
    assert read(folder, name, as_tsv(name, FULL[name], beside))[0] == MADE[name]
    assert read(folder, name, as_tsv(name, beside, FULL[name]))[-1] == MADE[name]


def test_the_declaration_that_is_shipped_uses_the_format(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, ENG, REGISTERS[ENG])
    source = read_declaration(
        resources.files("loaders") / "sources" / "govuk-register-local-authority-eng"
    )
    assert [file.format for file in source.files] == [REGISTERS[ENG]]
    assert source.publisher is not None


real_data = [
    pytest.mark.real_data,
    pytest.mark.skipif(not FILES[GOR].exists(), reason="the publishers' own files are not here"),
]
WITHHELD, LEFT_OUT = Effect.WITHHELD, Effect.LEFT_OUT


@pytest.mark.parametrize(
    ("name", "counts", "issues"),
    [
        pytest.param(name, counts, issues, marks=real_data)
        for name, counts, issues in (
            (ENG, Counts(354, 354, 0, 45), {("spreadsheet-date", "start-date", WITHHELD): 45}),
            (SCT, Counts(32, 32), {}),
            (NIR, Counts(36, 36), {}),
            (WLS, Counts(22, 22), {}),
            (COMB, Counts(9, 9), {}),
            (
                GOR,
                Counts(981, 979, 2, 64),
                {
                    ("bad-date", "end-date", WITHHELD): 64,
                    ("duplicate-key", "government-organisation", LEFT_OUT): 2,
                },
            ),
        )
    ],
)
def test_the_registers_own_file_is_loaded(
    directory: DataDirectory, name: str, counts: Counts, issues: dict[tuple[str, str, Effect], int]
) -> None:
    loaded = load(directory, name, FILES[name])
    assert loaded.load.counts == counts
    assert Counter((each.rule, each.field, each.effect) for each in loaded.issues) == issues


@pytest.mark.parametrize(
    ("name", "body"),
    [
        pytest.param(name, body, marks=real_data)
        for name, body in (
            (
                ENG,
                Organisation(
                    "GB-LAE-RCH",
                    "Rochdale Metropolitan Borough Council",
                    "MD",
                    other_names=("Rochdale",),
                ),
            ),
            (
                ENG,
                Organisation(
                    "GB-LAE-TRF",
                    "Trafford Metropolitan Borough Council",
                    "MD",
                    other_names=("Trafford",),
                    founded=date(1974, 4, 1),
                ),
            ),
            (
                SCT,
                Organisation(
                    "GB-LAS-ELS",
                    "Comhairle nan Eilean Siar",
                    "SCO",
                    other_names=("Na h-Eileanan an Iar",),
                    founded=date(1996, 4, 1),
                ),
            ),
            (
                NIR,
                Organisation(
                    "GB-LANI-CSR",
                    "Castlereagh Borough Council",
                    "NID",
                    dissolved=date(2015, 3, 31),
                ),
            ),
            (
                NIR,
                Organisation(
                    "GB-LANI-BFS",
                    "Belfast City Council",
                    "NID",
                    homepage="http://www.belfastcity.gov.uk/",
                ),
            ),
            (
                WLS,
                Organisation(
                    "GB-PLA-AGY",
                    "Isle of Anglesey County Council",
                    "WPA",
                    other_names=("Isle of Anglesey",),
                    welsh_names=("Cyngor Sir Ynys Môn", "Sir Ynys Môn"),
                    founded=date(1996, 4, 1),
                ),
            ),
            (
                GOR,
                Organisation(
                    "GB-GOR-D3",
                    "Department for Business, Innovation & Skills",
                    "government-organisation",
                    homepage="https://www.gov.uk/government/organisations/department-for-business-innovation-skills",
                    dissolved=date(2016, 7, 14),
                ),
            ),
        )
    ],
)
def test_a_body_is_as_it_was_read_by_hand(folder: Path, name: str, body: Organisation) -> None:
    found = [records[0] for records in read(folder, name, FILES[name].read_bytes())]
    assert found.count(body) == 1


@pytest.mark.real_data
@pytest.mark.skipif(not FILES[COMB].exists(), reason="the publishers' own file is not here")
def test_the_ten_councils_are_members_of_greater_manchesters(folder: Path) -> None:
    key = "GM-given-17"
    (found,) = [
        records
        for records in read(folder, COMB, FILES[COMB].read_bytes())
        if records[0] == Organisation(key, "Greater Manchester Combined Authority", "COMB")
    ]
    codes = ("BOL", "BUR", "MAN", "OLD", "RCH", "SLF", "SKP", "TAM", "TRF", "WGN")
    assert found[1:] == tuple(Membership(f"GB-LAE-{code}", key, "member") for code in codes)
