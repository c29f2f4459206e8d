"""A workbook becomes rows like those of a delimited file; one that hides anything is refused."""

import datetime
import io
import zipfile
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Color, Font, GradientFill, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table as DefinedTable

from loaders.errors import StructureError
from loaders.formats.reading.content import Content
from loaders.formats.reading.delimited import Columns
from loaders.formats.reading.row import Row
from loaders.formats.reading.workbook import Workbook
from loaders.issues import Fault
from tests.loaders.conftest import in_memory
from tests.loaders.workbooks import (
    SHEET,
    added,
    changed,
    made,
    packed,
    parts_of,
    related,
    replaced,
    saved,
    shared,
    workbook,
)

COLUMNS = Columns(("key",), ("note", "more"), ("old",))
LAYOUT = Workbook(COLUMNS)
PLAIN = workbook(["key", "note"], ["a", "b"])
TEN = [[f"line {number}"] for number in range(10)]


def read(content: bytes, layout: Workbook = LAYOUT) -> tuple[list[Row], list[Fault]]:
    table = layout.read(in_memory(content))
    rows = [row for row in table if isinstance(row, Row)]
    return rows, table.remarks


def cells(content: bytes) -> list[tuple[int, dict[str, object]]]:
    return [(row.number, dict(row.cells)) for row in read(content)[0]]


def refusal(content: bytes, layout: Workbook = LAYOUT) -> str:
    with pytest.raises(StructureError) as caught:
        layout.read(in_memory(content))
    assert caught.value.file == "given.csv"
    return caught.value.detail


def test_rows_have_the_numbers_that_they_have_on_the_sheet() -> None:
    content = workbook(["note", "key"], ["b", "a"], [], [" ", None], ["d", "c"])
    assert cells(content) == [(2, {"note": "b", "key": "a"}), (5, {"note": "d", "key": "c"})]


def test_an_empty_cell_and_a_cell_that_is_not_there_hold_nothing() -> None:
    assert cells(workbook(["key", "note"], ["a", ""], ["c"])) == [
        (2, {"key": "a", "note": None}),
        (3, {"key": "c", "note": None}),
    ]


def test_a_header_alone_has_no_rows() -> None:
    assert read(workbook(["key", "note"])) == ([], [])


@pytest.mark.parametrize(
    ("value", "shown_as", "cell"),
    [
        ("0049", "General", "0049"),
        ("  a\nb ", "General", "  a\nb "),
        (12, "General", 12),
        (12.0, "General", 12),
        (-12, "0", -12),
        (12, "0", "12"),
        (12, "0000", "0012"),
        (12, '"IAR-"000', "IAR-012"),
        (12, '000"/A"', "012/A"),
        (12, "#,##0.00", 12),
        (12.5, "General", Decimal("12.5")),
        (0.1, "0", Decimal("0.1")),
        (999_999_999_999_999, "General", 999_999_999_999_999),
        (True, "General", True),
        (False, "General", False),
        (datetime.date(2024, 4, 1), "d/m/yyyy", "2024-04-01"),
        (datetime.datetime(2024, 4, 1), "d/m/yyyy", "2024-04-01"),
        (datetime.datetime(2024, 4, 1, 9, 30), "d/m/yyyy h:mm", "2024-04-01T09:30:00"),
        (datetime.time(9, 30), "h:mm", "09:30:00"),
        (datetime.timedelta(hours=30), "[h]:mm:ss", "1 day, 6:00:00"),
        ("a_x000D_\nb", "General", "a\r\nb"),
        ("a_x0007_b", "General", "a\x07b"),
        ("_x0041_", "General", "A"),
        ("=", "General", "="),
    ],
)
def test_a_cell_is_given_as_what_it_holds(value: object, shown_as: str, cell: object) -> None:
    book, sheet = made(["key", "note"], ["a", value])
    sheet["B2"].number_format = shown_as
    [row] = read(saved(book))[0]
    assert (row.cells["note"], type(row.cells["note"])) == (cell, type(cell))
    assert row.withheld == []


def test_dates_are_counted_from_1904_where_a_workbook_says_so() -> None:
    book, _ = made(["key", "note"], ["a", datetime.date(2024, 4, 1)])
    book.epoch = datetime.datetime(1904, 1, 1)
    assert [row.cells["note"] for row in read(saved(book))[0]] == ["2024-04-01"]


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!"])
@pytest.mark.parametrize("as_text", [True, False])
def test_an_error_in_a_cell_is_withheld(error: str, as_text: bool) -> None:
    book, sheet = made(["key", "note"], ["a", error], ["c", "d"])
    sheet["B2"].data_type = "s" if as_text else "e"
    rows = read(saved(book))[0]
    assert [dict(row.cells) for row in rows] == [
        {"key": "a", "note": None},
        {"key": "c", "note": "d"},
    ]
    [fault] = rows[0].withheld
    assert (fault.rule, fault.field, fault.value) == ("error-in-cell", "note", error)
    assert fault.message == f"The cell holds the error {error} and no value."


