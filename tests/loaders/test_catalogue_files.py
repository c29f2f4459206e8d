"""Publishers' real catalogues: exactly what becomes of each. The files are not shipped."""

from collections import Counter
from pathlib import Path

import pytest

from loaders.errors import StructureError
from loaders.formats import find_format
from loaders.formats.reading.content import Content
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.source import declared_sources
from tests.loaders.catalogues import DATA

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.exists(), reason="the publishers' own files are not here"),
]
# Of each file: how many records of each class there are, and how many items are left out.
EXPECTED: list[tuple[str, str, dict[str, int], int]] = [
    ("moray-hub", "arcgis-hub/search-v3/moray.json", {"Dataset": 20, "Distribution": 20}, 0),
    (
        "cycling-scotland",
        "usmart-pod/Cycling Scotland.json",
        {"Dataset": 91, "Distribution": 299},
        0,
    ),
    (
        "colchester-inventory",
        "esd-inventory/colchester-inventory.xml",
        {"Dataset": 75, "Distribution": 603},
        4,
    ),
    ("uk-api-catalogue", "api-catalogue/catalogue.csv", {"DataService": 231}, 0),
    ("deri-sources", "gm-deri/Indicator data sources.csv", {"Dataset": 16}, 0),
    ("uk-data-standards", "standards-catalogue/UPRN/index.html.md", {"Standard": 1}, 0),
    (
        "trafford-table-metadata",
        "trafford-csvw/transparency_code/pay_multiple/pay_multiple.csv-metadata.json",
        {"Dataset": 1, "Distribution": 1},
        0,
    ),
    (
        "mysociety-data-package",
        "../organisations/mysociety/datapackage.yaml",
        {"Dataset": 1},
        0,
    ),
]


@pytest.mark.parametrize(("source", "place", "records", "left_out"), EXPECTED)
def test_real_files_become_exactly_these_records(
    source: str, place: str, records: dict[str, int], left_out: int
) -> None:
    declared = declared_sources()[source]
    path = (DATA / place).resolve()
    names = {path.name, f"{path.parent.name}.md"}  # a page of the catalogue is named by its folder
    file = next(each for each in declared.files if each.name in names)
    feed = Feed(source, declared.holder, declared.organisations)
    found: Counter[str] = Counter()
    refused = 0
    for row in file.format.layout.read(Content(path.name, path)):
        assert isinstance(row, Row)
        try:
            found.update(type(each).__name__ for each in file.format.interpret(row, feed))
        except Fault:
            refused += 1
    assert (found, refused) == (records, left_out)


def test_four_of_trafford_s_documents_are_no_json() -> None:
    refused = []
    layout = find_format("csvw-metadata").layout
    files = sorted((DATA / "trafford-csvw").rglob("*metadata.json"))
    for path in files:
        try:
            assert len(list(layout.read(Content(path.name, Path(path))))) == 1
        except StructureError as error:
            refused.append((path.parent.name, type(error).__name__))
    assert len(files) == 26
    assert refused == [
        ("government_procurement_card_transactions", "StructureError"),
        ("local_authority_land", "StructureError"),
        ("senior_salaries", "StructureError"),
        ("supplier_spend", "StructureError"),
    ]
