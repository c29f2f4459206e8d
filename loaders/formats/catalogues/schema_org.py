"""Datasets as pages tell search engines of them: schema.org `Dataset` in JSON-LD.

The JSON is read as such: no context is fetched, since that of schema.org lies elsewhere and names
its members as they stand there. A document is one thing, a list, or an `@graph` in which datasets
stand beside pages and bodies, which are passed over.
"""

import re
from collections.abc import Iterable, Mapping

from loaders.formats.catalogues.dataset_values import byte_size, statistical_area
from loaders.formats.catalogues.dataset_words import (
    key_of,
    keywords_of,
    moment_of,
    once,
    text_of,
    texts_of,
    title_of,
)
from loaders.formats.catalogues.extents import Period, box_round, first_day, interval, last_day
from loaders.formats.catalogues.file_formats import form_of
from loaders.formats.catalogues.licences import Terms, terms_of
from loaders.formats.catalogues.publisher import noted_publisher
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.json_items import JsonItems
from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.numbers import latitude, longitude
from loaders.records import Box, Dataset, Distribution, Link, Party, Record, Text
from loaders.records.text import language_of
from loaders.values import web_address, words

_TERM = re.compile(r"(?:https?://schema\.org/|schema:)")
_LANGUAGES = " languages"  # no member has a name that begins with a space
_BOX = re.compile(r"\s*(-?[0-9.]+)[\s,]+(-?[0-9.]+)[\s,]+(-?[0-9.]+)[\s,]+(-?[0-9.]+)\s*")


def _item(row: Row, feed: Feed) -> tuple[Record, ...]:
    row = _bare(row)
    kinds = _kinds(row)
    if "Dataset" not in kinds:
        if kinds & {"DataCatalog", "DataFeed"} and row.has("dataset"):
            found = (_dataset(_bare(each), feed) for each in row.each("dataset"))
            return tuple(record for records in found for record in records)
        row.note("out-of-scope", "The thing is no dataset.", "@type", ", ".join(sorted(kinds)))
        return ()
    return _dataset(row, feed)


def _dataset(row: Row, feed: Feed) -> tuple[Record, ...]:
    title = _in_its_language(row, "name", title_of(row, "name"))
    column = next(filter(row.has, ("@id", "identifier", "url")), "@id")
    identifier = _plain(row, column)
    if identifier is None:
        raise Fault(
            "missing-value", "The dataset has no @id, identifier or url to be known by.", "@id"
        )
    key, terms = key_of(identifier), _terms(row)
    began, ended = _period(row)
    areas, box = _ground(row)
    address = _address(row, "@id")
    link = (Link("dataset", key, address),) if address else ()
    is_free = _plain(row, "isAccessibleForFree")
    dataset = Dataset(
        key=key,
        titles=(title,),
        descriptions=tuple(
            _in_its_language(row, "description", each) for each in texts_of(row, "description")
        ),
        publisher=_publisher(row, feed),
        licence=terms.licence,
        licence_stated=terms.stated,
        landing_page=_address(row, "url"),
        keywords=keywords_of(row, "keywords"),
        issued=moment_of(row, "datePublished", "dateCreated"),
        modified=moment_of(row, "dateModified"),
        areas=areas,
        box=box,
        began=began,
        ended=ended,
        access="OPEN" if is_free == "true" else None,
        identifiers=once(each for each in (_plain(row, "identifier"), identifier) if each != key),
        version=row.optional("version", words),
    )
    return (dataset, *link, *_distributions(row, key))


def _bare(row: Row) -> Row:
    """A row whose members are named without the prefix or the address of schema.org.

    A single item with `@value` in it stands for that value.
    """
    cells = {_TERM.sub("", name, count=1): _value(each) for name, each in row.cells.items()}
    languages = {_TERM.sub("", name, count=1): _language(each) for name, each in row.cells.items()}
    cells[_LANGUAGES] = {name: each for name, each in languages.items() if each}
    return Row(row.number, cells, row.withheld, row.read, row.noted, row.way)


def _value(value: object) -> object:
    if isinstance(value, list) and len(value) == 1:
        return _value(value[0])
    if isinstance(value, Mapping) and set(value) <= {"@value", "@language", "@type"}:
        return value.get("@value", value)
    return value


def _language(value: object) -> object:
    """The language that is stated beside a value."""
    if isinstance(value, list) and len(value) == 1:
        return _language(value[0])
    return value.get("@language") if isinstance(value, Mapping) and "@value" in value else None


def _in_its_language(row: Row, column: str, text: Text) -> Text:
    languages = row.cells.get(_LANGUAGES)
    stated = languages.get(column) if isinstance(languages, Mapping) else None
    return Text(text.value, language_of(stated)) if stated else text


def _kinds(row: Row) -> set[str]:
    stated = row.cells.get("@type")
    listed: Iterable[object] = stated if isinstance(stated, list) else (stated,)
    return {_TERM.sub("", each, count=1) for each in listed if isinstance(each, str)}


