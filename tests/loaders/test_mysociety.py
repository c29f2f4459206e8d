"""A row of mySociety's list becomes an authority, its area, its codes and its successors."""

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
from loaders.formats.registers.mysociety import MYSOCIETY
from loaders.issues import Effect, Fault
from loaders.pipeline import Loaded, load_source
from loaders.records import Area, Identifier, Membership, Organisation, Record
from loaders.source import Source, SourceFile, read_declaration
from loaders.staging import Counts
from tests.loaders.conftest import BASE, staged_lines

(FORMAT,) = MYSOCIETY
assert isinstance(FORMAT.layout, Delimited)
COLUMNS = FORMAT.layout.columns
FEED = Feed("given")
KEY = "GB-LAE-EXA"
FULL = {
    "local-authority-code": "EXA",
    "official-name": "Exampleton Metropolitan  Borough Council",
    "nation": "England",
    "local-authority-type": "MD",
    "nice-name": "Exampleton",
    "gss-code": "E08000099",
    "start-date": "1974-04-01",
    "end-date": "2023-03-31",
    "replaced-by": "EXB,EXC",
    "combined-authority": "EXCA",
    "alt-names": "Exampleton,exampleton,Exampleton & District,exampleton council",
    "former-gss-codes": "E08000097,E08000098",
    "old-register-and-code": "local-authority-eng:EXA",
    "os": "7000000000099999",
    "BS-6879": "EXA",
    "ecode": "E4299",
    "gov-uk-slug": "exampleton",
    "old-ons-la-code": "399",
    "open-council-data-id": "999.0",
    "snac": "00ZZ",
    "wdtk-id": "54999.0",
}
LEAST = {column: FULL[column] for column in COLUMNS.required}
LIST = (
    Path(__file__).parents[2].parent
    / "shared/data/organisations/mysociety/uk_local_authorities_future.csv"
)


def records_of(changed: Mapping[str, str], feed: Feed = FEED) -> tuple[Record, ...]:
    return FORMAT.interpret(Row(2, {**FULL, **changed}), feed)


def organisation(changed: Mapping[str, str], feed: Feed = FEED) -> Organisation:
    first = records_of(changed, feed)[0]
    assert isinstance(first, Organisation)
    return first


