"""A load under way: every row becomes quads or issues, and none takes another one with it."""

import csv
import io
import tracemalloc
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rdflib import URIRef

from loaders.errors import BoundsError, StructureError
from loaders.formats import FORMATS, find_format
from loaders.formats.reading.content import Content
from loaders.formats.reading.delimited import Delimited
from loaders.formats.reading.table import Table
from loaders.identity import Minter
from loaders.issue_log import IssueLog
from loaders.issues import Effect
from loaders.loading import load_files
from loaders.nquads import write_lines
from loaders.quads import Literal
from loaders.sorted_lines import SortedLines
from loaders.source import Source, SourceFile
from loaders.staging import Counts
from loaders.validation import validate
from ontology.vocab import GM, OWL, SKOS
from tests.loaders.conftest import (
    BASE,
    FULL_ROWS,
    MINT,
    Reading,
    graph_of,
    interpret,
    one_file,
    read,
    turtle,
)

AREAS = "code,name,type,within\n"
BOLTON = "E08000001,Bolton,metropolitan-district,E47000001\n"
BURY = "E08000002,Bury,metropolitan-district,E47000001\n"
ROCHDALE = "E08000005,Rochdale,metropolitan-district,E47000001\n"
SHORT = "E0800003,Manchester,metropolitan-district,E47000001\n"  # a digit is lost
IDENTIFIERS = "kind,key,scheme,code\n"


def load(format_name: str, *lines: str) -> Reading:
    """A finished reading of a file's lines."""
    return interpret(format_name, "".join(lines).encode())


def literals(reading: Reading, predicate: str) -> list[str]:
    """The lexical forms that a reading states with a property, sorted."""
    found = [quad.object for quad in reading.quads if quad.predicate == predicate]
    return sorted(each.lexical for each in found if isinstance(each, Literal))


def files(*formats: str, minimum: int = 0, maximum: int | None = None) -> Source:
    """A source of several files, `1.csv` and so on, in formats."""
    return Source(
        "given",
        "A source of several files",
        tuple(
            SourceFile(f"{number}.csv", find_format(name), None, minimum, maximum)
            for number, name in enumerate(formats, 1)
        ),
    )


def told(reading: Reading) -> list[tuple[str, int | None, str, str, Effect]]:
    """Where each issue is, its rule, its sentence and its effect."""
    return [(each.file, each.row, each.rule, each.message, each.effect) for each in reading.issues]


def test_the_base_of_the_directory_is_the_base_of_the_iris() -> None:
    elsewhere = Minter("http://localhost:8000/")
    reading = read(one_file("area-csv"), (AREAS + BOLTON + BURY).encode(), mint=elsewhere)
    assert {quad.subject for quad in reading.quads} == {
        "http://localhost:8000/id/area/E08000001",
        "http://localhost:8000/id/area/E08000002",
    }


def test_several_files_add_up() -> None:
    reading = read(
        files("area-csv", "area-csv"), (AREAS + BOLTON + SHORT).encode(), (AREAS + BURY).encode()
    )
    assert reading.counts() == Counts(3, 2, 1, 0)
    assert literals(reading, SKOS.prefLabel) == ["Bolton", "Bury"]


def test_a_file_is_bounded_by_its_own_records_not_by_those_before_it() -> None:
    source = files("area-csv", "area-csv", "area-csv", minimum=1, maximum=1)
    contents = [(AREAS + row + SHORT).encode() for row in (BOLTON, BURY)]
    assert read(source, *contents, (AREAS + ROCHDALE).encode()).counts().records_loaded == 3
    with pytest.raises(BoundsError, match=r"^3\.csv: 0 records would be loaded") as caught:
        read(source, *contents, (AREAS + SHORT).encode())
    assert caught.value.issues is not None
    assert [issue.file for issue in caught.value.issues] == ["1.csv", "2.csv", "3.csv"]


