"""Boundaries on pages: an outline instead of thousands of numbers."""

import pytest

from service.pages.outlines import LONGEST, WIDEST, Outline, outline_of


def test_a_boundary_is_drawn_with_north_upwards() -> None:
    square = "POLYGON((0 -1, 2 -1, 2 1, 0 1, 0 -1))"
    told, outline = outline_of(square)
    assert told == "5 positions, which the data have"
    assert outline == Outline(240, 240, "M0,240 240,240 240,0 0,0 0,240Z")


def test_a_degree_of_longitude_is_narrower_in_the_north() -> None:
    _, outline = outline_of("POLYGON((0 59, 2 59, 2 61, 0 61, 0 59))")
    assert outline == Outline(120, 240, "M0,240 120,240 120,0 0,0 0,240Z")


def test_several_polygons_and_holes_are_rings_of_one_path() -> None:
    text = "MULTIPOLYGON(((0 0, 4 0, 4 4, 0 0), (2 1, 3 1, 3 2, 2 1)), ((0 3, 1 3, 1 4, 0 3)))"
    told, outline = outline_of(text)
    assert told == "12 positions, which the data have"
    assert outline is not None
    assert outline.path.count("M") == outline.path.count("Z") == 3


def test_the_drawing_of_a_long_boundary_is_small() -> None:
    saw = ", ".join(f"{n / 20000} {53 + n % 2 / 1000000}" for n in range(20000))
    told, outline = outline_of(f"POLYGON(({saw}, 0 53))")
    assert told == "20,001 positions, which the data have"
    assert outline is not None
    assert len(outline.path) < WIDEST * 16


@pytest.mark.parametrize(
    "text",
    [
        "POINT(-2.2 53.4)",
        "POLYGON EMPTY",
        "POLYGON(())",
        "POLYGON((1 2, 3))",
        "POLYGON((1 2, x y))",
        "POLYGON((1 2, nan 3))",
        "POLYGON((530000 390000, 530001 390000, 530000 390000))",
        "anything",
        "",
    ],
)
def test_what_is_no_boundary_is_shown_as_it_stands(text: str) -> None:
    assert outline_of(text) == (text, None)


def test_long_text_that_is_no_boundary_is_cut() -> None:
    assert outline_of("x" * 100_000) == ("x" * LONGEST + "…", None)


def test_a_boundary_of_one_place_is_drawn_too() -> None:
    told, outline = outline_of("POLYGON((1 2, 1 2, 1 2, 1 2))")
    assert told == "4 positions, which the data have"
    assert outline == Outline(1, 1, "M0,0Z")