def test_a_formula_gives_its_result() -> None:
    content = replaced(workbook(["key", "note"], ["a", "=1+1"]), SHEET, "<v />", "<v>2</v>")
    assert cells(content) == [(2, {"key": "a", "note": 2})]


@pytest.mark.parametrize("empty", ["", "<v />", "<v></v>"])
def test_a_formula_that_was_never_worked_out_is_withheld(empty: str) -> None:
    content = replaced(workbook(["key", "note"], ["a", "=1+1"], ["c", "d"]), SHEET, "<v />", empty)
    rows = read(content)[0]
    [fault] = rows[0].withheld
    assert (fault.rule, fault.field, fault.value) == ("error-in-cell", "note", None)
    assert fault.message == (
        "The cell holds a formula whose result is not in the file: open it in Excel and save it "
        "there."
    )
    assert rows[0].cells["note"] is None
    assert rows[1].withheld == []


def test_a_formula_whose_result_is_an_empty_text_is_an_empty_cell() -> None:
    content = replaced(
        workbook(["key", "note"], ["a", "=1+1"]), SHEET, '<c r="B2">', '<c r="B2" t="str">'
    )
    [row] = read(content)[0]
    assert (row.cells["note"], row.withheld) == (None, [])


def test_what_is_wrong_in_a_column_that_is_not_loaded_is_not_reported() -> None:
    [row] = read(workbook(["key", "odd"], ["a", "=1+1"]))[0]
    assert row.withheld == []


def test_texts_may_stand_in_a_table_of_their_own() -> None:
    content = shared(workbook(["0", "1"], ["2", "3"]), "key", "note", "0049", "a_x000D_b")
    assert cells(content) == [(2, {"key": "0049", "note": "a\rb"})]
    assert refusal(shared(workbook(["0", "1"], ["2", "3"]), "key", "note")) == UNREADABLE


@pytest.mark.parametrize("number", [10**15, -(10**15), 1.5e300])
def test_a_number_whose_last_digits_are_lost_is_withheld(number: float) -> None:
    [row] = read(workbook(["key", "note"], ["a", number]))[0]
    [fault] = row.withheld
    assert (fault.rule, fault.field, row.cells["note"]) == ("number-as-decimal", "note", None)


def test_a_day_that_no_calendar_has_is_withheld_as_an_error() -> None:
    book, sheet = made(["key", "note"], ["a", 99_999_999])
    sheet["B2"].number_format = "d/m/yyyy"
    [row] = read(saved(book))[0]
    assert [(each.rule, each.value) for each in row.withheld] == [("error-in-cell", "#VALUE!")]


def test_a_column_that_is_not_known_is_noted() -> None:
    remarks = read(workbook(["key", "twitter", "old"], ["a", "b", "c"]))[1]
    assert [(each.rule, each.field) for each in remarks] == [("unknown-column", "twitter")]


def test_what_stands_above_the_header_is_not_loaded_and_noted() -> None:
    content = workbook(["Register of Exampleton"], [], ["key of"], ["key", "note"], ["a", "b"])
    rows, remarks = read(content)
    assert [(row.number, dict(row.cells)) for row in rows] == [(5, {"key": "a", "note": "b"})]
    assert [(each.rule, each.message) for each in remarks] == [
        ("comment-lines", "Rows 1 to 3 stand above the header; nothing there is loaded.")
    ]
    [remark] = read(workbook(["Register"], ["key", "note"], ["a", "b"]))[1]
    assert remark.message == "Row 1 stands above the header; nothing there is loaded."


def test_of_several_rows_that_could_be_the_header_the_fullest_is() -> None:
    content = workbook(["key"], ["key", "note"], ["key", "a"])
    assert cells(content) == [(3, {"key": "key", "note": "a"})]


def test_the_first_of_two_rows_alike_is_the_header() -> None:
    assert cells(workbook(["key", "note"], ["key", "note"])) == [
        (2, {"key": "key", "note": "note"})
    ]


def test_a_header_may_be_the_tenth_row_and_not_the_eleventh() -> None:
    assert cells(workbook(*TEN[:9], ["key"], ["a"])) == [(11, {"key": "a"})]
    assert refusal(workbook(*TEN, ["key"], ["a"])) == (
        "the header lacks the column key; it has line 0."
    )


