"""Inventories of councils' datasets in the ESD inventory schema, XML.

A dataset has resources, and a resource renditions: each rendition is a distribution. Identifiers
are paths within the council's site, texts are HTML that was escaped, and what is inactive stands
there beside what is not. The publisher and the ground are those of the whole inventory, which
states them before its datasets.
"""

from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from loaders.errors import StructureError
from loaders.formats.catalogues.dataset_values import key_from, statistical_area
from loaders.formats.catalogues.dataset_words import (
    key_of,
    moment_of,
    once,
    text_of,
    texts_of,
    title_of,
)
from loaders.formats.catalogues.file_formats import form_of
from loaders.formats.catalogues.licences import terms_of
from loaders.formats.catalogues.publisher import noted_publisher
from loaders.formats.reading.content import Content, encoding_of
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.row import Row
from loaders.formats.reading.table import Table
from loaders.issues import Fault
from loaders.records import Dataset, Distribution, Record
from loaders.values import iri, web_address, words

_NAMESPACE = "{http://schemas.esd.org.uk/inventory}"
_DEEPEST = 32
_INACTIVE = frozenset(("false", "0"))
_ASIDE = "statistics.data.gov.uk/explore?URI="


class InventoryItems:
    """A layout of the datasets of an inventory, given one by one as they end.

    A row has the attributes and elements of a dataset by their names: a text, an item, or a list of
    items where several stand. `inventory` holds what was said of the whole before the dataset.
    """

    def read(self, content: Content) -> Table:
        """The datasets of a file.

        Raises:
            StructureError: an archive; while iterating, malformed XML, a document type declaration,
                or another document.
        """
        # XML says itself what encoding it is in.
        remarks = list(encoding_of(replace(content, encoding=None)).remarks)
        return Table(_rows(content), remarks, "item")


def _rows(content: Content) -> Iterator[Row]:
    path: list[Element] = []
    inventory: dict[str, object] = {}
    number = 0
    for event, element in _events(content):
        if event == "start":
            if not path and element.tag != f"{_NAMESPACE}Inventory":
                raise StructureError(
                    content.name,
                    f"the outermost element should be Inventory; it is {_name(element)}.",
                )
            path.append(element)
            if len(path) > _DEEPEST:
                raise StructureError(
                    content.name, f"elements are nested more than {_DEEPEST} deep."
                )
            continue
        path.pop()
        above = _name(path[-1]) if path else ""
        if above == "Inventory" and _name(element) == "Metadata":
            said = _cells(element)
            inventory = said if isinstance(said, dict) else {}
        elif above == "Datasets":
            number += 1
            said = _cells(element)
            cells = said if isinstance(said, dict) else {"Identifier": said}
            yield Row(number, {**cells, "inventory": inventory})
        else:
            continue
        element.clear()
        path[-1].remove(element)


def _events(content: Content) -> Iterator[tuple[str, Element]]:
    with content.open() as file:
        try:
            yield from iterparse(file, events=("start", "end"), forbid_dtd=True)
        except DefusedXmlException:
            raise StructureError(
                content.name, "has a document type declaration, which this format does without."
            ) from None
        except (ParseError, ValueError, LookupError) as error:
            reason = " ".join(str(error).split())[:200]
            raise StructureError(content.name, f"is not well-formed XML ({reason}).") from None


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _cells(element: Element) -> object:
    """What an element holds: its text, or its attributes and elements by name."""
    found: dict[str, object] = dict(element.attrib)
    for each in element:
        name, value = _name(each), _cells(each)
        earlier = found.get(name)
        if name not in found:
            found[name] = value
        elif isinstance(earlier, list):
            earlier.append(value)
        else:
            found[name] = [earlier, value]
    return found or (element.text or "")


def _dataset(row: Row, feed: Feed) -> tuple[Record, ...]:
    identifier = row.required("Identifier", words)
    if _is_inactive(row):
        raise Fault("out-of-scope", "The dataset is not active.", "Active", "False")
    key, title = key_of(identifier), title_of(row, "Title")
    inventory = row.within("inventory")
    holder = row.optional("RightsHolder", words)
    code = inventory.optional("Publisher", words) if inventory else None
    publisher = noted_publisher(row, feed.party(holder or code, code), "RightsHolder")
    terms = terms_of(row, "Rights")
    distributions = _distributions(row, key)
    return (
        Dataset(
            key=key,
            titles=(title,),
            descriptions=texts_of(row, "Description"),
            publisher=publisher,
            licence=terms.licence,
            licence_stated=terms.stated,
            subjects=_subjects(row),
            modified=moment_of(row, "Modified"),
            areas=_areas(row) or (_areas(inventory) if inventory else ()),
            identifiers=once(each for each in (identifier,) if each != key),
        ),
        *distributions,
    )


def _is_inactive(row: Row) -> bool:
    return str(row.cells.get("Active")).strip().casefold() in _INACTIVE


def _subjects(row: Row) -> tuple[str, ...]:
    """Functions and services of local government by their IRIs; most councils give none."""
    found: list[str] = []
    for subjects in row.each("Subjects") if isinstance(row.cells.get("Subjects"), dict) else ():
        for name in ("Subject", "Service", "Function"):
            value = subjects.cells.get(name)
            listed = value if isinstance(value, list) else [value]
            for each in listed:
                inner = each if isinstance(each, dict) else {"Identifier": each}
                place = Row(row.number, inner, row.withheld, row.read, row.noted, f"{name}.")
                if address := place.optional("Identifier", iri):
                    found.append(address)
    return once(found)


def _areas(row: Row) -> tuple[str, ...]:
    coverage = row.within("Coverage") if isinstance(row.cells.get("Coverage"), dict) else None
    if coverage is None:
        return ()
    area = coverage.optional("Spatial", _area)
    return (area,) if area else ()


def _area(cell: str) -> str:
    """The code of an area, which may be given by a page that looks it up."""
    return statistical_area(cell.partition(_ASIDE)[2] or cell)


def _distributions(row: Row, key: str) -> list[Distribution]:
    found: list[Distribution] = []
    seen: set[str] = set()
    resources = row.within("Resources") if isinstance(row.cells.get("Resources"), dict) else None
    for resource in resources.each("Resource") if resources else ():
        renditions = resource.within("Renditions")
        for each in renditions.each("Rendition") if renditions else ():
            if _is_inactive(resource) or _is_inactive(each):
                each.withhold("out-of-scope", "The rendition is not active.", "Active", "False")
                continue
            address = each.optional("Identifier", web_address)
            if address is None or address in seen:
                continue
            seen.add(address)
            form = form_of(each, "Format", "MimeType")
            is_download = each.cells.get("Availability") == "Download" and form.is_file
            schema = each.optional("ConformsTo", iri)
            found.append(
                Distribution(
                    key=f"{key[:60]}-{key_from(address)[:12]}",
                    dataset=key,
                    title=text_of(each, "Title") or text_of(resource, "Title"),
                    description=text_of(each, "Description"),
                    access_url=None if is_download else address,
                    download_url=address if is_download else None,
                    file_type=form.file_type,
                    format_stated=form.stated,
                    media_type=form.media_type,
                    modified=moment_of(each, "Modified"),
                    conforms_to=(schema,) if schema else (),
                )
            )
    return found


ESD_INVENTORY = (
    Format(
        "esd-inventory",
        "Datasets of a council's inventory in the ESD schema, XML",
        InventoryItems(),
        _dataset,
    ),
)
