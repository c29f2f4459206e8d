"""What the API of a catalogue made with CKAN answers becomes datasets and distributions."""

import json
import tracemalloc
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.errors import StructureError
from loaders.formats.catalogues.ckan import CKAN
from loaders.formats.reading.content import Content
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.issues import Effect
from loaders.records import Box, Dataset, Distribution, Party, Text
from loaders.validation import validate
from ontology.vocab import DCAT
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
from tests.loaders.conftest import BASE, graph_of, read, turtle

(FORMAT,) = CKAN
OGL3 = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
THEME = "http://publications.europa.eu/resource/authority/data-theme/"
KEY = "0b1c2d3e-0000-4000-8000-000000000001"
FEED = Feed("given", None, {"exampleton-council": "GB-LAE-XMP"})


def package(**members: object) -> dict[str, object]:
    """A package with what every one needs, and `members`."""
    return {"id": KEY, "title": "Ponds", "state": "active", "private": False} | members


def shown(**members: object) -> Catalogue:
    """What an answer of package_show comes to."""
    return catalogue(FORMAT, json.dumps({"success": True, "result": package(**members)}))


def extras(**members: object) -> list[dict[str, object]]:
    return [{"key": key.replace("_", "-"), "value": value} for key, value in members.items()]


def resource(**members: object) -> dict[str, object]:
    return {"id": "r1", "url": "https://exampleton.example/ponds.csv", "format": "CSV"} | members


FULL = package(
    name="ponds",
    notes="<p>Ponds &amp; pools</p>",
    url="https://exampleton.example/ponds",
    version="2",
    license_id="uk-ogl",
    license_title="UK Open Government Licence (OGL)",
    license_url="http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    organization={"id": "o1", "name": "exampleton-council", "title": "Exampleton Council"},
    maintainer="Exampleton council",
    author_email="somebody@exampleton.example",
    metadata_modified="2024-03-18T09:03:05.821298",
    tags=[{"name": "water"}, {"name": "parks", "display_name": "Parks"}, "water"],
    schema=[{"id": "s", "url": "https://schemas.example/ponds", "title": "Ponds"}],
    extras=[
        *extras(
            guid="urn:ponds:1",
            theme_primary="Environment",
            theme_secondary='["Transport"]',
            frequency_of_update="asNeeded",
            bbox_west_long="-2.5",
            bbox_south_lat="53.25",
            bbox_east_long="-2.00",
            bbox_north_lat="53.75",
        ),
        {"key": "dataset-reference-date", "value": '[{"type": "publication", "value": "2012"}]'},
        {
            "key": "la_function",
            "value": "http://id.esd.org.uk/function/20 http://id.esd.org.uk/function/21",
        },
        {"key": "la_service", "value": "http://id.esd.org.uk/service/190"},
        {"key": "temporal_coverage-from", "value": "2001"},
        {"key": "temporal_coverage-to", "value": "2002/03"},
    ],
    resources=[
        resource(
            name="Ponds 2024",
            description="All of them",
            size="5120",
            mimetype="text/csv",
            created="2024-01-02T03:04:05.678",
            last_modified="2024-02-03",
        ),
        {"id": "r2", "url": "https://exampleton.example/map", "format": "WMS", "name": ""},
        {
            "id": "r3",
            "url": "https://exampleton.example/about",
            "format": "HTML",
            "resource-type": "supporting-document",
        },
    ],
)


