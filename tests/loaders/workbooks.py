"""Workbooks for tests: made by openpyxl, and then tampered with part by part."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

SHEET = "xl/worksheets/sheet1.xml"

_RELATIONSHIPS = "xl/worksheets/_rels/sheet1.xml.rels"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def made(*rows: Sequence[object], name: str = "Assets") -> tuple[Workbook, Worksheet]:
    """A workbook of one sheet with these rows, and that sheet."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    return book, sheet


def saved(book: Workbook) -> bytes:
    """A workbook's bytes."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def workbook(*rows: Sequence[object]) -> bytes:
    """The bytes of a workbook of one sheet with these rows."""
    return saved(made(*rows)[0])


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a workbook by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one part changed."""
    parts = parts_of(content)
    parts[part] = change(parts[part])
    return packed(parts)


def replaced(content: bytes, part: str, old: str, new: str) -> bytes:
    """A workbook with a text of one part replaced, which has to be there."""

    def change(found: bytes) -> bytes:
        assert old.encode() in found
        return found.replace(old.encode(), new.encode(), 1)

    return changed(content, part, change)


def added(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """A workbook with further parts."""
    return packed({**parts_of(content), **parts})


def shared(content: bytes, *texts: str) -> bytes:
    """A workbook whose texts stand in a table of their own, and its cells hold their places."""
    strings = "".join(f"<si><t>{text}</t></si>" for text in texts)
    content = replaced(
        content,
        "[Content_Types].xml",
        "</Types>",
        '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    )
    content = changed(
        content,
        SHEET,
        lambda part: re.sub(rb't="inlineStr"><is><t>([0-9]+)</t></is>', rb't="s"><v>\1</v>', part),
    )
    table = f'<sst xmlns="{_MAIN}">{strings}</sst>'
    return added(content, {"xl/sharedStrings.xml": table.encode()})


def related(content: bytes, kind: str, target: str = "../elsewhere.xml") -> bytes:
    """A workbook whose first sheet relates to a further part in this way."""
    relationships = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId9" Type="{_TYPE}{kind}" Target="{target}"/></Relationships>'
    )
    return added(content, {_RELATIONSHIPS: relationships.encode()})
