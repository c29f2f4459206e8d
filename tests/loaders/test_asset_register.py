"""A register of information assets becomes records, whatever its headings, and without people."""

import csv
import io
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from loaders.directory import DataDirectory
from loaders.errors import DeclarationError, StructureError
from loaders.formats.assets.asset_headings import ALIASES, COLUMNS
from loaders.formats.assets.asset_register import ASSET_REGISTER
from loaders.formats.assets.legal_basis import legal_bases
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.issues import RULES, Effect, Fault
from loaders.pipeline import load_source
from loaders.records import InformationAsset
from loaders.source import Source, SourceFile
from loaders.staging import Counts
from ontology import notations
from tests.loaders.conftest import BASE, graph_of, in_memory, openers, read, turtle
from tests.loaders.workbooks import made, saved, workbook

CSV, XLSX = ASSET_REGISTER
HOLDER = "GM-exampleton"
FEED = Feed("exampleton-assets", HOLDER)
DOCUMENT = Path(__file__).parents[2] / "docs/information-asset-register.md"

FULL = {
    "reference": "ASC-012",
    "name": "Care  assessments",
    "description": "What was found when people asked for care.",
    "owner": "Head of Adult Care",
    "steward": "Care Records Manager",
    "custodian": "Care Systems Team Leader",
    "unit": "Adult Care",
    "format": "Electronic; paper",
    "system": "Caseworks",
    "personal-data": "Yes",
    "special-category": "Y",
    "lawful-basis": "Public task; 9(2)(h)",
    "classification": "Official - Sensitive",
    "retention": "6 years after the case is closed",
    "disposal": "Secure disposal",
    "shared-with": "Exampleton Hospital, Trust Office; Exampleton Police\nExampleton Police",
    "open-data": "No",
    "risk": "Medium",
    "reviewed": "2024-04-01",
    "next-review": "2025-04-01",
    "source": "https://exampleton.example/register",
}
ASSET = InformationAsset(
    holder=HOLDER,
    ref="ASC-012",
    name="Care assessments",
    description="What was found when people asked for care.",
    owner="Head of Adult Care",
    steward="Care Records Manager",
    custodian="Care Systems Team Leader",
    unit="Adult Care",
    system="Caseworks",
    format="mixed",
    personal_data="special-category",
    legal_bases=("A6-1-e", "A9-2-h"),
    classification="OFFICIAL-SENSITIVE",
    retention="6 years after the case is closed",
    disposal="destroy",
    shared_with=("Exampleton Hospital, Trust Office", "Exampleton Police"),
    is_open=False,
    risk="Medium",
    reviewed=date(2024, 4, 1),
    next_review=date(2025, 4, 1),
    source="https://exampleton.example/register",
)
LEAST = {"reference": "1", "name": "Minutes"}


def interpreted(cells: Mapping[str, object]) -> tuple[InformationAsset, Row]:
    row = Row(2, cells)
    [record] = CSV.interpret(row, FEED)
    assert isinstance(record, InformationAsset)
    return record, row


def told(faults: list[Fault]) -> list[tuple[str, str | None, str | None]]:
    """Faults by rule, column and value."""
    assert all(each.rule in RULES for each in faults)
    return [(each.rule, each.field, each.value) for each in faults]


def as_csv(*rows: list[str]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode()


def source(format_number: int = 0, holder: str | None = HOLDER) -> Source:
    file = SourceFile("given.csv", ASSET_REGISTER[format_number], None, 0)
    return Source("given", "A register given by hand", (file,), holder=holder)


def test_a_full_row_makes_an_asset_with_every_value() -> None:
    record, row = interpreted(FULL)
    assert record == ASSET
    assert (row.withheld, row.noted) == ([], [])


def test_a_reference_and_a_name_are_enough() -> None:
    record, row = interpreted(LEAST)
    assert record == InformationAsset(HOLDER, "1", "Minutes")
    assert (row.withheld, row.noted) == ([], [])


def test_what_is_blank_is_not_recorded() -> None:
    record, row = interpreted({**dict.fromkeys(FULL, " "), **LEAST})
    assert record == InformationAsset(HOLDER, "1", "Minutes")
    assert (row.withheld, row.noted) == ([], [])


# What makes an asset.


@pytest.mark.parametrize("name", ["", "  ", "TBC", "n/a"])
def test_an_asset_without_a_name_is_left_out(name: str) -> None:
    with pytest.raises(Fault) as caught:
        interpreted({**FULL, "name": name})
    assert told([caught.value]) == [("missing-value", "name", None)]


def test_a_register_without_references_knows_its_assets_by_their_names() -> None:
    record, row = interpreted({"name": "Minutes of the Café (since 1974)"})
    assert (record.ref, record.name) == (
        "minutes-of-the-cafe-since-1974",
        "Minutes of the Café (since 1974)",
    )
    assert row.noted == []
    assert interpreted({"name": "Minutes"})[0].ref == "minutes"


def test_names_in_other_scripts_are_told_apart() -> None:
    assert interpreted({"name": "議事録"})[0].ref != interpreted({"name": "記録"})[0].ref
    assert interpreted({"reference": "1", "name": "議事録"})[0].name == "議事録"


@pytest.mark.parametrize("cell", ["", "TBC"])
def test_an_asset_without_a_reference_is_known_by_its_name_which_is_noted(cell: str) -> None:
    record, row = interpreted({"reference": cell, "name": "Minutes"})
    assert record.ref == "minutes"
    assert ("missing-value", "reference", None) in told(row.noted)
    assert row.withheld == []


@pytest.mark.parametrize("cell", ["ASC/012", "1.2", "0049", "A 1", 12])
def test_a_reference_is_kept_as_it_is_written(cell: object) -> None:
    assert interpreted({**LEAST, "reference": cell})[0].ref == str(cell)


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("12.0", "number-as-decimal"),
        ("1.23E+12", "number-as-decimal"),
        ("2024-02-01", "spreadsheet-date"),
        ("01/02/2024", "spreadsheet-date"),
    ],
)
def test_a_reference_that_a_spreadsheet_has_changed_leaves_the_asset_out(
    cell: str, rule: str
) -> None:
    with pytest.raises(Fault) as caught:
        interpreted({**FULL, "reference": cell})
    assert told([caught.value]) == [(rule, "reference", cell)]


