"""Inventories in the ESD schema become datasets, one by one, with the renditions of resources."""

from datetime import date

import pytest

from loaders.errors import StructureError
from loaders.formats.catalogues.dataset_values import key_from
from loaders.formats.catalogues.esd_inventory import ESD_INVENTORY
from loaders.formats.reading.feed import Feed
from loaders.records import Dataset, Distribution, Party, Text
from tests.loaders.catalogues import LEFT_OUT, NOTED, WITHHELD, Catalogue, Told, catalogue

(FORMAT,) = ESD_INVENTORY
OGL = "http://www.nationalarchives.gov.uk/doc/open-government-licence/"
PUBLISHER = "http://opendatacommunities.example/id/exampleton"
AREA = "http://statistics.data.gov.uk/explore?URI=http://statistics.data.gov.uk/id/statistical-geography/E07000071"
FEED = Feed("given", None, {PUBLISHER: "GB-LAE-XMP"})
CSV = "https://data.exampleton.example/Ponds/CSV?version=25/05/2018"
API = "https://data.exampleton.example/api/ponds"


def rendition(address: str, media: str, availability: str, active: str = "True") -> str:
    return (
        f'<inv:Resource Type="Data" Active="True"><inv:Identifier>r</inv:Identifier>'
        f"<inv:Title>2015/16</inv:Title><inv:Renditions>"
        f'<inv:Rendition Active="{active}" Modified="2016-10-19">'
        f"<inv:Identifier>{address}</inv:Identifier><inv:MimeType>{media}</inv:MimeType>"
        f"<inv:Availability>{availability}</inv:Availability>"
        f"<inv:ConformsTo>https://data.exampleton.example/definition</inv:ConformsTo>"
        "</inv:Rendition></inv:Renditions></inv:Resource>"
    )


def dataset(inside: str = "", active: str = "True", name: str = "water/ponds") -> str:
    return (
        f'<inv:Dataset Active="{active}" Modified="2017-08-22">'
        f"<inv:Identifier>{name}</inv:Identifier><inv:Title>Ponds </inv:Title>"
        "<inv:Description>&lt;p&gt;Ponds&amp;nbsp;here&lt;/p&gt;&#xD;</inv:Description>"
        f"<inv:Rights>{OGL}</inv:Rights><inv:RightsHolder>Exampleton Council</inv:RightsHolder>"
        f"{inside}</inv:Dataset>"
    )


def inventory(*datasets: str) -> Catalogue:
    document = (
        '<?xml version="1.0"?><inv:Inventory xmlns:inv="http://schemas.esd.org.uk/inventory">'
        f"<inv:Metadata><inv:Publisher>{PUBLISHER}</inv:Publisher><inv:Coverage>"
        f"<inv:Spatial>{AREA}</inv:Spatial></inv:Coverage></inv:Metadata>"
        f"<inv:Datasets>{''.join(datasets)}</inv:Datasets></inv:Inventory>"
    )
    return catalogue(FORMAT, document, "inventory.xml", FEED)


def test_a_dataset_is_loaded_with_the_publisher_and_ground_of_the_inventory() -> None:
    inside = (
        "<inv:Subjects/><inv:Resources>"
        + rendition(CSV, "text/csv", "Download")
        + rendition(API, "text/xml", "Service")
        + rendition("https://x.example/old", "text/csv", "Download", "False")
        + "</inv:Resources>"
    )
    found = inventory(dataset(inside))
    key = key_from("water/ponds")
    assert found.records == [
        Dataset(
            key=key,
            titles=(Text("Ponds"),),
            descriptions=(Text("Ponds here"),),
            publisher=Party("GB-LAE-XMP", "Exampleton Council"),
            licence="https://www.nationalarchives.gov.uk/doc/open-government-licence/",
            modified=date(2017, 8, 22),
            areas=("E07000071",),
            identifiers=("water/ponds",),
        ),
        *(
            Distribution(
                key=f"{key}-{key_from(address)[:12]}",
                dataset=key,
                title=Text("2015/16"),
                access_url=None if is_file else address,
                download_url=address if is_file else None,
                file_type=file_type,
                media_type=media,
                modified=date(2016, 10, 19),
                conforms_to=("https://data.exampleton.example/definition",),
            )
            for address, is_file, file_type, media in (
                (CSV, True, "CSV", "text/csv"),
                (API, False, "XML", "text/xml"),
            )
        ),
    ]
    place = "Resources.Resource[3].Renditions.Rendition.Active"
    assert found.issues == [
        Told("out-of-scope", place, "False", WITHHELD),
        Told("html-in-text", "Description", None, NOTED),
    ]


def test_subjects_are_loaded_where_a_council_fills_them() -> None:
    inside = (
        "<inv:Subjects><inv:Subject><inv:Identifier>http://id.esd.org.uk/subject/1"
        "</inv:Identifier></inv:Subject><inv:Service>http://id.esd.org.uk/service/2</inv:Service>"
        "<inv:Service>http://id.esd.org.uk/service/3</inv:Service></inv:Subjects>"
    )
    assert inventory(dataset(inside)).dataset.subjects == (
        "http://id.esd.org.uk/subject/1",
        "http://id.esd.org.uk/service/2",
        "http://id.esd.org.uk/service/3",
    )


def test_what_is_not_active_is_left_out() -> None:
    found = inventory(dataset(active="False"), dataset(name="trees"))
    assert [each.key for each in found.datasets] == ["trees"]
    assert Told("out-of-scope", "Active", "False", LEFT_OUT) in found.issues


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("<Inventory/>", "the outermost element should be Inventory"),
        ("<inv:Inventory", "is not well-formed XML"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a/>', "has a document type declaration"),
        (
            '<i:Inventory xmlns:i="http://schemas.esd.org.uk/inventory">' + "<a>" * 40,
            "nested more than 32 deep",
        ),
    ],
)
def test_what_is_no_inventory_is_refused(document: str, message: str) -> None:
    with pytest.raises(StructureError, match=message):
        catalogue(FORMAT, document, "inventory.xml")
