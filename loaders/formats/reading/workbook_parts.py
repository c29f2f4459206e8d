"""What an Excel workbook is made of: its sheets, and whatever lies in it that does not show.

A workbook is a ZIP archive of XML parts that relate to one another (ECMA-376, parts 1 and 2). The
parts are read here one after the other, by an XML parser that refuses document types, and none of
them is held in memory.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from loaders.errors import StructureError
from loaders.formats.reading.content import Content
from loaders.formats.reading.workbook_sheet import Sheet, hidden, scan
from loaders.formats.reading.workbook_styles import MAIN, read_styles

T = TypeVar("T")

_MOST_PARTS = 5000
_MOST_RELATIONSHIPS = 20_000
_MOST_SHEETS = 1000
_BINARY = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .xls and of encrypted files
_ARCHIVE = b"PK\x03\x04"
_ENCRYPTED = 1
_RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = "http://purl.oclc.org/ooxml/"
_WORKBOOK = re.compile(
    r"application/vnd\.(?:openxmlformats-officedocument\.spreadsheetml\.(?:sheet|template)"
    r"|ms-excel\.(?:sheet|template)\.macroEnabled)\.main\+xml"
)

_BY_RELATIONSHIP = {
    "comments": "comments",
    "threadedComment": "comments",
    "pivotCacheDefinition": "pivot caches",
    "pivotCacheRecords": "pivot caches",
    "pivotTable": "pivot tables",
    "externalLink": "links to other workbooks",
    "externalLinkPath": "links to other workbooks",
    "vbaProject": "macros",
    "xlMacrosheet": "macros",
    "xlIntlMacrosheet": "macros",
    "dialogsheet": "dialogue sheets",
    "oleObject": "embedded objects",
    "package": "embedded objects",
    "control": "embedded objects",
    "powerPivotData": "a data model",
    "revisionHeaders": "a history of changes",
    "revisionLog": "a history of changes",
}
# Parts that nothing relates to are in the file all the same.
_BY_NAME = (
    (re.compile(r"(?:^|/)vbaProject[^/]*\.bin$|/macrosheets/", re.IGNORECASE), "macros"),
    (re.compile(r"/(?:threaded)?comments?(?:/|[0-9]*\.xml$)", re.IGNORECASE), "comments"),
    (re.compile(r"/pivotCache/", re.IGNORECASE), "pivot caches"),
    (re.compile(r"/pivotTables/", re.IGNORECASE), "pivot tables"),
    (re.compile(r"/externalLinks/", re.IGNORECASE), "links to other workbooks"),
    (re.compile(r"/(?:embeddings|activeX)/", re.IGNORECASE), "embedded objects"),
    (re.compile(r"/revisions/", re.IGNORECASE), "a history of changes"),
    (re.compile(r"/model/item\.data$", re.IGNORECASE), "a data model"),
)

# Nor need a part's name or its relationship be what they usually are.
_BY_CONTENT = (
    (re.compile(r"\.(?:pivotCacheDefinition|pivotCacheRecords)\+xml$", re.I), "pivot caches"),
    (re.compile(r"\.pivotTable\+xml$", re.I), "pivot tables"),
    (re.compile(r"\.(?:comments|threadedcomments)\+xml$", re.I), "comments"),
    (re.compile(r"\.externalLink\+xml$", re.I), "links to other workbooks"),
)
_NOT_SHOWN = frozenset({"hidden", "veryHidden"})

# Whatever a parser may run into that was given a damaged archive, or one made to do harm: the
# libraries promise no exceptions of their own.
_FAILURES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    ParseError,
    RuntimeError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class _Relationship:
    source: str
    key: str
    kind: str
    target: str
    is_strict: bool


@contextmanager
def open_workbook(content: Content, most_bytes: int) -> Iterator[zipfile.ZipFile]:
    """A workbook's archive, if it is one that may be unpacked: `most_bytes` at most, unpacked.

    Raises:
        StructureError: it is none; also when what is read of it turns out to be damaged.
    """
    file = content.name
    with content.open() as stream:
        beginning = stream.read(len(_BINARY))
        if not beginning:
            raise StructureError(file, "the file is empty.")
        if beginning == _BINARY:
            raise StructureError(
                file,
                "this is an Excel file of the old kind (.xls), or one with a password: save it as "
                "an Excel workbook (.xlsx) without a password.",
            )
        try:
            with zipfile.ZipFile(stream) as archive:
                _check_archive(file, archive, most_bytes)
                yield archive
        except zipfile.BadZipFile as error:
            raise StructureError(
                file,
                "is damaged, or was cut short."
                if beginning.startswith(_ARCHIVE)
                else "is not an Excel workbook (.xlsx).",
            ) from error
        except _FAILURES as error:
            if any(isinstance(each, DefusedXmlException) for each in (error, error.__cause__)):
                detail = "declares a document type or entities, which no workbook does."
            else:
                detail = "cannot be read: open it in Excel and save it again, or save it as CSV."
            raise StructureError(file, detail) from error


def _check_archive(file: str, archive: zipfile.ZipFile, most_bytes: int) -> None:
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS:
        raise StructureError(
            file, f"has {len(parts):,} parts, and at most {_MOST_PARTS:,} are read."
        )
    if len({each.filename for each in parts}) < len(parts):
        raise StructureError(file, "is damaged: it has two parts of one name.")
    unpacked = sum(each.file_size for each in parts)
    if unpacked > most_bytes:
        raise StructureError(
            file,
            f"would unpack to {unpacked / (1 << 20):,.0f} MB, and at most "
            f"{most_bytes / (1 << 20):,.0f} MB are read: save it as CSV.",
        )
    for each in parts:
        if each.flag_bits & _ENCRYPTED:
            raise StructureError(file, "has a password: save it without.")
        if each.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise StructureError(file, "is compressed in a way that no workbook is.")


def sheets_of(file: str, archive: zipfile.ZipFile) -> list[Sheet]:
    """The worksheets of a workbook, none of which hides anything.

    Raises:
        StructureError: it is no workbook; or some of it does not show. The message lists all that
            was found: sheets, rows and columns that are hidden, comments, pivot tables and caches,
            links to other workbooks, macros, embedded objects, data models, histories of changes,
            values that their number format, colour or size does not show.
    """
    relationships = _bounded(_relationships(archive), _MOST_RELATIONSHIPS)
    workbook = _workbook_part(file, archive, relationships)
    inner = {each.key: each for each in relationships if each.source == workbook}
    found: list[str] = []
    if any(_hides_window(each) for each in _elements(archive, workbook)):
        found.append("its whole window")
    sheets: list[Sheet] = []
    styles = read_styles(
        archive, next((each.target for each in inner.values() if each.kind == "styles"), "")
    )
    for name, key, state in _bounded(_listed_sheets(archive, workbook), _MOST_SHEETS):
        relationship = inner.pop(key, None)
        if any(each.part == (relationship and relationship.target) for each in sheets):
            raise StructureError(file, f"is damaged: “{name}” and another sheet are one part.")
        if relationship is None or any(name == each.name for each in sheets):
            raise StructureError(file, f"is damaged: the sheet “{name}” is not to be found.")
        if state != "visible":
            found.append(f"the {'hidden' if state == 'hidden' else 'very hidden'} sheet “{name}”")
        if relationship.kind == "worksheet":
            sheet = Sheet(name, relationship.target)
            with archive.open(sheet.part) as stream:
                scan(file, stream, sheet, styles)
            sheets.append(sheet)
            found += hidden(sheet)
    if any(each.kind == "worksheet" for each in inner.values()):
        found.append("a sheet that is not in its list of sheets")
    found += _unseen(archive, relationships, sheets, _content_types(archive), workbook)
    if found:
        raise StructureError(
            file,
            f"some of it does not show when it is opened: {'; '.join(found)}. Take that out, or "
            "copy the values of the sheet into a new workbook.",
        )
    return sheets


def _relationships(archive: zipfile.ZipFile) -> Iterator[_Relationship]:
    for name in archive.namelist():
        folder, _, last = name.rpartition("/")
        if not (last.endswith(".rels") and (folder == "_rels" or folder.endswith("/_rels"))):
            continue
        around = folder.removesuffix("_rels")
        for element in _elements(archive, name):
            kind, target = element.get("Type", ""), element.get("Target", "")
            # A link leads from a cell to the web; a table may have thousands.
            if element.tag.rpartition("}")[2] == "Relationship" and not kind.endswith("/hyperlink"):
                yield _Relationship(
                    around + last.removesuffix(".rels"),
                    element.get("Id", ""),
                    kind.rpartition("/")[2],
                    posixpath.normpath(posixpath.join("/", around, target)).lstrip("/"),
                    kind.startswith(_STRICT),
                )


def _workbook_part(file: str, archive: zipfile.ZipFile, relationships: list[_Relationship]) -> str:
    parts = [each for each in relationships if (each.source, each.kind) == ("", "officeDocument")]
    types = _content_types(archive)
    workbooks = [part for part, type_ in types.items() if _WORKBOOK.fullmatch(type_)]
    if any(each.is_strict for each in parts):
        raise StructureError(
            file, "is a “Strict Open XML” workbook: save it as an ordinary Excel workbook (.xlsx)."
        )
    if any(type_.endswith("sheet.binary.macroEnabled.main") for type_ in types.values()):
        raise StructureError(
            file, "is a binary workbook (.xlsb): save it as an Excel workbook (.xlsx)."
        )
    if "content.xml" in archive.namelist():
        raise StructureError(
            file, "is an OpenDocument file (.ods): save it as an Excel workbook (.xlsx)."
        )
    if len(parts) != 1 or workbooks != [parts[0].target]:
        raise StructureError(file, "is an archive that holds no Excel workbook.")
    return workbooks[0]


def _content_types(archive: zipfile.ZipFile) -> dict[str, str]:
    name = "[Content_Types].xml"
    if name not in archive.namelist():
        return {}
    types = (
        (element.get("PartName", "").lstrip("/"), element.get("ContentType", ""))
        for element in _elements(archive, name)
        if element.tag.rpartition("}")[2] == "Override"
    )
    return dict(_bounded(types, _MOST_RELATIONSHIPS))


def _listed_sheets(archive: zipfile.ZipFile, workbook: str) -> Iterator[tuple[str, str, str]]:
    for element in _elements(archive, workbook):
        if element.tag == MAIN + "sheet":
            yield (
                element.get("name", ""),
                element.get(_RELATIONSHIP, ""),
                element.get("state", "visible"),
            )


def _hides_window(element: Element) -> bool:
    return element.tag == MAIN + "workbookView" and element.get("visibility") in _NOT_SHOWN


def _elements(archive: zipfile.ZipFile, part: str) -> Iterator[Element]:
    """The elements of a part as they end, with their attributes and nothing within them."""
    open_: list[Element] = []
    with archive.open(part) as stream:
        for event, element in iterparse(stream, ("start", "end"), forbid_dtd=True):
            if event == "start":
                open_.append(element)
                continue
            yield element
            open_.pop()
            if open_:
                del open_[-1][:]


def _bounded(each: Iterable[T], most: int) -> list[T]:
    """A list of what comes.

    Raises:
        ValueError: it is more than a workbook has that somebody works with.
    """
    found = list(islice(each, most + 1))
    if len(found) > most:
        raise ValueError(f"more than {most:,}")
    return found


def _unseen(
    archive: zipfile.ZipFile,
    relationships: list[_Relationship],
    sheets: list[Sheet],
    types: dict[str, str],
    workbook: str,
) -> Iterator[str]:
    """What a workbook has beside its sheets' cells, each kind once, and on which sheets."""
    names = {each.part: each.name for each in sheets}
    places: dict[str, list[str]] = {}
    for each in relationships:
        if kind := _BY_RELATIONSHIP.get(each.kind):
            on = places.setdefault(kind, [])
            if each.source in names and names[each.source] not in on:
                on.append(names[each.source])
    for part in archive.namelist():
        for pattern, kind in _BY_NAME:
            if pattern.search(part):
                places.setdefault(kind, [])
    for type_ in types.values():
        for pattern, kind in _BY_CONTENT:
            if pattern.search(type_):
                places.setdefault(kind, [])
    if "macroEnabled" in types.get(workbook, ""):
        places.setdefault("macros", [])
    for kind, on in places.items():
        yield f"{kind} on {', '.join(f'“{name}”' for name in on)}" if on else kind
