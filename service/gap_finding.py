"""What a publisher's things do not say though they are asked for it, as a release has them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from urllib.parse import quote

from pyoxigraph import DefaultGraph, Literal, NamedNode

from ontology.namespaces import concept
from ontology.vocab import GM, RDF, XSD
from queries.gap_fields import KINDS, GapField, GapKind
from queries.gap_rows import KIND, ORGANISATION, THING, TITLE, VISIBLE_TO, row_check, settled
from service.store import Release

INTERNAL = "internal"
LONGEST = 300
MOST_ROWS = 2_000
UNLABELLED = "recorded"  # of a part without a name, such as a period of retention
_A = NamedNode(RDF.type)
_VISIBLE_TO = NamedNode(GM.visibleTo)


class State(Enum):
    """Whether a field is answered, open, or not asked of a thing."""

    RECORDED = "recorded"
    MISSING = "missing"
    NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of one thing, and what is recorded there, as a person reads it."""

    state: State
    text: str = ""


@dataclass(frozen=True, slots=True)
class GapRow:
    """A thing in which something is not recorded: what identifies it, and its fields by column."""

    iri: str
    identity: Mapping[str, str]
    cells: Mapping[str, Cell]

    @property
    def title(self) -> str:
        """What the thing is called."""
        return self.identity[TITLE]

    @property
    def missing(self) -> tuple[str, ...]:
        """The columns of the fields that are open."""
        return tuple(name for name, each in self.cells.items() if each.state is State.MISSING)

    @property
    def check(self) -> str:
        """The check of the row, by which it is known again when it comes back."""
        recorded = {
            name: each.text for name, each in self.cells.items() if each.state is State.RECORDED
        }
        return row_check(self.identity, recorded)


@dataclass(frozen=True, slots=True)
class KindGaps:
    """The things of one kind: how many were looked at, and those in which something is missing.

    `rows` are the first `MOST_ROWS` of `incomplete` such things.
    """

    kind: GapKind
    checked: int
    incomplete: int
    rows: tuple[GapRow, ...]

    @property
    def missing(self) -> int:
        """How many fields are open in the rows."""
        return sum(len(each.missing) for each in self.rows)

    def missing_by_column(self) -> dict[str, int]:
        """How many of the rows lack each field, where any does."""
        counts = {
            field.column: sum(field.column in row.missing for row in self.rows)
            for field in self.kind.fields
        }
        return {column: count for column, count in counts.items() if count}


def find_gaps(release: Release, key: str) -> tuple[KindGaps, ...]:
    """The gaps of the organisation with this key, kind by kind; kinds it has none of are left out.

    Ask it of a release that shows everything: to anybody else what is hidden would be missing.
    """
    found = (gaps_of_kind(release, key, kind) for kind in KINDS.values())
    return tuple(each for each in found if each.checked)


def gaps_of_kind(release: Release, key: str, kind: GapKind) -> KindGaps:
    """The gaps of the things of one kind. Things under other bases than ours are left out."""
    reader = _Reader(release, key, kind)
    things = reader.things()
    rows = [row for thing in things if (row := reader.row(thing)).missing]
    rows.sort(key=lambda each: (each.title.casefold(), each.iri))
    return KindGaps(kind, len(things), len(rows), tuple(rows[:MOST_ROWS]))


def address_of(key: str) -> str:
    """The address of the page of an organisation's gaps."""
    return f"/gaps/{quote(key, safe='')}"


def gaps_address(release: Release, iri: str) -> str | None:
    """Where the gaps of an organisation are, for who may see them; None for all other things."""
    start = f"{release.base}id/organisation/"
    if release.audience != INTERNAL or not iri.startswith(start):
        return None
    return address_of(iri.removeprefix(start))


class _Reader:
    """Reads the things of one organisation and one kind."""

    def __init__(self, release: Release, key: str, kind: GapKind) -> None:
        self._release = release
        self._key = key
        self._kind = kind
        self._begin = f"{release.base}id/"

    def things(self) -> list[NamedNode]:
        store, union = self._release.store, DefaultGraph()
        holder = NamedNode(f"{self._begin}organisation/{self._key}")
        class_ = NamedNode(self._kind.class_iri)
        found = {
            quad.subject.value
            for term in self._kind.whose
            for quad in store.quads_for_pattern(None, NamedNode(term), holder, union)
            if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(self._begin)
        }
        typed = (NamedNode(each) for each in sorted(found))
        return [
            each for each in typed if next(store.quads_for_pattern(each, _A, class_, union), None)
        ]

    def row(self, thing: NamedNode) -> GapRow:
        identity = {
            THING: thing.value.removeprefix(self._begin),
            KIND: self._kind.name,
            ORGANISATION: self._key,
            TITLE: as_shown(self._release.labels.of(thing.value)),
            VISIBLE_TO: self._visible_to(thing),
        }
        cells = {field.column: self._cell(thing, field) for field in self._kind.fields}
        return GapRow(thing.value, identity, cells)

    def _visible_to(self, thing: NamedNode) -> str:
        """The narrowest audience that sources say of the thing."""
        said = {value.value for value in self._objects(thing, _VISIBLE_TO)}
        for audience in ("internal", "partner", "public"):
            if concept("audience", audience) in said:
                return audience
        return ""

    def _cell(self, thing: NamedNode, field: GapField) -> Cell:
        values = [value for term in field.terms for value in self._objects(thing, NamedNode(term))]
        if values:
            return Cell(State.RECORDED, _joined(self._told(each) for each in values))
        if field.where is not None:
            term, wanted = field.where
            if not any(each.value in wanted for each in self._objects(thing, NamedNode(term))):
                return Cell(State.NOT_ASKED)
        return Cell(State.MISSING)

    def _objects(self, thing: NamedNode, term: NamedNode) -> Iterator[NamedNode | Literal]:
        found = self._release.store.quads_for_pattern(thing, term, None, DefaultGraph())
        return (each.object for each in found if isinstance(each.object, NamedNode | Literal))

    def _told(self, value: NamedNode | Literal) -> str:
        if isinstance(value, Literal):
            if value.datatype.value == XSD.boolean:
                return "yes" if value.value == "true" else "no"
            return value.value
        label = self._release.labels.stated(value.value)
        is_part = value.value.startswith(f"{self._release.base}.well-known/genid/")
        return label or (UNLABELLED if is_part else value.value)


def _joined(texts: Iterable[str]) -> str:
    return as_shown("; ".join(sorted(set(texts)))) or UNLABELLED


def as_shown(text: str) -> str:
    """A text as a cell can hold it: on one line, without codes that a workbook reads as signs."""
    printable = "".join(each if each.isprintable() else " " for each in text)
    told = settled(printable.replace("_x", "_ x"))
    return told if len(told) <= LONGEST else f"{told[: LONGEST - 1].rstrip()}…"
