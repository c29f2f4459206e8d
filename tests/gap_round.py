"""A made-up publisher whose records leave much open, and the commands that load and publish it."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
from click.testing import CliRunner, Result
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from queries.gap_rows import SHEET, THING
from service.cli import main

HOLDER = "GB-LAE-EXA"
ASSETS = f"information-asset/{HOLDER}"
SOURCES = {
    "exa-bodies": (
        "public",
        "organisation-csv",
        f"key,name,type\n{HOLDER},Exampleton Council,MD\nGB-LAE-EXB,Otherton Council,MD\n",
    ),
    "exa-assets": (
        "internal",
        "information-asset-csv",
        "organisation,ref,name,description,owner,personal-data,classification,visible-to\n"
        f"{HOLDER},A-1,Trees,Where trees stand.,,none,,\n"
        f"{HOLDER},A-2,Allotments,,Head of Parks,personal,OFFICIAL,\n"
        f'{HOLDER},A-3,"=HYPERLINK(""https://bad.example"",""x"")",,,,,partner\n'
        "GB-LAE-EXB,B-1,Bins,,,,,\n",
    ),
    "exa-data": (
        "public",
        "dataset-csv",
        f"key,title,publisher\ntrees,Trees of Exampleton,{HOLDER}\n",
    ),
}


def gmkg(data: Path, *arguments: str) -> Result:
    """What a command says."""
    result = CliRunner().invoke(main, [*arguments, "--data", str(data)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def declare(
    data: Path,
    name: str,
    format_name: str,
    files: Mapping[str, bytes],
    audience: str = "internal",
    further: str = "",
) -> None:
    """Declare a source, with its files beside it."""
    folder = data / "sources" / name
    folder.mkdir(parents=True, exist_ok=True)
    listed = "".join(
        f'[[files]]\nname = "{file}"\nformat = "{format_name}"\nminimum = 0\n' for file in files
    )
    (folder / "source.toml").write_text(
        f'title = "Source {name}"\naudience = "{audience}"\n{further}{listed}'
    )
    for file, content in files.items():
        (folder / file).write_bytes(content)


def publish_all(data: Path) -> None:
    """Load the made-up sources and publish them."""
    assert gmkg(data, "init").exit_code == 0
    for name, (audience, format_name, rows) in SOURCES.items():
        declare(data, name, format_name, {f"{name}.csv": rows.encode()}, audience)
        loaded = gmkg(data, "load", name, "--strict")
        assert loaded.exit_code == 0, loaded.output
    published = gmkg(data, "publish")
    assert published.exit_code == 0, published.output


def answer(data: Path, **files: bytes) -> Result:
    """Load filled-in workbooks as the answers of Exampleton."""
    named = {f"{name}.xlsx": content for name, content in files.items()}
    declare(data, "exa-gaps", "gap-workbook", named, further=f'holder = "{HOLDER}"\n')
    return gmkg(data, "load", "exa-gaps", "--json")


def rows_of(content: bytes) -> list[dict[str, str]]:
    """The rows of the sheet of gaps, as a person sees them."""
    sheet = openpyxl.load_workbook(io.BytesIO(content))[SHEET]
    _, header, *rows = sheet.iter_rows(values_only=True)
    names = [str(each) for each in header]
    return [
        {name: str(each) for name, each in zip(names, row, strict=True) if each is not None}
        for row in rows
    ]


def changed(content: bytes, change: Callable[[Workbook], None]) -> bytes:
    """A workbook after somebody has worked on it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def filled(content: bytes, **cells: Mapping[str, object]) -> bytes:
    """A workbook with cells filled in, by the reference of the thing and the column."""

    def fill(book: Workbook) -> None:
        sheet = book[SHEET]
        for ref, values in cells.items():
            for column, value in values.items():
                put(sheet, ref.replace("_", "-"), column, value)

    return changed(content, fill)


def put(sheet: Worksheet, ref: str, column: str, value: object) -> None:
    """Type a value into the cell of a thing, by the end of its path."""
    header = [each.value for each in sheet[2]]
    things = header.index(THING) + 1
    (row,) = (
        number
        for number in range(3, sheet.max_row + 1)
        if str(sheet.cell(number, things).value).endswith(f"/{ref}")
    )
    sheet.cell(row, header.index(column) + 1).value = value  # type: ignore[assignment]