def test_a_package_becomes_a_dataset_with_its_distributions() -> None:
    found = catalogue(FORMAT, json.dumps({"result": FULL}), feed=FEED)
    assert found.records == [
        Dataset(
            key=KEY,
            titles=(Text("Ponds"),),
            descriptions=(Text("Ponds & pools"),),
            publisher=Party("GB-LAE-XMP", "Exampleton Council"),
            licence=OGL3,
            licence_stated="UK Open Government Licence (OGL)",
            landing_page="https://exampleton.example/ponds",
            keywords=(Text("water"), Text("parks")),
            themes=(f"{THEME}ENVI", f"{THEME}TRAN"),
            subjects=(
                "http://id.esd.org.uk/service/190",
                "http://id.esd.org.uk/function/20",
                "http://id.esd.org.uk/function/21",
            ),
            issued=date(2012, 1, 1),
            modified=datetime(2024, 3, 18, 9, 3, 5, 821298, UTC),
            frequency="irregular",
            box=Box(Decimal("-2.5"), Decimal("53.25"), Decimal(-2), Decimal("53.75")),
            began=date(2001, 1, 1),
            ended=date(2002, 3, 31),
            contact="Exampleton council",
            identifiers=("ponds", "urn:ponds:1"),
            conforms_to=("https://schemas.example/ponds",),
            version="2",
            documentation=("https://exampleton.example/about",),
        ),
        Distribution(
            key="r1",
            dataset=KEY,
            title=Text("Ponds 2024"),
            description=Text("All of them"),
            download_url="https://exampleton.example/ponds.csv",
            file_type="CSV",
            media_type="text/csv",
            byte_size=5120,
            issued=datetime(2024, 1, 2, 3, 4, 5, 678000, UTC),
            modified=date(2024, 2, 3),
        ),
        Distribution(
            key="r2",
            dataset=KEY,
            access_url="https://exampleton.example/map",
            file_type="WMS_SRVC",
        ),
    ]
    assert found.issues == [Told("html-in-text", "notes", None, NOTED)]


@pytest.mark.parametrize(
    "members",
    [
        {"unpublished": True},
        {"unpublished": "true"},
        {"extras": extras(unpublished="true")},
        {"extras": {"unpublished": "yes"}},
    ],
)
def test_what_is_announced_and_not_published_is_left_out(members: dict[str, object]) -> None:
    found = shown(**members)
    assert found.records == []
    assert [(each.rule, each.effect) for each in found.issues] == [("out-of-scope", LEFT_OUT)]


@pytest.mark.parametrize(
    "members", [{"unpublished": False}, {"unpublished": "false"}, {"extras": []}]
)
def test_what_is_not_unpublished_is_loaded(members: dict[str, object]) -> None:
    assert shown(**members).records == [Dataset(KEY, (Text("Ponds"),))]


def test_the_words_of_titles_with_html_are_loaded_and_noted() -> None:
    found = shown(title="<b>Ponds</b> &amp; pools", resources=[resource(name="<i>All</i>")])
    dataset, distribution = found.records
    assert isinstance(dataset, Dataset)
    assert isinstance(distribution, Distribution)
    assert (dataset.titles, distribution.title) == ((Text("Ponds & pools"),), Text("All"))
    assert [(each.rule, each.effect) for each in found.issues] == [("html-in-text", NOTED)] * 2


def test_a_title_without_words_leaves_the_package_out() -> None:
    found = shown(title="<br/>")
    assert found.records == []
    assert {(each.rule, each.effect) for each in found.issues} == {
        ("no-words", LEFT_OUT),
        ("html-in-text", NOTED),
    }


def test_a_package_is_said_in_dcat() -> None:
    members = {
        "title",
        "id",
        "resources",
        "license_url",
        "url",
        "organization",
        "metadata_modified",
    }
    given_ = {name: value for name, value in FULL.items() if name in members}
    reading = read(source_of(FORMAT, "given.json"), json.dumps({"result": given_}).encode())
    expected = turtle(f"""
        <id/dataset/given/{KEY}> a dcat:Dataset ;
            dct:identifier "{KEY}" ;
            dct:title "Ponds"@en ;
            gm:publisherAsStated "Exampleton Council"@en ;
            dct:license <{OGL3}> ;
            dcat:landingPage <https://exampleton.example/ponds> ;
            foaf:page <https://exampleton.example/about> ;
            dct:modified "2024-03-18T09:03:05Z"^^xsd:dateTime ;
            dcat:distribution <id/distribution/given/r1>, <id/distribution/given/r2> .
        <id/distribution/given/r1> a dcat:Distribution ;
            dct:identifier "r1" ;
            dct:title "Ponds 2024"@en ;
            dct:description "All of them"@en ;
            dcat:downloadURL <https://exampleton.example/ponds.csv> ;
            dct:format <http://publications.europa.eu/resource/authority/file-type/CSV> ;
            dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv> ;
            dcat:byteSize 5120 ;
            dct:issued "2024-01-02T03:04:05Z"^^xsd:dateTime ;
            dct:modified "2024-02-03"^^xsd:date .
        <id/distribution/given/r2> a dcat:Distribution ;
            dct:identifier "r2" ;
            dcat:accessURL <https://exampleton.example/map> ;
            dct:format <http://publications.europa.eu/resource/authority/file-type/WMS_SRVC> .
    """)
    assert set(graph_of(reading.quads)) == set(expected)
    assert not [each for each in validate("given", reading.lines) if each.refuses]