def test_a_record_of_two_files_is_left_out_of_both_which_name_each_other() -> None:
    reading = read(
        files("area-csv", "identifier-csv", "area-csv"),
        (AREAS + BURY + BOLTON).encode(),
        (IDENTIFIERS + "area,E08000001,mapit,1\n").encode(),
        (AREAS + BOLTON.replace("E47000001", "E47000009")).encode(),
    )
    assert reading.counts() == Counts(4, 2, 2, 0)
    assert literals(reading, SKOS.prefLabel) == ["Bury"]
    claimed = "The area E08000001 is claimed by row"
    assert told(reading) == [
        ("1.csv", 3, "duplicate-key", f"{claimed} 2 of 3.csv too.", Effect.LEFT_OUT),
        ("3.csv", 2, "duplicate-key", f"{claimed} 3 of 1.csv too.", Effect.LEFT_OUT),
    ]


def test_a_record_of_two_files_that_say_the_same_is_loaded_and_noted_in_the_second() -> None:
    first, codes = (
        (AREAS + BURY + BOLTON).encode(),
        (IDENTIFIERS + "area,E08000001,mapit,1\n").encode(),
    )
    source = files("area-csv", "identifier-csv", "area-csv")
    reading = read(source, first, codes, (AREAS + BOLTON).encode())
    assert reading.counts() == Counts(4, 4, 0, 0)
    assert told(reading) == [
        (
            "3.csv",
            2,
            "repeated-record",
            "Row 3 of 1.csv already says the same of the area E08000001.",
            Effect.NOTED,
        )
    ]
    assert reading.lines == read(source, first, codes, AREAS.encode()).lines


def test_a_record_there_three_times_is_noted_twice_and_says_what_one_says() -> None:
    reading = load("area-csv", AREAS, BOLTON, BURY, BOLTON, BOLTON)
    assert reading.counts() == Counts(4, 4, 0, 0)
    same = "Row 2 already says the same of the area E08000001."
    assert told(reading) == [
        ("given.csv", row, "repeated-record", same, Effect.NOTED) for row in (4, 5)
    ]
    assert reading.lines == load("area-csv", AREAS, BOLTON, BURY).lines


def test_records_that_say_the_same_are_left_out_with_the_one_that_differs() -> None:
    renamed = BOLTON.replace("Bolton", "Bolton-le-Moors")
    reading = load("area-csv", AREAS, BOLTON, BOLTON, renamed, BURY)
    assert reading.counts() == Counts(4, 1, 3, 0)
    assert [(row, rule, effect) for _, row, rule, _, effect in told(reading)] == [
        (row, "duplicate-key", Effect.LEFT_OUT) for row in (2, 3, 4)
    ]
    assert reading.lines == load("area-csv", AREAS, BURY).lines


def test_the_areas_of_a_body_there_twice_are_not_shared() -> None:
    header = "key,name,type,administers\n"
    body = "GB-LAE-SYMCA,South Yorkshire,COMB,E47000002;E08000016\n"
    reading = load("organisation-csv", header, body, body)
    assert [(row, rule) for _, row, rule, _, _ in told(reading)] == [(3, "repeated-record")]
    assert reading.lines == load("organisation-csv", header, body).lines


def test_what_is_withheld_from_a_record_there_twice_is_told_of_both() -> None:
    damaged = BOLTON.replace("E47000001", "E4700001")
    reading = load("area-csv", AREAS, damaged, damaged)
    assert reading.counts() == Counts(2, 2, 0, 2)
    assert [(row, rule, effect) for _, row, rule, _, effect in told(reading)] == [
        (2, "bad-code", Effect.WITHHELD),
        (3, "repeated-record", Effect.NOTED),
        (3, "bad-code", Effect.WITHHELD),
    ]
    assert reading.lines == load("area-csv", AREAS, damaged).lines


