"""Data packages become datasets, in JSON and in YAML."""

import json

import pytest

from loaders.formats.catalogues.data_package import DATA_PACKAGE
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.records import Dataset, Distribution, Party, Text
from tests.loaders.catalogues import WITHHELD, Catalogue, Told, catalogue

CC_BY = "https://creativecommons.org/licenses/by/4.0/"
FEED = Feed("given", None, {"Exampleton Council": "GB-LAE-XMP"})
every = pytest.mark.parametrize("format_", DATA_PACKAGE)


def given(format_: Format, **members: object) -> Catalogue:
    """JSON is YAML."""
    return catalogue(format_, json.dumps(members), feed=FEED)


@every
def test_a_package_and_its_resources_are_loaded(format_: Format) -> None:
    found = given(
        format_,
        name="ponds",
        title="Ponds",
        description="All ponds.",
        version="1.10",
        keywords=["Water"],
        licenses=[{"name": "CC-BY-4.0", "path": CC_BY}],
        contributors=[{"title": "Exampleton Council", "role": "author"}],
        resources=[
            {
                "name": "list",
                "path": "https://x.example/list.csv",
                "format": "csv",
                "bytes": "12",
                "schema": "https://x.example/schema.json",
            },
            {"name": "beside", "path": "data/list.csv"},
            {"name": "several", "path": ["a.csv", "b.csv"]},
        ],
    )
    assert found.records == [
        Dataset(
            key="ponds",
            titles=(Text("Ponds"),),
            descriptions=(Text("All ponds."),),
            publisher=Party("GB-LAE-XMP", "Exampleton Council"),
            licence=CC_BY,
            licence_stated="CC-BY-4.0",
            keywords=(Text("Water"),),
            version="1.10",
        ),
        Distribution(
            key="ponds-1",
            dataset="ponds",
            title=Text("list"),
            download_url="https://x.example/list.csv",
            file_type="CSV",
            media_type="text/csv",
            byte_size=12,
            conforms_to=("https://x.example/schema.json",),
        ),
    ]
    assert found.issues == [
        Told("bad-web-address", "resources[2].path", "data/list.csv", WITHHELD),
        Told("unexpected-structure", "resources[3].path", None, WITHHELD),
    ]


@every
def test_contributors_who_may_be_persons_are_not_loaded(format_: Format) -> None:
    found = given(format_, name="ponds", title="P", contributors=[{"title": "A. N. Other"}])
    assert found.dataset.publisher is None
    assert found.issues == [Told("contact-of-a-person", "contributors", None, WITHHELD)]


@every
def test_a_package_without_a_name_is_left_out(format_: Format) -> None:
    assert given(format_, title="Ponds").rules() == ["missing-value"]
    found = given(format_, name="ponds")
    assert (found.dataset.titles, found.rules()) == ((Text("ponds"),), ["missing-value"])