@pytest.mark.parametrize("cell", ["#REF!", "A\x071"])
def test_a_reference_that_cannot_be_read_leaves_the_asset_out(cell: str) -> None:
    row = Row(2, {**FULL, "reference": cell})
    with pytest.raises(Fault) as caught:
        CSV.interpret(row, FEED)
    assert told([caught.value]) == [("bad-code", "reference", None)]
    [fault] = row.withheld
    assert fault.rule in ("error-in-cell", "control-character")


def test_a_register_of_nobody_stops_the_load_and_names_the_key() -> None:
    with pytest.raises(DeclarationError) as caught:
        CSV.interpret(Row(2, FULL), Feed("exampleton-assets"))
    assert str(caught.value) == (
        "the source “exampleton-assets” does not say whose register it is: give its source.toml "
        "the key “holder”, with an organisation's key such as GB-LAE-MAN."
    )
    with pytest.raises(DeclarationError):
        read(source(holder=None), as_csv(list(LEAST), list(LEAST.values())))


# Nothing above OFFICIAL.


@pytest.mark.parametrize(
    "cell", ["SECRET", "Top Secret", "TOP_SECRET", "UK SECRET", "secret - UK eyes only"]
)
def test_nothing_above_official_is_loaded_nor_anything_else_of_it_read(cell: str) -> None:
    row = Row(2, {**FULL, "classification": cell, "owner": "Mrs A Example", "risk": "TBC"})
    with pytest.raises(Fault) as caught:
        CSV.interpret(row, FEED)
    assert told([caught.value]) == [("above-official", "classification", None)]
    assert caught.value.message == (
        "The asset is classified above OFFICIAL, and nothing of that kind is loaded."
    )
    assert (row.withheld, row.noted) == ([], [])


@pytest.mark.parametrize(
    ("cell", "classification"),
    [
        ("OFFICIAL", "OFFICIAL"),
        ("official", "OFFICIAL"),
        ("OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE"),
        ("OFFICIAL: SENSITIVE", "OFFICIAL-SENSITIVE"),
        ("Official – Sensitive", "OFFICIAL-SENSITIVE"),
        ("OFFICIAL-SENSITIVE [PERSONAL]", "OFFICIAL-SENSITIVE"),
        ("NOT_APPLICABLE", "NOT_APPLICABLE"),
        ("Not applicable", "NOT_APPLICABLE"),
        ("N/A", "NOT_APPLICABLE"),
        ("", None),
    ],
)
def test_a_classification_is_read_in_the_ways_that_it_is_written(
    cell: str, classification: str | None
) -> None:
    record, row = interpreted({**LEAST, "classification": cell})
    assert (record.classification, row.withheld, row.noted) == (classification, [], [])


@pytest.mark.parametrize(
    "cell",
    [
        *("Confidential", "PROTECT", "Internal", "Level 2", "TS", "TBC", "unknown", "?", "#REF!"),
        *("official-ish", "\x00", True, 3, "не секретно"),
    ],
)
def test_a_classification_that_cannot_be_read_leaves_the_asset_out_unseen(cell: object) -> None:
    row = Row(2, {**FULL, "classification": cell, "owner": "Mrs A Example", "risk": "TBC"})
    if cell == "\x00":  # nothing shows
        assert CSV.interpret(row, FEED)
        return
    with pytest.raises(Fault) as caught:
        CSV.interpret(row, FEED)
    assert told([caught.value]) == [("unknown-category", "classification", None)]
    assert str(cell) not in caught.value.message
    assert (row.withheld, row.noted) == ([], [])


@pytest.mark.parametrize(
    "cell",
    [
        *("TOP\x0bSECRET", "SEC\u200bRET", "Secret\u00ad", "S E C R E T", "TOPSECRET"),
        *("SE\x00CRET", "ＳＥＣＲＥＴ", "not secret", "OFFICIAL (was secrets)"),
    ],
)
def test_secret_is_understood_however_it_is_hidden(cell: str) -> None:
    row = Row(2, {**FULL, "classification": cell, "owner": "Mrs A Example"})
    with pytest.raises(Fault) as caught:
        CSV.interpret(row, FEED)
    assert told([caught.value]) == [("above-official", "classification", None)]
    assert (row.withheld, row.noted) == ([], [])


@pytest.mark.parametrize("cell", ["-", " – ", "\u200b"])
def test_a_dash_for_a_classification_is_none(cell: str) -> None:
    record, row = interpreted({**LEAST, "classification": cell})
    assert (record.classification, row.withheld) == (None, [])