def test_what_only_the_second_row_of_a_record_says_is_loaded_with_it() -> None:
    header = "reference,name,local-authority-type,wikidata\n"
    without, with_link = "AAA,Aston,MD,\n", "AAA,Aston,MD,Q17\n"
    reading = load("digital-land-local-authority", header, without, with_link)
    assert [(row, rule) for _, row, rule, _, _ in told(reading)] == [(3, "repeated-record")]
    assert reading.lines == load("digital-land-local-authority", header, with_link).lines


def test_the_first_of_the_other_rows_is_named_and_the_rest_are_counted() -> None:
    reading = read(
        files("identifier-csv", "identifier-csv"),
        (IDENTIFIERS + "area,E08000001,mapit,1\narea,E08000002,mapit,1\n").encode(),
        (IDENTIFIERS + "area,E08000001,mapit,1\n").encode(),
    )
    claimed = "The mapit 1 is claimed by row"
    assert [(file, row, message) for file, row, _, message, _ in told(reading)] == [
        ("1.csv", 2, f"{claimed} 3 and 1 more too."),
        ("1.csv", 3, f"{claimed} 2 and 1 more too."),
        ("2.csv", 2, f"{claimed} 2 of 1.csv and 1 more too."),
    ]


def test_two_files_that_say_the_same_do_not_contradict_each_other() -> None:
    content = (IDENTIFIERS + "area,E08000001,mapit,1\n").encode()
    reading = read(files("identifier-csv", "identifier-csv"), content, content)
    assert (reading.issues, reading.counts()) == ([], Counts(2, 2, 0, 0))
    alone = read(files("identifier-csv"), content)
    assert reading.lines == alone.lines


def test_rows_are_read_once_more_only_where_they_claim_one_key() -> None:
    begun: list[str] = []

    class Counted(Delimited):
        def read(self, content: Content) -> Table:
            begun.append(content.name)
            return super().read(content)

    source = files("area-csv", "area-csv")
    format_ = source.files[0].format
    assert isinstance(format_.layout, Delimited)
    counted = replace(format_, layout=Counted(format_.layout.columns))
    source = replace(source, files=tuple(replace(file, format=counted) for file in source.files))
    bolton, bury = (AREAS + BOLTON).encode(), (AREAS + BURY).encode()
    assert read(source, bolton, bury).issues == []
    assert begun == ["1.csv", "2.csv"]
    for other, issues in ((bolton, 1), (bolton.replace(b"Bolton", b"Bolton-le-Moors"), 2)):
        begun.clear()
        assert len(read(source, bolton, other).issues) == issues
        assert begun == ["1.csv", "2.csv"] * 2


def test_what_was_wrong_is_told_once_though_rows_are_read_twice() -> None:
    reading = load(
        "area-csv",
        AREAS.replace("\n", ",twitter\r\n"),
        *(
            row.replace("\n", ",\r\n")
            for row in (
                BOLTON,
                SHORT,
                BOLTON.replace("Bolton", "Bolton-le-Moors"),
                BURY.replace("E47000001", "X"),
                ROCHDALE,
                ROCHDALE,
            )
        ),
    )
    assert [(row, rule) for _, row, rule, _, _ in told(reading)] == [
        (2, "duplicate-key"),
        (3, "bad-code"),
        (4, "duplicate-key"),
        (5, "bad-code"),
        (7, "repeated-record"),
        (None, "line-endings"),
        (None, "unknown-column"),
    ]
    assert reading.counts() == Counts(6, 3, 3, 1)


def test_how_far_a_load_has_come_is_told_now_and_then(tmp_path: Path) -> None:
    heard: list[tuple[str, int]] = []
    given = tmp_path / "given.csv"
    for rows in (999, 2500):
        lines = (f"area,E08000001,mapit,{number}\n" for number in range(rows))
        given.write_text(IDENTIFIERS + "".join(lines))
        content = Content("given.csv", given)
        load_files(
            one_file("identifier-csv"), MINT, [content], tmp_path, lambda *far: heard.append(far)
        )
    assert heard == [("given.csv", 1000), ("given.csv", 2000)]


