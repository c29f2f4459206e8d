"""What the search of an ArcGIS Hub answers becomes datasets: times, extents, licences in HTML."""

import csv
import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from loaders.formats.catalogues.arcgis_search import ARCGIS_SEARCH, numbered_pages
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.paging import UnfinishedError
from loaders.records import Box, Dataset, Distribution, Party, Text
from tests.loaders.catalogues import DATA, LEFT_OUT, NOTED, WITHHELD, Catalogue, Told, catalogue

(FORMAT,) = ARCGIS_SEARCH
ITEM = "0123456789abcdef0123456789abcdef"
OGL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
FEED = Feed("given", None, {"Exampleton Council": "GB-LAE-XMP"})
EXTENT = {"type": "envelope", "coordinates": [[-2.5, 53.25], [-2.0, 53.5]]}


def answer(*attributes: dict[str, object], total: int | None = None) -> Catalogue:
    items = [{"id": f"{ITEM}_{n}", "attributes": each} for n, each in enumerate(attributes)]
    stats = {"count": len(items), "totalCount": len(items) if total is None else total}
    return catalogue(FORMAT, json.dumps({"data": items, "meta": {"stats": stats}}), feed=FEED)


def test_a_layer_is_a_dataset_with_its_service() -> None:
    found = answer(
        {
            "name": "Ponds",
            "access": "public",
            "description": "<p>Ponds &amp; pools</p>",
            "source": "Exampleton Council",
            "structuredLicense": {"type": "custom", "text": f'Under the <a href="{OGL}">OGL</a>.'},
            "licenseInfo": f"<span>Under the <a href='{OGL}'>OGL</a></span>",
            "tags": ["Water", "Water", "parks"],
            "created": 1545210339000,
            "modified": 1606750464000,
            "extent": EXTENT,
            "url": "https://maps.exampleton.example/rest/services/Ponds/MapServer/0",
            "type": "Feature Layer",
        }
    )
    assert found.records == [
        Dataset(
            key=f"{ITEM}-0",
            titles=(Text("Ponds"),),
            descriptions=(Text("Ponds & pools"),),
            publisher=Party("GB-LAE-XMP", "Exampleton Council"),
            licence=OGL,
            licence_stated="Under the OGL.",
            landing_page=f"https://www.arcgis.com/home/item.html?id={ITEM}",
            keywords=(Text("Water"), Text("parks")),
            issued=datetime(2018, 12, 19, 9, 5, 39, tzinfo=UTC),
            modified=datetime(2020, 11, 30, 15, 34, 24, tzinfo=UTC),
            box=Box(Decimal("-2.5"), Decimal("53.25"), Decimal("-2"), Decimal("53.5")),
            access="OPEN",
            identifiers=(f"{ITEM}_0",),
        ),
        Distribution(
            key=f"{ITEM}-0-service",
            dataset=f"{ITEM}-0",
            title=Text("Feature Layer"),
            access_url="https://maps.exampleton.example/rest/services/Ponds/MapServer/0",
            file_type="REST",
        ),
    ]
    assert found.issues == [Told("html-in-text", "attributes.description", None, NOTED)]


def test_words_of_another_licence_are_kept_and_noted() -> None:
    found = answer({"name": "Ponds", "licenseInfo": "<b>End user licence</b> of ours"})
    assert (found.dataset.licence, found.dataset.licence_stated) == (
        None,
        "End user licence of ours",
    )
    assert found.rules() == ["unknown-licence"]


def test_two_licences_are_none() -> None:
    both = f"{OGL} or https://creativecommons.org/licenses/by/4.0/"
    found = answer({"name": "Ponds", "licenseInfo": both})
    assert found.dataset.licence is None
    assert found.rules() == ["contradictory-values"]


def test_what_is_not_public_is_left_out() -> None:
    found = answer({"name": "Ponds", "access": "org"})
    assert found.records == []
    assert found.issues == [Told("out-of-scope", "attributes.access", "org", LEFT_OUT)]


def test_an_extent_off_the_earth_is_withheld() -> None:
    found = answer({"name": "P", "extent": {"coordinates": [[-500, 1], [2, 3]]}})
    assert found.dataset.box is None
    assert found.issues == [Told("bad-coordinates", "attributes.extent", None, WITHHELD)]


def test_an_answer_without_items_is_empty_and_a_total_that_lies_is_noted() -> None:
    assert answer().records == []
    assert answer().issues == []
    assert answer({"name": "Ponds"}, total=64).rules() == ["lying-total"]


def test_pages_follow_until_the_total_is_there() -> None:
    query = {"page[number]": "1", "page[size]": "2"}
    page = {"data": [{}, {}], "meta": {"stats": {"totalCount": 3}}}
    assert numbered_pages(page, query, page) == {"page[number]": "2", "page[size]": "2"}
    last = {**page, "data": [{}]}
    assert numbered_pages(last, {**query, "page[number]": "2"}, page) is None
    with pytest.raises(UnfinishedError, match="says that it has 3 items, and ends after 2"):
        numbered_pages({**page, "data": []}, {**query, "page[number]": "2"}, page)
    with pytest.raises(UnfinishedError, match="has no list of items on page 1"):
        numbered_pages({}, query, {})


def test_a_site_that_puts_fewer_items_on_a_page_than_asked_for_is_read_to_its_end() -> None:
    query = {"page[number]": "2", "page[size]": "100"}
    page = {"data": [{}, {}], "meta": {"stats": {"totalCount": 5}}}
    assert numbered_pages(page, query, page) == {"page[number]": "3", "page[size]": "100"}
    last = {**page, "data": [{}]}
    assert numbered_pages(last, {**query, "page[number]": "3"}, page) is None


@pytest.mark.real_data
@pytest.mark.skipif(not DATA.exists(), reason="the publishers' own files are not here")
def test_others_made_the_same_of_the_same_answer() -> None:
    file = DATA / "arcgis-hub/search-v3/moray.json"
    found = catalogue(FORMAT, file.read_bytes())
    with (DATA / "od-bods-normalised/moray.csv").open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    assert [
        (each.titles[0].value, each.landing_page, str(each.issued)[:10], str(each.modified)[:10])
        for each in found.datasets
    ] == [(row["Title"], row["PageURL"], row["DateCreated"], row["DateUpdated"]) for row in rows]
    # They know the licence by one spelling of its address; two layers spell it in another way.
    ours = [each.licence is not None for each in found.datasets]
    theirs = [bool(row["License"]) for row in rows]
    assert (sum(ours), sum(theirs)) == (14, 12)
    assert all(known for known, other in zip(ours, theirs, strict=True) if other)
    assert len(found.distributions) == 20