def test_a_search_lists_packages_and_comments_before_it_are_noted() -> None:
    answer = {"result": {"count": 2, "results": [package(id="a"), package(id="b")]}}
    found = catalogue(
        FORMAT, f"// 20240101\n// https://exampleton.example/api\n\n{json.dumps(answer)}"
    )
    assert [each.key for each in found.datasets] == ["a", "b"]
    assert found.issues == [Told("comment-lines", None, None, NOTED)]


def test_pages_of_a_search_are_one_feed() -> None:
    pages = [
        {"result": {"count": 2, "results": [package(id="a")]}},
        {"result": {"count": 2, "results": [package(id="b")]}},
    ]
    found = catalogue(FORMAT, "\n".join(map(json.dumps, pages)))
    assert [each.key for each in found.datasets] == ["a", "b"]
    assert found.issues == []


def test_the_name_is_never_the_key() -> None:
    found = shown(id="", name="ponds")
    assert found.records == []
    assert found.issues == [Told("missing-value", "id", None, LEFT_OUT)]


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ({"title": ""}, Told("missing-value", "title", None, LEFT_OUT)),
        ({"title": None}, Told("missing-value", "title", None, LEFT_OUT)),
        ({"id": "a b"}, Told("bad-code", "id", "a b", LEFT_OUT)),
        ({"private": True}, Told("out-of-scope", "private", "True", LEFT_OUT)),
        ({"private": "yes"}, Told("out-of-scope", "private", "yes", LEFT_OUT)),
        ({"private": [False]}, Told("out-of-scope", "private", "[False]", LEFT_OUT)),
        ({"state": ["active"]}, Told("out-of-scope", "state", "['active']", LEFT_OUT)),
        ({"private": "true"}, Told("out-of-scope", "private", "true", LEFT_OUT)),
        ({"state": "deleted"}, Told("out-of-scope", "state", "deleted", LEFT_OUT)),
        ({"state": "draft"}, Told("out-of-scope", "state", "draft", LEFT_OUT)),
        ({"type": "harvest"}, Told("out-of-scope", "type", "harvest", LEFT_OUT)),
        ({"type": "organization"}, Told("out-of-scope", "type", "organization", LEFT_OUT)),
        ({"is_organization": True}, Told("out-of-scope", "type", None, LEFT_OUT)),
    ],
)
def test_a_package_that_is_not_to_be_seen_or_is_none_is_left_out(
    members: dict[str, object], told: Told
) -> None:
    found = shown(**members)
    assert found.records == []
    assert found.issues == [told]


def test_a_bad_package_takes_no_good_one_with_it() -> None:
    answer = {"result": {"results": [package(title=""), "x", package(id="good"), {}, None]}}
    found = catalogue(FORMAT, json.dumps(answer))
    assert [each.key for each in found.datasets] == ["good"]
    assert found.rules() == [
        *("missing-value", "unexpected-structure", "missing-value", "unexpected-structure")
    ]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "not JSON",
        '{"success": false, "error": {"message": "Not found"}}',
        '{"result": ["a-council", "b-council"]}',
        '{"result": {}}',
        '{"result": {"id": "a"',
    ],
)
def test_what_is_no_answer_about_packages_is_refused(content: str) -> None:
    with pytest.raises(StructureError):
        catalogue(FORMAT, content)


def test_extras_may_stand_beside_the_other_members_or_be_an_item() -> None:
    beside = shown(**{"frequency-of-update": "monthly", "theme-primary": "Health"})
    item = shown(extras={"frequency-of-update": "monthly", "theme-primary": "Health"})
    listed = shown(extras=extras(frequency_of_update="monthly", theme_primary="Health"))
    for found in (beside, item, listed):
        assert found.dataset.frequency == "monthly"
        assert found.dataset.themes == (f"{THEME}HEAL",)
        assert found.issues == []