def test_a_bad_code_leaves_its_record_out_whole() -> None:
    loading = load("area-csv", AREAS, BOLTON, SHORT, BURY)
    assert loading.counts() == Counts(3, 2, 1, 0)
    assert loading.lines == load("area-csv", AREAS, BOLTON, BURY).lines
    assert not any("Manchester" in str(quad) for quad in loading.quads)


def test_a_record_that_contradicts_itself_is_left_out_whole() -> None:
    inside_itself = BURY.replace("E47000001", "E08000002")
    loading = load("area-csv", AREAS, BOLTON, inside_itself)
    assert loading.counts() == Counts(2, 1, 1, 0)
    assert literals(loading, SKOS.prefLabel) == ["Bolton"]


def test_codes_keep_every_zero_and_digit_on_their_way() -> None:
    loading = load(
        "identifier-csv",
        IDENTIFIERS,
        "area,E08000003,ordnance-survey,7000000000018821\n",
        "area,E08000005,ordnance-survey,7000000000018825\n",
        "organisation,GM-a,uprn,0049\n",
        "organisation,GM-b,uprn,49\n",
        "organisation,GM-c,ods,1E3\n",
    )
    assert loading.issues == []
    assert literals(loading, SKOS.notation) == [
        "0049",
        "1E3",
        "49",
        "7000000000018821",
        "7000000000018825",
    ]


@pytest.mark.parametrize("year", ["1905-05-27", "1905-06-07"])
def test_a_date_that_a_spreadsheet_damaged_is_withheld_and_told(year: str) -> None:
    header = "key,name,type,founded\n"
    loading = load("organisation-csv", header, f"GB-LAE-SLF,Salford City Council,MD,{year}\n")
    assert loading.counts() == Counts(1, 1, 0, 1)
    [issue] = loading.issues
    assert (issue.rule, issue.row, issue.field, issue.value, issue.effect) == (
        "spreadsheet-date",
        2,
        "founded",
        year,
        Effect.WITHHELD,
    )
    without = load("organisation-csv", header, "GB-LAE-SLF,Salford City Council,MD,\n")
    assert loading.lines == without.lines


def test_what_is_wrong_in_a_row_that_is_left_out_anyway_is_told_and_not_counted_as_withheld() -> (
    None
):
    loading = load(
        "membership-csv",
        "member,organisation,role,began,ended\n",
        "GB-LAE-MAN,GB-LAE-MAN,constituent-council,1905-05-27,31/03/2024\n",
    )
    assert loading.counts() == Counts(1, 0, 1, 0)
    assert loading.lines == []
    assert {(each.rule, each.field, each.value, each.effect) for each in loading.issues} == {
        ("self-reference", "organisation", "GB-LAE-MAN", Effect.LEFT_OUT),
        ("spreadsheet-date", "began", "1905-05-27", Effect.LEFT_OUT),
        ("bad-date", "ended", "31/03/2024", Effect.LEFT_OUT),
    }


def test_an_unprintable_character_costs_no_more_than_its_cell_is_worth() -> None:
    header = "reference,name,local-authority-type,website,notes\n"
    loading = load(
        "digital-land-local-authority",
        header,
        "AAA,Ast\x07on,MD,,\n",
        "BBB,Barton,MD,http://b.example/\x92,\n",
        "CCC,Clun,MD,,\x00\n",
    )
    assert loading.counts() == Counts(3, 2, 1, 1)
    assert literals(loading, SKOS.prefLabel) == ["Barton", "Clun"]
    assert [(each.row, each.field, each.effect) for each in loading.issues] == [
        (2, "name", Effect.LEFT_OUT),
        (3, "website", Effect.WITHHELD),
    ]