@pytest.mark.parametrize("cell", ["#REF!", "SECRET", "Confidential"])
def test_a_workbook_shows_nothing_of_what_is_classified_in_any_other_way(cell: str) -> None:
    book, sheet = made(["Asset ID", "Name", "Risk", "Classification"])
    sheet.append([1, "Kept", "Low", "OFFICIAL"])
    sheet.append([2, "Spies", 1234567890123456789, cell])
    sheet["D3"].data_type = "e" if cell.startswith("#") else "s"
    reading = read(source(1), saved(book))
    assert reading.counts() == Counts(2, 1, 1, 0)
    [issue] = reading.issues
    assert (issue.row, issue.field, issue.value) == (3, "classification", None)
    assert not set(("Spies", "1234567890", cell)) & set(issue.message.split())
    assert b"Spies" not in b"".join(reading.lines)


def test_a_classification_without_a_result_leaves_the_asset_out() -> None:
    book, _ = made(["Asset ID", "Name", "Classification"], [1, "Spies", "=A1"], [2, "Kept", ""])
    reading = read(source(1), saved(book))
    assert [(each.rule, each.effect) for each in reading.issues] == [
        ("unknown-category", Effect.LEFT_OUT)
    ]
    assert b"Spies" not in b"".join(reading.lines)


def test_a_person_with_whom_an_asset_is_shared_is_withheld() -> None:
    record, row = interpreted({**FULL, "shared-with": "Mrs A Example; Exampleton Police"})
    assert record.shared_with == ("Exampleton Police",)
    assert told(row.withheld) == [("contact-of-a-person", "shared-with", None)]
    assert "Mrs" not in row.withheld[0].message


@pytest.mark.parametrize(
    "heading",
    [
        *("Information Asset Owner (full name)", "Owner (e-mail)", "IAO [name and contact]"),
        *("Data steward - contact", "Owner: telephone", "Name of asset owner", "Owner's mobile"),
    ],
)
def test_a_heading_that_asks_for_a_person_is_ignored(heading: str) -> None:
    name = COLUMNS.name(heading)
    assert name not in COLUMNS.optional + COLUMNS.required
    assert list(COLUMNS.remarks([name])) == []


@pytest.mark.parametrize(
    ("personal", "special", "level"),
    [
        ("Yes - names, health; no addresses", "", "special-category"),
        ("Yes (medical records - not shared)", "", "special-category"),
        ("Yes", "Yes - names, health; no addresses", "special-category"),
        ("Yes", "Health; no addresses", "special-category"),
        ("Yes, no special category data", "", "personal"),
        ("Yes", "No", "personal"),
    ],
)
def test_only_a_cell_that_is_no_denies(personal: str, special: str, level: str) -> None:
    record, row = interpreted({**FULL, "personal-data": personal, "special-category": special})
    assert (record.personal_data, row.withheld) == (level, [])


# Posts, not people.


@pytest.mark.parametrize("column", ["owner", "steward", "custodian"])
@pytest.mark.parametrize(
    "cell",
    [
        "jane.example@exampleton.example",
        "Head of Care (care@exampleton.example)",
        "Mrs A Example",
        "Mr. Example",
        "MRS EXAMPLE",
        "dr example",
        "Head of Care: Dr Example",
        "Cllr Example",
        "Prof Example",
        "Head of Care 0161 496 0000",
        "Head of Care +44 161 496 0000",
    ],
)
def test_a_person_in_place_of_a_post_is_withheld_and_not_repeated(column: str, cell: str) -> None:
    record, row = interpreted({**FULL, column: cell})
    assert record == interpreted({**FULL, column: ""})[0]
    assert told(row.withheld) == [("contact-of-a-person", column, None)]
    assert cell not in row.withheld[0].message


@pytest.mark.parametrize(
    "cell",
    [
        "Director of Public Health",
        "Lord Mayor's Secretary",
        "MS Teams Administrator",
        "Councillor Support Manager",
        "Head of Drainage",
        "Manager 24/7 Team 2",
    ],
)
def test_the_title_of_a_post_is_kept(cell: str) -> None:
    record, row = interpreted({**LEAST, "owner": cell})
    assert (record.owner, row.withheld) == (cell, [])


@pytest.mark.parametrize("column", ["owner", "steward", "custodian"])
def test_where_posts_have_a_column_of_their_own_no_other_is_looked_at(column: str) -> None:
    record, row = interpreted({**LEAST, column: "Ann Example", f"{column}-post": "Head of Care"})
    assert getattr(record, column) == "Head of Care"
    assert "Ann Example" not in repr((record, row.read, row.withheld, row.noted))
    assert getattr(interpreted({**LEAST, column: "x", f"{column}-post": ""})[0], column) is None


@pytest.mark.parametrize("cell", ["Vacant", "vacancy", "TBC"])
def test_a_post_that_nobody_was_named_for_is_not_recorded(cell: str) -> None:
    record, row = interpreted({**LEAST, "owner": cell})
    assert record.owner is None
    assert told(row.noted) == [("nothing-said", "owner", cell)]


