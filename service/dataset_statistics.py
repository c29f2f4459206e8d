"""How much a release holds, graph by graph, as VoID counts it (VoID §4).

Counting takes some seconds for a million statements, so it is a query for the workers, and what it
gave is remembered for as long as the release is held.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, parse_query_results

from queries.query import load
from service.errors import Problem
from service.pending import FinishingRunner
from service.query_faults import too_much_memory
from service.query_runner import QueryJob, QueryRunner
from service.representations import JSON
from service.spool import Answer
from service.store import PerRelease, Release

QUESTION = "pages/dataset-statistics"


@dataclass(slots=True)
class GraphStatistics:
    """The counts of one graph: in all, and by property and class, the most frequent first.

    `entities` are the subjects that have a class; those of each class are in `classes`, and the
    statements of each property in `properties`.
    """

    triples: int = 0
    subjects: int = 0
    objects: int = 0
    entities: int = 0
    properties: dict[str, int] = field(default_factory=dict)
    classes: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Statistics:
    """The counts of the default graph, and of each named graph by its IRI."""

    default: GraphStatistics
    graphs: dict[str, GraphStatistics]


@dataclass(slots=True)
class Remembered:
    """What was counted of one release: nothing yet, the counts, or that they take too long."""

    counted: bool = False
    statistics: Statistics | None = None


def _nothing(_: Release) -> Remembered:
    return Remembered()


remembered = PerRelease(_nothing)


def read_statistics(answer: Answer) -> Statistics:
    """The counts in the answer to the question, which is in JSON."""
    results = parse_query_results(answer.body, QueryResultsFormat.JSON, path=answer.path)
    assert isinstance(results, QuerySolutions)
    default, graphs = GraphStatistics(), dict[str, GraphStatistics]()
    for row in results:
        name = row["graph"]
        of = graphs.setdefault(name.value, GraphStatistics()) if name is not None else default
        found, kind = row["property"], row["class"]
        if isinstance(found, NamedNode):
            of.properties[found.value] = _number(row["triples"])
        elif isinstance(kind, NamedNode):
            of.classes[kind.value] = _number(row["entities"])
        elif kind is None and row["triples"] is not None:
            of.triples = _number(row["triples"])
            of.subjects = _number(row["subjects"])
            of.objects = _number(row["objects"])
        elif kind is None:
            of.entities = _number(row["entities"])
    for each in (default, *graphs.values()):
        each.properties = _most_first(each.properties)
        each.classes = _most_first(each.classes)
    return Statistics(default, dict(sorted(graphs.items())))


def _number(term: object) -> int:
    return int(term.value) if isinstance(term, Literal) else 0


def _most_first(counts: dict[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def counting_job(release: Release) -> QueryJob:
    """The query that counts, over the release as it stands."""
    return QueryJob(release, load(QUESTION).text, JSON)


class CountingRunner(FinishingRunner):
    """Counts, and hands on what is made of the counts.

    Where counting takes longer or more memory than a query may, `make` is given None, and nobody
    counts that release again: a description without counts is better than none.
    """

    def __init__(
        self,
        runner: QueryRunner,
        found: Remembered,
        make: Callable[[Statistics | None], bytes],
    ) -> None:
        super().__init__(runner, partial(_finish, found, make))
        self._without = partial(_without, found, make)

    async def run(
        self,
        job: QueryJob,
        gone: Callable[[], Awaitable[object]] | None = None,
        client: str | None = None,
    ) -> Answer:
        """What is made of the counts, or without them."""
        try:
            return await super().run(job, gone, client)
        except Problem as problem:
            return self._without(problem)

    def run_blocking(self, job: QueryJob, client: str | None = None) -> Answer:
        """What is made of the counts, or without them."""
        try:
            return super().run_blocking(job, client)
        except Problem as problem:
            return self._without(problem)


def _finish(
    found: Remembered, make: Callable[[Statistics | None], bytes], answer: Answer
) -> Answer:
    found.statistics = read_statistics(answer)
    found.counted = True
    body = make(found.statistics)
    return Answer(body, None, len(body))


def _without(
    found: Remembered, make: Callable[[Statistics | None], bytes], problem: Problem
) -> Answer:
    """What is made without counts; a Problem that says nothing of the release is raised again."""
    if problem.status not in (413, 504) and problem.title != too_much_memory().title:
        raise problem
    found.counted = True
    body = make(None)
    return Answer(body, None, len(body))