def test_a_code_that_two_bodies_claim_is_given_to_neither() -> None:
    loading = load(
        "digital-land-local-authority",
        "reference,name,local-authority-type,wikidata,entity\n",
        "SCR,Sheffield City Region,COMB,Q17,1\n",
        "SYMCA,South Yorkshire,COMB,Q17,2\n",
    )
    assert loading.counts() == Counts(2, 2, 0, 4)
    assert literals(loading, SKOS.prefLabel) == ["Sheffield City Region", "South Yorkshire"]
    assert literals(loading, SKOS.notation) == ["1", "2", "SCR", "SYMCA"]
    assert OWL.sameAs not in {quad.predicate for quad in loading.quads}
    # The code is withheld as an identifier and as a link, each from both.
    item = "http://www.wikidata.org/entity/Q17"
    assert [(each.row, each.field, each.value, each.effect) for each in loading.issues] == [
        (row, "wikidata", value, Effect.WITHHELD) for row in (2, 3) for value in ("Q17", item)
    ]


def test_what_is_odd_about_an_area_is_noted_and_loaded_all_the_same() -> None:
    loading = load(
        "organisation-csv",
        "key,name,type,administers\n",
        "GB-LAE-SCR,Sheffield City Region,COMB,E47000002\n",
        "GB-LAE-SYMCA,South Yorkshire,COMB,E47000002\n",
    )
    assert loading.counts() == Counts(2, 2, 0, 0)
    assert {each.effect for each in loading.issues} == {Effect.NOTED}
    assert len([quad for quad in loading.quads if quad.predicate == GM.administers]) == 2


def test_the_same_code_in_two_schemes_belongs_to_two_bodies() -> None:
    rows = "organisation,GM-a,mapit,1\norganisation,GM-b,planning-data-entity,1\n"
    assert load("identifier-csv", IDENTIFIERS, rows).issues == []


def test_a_statement_made_twice_is_no_conflict() -> None:
    loading = load("identifier-csv", IDENTIFIERS, "organisation,GM-a,mapit,1\n" * 2)
    assert loading.issues == []
    assert loading.counts() == Counts(2, 2, 0, 0)


def test_a_claim_of_three_is_told_to_each_of_them() -> None:
    rows = "".join(f"organisation,GM-{key},mapit,1\n" for key in "aab")
    loading = load("identifier-csv", IDENTIFIERS, rows)
    assert loading.counts() == Counts(3, 0, 3, 0)
    assert [issue.row for issue in loading.issues] == [2, 3, 4]


def test_an_area_that_two_councils_mention_in_passing_is_no_conflict() -> None:
    loading = load(
        "digital-land-local-authority",
        "reference,name,local-authority-type,region\n",
        "AAA,Aston,MD,E12000002\nBBB,Barton,MD,E12000002\n",
    )
    assert loading.issues == []
    region = f"{BASE}id/area/E12000002"
    about = graph_of(quad for quad in loading.quads if quad.subject == region)
    assert set(about) == set(
        turtle("""
            <id/area/E12000002> a gm:Area, dct:Location, geo:Feature ;
                dct:identifier "E12000002" ; gm:gssCode "E12000002" ; dct:type area-type:region .
        """)
    )
    assert URIRef(region) in set(about.subjects())


