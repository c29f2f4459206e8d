"""A row of a list of venues becomes a service, the place where it is had, and who gives it."""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.errors import StructureError
from loaders.formats import find_format
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.records import (
    Channel,
    Contact,
    Hours,
    Identifier,
    Organisation,
    Party,
    Place,
    Record,
    Service,
)
from tests.loaders.conftest import interpret

DATA = Path(__file__).parents[2].parent / "shared/data"
CSV, GEOJSON, PREMISES = "venues-csv", "venues-geojson", "premises-csv"
LIBRARY = {
    "name": "Exampleton Library",
    "address": "Library House, 1 Book Street, Exampleton",
    "postcode": "M99 9ZZ",
    "type": "Local authority run library",
    "email": "library@exampleton.example",
    "website": "https://exampleton.example/library",
    "telephone": "0161 496 0000",
    "area_code": "E08999901",
    "lon": "-2.5",
    "lat": "53.5",
}
KEY = "exampleton-library-m99-9zz"


def records(
    cells: Mapping[str, object], format_: str = CSV, feed: Feed | None = None
) -> tuple[tuple[Record, ...], Row]:
    row = Row(2, cells)
    return find_format(format_).interpret(row, feed or Feed("given")), row


def withheld(**cells: str) -> list[tuple[str, str | None]]:
    _, row = records({**LIBRARY, **cells})
    return [(each.rule, each.field) for each in row.withheld]


def test_a_library() -> None:
    found, row = records(dict(LIBRARY))
    assert (row.withheld, row.noted) == ([], [])
    assert found == (
        Service(
            key=KEY,
            name="Exampleton Library",
            description="Local authority run library",
            areas=("E08999901",),
            channels=(Channel("https://exampleton.example/library"),),
            contacts=(Contact(None, "0161 496 0000", "library@exampleton.example"),),
            locations=(KEY,),
        ),
        Place(
            key=KEY,
            name="Exampleton Library",
            address=("Library House", "1 Book Street", "Exampleton"),
            postcode="M99 9ZZ",
            latitude=Decimal("53.5"),
            longitude=Decimal("-2.5"),
            within="E08999901",
        ),
    )


def test_a_pharmacy_is_an_organisation_by_its_ods_code_and_open_by_day() -> None:
    days = dict.fromkeys(
        (f"opening_hours_{day}" for day in ("monday", "tuesday")), "08:30-13:00,14:00-17:30"
    )
    cells = {
        "name": "Exampleton Pharmacy",
        "postcode": "M99 9ZZ",
        "organisation_data_service_code": "FZZ99",
        "ward_code": "E05999901",
        "la_code": "E08999901",
        **days,
        "opening_hours_saturday": "08:30-13:00",
        "opening_hours_sunday": "CLOSED",
    }
    (service, place, *bodies), row = records(cells)
    assert row.withheld == []
    assert isinstance(service, Service)
    assert isinstance(place, Place)
    assert service.provider == Party("GB-NHS-FZZ99", "Exampleton Pharmacy")
    assert service.areas == ("E08999901",)
    assert service.hours == (
        Hours(("Monday", "Tuesday", "Saturday"), time(8, 30), time(13)),
        Hours(("Monday", "Tuesday"), time(14), time(17, 30)),
    )
    assert (place.key, place.within) == ("FZZ99", "E05999901")
    assert bodies == [
        Organisation("GB-NHS-FZZ99", "Exampleton Pharmacy", is_mention=True),
        Identifier("organisation", "GB-NHS-FZZ99", "ods", "FZZ99"),
    ]


def test_a_school_is_an_organisation_by_its_urn_and_its_rating_is_not_loaded() -> None:
    cells = {"name": "Exampleton School", "unique_reference_number": "999999", "ofsted_rating": "X"}
    (service, place, body), _ = records(cells)
    assert isinstance(service, Service)
    assert isinstance(place, Place)
    assert (service.key, place.key) == ("999999", "999999")
    assert body == Organisation("GB-EDU-999999", "Exampleton School", is_mention=True)
    assert service.description is None


def test_a_care_home_is_known_by_its_code_and_its_provider_by_what_the_source_declares() -> None:
    cells = {"name": "Exampleton House", "cqc_id": "1-999999999", "provider": "Exampleton Care"}
    feed = Feed("given", organisations={"Exampleton Care": "GB-COH-99999999"})
    (service, place), _ = records(cells, feed=feed)
    assert isinstance(service, Service)
    assert service.provider == Party("GB-COH-99999999", "Exampleton Care")
    assert isinstance(place, Place)
    assert place.key == "1-999999999"


def test_premises_are_a_place_and_no_service() -> None:
    cells = {**LIBRARY, "activity": "Adult Gaming Centre"}
    (place,), _ = records(cells, PREMISES)
    assert isinstance(place, Place)
    assert (place.description, place.is_mention) == ("Adult Gaming Centre", True)


@pytest.mark.parametrize(
    ("column", "cell", "rule"),
    [
        ("area_code", "E0899901", "bad-code"),
        ("telephone", "1614960000", "number-as-decimal"),
        ("website", "www.exampleton.example", "bad-web-address"),
        ("email", "ann.other@exampleton.example", "contact-of-a-person"),
        ("lon", "200", "bad-coordinates"),
        ("opening_hours_monday", "09:00", "bad-time"),
        ("opening_hours_monday", "09:00-08:00", "dates-out-of-order"),
        ("opening_hours_monday", "09:00-25:00", "bad-time"),
    ],
)
def test_a_value_that_is_not_sound_is_withheld(column: str, cell: str, rule: str) -> None:
    assert withheld(**{column: cell}) == [(rule, column)]


def test_coordinates_that_have_changed_places_are_withheld() -> None:
    assert withheld(lon="53.5", lat="-2.5") == [("bad-coordinates", "lat")]


