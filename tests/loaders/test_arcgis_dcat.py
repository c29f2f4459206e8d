"""The DCAT-AP feeds of ArcGIS Hub sites become datasets, in spite of how they are spelled."""

import csv
import json
import tracemalloc
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.errors import StructureError
from loaders.formats.catalogues.arcgis_dcat import ARCGIS_DCAT
from loaders.formats.reading.content import Content
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.issues import Effect
from loaders.records import Dataset, Distribution, Link, Party, Text
from loaders.validation import validate
from tests.loaders.catalogues import (
    DATA,
    LEFT_OUT,
    NOTED,
    WITHHELD,
    Catalogue,
    Told,
    catalogue,
    source_of,
)
from tests.loaders.conftest import graph_of, read, turtle

(FORMAT,) = ARCGIS_DCAT
ITEM = "0123456789abcdef0123456789abcdef"
HOME = "https://www.arcgis.com/home/item.html"
PAGE = "https://maps.exampleton.example/maps/Exampleton::ponds"
CONTEXT = {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"}
FEED = Feed("given", None, {"Exampleton Council": "GB-LAE-XMP"})


def item(**members: object) -> dict[str, object]:
    """A dataset of a feed; a member's colon is written as two underscores."""
    return {
        "@type": "dcat:Dataset",
        "dct:title": "Ponds",
        "dct:identifier": f"{HOME}?id={ITEM}&sublayer=15",
    } | {name.replace("__", ":"): value for name, value in members.items()}


def feed_of(*items: object) -> str:
    return json.dumps({"@context": CONTEXT, "@type": "dcat:Catalog", "dcat:dataset": items})


def listed(*items: object, feed: Feed | None = None) -> Catalogue:
    return catalogue(FORMAT, feed_of(*items), feed=feed)


def distribution(**members: object) -> dict[str, object]:
    return {
        "@type": "dcat:Distribution",
        "dcat:accessURL": "https://maps.exampleton.example/ponds.csv",
    } | {name.replace("__", ":"): value for name, value in members.items()}


FULL = item(
    dct__description="<div>Ponds &amp; pools<br/>of all kinds</div>",
    dct__publisher="Exampleton Council",
    dcat__theme="geospatial",
    dct__accessRights="public",
    dcat__keyword=["Water", "parks", "Water"],
    dct__provenance="",
    dct__issued="2022-03-10T20:01:29.000Z",
    dct__language={"@id": "lang:ENG"},
    dcat__contactPoint={
        "@type": "Contact",
        "vcard:fn": "a_person",
        "vcard:hasEmail": "mailto:maps@exampleton.example",
    },
    dcat__distribution=[
        {
            "dcat:accessUrl": PAGE,
            "dct:format": {"@id": "ftype:HTML"},
            "dct:description": "Web Page",
            "dct:title": "ArcGIS Hub Dataset",
        },
        {
            "dcat:accessUrl": f"{PAGE}.geojson?outSR=%7B%22wkid%22%3A27700%7D",
            "dct:format": {"@id": "ftype:GEOJSON"},
            "dct:title": "GeoJSON",
        },
    ],
) | {"@id": PAGE}
KEY = f"{ITEM}-15"


def test_an_item_becomes_a_dataset_its_link_and_its_distributions() -> None:
    found = listed(FULL, feed=FEED)
    assert found.records == [
        Dataset(
            key=KEY,
            titles=(Text("Ponds"),),
            descriptions=(Text("Ponds & pools of all kinds"),),
            publisher=Party("GB-LAE-XMP", "Exampleton Council"),
            keywords=(Text("Water"), Text("parks")),
            issued=datetime(2022, 3, 10, 20, 1, 29, tzinfo=UTC),
            access="OPEN",
            identifiers=(f"{HOME}?id={ITEM}&sublayer=15", PAGE),
        ),
        Link("dataset", KEY, PAGE),
        Distribution(
            key=f"{KEY}-1",
            dataset=KEY,
            title=Text("ArcGIS Hub Dataset"),
            description=Text("Web Page"),
            access_url=PAGE,
            file_type="HTML",
            media_type="text/html",
        ),
        Distribution(
            key=f"{KEY}-2",
            dataset=KEY,
            title=Text("GeoJSON"),
            access_url=f"{PAGE}.geojson?outSR=%7B%22wkid%22%3A27700%7D",
            file_type="GEOJSON",
            media_type="application/geo+json",
        ),
    ]
    assert found.issues == [
        Told("unknown-category", "dcat:theme", "geospatial", WITHHELD),
        Told("html-in-text", "dct:description", None, NOTED),
        Told("misspelt-member", "dcat:distribution[1].dcat:accessUrl", None, NOTED),
    ]


def test_the_words_of_titles_with_html_are_loaded_and_noted() -> None:
    each = distribution(dct__title="<b>All</b> of them")
    found = listed(item(dct__title="<i>Ponds</i> &amp; pools", dcat__distribution=[each]))
    assert found.dataset.titles == (Text("Ponds & pools"),)
    assert [each.title for each in found.records if isinstance(each, Distribution)] == [
        Text("All of them")
    ]
    assert [(each.rule, each.effect) for each in found.issues] == [("html-in-text", NOTED)] * 2
    assert listed(item(dct__title="<br/>")).records == []


def test_the_contact_is_a_user_and_not_loaded() -> None:
    found = listed(FULL)
    assert found.dataset.contact is None
    assert "a_person" not in str((found.records, found.issues, found.messages))


def test_a_layer_is_said_in_dcat() -> None:
    reading = read(source_of(FORMAT, "given.json"), feed_of(FULL).encode())
    dataset = f"id/dataset/given/{KEY}"
    file_type = "http://publications.europa.eu/resource/authority/file-type"
    media_type = "https://www.iana.org/assignments/media-types"
    expected = turtle(f"""
        <{dataset}> a dcat:Dataset ;
            dct:identifier "{KEY}", "{HOME}?id={ITEM}&sublayer=15", "{PAGE}" ;
            owl:sameAs <{PAGE}> ;
            dct:title "Ponds"@en ;
            dct:description "Ponds & pools of all kinds"@en ;
            gm:publisherAsStated "Exampleton Council"@en ;
            dcat:keyword "Water"@en, "parks"@en ;
            dct:accessRights <https://w3id.org/greater-manchester/def/access-right/OPEN> ;
            dct:issued "2022-03-10T20:01:29Z"^^xsd:dateTime ;
            dcat:distribution <id/distribution/given/{KEY}-1>, <id/distribution/given/{KEY}-2> .
        <id/distribution/given/{KEY}-1> a dcat:Distribution ;
            dct:identifier "{KEY}-1" ;
            dct:title "ArcGIS Hub Dataset"@en ;
            dct:description "Web Page"@en ;
            dcat:accessURL <{PAGE}> ;
            dct:format <{file_type}/HTML> ;
            dcat:mediaType <{media_type}/text/html> .
        <id/distribution/given/{KEY}-2> a dcat:Distribution ;
            dct:identifier "{KEY}-2" ;
            dct:title "GeoJSON"@en ;
            dcat:accessURL <{PAGE}.geojson?outSR=%7B%22wkid%22%3A27700%7D> ;
            dct:format <{file_type}/GEOJSON> ;
            dcat:mediaType <{media_type}/application/geo+json> .
    """)
    assert set(graph_of(reading.quads)) == set(expected)
    assert not [each for each in validate("given", reading.lines) if each.refuses]


@pytest.mark.parametrize(
    ("identifier", "key"),
    [
        (f"{HOME}?id={ITEM}&sublayer=0", f"{ITEM}-0"),
        (f"{HOME}?id={ITEM}", ITEM),
        (f"{HOME}?f=json&id={ITEM}&lang=en&sublayer=3#overview", f"{ITEM}-3"),
        (f"{ITEM}_7", f"{ITEM}-7"),
        (ITEM, ITEM),
    ],
)
def test_the_key_is_the_item_and_the_layer_in_it(identifier: str, key: str) -> None:
    found = listed(item(dct__identifier=identifier))
    assert found.dataset.key == key
    assert found.dataset.identifiers == ((identifier,) if identifier != key else ())


@pytest.mark.parametrize(
    ("members", "rule", "field"),
    [
        ({"dct__identifier": ""}, "missing-value", "dct:identifier"),
        ({"dct__identifier": f"{HOME}?id=0123"}, "bad-code", "dct:identifier"),
        ({"dct__identifier": f"{HOME}?id={ITEM.upper()}"}, "bad-code", "dct:identifier"),
        ({"dct__identifier": f"{HOME}?id={ITEM}5"}, "bad-code", "dct:identifier"),
        ({"dct__identifier": {"@id": ITEM}}, "unexpected-structure", "dct:identifier"),
        ({"dct__title": ""}, "missing-value", "dct:title"),
        ({"dct__title": None}, "missing-value", "dct:title"),
    ],
)
def test_an_item_without_key_or_title_is_left_out_alone(
    members: dict[str, object], rule: str, field: str
) -> None:
    found = listed(item(**members), item(dct__identifier=f"{ITEM}_1"))
    assert [each.key for each in found.datasets] == [f"{ITEM}-1"]
    [told] = found.issues
    assert (told.rule, told.field, told.effect) == (rule, field, LEFT_OUT)


def test_two_items_with_one_key_are_left_out_both() -> None:
    items = item(), item(dct__title="Pools")
    reading = read(source_of(FORMAT, "given.json"), feed_of(*items).encode())
    assert [(each.rule, each.effect) for each in reading.issues] == [
        ("duplicate-key", Effect.LEFT_OUT)
    ] * 2
    assert reading.tally.records_loaded == 0


def test_an_item_there_twice_is_loaded_with_its_link_and_its_distributions_and_noted() -> None:
    source = source_of(FORMAT, "given.json")
    once = read(source, feed_of(FULL).encode())
    twice = read(source, feed_of(FULL, FULL).encode())
    assert twice.tally.records_loaded == twice.tally.records_in == 2
    [noted] = [each for each in twice.issues if each.rule == "repeated-record"]
    assert (noted.row, noted.value, noted.effect) == (2, KEY, NOTED)
    assert noted.message == f"Item 1 already says the same of the dataset {KEY}."
    assert Counter(each.rule for each in twice.issues if each is not noted) == {
        rule: 2 * count for rule, count in Counter(each.rule for each in once.issues).items()
    }
    assert twice.lines == once.lines


def test_an_address_of_two_datasets_is_neithers() -> None:
    items = [item(dct__identifier=f"{ITEM}_{number}") | {"@id": PAGE} for number in (1, 2)]
    reading = read(source_of(FORMAT, "given.json"), feed_of(*items).encode())
    assert [(each.rule, each.field, each.value, each.effect) for each in reading.issues] == [
        ("shared-identifier", "@id", PAGE, Effect.WITHHELD)
    ] * 2
    assert reading.tally.records_loaded == 2


def test_a_catalogue_of_one_dataset_need_not_list_it() -> None:
    found = catalogue(FORMAT, json.dumps({"@type": "dcat:Catalog", "dcat:dataset": item()}))
    assert found.dataset.key == KEY


@pytest.mark.parametrize(
    "content", ["", "{}", "[", '{"@type": "dcat:Catalog"}', '{"dcat:dataset": "none"}']
)
def test_what_lists_no_datasets_is_refused(content: str) -> None:
    with pytest.raises(StructureError):
        catalogue(FORMAT, content)


@pytest.mark.parametrize(
    ("publisher", "party"),
    [
        ("Exampleton Council", Party("GB-LAE-XMP", "Exampleton Council")),
        ({"foaf:name": "Exampleton Council"}, Party("GB-LAE-XMP", "Exampleton Council")),
        ({"@id": "Exampleton Council"}, Party("GB-LAE-XMP", None)),
        ("", None),
        ({}, None),
    ],
)
def test_the_publisher_is_a_name_or_a_body(publisher: object, party: Party | None) -> None:
    found = listed(item(dct__publisher=publisher), feed=FEED)
    assert found.dataset.publisher == party
    assert found.issues == []


def test_a_publisher_that_is_not_declared_is_noted() -> None:
    found = listed(item(dct__publisher="Other Council"), feed=FEED)
    assert found.dataset.publisher == Party(None, "Other Council")
    assert found.issues == [Told("unknown-organisation", "dct:publisher", "Other Council", NOTED)]


@pytest.mark.parametrize(
    ("licence", "iri", "stated"),
    [
        ("OGL v2", "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/2/", 1),
        ("https://creativecommons.org/licenses/by/4.0", None, 0),
        ({"@id": "https://creativecommons.org/licenses/by/4.0/"}, None, 0),
    ],
)
def test_newer_feeds_may_state_a_licence(licence: object, iri: str | None, stated: int) -> None:
    found = listed(item(dct__license=licence))
    assert found.dataset.licence == (iri or "https://creativecommons.org/licenses/by/4.0/")
    assert found.dataset.licence_stated == (licence if stated else None)


@pytest.mark.parametrize(
    ("issued", "when"),
    [
        ("2017-07-02", date(2017, 7, 2)),
        ("2017-09-15T11:20:48.137+01:00", datetime(2017, 9, 15, 10, 20, 48, 137000, UTC)),
        (1646942489000, datetime(2022, 3, 10, 20, 1, 29, tzinfo=UTC)),
        ("1646942489000", datetime(2022, 3, 10, 20, 1, 29, tzinfo=UTC)),
    ],
)
def test_times_are_iso_8601_or_milliseconds(issued: object, when: date) -> None:
    found = listed(item(dct__issued=issued, dct__modified=issued))
    assert (found.dataset.issued, found.dataset.modified) == (when, when)
    assert found.issues == []


@pytest.mark.parametrize(
    ("members", "rule", "field", "value"),
    [
        ({"dct__description": "{{description}}"}, "no-words", "dct:description", "{{description}}"),
        ({"dct__issued": "last week"}, "bad-date", "dct:issued", "last week"),
        ({"dct__accessRights": "all"}, "unknown-category", "dct:accessRights", "all"),
        ({"@id": "maps/ponds"}, "bad-web-address", "@id", "maps/ponds"),
        ({"dct__spatial": "Exampleton"}, "bad-code", "dct:spatial", "Exampleton"),
        ({"dcat__keyword": [["a"]]}, "unexpected-structure", "dcat:keyword", None),
    ],
)
def test_a_faulty_value_is_withheld_and_the_dataset_stays(
    members: dict[str, object], rule: str, field: str, value: str | None
) -> None:
    found = listed(item(**members))
    identifiers = (f"{HOME}?id={ITEM}&sublayer=15",)
    assert found.records == [Dataset(key=KEY, titles=(Text("Ponds"),), identifiers=identifiers)]
    assert found.issues == [Told(rule, field, value, WITHHELD)]


def test_the_misspelling_is_noted_once_for_an_item_and_the_right_spelling_never() -> None:
    wrong = {"dcat:accessUrl": PAGE, "dcat:downloadUrl": f"{PAGE}.csv"}
    found = listed(item(dcat__distribution=[distribution(), wrong, wrong]))
    assert [(each.access_url, each.download_url) for each in found.distributions] == [
        ("https://maps.exampleton.example/ponds.csv", None),
        *((PAGE, f"{PAGE}.csv"),) * 2,
    ]
    assert found.issues == [
        Told("misspelt-member", "dcat:distribution[2].dcat:accessUrl", None, NOTED)
    ]
    assert listed(item(dcat__distribution=[distribution()])).issues == []


@pytest.mark.parametrize(
    ("members", "told"),
    [
        (
            {"dcat__accessURL": None},
            Told("missing-value", "dcat:distribution[1].dcat:accessURL", None, WITHHELD),
        ),
        (
            {"dcat__accessURL": "ponds"},
            Told("bad-web-address", "dcat:distribution[1].dcat:accessURL", "ponds", WITHHELD),
        ),
    ],
)
def test_a_distribution_without_an_address_is_withheld_alone(
    members: dict[str, object], told: Told
) -> None:
    found = listed(item(dcat__distribution=[distribution(**members), distribution()]))
    assert [each.key for each in found.distributions] == [f"{KEY}-2"]
    assert found.issues == [told]


def test_a_format_that_is_not_known_is_kept_in_words() -> None:
    found = listed(item(dcat__distribution=[distribution(dct__format="Paper tape")]))
    assert found.distributions[0].format_stated == "Paper tape"
    assert found.issues == [
        Told("unknown-format", "dcat:distribution[1].dct:format", "Paper tape", NOTED)
    ]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["@id", "@value", "dcat:accessUrl", "dct:format"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*FULL, "dct:license", "dct:spatial"]), VALUES))