def peak_of(folder: Path, rows: int) -> int:
    """The most memory, in bytes, that reading so many rows takes; every tenth is faulty."""
    given = folder / "given.csv"
    with given.open("w") as file:
        file.write(IDENTIFIERS)
        for number in range(rows):
            kind = "area,E0800001" if number % 10 == 0 else "organisation,GM-a"
            file.write(f"{kind},planning-data-entity,{number}\n")
    tracemalloc.start()
    try:
        content = Content("given.csv", given)
        loading = load_files(one_file("identifier-csv"), MINT, [content], folder)
        lines = sum(1 for _ in loading.lines)
        assert loading.counts() == Counts(rows, rows - rows // 10, rows // 10, 0)
        assert sum(1 for _ in loading.issues) == rows // 10
        assert lines == 4 * (rows - rows // 10)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_four_times_the_rows_take_hardly_more_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = partial(SortedLines, run=2000)
    monkeypatch.setattr("loaders.loading.SortedLines", few)
    monkeypatch.setattr("loaders.claims.SortedLines", few)
    monkeypatch.setattr("loaders.loading.IssueLog", partial(IssueLog, held=100))
    small, large = (peak_of(tmp_path, rows) for rows in (5_000, 20_000))
    assert large < small * 1.5  # each run on disk that is read again has a buffer


def written(header: tuple[str, ...], *rows: list[str]) -> bytes:
    """Rows as a CSV file, every cell in quotes."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([header, *rows])
    return text.getvalue().encode()


# Cells that are sound somewhere, or nearly, and cells that are not.
CELLS = st.text() | st.sampled_from(
    ["", "E08000001", "E0800001", "GB-LAE-MAN", "GM-a", "MD", "region", "organisation", "gss",
     "1905-05-27", "01/04/1974", "2011-04-01", "www.a.example", "Q1", "0049", "..", "a b", "a;b"]
)  # fmt: skip


def assert_nothing_is_lost(loading: Reading, rows: int) -> None:
    """Each row is loaded or left out, and a row is left out exactly where an issue says so."""
    counts = loading.counts()
    assert counts.records_in == rows
    assert counts.records_in == counts.records_loaded + counts.records_left_out
    left_out = {issue.row for issue in loading.issues if issue.effect is Effect.LEFT_OUT}
    withheld = [issue.row for issue in loading.issues if issue.effect is Effect.WITHHELD]
    assert counts.records_left_out == len(left_out)
    assert counts.values_withheld == len(withheld)
    assert not left_out & set(withheld)


@pytest.mark.parametrize("name", FULL_ROWS)
@settings(max_examples=25)  # of each format
@given(changes=st.lists(st.dictionaries(st.integers(0, 15), CELLS, max_size=2), max_size=4))
@example(changes=[{}])
@example(changes=[{}, {0: "GB-LAE-MAN"}, {0: ""}])
@example(changes=[{0: "", 3: "a b", 4: "1905-05-27"}])
def test_whatever_the_cells_each_record_is_loaded_or_left_out_with_a_reason(
    name: str, changes: list[dict[int, str]]
) -> None:
    full = FULL_ROWS[name]
    rows = [[each.get(n, cell) for n, cell in enumerate(full.values())] for each in changes]
    loading = interpret(name, written(tuple(full), *rows))
    assert_nothing_is_lost(loading, len(rows))
    assert len(loading.quads) == len(loading.lines)
    assert write_lines(loading.quads) == loading.lines
    if changes == [{}]:
        assert loading.counts() == Counts(1, 1, 0, 0)


GOOD = ["GB-LAE-GOOD", "Good Council", "MD", "https://good.example/", "1974-04-01", "E08000099"]
HEADER = ("key", "name", "type", "homepage", "founded", "administers")


@given(st.lists(st.lists(CELLS, min_size=1, max_size=8), max_size=4))
@example([[]])
@example([["\x00"] * 6])
@example([["\ud7ff", "\ufffe", "", "", "", ""]])
def test_whatever_stands_beside_it_a_good_row_yields_the_same(rows: list[list[str]]) -> None:
    alone = interpret("organisation-csv", written(HEADER, GOOD)).lines
    beside = interpret("organisation-csv", written(HEADER, *rows, GOOD, *rows))
    assert len(alone) == 11
    assert set(alone) <= set(beside.lines)
    assert not [issue for issue in beside.issues if issue.row == len(rows) + 2]
    blank = sum(not any(map(str.strip, row)) for row in rows)
    assert_nothing_is_lost(beside, 2 * (len(rows) - blank) + 1)


@given(st.binary(), st.binary())
@example(b"", b'"')
@example(b"\x00", b"\xff")
def test_whatever_the_bytes_a_load_ends_or_is_refused(before: bytes, after: bytes) -> None:
    sound = (AREAS + BOLTON + SHORT + BURY).encode()
    for content in (before, before + sound + after, sound + after):
        with suppress(StructureError):
            loading = interpret("area-csv", content)
            assert_nothing_is_lost(loading, loading.counts().records_in)


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=15)  # of each format
@given(content=st.binary() | st.text().map(str.encode))
@example(content=b"[{}, 7, [], null]")
@example(content=b'{"results": [{}], "result": {"results": [{"id": []}]}, "dataset": [{"a": 1}]}')
@example(content=b"<a><b/></a>")
@example(content=b'"' + b"," * 40 + b"\n")
def test_whatever_the_bytes_a_load_of_any_format_ends_or_is_refused(
    name: str, content: bytes
) -> None:
    source = replace(one_file(name), holder="GM-a")
    with suppress(StructureError):
        reading = read(source, content)
        assert_nothing_is_lost(reading, reading.counts().records_in)


def refusals(name: str, *rows: dict[str, str]) -> list[str]:
    """What keeps a load of rows from being published."""
    content = written(tuple(rows[0]), *(list(row.values()) for row in rows))
    lines = interpret(name, content).lines
    assert lines
    return [str(result) for result in validate("given", lines) if result.refuses]


@pytest.mark.parametrize("name", FULL_ROWS)
def test_what_is_loaded_of_a_full_row_conforms_to_the_shapes(name: str) -> None:
    assert refusals(name, FULL_ROWS[name]) == []


ANOTHER = {
    "service-csv": {"key": "another"},
    "place-csv": {"key": "another"},
    "dataset-csv": {"key": "another"},
    "distribution-csv": {"key": "another"},
    "concept-csv": {"iri": "http://id.esd.org.uk/function/9", "notation": "9"},
}


@pytest.mark.parametrize(
    ("name", "column", "cell"),
    [
        ("organisation-csv", "key", "GM-Upper-Case"),
        ("organisation-csv", "key", "GM-a_b"),
        ("identifier-csv", "scheme", "gss"),
        ("identifier-csv", "code", "\ufffd"),
        ("digital-land-local-authority", "reference", "bur"),
        ("digital-land-local-authority", "reference", "BURY.1"),
        ("service-csv", "types", "9" * 5000),
        ("service-csv", "page", "bins"),
        ("place-csv", "latitude", "-0"),
        ("place-csv", "longitude", "1e2"),
        ("place-csv", "key", ".."),
        ("dataset-csv", "key", "a/b"),
        ("dataset-csv", "contact", "jo@council.example"),
        ("dataset-csv", "contact", "@"),
        ("dataset-csv", "modified", "2024-04-01T24:00:00"),
        ("distribution-csv", "byte-size", "-1"),
        ("distribution-csv", "format", "spreadsheet (Excel)"),
        ("concept-csv", "broader", "http://id.esd.org.uk/function/9"),
        ("concept-csv", "iri", "function 2"),
        ("concept-scheme-csv", "iri", "functions"),
    ],
)
def test_one_odd_record_does_not_keep_all_others_from_being_published(
    name: str, column: str, cell: str
) -> None:
    # What the shapes refuse must be left out on loading: a refused load stops the whole publish.
    sound = FULL_ROWS[name]
    assert refusals(name, sound, {**sound, **ANOTHER.get(name, {}), column: cell}) == []


def test_a_load_that_the_shapes_refuse_would_be_noticed() -> None:
    lines = load("area-csv", AREAS, BOLTON).lines
    wrong = [line.replace(b'"E08000001"', b'"E0800001"') for line in lines]
    assert [result for result in validate("given", wrong) if result.refuses]
