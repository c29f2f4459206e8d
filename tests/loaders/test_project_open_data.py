"""Catalogues in Project Open Data's schema become datasets, USMART's own members with them."""

import json
from datetime import UTC, date, datetime

from loaders.formats.catalogues.project_open_data import PROJECT_OPEN_DATA
from loaders.records import Dataset, Distribution, Party, Text
from tests.loaders.catalogues import NOTED, WITHHELD, Catalogue, Told, catalogue

(FORMAT,) = PROJECT_OPEN_DATA
OGL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
GUID = "f3df8bdf-8305-4fef-af33-502488befec7"
NAME = f"https://data.exampleton.example/dataset:viewDiscovery?datasetGUID={GUID}"


def given(**members: object) -> Catalogue:
    item: dict[str, object] = {"identifier": "ponds", "title": "Ponds", **members}
    return catalogue(FORMAT, json.dumps({"@type": "dcat:Catalog", "dataset": [item]}))


def test_a_dataset_of_usmart_is_loaded_with_its_null_members() -> None:
    found = given(
        identifier=NAME,
        description="All ponds.",
        accessLevel="public",
        licence=OGL.replace("https://www", "http://www"),
        contactPoint={"@type": "vcard:Contact", "fn": "A. Person", "email": "a@x.example"},
        publisher={"name": "https://usmart.example/org/exampleton"},
        issued="2020-04-03T14:53:09.123Z",
        accrualPeriodicity="Continous",
        conformsTo=None,
        boundingBoxEast=None,
        temporalCoverageStart="2019",
        temporalCoverageEnd="2020-06",
        theme=["Transport / Mobility"],
        keyword=["Water"],
        distribution=[
            {"accessURL": "https://x.example/api", "mediaType": "text/csv", "title": "API"},
            {"accessURL": "x y", "title": "Broken"},
            {"title": "Nowhere"},
        ],
    )
    assert found.records == [
        Dataset(
            key=GUID,
            titles=(Text("Ponds"),),
            descriptions=(Text("All ponds."),),
            publisher=Party(None, "https://usmart.example/org/exampleton"),
            licence=OGL,
            keywords=(Text("Water"),),
            issued=datetime(2020, 4, 3, 14, 53, 9, 123000, tzinfo=UTC),
            frequency="continuous",
            began=date(2019, 1, 1),
            ended=date(2020, 6, 30),
            access="OPEN",
            identifiers=(NAME,),
        ),
        Distribution(
            key=f"{GUID}-1",
            dataset=GUID,
            title=Text("API"),
            access_url="https://x.example/api",
            file_type="CSV",
            media_type="text/csv",
        ),
    ]
    assert sorted(found.issues) == sorted(
        [
            Told("contact-of-a-person", "contactPoint.fn", None, WITHHELD),
            Told("unknown-category", "theme", "Transport / Mobility", WITHHELD),
            Told("bad-web-address", "distribution[2].accessURL", "x y", WITHHELD),
            Told("missing-value", "distribution[3].accessURL", None, WITHHELD),
            Told(
                "unknown-organisation",
                "publisher.name",
                "https://usmart.example/org/exampleton",
                NOTED,
            ),
        ]
    )


def test_a_federal_record_states_its_period_box_and_access_in_other_ways() -> None:
    dataset = given(
        accessLevel="restricted public",
        license="https://creativecommons.org/publicdomain/zero/1.0/",
        temporal="2019-01-01/2019-12-31",
        spatial="-2.5, 53.25, -2, 53.5",
        accrualPeriodicity="R/P1Y",
        describedBy="https://x.example/dictionary",
        references=["https://x.example/a"],
    ).dataset
    assert (dataset.access, dataset.frequency) == ("RESTRICTED", "annual")
    assert (dataset.began, dataset.ended) == (date(2019, 1, 1), date(2019, 12, 31))
    assert dataset.box
    assert [float(each) for each in dataset.box] == [-2.5, 53.25, -2, 53.5]
    assert dataset.documentation == ("https://x.example/dictionary", "https://x.example/a")


def test_a_place_in_words_is_not_guessed() -> None:
    found = given(spatial="Exampleton")
    assert found.dataset.box is None
    assert found.issues == [Told("unknown-area", "spatial", "Exampleton", WITHHELD)]


def test_a_dataset_without_identifier_is_left_out() -> None:
    assert given(identifier=None).rules() == ["missing-value"]
    assert catalogue(FORMAT, json.dumps({"dataset": []})).records == []
