"""What a preview holds. As JSON, `gmkg load --dry-run --json` gives these dataclasses as objects.

Texts have been looked through: what may be of a person stands in none of them in full.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from loaders.difference import Change
from loaders.staging import Counts

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Listing(Generic[Item]):
    """Some of many: how many there are, and the first of them."""

    count: int = 0
    shown: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing by its IRI and its name; `kind` is the label of its class."""

    iri: str
    label: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class PropertyChange:
    """What a thing says otherwise in one property, named by its label.

    `within` are the labels of the properties that lead from the thing to the part of it that says
    so, such as its address. Values are as people read them.
    """

    property: str
    within: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangedThing:
    """A thing that would say something else, and what."""

    thing: Thing
    changes: tuple[PropertyChange, ...]


@dataclass(frozen=True, slots=True)
class KindOfThing:
    """What would become of the things of one class, which is named by its label.

    It is told of things to which the source gives a type. Those that it says something of and
    leaves the type to others are a kind of their own.
    """

    kind: str
    new: Listing[Thing]
    changed: Listing[ChangedThing]
    gone: Listing[Thing]
    unchanged: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: its file, what a record is called there (`row`), and its number."""

    file: str
    unit: str
    number: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a record is rejected: the rule, the field where it is known, and a sentence."""

    rule: str
    field: str | None
    message: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that would be left out.

    `would_be` is the thing that it would have described, where the record can be read; `cells` are
    the first of its fields, by name, where it cannot.
    """

    place: Place
    reasons: tuple[Reason, ...]
    would_be: Thing | None
    cells: tuple[tuple[str, str], ...]


class Outcome(StrEnum):
    """What a publish would do about an IRI at risk."""

    REFUSED = "publish refuses"
    ENDED = "ends with a reason"


@dataclass(frozen=True, slots=True)
class AtRisk:
    """A published IRI that would be lost, or one that ended and would come back as another thing.

    `why` is a sentence: the reason that stands for its ending, or what is to be done.
    """

    thing: Thing
    outcome: Outcome
    why: str


@dataclass(frozen=True, slots=True)
class Risk:
    """The IRIs at risk, by outcome. `elsewhere` counts those that other sources still describe."""

    refused: Listing[AtRisk]
    ended: Listing[AtRisk]
    elsewhere: int = 0
    fault: str | None = None
    """Why `endings.csv` cannot be used, which keeps everything from being published."""


@dataclass(frozen=True, slots=True)
class ShapeFault:
    """A sentence of a shape, and what fails it: its places and the IRIs, as far as they are told.

    A violation leaves its record out; a warning leaves nothing out.
    """

    severity: str
    message: str
    failing: Listing[tuple[Place | None, str | None]]


class Treatment(StrEnum):
    """What becomes of a value that looks like personal data."""

    PUBLISHED = "the public would see it, so publish refuses"
    WITHHELD = "withheld"
    REMARKED = "the rest is loaded"
    LEFT_OUT = "its record is left out"


@dataclass(frozen=True, slots=True)
class Personal:
    """A value that looks like personal data. `hint` is what may be shown of it.

    Its place is known unless its row was read by an earlier load; then thing and property tell.
    """

    treatment: Treatment
    kind: str
    place: Place | None
    field: str | None
    thing: str | None
    property: str | None
    hint: str | None


@dataclass(frozen=True, slots=True)
class Published:
    """What a load is compared with: the release that is served, and who reads the source there."""

    release: str
    loaded: str
    audience: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a load would do. `published` is None where the source is in no release yet.

    `staged` compares with a load that is staged and not published, where there is one. Of what
    looks like personal data, `read` is what reading met, `seen` what the public would see.
    """

    source: str
    title: str
    audience: str
    base: str
    published: Published | None
    staged: Change | None
    records: Counts
    kinds: tuple[KindOfThing, ...]
    rejected: Listing[Rejected]
    risk: Risk
    shapes: tuple[ShapeFault, ...]
    read: Listing[Personal]
    seen: Listing[Personal]
