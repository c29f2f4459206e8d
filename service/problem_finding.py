"""The problems of an organisation's records, and the fixes that would mend most of them.

A problem is a property of which a record has no value, where one would raise a measurement of its
quality (`gm:lacks`). All is measured at publish, for each audience from what it may see: nobody is
told that something is missing which is only hidden.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

from pyoxigraph import DefaultGraph, NamedNode

from ontology.vocab import DCT, GM
from queries.query import load
from service.store import Release

QUERY = "reports/problems"
MOST_FIXES = 5


@dataclass(frozen=True, slots=True)
class RecordProblem:
    """A record that lacks a property: what it lowers, and where the record comes from.

    `row` is the name of a file and the number of a row, where the audience is told.
    """

    thing: str
    title: str
    property: str
    label: str
    measures: tuple[str, ...]
    row: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A property that, recorded for so many records, would mend as many problems."""

    label: str
    records: int
    measures: tuple[str, ...]

    @property
    def told(self) -> str:
        """What to do, in a sentence."""
        many = "1 record" if self.records == 1 else f"{self.records:,} records"
        return f"Record “{self.label}” for {many}."


def find_problems(release: Release, organisation: str) -> tuple[RecordProblem, ...]:
    """The problems of the records of an organisation, by title."""
    found: dict[tuple[str, str], RecordProblem] = {}
    for row in load(QUERY).run(release.store, organisation=NamedNode(organisation)):
        thing, lacked = row["thing"].value, row["property"].value
        before = found.get((thing, lacked))
        measures = {row["measure"].value, *(before.measures if before else ())}
        found[thing, lacked] = RecordProblem(
            thing,
            row["title"].value,
            lacked,
            row["label"].value if row["label"] else release.labels.of(lacked),
            tuple(sorted(measures)),
            told_of_row(row["row"].value) if row["row"] else "",
        )
    return tuple(found.values())


def best_fixes(problems: Sequence[RecordProblem]) -> tuple[Fix, ...]:
    """The five properties that most measurements of most records want."""
    worth = Counter[str]()
    records = Counter[str]()
    measures: dict[str, set[str]] = {}
    for each in problems:
        worth[each.label] += len(each.measures)
        records[each.label] += 1
        measures.setdefault(each.label, set()).update(each.measures)
    ordered = sorted(worth, key=lambda label: (-worth[label], label))
    return tuple(
        Fix(label, records[label], tuple(sorted(measures[label]))) for label in ordered[:MOST_FIXES]
    )


def told_of_row(origin: str) -> str:
    """The file and row that the IRI of an origin names (`docs/provenance.md`)."""
    snapshot, _, fragment = origin.partition("#")
    steps = snapshot.split("/")
    name = unquote(steps[-2]) if len(steps) > 1 else ""
    parts = dict(each.partition("=")[::2] for each in fragment.split("&"))
    sheet = f", sheet {unquote(parts['sheet'])}" if "sheet" in parts else ""
    number = next((f"{each} {parts[each]}" for each in ("row", "item") if each in parts), "")
    return f"{name}{sheet}, {number}" if number else name


def problems_address(key: str) -> str:
    """The address of the page of an organisation's problems."""
    return f"/problems/{quote(key, safe='')}"


def problems_of(release: Release, iri: str) -> str | None:
    """Where the problems of an organisation are; None where it has no records, or is none."""
    start = f"{release.base}id/organisation/"
    if not iri.startswith(start):
        return None
    organisation = NamedNode(iri)
    for term in (DCT.publisher, GM.heldBy):
        found = release.store.quads_for_pattern(None, NamedNode(term), organisation, DefaultGraph())
        if next(found, None) is not None:
            return problems_address(iri.removeprefix(start))
    return None
