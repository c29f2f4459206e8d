"""Boundaries as a page shows them: a small outline, and how many positions there are.

A boundary written out has up to 20,000 positions, which nobody reads; they are had as data.
"""

import math
import re
from dataclasses import dataclass

LONGEST = 500
"""How many characters of well-known text that is no boundary a page shows."""
WIDEST = 240
"""The width and the height, in pixels, that an outline stays within."""
_BOUNDARY = re.compile(r"\s*(?:MULTI)?POLYGON\s*(\(.*\))\s*", re.ASCII | re.DOTALL | re.IGNORECASE)
_RING = re.compile(r"\(([^()]+)\)")


@dataclass(frozen=True, slots=True)
class Outline:
    """A drawing of a boundary: its size in pixels, and the data of an SVG path (SVG 2 §9.3)."""

    width: int
    height: int
    path: str


def outline_of(text: str) -> tuple[str, Outline | None]:
    """What is shown of well-known text: words, and the outline of a boundary.

    Positions are longitude and latitude, in degrees (GeoSPARQL 1.1 §8.5.1, CRS84). Text that is
    no polygon of such positions is shown as it stands, cut where it is long.
    """
    rings = _rings(text)
    if not rings:
        return (text if len(text) <= LONGEST else f"{text[:LONGEST]}…"), None
    count = sum(map(len, rings))
    return f"{count:,} positions, which the data have", _drawn(rings)


def _rings(text: str) -> list[list[tuple[float, float]]]:
    """The rings of a polygon or of several; none where the text is something else."""
    found = _BOUNDARY.fullmatch(text)
    if found is None:
        return []
    try:
        rings = [
            [_position(each) for each in ring.split(",")] for ring in _RING.findall(found.group(1))
        ]
    except ValueError:
        return []
    return rings


def _position(text: str) -> tuple[float, float]:
    """One position. ValueError where it is none on the globe."""
    longitude, latitude = map(float, text.split())
    if not (abs(longitude) <= 180 and abs(latitude) <= 90):
        raise ValueError(text)
    return longitude, latitude


def _drawn(rings: list[list[tuple[float, float]]]) -> Outline:
    """The rings on a grid of pixels, north upwards. What falls on one pixel is drawn once."""
    places = [place for ring in rings for place in ring]
    west, east = (choose(x for x, _ in places) for choose in (min, max))
    south, north = (choose(y for _, y in places) for choose in (min, max))
    narrowing = math.cos(math.radians((south + north) / 2))  # of a degree of longitude
    scale = WIDEST / max((east - west) * narrowing, north - south, 1e-9)
    parts = []
    for ring in rings:
        points: list[str] = []
        for x, y in ring:
            point = f"{round((x - west) * narrowing * scale)},{round((north - y) * scale)}"
            if points[-1:] != [point]:
                points.append(point)
        parts.append(f"M{' '.join(points)}Z")
    width, height = (east - west) * narrowing * scale, (north - south) * scale
    return Outline(max(round(width), 1), max(round(height), 1), "".join(parts))
