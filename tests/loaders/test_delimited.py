"""A delimited file becomes rows of strings; what is wrong with one row harms no other."""

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loaders.errors import StructureError
from loaders.formats.reading.delimited import Columns, Delimited, check_header
from loaders.formats.reading.row import Row
from loaders.formats.reading.table import Table, Unreadable
from loaders.issues import Fault
from tests.loaders.conftest import in_memory

COLUMNS = Columns(("key",), ("note",), ("old",))
LAYOUT = Delimited(COLUMNS)


def read(
    content: str | bytes, layout: Delimited = LAYOUT, encoding: str | None = None
) -> tuple[list[Row | Unreadable], list[Fault]]:
    """What stands in a file, by default one of the columns `key`, `note` and `old`."""
    table = layout.read(in_memory(content, encoding))
    assert isinstance(table, Table)
    return list(table), table.remarks


def cells(
    content: str | bytes, layout: Delimited = LAYOUT, encoding: str | None = None
) -> list[tuple[int, dict[str, str]]]:
    """The sound rows of a file: number, and cells as whoever reads them gets them."""
    return [
        (row.number, {column: row.optional(column, str) or "" for column in row.cells})
        for row in read(content, layout, encoding)[0]
        if isinstance(row, Row)
    ]


def faults(content: str | bytes) -> list[tuple[int, str, str | None, str]]:
    """The faulty rows of a file: number, rule, column and sentence."""
    found = [row for row in read(content)[0] if not isinstance(row, Row)]
    return [(number, fault.rule, fault.field, fault.message) for number, fault in found]


def remarks(content: str | bytes) -> list[tuple[str, str]]:
    """What is odd about a file: rule and sentence."""
    return [(each.rule, each.message) for each in read(content)[1]]


def test_cells_stay_strings_with_their_zeros_and_digits() -> None:
    assert cells("key,note\n0049,7000000000018821\n") == [
        (2, {"key": "0049", "note": "7000000000018821"})
    ]


def test_white_space_around_a_cell_and_a_column_name_is_trimmed() -> None:
    assert cells(" key , note \n a ,\tb\n") == [(2, {"key": "a", "note": "b"})]


def test_quoted_cells_hold_commas_quotes_and_line_ends() -> None:
    assert cells('key,note\n"a","b, ""c""\nd"\ne,f\n') == [
        (2, {"key": "a", "note": 'b, "c"\nd'}),
        (3, {"key": "e", "note": "f"}),
    ]


def test_a_last_line_needs_no_line_end() -> None:
    assert cells("key\na") == [(2, {"key": "a"})]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_divides_rows(end: str) -> None:
    assert cells(end.join(["key,note", "a,b", "c,d", ""])) == [
        (2, {"key": "a", "note": "b"}),
        (3, {"key": "c", "note": "d"}),
    ]


def test_blank_rows_are_passed_over_and_counted_as_a_spreadsheet_counts() -> None:
    assert cells("key,note\n\na,b\n , \n,\nc,d\n") == [
        (3, {"key": "a", "note": "b"}),
        (6, {"key": "c", "note": "d"}),
    ]


def test_columns_come_in_any_order() -> None:
    assert cells("old,note,key\nx,y,z\n") == [(2, {"old": "x", "note": "y", "key": "z"})]


def test_a_header_alone_has_no_rows() -> None:
    assert read("key,note\n") == ([], [])


def test_a_byte_order_mark_is_dropped_and_noted() -> None:
    content = b"\xef\xbb\xbfkey\na\n"
    assert cells(content) == [(2, {"key": "a"})]
    assert remarks(content) == [("byte-order-mark", "The file begins with a byte order mark.")]


def test_line_ends_of_windows_are_noted() -> None:
    noted = [("line-endings", "Lines end in CR LF; they are read like LF.")]
    assert remarks("key\r\na\r\n") == noted
    assert remarks("key\na\nb\r\nc\r\n") == noted


def test_line_ends_that_were_doubled_are_put_in_order_and_noted() -> None:
    content = 'key,note\r\r\na,b\r\r\nc,"d\r\r\ne"\r\r\n'
    assert cells(content) == [(2, {"key": "a", "note": "b"}), (3, {"key": "c", "note": "d\ne"})]
    assert remarks(content) == [("line-endings", "Lines end in CR CR LF; they are read like LF.")]


def test_each_odd_line_end_is_noted_once() -> None:
    assert [message[:17] for _, message in remarks("key\r\r\na\r\nb\r\r\nc\r\n")] == [
        "Lines end in CR C",
        "Lines end in CR L",
    ]


@pytest.mark.parametrize("cell", ['"a\r\nb"', '"\r\n"', '"a""\r\n""b"', '"a","\r\n"'])
def test_a_line_end_of_windows_inside_a_cell_is_no_line_end(cell: str) -> None:
    assert remarks(f"key,note\n{cell}\n") == []
    assert [rule for rule, _ in remarks(f"key,note\n{cell}\r\n")] == ["line-endings"]


