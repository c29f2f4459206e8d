"""The problems of an organisation's records, and the fixes that would mend most of them.

A problem is a property of which a record has no value, where one would raise a measurement of its
quality (`gm:lacks`), or a measurement that is not met by what is recorded. All is measured at
publish, for each audience from what it may see: nobody is told that something is missing which is
only hidden.
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
    """A problem of a record: what to do, what it lowers, and where the record comes from.

    `about` is the property that has no value; where nothing is missing, it is the indicator or the
    metric that is not met. `row` is the name of a file and the number of a row, where the audience
    is told.
    """

    thing: str
    title: str
    about: str
    problem: str
    to_do: str
    measures: tuple[str, ...]
    row: str


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """The same problem in so many records, with what one fix, made in each, would raise."""

    problem: str
    to_do: str
    records: int
    measures: tuple[str, ...]

    @property
    def told(self) -> str:
        """What to do, and in how many records."""
        many = "1 record" if self.records == 1 else f"{self.records:,} records"
        return f"{self.to_do.removesuffix('.')} ({many})."


def find_problems(release: Release, organisation: str) -> tuple[RecordProblem, ...]:
    """The problems of the records of an organisation, by title."""
    found: dict[tuple[str, str], RecordProblem] = {}
    for row in load(QUERY).run(release.store, organisation=NamedNode(organisation)):
        thing, measure = row["thing"].value, row["measure"].value
        if row["property"]:
            about = row["property"].value
            label = row["label"].value if row["label"] else release.labels.of(about)
            problem, to_do = f"“{label}” is not recorded.", f"Record “{label}”."
        else:
            about, problem = row["measured"].value, f"“{measure}” is not met."
            to_do = row["advice"].value if row["advice"] else problem
        before = found.get((thing, about))
        measures = {measure, *(before.measures if before else ())}
        found[thing, about] = RecordProblem(
            thing,
            row["title"].value,
            about,
            problem,
            to_do,
            tuple(sorted(measures)),
            told_of_row(row["row"].value) if row["row"] else "",
        )
    return tuple(found.values())


def kinds_of(problems: Sequence[RecordProblem]) -> tuple[ProblemKind, ...]:
    """The kinds of problems, first what most measurements of most records want."""
    worth = Counter[tuple[str, str]]()
    records = Counter[tuple[str, str]]()
    measures: dict[tuple[str, str], set[str]] = {}
    for each in problems:
        kind = each.problem, each.to_do
        worth[kind] += len(each.measures)
        records[kind] += 1
        measures.setdefault(kind, set()).update(each.measures)
    ordered = sorted(worth, key=lambda kind: (-worth[kind], kind))
    return tuple(
        ProblemKind(*kind, records[kind], tuple(sorted(measures[kind]))) for kind in ordered
    )


def best_fixes(problems: Sequence[RecordProblem]) -> tuple[ProblemKind, ...]:
    """The five fixes that raise most measurements."""
    return kinds_of(problems)[:MOST_FIXES]


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
