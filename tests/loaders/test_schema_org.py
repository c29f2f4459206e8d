"""Datasets of schema.org in JSON-LD, wherever in a document they stand, however they are named."""

import json
from datetime import date
from decimal import Decimal

import pytest

from loaders.formats.catalogues.dataset_values import key_from
from loaders.formats.catalogues.schema_org import SCHEMA_ORG
from loaders.formats.reading.feed import Feed
from loaders.records import Box, Dataset, Distribution, Link, Party, Text
from tests.loaders.catalogues import LEFT_OUT, NOTED, WITHHELD, Catalogue, Told, catalogue

(FORMAT,) = SCHEMA_ORG
OGL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
NAME = "https://data.exampleton.example/ponds"
FEED = Feed("given", None, {"Exampleton Council": "GB-LAE-XMP"})
PONDS: dict[str, object] = {"@type": "Dataset", "@id": NAME, "name": "Ponds"}


def given(document: object) -> Catalogue:
    return catalogue(FORMAT, json.dumps(document), feed=FEED)


def ponds(**members: object) -> Catalogue:
    return given({"@context": "https://schema.org", **PONDS, **members})


def test_a_dataset_is_loaded_with_all_that_is_said_of_it() -> None:
    found = ponds(
        description="All ponds.",
        url="https://data.exampleton.example/ponds.html",
        license={"@type": "CreativeWork", "name": "OGL", "url": OGL},
        publisher={"@type": "Organization", "name": "Exampleton Council"},
        keywords="water, parks",
        datePublished="2024-01-02",
        temporalCoverage="2019-01/2019-12",
        spatialCoverage={
            "@type": "Place",
            "geo": {"@type": "GeoShape", "box": "53.25 -2.5 53.5 -2.0"},
        },
        isAccessibleForFree=True,
        distribution={
            "@type": "DataDownload",
            "contentUrl": "https://data.exampleton.example/ponds.csv",
            "encodingFormat": "text/csv",
            "contentSize": "12 MB",
        },
    )
    key = key_from(NAME)
    assert found.records == [
        Dataset(
            key=key,
            titles=(Text("Ponds"),),
            descriptions=(Text("All ponds."),),
            publisher=Party("GB-LAE-XMP", "Exampleton Council"),
            licence=OGL,
            licence_stated="OGL",
            landing_page="https://data.exampleton.example/ponds.html",
            keywords=(Text("water"), Text("parks")),
            issued=date(2024, 1, 2),
            box=Box(Decimal("-2.5"), Decimal("53.25"), Decimal("-2"), Decimal("53.5")),
            began=date(2019, 1, 1),
            ended=date(2019, 12, 31),
            access="OPEN",
            identifiers=(NAME,),
        ),
        Link("dataset", key, NAME),
        Distribution(
            key=f"{key}-1",
            dataset=key,
            download_url="https://data.exampleton.example/ponds.csv",
            file_type="CSV",
            media_type="text/csv",
        ),
    ]
    assert found.issues == []


@pytest.mark.parametrize("prefix", ["http://schema.org/", "https://schema.org/", "schema:"])
def test_names_may_be_written_in_full(prefix: str) -> None:
    said = {
        "@type": [f"{prefix}Dataset"],
        "@id": NAME,
        f"{prefix}name": [{"@value": "Ponds"}],
        f"{prefix}license": OGL,
        f"{prefix}distribution": [
            {"@type": f"{prefix}DataDownload", f"{prefix}contentUrl": "https://x.example/p.csv"}
        ],
    }
    found = given(said)
    assert found.dataset.titles == (Text("Ponds"),)
    assert found.dataset.licence == OGL
    assert [each.download_url for each in found.distributions] == ["https://x.example/p.csv"]


def test_a_graph_holds_datasets_beside_other_things() -> None:
    page = {"@type": "WebPage", "name": "Home"}
    found = given({"@context": "http://schema.org/", "@graph": [page, PONDS]})
    assert [each.titles for each in found.datasets] == [(Text("Ponds"),)]
    assert found.issues == [Told("out-of-scope", "@type", "WebPage", NOTED)]
    assert given([PONDS, page]).datasets == found.datasets


def test_a_catalogue_lists_datasets() -> None:
    found = given({"@type": "DataCatalog", "dataset": [PONDS, {**PONDS, "@id": f"{NAME}2"}]})
    assert len(found.datasets) == 2


def test_a_person_is_not_loaded_as_publisher() -> None:
    found = ponds(creator={"@type": "Person", "name": "A. N. Other"})
    assert found.dataset.publisher is None
    assert found.issues == [Told("contact-of-a-person", "creator", None, WITHHELD)]
    assert "Other" not in " ".join(found.messages)


def test_what_has_no_name_or_cannot_be_told_apart_is_left_out() -> None:
    assert given({"@type": "Dataset", "@id": NAME}).issues == [
        Told("missing-value", "name", None, LEFT_OUT)
    ]
    assert given({"@type": "Dataset", "name": "Ponds"}).issues == [
        Told("missing-value", "@id", None, LEFT_OUT)
    ]


def test_places_and_periods_that_cannot_be_read_are_withheld() -> None:
    found = ponds(
        temporalCoverage="once",
        spatialCoverage=[{"geo": {"box": "far away"}}, {"name": "Exampleton"}],
    )
    assert {each.rule for each in found.issues} == {"bad-date", "bad-coordinates", "bad-code"}
    assert ponds(temporalCoverage="2019").dataset.ended == date(2019, 12, 31)
    assert ponds(spatialCoverage="E08000003").dataset.areas == ("E08000003",)


@pytest.mark.parametrize(
    ("stated", "language"),
    [
        ("cy", "cy"),
        ("en-GB", "en-GB"),
        ("", "en"),
        ("é", "en"),
        ("x", "en"),
        (None, "en"),
        (1, "en"),
    ],
)
def test_a_text_stays_in_the_language_that_is_stated(stated: object, language: str) -> None:
    found = ponds(
        name={"@value": "Pyllau", "@language": stated},
        description=[{"@value": "Pob pwll.", "@language": stated}],
    )
    dataset = found.records[0]
    assert isinstance(dataset, Dataset)
    assert dataset.titles == (Text("Pyllau", language),)
    assert dataset.descriptions == (Text("Pob pwll.", language),)
