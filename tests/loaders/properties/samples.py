"""A small good file of each format, into which more can be put.

A `Sample` makes the file of its one good record, with further ones after or before it: what stands
in them is arbitrary, and how they are put into the file is the format's way.
"""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any
from xml.sax.saxutils import escape

import yaml
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from loaders.formats import FORMATS
from loaders.formats.reading.delimited import Delimited
from loaders.formats.reading.json_items import JsonItems
from loaders.formats.reading.yaml_items import YamlItems
from loaders.source import Source
from queries.gap_rows import CHECK, row_check
from queries.gap_rows import SHEET as GAPS
from tests.loaders.conftest import one_file
from tests.loaders.properties.items import JSON, PREFIXES, RDF, YAML
from tests.loaders.properties.rows import AGREEMENT, ASSET, PROCESSING, RETENTION, ROWS
from tests.loaders.workbooks import made, saved

Cells = Mapping[str, Any]
HOLDER = "GB-LAE-EXA"
ORGANISATIONS = {"exampleshire": "GM-forum", "Exampleton Council": HOLDER}


@dataclass(frozen=True, slots=True)
class Sample:
    """What makes a file of a format: of its good item alone, or with others beside it.

    `build` is given all items, the good one among them. `takes` says whether a file holds several.
    """

    good: Cells
    build: Callable[[Sequence[Cells]], bytes]
    takes_more: bool = True


def source_of(name: str) -> Source:
    """A source of one file of a format, that knows who Exampleton is."""
    return replace(one_file(name), holder=HOLDER, organisations=ORGANISATIONS)


def delimited(name: str) -> Delimited:
    """The layout of the rows of a format of tables, whatever is round it."""
    layout: Any = FORMATS[name].layout
    found = getattr(layout, "layout", getattr(layout, "rows", layout))
    assert isinstance(found, Delimited)
    return found


def _table(name: str, good: Cells) -> Sample:
    layout = delimited(name)
    columns = list(layout.names) or list(good)

    def build(items: Sequence[Cells]) -> bytes:
        out = io.StringIO()
        writer = csv.writer(out, delimiter=layout.divider)
        if layout.header or not layout.names:
            writer.writerow(layout.header or columns)
        for item in items:
            writer.writerow([item.get(column, "") for column in columns])
        return out.getvalue().encode("utf-8", "replace")

    return Sample(good, build)


def _cells(items: Sequence[Cells], columns: Sequence[str]) -> list[list[str | None]]:
    """Rows of a workbook, without the characters that no cell can hold."""
    return [
        [ILLEGAL_CHARACTERS_RE.sub("", str(item.get(column) or "")) or None for column in columns]
        for item in items
    ]


def _workbook(good: Cells, sheet: str = "Register") -> Sample:
    columns = list(good)

    def build(items: Sequence[Cells]) -> bytes:
        return saved(made(columns, *_cells(items, columns), name=sheet)[0])

    return Sample(good, build)


def _json(name: str, good: Cells) -> Sample:
    layout: Any = FORMATS[name].layout
    way = layout.items if isinstance(layout, JsonItems) else "features"

    def build(items: Sequence[Cells]) -> bytes:
        document: Any = list(items)
        for step in reversed(way.split(".")):
            document = {step: document}
        return json.dumps(document).encode()

    return Sample(good, build)


def _yaml(name: str, good: Cells) -> Sample:
    layout = FORMATS[name].layout
    assert isinstance(layout, YamlItems)

    def build(items: Sequence[Cells]) -> bytes:
        if not layout.items:
            return yaml.safe_dump([deepcopy(dict(item)) for item in items]).encode()
        document: Any = {
            "office-of-examples" if item is good else f"other-{number}": item
            for number, item in enumerate(items)
        }
        for step in reversed(layout.items.split(".")):
            document = {step: document}
        return yaml.safe_dump(document).encode()

    return Sample(good, build)


def _rdf(good: str) -> Sample:
    kind = good.split(" a ")[1].split(" ")[0]

    def build(items: Sequence[Cells]) -> bytes:
        told = PREFIXES
        for number, item in enumerate(items):
            if item is not _GOOD:
                values = " ; ".join(
                    f"dct:{'title' if place % 2 else 'identifier'} {json.dumps(str(value))}"
                    for place, value in enumerate(item.values(), 1)
                )
                told += f"<https://x.example/{number}> a {kind}"
                told += f" ; {values} .\n" if values else " .\n"
            else:
                told += f"{good}\n"
        return told.encode()

    return Sample(_GOOD, build)