def test_columns_without_a_name_may_be_empty() -> None:
    content = workbook(["key", None, "note", None], ["a", None, "b"])
    assert cells(content) == [(2, {"key": "a", "note": "b"})]


def test_a_size_that_a_sheet_lies_about_is_not_believed() -> None:
    content = replaced(
        workbook(["key", "note"], ["a", "b"], ["c", "d"]), SHEET, 'ref="A1:B3"', 'ref="A1:A2"'
    )
    assert [number for number, _ in cells(content)] == [2, 3]


def test_rows_and_cells_need_not_say_where_they_are() -> None:
    content = changed(
        workbook(["key", "note"], ["a", "b"]),
        SHEET,
        lambda part: part.replace(b' r="1"', b"").replace(b' r="2"', b"").replace(b' r="B2"', b""),
    )
    assert cells(content) == [(2, {"key": "a", "note": "b"})]


def test_styles_and_extensions_that_are_not_read_go_without_a_warning() -> None:
    book, sheet = made(["key"], ["a"])
    sheet.add_data_validation(DataValidation("list", formula1='"a,b"', sqref="A2"))
    extension = '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'
    content = replaced(saved(book), SHEET, "</worksheet>", extension)
    assert cells(content) == [(2, {"key": "a"})]


# What is refused.


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ((), "the file is empty: no sheet of it holds a value."),
        ((["note"], ["a"]), "the header lacks the column key; it has note."),
        ((["key", "note", "key"],), "the header has more than one column key."),
        (
            (["key", None, "note", None], ["a", "b", "c", "d"]),
            "the header (row 1) has columns without a name that hold values: B, D.",
        ),
        (
            (["key"], ["a"], ["b", *[None] * 26, "c"]),
            "the header (row 1) has columns without a name that hold values: AB.",
        ),
        ((*[[]] * 10, ["key"]), "there is no header in the first 10 rows of “Assets”."),
    ],
)
def test_a_sheet_that_is_not_such_a_table_is_refused(
    rows: tuple[list[object], ...], sentence: str
) -> None:
    assert refusal(workbook(*rows)) == sentence


UNSEEN = "some of it does not show when it is opened: "
ADVICE = ". Take that out, or copy the values of the sheet into a new workbook."


def unseen(content: bytes) -> str:
    """What a workbook is refused for."""
    detail = refusal(content)
    assert detail.startswith(UNSEEN)
    assert detail.endswith(ADVICE)
    return detail.removeprefix(UNSEEN).removesuffix(ADVICE)


@pytest.mark.parametrize(
    ("state", "said"), [("hidden", "the hidden sheet"), ("veryHidden", "the very hidden sheet")]
)
@pytest.mark.parametrize("value", [None, "x"])
def test_a_hidden_sheet_is_refused(state: str, said: str, value: str | None) -> None:
    book, _ = made(["key"], ["a"])
    other = book.create_sheet("Lists")
    other["A1"] = value
    other.sheet_state = state
    assert unseen(saved(book)) == f"{said} “Lists”"


def test_a_hidden_sheet_of_charts_is_refused_and_one_that_shows_is_not() -> None:
    book, sheet = made(["key", "note"], ["a", 1])
    charts = book.create_chartsheet("Charts")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=2))
    charts.add_chart(chart)
    assert cells(saved(book)) == [(2, {"key": "a", "note": 1})]
    charts.sheet_state = "hidden"
    assert unseen(saved(book)) == "the hidden sheet “Charts”"


def test_a_sheet_that_the_workbook_does_not_list_is_refused() -> None:
    book, _ = made(["key"], ["a"])
    book.create_sheet("Left over")
    listed = '<sheet name="Left over" sheetId="2" state="visible" r:id="rId2" />'
    content = replaced(saved(book), "xl/workbook.xml", listed, "")
    assert unseen(content) == "a sheet that is not in its list of sheets"


def test_hidden_rows_are_refused_and_named() -> None:
    book, sheet = made(["key"], *([letter] for letter in "abcdefg"))
    for number in (2, 4, 5, 6):
        sheet.row_dimensions[number].hidden = True
    assert unseen(saved(book)) == "hidden or filtered rows of “Assets” (2, 4 to 6)"


def test_a_row_without_height_is_hidden() -> None:
    content = workbook(["key"], ["a"], ["b"])
    content = replaced(content, SHEET, '<row r="3"', '<row r="3" ht="0" customHeight="1"')
    assert unseen(content) == "hidden or filtered rows of “Assets” (3)"