@pytest.mark.parametrize("column", ["description", "unit", "system", "retention", "risk"])
@pytest.mark.parametrize(
    "cell",
    ["Ask jane.example@exampleton.example.", "Ring 07700 900123", "Ring +44 7700 900 123 first"],
)
def test_a_text_with_a_persons_address_in_it_is_withheld_and_not_repeated(
    column: str, cell: str
) -> None:
    record, row = interpreted({**FULL, column: cell})
    assert record == interpreted({**FULL, column: ""})[0]
    assert told(row.withheld) == [("contact-of-a-person", column, None)]


def test_an_asset_whose_name_holds_a_persons_address_is_left_out() -> None:
    with pytest.raises(Fault) as caught:
        interpreted({**LEAST, "name": "Mailbox jane.example@exampleton.example"})
    assert told([caught.value]) == [("missing-value", "name", None)]


def test_a_teams_address_in_a_text_is_kept() -> None:
    text = "Ask care-records@exampleton.example, or 0161 496 0000."
    record, row = interpreted({**LEAST, "description": text})
    assert (record.description, row.withheld) == (text, [])


# Personal data.


@pytest.mark.parametrize(
    ("personal", "special", "level"),
    [
        ("Yes", "", "personal"),
        ("Y", "No", "personal"),
        ("TRUE", "false", "personal"),
        ("1", "0", "personal"),
        (True, False, "personal"),
        (1, 0, "personal"),
        ("Personal data", "None", "personal"),
        ("Yes - names and addresses", "n", "personal"),
        ("Yes", "Yes", "special-category"),
        ("", "yes", "special-category"),
        ("Yes", "Yes (health)", "special-category"),
        ("Yes", "Health; ethnic origin", "special-category"),
        ("Yes", "Trade union membership", "special-category"),
        ("Yes: medical notes", "", "special-category"),
        ("Special category", "", "special-category"),
        ("Special category", "yes", "special-category"),
        ("No", "", "none"),
        ("none", "No", "none"),
        ("0", "0", "none"),
        ("", "", None),
        ("", "No", None),
    ],
)
def test_two_columns_tell_the_level_of_personal_data(
    personal: object, special: object, level: str | None
) -> None:
    record, row = interpreted({**LEAST, "personal-data": personal, "special-category": special})
    assert (record.personal_data, row.withheld, row.noted) == (level, [], [])


@pytest.mark.parametrize(
    ("personal", "special"),
    [("No", "Yes"), ("none", "Health"), ("Special category", "No")],
)
def test_columns_that_contradict_each_other_are_both_disbelieved(
    personal: str, special: str
) -> None:
    record, row = interpreted({**LEAST, "personal-data": personal, "special-category": special})
    assert record.personal_data is None
    assert told(row.withheld) == [("contradictory-values", "special-category", special)]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("personal-data", "Maybe"),
        ("personal-data", "Y/N"),
        ("personal-data", "Names"),
        ("special-category", "Maybe"),
        ("special-category", "No health data"),
        ("special-category", "Some"),
        ("special-category", "#N/A"),
    ],
)
def test_a_level_that_cannot_be_understood_is_withheld(column: str, cell: str) -> None:
    record, row = interpreted({**FULL, column: cell, "classification": ""})
    rule = "error-in-cell" if cell.startswith("#") else "unknown-category"
    assert told(row.withheld) == [(rule, column, cell)]
    expected = "special-category" if column == "personal-data" else None
    assert record.personal_data == expected


# Words for nothing.


@pytest.mark.parametrize("cell", ["Unknown", "not known", "TBC", "tbd", "n/a", "N/K", "-", "?"])
@pytest.mark.parametrize("column", sorted(FULL.keys() - {"reference", "name", "classification"}))
def test_words_that_say_nothing_are_not_recorded_and_noted(column: str, cell: str) -> None:
    record, row = interpreted({**FULL, column: cell})
    assert record == interpreted({**FULL, column: ""})[0]
    assert told(row.noted) == [("nothing-said", column, cell)]
    assert row.noted[0].message == f"“{cell}” is loaded as not recorded."
    assert row.withheld == []


@pytest.mark.parametrize(
    "column", sorted(FULL.keys() - {"reference", "name", "special-category", "classification"})
)
def test_an_error_of_a_spreadsheet_is_withheld(column: str) -> None:
    record, row = interpreted({**FULL, column: "#N/A"})
    assert record == interpreted({**FULL, column: ""})[0]
    assert told(row.withheld) == [("error-in-cell", column, "#N/A")]


@pytest.mark.parametrize("cell", ["None", "No", "Yes", "not shared", "Nobody"])
def test_nobody_is_no_recipient(cell: str) -> None:
    record, row = interpreted({**LEAST, "shared-with": cell})
    assert record.shared_with == ()
    assert told(row.noted) == [("nothing-said", "shared-with", cell)]


def test_one_of_several_recipients_may_be_withheld() -> None:
    cell = "Exampleton Police; jane.example@police.example; n/a; Exampleton Fire"
    record, row = interpreted({**LEAST, "shared-with": cell})
    assert record.shared_with == ("Exampleton Police", "Exampleton Fire")
    assert told(row.withheld) == [("contact-of-a-person", "shared-with", None)]
    assert told(row.noted) == [("nothing-said", "shared-with", "n/a")]


# Legal bases.


