"""Catalogues in the Project Open Data metadata schema 1.1, `data.json`, with what USMART adds.

USMART writes `licence` for `license`, the publisher's web address for its name, and keeps dates and
extents in members of its own, which are null nearly everywhere.
"""

import re

from loaders.formats.catalogues.dataset_values import access_right, byte_size, frequency, theme
from loaders.formats.catalogues.dataset_words import (
    contact_of,
    first_of,
    key_of,
    keywords_of,
    moment_of,
    once,
    text_of,
    texts_of,
    title_of,
)
from loaders.formats.catalogues.extents import (
    Period,
    box_of,
    first_day,
    geojson_box,
    in_order,
    interval,
    last_day,
)
from loaders.formats.catalogues.file_formats import form_of
from loaders.formats.catalogues.licences import terms_of
from loaders.formats.catalogues.publisher import noted_publisher
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.json_items import JsonItems
from loaders.formats.reading.row import Row
from loaders.records import Box, Dataset, Distribution, Party, Record
from loaders.values import iri, web_address, words

_GUID = re.compile(r"datasetGUID=([0-9A-Fa-f-]{36})\Z")
_SIDES = re.compile(r"-?[0-9.]+(?:\s*,\s*-?[0-9.]+){3}")
_KNOWN = frozenset(
    {
        *("@type", "accessLevel", "accrualPeriodicity", "conformsTo", "contactPoint"),
        *("describedBy", "description", "distribution", "identifier", "issued", "keyword"),
        *("landingPage", "licence", "license", "modified", "publisher", "references", "spatial"),
        *("temporal", "theme", "title", "boundingBoxEast", "boundingBoxNorth"),
        *("boundingBoxSouth", "boundingBoxWest", "temporalCoverageEnd", "temporalCoverageStart"),
        # said of the record, of the federal budget, or in no list
        *("bureauCode", "coverageArea", "createdAt", "dataQuality", "describedByType", "isPartOf"),
        *("issueDate", "language", "lastModificationDate", "lineage", "notes", "programCode"),
        *("primaryITInvestmentUII", "rights", "spatialReferenceSystem", "spatialResolution"),
        *("status", "systemOfRecords", "targetDate", "temporalNotes", "verticalExtent"),
    }
)


def _dataset(row: Row, feed: Feed) -> tuple[Record, ...]:
    identifier = row.required("identifier", words)
    guid = _GUID.search(identifier)
    key = guid[1] if guid else key_of(identifier)
    title = title_of(row, "title")
    publisher = _publisher(row, feed)
    contact = row.within("contactPoint")
    terms = terms_of(row, "license", "licence")
    began, ended = _period(row)
    dataset = Dataset(
        key=key,
        titles=(title,),
        descriptions=texts_of(row, "description"),
        publisher=publisher,
        licence=terms.licence,
        licence_stated=terms.stated,
        landing_page=row.optional("landingPage", web_address),
        keywords=keywords_of(row, "keyword"),
        themes=once(row.several("theme", theme)),
        issued=moment_of(row, "issued"),
        modified=moment_of(row, "modified"),
        frequency=row.optional("accrualPeriodicity", frequency),
        box=_box(row),
        began=began,
        ended=ended,
        access=row.optional("accessLevel", _access),
        contact=contact_of(contact, "fn", publisher) if contact else None,
        identifiers=once(each for each in (identifier,) if each != key),
        conforms_to=once(row.several("conformsTo", iri)),
        documentation=once(
            (*row.several("describedBy", web_address), *row.several("references", web_address))
        ),
    )
    return (dataset, *_distributions(row, key))


def _access(cell: str) -> str:
    return "RESTRICTED" if cell.casefold() == "restricted public" else access_right(cell)


def _publisher(row: Row, feed: Feed) -> Party | None:
    body = row.within("publisher")
    found = feed.party(body.optional("name", words)) if body else None
    return noted_publisher(row, found, "publisher.name")


def _period(row: Row) -> Period:
    if row.has("temporal"):
        return row.optional("temporal", interval) or (None, None)
    began = row.optional("temporalCoverageStart", first_day)
    ended = row.optional("temporalCoverageEnd", last_day)
    return in_order(row, "temporalCoverageEnd", began, ended)


def _box(row: Row) -> Box | None:
    """The box of USMART's four members; else that of `spatial`: four numbers, or GeoJSON.

    A `spatial` in words names a place without saying which: it is noted.
    """
    found = box_of(
        row, "boundingBoxWest", "boundingBoxSouth", "boundingBoxEast", "boundingBoxNorth"
    )
    spatial = row.cells.get("spatial")
    if found or not isinstance(spatial, str) or not spatial.strip():
        return found
    if spatial.lstrip().startswith("{"):
        return row.optional("spatial", geojson_box)
    if _SIDES.fullmatch(spatial.strip()):
        names = ("west", "south", "east", "north")
        sides = dict(zip(names, map(str.strip, spatial.split(",")), strict=True))
        inner = Row(row.number, sides, row.withheld, row.read, row.noted, f"{row.way}spatial.")
        return box_of(inner, *names)
    row.withhold(
        "unknown-area",
        "The place is told in words, and which one is meant cannot be told.",
        "spatial",
        spatial[:200],
    )
    return None


def _distributions(row: Row, key: str) -> list[Distribution]:
    found: list[Distribution] = []
    for place, each in enumerate(row.each("distribution"), 1):
        access = each.optional("accessURL", web_address)
        download = each.optional("downloadURL", web_address)
        if not (access or download):
            if not (each.has("accessURL") or each.has("downloadURL")):
                each.withhold(
                    "missing-value",
                    "The distribution has no web address; it is not loaded.",
                    "accessURL",
                )
            continue
        form = form_of(each, "format", "mediaType")
        schema = first_of(each, iri, "describedBy", "conformsTo")
        found.append(
            Distribution(
                key=f"{key}-{place}",
                dataset=key,
                title=text_of(each, "title"),
                description=text_of(each, "description"),
                access_url=access,
                download_url=download,
                file_type=form.file_type,
                format_stated=form.stated,
                media_type=form.media_type,
                byte_size=each.optional("byteSize", byte_size),
                conforms_to=(schema,) if schema else (),
            )
        )
    return found


PROJECT_OPEN_DATA = (
    Format(
        "project-open-data",
        "Datasets of a catalogue in the Project Open Data schema 1.1 (data.json), JSON",
        JsonItems(items="dataset", single="dataset", known=_KNOWN),
        _dataset,
    ),
)