def test_hidden_columns_are_refused_and_named() -> None:
    book, sheet = made(["key", "note", "old", "more"], ["a", "b", "c", "d"])
    sheet.column_dimensions["C"].hidden = True
    assert unseen(saved(book)) == "hidden columns of “Assets” (C)"


def test_a_column_without_width_is_hidden() -> None:
    columns = '<cols><col min="2" max="3" width="0" customWidth="1"/></cols><sheetData>'
    content = workbook(["key", "note", "old"], ["a", "b", "c"])
    assert unseen(replaced(content, SHEET, "<sheetData>", columns)) == (
        "hidden columns of “Assets” (B to C)"
    )


def test_a_span_of_hidden_columns_is_seen_in_all_its_columns() -> None:
    book, sheet = made(["key", "note", "old", "more"], ["a", "b", "c", "d"])
    sheet.column_dimensions.group("B", "D", hidden=True)
    assert unseen(saved(book)) == "hidden columns of “Assets” (B to D)"


def test_rows_and_columns_that_hide_nothing_may_be_hidden() -> None:
    book, sheet = made(["key"], ["a"])
    sheet.row_dimensions[3].hidden = True
    sheet.row_dimensions[3].height = 15
    sheet.column_dimensions["B"].hidden = True
    sheet["B3"].number_format = "0.00"
    assert cells(saved(book)) == [(2, {"key": "a"})]


def test_a_formula_in_a_hidden_column_is_refused_even_without_a_result() -> None:
    book, sheet = made(["key"], ["a", "=A2"])
    sheet.column_dimensions["B"].hidden = True
    assert unseen(saved(book)) == "hidden columns of “Assets” (B)"


@pytest.mark.parametrize(
    ("value", "shown_as", "is_hidden"),
    [
        *((value, ";;;", True) for value in ("b", 12, -12, 0.5, True)),
        *((value, ";;", False) for value in ("b", True)),
        (12, ";;", True),
        (12, '"";"";"";""', True),
        ("b", '"" ;_-;* ;[Red]', True),
        ("b", "**;**;**;**", True),
        ("b", '0;0;0;"-"', False),
        ("b", "0;0;0;@", False),
        (12, "0;", False),
        (-12, "0;", True),
        (0, "0;-0;", False),  # noughts that do not show hide nothing
        (0, ";;;", False),
        (1, '"Yes";;"No"', False),
        (12, '[<10]0;""', True),
        (9, '[<10]0;""', False),
        (12, "[>=10];0", True),
        (9, "[>=10];0", False),
        (12, r"\ ;\ ", True),
        (12, '"a;b"0', False),
        (12, "[h]:mm", False),
        (12, "General", False),
    ],
)
def test_a_value_that_its_number_format_does_not_show_is_refused(
    value: object, shown_as: str, is_hidden: bool
) -> None:
    book, sheet = made(["key", "note"], ["a", value], ["c", "d"])
    sheet["B2"].number_format = shown_as
    if is_hidden:
        told = "values of “Assets” with a number format that shows nothing (B2)"
        assert unseen(saved(book)) == told
    else:
        assert len(read(saved(book))[0]) == 2


def test_of_many_values_that_do_not_show_the_first_ten_are_named() -> None:
    book, sheet = made(["key"], *(["a"] for _ in range(12)))
    for row in range(2, 14):
        sheet.cell(row, 1).number_format = ";;;"
    cells_told = ", ".join(f"A{row}" for row in range(2, 12))
    assert unseen(saved(book)) == (
        f"values of “Assets” with a number format that shows nothing ({cells_told} and 2 more)"
    )


PALE = "values of “Assets” with the colour of their ground, or no size (B2)"
ON_BLACK = PatternFill("solid", fgColor="FF000000")
GRADIENT = GradientFill(stop=("FFFFFFFF", "FF000000"))


@pytest.mark.parametrize(
    ("font", "fill", "is_hidden"),
    [
        (Font(color="FFFFFFFF"), None, True),
        (Font(color=Color(theme=0)), None, True),
        (Font(color=Color(indexed=9)), None, True),
        (Font(color="FF000000"), ON_BLACK, True),
        (Font(color="FFFFFFFF"), PatternFill("solid", fgColor="FFFFFFFF"), True),
        (Font(size=1), None, True),
        (Font(color="FFFFFFFF"), ON_BLACK, False),
        (Font(color="FFFFFFFF"), GRADIENT, False),
        (Font(color="FFFFFFFF"), PatternFill("gray125"), False),
        (Font(color=Color(theme=0, tint=-0.5)), None, False),
        (Font(color="FFFEFEFE"), None, False),
        (Font(size=2), None, False),
    ],
)
def test_a_text_in_the_colour_of_its_ground_or_without_a_size_is_refused(
    font: Font, fill: PatternFill | GradientFill | None, is_hidden: bool
) -> None:
    book, sheet = made(["key", "note"], ["a", "b"])
    sheet["B2"].font = font
    if fill is not None:
        sheet["B2"].fill = fill
    if is_hidden:
        assert unseen(saved(book)) == PALE
    else:
        assert len(read(saved(book))[0]) == 1