def test_a_carriage_return_in_quotes_stays_in_its_cell() -> None:
    assert cells('key,note\r"a\rb",c\rd,e\r') == [
        (2, {"key": "a\rb", "note": "c"}),
        (3, {"key": "d", "note": "e"}),
    ]


def test_an_unknown_column_is_noted_by_its_name_and_ignored_ones_are_not() -> None:
    _, found = read("key,old,twitter\na,b,c\n")
    assert [(each.rule, each.field, each.message) for each in found] == [
        (
            "unknown-column",
            "twitter",
            "The format does not know this column; it is not loaded.",
        )
    ]


def test_a_sound_file_has_no_remarks() -> None:
    assert remarks("key,note,old\na,b,c\n") == []


def test_a_ragged_row_is_a_fault_and_the_rows_beside_it_are_kept() -> None:
    content = "key,note\na,b\nc\nd,e,f\ng,h\n"
    assert [number for number, _ in cells(content)] == [2, 5]
    assert faults(content) == [
        (3, "ragged-row", None, "The row has 1 cells and the header has 2 columns."),
        (4, "ragged-row", None, "The row has 3 cells and the header has 2 columns."),
    ]


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x7f", "\x85", "\x92", "\uffff"])
def test_an_unprintable_character_is_left_for_whoever_reads_the_cell(character: str) -> None:
    cell = f"d{character}e"
    rows, _ = read(f"key,note\na,b\nc,{cell}\n")
    assert [row.cells for row in rows if isinstance(row, Row)] == [
        {"key": "a", "note": "b"},
        {"key": "c", "note": cell},
    ]


DECLARE = "; if the file is written in another encoding, declare it, such as encoding = “cp1252”."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "the file is empty: it has no header."),
        (b"\xef\xbb\xbf", "the file is empty: it has no header."),
        (b"\n\nkey\na\n", "the file is empty: it has no header."),
        (b",,\na,b,c\n", "the file is empty: it has no header."),
        (b"note,old\na,b\n", "the header lacks the column key; it has note, old."),
        (b"Key\na\n", "the header lacks the column key; it has Key."),
        (b"key;note\na;b\n", "the file is divided by semicolons: save it with commas."),
        (b"key\tnote\na\tb\n", "the file is divided by tabs: save it with commas."),
        (b"PK\x03\x04x", "this is an Excel workbook or an archive: save it as CSV."),
        (b"key,,\na,b,c\n", "the header has columns without a name: 2, 3."),
        (b" ,key\na,b\n", "the header has columns without a name: 1."),
        (b"key,key,note,note\n", "the header has more than one column key, note."),
        (b"key, key \na,b\n", "the header has more than one column key."),
        (b"key,note\na,b\nc,caf\xe9\n", f"line 3 is not UTF-8 text (byte 0xe9){DECLARE}"),
        (b"\xffkey", f"line 1 is not UTF-8 text (byte 0xff){DECLARE}"),
        (b"\xff\xfek\x00e\x00y\x00,", "is not text in the encoding utf-16-le."),
        (b"key,note\na,\xed\xa0\x80\n", f"line 2 is not UTF-8 text (byte 0xed){DECLARE}"),
        (b'"key\na\n', "the header is not well-formed CSV (unexpected end of data)."),
        (
            b'key,note\na,b\nc,"d\ne,f\n',
            "row 3 is not well-formed CSV (unexpected end of data).",
        ),
        (
            b'key,note\na,"b"c\n',
            "row 2 is not well-formed CSV (',' expected after '\"').",
        ),
        (
            b"key,note\na," + b"b" * (1 << 20) + b"c\n",
            "row 2 is not well-formed CSV (field larger than field limit (1048576)).",
        ),
    ],
)
def test_a_file_that_is_not_such_a_table_is_refused_in_words(content: bytes, sentence: str) -> None:
    with pytest.raises(StructureError) as caught:
        read(content)
    assert (caught.value.file, caught.value.detail) == ("given.csv", sentence)
    assert str(caught.value) == f"given.csv: {sentence}"


def test_a_cell_of_the_greatest_length_is_read() -> None:
    long = "b" * (1 << 20)
    assert cells(f"key,note\na,{long}\n") == [(2, {"key": "a", "note": long})]


@given(st.binary())
@example(b"key\n\x00\n")
@example(b"key\ra\r\n\rb\n")
@example(b'key\n"\n')
def test_whatever_the_bytes_a_file_is_read_or_refused(content: bytes) -> None:
    for start in (b"", b"key,note\n", b'key,note\n"a",'):
        with suppress(StructureError):
            read(start + content)


