"""Boxes and periods are read from the ways in which catalogues write them."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.formats.catalogues.extents import (
    Period,
    box_of,
    first_day,
    geojson_box,
    geometry_box,
    in_order,
    interval,
    last_day,
    wkt_box,
)
from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.records import Box
from tests.loaders.catalogues import rule_broken

BOX = Box(Decimal("-2.5"), Decimal("53.25"), Decimal("-2"), Decimal("53.75"))
RING = "[[[-2.5, 53.25], [-2, 53.25], [-2, 53.75], [-2.5, 53.75], [-2.5, 53.25]]]"
CRS84 = "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>"
EPSG = "<http://www.opengis.net/def/crs/EPSG/0/{}>"


@pytest.mark.parametrize(
    "cell",
    [
        f'{{"type": "Polygon", "coordinates": {RING}}}',
        f'{{"type": "MultiPolygon", "coordinates": [{RING}]}}',
        '{"type": "LineString", "coordinates": [[-2.5, 53.75, 11], [-2.0, 53.25, 12]]}',
        '{"type": "MultiPoint", "coordinates": [[-2.5, 53.25], [-200e-2, 5.375e1]]}',
    ],
)
def test_the_box_round_a_geometry_in_geojson(cell: str) -> None:
    assert geojson_box(cell) == BOX


@pytest.mark.parametrize(
    "cell",
    [
        "POLYGON((-2.5 53.25,-2 53.25,-2 53.75,-2.5 53.75,-2.5 53.25))",
        "POLYGON (( -2.5 53.25 , -2.0 53.25 ,\n -2 53.75 , -2.5 53.75 , -2.5 53.25 ))",
        "multipolygon(((-2.5 53.25,-2 53.25,-2 53.75)),((-2.5 53.75,-2 53.75,-2 53.5)))",
        f"{CRS84} LINESTRING(-2.5 53.25, -2 53.75)",
        f"{EPSG.format(4326)} POLYGON((53.25 -2.5, 53.25 -2, 53.75 -2, 53.75 -2.5, 53.25 -2.5))",
    ],
)
def test_the_box_round_a_geometry_in_well_known_text(cell: str) -> None:
    assert wkt_box(cell) == BOX


def test_a_geometry_that_was_read_already() -> None:
    pairs = [[Decimal("-2.5"), Decimal("53.25")], [-2, Decimal("53.75")]]
    assert geometry_box({"coordinates": pairs}) == BOX
    assert geometry_box({"coordinates": [[-3, 53], [-2, 54]]}) == Box(
        Decimal(-3), Decimal(53), Decimal(-2), Decimal(54)
    )


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "Exampleton",
        "[]",
        "{}",
        "null",
        '{"coordinates": []}',
        '{"coordinates": [1]}',
        '{"coordinates": [["-2.5", "53.25"], ["-2", "53.75"]]}',
        '{"coordinates": [[-2.5, 53.25]]}',
        '{"coordinates": [[-2.5, 53.25], [-2.5, 53.75]]}',
        '{"coordinates": [[-181, 53], [2, 54]]}',
        '{"coordinates": [[-2, 53], [2, 91]]}',
        '{"coordinates": [[384000, 398000], [385000, 399000]]}',
        '{"coordinates": [[NaN, 53], [2, 54]]}',
        '{"coordinates": [[1e999999, 53], [2, 54]]}',
        '{"coordinates": [[-Infinity, 53], [2, 54]]}',
        '{"coordinates": ' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"coordinates": [[' + "9" * 5000 + ", 53], [2, 54]]}",
    ],
)
def test_what_is_no_box_on_the_earth_in_geojson_is_refused(cell: str) -> None:
    with pytest.raises(Fault) as caught:
        geojson_box(cell)
    assert caught.value.rule == "bad-coordinates"


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "Exampleton",
        "POLYGON",
        "POLYGON EMPTY",
        "POLYGON(())",
        "POLYGON((a b, c d))",
        "POLYGON((1, 2, 3))",
        "POINT(-2.5 53.25)",
        "POLYGON((NaN 53, 2 54))",
        "POLYGON((-2 95, 2 96))",
        f"{EPSG.format(27700)} POLYGON((384000 398000, 385000 399000))",
        f"{EPSG.format(4283)} POLYGON((53.25 -2.5, 53.75 -2))",
    ],
)
def test_what_is_no_box_on_the_earth_in_well_known_text_is_refused(cell: str) -> None:
    with pytest.raises(Fault) as caught:
        wkt_box(cell)
    assert caught.value.rule == "bad-coordinates"


def test_a_tiny_number_asks_for_no_memory() -> None:
    box = geojson_box('{"coordinates": [[-1e-999999, 53], [2, 54]]}')
    assert box == Box(Decimal(0), Decimal(53), Decimal(2), Decimal(54))
    assert len(format(box.west, "f")) < 20


def sides(*values: object) -> Row:
    return Row(1, dict(zip(("w", "s", "e", "n"), values, strict=True)))


def test_a_box_of_four_sides() -> None:
    row = sides("-2.5", "53.25", Decimal("-2.0"), "53.75")
    assert box_of(row, "w", "s", "e", "n") == BOX
    assert row.withheld == []
    empty = sides("", None, "", "")
    assert box_of(empty, "w", "s", "e", "n") is None
    assert empty.withheld == []


@pytest.mark.parametrize(
    ("values", "rules"),
    [
        (("-2.5", "53.25", "-2", ""), ["bad-coordinates"]),
        (("-2.5", "53.25", "-2", "north"), ["bad-number", "bad-coordinates"]),
        (("-2", "53.25", "-2.5", "53.75"), ["bad-coordinates"]),
        (("-2.5", "53.25", "-2", "53.25"), ["bad-coordinates"]),
        (("-2.5", "53.25", "200", "53.75"), ["bad-coordinates", "bad-coordinates"]),
    ],
)
def test_a_box_with_a_faulty_side_is_withheld(values: tuple[str, ...], rules: list[str]) -> None:
    row = sides(*values)
    assert box_of(row, "w", "s", "e", "n") is None
    assert [each.rule for each in row.withheld] == rules


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("2012", date(2012, 1, 1), date(2012, 12, 31)),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29)),
        ("2013/02", date(2013, 2, 1), date(2013, 2, 28)),
        ("2012-02-03", date(2012, 2, 3), date(2012, 2, 3)),
        ("2012/02/03", date(2012, 2, 3), date(2012, 2, 3)),
        ("2012-02-03T23:30:00Z", date(2012, 2, 3), date(2012, 2, 3)),
        ("9999", date(9999, 1, 1), date(9999, 12, 31)),
    ],
)
def test_a_year_or_a_month_begins_and_ends_on_days(cell: str, first: date, last: date) -> None:
    assert first_day(cell) == first
    assert last_day(cell) == last


@pytest.mark.parametrize("cell", ["", "[]", "0000", "2012-13", "1/3/2012", "2012/2/3", "spring"])
def test_what_is_no_day_month_or_year_is_refused(cell: str) -> None:
    for read in (first_day, last_day):
        with pytest.raises(Fault) as caught:
            read(cell)
        assert caught.value.rule == "bad-date"


@pytest.mark.parametrize(
    ("cell", "period"),
    [
        ("2000-01-15/2000-01-20", (date(2000, 1, 15), date(2000, 1, 20))),
        ("2010-01/2010-03", (date(2010, 1, 1), date(2010, 3, 31))),
        ("2010/2010", (date(2010, 1, 1), date(2010, 12, 31))),
        ("2010/..", (date(2010, 1, 1), None)),
        ("/2010", (None, date(2010, 12, 31))),
    ],
)
def test_an_interval_has_a_first_and_a_last_day(cell: str, period: Period) -> None:
    assert interval(cell) == period


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("2010", "bad-date"),
        ("/", "bad-date"),
        ("2010/P1Y", "bad-date"),
        ("2010/2009", "dates-out-of-order"),
    ],
)
def test_what_is_no_interval_is_refused(cell: str, rule: str) -> None:
    with pytest.raises(Fault) as caught:
        interval(cell)
    assert caught.value.rule == rule


def test_a_period_that_ends_before_it_begins_is_withheld() -> None:
    row = Row(1, {})
    days = (date(2012, 1, 1), date(2012, 12, 31))
    assert in_order(row, "period", *days) == days
    assert in_order(row, "period", None, days[0]) == (None, days[0])
    assert row.withheld == []
    assert in_order(row, "period", days[1], days[0]) == (None, None)
    [fault] = row.withheld
    assert (fault.rule, fault.field) == ("dates-out-of-order", "period")


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
NESTED = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4), max_leaves=12)


@given(NESTED)
def test_any_coordinates_are_a_box_or_a_fault(coordinates: object) -> None:
    geometry = json.dumps({"coordinates": coordinates})
    assert rule_broken(geojson_box, geometry) in (None, "bad-coordinates")


@given(st.text(max_size=60) | st.from_regex(r"POLYGON\(\([-0-9., ()]*\)\)", fullmatch=True))
def test_any_text_is_a_box_or_a_fault(cell: str) -> None:
    for read in (wkt_box, geojson_box, interval):
        rules = (None, "bad-coordinates", "bad-date", "dates-out-of-order")
        assert rule_broken(read, cell) in rules