def test_a_cell_without_a_value_hides_nothing_whatever_its_style() -> None:
    book, sheet = made(["key", "note"], ["a", None])
    sheet["B2"].font = Font(color="FFFFFFFF")
    sheet["B2"].number_format = ";;;"
    assert cells(saved(book)) == [(2, {"key": "a", "note": None})]


def test_white_text_may_stand_in_a_table_and_under_a_conditional_format() -> None:
    book, sheet = made(["key", "note"], ["a", "b"])
    sheet["B2"].font = Font(color="FFFFFFFF")
    sheet.add_table(DefinedTable(displayName="T", ref="A1:B2"))
    assert len(read(saved(book))[0]) == 1
    book, sheet = made(["key", "note"], ["a", "b"])
    sheet["B2"].font = Font(color="FFFFFFFF")
    sheet.conditional_formatting.add(
        "B2:B9", Rule("expression", formula=["TRUE"], dxf=DifferentialStyle(fill=ON_BLACK))
    )
    assert len(read(saved(book))[0]) == 1
    sheet["A2"].font = Font(color="FFFFFFFF")
    assert unseen(saved(book)) == PALE.replace("B2", "A2")


@pytest.mark.parametrize(("height", "is_hidden"), [(0.1, True), (3.75, True), (4.0, False)])
def test_a_row_too_low_to_show_anything_is_refused(height: float, is_hidden: bool) -> None:
    book, sheet = made(["key"], ["a"])
    sheet.row_dimensions[2].height = height
    if is_hidden:
        assert unseen(saved(book)) == "hidden or filtered rows of “Assets” (2)"
    else:
        assert len(read(saved(book))[0]) == 1


@pytest.mark.parametrize(("width", "is_hidden"), [(0.1, True), (0.99, True), (1.0, False)])
def test_a_column_too_narrow_to_show_anything_is_refused(width: float, is_hidden: bool) -> None:
    book, sheet = made(["key", "note"], ["a", "b"])
    sheet.column_dimensions["B"].width = width
    if is_hidden:
        assert unseen(saved(book)) == "hidden columns of “Assets” (B)"
    else:
        assert len(read(saved(book))[0]) == 1


def test_rows_and_columns_may_be_too_small_by_default() -> None:
    book, sheet = made(["key", "note"], ["a", "b"])
    sheet.sheet_format.defaultRowHeight = 1
    sheet.row_dimensions[1].height = 15
    assert unseen(saved(book)) == "hidden or filtered rows of “Assets” (2)"
    book, sheet = made(["key", "note", "more"], ["a", "b", "c"])
    sheet.sheet_format.defaultColWidth = 0.5
    sheet.column_dimensions["B"].width = 9
    assert unseen(saved(book)) == "hidden columns of “Assets” (A, C)"


@pytest.mark.parametrize("visibility", ["hidden", "veryHidden"])
def test_a_workbook_whose_window_does_not_show_is_refused(visibility: str) -> None:
    book, _ = made(["key"], ["a"])
    book.views[0].visibility = visibility
    assert unseen(saved(book)) == "its whole window"


@pytest.mark.parametrize(
    ("type_", "said"),
    [
        ("spreadsheetml.pivotCacheDefinition", "pivot caches"),
        ("spreadsheetml.pivotCacheRecords", "pivot caches"),
        ("spreadsheetml.pivotTable", "pivot tables"),
        ("spreadsheetml.comments", "comments"),
        ("spreadsheetml.externalLink", "links to other workbooks"),
    ],
)
def test_a_part_that_does_not_show_is_refused_by_its_type(type_: str, said: str) -> None:
    override = (
        '<Override PartName="/xl/a.xml" ContentType="application/vnd.openxmlformats-'
        f'officedocument.{type_}+xml"/></Types>'
    )
    content = replaced(PLAIN, "[Content_Types].xml", "</Types>", override)
    assert unseen(added(content, {"xl/a.xml": b"<a/>"})) == said