@pytest.mark.parametrize(
    ("cell", "bases"),
    [
        ("6(1)(e)", ["A6-1-e"]),
        ("Article 6(1)(e)", ["A6-1-e"]),
        ("Art 6 1 e", ["A6-1-e"]),
        ("Art. 6 (1) (e)", ["A6-1-e"]),
        ("6.1(e)", ["A6-1-e"]),
        ("6(1)e", ["A6-1-e"]),
        ("A6-1-e", ["A6-1-e"]),
        ("UK GDPR Article 6(1)(E)", ["A6-1-e"]),
        ("Public task", ["A6-1-e"]),
        ("public  TASK.", ["A6-1-e"]),
        ("Public task (Article 6(1)(e))", ["A6-1-e"]),
        ("Article 6(1)(e) – Public task", ["A6-1-e"]),
        ("Legal obligation; Consent", ["A6-1-c", "A6-1-a"]),
        ("Legal obligation\nConsent", ["A6-1-c", "A6-1-a"]),
        ("Legal obligation, public task & contract", ["A6-1-c", "A6-1-e", "A6-1-b"]),
        ("Consent and contract", ["A6-1-a", "A6-1-b"]),
        ("6(1)(c) and (e)", ["A6-1-c", "A6-1-e"]),
        ("6(1)(c), 6(1)(e) and 9(2)(g)", ["A6-1-c", "A6-1-e", "A9-2-g"]),
        ("9(2)(h)", ["A9-2-h"]),
        ("Article 9(2)(h) health or social care", ["A9-2-h"]),
        ("9(2)(c) Vital interests", ["A9-2-c"]),
        ("9(2)(a) consent", ["A9-2-a"]),
        ("Explicit consent", ["A9-2-a"]),
        ("Substantial public interest", ["A9-2-g"]),
        ("Vital interests", ["A6-1-d"]),
        ("Employment, social security and social protection", ["A9-2-b"]),
        ("Archiving, research and statistics", ["A9-2-j"]),
        ("Task carried out in the public interest", ["A6-1-e"]),
        ("Contract; contract", ["A6-1-b"]),
        ("Legitimate interests", ["A6-1-f"]),
        ("", []),
        (" ; ", []),
    ],
)
def test_a_ground_is_read_in_the_ways_that_it_is_written(cell: str, bases: list[str]) -> None:
    assert legal_bases(cell) == (bases, [])


@pytest.mark.parametrize(
    ("cell", "bases", "rest"),
    [
        ("Gut feeling", [], ["Gut feeling"]),
        ("GDPR", [], ["GDPR"]),
        ("Article 6", [], ["Article 6"]),
        ("6(1)(g)", [], ["6(1)(g)"]),
        ("6(2)(a)", [], ["6(2)(a)"]),
        ("9(1)(a)", [], ["9(1)(a)"]),
        ("9(2)(k)", [], ["9(2)(k)"]),
        ("6(1)(eb)", [], ["6(1)(eb)"]),
        ("16(1)(e)", [], ["16(1)(e)"]),
        ("Consent; gut feeling", ["A6-1-a"], ["gut feeling"]),
        ("Consent, gut feeling", ["A6-1-a"], ["gut feeling"]),
        ("6(1)(e) Some Act 1972", ["A6-1-e"], ["Some Act 1972"]),
        ("6(1)(e); 9(2)(z)", ["A6-1-e"], ["9(2)(z)"]),
    ],
)
def test_what_is_no_ground_is_told_and_what_is_one_is_kept(
    cell: str, bases: list[str], rest: list[str]
) -> None:
    found, faults = legal_bases(cell)
    assert found == bases
    assert [(each.rule, each.value) for each in faults] == [
        ("unknown-category", each) for each in rest
    ]


def test_an_article_beside_the_words_for_another_is_disbelieved() -> None:
    found, [fault] = legal_bases("6(1)(a) Public task; Contract")
    assert found == ["A6-1-b"]
    assert (fault.rule, fault.value) == ("contradictory-values", "6(1)(a) Public task")


def test_words_that_both_articles_know_are_taken_for_the_one_that_is_asked_for() -> None:
    assert legal_bases("Consent; vital interests", 9) == (["A9-2-a", "A9-2-c"], [])
    assert legal_bases("6(1)(a) consent", 9) == (["A6-1-a"], [])


def test_every_ground_that_is_read_is_in_the_list_and_the_reverse() -> None:
    sixes = [f"6(1)({letter})" for letter in (*"abcdef", "ea")]
    nines = [f"9(2)({letter})" for letter in "abcdefghij"]
    assert set(legal_bases(";".join([*sixes, *nines, "Law enforcement"]))[0]) == notations(
        "legal-basis"
    )


def test_legal_bases_come_of_two_columns_and_faulty_ones_are_withheld() -> None:
    record, row = interpreted(
        {
            **LEAST,
            "lawful-basis": "Consent; because",
            "special-category-condition": "Consent; 6(1)(a); why not",
        }
    )
    assert record.legal_bases == ("A6-1-a", "A9-2-a")
    assert told(row.withheld) == [
        ("unknown-category", "lawful-basis", "because"),
        ("unknown-category", "special-category-condition", "why not"),
    ]


def test_no_legal_basis_is_none() -> None:
    record, row = interpreted({**LEAST, "lawful-basis": "None"})
    assert (record.legal_bases, told(row.noted)) == (
        (),
        [("nothing-said", "lawful-basis", "None")],
    )


# The other values.