def as_csv(*rows: Mapping[str, str]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(FULL), lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(errors="replace")


def load(directory: DataDirectory, content: bytes, **organisations: str) -> Loaded:
    file = SourceFile("list.csv", FORMAT, None, 0)
    source = Source("given", "A list", (file,), organisations=organisations)
    return load_source(directory, source, {"list.csv": lambda: io.BytesIO(content)})


def test_a_full_row_makes_every_record_that_it_tells_of() -> None:
    row = Row(2, FULL)
    records = FORMAT.interpret(row, FEED)
    codes = {
        "local-authority-eng": ["EXA"],
        "bs-6879": ["EXA"],
        "e-code": ["E4299"],
        "gov-uk-slug": ["exampleton"],
        "ons-legacy": ["399"],
        "open-council-data": ["999"],
        "snac": ["00ZZ"],
        "whatdotheyknow": ["54999"],
        "gss": ["E08000097", "E08000098"],
    }
    assert records[0] == Organisation(
        key=KEY,
        name="Exampleton Metropolitan Borough Council",
        organisation_type="MD",
        other_names=("Exampleton", "Exampleton & District"),
        founded=date(1974, 4, 1),
        dissolved=date(2023, 3, 31),
        administers=("E08000099",),
        replaced_by=("GB-LAE-EXB", "GB-LAE-EXC"),
    )
    assert set(records[1:]) == {
        *(
            Identifier("organisation", KEY, scheme, code)
            for scheme, found in codes.items()
            for code in found
        ),
        Identifier("area", "E08000099", "ordnance-survey", "7000000000099999"),
        Area("E08000099"),
        Membership(KEY, "GB-LAE-EXCA", "constituent-council"),
    }
    assert len(records) == len(set(records))
    assert (row.withheld, row.noted) == ([], [])


def test_every_column_that_is_declared_is_read() -> None:
    row = Row(2, FULL)
    FORMAT.interpret(row, FEED)
    assert {column for column, _ in row.read} == set(FULL)
    assert set(FULL) == set(COLUMNS.required + COLUMNS.optional)


def test_an_ignored_column_is_not_looked_at() -> None:
    row = Row(2, {**FULL, **dict.fromkeys(COLUMNS.ignored, "\x00")})
    assert FORMAT.interpret(row, FEED) == records_of({})
    assert row.withheld == []


def test_the_least_row_makes_an_authority_alone() -> None:
    assert FORMAT.interpret(Row(2, LEAST), FEED) == (
        Organisation(KEY, "Exampleton Metropolitan Borough Council", "MD"),
    )


@pytest.mark.parametrize(
    ("nation", "key"),
    [
        ("England", "GB-LAE-ABC"),
        ("Scotland", "GB-LAS-ABC"),
        ("Wales", "GB-PLA-ABC"),
        ("Northern Ireland", "GB-LANI-ABC"),
    ],
)
def test_a_code_is_one_of_its_nations_register(nation: str, key: str) -> None:
    council = organisation({"nation": nation, "local-authority-code": "ABC", "replaced-by": "XYZ"})
    assert council.key == key
    assert council.replaced_by == (key.replace("ABC", "XYZ"),)


@pytest.mark.parametrize(
    "entry", ["principal-local-authority:EXA", "local-authority-sct:EXA", "local-authority-nir:EXA"]
)
def test_only_an_entry_in_the_english_register_makes_an_english_code(entry: str) -> None:
    records = records_of({"old-register-and-code": entry})
    assert "local-authority-eng" not in {
        each.scheme for each in records if isinstance(each, Identifier)
    }


def test_a_placeholder_makes_a_key_of_the_sources_own_and_is_noted() -> None:
    row = Row(2, {**LEAST, "nation": "Northern Ireland", "local-authority-code": "NIR-A"})
    (council,) = FORMAT.interpret(row, FEED)
    assert isinstance(council, Organisation)
    assert council.key == "GM-given-nir-a-4f61439b"
    assert [(each.rule, each.field, each.value) for each in row.noted] == [
        ("bad-code", "local-authority-code", "NIR-A")
    ]


def test_a_declared_code_makes_the_declared_key_wherever_it_stands() -> None:
    feed = Feed("given", organisations={"NIR-A": "GB-LANI-DRY", "EXB": "GB-LAE-EXBUA"})
    row = Row(2, {**LEAST, "nation": "Northern Ireland", "local-authority-code": "NIR-A"})
    (council,) = FORMAT.interpret(row, feed)
    assert isinstance(council, Organisation)
    assert (council.key, row.noted) == ("GB-LANI-DRY", [])
    assert organisation({}, feed).replaced_by == ("GB-LAE-EXBUA", "GB-LAE-EXC")
    assert Membership(KEY, "GB-LAE-EXBUA", "constituent-council") in records_of(
        {"combined-authority": "EXB"}, feed
    )


@pytest.mark.parametrize(
    ("column", "cell", "rule"),
    [
        *((column, "", "missing-value") for column in LEAST),
        ("local-authority-code", "exa", "bad-code"),
        ("local-authority-code", "NIR-AA", "bad-code"),
        ("local-authority-code", "EX/A", "bad-code"),
        ("local-authority-code", "EXAMPL", "bad-code"),
        ("nation", "Cornwall", "unknown-category"),
        ("nation", "england", "unknown-category"),
        ("local-authority-type", "borough", "unknown-category"),
        ("official-name", "Cyngor Mï¿½n", "damaged-text"),
        ("replaced-by", "EXA", "self-reference"),
        ("end-date", "1974-03-31", "dates-out-of-order"),
    ],
)
def test_a_row_whose_authority_cannot_be_told_is_left_out(
    column: str, cell: str, rule: str
) -> None:
    with pytest.raises(Fault) as caught:
        records_of({column: cell})
    assert caught.value.rule == rule


@pytest.mark.parametrize(
    ("column", "cell", "rule"),
    [
        ("nice-name", "Bur\ufffd", "damaged-text"),
        ("gss-code", "E0800099", "bad-code"),
        ("start-date", "1974", "bad-date"),
        ("start-date", "1905-05-27", "spreadsheet-date"),
        ("end-date", "31/03/2023", "bad-date"),
        ("combined-authority", "GLA", "out-of-scope"),
        ("combined-authority", "excA", "bad-code"),
        ("alt-names", "Ex\x07ampleton", "control-character"),
        ("old-register-and-code", "EXA", "bad-code"),
        ("old-register-and-code", "local-authority-eng:e/a", "bad-code"),
        ("os", "7000000000018820.0", "number-as-decimal"),
        ("os", "7.00000000001882e+15", "number-as-decimal"),
        ("os", "700000000001882", "bad-code"),
        ("BS-6879", "NIR-A", "bad-code"),
        ("ecode", "E42", "bad-code"),
        ("ecode", "4201.0", "number-as-decimal"),
        ("gov-uk-slug", "st.-example", "bad-code"),
        ("gov-uk-slug", "Exampleton", "bad-code"),
        ("old-ons-la-code", "399.0", "number-as-decimal"),
        ("old-ons-la-code", "45-UB", "bad-code"),
        ("open-council-data-id", "12345678.0", "number-as-decimal"),
        ("open-council-data-id", "12345678", "bad-code"),
        ("open-council-data-id", "1.5", "number-as-decimal"),
        ("snac", "11.0", "number-as-decimal"),
        ("snac", "0ZZ", "bad-code"),
        ("snac", "٠٠ZZ", "bad-code"),
        ("wdtk-id", "nan", "bad-code"),
    ],
)
def test_a_faulty_value_is_withheld_with_what_hangs_on_it_and_no_more(
    column: str, cell: str, rule: str
) -> None:
    row = Row(2, {**FULL, column: cell})
    assert FORMAT.interpret(row, FEED) == records_of({column: ""})
    assert [(each.rule, each.field, each.value) for each in row.withheld] == [(rule, column, cell)]


@pytest.mark.parametrize(
    ("column", "cell", "bad", "rule"),
    [
        (
            "alt-names",
            "Exampleton,Ex\u00ef\u00be\u00a0A,Ham",
            "Ex\u00ef\u00be\u00a0A",
            "damaged-text",
        ),
        ("former-gss-codes", "E0800097,E08000098", "E0800097", "bad-code"),
        ("replaced-by", "EXB, ex c", "ex c", "bad-code"),
    ],
)
def test_of_a_list_only_the_faulty_value_is_withheld(
    column: str, cell: str, bad: str, rule: str
) -> None:
    sound = ",".join(each for each in cell.split(",") if each.strip() != bad)
    row = Row(2, {**FULL, column: cell})
    assert FORMAT.interpret(row, FEED) == records_of({column: sound})
    assert [(each.rule, each.field, each.value) for each in row.withheld] == [(rule, column, bad)]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Exampleton", ("Exampleton",)),
        ("Ham, Spam and Jam,ham, spam and jam", ("Exampleton", "Ham, Spam and Jam")),
        ("Ham, Spam and Jam ,ham", ("Exampleton", "Ham, Spam and Jam")),
        ("Ham UA,Ham,Ham", ("Exampleton", "Ham UA", "Ham")),
        ("Sir Môn,sir môn", ("Exampleton", "Sir Môn")),
        ("Exampleton Metropolitan Borough Council", ("Exampleton",)),
        ("exampleton,(of example),1 Example", ("Exampleton",)),
    ],
)
def test_names_with_a_capital_are_kept_with_the_commas_in_them(
    cell: str, names: tuple[str, ...]
) -> None:
    assert organisation({"alt-names": cell}).other_names == names