def written(*rows: list[str]) -> str:
    """Rows as a CSV file with the columns `key` and `note`."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([["key", "note"], *rows])
    return text.getvalue()


PRINTABLE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]))


@given(st.lists(st.tuples(PRINTABLE, PRINTABLE)), st.sampled_from(["utf-8", "utf-16", "utf-16-le"]))
def test_printable_cells_come_back_as_they_were_written(
    rows: list[tuple[str, str]], encoding: str
) -> None:
    expected = [
        (number, {"key": key.strip(), "note": note.strip()})
        for number, (key, note) in enumerate(rows, start=2)
        if key.strip() or note.strip()
    ]
    assert cells(written(*map(list, rows)).encode(encoding)) == expected


ANYTHING = st.lists(st.text()).filter(lambda row: any(cell.strip() for cell in row))


@given(st.lists(ANYTHING, max_size=5))
@example([["a", "b\r"], ["c\r\r\nd", "\re"]])
def test_whatever_stands_between_them_good_rows_are_read_alike(rows: list[list[str]]) -> None:
    good = ["a", "b, “c”"]
    content = written(good, *rows, good)
    read_well = cells(content)
    for row in (read_well[0], read_well[-1]):
        assert row[1] == dict(zip(("key", "note"), good, strict=True))
    assert (read_well[0][0], read_well[-1][0]) == (2, len(rows) + 3)
    assert len(read_well) + len(faults(content)) == len(rows) + 2


LATIN = "key,note\ncafé,“a”\n"


def test_another_encoding_is_read_where_it_is_declared_and_noted() -> None:
    content = LATIN.encode("cp1252")
    assert cells(content, encoding="cp1252") == [(2, {"key": "café", "note": "“a”"})]
    _, found = read(content, encoding="cp1252")
    assert [(each.rule, each.message) for each in found] == [
        ("other-encoding", "The text is read as cp1252, as declared.")
    ]
    with pytest.raises(StructureError, match=r"^given\.csv: is not text in the encoding cp1252\.$"):
        read(b"key\n\x81\n", encoding="cp1252")


ALIASES = Delimited(Columns(("key",), ("note",), aliases={"ref. no": "key", "remark": "note"}))


def test_a_column_may_have_headings_that_stand_for_it() -> None:
    assert cells(" REF.  No ,Remark\na,b\n", ALIASES) == [(2, {"key": "a", "note": "b"})]
    assert cells("key,note\na,b\n", ALIASES) == [(2, {"key": "a", "note": "b"})]
    with pytest.raises(StructureError, match="more than one column key"):
        read("key,Ref. no\na,b\n", ALIASES)


@pytest.mark.parametrize(("divider", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_cells_may_stand_between_other_dividers(divider: str, name: str) -> None:
    layout = Delimited(COLUMNS, divider)
    content = f'key{divider}note\na{divider}"b{divider},c"\n'
    assert cells(content, layout) == [(2, {"key": "a", "note": f"b{divider},c"})]
    with pytest.raises(StructureError) as caught:
        read("note,old\na,b\n", layout)
    assert caught.value.detail == f"the file is divided by commas: save it with {name}."


def test_a_file_without_a_header_has_its_columns_named_for_it() -> None:
    layout = Delimited(COLUMNS, names=("note", "key"))
    assert cells("a,b\nc\nd,e\n", layout) == [
        (1, {"note": "a", "key": "b"}),
        (3, {"note": "d", "key": "e"}),
    ]
    assert read("", layout) == ([], [])


MISLABELLED = Delimited(COLUMNS, names=("note", "key"), header=("Code", "Name", "Area"))


def test_a_header_that_does_not_fit_its_rows_is_taken_for_what_the_columns_are() -> None:
    assert cells("Code,Name , Area\na,b\n", MISLABELLED) == [(2, {"note": "a", "key": "b"})]
    assert cells("note,key\na,b\n", MISLABELLED) == [(2, {"note": "a", "key": "b"})]
    with pytest.raises(StructureError) as caught:
        read("Code,Area\na,b\n", MISLABELLED)
    assert caught.value.detail == "the header should be Code, Name, Area; it is Code, Area."


def test_a_header_of_some_other_table_is_checked_alike() -> None:
    assert check_header("a.xlsx", ["note", "key"], COLUMNS) == ["note", "key"]
    with pytest.raises(StructureError) as caught:
        check_header("a.xlsx", ["key;note"], COLUMNS)
    assert caught.value.detail == "the header lacks the column key; it has key;note."


def test_the_rows_of_a_file_are_read_as_they_are_asked_for() -> None:
    table = LAYOUT.read(in_memory('key,note\na,b\nc,"d\n'))
    rows = iter(table)
    assert isinstance(next(rows), Row)
    with pytest.raises(StructureError, match="row 3 is not well-formed CSV"):
        next(rows)