@pytest.mark.parametrize(
    ("cell", "format_", "stated"),
    [
        ("Electronic", "electronic", None),
        ("digital", "electronic", None),
        ("Paper files", "paper", None),
        ("Hard-copy", "paper", None),
        ("Database", "database", None),
        ("Audio/visual", "audio-visual", None),
        ("Both", "mixed", None),
        ("Paper and electronic", "mixed", None),
        ("Paper / Database", "mixed", None),
        ("Paper, hard copy", "paper", None),
        ("Excel", None, "Excel"),
        ("Paper, Excel", None, "Paper, Excel"),
        ("", None, None),
    ],
)
def test_a_format_is_one_of_the_list_or_stays_as_stated(
    cell: str, format_: str | None, stated: str | None
) -> None:
    record, row = interpreted({**LEAST, "format": cell})
    assert (record.format, record.format_stated, row.withheld) == (format_, stated, [])
    assert format_ is None or format_ in notations("asset-format")


@pytest.mark.parametrize(
    ("cell", "disposal"),
    [
        ("Destroy", "destroy"),
        ("Secure destruction", "destroy"),
        ("Review", "review"),
        ("Transfer to Archives", "transfer-to-archive"),
        ("Anonymisation", "anonymise"),
        ("Permanent", "keep"),
    ],
)
def test_an_action_of_disposal_is_one_of_the_list(cell: str, disposal: str) -> None:
    record, row = interpreted({**LEAST, "disposal": cell})
    assert (record.disposal, record.retention, row.noted) == (disposal, None, [])
    assert disposal in notations("disposal-action")


def test_other_words_of_disposal_are_kept_with_the_retention_rule() -> None:
    cells = {**LEAST, "retention": "6 years", "retention-schedule": "RS 4", "disposal": "Give away"}
    record, row = interpreted(cells)
    assert (record.retention, record.disposal) == ("6 years; RS 4; Give away", None)
    assert told(row.noted) == [("unknown-category", "disposal", "Give away")]


@pytest.mark.parametrize("column", ["reviewed", "next-review"])
@pytest.mark.parametrize("cell", ["2024-04-01", "2024-04-01T09:30:00", "2024-04-01 00:00:00"])
def test_a_day_is_read_with_or_without_its_time(column: str, cell: str) -> None:
    record, row = interpreted({**LEAST, column: cell})
    assert (record.reviewed or record.next_review, row.withheld) == (date(2024, 4, 1), [])


@pytest.mark.parametrize("column", ["reviewed", "next-review"])
@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("3/4/2024", "bad-date"),
        ("25/12/2024", "bad-date"),
        ("25.12.24", "bad-date"),
        ("March 2024", "bad-date"),
        ("2024-02-30", "bad-date"),
        ("2024", "bad-date"),
        ("45000", "bad-date"),
        ("1905-07-16", "spreadsheet-date"),
    ],
)
def test_what_is_no_day_for_certain_is_withheld(column: str, cell: str, rule: str) -> None:
    record, row = interpreted({**FULL, column: cell})
    assert record == interpreted({**FULL, column: ""})[0]
    assert told(row.withheld) == [(rule, column, cell)]


def test_a_british_date_is_told_how_to_be_written() -> None:
    _, row = interpreted({**LEAST, "reviewed": "3/4/2024"})
    assert row.withheld[0].message == (
        "“3/4/2024” can be read with the day or with the month first: write it YYYY-MM-DD, or keep "
        "it as a date in a workbook."
    )


def test_a_next_review_before_the_last_is_noted() -> None:
    record, row = interpreted({**LEAST, "reviewed": "2024-04-01", "next-review": "2024-03-31"})
    assert (record.reviewed, record.next_review) == (date(2024, 4, 1), date(2024, 3, 31))
    assert told(row.noted) == [("dates-out-of-order", "next-review", "2024-03-31")]


@pytest.mark.parametrize(
    ("column", "cell", "rule"),
    [
        ("open-data", "Yes - some", "unknown-category"),
        ("open-data", "perhaps", "unknown-category"),
        ("source", "the register", "bad-web-address"),
    ],
)
def test_a_faulty_value_is_withheld(column: str, cell: str, rule: str) -> None:
    record, row = interpreted({**FULL, column: cell})
    assert record == interpreted({**FULL, column: ""})[0]
    assert told(row.withheld) == [(rule, column, cell)]


@pytest.mark.parametrize(
    ("cells", "unit", "system"),
    [
        ({"unit": "Team A", "directorate": "Places"}, "Team A", None),
        ({"unit": "", "directorate": "Places"}, "Places", None),
        ({"system": "Caseworks", "location": "Room 3"}, None, "Caseworks"),
        ({"system": "TBC", "location": "Room 3"}, None, "Room 3"),
    ],
)
def test_the_narrower_of_two_columns_comes_first(
    cells: dict[str, str], unit: str | None, system: str | None
) -> None:
    record, _ = interpreted({**LEAST, **cells})
    assert (record.unit, record.system) == (unit, system)


