"""How long each question takes: over the sample, and with a hundred districts of invented bodies.

    python -m tests.benchmarks.questions [--districts N] [--count N]

Each is asked of the engine (run, and its rows written as CSV) over the store of staff, and once of
the service, which has not answered it before. The floor in the same run is what the engine takes
to count the flows, the least that a question about them can do.
"""

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from unittest.mock import patch
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, Store

from loaders.audience import Audience
from loaders.check import Verdict
from loaders.directory import initialise
from loaders.pipeline import load_source
from loaders.publish import publish
from loaders.release import Release
from loaders.snapshot import opener_of
from loaders.source import declared_sources
from ontology.namespaces import DEFAULT_BASE
from ontology.vocab import XSD
from queries.parameters import Parameter
from queries.query import Query, all_queries, load
from tests.illustrative.files import write
from tests.live import Service, gmkg, serving

ILLUSTRATIVE = "illustrative"
FLOOR = "checks/flows"
NORTHMOOR = "GM-illustrative-northmoor"


def _thing(path: str) -> NamedNode:
    return NamedNode(f"{DEFAULT_BASE}id/{path}")


TERMS: Mapping[str, NamedNode | Literal] = {
    "area": _thing("area/E08000009"),
    "code": Literal("R0A"),
    "controller": _thing(f"organisation/{NORTHMOOR}"),
    "days": Literal("90", datatype=NamedNode(XSD.integer)),
    "on": Literal("2026-11-22", datatype=NamedNode(XSD.date)),
    "since": Literal("2026-01-01", datatype=NamedNode(XSD.date)),
    "organisation": _thing("organisation/GB-LAE-TRF"),
    "post": _thing(f"post/{NORTHMOOR}/records-officer"),
    "service": _thing("service/illustrative/northmoor-direct-payments"),
    "thing": _thing(f"system/{NORTHMOOR}/DOC"),
}
"""A value for each parameter that must have one."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A question over one store: how many rows, and the seconds of each asking."""

    rows: int
    seconds: list[float]

    def __str__(self) -> str:
        """The least and the median in milliseconds."""
        least, median = min(self.seconds), statistics.median(self.seconds)
        return f"{least * 1000:.1f} / {median * 1000:.1f}"


def timed(store: Store, query: Query, count: int) -> Timed:
    """Ask a question, with the terms that it must have."""
    wanted = {each.name: TERMS[each.name] for each in _needed(query)}
    rows, seconds = 0, []
    for _ in range(count):
        begun = time.perf_counter()
        found = store.query(query.text, substitutions=query.substitutions(wanted))  # type: ignore[arg-type]
        assert isinstance(found, QuerySolutions)
        written = found.serialize(format=QueryResultsFormat.CSV)
        seconds.append(time.perf_counter() - begun)
        rows = (written or b"").count(b"\n") - 1
    return Timed(rows, seconds)


def made_release(folder: Path, districts: int) -> Release:
    """A release of everything that is shipped, with so many districts of invented bodies.

    It is not validated: that takes minutes for a hundred, and is no part of what is measured.
    """
    directory = initialise(folder / "var")
    for source in declared_sources().values():
        if not all(file.place for file in source.files):
            continue
        openers = {file.name: opener_of(file.place) for file in source.files if file.place}
        if source.name == ILLUSTRATIVE:
            paths = write(folder / ILLUSTRATIVE, districts)
            openers = {path.name: opener_of(path) for path in paths}
            files = tuple(replace(each, maximum=None) for each in source.files)
            source = replace(source, files=files)
        load_source(directory, source, openers)
    with patch("loaders.publish.check", lambda *_: Verdict([], frozenset())):
        return publish(directory).release


def first_answers(service: Service, token: str) -> dict[str, float]:
    """The seconds that each question's first answer takes, as a client of the service waits."""
    took = {}
    for query in questions():
        values = {each.name: TERMS[each.name].value for each in _needed(query)}
        address = f"{service.origin}/queries/{query.slug}.csv?{urlencode(values)}"
        asked = Request(address, headers={"Authorization": f"Bearer {token}"})
        begun = time.perf_counter()
        with urlopen(asked, timeout=60) as reply:
            reply.read()
        took[query.slug] = time.perf_counter() - begun
    return took


def _needed(query: Query) -> list[Parameter]:
    """The parameters to give a value: those that must have one, and the day."""
    return [each for each in query.parameters if not each.optional]


def questions() -> Iterator[Query]:
    """The questions of the list, in the order of their numbers."""
    listed = [query for query in all_queries() if query.numbers]
    yield from sorted(listed, key=lambda query: (query.numbers[0][0], query.numbers, query.name))


def table(measured: Mapping[str, "Measured"], count: int) -> Iterator[str]:
    """A Markdown table: a row for each question."""
    heads = " | ".join(
        f"{each}: engine, ms | of the floor | rows | service, ms" for each in measured
    )
    yield f"| question | {heads} |"
    yield "|---|" + "---|---|---|---|" * len(measured)
    floors = {name: timed(each.store, load(FLOOR), count) for name, each in measured.items()}
    for query in questions():
        cells = [f"{' '.join(query.numbers)} {query.slug}"]
        for name, each in measured.items():
            found = timed(each.store, query, count)
            ratio = min(found.seconds) / min(floors[name].seconds)
            cells += [str(found), f"{ratio:,.0f}", f"{found.rows:,}"]
            cells.append(f"{each.answers[query.slug] * 1000:.1f}")
        yield f"| {' | '.join(cells)} |"


@dataclass(frozen=True, slots=True)
class Measured:
    """The store of a release, and what the service took for the first answers over it."""

    store: Store
    answers: Mapping[str, float]


def measure(folder: Path, districts: int) -> Measured:
    """Make a release, serve it, and ask each question once, as staff may."""
    release = made_release(folder, districts)
    data = folder / "var"
    token = gmkg(data, "token", "create", "--role", "steward").strip()
    with serving(data) as service:
        answers = first_answers(service, token)
    return Measured(Store.read_only(str(release.store_path(Audience.INTERNAL))), answers)


def main(arguments: Sequence[str] | None = None, say: Callable[[str], object] = print) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.questions")
    parser.add_argument("--districts", type=int, default=100, help="how many in the larger release")
    parser.add_argument("--count", type=int, default=5, help="how often the engine is asked")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        measured = {
            title: measure(Path(name, str(districts)), districts)
            for title, districts in (
                ("sample", 1),
                (f"{given.districts} districts", given.districts),
            )
        }
        sizes = ", ".join(f"{title} {len(each.store):,} quads" for title, each in measured.items())
        say(
            f"Engine: least / median of {given.count} askings. Service: the first answer, over a "
            f"connection of its own. {sizes} (the union included). {platform.system()} on "
            f"{platform.machine()}, {os.cpu_count()} processors, Python "
            f"{platform.python_version()}, pyoxigraph {version('pyoxigraph')}.\n"
        )
        for line in table(measured, given.count):
            say(line)


if __name__ == "__main__":
    main(sys.argv[1:])