def test_comments_are_refused_with_their_sheet() -> None:
    book, sheet = made(["key"], ["a"])
    sheet["A2"].comment = Comment("Ask Jane", "Somebody")
    assert unseen(saved(book)) == "comments on “Assets”"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("comments", "comments on “Assets”"),
        ("threadedComment", "comments on “Assets”"),
        ("pivotTable", "pivot tables on “Assets”"),
        ("pivotCacheDefinition", "pivot caches on “Assets”"),
        ("pivotCacheRecords", "pivot caches on “Assets”"),
        ("externalLink", "links to other workbooks on “Assets”"),
        ("externalLinkPath", "links to other workbooks on “Assets”"),
        ("vbaProject", "macros on “Assets”"),
        ("xlMacrosheet", "macros on “Assets”"),
        ("xlIntlMacrosheet", "macros on “Assets”"),
        ("dialogsheet", "dialogue sheets on “Assets”"),
        ("oleObject", "embedded objects on “Assets”"),
        ("package", "embedded objects on “Assets”"),
        ("control", "embedded objects on “Assets”"),
        ("powerPivotData", "a data model on “Assets”"),
        ("revisionHeaders", "a history of changes on “Assets”"),
        ("revisionLog", "a history of changes on “Assets”"),
    ],
)
def test_a_part_that_does_not_show_is_refused_by_its_relationship(kind: str, said: str) -> None:
    assert unseen(related(PLAIN, kind)) == said


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/macrosheets/sheet1.xml", "macros"),
        ("xl/comments1.xml", "comments"),
        ("xl/comments/comment1.xml", "comments"),
        ("xl/threadedComments/threadedComment1.xml", "comments"),
        ("xl/pivotCache/pivotCacheDefinition1.xml", "pivot caches"),
        ("xl/pivotTables/pivotTable1.xml", "pivot tables"),
        ("xl/externalLinks/externalLink1.xml", "links to other workbooks"),
        ("xl/embeddings/oleObject1.bin", "embedded objects"),
        ("xl/activeX/activeX1.bin", "embedded objects"),
        ("xl/revisions/revisionLog1.xml", "a history of changes"),
        ("xl/model/item.data", "a data model"),
    ],
)
def test_a_part_that_does_not_show_is_refused_by_its_name(part: str, said: str) -> None:
    assert unseen(added(PLAIN, {part: b"x"})) == said