def test_na_is_nothing() -> None:
    assert withheld(**dict.fromkeys(("email", "website", "address", "telephone"), "NA")) == []


@pytest.mark.parametrize(
    ("cells", "rule", "field"),
    [
        ({"name": ""}, "missing-value", "name"),
        ({"postcode": "NA"}, "missing-value", "postcode"),
        (
            {"organisation_data_service_code": "fzz-99"},
            "bad-code",
            "organisation_data_service_code",
        ),
        ({"unique_reference_number": "106167.0"}, "bad-code", "unique_reference_number"),
        ({"cqc_id": "X"}, "bad-code", "cqc_id"),
    ],
)
def test_a_venue_that_cannot_be_known_again_is_left_out(
    cells: Mapping[str, object], rule: str, field: str
) -> None:
    with pytest.raises(Fault) as raised:
        records({**LIBRARY, **cells})
    assert (raised.value.rule, raised.value.field) == (rule, field)


def test_a_point_of_geojson_has_its_longitude_first() -> None:
    properties = {name: cell for name, cell in LIBRARY.items() if name not in ("lon", "lat")}
    geometry = {"type": "Point", "coordinates": [-2.5, 53.5]}
    feature = {"type": "Feature", "properties": properties, "geometry": geometry}
    content = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    header = ",".join(LIBRARY)
    row = ",".join(f'"{cell}"' for cell in LIBRARY.values())
    same = interpret(CSV, f"{header}\n{row}\n".encode())
    assert set(interpret(GEOJSON, content).quads) == set(same.quads)
    assert same.issues == []


@pytest.mark.parametrize(
    "feature", [{"geometry": None}, {"properties": []}, 7, {"properties": {"name": "X"}}]
)
def test_a_feature_that_is_no_venue_is_left_out(feature: object) -> None:
    loading = interpret(GEOJSON, json.dumps({"features": [feature]}).encode())
    assert loading.quads == []
    assert loading.tally.records_left_out == 1


def test_headings_of_other_lists_are_understood() -> None:
    loading = interpret(CSV, b"pharmacy_name,postcode,Area code\nX,M99 9ZZ,E08999901\n")
    assert loading.issues == []


@given(st.binary(max_size=200))
@pytest.mark.parametrize("format_", [CSV, GEOJSON])
def test_no_bytes_make_a_reader_crash(format_: str, content: bytes) -> None:
    try:
        interpret(format_, content)
    except StructureError:
        return


GM, LAB = "services/gm", "organisations/trafforddatalab"
REAL = (
    (f"{GM}/gm_dentists.csv", CSV, 539, 519, 9201),
    (f"{GM}/gm_gambling_premises.csv", PREMISES, 415, 414, 6005),
    (f"{GM}/gm_jobcentreplus.csv", CSV, 26, 26, 518),
    (f"{GM}/gm_libraries.csv", CSV, 141, 141, 3467),
    (f"{GM}/gm_pharmacies.csv", CSV, 631, 631, 25975),
    (f"{GM}/gm_probation_offices.csv", CSV, 12, 12, 309),
    (f"{GM}/libraries_bolton.csv", CSV, 15, 15, 279),
    (f"{GM}/libraries_bury.csv", CSV, 14, 14, 196),
    (f"{GM}/libraries_manchester.csv", CSV, 22, 22, 380),
    (f"{GM}/libraries_oldham.csv", CSV, 12, 12, 240),
    (f"{GM}/libraries_salford.csv", CSV, 16, 16, 320),
    (f"{GM}/libraries_stockport.csv", CSV, 15, 15, 255),
    (f"{GM}/libraries_tameside.csv", CSV, 10, 10, 188),
    (f"{GM}/libraries_trafford.csv", CSV, 12, 12, 204),
    (f"{GM}/trafford_childrens_centres.csv", CSV, 2, 2, 48),
    (f"{GM}/trafford_community_hubs.csv", CSV, 6, 6, 154),
    (f"{GM}/trafford_leisure_centres.csv", CSV, 9, 9, 243),
    (f"{GM}/trafford_mental_health_services.csv", CSV, 60, 59, 1180),
    (f"{GM}/libraries.geojson", GEOJSON, 13, 13, 293),
    (f"{LAB}/trafford_care_homes.csv", CSV, 56, 56, 1098),
    (f"{LAB}/trafford_general_practices.csv", CSV, 26, 26, 494),
    (f"{LAB}/trafford_schools_and_colleges.csv", CSV, 103, 103, 2359),
)


@pytest.mark.real_data
@pytest.mark.skipif(not DATA.exists(), reason="the publishers' own files are not here")
@pytest.mark.parametrize(("place", "format_", "venues", "loaded", "stated"), REAL)
def test_a_publishers_own_file(
    place: str, format_: str, venues: int, loaded: int, stated: int
) -> None:
    loading = interpret(format_, (DATA / place).read_bytes())
    assert (loading.tally.records_in, loading.tally.records_loaded) == (venues, loaded)
    assert len(loading.lines) == stated


@pytest.mark.real_data
@pytest.mark.skipif(not DATA.exists(), reason="the publishers' own files are not here")
def test_what_is_wrong_with_the_list_of_dentists() -> None:
    loading = interpret(CSV, (DATA / GM / "gm_dentists.csv").read_bytes())
    assert Counter((each.rule, each.effect.value) for each in loading.issues) == {
        ("number-as-decimal", "value withheld"): 478,
        ("bad-code", "value withheld"): 487,
        ("duplicate-key", "record left out"): 20,
        ("number-as-decimal", "record left out"): 18,
        ("bad-code", "record left out"): 14,
        ("repeated-record", "noted"): 13,
        ("shared-identifier", "value withheld"): 6,
    }