def test_whatever_an_item_holds_the_good_one_beside_it_is_kept(members: dict[str, object]) -> None:
    assert f"{ITEM}-99" in [
        each.key for each in listed(members, item(dct__identifier=f"{ITEM}_99")).datasets
    ]


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_a_feed_or_no_structure(content: bytes) -> None:
    try:
        found = catalogue(FORMAT, content)
    except StructureError:
        return
    assert found.datasets == []


def test_a_long_feed_is_not_held_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "feed.json"
    one = json.dumps(FULL | {"dct:description": "words " * 3300})
    with path.open("w") as file:
        file.write('{"@type": "dcat:Catalog", "dcat:dataset": [')
        file.writelines(f"{one},\n" for _ in range(999))
        file.write(f"{one}]}}")
    assert path.stat().st_size > 20_000_000
    tracemalloc.start()
    try:
        rows = FORMAT.layout.read(Content("feed.json", path))
        count = sum(len(FORMAT.interpret(row, FEED)) for row in rows if isinstance(row, Row))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 4_000
    assert peak < 2_000_000


FILES = DATA / "arcgis-hub/dcat-ap-2.0.1"
ORACLE = DATA / "od-bods-normalised/glasgow.csv"
real_data = pytest.mark.real_data
absent = pytest.mark.skipif(not FILES.exists(), reason="the publishers' own files are not here")