def test_a_workbook_made_for_macros_is_refused() -> None:
    content = replaced(
        PLAIN,
        "[Content_Types].xml",
        "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    assert unseen(content) == "macros"


def test_all_that_does_not_show_is_listed_at_once() -> None:
    book, sheet = made(["key", "note"], ["a", "b"], ["c", "d"])
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet["A2"].comment = Comment("Ask Jane", "Somebody")
    book.create_sheet("Lists").sheet_state = "veryHidden"
    content = added(saved(book), {"xl/pivotCache/a.xml": b"x", "xl/vbaProject.bin": b"x"})
    assert unseen(content) == (
        "hidden or filtered rows of “Assets” (2); hidden columns of “Assets” (B); the very hidden "
        "sheet “Lists”; comments on “Assets”; pivot caches; macros"
    )


def test_more_than_one_sheet_with_values_is_refused() -> None:
    book, _ = made(["key"], ["a"])
    other = book.create_sheet("Guidance")
    assert cells(saved(book)) == [(2, {"key": "a"})]
    other["A1"] = "Read this first"
    assert refusal(saved(book)) == (
        "more than one sheet holds values: “Assets”, “Guidance”. Save the one to be loaded in a "
        "workbook of its own."
    )


def test_the_sheet_with_values_need_not_be_the_first() -> None:
    book, _ = made()
    book.create_sheet("Register").append(["key"])
    book["Register"].append(["a"])
    assert cells(saved(book)) == [(2, {"key": "a"})]


def test_merged_cells_are_refused_in_the_table_and_not_above_it() -> None:
    book, sheet = made(["Who", None], ["key", "note"], ["a", "b"], ["c", None])
    sheet.merge_cells("A1:B1")
    assert [number for number, _ in cells(saved(book))] == [3, 4]
    sheet.merge_cells("B3:B4")
    sheet.merge_cells("A6:B6")
    assert refusal(saved(book)) == (
        "cells are merged in the table: B3:B4, A6:B6. Separate them, and give each cell its own "
        "value."
    )


DAMAGED = "is damaged, or was cut short."
UNREADABLE = "cannot be read: open it in Excel and save it again, or save it as CSV."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "the file is empty."),
        (b"key,note\na,b\n", "is not an Excel workbook (.xlsx)."),
        (b"PK\x03\x04 and no more", DAMAGED),
        (PLAIN[: len(PLAIN) // 2], DAMAGED),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more",
            "this is an Excel file of the old kind (.xls), or one with a password: save it as an "
            "Excel workbook (.xlsx) without a password.",
        ),
        (packed({}), "is an archive that holds no Excel workbook."),
        (packed({"a.txt": b"x"}), "is an archive that holds no Excel workbook."),
        (
            packed({"mimetype": b"application/vnd.oasis.opendocument", "content.xml": b"<a/>"}),
            "is an OpenDocument file (.ods): save it as an Excel workbook (.xlsx).",
        ),
        (
            replaced(
                PLAIN, "[Content_Types].xml", "spreadsheetml.sheet.main", "wordprocessingml.d"
            ),
            "is an archive that holds no Excel workbook.",
        ),
        (
            replaced(
                PLAIN,
                "[Content_Types].xml",
                "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                "vnd.ms-excel.sheet.binary.macroEnabled.main",
            ),
            "is a binary workbook (.xlsb): save it as an Excel workbook (.xlsx).",
        ),
        (
            replaced(
                PLAIN,
                "_rels/.rels",
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDoc",
                "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDoc",
            ),
            "is a “Strict Open XML” workbook: save it as an ordinary Excel workbook (.xlsx).",
        ),
        (
            packed(parts_of(PLAIN), zipfile.ZIP_BZIP2),
            "is compressed in a way that no workbook is.",
        ),
        (replaced(PLAIN, SHEET, "<sheetData>", "<sheetData><row"), UNREADABLE),
        (replaced(PLAIN, SHEET, '<c r="A1"', '<c r="A1" s="x"'), UNREADABLE),
        (
            packed({name: part for name, part in parts_of(PLAIN).items() if name != SHEET}),
            UNREADABLE,
        ),
        (
            replaced(PLAIN, "xl/workbook.xml", 'r:id="rId1"', 'r:id="rId9"'),
            "is damaged: the sheet “Assets” is not to be found.",
        ),
        (
            replaced(PLAIN, SHEET, '<row r="2"', '<row r="1"'),
            "is damaged: row 1 of “Assets” is out of order.",
        ),
        (
            replaced(PLAIN, SHEET, '<row r="2"', '<row r="9999999999"'),
            "is damaged: row 9999999999 of “Assets” is out of order.",
        ),
        (
            replaced(PLAIN, SHEET, 'r="B2"', 'r="A2"'),
            "is damaged: cells in row 2 of “Assets” are out of order.",
        ),
        (
            replaced(PLAIN, SHEET, 'r="B2"', 'r="B3"'),
            "is damaged: cells in row 2 of “Assets” are out of order.",
        ),
        (
            replaced(PLAIN, SHEET, 'r="B2"', 'r="ZZZ2"'),
            "is damaged: cells in row 2 of “Assets” are out of order.",
        ),
    ],
)
def test_a_file_that_is_no_sound_workbook_is_refused_in_words(
    content: bytes, sentence: str
) -> None:
    assert refusal(content) == sentence


def test_an_archive_with_a_password_is_refused() -> None:
    content = bytearray(PLAIN)
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(content)) == "has a password: save it without."


def test_two_parts_of_one_name_are_refused() -> None:
    stream = io.BytesIO(PLAIN)
    with (
        zipfile.ZipFile(stream, "a") as archive,
        pytest.warns(UserWarning, match="Duplicate name"),
    ):
        archive.writestr(SHEET, b"<worksheet/>")
    assert refusal(stream.getvalue()) == "is damaged: it has two parts of one name."


def test_an_archive_of_thousands_of_parts_is_refused() -> None:
    parts = {f"{number}": b"" for number in range(5001)}
    assert refusal(packed(parts)) == "has 5,001 parts, and at most 5,000 are read."


def test_what_would_unpack_to_too_much_is_refused_before_it_is_unpacked() -> None:
    content = added(PLAIN, {"xl/media/image1.bmp": bytes(3 << 20)})
    assert len(content) < 1 << 15
    assert refusal(content, Workbook(COLUMNS, most_bytes=2 << 20)) == (
        "would unpack to 3 MB, and at most 2 MB are read: save it as CSV."
    )


def declared(part: bytes) -> bytes:
    """A part that declares an entity before its root."""
    start = part.index(b"?>") + 2 if part.startswith(b"<?xml") else 0
    return part[:start] + b'<!DOCTYPE a [<!ENTITY b "c">]>' + part[start:]


@pytest.mark.parametrize(
    "part",
    [
        "_rels/.rels",
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "docProps/core.xml",
        SHEET,
    ],
)
def test_entities_are_refused_in_whatever_part(part: str) -> None:
    sentence = "declares a document type or entities, which no workbook does."
    assert refusal(changed(PLAIN, part, declared)) == sentence