def test_what_an_extra_says_again_in_other_words_is_told() -> None:
    same = shown(**{"theme-secondary": ["Health"]}, extras=extras(theme_secondary='["Health"]'))
    assert same.dataset.themes == (f"{THEME}HEAL",)
    assert same.issues == []
    other = shown(**{"theme-primary": "Health"}, extras=extras(theme_primary="Transport"))
    assert other.dataset.themes == (f"{THEME}HEAL",)
    assert other.issues == [Told("unexpected-structure", "theme-primary", "Transport", WITHHELD)]


@pytest.mark.parametrize("empty", ["[]", "", None, [], {}])
def test_empty_lists_texts_and_nulls_say_nothing(empty: object) -> None:
    names = (
        *("temporal_coverage-from", "temporal_coverage-to", "theme-secondary", "spatial"),
        *("dataset-reference-date", "licence", "bbox-west-long", "frequency-of-update", "guid"),
    )
    members = dict.fromkeys(
        ("url", "version", "notes", "organization", "maintainer", "license_id", "tags", "schema"),
        None,
    )
    listed = [{"key": name, "value": empty} for name in names]
    found = shown(**members, resources=[], extras=listed)
    assert found.records == [Dataset(key=KEY, titles=(Text("Ponds"),))]
    assert found.issues == []


def test_half_a_character_in_a_list_within_a_text_stops_nothing() -> None:
    reading = read(
        source_of(FORMAT, "given.json"),
        json.dumps({"result": package(extras=extras(theme_secondary='["\\udc00"]'))}).encode(),
    )
    [issue] = reading.issues
    assert (issue.rule, issue.field) == ("unknown-category", "theme-secondary")
    assert (issue.value or "").encode()


@pytest.mark.parametrize(
    ("organization", "party", "value"),
    [
        ({"name": "exampleton-council"}, Party("GB-LAE-XMP", "exampleton-council"), None),
        ("exampleton-council", Party("GB-LAE-XMP", "exampleton-council"), None),
        ("other-council", Party(None, "other-council"), "other-council"),
        ({"title": "Other", "name": "other"}, Party(None, "Other"), "Other"),
    ],
)
def test_the_publisher_is_resolved_by_what_the_source_declares(
    organization: object, party: Party, value: str | None
) -> None:
    found = catalogue(FORMAT, json.dumps({"result": package(organization=organization)}), feed=FEED)
    assert found.dataset.publisher == party
    noted = [Told("unknown-organisation", "organization", value, NOTED)] if value else []
    assert found.issues == noted


def test_a_dataset_without_an_organisation_may_name_its_publisher_among_the_extras() -> None:
    found = shown(extras=[{"key": "dcat_publisher_name", "value": "Exampleton Council"}])
    assert found.dataset.publisher == Party(None, "Exampleton Council")


@pytest.mark.parametrize(
    ("members", "field"),
    [
        ({"maintainer": "A. Person"}, "maintainer"),
        ({"author": "A. Person", "author_email": "a.person@exampleton.example"}, "author"),
        ({"contact-name": "A. Person"}, "contact-name"),
        ({"extras": extras(contact_name="Exampleton Council - A. Person")}, "contact-name"),
    ],
)
def test_a_contact_that_may_be_a_person_is_withheld_and_not_told(
    members: dict[str, object], field: str
) -> None:
    found = shown(**members)
    assert found.dataset.contact is None
    assert found.issues == [Told("contact-of-a-person", field, None, WITHHELD)]
    assert "Person" not in str((found.records, found.issues, found.messages))


def test_no_email_address_is_loaded_even_as_a_name() -> None:
    title = "team@exampleton.example"
    found = shown(
        maintainer=title,
        maintainer_email=title,
        **{"contact-email": title, "foi-email": title},
        organization={"title": title},
    )
    assert found.dataset.contact is None
    assert found.rules() == ["contact-of-a-person", "unknown-organisation"]


@pytest.mark.parametrize(
    ("members", "licence", "stated", "rules"),
    [
        ({"license_id": "cc-zero"}, "https://creativecommons.org/publicdomain/zero/1.0/", None, []),
        ({"license_id": "notspecified", "license_title": "License not specified"}, None, None, []),
        ({"license_id": "", "license_title": ""}, None, None, []),
        ({"license_id": "other-open"}, None, "other-open", ["unknown-licence"]),
        (
            {"extras": extras(licence='["Ask us.", "Ask them."]')},
            None,
            "Ask us.; Ask them.",
            ["unknown-licence"],
        ),
        ({"extras": extras(licence="unpublished")}, None, None, []),
        (
            {"extras": [{"key": "license_url", "value": OGL3}], "license_title": "OGL"},
            OGL3,
            "OGL",
            [],
        ),
    ],
)
def test_the_licence_is_told_by_address_code_and_words(
    members: dict[str, object], licence: str | None, stated: str | None, rules: list[str]
) -> None:
    found = shown(**members)
    words = stated or (members.get("license_id") if licence else None)
    assert (found.dataset.licence, found.dataset.licence_stated) == (licence, words)
    assert found.rules() == rules