def _plain(row: Row, column: str) -> str | None:
    """A single value; of a PropertyValue its value, of a list its first."""
    value = row.cells.get(column)
    if isinstance(value, list):
        value = next(iter(value), None)
    if isinstance(value, Mapping):
        value = value.get("value") or value.get("@id")
    cells = {column: value}
    return Row(row.number, cells, row.withheld, row.read, row.noted, row.way).optional(
        column, words
    )


def _address(row: Row, column: str) -> str | None:
    stated = _plain(row, column)
    if stated is None or not re.match("https?://", stated):
        return None
    cells = {column: stated}
    inner = Row(row.number, cells, row.withheld, row.read, row.noted, row.way)
    return inner.optional(column, web_address)


def _terms(row: Row) -> Terms:
    """The licence: an address, words, or a CreativeWork with either."""
    value = row.cells.get("license")
    if isinstance(value, list):
        value = next(iter(value), None)
        row.note(
            "unexpected-structure", "There are several licences; the first is read.", "license"
        )
    if isinstance(value, Mapping):
        bare = _bare(
            Row(row.number, value, row.withheld, row.read, row.noted, f"{row.way}license.")
        )
        return terms_of(bare, *filter(bare.has, ("url", "@id", "name", "identifier")))
    cells = {"license": value}
    return terms_of(Row(row.number, cells, row.withheld, row.read, row.noted, row.way), "license")


def _publisher(row: Row, feed: Feed) -> Party | None:
    """The publisher, else the creator; a Person is neither named nor kept."""
    for column in ("publisher", "creator"):
        value = row.cells.get(column)
        if isinstance(value, str):
            return noted_publisher(row, feed.party(row.optional(column, words)), column)
        for each in map(_bare, row.each(column)):
            if "Person" in _kinds(each):
                row.withhold(
                    "contact-of-a-person", "A person stands here; it is not loaded.", column
                )
                continue
            found = feed.party(
                each.optional("name", words), _plain(each, "@id"), _plain(each, "url")
            )
            if found:
                return noted_publisher(row, found, column)
    return None


def _period(row: Row) -> Period:
    stated = _plain(row, "temporalCoverage")
    if stated is None:
        return None, None
    cells = {"temporalCoverage": stated}
    inner = Row(row.number, cells, row.withheld, row.read, row.noted, row.way)
    if "/" in stated:
        return inner.optional("temporalCoverage", interval) or (None, None)
    began = inner.optional("temporalCoverage", first_day)
    return began, last_day(stated) if began else None


def _ground(row: Row) -> tuple[tuple[str, ...], Box | None]:
    """The areas by code, and the box of the first shape that has one."""
    areas: list[str | None] = []
    box: Box | None = None
    value = row.cells.get("spatialCoverage")
    if isinstance(value, str):
        return once((row.optional("spatialCoverage", statistical_area),)), None
    for place in map(_bare, row.each("spatialCoverage")):
        shape = place.within("geo") or place
        stated = _bare(shape).cells.get("box")
        if isinstance(stated, str):
            try:
                box = box or _box(stated)
            except Fault as fault:
                row.withhold(fault.rule, fault.message, "spatialCoverage", stated[:200])
            continue
        column = next(filter(place.has, ("identifier", "@id", "name")), "identifier")
        areas.append(place.optional(column, statistical_area) if place.has(column) else None)
    return once(areas), box


def _box(cell: str) -> Box:
    """A box as schema.org writes it: two corners, each with its latitude first."""
    found = _BOX.fullmatch(cell)
    if not found:
        raise Fault("bad-coordinates", "A box is four numbers: south, west, north, east.")
    south, west, north, east = found.groups()
    return box_round([(longitude(west), latitude(south)), (longitude(east), latitude(north))])


def _distributions(row: Row, key: str) -> list[Distribution]:
    found: list[Distribution] = []
    for place, each in enumerate(map(_bare, row.each("distribution")), 1):
        download, access = _address(each, "contentUrl"), _address(each, "url")
        if not (download or access):
            each.withhold(
                "missing-value",
                "The distribution has no web address; it is not loaded.",
                "contentUrl",
            )
            continue
        form = form_of(each, "fileFormat", "encodingFormat") if each.has("fileFormat") else None
        form = form or form_of(each, "encodingFormat", "mediaType")
        size = each.cells.get("contentSize")
        is_figures = isinstance(size, str) and size.strip().isdecimal()
        terms = _terms(each) if each.has("license") else Terms()
        found.append(
            Distribution(
                key=f"{key}-{place}",
                dataset=key,
                title=text_of(each, "name"),
                description=text_of(each, "description"),
                access_url=access,
                download_url=download,
                file_type=form.file_type,
                format_stated=form.stated,
                media_type=form.media_type,
                byte_size=each.optional("contentSize", byte_size) if is_figures else None,
                licence=terms.licence,
                licence_stated=terms.stated,
                issued=moment_of(each, "datePublished", "uploadDate"),
                modified=moment_of(each, "dateModified"),
            )
        )
    return found


SCHEMA_ORG = (
    Format(
        "schema-org-dataset",
        "Datasets in schema.org's vocabulary, JSON-LD",
        JsonItems("@graph"),
        _item,
    ),
)
