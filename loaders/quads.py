"""The terms that mappings make: IRIs as plain strings, literals, and quads of them.

A literal is made from a Python value, so that its lexical form is canonical by construction
(XML Schema 1.1 Part 2, section 2.3.1) and equal to the one the store would give back: two
spellings of one value would be one quad in the store and two lines in a staged file.
"""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import NamedTuple

from ontology.vocab import GEO, XSD


class Literal(NamedTuple):
    """A literal: its lexical form, and either a datatype IRI or a language tag."""

    lexical: str
    datatype: str = XSD.string
    language: str | None = None


class Quad(NamedTuple):
    """One statement in one named graph. Subject, predicate and graph are absolute IRIs."""

    subject: str
    predicate: str
    object: str | Literal
    graph: str


def plain(value: str) -> Literal:
    """A string in no language: a code, a file name, a digest."""
    return Literal(value)


def text(value: str, language: str = "en") -> Literal:
    """A string in a language. Tags are compared without case (RFC 5646, 2.1.1): lower case."""
    return Literal(value, language=language.lower())


def day(value: date) -> Literal:
    """A calendar date without a time zone (`xsd:date`)."""
    return Literal(value.isoformat(), XSD.date)


def year(value: int) -> Literal:
    """A year of the calendar (`xsd:gYear`), of four figures."""
    return Literal(f"{value:04d}", XSD.gYear)


def shape(text: str) -> Literal:
    """A geometry as well-known text (GeoSPARQL 1.1, section 8.5.1), in degrees of WGS 84."""
    return Literal(text, GEO.wktLiteral)


def moment(value: datetime) -> Literal:
    """A point in time (`xsd:dateTime`), to the second, in UTC. `value` must know its time zone."""
    if value.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    spelled = value.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat()
    return Literal(spelled + "Z", XSD.dateTime)


def when(value: date | datetime) -> Literal:
    """A point in time where the hour is known, else the day."""
    return moment(value) if isinstance(value, datetime) else day(value)


def clock(value: time) -> Literal:
    """A time of the day (`xsd:time`), to the second, in no time zone."""
    return Literal(value.replace(microsecond=0, tzinfo=None).isoformat(), XSD.time)


def duration(months: int) -> Literal:
    """A length of time in years and months (`xsd:yearMonthDuration`), such as `P1Y6M`.

    Years are told as years: the store would make `P1Y6M` of `P18M`.

    Raises:
        ValueError: it is no length of time, of one month at least.
    """
    if months < 1:
        raise ValueError(f"{months} months are no length of time")
    years, rest = divmod(months, 12)
    spelled = (f"{years}Y" if years else "") + (f"{rest}M" if rest else "")
    return Literal(f"P{spelled}", XSD.yearMonthDuration)


def point(longitude: Decimal, latitude: Decimal) -> Literal:
    """A point as well-known text (GeoSPARQL 1.1, section 8.5.1), in degrees of WGS 84."""
    return Literal(f"POINT({plainly(longitude)} {plainly(latitude)})", GEO.wktLiteral)


def box(west: Decimal, south: Decimal, east: Decimal, north: Decimal) -> Literal:
    """A box as a polygon of well-known text, in degrees of WGS 84."""
    w, s, e, n = map(plainly, (west, south, east, north))
    corners = f"{w} {s}, {e} {s}, {e} {n}, {w} {n}, {w} {s}"
    return Literal(f"POLYGON(({corners}))", GEO.wktLiteral)


def integer(value: int) -> Literal:
    """A whole number (`xsd:integer`)."""
    return Literal(str(int(value)), XSD.integer)


def decimal(value: Decimal) -> Literal:
    """A decimal number (`xsd:decimal`), without trailing zeros or a point that says nothing."""
    return Literal(plainly(value), XSD.decimal)


def plainly(value: Decimal) -> str:
    """A decimal number in figures, without trailing zeros or a point that says nothing.

    Raises:
        ValueError: it is none, or not finite.
    """
    if not value.is_finite():
        raise ValueError(f"{value} is no decimal number")
    spelled = format(value, "f")
    if "." in spelled:
        spelled = spelled.rstrip("0").rstrip(".")
    return "0" if spelled == "-0" else spelled


def boolean(value: bool) -> Literal:
    """`true` or `false` (`xsd:boolean`)."""
    return Literal("true" if value else "false", XSD.boolean)