SQUARE = '{"type": "Polygon", "coordinates": [[[-2.5, 53], [-2, 53], [-2, 54], [-2.5, 54]]]}'
SQUARE_BOX = Box(Decimal("-2.5"), Decimal(53), Decimal(-2), Decimal(54))


@pytest.mark.parametrize("spatial", [SQUARE, json.loads(SQUARE)])
def test_a_geometry_becomes_the_box_round_it(spatial: object) -> None:
    beside = shown(spatial=spatial)
    among = shown(extras=extras(spatial=spatial))
    for found in (beside, among):
        assert (found.dataset.box, found.dataset.areas) == (SQUARE_BOX, ())
        assert found.issues == []


def test_four_sides_go_before_a_geometry() -> None:
    sides = dict(bbox_west_long="-3", bbox_south_lat="53", bbox_east_long="-2", bbox_north_lat="54")
    found = shown(extras=extras(spatial=SQUARE, **sides))
    assert found.dataset.box == Box(Decimal(-3), Decimal(53), Decimal(-2), Decimal(54))


def test_an_area_of_the_statistical_geography_is_an_area() -> None:
    found = shown(spatial="http://statistics.data.gov.uk/id/statistical-geography/E08000003")
    assert (found.dataset.box, found.dataset.areas) == (None, ("E08000003",))
    assert found.issues == []


@pytest.mark.parametrize(
    ("members", "rule", "field"),
    [
        ({"spatial": '{"type": "Polygon", "coordinates": []}'}, "bad-coordinates", "spatial"),
        ({"spatial": {"type": "Polygon"}}, "bad-coordinates", "spatial"),
        ({"spatial": "{not JSON"}, "bad-coordinates", "spatial"),
        ({"spatial": "Exampleton"}, "bad-code", "spatial"),
        ({"bbox-west-long": "-2.5"}, "bad-coordinates", "bbox-west-long"),
        ({"frequency-of-update": "notPlanned"}, "unknown-category", "frequency-of-update"),
        ({"theme-primary": "Mapping"}, "unknown-category", "theme-primary"),
        ({"la_function": "planning"}, "bad-web-address", "la_function"),
        ({"temporal_coverage-from": "1/3/2012"}, "bad-date", "temporal_coverage-from"),
        (
            {"temporal_coverage-from": "2012", "temporal_coverage-to": "2011"},
            "dates-out-of-order",
            "temporal_coverage-to",
        ),
        ({"metadata_modified": "yesterday"}, "bad-date", "metadata_modified"),
        ({"dataset-reference-date": "2012"}, "unexpected-structure", "dataset-reference-date"),
        ({"url": "exampleton.example/ponds"}, "bad-web-address", "url"),
        ({"schema": ["ponds"]}, "unexpected-structure", "schema"),
        ({"version": {"major": 1}}, "unexpected-structure", "version"),
        ({"extras": ["guid"]}, "unexpected-structure", "extras"),
    ],
)
def test_a_faulty_value_is_withheld_and_the_dataset_stays(
    members: dict[str, object], rule: str, field: str
) -> None:
    found = shown(**members)
    assert found.records == [Dataset(key=KEY, titles=(Text("Ponds"),))]
    [told] = found.issues
    assert (told.rule, told.field, told.effect) == (rule, field, WITHHELD)


def test_the_last_revision_goes_before_when_the_record_was_touched() -> None:
    days = [
        {"type": "revision", "value": "2018-04-30"},
        {"type": "creation", "value": "2004-01-01"},
        {"type": "revision", "value": "2017-04-30"},
    ]
    listed = [{"key": "dataset-reference-date", "value": json.dumps(days)}]
    found = shown(extras=listed, metadata_modified="2020-01-01")
    assert (found.dataset.issued, found.dataset.modified) == (None, date(2018, 4, 30))
    harvested = shown(data_issued="2017-01-17T11:22:20.000Z", data_modified="2017-02-23")
    assert harvested.dataset.issued == datetime(2017, 1, 17, 11, 22, 20, tzinfo=UTC)
    assert harvested.dataset.modified == date(2017, 2, 23)


