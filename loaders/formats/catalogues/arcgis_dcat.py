"""The DCAT-AP feeds of ArcGIS Hub sites: JSON that means to be JSON-LD, read as JSON.

Read as JSON-LD, such a feed would lose the address of every distribution, since its member
`dcat:accessUrl` is no term of DCAT. One item of ArcGIS holds layers, each a dataset of its own.
"""

import re

from loaders.formats.catalogues.dataset_values import (
    access_right,
    byte_size,
    statistical_area,
    theme,
)
from loaders.formats.catalogues.file_formats import form_of
from loaders.formats.catalogues.licences import terms_of
from loaders.formats.catalogues.publisher import noted_publisher
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.json_items import JsonItems
from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.records import Dataset, Distribution, Link, Party, Record, Text
from loaders.times import moment_or_day
from loaders.values import iri, web_address, words

_ITEM = re.compile(
    r"(?:https?://[^\s?#]*\?(?:[^\s#]*&)?id=)?([0-9a-f]{32})"
    r"(?:(?:&(?:[^\s#]*&)?sublayer=|_)([0-9]{1,6}))?(?:[&#]\S*)?"
)
_PLACEHOLDER = re.compile(r"\{\{\s*\w+\s*\}\}")
_MISSPELT = {"dcat:accessUrl": "dcat:accessURL", "dcat:downloadUrl": "dcat:downloadURL"}
_KNOWN = frozenset(
    {
        *("@id", "@type", "dct:title", "dct:description", "dct:publisher", "dct:license"),
        *("dct:accessRights", "dct:identifier", "dct:issued", "dct:modified", "dct:spatial"),
        *("dcat:theme", "dcat:keyword", "dcat:landingPage", "dcat:distribution"),
        # not loaded: the contact is the name of a user, and the language is that of the data
        *("dcat:contactPoint", "dct:language", "dct:provenance", "dct:creator"),
    }
)


def _dataset(row: Row, feed: Feed) -> tuple[Record, ...]:
    key = row.required("dct:identifier", item_key)
    stated = row.required("dct:title", words)
    title = row.prose("dct:title")
    if title is None:
        raise Fault("no-words", "The title has no words in it.", "dct:title", stated)
    address = row.optional("@id", iri)
    terms = terms_of(_item(row, "dct:license", "@id", "@value", "rdfs:label"), "dct:license")
    described = row.prose("dct:description")
    if described and _PLACEHOLDER.fullmatch(described):
        row.withhold(
            "no-words",
            "The text is a placeholder that was not filled.",
            "dct:description",
            described,
        )
        described = None
    dataset = Dataset(
        key=key,
        titles=(Text(title),),
        descriptions=(Text(described),) if described else (),
        publisher=_publisher(row, feed),
        licence=terms.licence,
        licence_stated=terms.stated,
        landing_page=row.optional("dcat:landingPage", web_address),
        keywords=tuple(map(Text, dict.fromkeys(row.several("dcat:keyword", words)))),
        themes=row.several("dcat:theme", theme),
        issued=row.optional("dct:issued", moment_or_day),
        modified=row.optional("dct:modified", moment_or_day),
        areas=row.several("dct:spatial", statistical_area),
        access=row.optional("dct:accessRights", access_right),
        identifiers=tuple(
            dict.fromkeys(
                each
                for each in (row.optional("dct:identifier", words), address)
                if each and each != key
            )
        ),
    )
    link = (Link("dataset", key, address),) if address else ()
    return (dataset, *link, *_distributions(row, key))


def item_key(cell: str) -> str:
    """The key of a layer: the identifier of its ArcGIS item, and the layer's number in it."""
    found = _ITEM.fullmatch(cell)
    if not found:
        raise Fault(
            "bad-code", f"“{cell[:200]}” does not name an item of ArcGIS: its id has 32 characters."
        )
    return f"{found[1]}-{found[2]}" if found[2] else found[1]


def _item(row: Row, name: str, *members: str) -> Row:
    """A row of what a member says, whether it is an item with some members or a single value."""
    value = row.cells.get(name)
    if not isinstance(value, dict):
        return row
    cells = {name: next((value[each] for each in members if value.get(each)), None)}
    return Row(row.number, cells, row.withheld, row.read, row.noted, row.way)


def _publisher(row: Row, feed: Feed) -> Party | None:
    named = _item(row, "dct:publisher", "foaf:name")
    body = None if named is row else row.within("dct:publisher")
    address = body.optional("@id", words) if body else None
    found = feed.party(named.optional("dct:publisher", words), address)
    return noted_publisher(row, found, "dct:publisher")


def _distributions(row: Row, key: str) -> list[Distribution]:
    found: list[Distribution] = []
    misspelt: list[str] = []
    for place, each in enumerate(row.each("dcat:distribution"), 1):
        misspelt += [
            f"dcat:distribution[{place}].{name}" for name in _MISSPELT if name in each.cells
        ]
        access = _address(each, "dcat:accessURL", "dcat:accessUrl")
        download = _address(each, "dcat:downloadURL", "dcat:downloadUrl")
        if not (access or download):
            if not any(map(each.has, (*_MISSPELT, *_MISSPELT.values()))):
                each.withhold(
                    "missing-value",
                    "The distribution has no web address; it is not loaded.",
                    "dcat:accessURL",
                )
            continue
        found.append(_distribution(each, f"{key}-{place}", key, access, download))
    if misspelt:
        row.note(
            "misspelt-member",
            "DCAT writes dcat:accessURL and dcat:downloadURL; the addresses are loaded.",
            misspelt[0],
        )
    return found


def _address(row: Row, right: str, wrong: str) -> str | None:
    return row.optional(right if row.has(right) else wrong, web_address)


def _distribution(
    row: Row, key: str, dataset: str, access: str | None, download: str | None
) -> Distribution:
    cells = {
        name: _item(row, name, "@id", "@value").cells.get(name)
        for name in ("dct:format", "dcat:mediaType")
    }
    forms = Row(row.number, cells, row.withheld, row.read, row.noted, row.way)
    form = form_of(forms, "dct:format", "dcat:mediaType")
    title, described = row.prose("dct:title"), row.prose("dct:description")
    return Distribution(
        key=key,
        dataset=dataset,
        title=Text(title) if title else None,
        description=Text(described) if described else None,
        access_url=access,
        download_url=download,
        file_type=form.file_type,
        format_stated=form.stated,
        media_type=form.media_type,
        byte_size=row.optional("dcat:byteSize", byte_size),
        issued=row.optional("dct:issued", moment_or_day),
        modified=row.optional("dct:modified", moment_or_day),
    )


ARCGIS_DCAT = (
    Format(
        "arcgis-hub-dcat",
        "Datasets of an ArcGIS Hub site, as its DCAT-AP feed lists them, JSON",
        JsonItems(items="dcat:dataset", single="dcat:dataset", known=_KNOWN),
        _dataset,
    ),
)
