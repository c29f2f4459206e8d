"""A property of a thing and its values, as pages show them."""

from dataclasses import dataclass

from service.pages.dates import Moment
from service.pages.links import SourceLink, TermLink
from service.pages.outlines import Outline


def yes_or_no(value: str) -> str:
    """A truth value in words, from its spelling (XML Schema 1.1 Part 2 §3.3.2); others as is."""
    return {"true": "Yes", "1": "Yes", "false": "No", "0": "No"}.get(value, value)


@dataclass(frozen=True, slots=True)
class PropertyView:
    """A property and its values."""

    property: TermLink
    values: tuple["Value", ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a property, and who says so.

    Of an IRI, `text` is the label, `iri` the IRI and `href` the link; of a literal, `language`
    or `datatype` tells its kind, and `moment` which date it is. A part has no link: its own
    properties stand in `part`. A boundary has an `outline`, and `text` says how long it is.
    """

    text: str
    iri: str | None = None
    href: str | None = None
    language: str | None = None
    datatype: str | None = None
    part: tuple[PropertyView, ...] = ()
    sources: tuple[SourceLink, ...] = ()
    moment: Moment | None = None
    self_evident: bool = True
    outline: Outline | None = None

    @property
    def outside(self) -> bool:
        """Whether the link leads away from this service."""
        return self.href is not None and not self.href.startswith("/")