def test_a_record_about_a_service_is_loaded_and_noted() -> None:
    found = shown(extras=extras(resource_type="service"))
    assert len(found.datasets) == 1
    assert found.issues == [Told("unknown-category", "resource-type", "service", NOTED)]
    assert shown(extras=extras(resource_type="dataset")).issues == []


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ({"url": ""}, Told("missing-value", "resources[1].url", None, WITHHELD)),
        ({"url": None}, Told("missing-value", "resources[1].url", None, WITHHELD)),
        ({"url": "ponds.csv"}, Told("bad-web-address", "resources[1].url", "ponds.csv", WITHHELD)),
        ({"url": ["x"]}, Told("unexpected-structure", "resources[1].url", None, WITHHELD)),
        ({"state": "deleted"}, Told("out-of-scope", "resources[1].state", "deleted", WITHHELD)),
    ],
)
def test_a_resource_that_nobody_can_get_at_is_withheld_alone(
    members: dict[str, object], told: Told
) -> None:
    found = shown(resources=[resource(**members), resource(id="r2")])
    assert [each.key for each in found.records if isinstance(each, Dataset)] == [KEY]
    assert [each.key for each in found.distributions] == ["r2"]
    assert found.issues == [told]


def test_a_resource_without_a_key_of_its_own_is_numbered() -> None:
    found = shown(resources=[resource(id=None), resource(id="a b"), resource(id="r3")])
    assert [each.key for each in found.distributions] == [f"{KEY}-1", f"{KEY}-2", "r3"]
    assert found.issues == [Told("bad-code", "resources[2].id", "a b", WITHHELD)]


def test_two_resources_with_one_key_lose_it_both_and_are_numbered() -> None:
    found = shown(resources=[resource(), resource(url="https://exampleton.example/b.csv")])
    assert [each.key for each in found.distributions] == [f"{KEY}-1", f"{KEY}-2"]
    assert found.issues == [
        Told("duplicate-key", f"resources[{place}].id", "r1", WITHHELD) for place in (1, 2)
    ]


def test_resources_of_two_packages_with_one_key_are_withheld_both() -> None:
    packages = [package(id=key, resources=[resource()]) for key in ("a", "b")]
    content = json.dumps({"result": {"results": packages}}).encode()
    reading = read(source_of(FORMAT, "given.json"), content)
    assert reading.tally.records_loaded == 2
    assert [(each.rule, each.effect) for each in reading.issues] == [
        ("duplicate-key", Effect.WITHHELD)
    ] * 2
    assert not [quad for quad in reading.quads if "/distribution/" in quad.subject]


def pages(*contents: list[dict[str, object]]) -> bytes:
    """A feed of pages, one after the other, as they were fetched."""
    count = sum(map(len, contents))
    return "\n".join(
        json.dumps({"result": {"count": count, "results": packages}}) for packages in contents
    ).encode()


def test_a_package_on_two_pages_is_loaded_once_with_its_distributions_and_noted() -> None:
    # A catalogue that changes while it is fetched moves packages on to the next page.
    source = source_of(FORMAT, "given.json")
    other = package(id="a", title="Pools", resources=[resource(id="r9")])
    once = read(source, pages([other, FULL]))
    twice = read(source, pages([other, FULL], [FULL]))
    assert (once.tally.records_loaded, twice.tally.records_loaded) == (2, 3)
    assert twice.tally.records_left_out == 0
    assert [each for each in twice.issues if each.row != 3] == once.issues
    told = [each for each in twice.issues if each.row == 3]
    [noted] = [each for each in told if each.rule == "repeated-record"]
    assert str(noted) == (
        f"given.json, item 3, id: Item 2 already says the same of the dataset {KEY}. (noted)"
    )
    assert [(each.rule, each.field, each.effect) for each in told if each is not noted] == [
        (each.rule, each.field, each.effect) for each in once.issues if each.row == 2
    ]
    assert twice.lines == once.lines
    about = {quad.subject for quad in twice.quads if quad.object == DCAT.Distribution}
    assert about == {f"{BASE}id/distribution/given/{key}" for key in ("r1", "r2", "r9")}