# Headings.


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Asset Reference", "reference"),
        ("IAR ref.", "reference"),
        ("IARN", "reference"),
        ("Asset  name", "name"),
        ("TITLE", "name"),
        ("Information Asset Owner (IAO)", "owner"),
        ("IAO", "owner"),
        ("IAO job title", "owner-post"),
        ("Administrator", "custodian"),
        ("IAA", "custodian"),
        ("Service", "unit"),
        ("Directorate", "directorate"),
        ("Location / System", "system"),
        ("Where held?", "location"),
        ("Contains personal data (Y/N)", "personal-data"),
        ("Contains personal data? Y/N", "personal-data"),
        ("personal-data", "personal-data"),
        ("Special category data?", "special-category"),
        ("Lawful basis (UK GDPR)", "lawful-basis"),
        ("Article 6 basis", "lawful-basis"),
        ("Article 9 condition", "special-category-condition"),
        ("Protective marking", "classification"),
        ("Retention period (years)", "retention"),
        ("Retention schedule", "retention-schedule"),
        ("Disposal action", "disposal"),
        ("Shared with:", "shared-with"),
        ("Recipients", "shared-with"),
        ("Open data [yes/no]", "open-data"),
        ("Risk rating", "risk"),
        ("Date reviewed\n(dd/mm/yyyy)", "reviewed"),
        ("Review date", "next-review"),
        ("IAO name", "iao name"),
        ("Contact e-mail ", "Contact e-mail"),
        ("Number of  records", "Number of records"),
        ("()", "()"),
    ],
)
def test_a_heading_is_known_by_its_words(heading: str, column: str) -> None:
    assert COLUMNS.name(heading) == column


def test_no_heading_means_two_columns() -> None:
    every = [*(each.replace("-", " ") for each in ALIASES), *COLUMNS.ignored]
    every += [alias for each in ALIASES.values() for alias in each]
    assert len(every) == len(set(every))
    assert every == [" ".join(each.split()).casefold() for each in every]


def test_the_columns_of_people_are_known_and_not_loaded() -> None:
    cells = dict.fromkeys(COLUMNS.ignored, "Ann Example")
    record, row = interpreted({**FULL, **cells})
    assert record == ASSET
    assert "Ann Example" not in repr((row.read, row.withheld, row.noted))
    header = ["Name", "IAO name", "Shoe size"]
    remarks = CSV.layout.read(in_memory(as_csv(header))).remarks
    assert [(each.rule, each.field) for each in remarks] == [("unknown-column", "Shoe size")]


def test_two_headings_for_one_column_are_refused() -> None:
    with pytest.raises(StructureError) as caught:
        CSV.layout.read(in_memory(as_csv(["Title", "Asset name"])))
    assert caught.value.detail == "the header has more than one column name."


def test_every_column_that_is_declared_is_read() -> None:
    assert set(COLUMNS.required + COLUMNS.optional) == set(ALIASES)
    twice = {
        *("owner-post", "steward-post", "custodian-post", "directorate", "location"),
        *("retention-schedule", "special-category-condition"),
    }
    assert set(ALIASES) - set(FULL) == twice


def test_the_document_names_every_heading_that_is_known() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for column, aliases in ALIASES.items():
        [line] = [each for each in text.splitlines() if each.startswith(f"| `{column}` |")]
        assert [each for each in aliases if f"“{each}”" not in line] == []
    assert [each for each in COLUMNS.ignored if f"“{each}”" not in text] == []


# Whole files.

HEADER = [
    "Asset ref",
    "Asset title",
    "IAO",
    "Contains personal data?",
    "Lawful basis",
    "Last review",
]


def test_a_csv_file_and_a_workbook_come_to_the_same() -> None:
    rows = [
        ["0012", "Parking permits", "Head of Parking", "Yes", "6(1)(e)", "2024-04-01"],
        ["0013", "Bench survey", "Head of Parks", "No", "", ""],
    ]
    book, sheet = made(["Register of Exampleton"], [], HEADER, *rows)
    sheet["A4"], sheet["A5"] = 12, 13
    sheet["A4"].number_format = sheet["A5"].number_format = "0000"
    sheet["D4"] = True
    sheet["F4"] = datetime(2024, 4, 1)
    from_csv = read(source(0), as_csv(HEADER, *rows))
    from_workbook = read(source(1), saved(book))
    assert from_csv.lines == from_workbook.lines
    assert from_csv.counts() == from_workbook.counts() == Counts(2, 2, 0, 0)
    assert from_csv.issues == []
    assert [(each.rule, each.effect) for each in from_workbook.issues] == [
        ("comment-lines", Effect.NOTED)
    ]


