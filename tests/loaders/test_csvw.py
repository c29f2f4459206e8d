"""Metadata of tables on the web become datasets whose distributions lead to their schema."""

import json

import pytest

from loaders.errors import StructureError
from loaders.formats.catalogues.csvw import CSVW
from loaders.records import Dataset, Distribution, Party, Text
from tests.loaders.catalogues import LEFT_OUT, NOTED, WITHHELD, Catalogue, Told, catalogue

(FORMAT,) = CSVW
OGL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
TABLE = "https://data.exampleton.example/ponds.csv"
COLUMNS = {"columns": [{"titles": "name", "dc:description": "What it is called"}]}


def given(**members: object) -> Catalogue:
    said = {name.replace("__", ":"): value for name, value in members.items()}
    return catalogue(FORMAT, json.dumps({"@context": "http://www.w3.org/ns/csvw", **said}))


@pytest.mark.parametrize(
    ("stated", "language"), [("cy-GB", "cy-GB"), ("é", "en"), ("abcdefghijk", "en"), (["cy"], "en")]
)
def test_a_language_that_is_none_is_not_written(stated: object, language: str) -> None:
    found = given(url=TABLE, dc__title={"@value": "Pyllau", "@language": stated})
    dataset = found.records[0]
    assert isinstance(dataset, Dataset)
    assert dataset.titles == (Text("Pyllau", language),)


def test_a_table_is_a_distribution_that_follows_its_schema() -> None:
    found = given(
        url=TABLE,
        dc__title={"@value": "Pyllau", "@language": "cy"},
        dc__description="All ponds.",
        dc__license=OGL,
        dc__publisher={"schema:name": "Exampleton Council"},
        tableSchema=COLUMNS,
    )
    assert found.records == [
        Dataset(
            key="ponds.csv",
            titles=(Text("Pyllau", "cy"),),
            descriptions=(Text("All ponds."),),
            publisher=Party(None, "Exampleton Council"),
            licence=OGL,
        ),
        Distribution(
            key="ponds.csv-1",
            dataset="ponds.csv",
            download_url=TABLE,
            file_type="CSV",
            media_type="text/csv",
            conforms_to=(f"{TABLE}-metadata.json",),
        ),
    ]
    assert found.issues == [
        Told("unknown-organisation", "dc:publisher", "Exampleton Council", NOTED)
    ]


@pytest.mark.parametrize(
    "schema", ["https://x.example/s.json", {"@id": "https://x.example/s.json"}]
)
def test_a_schema_of_its_own_goes_before_the_document(schema: object) -> None:
    [distribution] = given(url=TABLE, tableSchema=schema).distributions
    assert distribution.conforms_to == ("https://x.example/s.json",)


def test_a_table_whose_address_is_relative_has_no_distribution() -> None:
    found = given(url="ponds.csv", tableSchema=COLUMNS)
    assert found.records == [Dataset(key="ponds.csv", titles=(Text("ponds.csv"),))]
    assert found.issues == [
        Told("bad-web-address", "url", "ponds.csv", WITHHELD),
        Told("missing-value", "dc:title", None, NOTED),
    ]


def test_the_tables_of_a_group_are_distributions_of_one_dataset() -> None:
    found = given(
        **{"@id": "https://x.example/group"},
        schema__name="Ponds",
        tables=[{"url": TABLE}, {"url": "https://x.example/b.csv"}, {}],
    )
    assert len(found.datasets) == 1
    assert [each.download_url for each in found.distributions] == [TABLE, "https://x.example/b.csv"]


def test_a_schema_alone_is_left_out() -> None:
    found = given(columns=[{"name": "ref"}], primaryKey="ref")
    assert found.issues == [Told("out-of-scope", "url", None, LEFT_OUT)]


@pytest.mark.parametrize("broken", ['{"url": "a.csv",}', '{"url": "a "quoted" name.csv"}'])
def test_what_is_no_json_is_refused(broken: str) -> None:
    with pytest.raises(StructureError, match="is not well-formed JSON"):
        catalogue(FORMAT, broken)
