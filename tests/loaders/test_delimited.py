"""A delimited file becomes rows of strings; what is wrong with one row harms no other."""

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loaders.errors import StructureError
from loaders.formats.delimited import Columns, Table, read_table
from loaders.formats.row import Row

COLUMNS = Columns(("key",), ("note",), ("old",))


def read(content: str | bytes) -> Table:
    """The table in a file with the columns `key`, `note` and `old`."""
    encoded = content.encode() if isinstance(content, str) else content
    return read_table("given.csv", encoded, COLUMNS)


def cells(content: str | bytes) -> list[tuple[int, dict[str, str]]]:
    """The sound rows of a file: number and cells."""
    return [(row.number, dict(row.cells)) for row in read(content) if isinstance(row, Row)]


def faults(content: str | bytes) -> list[tuple[int, str, str | None, str]]:
    """The faulty rows of a file: number, rule, column and sentence."""
    found = [row for row in read(content) if not isinstance(row, Row)]
    return [(number, fault.rule, fault.field, fault.message) for number, fault in found]


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
    assert list(read("key,note\n")) == []


def test_a_byte_order_mark_is_dropped_and_noted() -> None:
    content = b"\xef\xbb\xbfkey\na\n"
    assert cells(content) == [(2, {"key": "a"})]
    assert [(each.rule, each.message) for each in read(content).remarks] == [
        ("byte-order-mark", "The file begins with a byte order mark.")
    ]


def test_line_ends_of_windows_are_noted() -> None:
    assert [(each.rule, each.message) for each in read("key\r\na\r\n").remarks] == [
        ("line-endings", "Lines end in CR LF; they are read like LF.")
    ]


@pytest.mark.parametrize("cell", ['"a\r\nb"', '"\r\n"', '"a""\r\n""b"', '"a","\r\n"'])
def test_a_line_end_of_windows_inside_a_cell_is_no_line_end(cell: str) -> None:
    assert read(f"key,note\n{cell}\n").remarks == []
    beside = read(f"key,note\n{cell}\r\n").remarks
    assert [each.rule for each in beside] == ["line-endings"]


def test_an_unknown_column_is_noted_by_its_name_and_ignored_ones_are_not() -> None:
    remarks = read("key,old,twitter\na,b,c\n").remarks
    assert [(each.rule, each.field, each.message) for each in remarks] == [
        (
            "unknown-column",
            "twitter",
            "The format does not know this column; it is not loaded.",
        )
    ]


def test_a_sound_file_has_no_remarks() -> None:
    assert read("key,note,old\na,b,c\n").remarks == []


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
    assert cells(f"key,note\na,b\nc,{cell}\n") == [
        (2, {"key": "a", "note": "b"}),
        (3, {"key": "c", "note": cell}),
    ]


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
        (b"key,note\na,b\nc,caf\xe9\n", "line 3 is not UTF-8 text (byte 0xe9)."),
        (b"\xff\xfek\x00e\x00y\x00", "line 1 is not UTF-8 text (byte 0xff)."),
        (b"key,note\na,\xed\xa0\x80\n", "line 2 is not UTF-8 text (byte 0xed)."),
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
        list(read(content))
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
            list(read(start + content))


def written(*rows: list[str]) -> str:
    """Rows as a CSV file with the columns `key` and `note`."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([["key", "note"], *rows])
    return text.getvalue()


PRINTABLE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]))


@given(st.lists(st.tuples(PRINTABLE, PRINTABLE)))
def test_printable_cells_come_back_as_they_were_written(rows: list[tuple[str, str]]) -> None:
    expected = [
        (number, {"key": key.strip(), "note": note.strip()})
        for number, (key, note) in enumerate(rows, start=2)
        if key.strip() or note.strip()
    ]
    assert cells(written(*map(list, rows))) == expected


ANYTHING = st.lists(st.text()).filter(lambda row: any(cell.strip() for cell in row))


@given(st.lists(ANYTHING, max_size=5))
def test_whatever_stands_between_them_good_rows_are_read_alike(rows: list[list[str]]) -> None:
    good = ["a", "b, “c”"]
    content = written(good, *rows, good)
    read_well = cells(content)
    for row in (read_well[0], read_well[-1]):
        assert row[1] == dict(zip(("key", "note"), good, strict=True))
    assert (read_well[0][0], read_well[-1][0]) == (2, len(rows) + 3)
    assert len(read_well) + len(faults(content)) == len(rows) + 2
