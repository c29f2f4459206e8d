"""The problems of an organisation's records, and the fixes that would mend most of them.

A problem is a property of which a record has no value, where one would raise a measurement of its
quality (`gm:lacks`), or a measurement that is not met by what is recorded. All is measured at
publish, for each audience from what it may see: nobody is told that something is missing which is
only hidden.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

from pyoxigraph import DefaultGraph, NamedNode

from ontology.namespaces import DEF
from ontology.vocab import DCT, GM
from queries.query import load
from service.rows import row_of
from service.store import Release

PROBLEMS, RECORDS = "reports/problems", "reports/measured-records"
MOST_FIXES = 5
_METRICS = f"{DEF}quality-metric/"


@dataclass(frozen=True, slots=True)
class RecordProblem:
    """A problem of a record: what to do, what it lowers, and where the record comes from.

    `about` is the property that has no value; where nothing is missing, it is the indicator or the
    metric that is not met. `measures` are all that it lowers, and `raises` are those of them that
    mending this problem alone would raise: some indicators want several properties at once. `row`
    is what the row of a file is called, where the audience is told.
    """

    thing: str
    title: str
    about: str
    problem: str
    to_do: str
    measures: tuple[str, ...]
    raises: tuple[str, ...]
    row: str


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """The same problem in so many records: what it lowers, and what mending it alone raises."""

    problem: str
    to_do: str
    records: int
    measures: tuple[str, ...]
    raises: tuple[str, ...]

    @property
    def told(self) -> str:
        """What to do, and in how many records."""
        many = "1 record" if self.records == 1 else f"{self.records:,} records"
        return f"{self.to_do.removesuffix('.')} ({many})."


@dataclass(frozen=True, slots=True)
class Looked:
    """The problems of an organisation's records, by title, and how many records were looked at.

    Those are the ones that the audience sees whole. Where there are none, that there is no problem
    says nothing.
    """

    records: int
    problems: tuple[RecordProblem, ...]


@dataclass(frozen=True, slots=True)
class _Record:
    title: str
    row: str


def find_problems(release: Release, organisation: str) -> Looked:
    """The problems of the records of an organisation."""
    node = NamedNode(organisation)
    records = {
        row["thing"].value: _Record(
            row["title"].value, _told_of_row(release, row["row"].value) if row["row"] else ""
        )
        for row in load(RECORDS).run(release.store, organisation=node)
    }
    lacking: dict[str, dict[str, list[str]]] = {}
    for row in load(PROBLEMS).run(release.store, organisation=node):
        of_thing = lacking.setdefault(row["thing"].value, {})
        missing = of_thing.setdefault(row["measured"].value, [])
        if row["property"]:
            missing.append(row["property"].value)
    wording = _Wording(release)
    found = [
        problem
        for thing, measured in lacking.items()
        if thing in records
        for problem in _problems_of(thing, records[thing], measured, wording)
    ]
    found.sort(key=lambda each: (each.title, each.thing, each.about))
    return Looked(len(records), tuple(found))


def _problems_of(
    thing: str, record: _Record, measured: dict[str, list[str]], wording: "_Wording"
) -> Iterator[RecordProblem]:
    """The problems of one record; `measured` has what each measurement of it lacks."""
    lowers: dict[str, list[str]] = {}
    for measure, missing in measured.items():
        for about in missing or [measure]:
            lowers.setdefault(about, []).append(measure)
    for about, measures in lowers.items():
        raises = [each for each in measures if _is_raised_by_one(each, measured[each])]
        yield RecordProblem(
            thing,
            record.title,
            about,
            *wording.of(about, is_measure=about in measured),
            tuple(sorted(map(wording.label, measures))),
            tuple(sorted(map(wording.label, raises))),
            record.row,
        )


def _is_raised_by_one(measure: str, missing: Sequence[str]) -> bool:
    """Whether mending one problem raises a measurement: a share, or what lacks nothing else."""
    return len(missing) < 2 or measure.startswith(_METRICS)


class _Wording:
    """What a problem is called, and what to do about it."""

    def __init__(self, release: Release) -> None:
        self._store = release.store
        self.label = cache(release.labels.of)
        self._advice = cache(self._find_advice)

    def of(self, about: str, *, is_measure: bool) -> tuple[str, str]:
        """The problem and what to do, for a property that has no value or what is not met."""
        label = self.label(about)
        if not is_measure:
            return f"“{label}” is not recorded.", f"Record “{label}”."
        problem = f"“{label}” is not met."
        return problem, self._advice(about) or problem

    def _find_advice(self, measure: str) -> str:
        quads = self._store.quads_for_pattern(
            NamedNode(measure), NamedNode(GM.howToRaise), None, DefaultGraph()
        )
        return next((quad.object.value for quad in quads), "")  # type: ignore[union-attr]  # a text


def kinds_of(problems: Sequence[RecordProblem]) -> tuple[ProblemKind, ...]:
    """The kinds of problems, first those whose mending alone raises most, then what lowers most."""
    raised, lowered = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    records = Counter[tuple[str, str]]()
    measures: dict[tuple[str, str], set[str]] = {}
    raises: dict[tuple[str, str], set[str]] = {}
    for each in problems:
        kind = each.problem, each.to_do
        raised[kind] += len(each.raises)
        lowered[kind] += len(each.measures)
        records[kind] += 1
        measures.setdefault(kind, set()).update(each.measures)
        raises.setdefault(kind, set()).update(each.raises)
    ordered = sorted(records, key=lambda kind: (-raised[kind], -lowered[kind], kind))
    return tuple(
        ProblemKind(
            *kind, records[kind], tuple(sorted(measures[kind])), tuple(sorted(raises[kind]))
        )
        for kind in ordered
    )


def best_fixes(problems: Sequence[RecordProblem]) -> tuple[ProblemKind, ...]:
    """The five fixes that raise most measurements."""
    return kinds_of(problems)[:MOST_FIXES]


def _told_of_row(release: Release, origin: str) -> str:
    """What the row of a file is called; nothing for what else a thing may be derived from."""
    return release.labels.of(origin) if row_of(origin) else ""


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