@real_data
@absent
@pytest.mark.parametrize(
    ("name", "datasets", "distributions", "withheld", "issues"),
    [
        ("edinburgh.json", 44, 264, 44, {"html-in-text": 36}),
        (
            "glasgow.json",
            68,
            321,
            76,
            {"html-in-text": 18, "no-words": 5, "missing-value": 3},
        ),
        ("north_ayrshire.json", 126, 708, 129, {"html-in-text": 10, "no-words": 3}),
        ("north_lanarkshire.json", 21, 122, 21, {"html-in-text": 2}),
    ],
)
def test_the_feeds_of_four_councils_are_loaded_whole(
    name: str, datasets: int, distributions: int, withheld: int, issues: dict[str, int]
) -> None:
    reading = read(source_of(FORMAT, name), (FILES / name).read_bytes())
    assert (
        reading.tally.records_in,
        reading.tally.records_loaded,
        reading.tally.records_left_out,
        reading.tally.values_withheld,
    ) == (datasets, datasets, 0, withheld)
    of_each = ("misspelt-member", "unknown-category", "unknown-organisation")
    assert Counter(each.rule for each in reading.issues) == (
        issues | dict.fromkeys(of_each, datasets)
    )
    found = catalogue(FORMAT, (FILES / name).read_bytes())
    assert len(found.distributions) == distributions
    assert len(found.links) == datasets
    assert not [each for each in validate("given", reading.lines) if each.refuses]


