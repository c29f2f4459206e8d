"""What the search of an ArcGIS Hub site answers (Hub search API, version 3): JSON.

One answer is megabytes of technical metadata round twenty layers. Times are milliseconds since
1970, texts are HTML, and a licence is a paragraph of words with a link somewhere in it.
"""

import re
from collections.abc import Iterable

from loaders.formats.catalogues.arcgis_dcat import item_key
from loaders.formats.catalogues.dataset_words import (
    keywords_of,
    moment_of,
    once,
    texts_of,
    title_of,
)
from loaders.formats.catalogues.extents import geometry_box
from loaders.formats.catalogues.licences import Terms, known_licence
from loaders.formats.catalogues.publisher import noted_publisher
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.json_items import JsonItems
from loaders.formats.reading.paging import Page, Paging, Query, UnfinishedError, listed_at
from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.privacy import without_contacts
from loaders.prose import words_of
from loaders.records import Box, Dataset, Distribution, Record, Text
from loaders.values import web_address, words

_ITEM_PAGE = "https://www.arcgis.com/home/item.html?id="
_ADDRESS = re.compile(r"https?://[^\s\"'<>()]+[^\s\"'<>().,;:]")
_LICENCES = ("structuredLicense.url", "structuredLicense.text", "licenseInfo")
_KNOWN = frozenset({"id", "type", "attributes", "links", "relationships", "meta"})


def _dataset(row: Row, feed: Feed) -> tuple[Record, ...]:
    key = row.required("id", item_key)
    said = row.within("attributes")
    if said is None:
        raise Fault("missing-value", "The item has no attributes.", "attributes")
    access = said.optional("access", words)
    if access and access != "public":
        raise Fault("out-of-scope", "The item is not public.", "attributes.access", access)
    title = title_of(said, "name")
    column = next(filter(said.has, ("source", "orgName")), "source")
    publisher = feed.party(said.optional(column, words))
    terms = _terms(said)
    item = key.partition("-")[0]
    address = said.optional("url", web_address)
    dataset = Dataset(
        key=key,
        titles=(title,),
        descriptions=texts_of(said, "description") or texts_of(said, "snippet"),
        publisher=noted_publisher(said, publisher, column),
        licence=terms.licence,
        licence_stated=terms.stated,
        landing_page=said.optional("landingPage", web_address) or _ITEM_PAGE + item,
        keywords=keywords_of(said, "tags"),
        issued=moment_of(said, "created"),
        modified=moment_of(said, "modified", "itemModified"),
        box=_box(said),
        access="OPEN" if access else None,
        identifiers=once(each for each in (row.optional("id", words),) if each != key),
    )
    if address is None:
        return (dataset,)
    kind = said.optional("type", words)
    form = {"Feature Layer": "REST", "Table": "REST", "Feature Service": "REST"}.get(kind or "")
    stated = None if form else kind
    return (
        dataset,
        Distribution(
            key=f"{key}-service",
            dataset=key,
            title=Text(kind) if kind else None,
            access_url=address,
            file_type=form,
            format_stated=stated,
        ),
    )


def _terms(row: Row) -> Terms:
    """The licence of ours that addresses in some paragraphs lead to, and the words of the first."""
    texts = [text for column in _LICENCES if (text := _text_at(row, column))]
    known = once(map(known_licence, _addresses(texts)))
    prose = next((each for each in texts if not _ADDRESS.fullmatch(each.strip())), "")
    stated = without_contacts(words_of(prose)).strip() or None
    fullest = max(known, key=len, default=None)
    if fullest and all(fullest.startswith(each) for each in known):
        return Terms(fullest, stated)
    if known:
        row.note(
            "contradictory-values",
            "The licence is told in ways that differ; it is kept in words alone.",
            "licenseInfo",
        )
    elif stated:
        row.note(
            "unknown-licence",
            "The words mean no licence that we know.",
            "licenseInfo",
            stated[:200],
        )
    return Terms(None, stated)


def _text_at(row: Row, way: str) -> str | None:
    name, _, member = way.partition(".")
    value = row.cells.get(name)
    if member:
        value = value.get(member) if isinstance(value, dict) else None
    return value if isinstance(value, str) and value.strip() else None


def _addresses(texts: Iterable[str]) -> Iterable[str]:
    return (address for text in texts for address in _ADDRESS.findall(text))


def _box(row: Row) -> Box | None:
    extent = row.cells.get("extent")
    if not isinstance(extent, dict) or not extent.get("coordinates"):
        return None
    try:
        return geometry_box(extent)
    except Fault as fault:
        row.withhold(fault.rule, fault.message, "extent")
        return None


def numbered_pages(page: Page, query: Query, first: Page) -> Query | None:
    """The next page of a search, whose pages are numbered from 1.

    A server may put fewer items on a page than it was asked for: the first says how many.

    Raises:
        UnfinishedError: pages end before the total that they state.
    """
    number = int(query["page[number]"])
    items, stats = listed_at(page, "data"), page.get("meta")
    if items is None:
        raise UnfinishedError(f"has no list of items on page {number}")
    stats = stats.get("stats") if isinstance(stats, dict) else None
    total = stats.get("totalCount") if isinstance(stats, dict) else None
    before = (number - 1) * len(listed_at(first, "data") or ())
    if isinstance(total, int) and not items and before < total:
        raise UnfinishedError(f"says that it has {total} items, and ends after {before}")
    if not items or (isinstance(total, int) and before + len(items) >= total):
        return None
    return {**query, "page[number]": str(number + 1)}


ARCGIS_SEARCH = (
    Format(
        "arcgis-hub-search",
        "Datasets of an ArcGIS Hub site, as its search API (version 3) answers, JSON",
        JsonItems(items="data", single="data", total="meta.stats.totalCount", known=_KNOWN),
        _dataset,
        Paging(
            {"page[number]": "1", "page[size]": "100"},
            numbered_pages,
            "data",
            "meta.stats.totalCount",
        ),
    ),
)
