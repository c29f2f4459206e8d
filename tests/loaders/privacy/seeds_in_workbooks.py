"""Leaks in workbooks: in whatever of them does not show when they are opened."""

from collections.abc import Callable, Iterator

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from tests.loaders.privacy.line import Fate, Seed
from tests.loaders.privacy.seeds_in_texts import MAIL, NHS
from tests.loaders.workbooks import SHEET, added, made, related, replaced, saved

_FORMAT = "information-asset-register-xlsx"
_HEADER = ["reference", "name", "description"]
_NAME = "Bloggs minutes"


def _book(change: Callable[[Workbook, Worksheet], object], last: str = "Of meetings") -> bytes:
    """A register of two assets, the second of which is the leak, changed in some way."""
    book, sheet = made(_HEADER, ["1", "Maps", "Of ponds"], ["2", _NAME, last])
    change(book, sheet)
    return saved(book)


def _as_it_is(_: Workbook, __: Worksheet) -> None:
    """Nothing is changed."""


def _hidden_sheet(state: str) -> Callable[[Workbook, Worksheet], None]:
    def change(book: Workbook, _: Worksheet) -> None:
        sheet = book.create_sheet("Staff")
        sheet.append(["name", "mail"])
        sheet.append([_NAME, MAIL])
        sheet.sheet_state = state

    return change


def _row(**dimensions: object) -> Callable[[Workbook, Worksheet], None]:
    def change(_: Workbook, sheet: Worksheet) -> None:
        for name, value in dimensions.items():
            setattr(sheet.row_dimensions[3], name, value)

    return change


def _column(**dimensions: object) -> Callable[[Workbook, Worksheet], None]:
    def change(_: Workbook, sheet: Worksheet) -> None:
        for name, value in dimensions.items():
            setattr(sheet.column_dimensions["C"], name, value)

    return change


def _cell(place: str, **styles: object) -> Callable[[Workbook, Worksheet], None]:
    def change(_: Workbook, sheet: Worksheet) -> None:
        for name, value in styles.items():
            setattr(sheet[place], name, value)

    return change


def _commented(_: Workbook, sheet: Worksheet) -> None:
    sheet["A2"].comment = Comment(f"Ask {MAIL}", "Somebody")


def _filtered(_: Workbook, sheet: Worksheet) -> None:
    sheet.auto_filter.ref = "A1:C3"
    sheet.auto_filter.add_filter_column(1, ["Maps"])
    sheet.row_dimensions[3].hidden = True


def _folded(_: Workbook, sheet: Worksheet) -> None:
    sheet.row_dimensions.group(3, 3, hidden=True)


def _small_rows(_: Workbook, sheet: Worksheet) -> None:
    sheet.sheet_format.defaultRowHeight = 1
    for row in (1, 2):
        sheet.row_dimensions[row].height = 15


def _window(book: Workbook, _: Worksheet) -> None:
    book.views[0].visibility = "veryHidden"


def _properties(book: Workbook, _: Worksheet) -> None:
    book.properties.creator = _NAME
    book.properties.description = f"Ask {MAIL}"


def _defined(book: Workbook, _: Worksheet) -> None:
    book.defined_names["owner"] = DefinedName("owner", attr_text=f'"{MAIL}"', hidden=True)


def _linked(_: Workbook, sheet: Worksheet) -> None:
    sheet["A2"].hyperlink = f"mailto:{MAIL}"


def _in_header(_: Workbook, sheet: Worksheet) -> None:
    assert sheet.oddHeader is not None
    sheet.oddHeader.center.text = f"Ask {MAIL}"


def _conditional(_: Workbook, sheet: Worksheet) -> None:
    white = Rule("expression", formula=["TRUE"], dxf=DifferentialStyle(font=_WHITE))
    sheet.conditional_formatting.add("A3:C3", white)


def _above_header() -> bytes:
    book, _ = made([f"Kept by {MAIL}"], _HEADER, ["1", "Maps", "Of ponds"])
    return saved(book)