@real_data
@absent
def test_what_the_file_says_is_said_of_its_datasets() -> None:
    found = catalogue(FORMAT, (FILES / "glasgow.json").read_bytes())
    by_key = {each.key: each for each in found.datasets}
    homes = by_key["c2bc8c30a5ae4297aadf8933c45532d8-0"]
    assert homes.titles == (Text("Housing Association Properties"),)
    assert [each.value for each in homes.keywords] == ["Housing", "Houses", "Built"]
    assert homes.issued == datetime(2022, 3, 10, 20, 1, 29, tzinfo=UTC)
    assert (homes.access, homes.licence, homes.modified) == ("OPEN", None, None)
    assert homes.descriptions[0].value.startswith("The primary data source for these tenure")
    assert [
        (each.key.rpartition("-")[2], each.file_type)
        for each in found.distributions
        if each.dataset == homes.key
    ] == [
        *(("1", "HTML"), ("2", "JSON"), ("3", "GEOJSON")),
        *(("4", "CSV"), ("5", "KML"), ("6", "ZIP")),
    ]
    lets = by_key["fb837f5f6f664f61a2cb64d303733c6a-0"]
    assert lets.titles == (Text("HMO Current Licenses"),)
    assert len([each for each in by_key if "-" not in each]) == 21


@real_data
@pytest.mark.skipif(not ORACLE.exists(), reason="the other reading of the feed is not here")
def test_somebody_elses_reading_of_the_feed_found_the_same_files() -> None:
    found = catalogue(FORMAT, (FILES / "glasgow.json").read_bytes())
    titles = {each.key: each.titles[0].value for each in found.datasets}
    ours = {
        (titles[str(each.dataset)], each.title.value if each.title else "", each.access_url)
        for each in found.distributions
        if each.file_type != "HTML"
    }
    with ORACLE.open(encoding="utf-8", newline="") as file:
        theirs = {
            (" ".join(row["Title"].split()), row["FileType"], row["AssetURL"])
            for row in csv.DictReader(file)
        }
    assert {each for each in theirs if each[2]} == ours
