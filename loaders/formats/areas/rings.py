"""A polygon of GeoJSON (RFC 7946, section 3.1.6) as well-known text (OGC 06-103r4, section 7).

Longitude stands before latitude, as in both standards (CRS84). Outer rings run anticlockwise and
holes clockwise, whichever way they were drawn: older programs drew them the other way round.
Positions are rounded to six decimals, a tenth of a metre; a height is left away. Whether a ring
crosses itself is not looked into.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from loaders.issues import Fault

MOST_POSITIONS = 20_000
"""A boundary of more is no generalised one, and pages would not bear it."""

_SOUTH, _NORTH, _WEST, _EAST = 49, 61, -9, 2
_STEP = Decimal("0.000001")
_FEWEST = 4  # a triangle, with its first corner again at the end

Position = tuple[Decimal, Decimal]
Ring = list[Position]


def well_known_text(geometry: Mapping[str, object]) -> str:
    """A Polygon or MultiPolygon as well-known text.

    Raises:
        Fault: it is neither, is not closed, has no ground, lies outside the United Kingdom, or has
            too many positions.
    """
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        raise Fault(
            "unexpected-structure",
            "A boundary is a Polygon or a MultiPolygon.",
            "geometry.type",
            str(kind)[:50],
        )
    polygons = [coordinates] if kind == "Polygon" else _list(coordinates)
    _count(polygons)
    texts = [_polygon(each) for each in polygons]
    if not texts:
        raise _malformed("it has no polygon")
    if kind == "Polygon":
        return f"POLYGON{texts[0]}"
    return f"MULTIPOLYGON({', '.join(texts)})"


def _polygon(rings: object) -> str:
    read = [_ring(each) for each in _list(rings)]
    if not read:
        raise _malformed("a polygon has no ring")
    turned = (
        ring if (_area(ring) > 0) == (place == 0) else ring[::-1] for place, ring in enumerate(read)
    )
    return f"({', '.join(_written(ring) for ring in turned)})"


def _ring(positions: object) -> Ring:
    read = [_position(each) for each in _list(positions)]
    if len(read) < _FEWEST:
        raise _malformed(f"a ring has {len(read)} positions, and needs {_FEWEST}")
    if read[0] != read[-1]:
        raise _malformed("a ring does not end where it begins")
    ring = [read[0], *(after for before, after in pairwise(read) if before != after)]
    if len(ring) < _FEWEST or not _area(ring):
        raise _malformed("a ring has no ground within it")
    return ring


def _position(value: object) -> Position:
    found = _list(value)
    if not 2 <= len(found) <= 3 or not all(map(_is_number, found)):
        raise _malformed("a position is not a longitude and a latitude")
    east, north = Decimal(str(found[0])), Decimal(str(found[1]))
    if not (_WEST <= east <= _EAST and _SOUTH <= north <= _NORTH):
        raise Fault(
            "bad-coordinates",
            f"The position {str(east)[:20]}, {str(north)[:20]} is not in the United Kingdom: "
            "longitude and latitude, in degrees and in this order, are expected.",
            "geometry.coordinates",
        )
    return east.quantize(_STEP), north.quantize(_STEP)


def _area(ring: Ring) -> Decimal:
    """Twice the ground within a ring, above nought where it runs anticlockwise."""
    return sum(
        (x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)),
        start=Decimal(0),
    )


def _written(ring: Ring) -> str:
    return f"({', '.join(f'{_figures(east)} {_figures(north)}' for east, north in ring)})"


def _figures(value: Decimal) -> str:
    return f"{value:f}".rstrip("0").rstrip(".") if value else "0"


def _count(polygons: list[object]) -> None:
    count = sum(len(ring) for ring in _rings(polygons))
    if count > MOST_POSITIONS:
        raise Fault(
            "out-of-scope",
            f"The boundary has {count:,} positions, more than {MOST_POSITIONS:,}: give a "
            "generalised one.",
            "geometry.coordinates",
        )


def _rings(polygons: list[object]) -> Iterator[list[object]]:
    for polygon in polygons:
        yield from map(_list, _list(polygon))


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise _malformed("lists of positions are expected")
    return value


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _malformed(reason: str) -> Fault:
    return Fault(
        "unexpected-structure",
        f"The boundary is not one that GeoJSON allows (RFC 7946): {reason}.",
        "geometry.coordinates",
    )