def test_a_resource_that_changed_between_two_pages_is_withheld_and_its_package_noted() -> None:
    source = source_of(FORMAT, "given.json")
    kept, changed = resource(id="r2"), resource(url="https://exampleton.example/b.csv")
    first, second = package(resources=[resource(), kept]), package(resources=[changed, kept])
    reading = read(source, pages([first], [second]))
    assert [(each.row, each.rule, each.value, each.effect) for each in reading.issues] == [
        (1, "duplicate-key", "r1", WITHHELD),
        (2, "repeated-record", KEY, NOTED),
        (2, "duplicate-key", "r1", WITHHELD),
    ]
    assert reading.lines == read(source, pages([package(resources=[kept])])).lines


@pytest.mark.parametrize(
    ("members", "access", "download", "rules"),
    [
        ({"format": "CSV"}, False, True, []),
        ({"format": "", "mimetype": "text/csv"}, False, True, []),
        ({"format": "HTML"}, True, False, []),
        ({"format": "WFS"}, True, False, []),
        ({"format": ""}, True, False, []),
        ({"format": "Paper"}, True, False, ["unknown-format"]),
    ],
)
def test_a_file_is_downloaded_and_all_else_is_gone_to(
    members: dict[str, object], access: bool, download: bool, rules: list[str]
) -> None:
    found = shown(resources=[resource(**members)])
    [distribution] = found.distributions
    assert (distribution.access_url is not None) is access
    assert (distribution.download_url is not None) is download
    assert found.rules() == rules


@pytest.mark.parametrize("name", ["resource-type", "resource_type"])
@pytest.mark.parametrize("kind", ["supporting-document", "documentation"])
def test_a_document_is_no_distribution(name: str, kind: str) -> None:
    found = shown(resources=[resource(**{name: kind}), resource(id="r2", **{name: "file"})])
    assert found.dataset.documentation == ("https://exampleton.example/ponds.csv",)
    assert [each.key for each in found.distributions] == ["r2"]


def test_members_that_the_format_does_not_know_are_remarked_upon_once() -> None:
    answer = {"result": {"results": [package(id="a", mood="good"), package(id="b", mood="bad")]}}
    found = catalogue(FORMAT, json.dumps(answer))
    assert found.issues == [Told("unknown-column", "mood", None, NOTED)]


SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "key", "value", "url", "name"]), inner, max_size=3)
    ),
    max_leaves=8,
)
MEMBERS = st.dictionaries(
    st.sampled_from([*FULL, "spatial", "theme-primary", "bbox-west-long", "type", "licence"]),
    VALUES,
)


@given(MEMBERS)
def test_whatever_a_package_holds_the_good_one_beside_it_is_kept(
    members: dict[str, object],
) -> None:
    answer = {"result": {"results": [members, package(id="good-one")]}}
    found = catalogue(FORMAT, json.dumps(answer))
    assert "good-one" in [each.key for each in found.datasets]


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_a_catalogue_or_no_structure(content: bytes) -> None:
    try:
        found = catalogue(FORMAT, content)
    except StructureError:
        return
    assert found.datasets == []


def test_a_long_answer_is_not_held_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    one = json.dumps(package(notes="words " * 3300, resources=[resource()] * 2))
    with path.open("w") as file:
        file.write('{"result": {"count": 1000, "results": [')
        file.writelines(f"{one},\n" for _ in range(999))
        file.write(f"{one}]}}}}")
    assert path.stat().st_size > 18_000_000
    tracemalloc.start()
    try:
        rows = FORMAT.layout.read(Content("answer.json", path))
        count = sum(len(FORMAT.interpret(row, FEED)) for row in rows if isinstance(row, Row))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 3_000
    assert peak < 2_000_000


FILES = DATA / "ckan-datagovuk"
real_data = pytest.mark.real_data
absent = pytest.mark.skipif(not FILES.exists(), reason="the publisher's own files are not here")