_GOOD: Cells = {"the good one": ""}
_MEMBERS = ("Identifier", "Label", "URI", "Type", "Description", "Title", "Rights", "Modified")


def _elements(item: Cells, prefix: str = "") -> str:
    """The values of an item as elements, so far as XML 1.0 (section 2.2) can hold them."""
    told = ""
    for name, value in zip(_MEMBERS, item.values(), strict=False):
        sound = "".join(each for each in str(value) if each >= " " and each not in "\ufffe\uffff")
        told += f"<{prefix}{name}>{escape(sound)}</{prefix}{name}>"
    return told


def _functions(items: Sequence[Cells]) -> bytes:
    told = "".join(
        "<Function><Identifier>99</Identifier><Label>Ponds</Label>"
        "<URI>http://id.example/function/99</URI></Function>"
        if item is _GOOD
        else f"<Function>{_elements(item)}</Function>"
        for item in items
    )
    return f"<Functions>{told}</Functions>".encode()


def _inventory(items: Sequence[Cells]) -> bytes:
    told = "".join(
        '<inv:Dataset Active="True" Modified="2017-08-22"><inv:Identifier>ponds</inv:Identifier>'
        "<inv:Title>Ponds</inv:Title></inv:Dataset>"
        if item is _GOOD
        else f'<inv:Dataset Active="True">{_elements(item, "inv:")}</inv:Dataset>'
        for item in items
    )
    return (
        '<inv:Inventory xmlns:inv="http://schemas.esd.org.uk/inventory"><inv:Metadata/>'
        f"<inv:Datasets>{told}</inv:Datasets></inv:Inventory>"
    ).encode()


def _page(_: Sequence[Cells]) -> bytes:
    return (
        b"---\nname: Pond Reference Number\ncontraction: PRN\n"
        b"specification_url: https://standards.exampleton.example/prn\n---\n\nA number for ponds.\n"
    )


def _tables(items: Sequence[Cells]) -> bytes:
    columns = ("id", "name", "status")
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([item.get(column, "") for column in columns] for item in items)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("services.csv", out.getvalue().encode("utf-8", "replace"))
    return packed.getvalue()


def _releases(items: Sequence[Cells]) -> bytes:
    columns = list(_RELEASE)
    book, _ = made(columns, *_cells(items, columns), name="DataReleases")
    other = book.create_sheet("PurposeStatements")
    other.append(["Reference Number", "Objective for Processing"])
    other.append(["DARS-NIC-1", "To count ponds."])
    return saved(book)


_RELEASE = {
    "RowID": "D1",
    "Organisation Name": "Exampleton Health",
    "Type of Data Provided": "Ponds",
    "NIC Number": "DARS-NIC-1",
}
_THING = {
    **{"thing": "information-asset/GB-LAE-EXA/A-1", "kind": "information-asset"},
    **{"organisation": HOLDER, "title": "Trees", "visible-to": ""},
}
_GAP = {**_THING, CHECK: row_check(_THING, {}), "description": "All trees."}

SAMPLES: Mapping[str, Sample] = {
    **{name: _table(name, good) for name, good in ROWS.items()},
    **{name: _json(name, good) for name, good in JSON.items()},
    **{name: _yaml(name, good) for name, good in YAML.items()},
    **{name: _rdf(good) for name, good in RDF.items()},
    "agreement-register-xlsx": _workbook(AGREEMENT),
    "information-asset-register-xlsx": _workbook(ASSET),
    "retention-schedule-xlsx": _workbook(RETENTION),
    "processing-register-xlsx": _workbook(PROCESSING),
    "gap-workbook": _workbook(_GAP, GAPS),
    "nhs-digital-releases": Sample(_RELEASE, _releases),
    "esd-functions-services": Sample(_GOOD, _functions),
    "esd-inventory": Sample(_GOOD, _inventory),
    "data-standards-catalogue": Sample(_GOOD, _page, takes_more=False),
    "open-referral-uk-tables": Sample(
        {"id": "s1", "name": "Help with forms", "status": "active"}, _tables
    ),
}
