"""Lists of an index's sources: indicators become datasets that were derived from others."""

from datetime import date

import pytest

from loaders.formats.catalogues.source_lists import SOURCE_LISTS, covered, released_on
from loaders.mappings import map_record
from loaders.records import Dataset, Party, Text
from ontology.vocab import PROV
from tests.loaders.catalogues import WITHHELD, Told, catalogue, rule_broken
from tests.loaders.conftest import BASE, MINT

(FORMAT,) = SOURCE_LISTS
EARLIER = (
    "Indicator,Geographical area,Dataset source,Date of data,Release date,Organisation,Source URL"
)
LATER = (
    "Indicator name,Geographic coverage,Dataset name,Data producer,URL link,Data released,"
    "Data covered,Data accessed,Notes"
)
PAGE = "https://statistics.exampleton.example/census"


@pytest.mark.parametrize(
    "document",
    [
        f"{EARLIER}\nAged 65,England,Census,21st March 2021,23rd January 2023,Office,{PAGE}\n",
        f"{LATER}\nAged 65,England,Census,Office,{PAGE},23rd January 2023,21st March 2021,,Sums\n",
    ],
)
def test_both_layouts_say_the_same(document: str) -> None:
    source, indicator = catalogue(FORMAT, document, "list.csv").datasets
    assert source == Dataset(
        key=source.key,
        titles=(Text("Census"),),
        publisher=Party(None, "Office"),
        landing_page=PAGE,
        issued=date(2023, 1, 23),
        began=date(2021, 3, 21),
        ended=date(2021, 3, 21),
    )
    assert indicator == Dataset(
        key="indicator-aged-65",
        titles=(Text("Aged 65"),),
        derived_from=(source.key,),
        is_mention=True,
    )
    derived = [
        (quad.subject, quad.object)
        for quad in map_record(indicator, MINT, "given")
        if quad.predicate == PROV.wasDerivedFrom
    ]
    assert derived == [
        (f"{BASE}id/dataset/given/indicator-aged-65", f"{BASE}id/dataset/given/{source.key}")
    ]


def test_one_dataset_of_several_indicators_is_one() -> None:
    rows = "".join(f"\n{name},,Census,2011,,Office,{PAGE}" for name in ("A", "B"))
    found = catalogue(FORMAT, EARLIER + rows, "list.csv").datasets
    assert found[0] == found[2]
    assert [each.key for each in (found[1], found[3])] == ["indicator-a", "indicator-b"]


def test_days_of_spreadsheets_are_read_and_vague_ones_withheld() -> None:
    assert released_on("9th September 2020") == released_on("9-Sep-20") == date(2020, 9, 9)
    assert covered("2019") == (date(2019, 1, 1), date(2019, 12, 31))
    assert covered("May-22") == (date(2022, 5, 1), date(2022, 5, 31))
    for cell in ("Various: 2011 - 2018", "31st February 2020", "9th Septober 2020"):
        assert rule_broken(released_on, cell) == "bad-date"
    row = f"\nA,,Census,Various: 2011 - 2018,,Office,{PAGE}"
    found = catalogue(FORMAT, EARLIER + row, "list.csv")
    assert Told("bad-date", "Covered", "Various: 2011 - 2018", WITHHELD) in found.issues