@real_data
@absent
@pytest.mark.parametrize(
    ("name", "counts", "issues"),
    [
        ("package_show_create.json", (1, 1, 0, 1), {"contact-of-a-person", "unknown-organisation"}),
        ("package_show_empty.json", (1, 0, 1, 0), {"out-of-scope"}),
        ("package_show_inspire.json", (1, 1, 0, 0), {"unknown-organisation"}),
        ("package_show_update.json", (1, 1, 0, 0), {"unknown-organisation"}),
        (
            "new_api/package_show_create.json",
            (1, 1, 0, 0),
            {"unknown-licence", "unknown-organisation"},
        ),
        (
            "new_api/package_show_empty.json",
            (1, 1, 0, 0),
            {"unknown-licence", "unknown-organisation"},
        ),
        (
            "new_api/package_show_inspire.json",
            (1, 1, 0, 0),
            {"unknown-category", "unknown-licence", "unknown-organisation"},
        ),
    ],
)
def test_the_answers_of_data_gov_uk_are_loaded(
    name: str, counts: tuple[int, int, int, int], issues: set[str]
) -> None:
    reading = read(source_of(FORMAT, name), (FILES / name).read_bytes())
    assert (
        reading.tally.records_in,
        reading.tally.records_loaded,
        reading.tally.records_left_out,
        reading.tally.values_withheld,
    ) == counts
    assert Counter(each.rule for each in reading.issues) == dict.fromkeys(issues, 1)
    assert not [each for each in validate("given", reading.lines) if each.refuses]


@real_data
@absent
def test_answers_that_hold_no_datasets_are_refused_or_left_out() -> None:
    with pytest.raises(StructureError, match="holds no list"):
        catalogue(FORMAT, (FILES / "organization_list.json").read_bytes())
    for name in ("organization_show_create.json", "organization_show_update.json"):
        found = catalogue(FORMAT, (FILES / name).read_bytes())
        assert found.records == []
        assert Counter(found.rules()) == {
            "out-of-scope": 1,
            "comment-lines": 1,
            "unknown-column": 8,
        }
    first = catalogue(FORMAT, (FILES / "search_dataset_p1.json").read_bytes())
    assert first.issues == [Told("missing-value", "title", None, LEFT_OUT)] * 5
    second = catalogue(FORMAT, (FILES / "search_dataset_p2.json").read_bytes())
    assert second.issues == [Told("lying-total", "result.count", "5", NOTED)]


@real_data
@absent
def test_what_the_files_say_is_said_of_their_datasets() -> None:
    fords = catalogue(FORMAT, (FILES / "package_show_update.json").read_bytes())
    assert fords.dataset.key == "7509bbb5-ce6a-4801-8d77-b72c58d46180"
    assert fords.dataset.contact == "Durham County Council"
    assert fords.dataset.licence == OGL3
    assert fords.dataset.themes == (f"{THEME}ENVI", f"{THEME}TRAN")
    assert [each.value for each in fords.dataset.keywords] == [
        *("flooding", "fords", "river", "roads", "stream", "transport")
    ]
    assert fords.dataset.documentation == ("http://datamillnorth.org/dataset/ford-crossings",)
    [csv] = fords.distributions
    assert (csv.key, csv.file_type) == ("7be62a98-c4c1-4c7e-9bcd-a6a2202e1228", "CSV")
    assert csv.download_url == (
        "https://files.datapress.com/leeds/dataset/ford-crossings/"
        "2017-01-17T11:31:19/Ford_crossings.csv"
    )

    floods = catalogue(FORMAT, (FILES / "package_show_inspire.json").read_bytes())
    assert floods.dataset.box == Box(
        Decimal("-6.236"), Decimal("49.943"), Decimal("2.072"), Decimal("55.816")
    )
    assert (floods.dataset.frequency, floods.dataset.modified) == ("quarterly", date(2018, 4, 30))
    assert "86ec354f-d465-11e4-b09e-f0def148f590" in floods.dataset.identifiers
    assert [each.file_type for each in floods.distributions] == [None, "WMS_SRVC", "WMS_SRVC"]
    assert all(each.access_url for each in floods.distributions)

    smoke = catalogue(FORMAT, (FILES / "new_api/package_show_create.json").read_bytes())
    assert (smoke.dataset.began, smoke.dataset.ended) == (date(2002, 1, 14), date(2020, 3, 31))
    assert smoke.dataset.issued == date(2013, 12, 12)
    assert smoke.dataset.frequency == "irregular"
    assert smoke.dataset.licence is None
    assert (smoke.dataset.licence_stated or "").startswith("Use subject to PSMA licensing.")