_WHITE = Font(color="FFFFFFFF")
_BLACK = PatternFill("solid", fgColor="FF000000")
_HIDDEN: dict[str, Callable[[Workbook, Worksheet], None]] = {
    "a hidden sheet": _hidden_sheet("hidden"),
    "a very hidden sheet": _hidden_sheet("veryHidden"),
    "a hidden row": _row(hidden=True),
    "a row that a filter hides": _filtered,
    "a row of a group that is shut": _folded,
    "a row of hardly any height": _row(height=0.75),
    "rows of hardly any height by default": _small_rows,
    "a hidden column": _column(hidden=True),
    "a column of hardly any width": _column(width=0.1),
    "a comment": _commented,
    "a value that its number format hides": _cell("B3", number_format=";;;"),
    "a value that its number format masks": _cell("B3", number_format="**;**;**;**"),
    "white text": _cell("B3", font=_WHITE),
    "black text on black": _cell("B3", font=Font(color="FF000000"), fill=_BLACK),
    "text of no size": _cell("B3", font=Font(size=1)),
    "a hidden window": _window,
}
_PARTS = {
    "a cache of a pivot table": "xl/pivotCache/pivotCacheRecords1.xml",
    "a comment of a thread": "xl/threadedComments/threadedComment1.xml",
    "values of another workbook": "xl/externalLinks/externalLink1.xml",
    "an embedded document": "xl/embeddings/Microsoft_Word_Document.docx",
    "a history of changes": "xl/revisions/revisionLog1.xml",
    "a macro": "xl/vbaProject.bin",
    "a data model": "xl/model/item.data",
}


def seeds() -> Iterator[Seed]:
    """Each leak, with what becomes of it."""
    for where, change in _HIDDEN.items():
        yield _seed(where, _book(change), Fate.FILE_REFUSED)
    clean = saved(made(_HEADER, ["1", "Maps", "Of ponds"])[0])
    for where, part in _PARTS.items():
        content = added(clean, {part: f"<a>{_NAME}, {MAIL}</a>".encode()})
        yield _seed(where, content, Fate.FILE_REFUSED)
    yield _seed(
        "a cache of a pivot table, named otherwise",
        added(related(clean, "pivotCacheDefinition"), {"xl/elsewhere.xml": MAIL.encode()}),
        Fate.FILE_REFUSED,
    )
    yield _seed("a sheet that is not in the list", _unlisted(), Fate.FILE_REFUSED)
    for where, change in {
        "the properties of the document": _properties,
        "a defined name": _defined,
        "where a link leads": _linked,
        "the header of a printed page": _in_header,
    }.items():
        book, sheet = made(_HEADER, ["1", "Maps", "Of ponds"])
        change(book, sheet)
        yield _seed(where, saved(book), Fate.NOT_READ)
    yield _seed("above the header", _above_header(), Fate.NOT_READ)
    yield _seed("a description: an address", _book(_as_it_is, f"Ask {MAIL}"), Fate.WITHHELD, MAIL)
    yield _seed(
        "a description: an NHS number", _book(_as_it_is, f"Of {NHS}"), Fate.RELEASE_REFUSED, NHS
    )
    yield _seed(
        "a number without its grouping",
        saved(made(_HEADER, [9991234004, "Maps", "Of ponds"])[0]),
        Fate.RELEASE_REFUSED,
        NHS,
    )
    yield _seed(
        "white text by a conditional format",
        _book(_conditional),
        Fate.MISSED,
        why="What a conditional format hides depends on values; such formats are not worked out.",
    )
    yield _seed(
        "white text in a cell of many formats",
        _in_runs(),
        Fate.MISSED,
        why="Within a cell, the colours of single words are not looked at.",
    )


def _seed(where: str, content: bytes, fate: Fate, *hidden: str, why: str = "") -> Seed:
    return Seed(f"workbook: {where}", _FORMAT, content, hidden or (_NAME, MAIL), fate, why)


def _unlisted() -> bytes:
    """A workbook with a second sheet that its list of sheets leaves out."""
    book, _ = made(_HEADER, ["1", "Maps", "Of ponds"])
    book.create_sheet("Staff").append([_NAME, MAIL])
    entry = '<sheet name="Staff" sheetId="2" state="visible" r:id="rId2" />'
    return replaced(saved(book), "xl/workbook.xml", entry, "")


def _in_runs() -> bytes:
    content = _book(_as_it_is)
    white = '<r><rPr><color rgb="FFFFFFFF"/></rPr><t>'
    return replaced(content, SHEET, f"<is><t>{_NAME}</t></is>", f"<is>{white}{_NAME}</t></r></is>")