@pytest.mark.parametrize(
    ("cell", "year"), [("2005-05-27", 1974), ("2005-06-07", 1985), ("2004-12-04", 1800)]
)
def test_a_damaged_date_moved_by_a_century_is_withheld(cell: str, year: int) -> None:
    row = Row(2, {**FULL, "start-date": cell})
    council = FORMAT.interpret(row, FEED)[0]
    assert isinstance(council, Organisation)
    assert council.founded is None
    (fault,) = row.withheld
    assert (fault.rule, fault.field, fault.value) == ("spreadsheet-date", "start-date", cell)
    assert f"the bare year {year}" in fault.message


@pytest.mark.parametrize("cell", ["2004-12-03", "2005-10-01", "2004-02-29", "2000-02-29"])
def test_a_date_beyond_those_is_kept(cell: str) -> None:
    assert organisation({"start-date": cell}).founded == date.fromisoformat(cell)


def test_a_number_of_the_ordnance_survey_needs_an_area() -> None:
    records = records_of({"gss-code": ""})
    assert not [each for each in records if isinstance(each, Identifier) and each.kind == "area"]
    assert not [each for each in records if isinstance(each, Area)]


def test_a_code_that_two_claim_is_neither_ones(directory: DataDirectory) -> None:
    other = {**LEAST, "local-authority-code": "EXZ", "wdtk-id": FULL["wdtk-id"]}
    loaded = load(directory, as_csv({**FULL}, other))
    assert (loaded.load.counts.records_loaded, loaded.load.counts.values_withheld) == (2, 2)
    assert [(each.rule, each.row, each.value) for each in loaded.issues] == [
        ("shared-identifier", 2, "54999"),
        ("shared-identifier", 3, "54999"),
        ("shape", 2, f"{BASE}id/area/E08000099"),  # this list gives areas no names
    ]


