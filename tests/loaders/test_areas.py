"""Boundaries become well-known text, and lists and lookups of codes become areas."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from loaders.errors import StructureError
from loaders.formats import find_format
from loaders.formats.areas.rings import MOST_POSITIONS
from loaders.formats.reading.content import Content
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.issues import Effect
from loaders.records import Area, Boundary, Record
from tests.loaders.conftest import graph_of, interpret, turtle

DATA = Path(__file__).parents[2].parent / "shared/data/organisations"
BOUNDARIES, LOOKUP = "area-boundaries-geojson", "ons-area-lookup"
RING = [[-2.2, 53.4], [-2.1, 53.4], [-2.1, 53.5], [-2.2, 53.4]]
HOLE = [[-2.15, 53.43], [-2.12, 53.45], [-2.12, 53.43], [-2.15, 53.43]]
OUTER = "(-2.2 53.4, -2.1 53.4, -2.1 53.5, -2.2 53.4)"


def collection(geometry: object, **properties: object) -> bytes:
    told = properties or {"area_code": "E08999901", "area_name": "Exampleford"}
    feature = {"type": "Feature", "properties": told, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def polygon(*rings: object) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": list(rings)}


def records(tmp_path: Path, format_: str, name: str, content: bytes) -> list[tuple[Record, ...]]:
    place = tmp_path / "given"
    place.write_bytes(content)
    found = find_format(format_)
    return [
        found.interpret(row, Feed("given"))
        for row in found.layout.read(Content(name, place))
        if isinstance(row, Row)
    ]


def boundary(tmp_path: Path, geometry: object, name: str = "a.geojson") -> Boundary | None:
    [(area, *_)] = records(tmp_path, BOUNDARIES, name, collection(geometry))
    assert isinstance(area, Area)
    return area.boundary


def test_a_boundary_with_its_year_and_how_simple_it_is() -> None:
    loading = interpret(
        BOUNDARIES, collection(polygon(RING), WD23CD="E05999901", WD23NM="Exampleton Green")
    )
    node = "https://data.greatermanchester.example/.well-known/genid/given/area/E05999901/boundary"
    assert loading.issues == []
    assert isomorphic(
        graph_of(loading.quads),
        turtle(
            f"""
        <id/area/E05999901> a gm:Area, geo:Feature, dct:Location ;
            dct:identifier "E05999901" ; gm:gssCode "E05999901" ;
            skos:prefLabel "Exampleton Green"@en ; dct:type area-type:ward ;
            dct:valid "2023"^^xsd:gYear ; geo:hasGeometry <{node}> .
        <{node}> a geo:Geometry ; dct:valid "2023"^^xsd:gYear ;
            geo:asWKT "POLYGON({OUTER})"^^geo:wktLiteral .
        """
        ),
    )


@pytest.mark.parametrize(
    ("name", "year", "detail"),
    [
        ("gm_wards_2023_super_generalised.geojson", 2023, "super generalised"),
        ("Wards_(May_2024)_Boundaries_UK_BGC.geojson", 2024, "generalised"),
        ("wards_2019_BFC.geojson", 2019, "full resolution"),
        ("wards_2011_to_2019_ultra_generalised.geojson", None, "ultra generalised"),
        ("wards.geojson", None, None),
    ],
)
def test_the_name_of_a_file_tells_the_year_and_how_far_it_is_simplified(
    tmp_path: Path, name: str, year: int | None, detail: str | None
) -> None:
    found = boundary(tmp_path, polygon(RING), name)
    assert found == Boundary(f"POLYGON({OUTER})", year, detail)


def test_rings_are_turned_as_the_standard_has_them(tmp_path: Path) -> None:
    right = boundary(tmp_path, polygon(RING, HOLE))
    assert right is not None
    assert right.wkt == (f"POLYGON({OUTER}, (-2.15 53.43, -2.12 53.45, -2.12 53.43, -2.15 53.43))")
    assert boundary(tmp_path, polygon(RING[::-1], HOLE[::-1])) == right


def test_several_polygons_are_one_geometry(tmp_path: Path) -> None:
    two = {"type": "MultiPolygon", "coordinates": [[RING], [RING]]}
    assert boundary(tmp_path, two) == Boundary(f"MULTIPOLYGON(({OUTER}), ({OUTER}))")


def test_positions_are_rounded_to_a_tenth_of_a_metre_and_lose_their_height(tmp_path: Path) -> None:
    ring = [[-2.20000004, 53.4, 9], [0, 53.4], [-0.0000001, 53.5, 7], [-2.20000004, 53.4, 9]]
    assert boundary(tmp_path, polygon(ring)) == Boundary(
        "POLYGON((-2.2 53.4, 0 53.4, 0 53.5, -2.2 53.4))"
    )


@pytest.mark.parametrize(
    ("geometry", "rule", "words"),
    [
        (None, "missing-value", "has no geometry"),
        ({"type": "Point", "coordinates": [-2, 53]}, "unexpected-structure", "a Polygon or"),
        (polygon(), "unexpected-structure", "a polygon has no ring"),
        ({"type": "MultiPolygon", "coordinates": []}, "unexpected-structure", "has no polygon"),
        (polygon(RING[:-1]), "unexpected-structure", "3 positions"),
        (polygon([*RING[:-1], [-2.2, 53.41]]), "unexpected-structure", "end where it begins"),
        (polygon([RING[0]] * 5), "unexpected-structure", "no ground"),
        (
            polygon([[-2.2, 53.4], [-2.1, 53.4], [-2.0, 53.4], [-2.2, 53.4]]),
            "unexpected-structure",
            "no ground",
        ),
        (polygon([["-2.2", "53.4"]] * 4), "unexpected-structure", "longitude and a latitude"),
        (polygon([[True, 53.4]] * 4), "unexpected-structure", "longitude and a latitude"),
        (polygon([[-2.2]] * 4), "unexpected-structure", "longitude and a latitude"),
        (polygon(7), "unexpected-structure", "lists of positions"),
        (polygon([[y, x] for x, y in RING]), "bad-coordinates", "not in the United Kingdom"),
        (polygon([[384000, 398000]] * 4), "bad-coordinates", "not in the United Kingdom"),
        (polygon([RING[0]] * (MOST_POSITIONS + 1)), "out-of-scope", "give a generalised one"),
    ],
)
def test_a_boundary_that_is_none_is_withheld_and_the_area_stays(
    geometry: object, rule: str, words: str
) -> None:
    loading = interpret(BOUNDARIES, collection(geometry))
    [issue] = loading.issues
    assert (issue.rule, issue.effect, issue.row) == (rule, Effect.WITHHELD, 1)
    assert words in issue.message
    assert not [each for each in loading.quads if "geosparql#asWKT" in each.predicate]
    assert [each for each in loading.quads if each.predicate.endswith("prefLabel")]


@pytest.mark.parametrize("code", ["E0800009", "e08000009", "", None])
def test_a_feature_without_a_sound_code_is_left_out(code: str | None) -> None:
    loading = interpret(BOUNDARIES, collection(polygon(RING), area_code=code, area_name="X"))
    assert loading.quads == []
    assert [each.effect for each in loading.issues] == [Effect.LEFT_OUT]


def test_an_area_of_a_lookup_lies_within_the_next_that_it_nests_in(tmp_path: Path) -> None:
    content = b"OA21CD,LSOA21CD,lsoa21nm,lad22cd\nE00999901,E01999901,Exampleford 001A,E08999901\n"
    assert records(tmp_path, LOOKUP, "a.csv", content) == [
        (
            Area("E00999901", None, "output-area", "E01999901", year=2021),
            Area("E01999901", area_type="lower-layer-super-output-area", year=2021),
        )
    ]


def test_a_ward_that_fits_best_is_not_what_an_area_lies_within() -> None:
    content = (
        b"lsoa21cd,lsoa21nm,wd22cd,wd22nm,lad22cd,lad22nm\n"
        b"E01999901,Exampleford 001A,E05999901,Green,E08999901,Exampleford\n"
    )
    loading = interpret(LOOKUP, content)
    within = [each.object for each in loading.quads if each.predicate.endswith("sfWithin")]
    assert within == ["https://data.greatermanchester.example/id/area/E08999901"]
    assert [(each.rule, each.effect) for each in loading.issues] == [("out-of-scope", Effect.NOTED)]


def test_a_lookup_without_codes_is_refused() -> None:
    with pytest.raises(StructureError, match="no column of codes"):
        interpret(LOOKUP, b"area_code,area_name\nE08999901,X\n")


def test_na_is_no_name() -> None:
    loading = interpret("area-code-list", b"area_code,area_name\nE00999901,NA\nE08999901,Nabton\n")
    names = [each.object for each in loading.quads if each.predicate.endswith("prefLabel")]
    assert [getattr(each, "lexical", each) for each in names] == ["Nabton"]
    assert loading.issues == []


@given(st.binary(max_size=300))
@pytest.mark.parametrize("format_", [BOUNDARIES, LOOKUP])
def test_no_bytes_make_a_reader_crash(format_: str, content: bytes) -> None:
    try:
        interpret(format_, content)
    except StructureError:
        return


LAB = "trafforddatalab/"
REAL: tuple[tuple[str, str, int, int, dict[str, int]], ...] = (
    (f"{LAB}gm_combined_authority_super_generalised.geojson", BOUNDARIES, 1, 10, {}),
    (f"{LAB}gm_local_authority_super_generalised.geojson", BOUNDARIES, 10, 100, {}),
    (f"{LAB}gm_ward_super_generalised.geojson", BOUNDARIES, 215, 2425, {}),
    (f"{LAB}administrative_lookup_2017.csv", LOOKUP, 215, 2005, {}),
    (f"{LAB}administrative_lookup_2021.csv", LOOKUP, 215, 2005, {}),
    (f"{LAB}lsoa_to_ward_best-fit_lookup.csv", LOOKUP, 1702, 15388, {"out-of-scope": 1}),
    (f"{LAB}codelist.csv", "area-code-list", 10929, 67819, {}),
    (f"{LAB}ward_abbreviations.csv", "area-code-list", 21, 147, {"line-endings": 1}),
)


@pytest.mark.real_data
@pytest.mark.skipif(not DATA.exists(), reason="the publishers' own files are not here")
@pytest.mark.parametrize(("place", "format_", "areas", "stated", "rules"), REAL)
def test_a_publishers_own_file(
    place: str, format_: str, areas: int, stated: int, rules: dict[str, int]
) -> None:
    loading = interpret(format_, (DATA / place).read_bytes())
    assert (loading.tally.records_in, loading.tally.records_loaded) == (areas, areas)
    assert Counter(each.rule for each in loading.issues) == rules
    assert len(loading.lines) == stated