def test_an_asset_is_stated_in_full() -> None:
    reading = read(source(), as_csv(list(FULL), list(FULL.values())))
    assert {quad.graph for quad in reading.quads} == {f"{BASE}graph/given"}
    assert isomorphic(
        graph_of(reading.quads),
        turtle(
            """
            <id/information-asset/GM-exampleton/ASC-012>
                a gm:InformationAsset, dcat:Resource, prov:Entity ;
                dct:identifier "ASC-012" ;
                dct:title "Care assessments"@en ;
                dct:description "What was found when people asked for care."@en ;
                dct:source <https://exampleton.example/register> ;
                gm:heldBy <id/organisation/GM-exampleton> ;
                gm:assetOwner <id/post/GM-exampleton/head-of-adult-care> ;
                gm:assetSteward <id/post/GM-exampleton/care-records-manager> ;
                gm:assetCustodian <id/post/GM-exampleton/care-systems-team-leader> ;
                gm:managingUnit <id/unit/GM-exampleton/adult-care> ;
                gm:heldIn <id/system/GM-exampleton/caseworks> ;
                gm:assetFormat asset-format:mixed ;
                gm:personalDataLevel personal-data-level:special-category ;
                dpv:hasLegalBasis legal-basis:A6-1-e, legal-basis:A9-2-h ;
                gm:securityClassification security-classification:OFFICIAL-SENSITIVE ;
                gm:retentionRule
                    <.well-known/genid/given/information-asset/GM-exampleton/ASC-012/retention> ;
                gm:sharedWithAsStated "Exampleton Hospital, Trust Office"@en ,
                    "Exampleton Police"@en ;
                gm:isOpenData false ;
                gm:riskAsStated "Medium"@en ;
                gm:lastReviewed "2024-04-01"^^xsd:date ;
                gm:nextReview "2025-04-01"^^xsd:date .

            <.well-known/genid/given/information-asset/GM-exampleton/ASC-012/retention>
                a gm:RetentionRule, dpv:StorageCondition ;
                gm:retentionText "6 years after the case is closed"@en ;
                gm:disposalAction disposal-action:destroy .

            <id/post/GM-exampleton/head-of-adult-care> a org:Post ;
                skos:prefLabel "Head of Adult Care"@en ;
                org:postIn <id/organisation/GM-exampleton> .
            <id/post/GM-exampleton/care-records-manager> a org:Post ;
                skos:prefLabel "Care Records Manager"@en ;
                org:postIn <id/organisation/GM-exampleton> .
            <id/post/GM-exampleton/care-systems-team-leader> a org:Post ;
                skos:prefLabel "Care Systems Team Leader"@en ;
                org:postIn <id/organisation/GM-exampleton> .
            <id/unit/GM-exampleton/adult-care> a org:OrganizationalUnit ;
                skos:prefLabel "Adult Care"@en ;
                org:unitOf <id/organisation/GM-exampleton> .
            <id/system/GM-exampleton/caseworks> a gm:InformationSystem, prov:Entity ;
                dct:title "Caseworks"@en ;
                gm:heldBy <id/organisation/GM-exampleton> .
            """
        ),
    )


def test_rows_are_left_out_one_by_one() -> None:
    header = ["Reference", "Name", "Classification"]
    reading = read(
        source(),
        as_csv(
            header,
            ["1", "Kept", "OFFICIAL"],
            ["2", "Not kept", "SECRET"],
            ["3", "", "OFFICIAL"],
            ["4.0", "Damaged", ""],
            ["5", "Twice", ""],
            ["5", "Twice over", ""],
            ["6", "Kept as well", "Confidential"],
        ),
    )
    assert reading.counts() == Counts(7, 1, 6, 0)
    assert [(each.row, each.rule, each.effect) for each in reading.issues] == [
        (3, "above-official", Effect.LEFT_OUT),
        (4, "missing-value", Effect.LEFT_OUT),
        (5, "number-as-decimal", Effect.LEFT_OUT),
        (6, "duplicate-key", Effect.LEFT_OUT),
        (7, "duplicate-key", Effect.LEFT_OUT),
        (8, "unknown-category", Effect.LEFT_OUT),
    ]
    text = b"".join(reading.lines)
    assert b"Kept" in text
    assert b"Not kept" not in text


def test_a_cell_that_a_workbook_cannot_give_is_withheld_or_leaves_the_asset_out() -> None:
    book, sheet = made(["Asset ID", "Name", "Risk"], [1, "Kept", "#REF!"], [2, "x", "Low"])
    sheet["C2"].data_type = "e"
    sheet["A3"].value = "#REF!"
    sheet["A3"].data_type = "e"
    sheet.append([2.5, "Damaged", "Low"])
    reading = read(source(1), saved(book))
    assert reading.counts() == Counts(3, 1, 2, 1)
    assert sorted((each.row or 0, each.rule, each.field) for each in reading.issues) == [
        (2, "error-in-cell", "risk"),
        (3, "bad-code", "reference"),
        (3, "error-in-cell", "reference"),
        (4, "number-as-decimal", "reference"),
    ]


def test_a_workbook_is_staged_by_the_pipeline(directory: DataDirectory) -> None:
    content = workbook(HEADER, ["A1", "Parking permits", "Mr Example", "Yes", "Consent", None])
    loaded = load_source(directory, source(1), openers({"given.csv": content}))
    assert loaded.load.counts == Counts(1, 1, 0, 1)
    assert loaded.load.issues_by_rule == {"contact-of-a-person": 1, "shape": 2}
    assert b"Mr Example" not in b"".join(
        path.read_bytes() for path in directory.staged.iterdir() if path.is_file()
    )


@given(st.binary(max_size=200))
def test_whatever_the_bytes_a_csv_file_is_read_or_refused(content: bytes) -> None:
    for start in (b"", b"reference,name,owner,retention\n", b"name\n"):
        with suppress(StructureError):
            for row in CSV.layout.read(in_memory(start + content)):
                if isinstance(row, Row):
                    with suppress(Fault):
                        CSV.interpret(row, FEED)


CELLS = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=12), st.decimals())


@given(st.dictionaries(st.sampled_from(sorted(ALIASES)), CELLS))
def test_whatever_the_cells_a_row_makes_one_asset_or_a_fault(cells: dict[str, object]) -> None:
    row = Row(2, {"name": "Minutes", **cells})
    with suppress(Fault):
        [record] = CSV.interpret(row, FEED)
        assert isinstance(record, InformationAsset)
        assert record.name
        assert record.ref
    assert {each.rule for each in row.withheld + row.noted} <= set(RULES)


@given(st.text(max_size=30))
def test_whatever_the_words_grounds_are_of_the_list(cell: str) -> None:
    assert set(legal_bases(cell)[0]) <= notations("legal-basis")