def test_two_codes_declared_as_one_body_leave_both_out(directory: DataDirectory) -> None:
    other = {**LEAST, "local-authority-code": "EXZ", "official-name": "Exampleton Council"}
    loaded = load(directory, as_csv(LEAST, other), EXZ=KEY)
    assert loaded.load.counts.records_left_out == 2
    assert [(each.rule, each.row) for each in loaded.issues] == [
        ("duplicate-key", 2),
        ("duplicate-key", 3),
    ]


def test_two_codes_declared_as_one_body_of_which_they_say_the_same_are_noted(
    directory: DataDirectory,
) -> None:
    other = {**LEAST, "local-authority-code": "EXZ"}
    said = []
    for rows in ((LEAST,), (LEAST, other)):
        loaded = load(directory, as_csv(*rows), EXZ=KEY)
        lines = staged_lines(directory, loaded)
        said.append([line for line in lines if line.endswith(b"graph/given> .\n")])
    assert said[0] == said[1] != []
    assert loaded.load.counts == Counts(2, 2)
    assert [str(each) for each in loaded.issues] == [
        f"list.csv, row 3: Row 2 already says the same of the organisation {KEY}. (noted)"
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


def read(folder: Path, content: bytes) -> list[tuple[Record, ...]]:
    path = folder / "list.csv"
    path.write_bytes(content)
    found = []
    for row in FORMAT.layout.read(Content(path.name, path)):
        if isinstance(row, Row):
            try:
                found.append(FORMAT.interpret(row, FEED))
            except Fault:
                continue
    return found


@given(st.binary(max_size=300) | st.text().map(lambda text: as_csv(LEAST) + text.encode()))
def test_whatever_the_bytes_are_a_file_is_read_or_refused(folder: Path, content: bytes) -> None:
    with suppress(StructureError):
        read(folder, content)


@given(
    st.fixed_dictionaries(
        {column: st.just(cell) | st.text(max_size=12) for column, cell in FULL.items()}
    )
)
def test_a_good_row_is_kept_whatever_stands_beside_it(folder: Path, beside: dict[str, str]) -> None:
    assert read(folder, as_csv(FULL, beside))[0] == records_of({})
    assert records_of({}) in read(folder, as_csv(beside, FULL))


def test_the_declaration_that_is_shipped_names_only_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    source = declared(monkeypatch)
    assert source.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert source.publisher is not None
    assert source.publisher.name == "mySociety"
    assert len(source.organisations) == len(set(source.organisations.values())) == 35
    assert {code for code in source.organisations if code.startswith("NIR-")} == {
        f"NIR-{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXY"
    }


def declared(monkeypatch: pytest.MonkeyPatch) -> Source:
    monkeypatch.setitem(FORMATS, FORMAT.name, FORMAT)
    return read_declaration(resources.files("loaders") / "sources" / "mysociety-local-authorities")


@pytest.fixture
def loaded_list(directory: DataDirectory, monkeypatch: pytest.MonkeyPatch) -> Loaded:
    source = declared(monkeypatch)
    return load_source(directory, source, {source.files[0].name: lambda: LIST.open("rb")})


@pytest.fixture(scope="module")
def stated() -> dict[str, dict[str, str]]:
    with LIST.open(encoding="utf-8", newline="") as file:
        return {each["local-authority-code"]: each for each in csv.DictReader(file)}


real_data = pytest.mark.real_data
absent = pytest.mark.skipif(not LIST.exists(), reason="the publisher's own file is not here")


@real_data
@absent
def test_the_list_of_july_2025_is_loaded_whole(loaded_list: Loaded) -> None:
    counts = loaded_list.load.counts
    assert (counts.records_in, counts.records_loaded, counts.values_withheld) == (470, 470, 554)
    assert Counter((each.rule, each.field, each.effect) for each in loaded_list.issues) == {
        ("number-as-decimal", "os", Effect.WITHHELD): 408,
        ("spreadsheet-date", "start-date", Effect.WITHHELD): 77,
        ("out-of-scope", "combined-authority", Effect.WITHHELD): 33,
        ("bad-code", "BS-6879", Effect.WITHHELD): 25,
        ("shared-identifier", "BS-6879", Effect.WITHHELD): 3,
        ("shared-identifier", None, Effect.WITHHELD): 5,
        ("damaged-text", "alt-names", Effect.WITHHELD): 2,
        ("bad-code", "gov-uk-slug", Effect.WITHHELD): 1,
        ("shape", None, Effect.NOTED): 445,  # this list gives areas no names
    }


@real_data
@absent
def test_two_councils_lose_the_number_that_a_float_made_one(
    loaded_list: Loaded, stated: dict[str, dict[str, str]]
) -> None:
    assert stated["MAN"]["os"] == stated["RCH"]["os"] == "7000000000018820.0"
    assert len([each for each in loaded_list.issues if each.value == "7000000000018820.0"]) == 2


@real_data
@absent
def test_councils_of_the_list_are_as_they_were_read_by_hand(
    stated: dict[str, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = declared(monkeypatch)
    feed = Feed(source.name, organisations=source.organisations)

    def found(code: str) -> tuple[Record, ...]:
        return FORMAT.interpret(Row(2, stated[code]), feed)

    key = "GB-LAE-RCH"
    assert set(found("RCH")) == {
        Organisation(
            key,
            "Rochdale Metropolitan Borough Council",
            "MD",
            other_names=("Rochdale",),
            administers=("E08000005",),
        ),
        Area("E08000005"),
        Membership(key, "GB-LAE-GMCA", "constituent-council"),
        Identifier("organisation", key, "local-authority-eng", "RCH"),
        Identifier("organisation", key, "bs-6879", "RCH"),
        Identifier("organisation", key, "e-code", "E4205"),
        Identifier("organisation", key, "gov-uk-slug", "rochdale"),
        Identifier("organisation", key, "ons-legacy", "354"),
        Identifier("organisation", key, "open-council-data", "277"),
        Identifier("organisation", key, "snac", "00BQ"),
        Identifier("organisation", key, "whatdotheyknow", "321"),
    }
    assert found("CMA")[0] == Organisation(
        "GB-LAE-CMA",
        "Cumbria County Council",
        "CTY",
        other_names=("Cumbria",),
        dissolved=date(2023, 4, 1),
        administers=("E10000006",),
        replaced_by=("GB-LAE-CUA", "GB-LAE-WFUA"),
    )
    assert found("NIR-A") == (
        Organisation(
            "GB-LANI-DRY",
            "Derry City Council",
            "NID",
            other_names=("Derry",),
            dissolved=date(2015, 3, 31),
        ),
        Identifier("organisation", "GB-LANI-DRY", "snac", "95A"),
    )
    assert found("ABC")[0] == Organisation(
        "GB-LANI-ABC",
        "Armagh City, Banbridge and Craigavon Borough Council",
        "NID",
        other_names=("Armagh City, Banbridge and Craigavon",),
        founded=date(2015, 4, 1),
        administers=("N09000002",),
    )
    assert found("GMCA") == (
        Organisation(
            "GB-LAE-GMCA",
            "Greater Manchester Combined Authority",
            "COMB",
            other_names=("Greater Manchester", "Greater Manchester CA"),
            founded=date(2014, 4, 1),
            administers=("E47000001",),
        ),
        Identifier("organisation", "GB-LAE-GMCA", "local-authority-eng", "GMCA"),
        Identifier("organisation", "GB-LAE-GMCA", "bs-6879", "GMCA"),
        Identifier("organisation", "GB-LAE-GMCA", "whatdotheyknow", "8211"),
        Area("E47000001"),
    )


@real_data
@absent
def test_no_authority_keeps_a_beginning_that_was_a_bare_year(
    stated: dict[str, dict[str, str]],
) -> None:
    began = Counter(row["start-date"][:4] for row in stated.values())
    assert began["2005"] == 77
    kept = [FORMAT.interpret(Row(2, row), FEED)[0] for row in stated.values()]
    years = {each.founded.year for each in kept if isinstance(each, Organisation) and each.founded}
    assert 1974 in years
    assert 2005 not in years