def test_entities_are_refused_in_the_table_of_texts() -> None:
    content = shared(workbook(["0", "1"]), "key", "note")
    assert refusal(changed(content, "xl/sharedStrings.xml", declared)) == (
        "declares a document type or entities, which no workbook does."
    )


def test_a_good_row_beside_a_faulty_one_is_read() -> None:
    book, sheet = made(["key", "note"], ["a", "b"], ["#REF!", 1e300], ["c", "d"])
    sheet["A3"].data_type = "e"
    rows = read(saved(book))[0]
    assert [(row.number, len(row.withheld)) for row in rows] == [(2, 0), (3, 2), (4, 0)]
    assert dict(rows[2].cells) == {"key": "c", "note": "d"}


@given(st.binary(max_size=300))
@example(b"PK\x05\x06" + b"\0" * 18)
def test_whatever_the_bytes_a_file_is_refused(content: bytes) -> None:
    for start in (b"", b"PK\x03\x04", PLAIN[:100]):
        with pytest.raises(StructureError):
            LAYOUT.read(in_memory(start + content))


@given(st.integers(0, len(PLAIN) - 1))
def test_a_workbook_that_was_cut_short_is_refused(length: int) -> None:
    with pytest.raises(StructureError):
        LAYOUT.read(in_memory(PLAIN[:length]))


@given(st.integers(0, len(PLAIN) - 1), st.integers(0, 255))
def test_whichever_byte_is_another_a_workbook_is_read_or_refused(place: int, byte: int) -> None:
    with suppress(StructureError):
        list(LAYOUT.read(in_memory(PLAIN[:place] + bytes([byte]) + PLAIN[place + 1 :])))


@given(
    st.sampled_from([SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]),
    st.integers(0, 1 << 14),
    st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=4),
)
def test_whatever_is_written_into_a_part_a_workbook_is_read_or_refused(
    part: str, place: int, text: str
) -> None:
    def written(found: bytes) -> bytes:
        at = place % len(found)
        return found[:at] + text.encode() + found[at + len(text) :]

    with suppress(StructureError):
        list(LAYOUT.read(in_memory(changed(PLAIN, part, written))))


TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"], exclude_characters="_=#"))


@given(st.lists(st.tuples(TEXT, TEXT), max_size=5))
def test_texts_come_back_as_they_were_written(rows: list[tuple[str, str]]) -> None:
    expected = [
        (number, {"key": key or None, "note": note or None})
        for number, (key, note) in enumerate(rows, 2)
        if key.strip() or note.strip()
    ]
    assert cells(workbook(["key", "note"], *rows)) == expected


FOLDER = Path(__file__).parents[2].parent / "shared/data/information-assets"
NHS = FOLDER / "nhs-digital-release-register/nhs-digital-release-register-202102.xlsx"
ROPA = FOLDER / "dpcat-ropa/Beta a processor of  employee expenses.xlsx"


@pytest.mark.real_data
@pytest.mark.skipif(not NHS.exists(), reason="the publisher's own file is not here")
def test_a_real_workbook_of_several_sheets_is_refused_with_their_names() -> None:
    with pytest.raises(StructureError) as caught:
        LAYOUT.read(Content(NHS.name, NHS))
    assert caught.value.detail == (
        "more than one sheet holds values: “README”, “DataReleases”, “PurposeStatements”, "
        "“FurtherExplanationOfTerms”, “AmendmentsToPreviousRegisters”. Save the one to be loaded "
        "in a workbook of its own."
    )


@pytest.mark.real_data
@pytest.mark.skipif(not ROPA.exists(), reason="the publisher's own file is not here")
def test_a_real_workbook_is_read_row_by_row() -> None:
    purposes = "the purposes of the processing;"
    table = Workbook(Columns((purposes,))).read(Content(ROPA.name, ROPA))
    rows = [row for row in table if isinstance(row, Row)]
    assert [row.number for row in rows] == [2, 3]
    assert rows[1].cells["the categories of personal data;"] == "Financial data "
    assert len(rows[1].cells) == 9
    assert [each.rule for each in table.remarks] == ["unknown-column"] * 8


def test_a_table_with_values_far_apart_is_refused_before_it_is_walked() -> None:
    book, sheet = made(["key", "name"])
    sheet.cell(1, 16_384, "far")
    sheet.cell(1_048_576, 1, "down")
    assert "more than 10,000,000 cells" in refusal(saved(book))


def test_more_relationships_than_a_workbook_has_are_refused() -> None:
    many = '<Relationship Id="x" Type="y" Target="z"/>' * 20_001 + "</Relationships>"
    content = replaced(
        workbook(["key", "name"]), "xl/_rels/workbook.xml.rels", "</Relationships>", many
    )
    assert "cannot be read" in refusal(content)
