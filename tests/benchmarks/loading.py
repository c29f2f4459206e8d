"""How long a load takes and how much memory: ours beside an rdflib script and a mapping engine.

    python -m tests.benchmarks.loading [--records N] [--runs N] [--peer NAME ...] [--flat [N]]

Each makes triples of the same file of made-up organisations, as a process of its own from start to
end. In a first run of each its memory is measured, and all must have made the same triples. Then
they are timed in turn, so that all meet the same moments of the machine.
"""

import argparse
import hashlib
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, parse

from loaders.directory import initialise
from loaders.staging import staged_load
from ontology.namespaces import DEF, DEFAULT_BASE, PREFIXES
from tests.benchmarks import rdflib_script
from tests.benchmarks.made_records import FORMAT, TRIPLES, write_organisations
from tests.benchmarks.processes import Took, peak_of, time_of

SOURCE = "made"
MORPH_KGC = "2.10.0"
MEGABYTE = 1_000_000

_ENGINE = Path(sys.prefix) / "morph-kgc"  # its pins contradict ours, so it has a place of its own
_MAPPED_PREFIXES = ("dct", "foaf", "org", "schema", "skos", "xsd")
_MAPPING = f"""\
prefixes:
  {{prefixes}}
mappings:
  organisation:
    sources:
      - ["{{records}}~csv"]
    s: {DEFAULT_BASE}id/organisation/$(key)
    po:
      - [a, [org:FormalOrganization, org:Organization]]
      - [dct:identifier, $(key)]
      - [skos:prefLabel, $(name), en~lang]
      - [org:classification, {DEF}organisation-type/$(type)~iri]
      - [skos:altLabel, $(other-names), en~lang]
      - [foaf:homepage, $(homepage)~iri]
      - [schema:foundingDate, $(founded), xsd:date]
      - [dct:source, $(source)~iri]
      - [dct:description, $(description), en~lang]
"""
_SETTINGS = """\
[CONFIGURATION]
output_file: {made}
output_format: N-TRIPLES
[{source}]
mappings: {mapping}
"""


@dataclass(frozen=True, slots=True)
class Contender:
    """A way to load: its command, what must be done before each run, the triples that it made."""

    name: str
    command: tuple[str, ...]
    triples: Callable[[], Iterator[str]]
    prepare: Callable[[], object] = lambda: None


@dataclass(frozen=True, slots=True)
class Measured:
    """What one contender took: the most bytes that it held, and its timed runs."""

    name: str
    peak: int
    runs: list[Took]


def ours(folder: Path, records: Path) -> Contender:
    """`gmkg load` into a new data directory. What is published afterwards is not measured."""
    data = folder / "data"
    command = [sys.executable, "-m", "service.cli", "load", "--file", str(records)]
    command += ["--source", SOURCE, "--format", FORMAT, "--data", str(data)]

    def prepare() -> None:
        shutil.rmtree(data, ignore_errors=True)
        initialise(data, DEFAULT_BASE)

    def triples() -> Iterator[str]:
        directory = initialise(data)
        load = staged_load(directory, SOURCE)
        assert load is not None
        return triples_of(directory.staged / load.quads_name, f"{DEFAULT_BASE}graph/{SOURCE}")

    return Contender("gmkg load", tuple(command), triples, prepare)


def rdflib(folder: Path, records: Path) -> Contender:
    """A script with rdflib: a graph in memory, written out."""
    made = folder / "rdflib.nt"
    command = (sys.executable, rdflib_script.__file__, str(records), str(made))
    return Contender(f"rdflib {version('rdflib')}", command, lambda: triples_of(made))


def morph_kgc(folder: Path, records: Path) -> Contender:
    """The mapping engine Morph-KGC with rules in YARRRML and its own settings otherwise.

    Raises:
        RuntimeError: it is not installed, and cannot be.
    """
    python = install_engine()
    made, mapping, settings = (folder / name for name in ("morph.nt", "made.yaml", "made.ini"))
    prefixes = "\n  ".join(f"{each}: {PREFIXES[each]}" for each in _MAPPED_PREFIXES)
    mapping.write_text(_MAPPING.format(prefixes=prefixes, records=records))
    settings.write_text(_SETTINGS.format(made=made, source=SOURCE, mapping=mapping))
    command = (str(python), "-m", "morph_kgc", str(settings))
    return Contender(f"morph-kgc {MORPH_KGC}", command, lambda: triples_of(made))


PEERS: dict[str, Callable[[Path, Path], Contender]] = {"rdflib": rdflib, "morph-kgc": morph_kgc}


def install_engine() -> Path:
    """The Python of an environment that has Morph-KGC, made where it is not there yet.

    Raises:
        RuntimeError: it cannot be installed; the reason, as pip tells it.
    """
    python = _ENGINE / "bin" / "python"
    if has_engine():
        return python
    for command in (
        (sys.executable, "-m", "venv", str(_ENGINE)),
        (str(python), "-m", "pip", "install", "--quiet", f"morph-kgc=={MORPH_KGC}"),
    ):
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        if ended.returncode != 0:
            raise RuntimeError(f"morph-kgc cannot be installed: {ended.stderr.strip()}")
    return python


def has_engine() -> bool:
    """Whether Morph-KGC is installed for this measurement."""
    return any(_ENGINE.glob(f"lib/*/site-packages/morph_kgc-{MORPH_KGC}.dist-info"))


def triples_of(path: Path, graph: str | None = None) -> Iterator[str]:
    """The triples of a file of N-Triples, or of one graph of N-Quads, in one spelling."""
    wanted = NamedNode(graph) if graph else DefaultGraph()
    format_ = RdfFormat.N_QUADS if graph else RdfFormat.N_TRIPLES
    for each in parse(path=str(path), format=format_):
        if each.graph_name == wanted:
            yield f"{each.subject} {each.predicate} {each.object}"


def digest_of(triples: Iterable[str]) -> tuple[int, str]:
    """How many triples these are, each counted once, and a digest that tells sets of them apart."""
    distinct = sorted(set(triples))
    digest = hashlib.sha256()
    for each in distinct:
        digest.update(f"{each}\n".encode())
    return len(distinct), digest.hexdigest()


def measure(contenders: Sequence[Contender], runs: int, triples: int) -> list[Measured]:
    """Memory of each, once all have made the same triples; then so many timed runs of each.

    Raises:
        RuntimeError: one has not made as many triples as it should, or others than the first.
    """
    measured, expected = [], None
    for each in contenders:
        each.prepare()
        measured.append(Measured(each.name, peak_of(each.command), []))
        made = digest_of(each.triples())
        expected = expected or made
        if made != expected or made[0] != triples:
            raise RuntimeError(
                f"{each.name} made {made[0]:,} triples, not the {triples:,} that it should."
                if made[0] != triples
                else f"{each.name} did not make the same triples as {contenders[0].name}."
            )
    for _ in range(runs):
        for each, so_far in zip(contenders, measured, strict=True):
            each.prepare()
            so_far.runs.append(time_of(each.command))
    return measured


def table(measured: Sequence[Measured]) -> str:
    """A Markdown table; a ratio above 1 says how much more than ours the others took.

    Ratios are those of the least times: what else a machine does only ever adds to them.
    """
    rows = [
        "| | wall time: least | median | processor time: least | peak memory "
        "| ratio: wall time | ratio: processor time |",
        "|---|---|---|---|---|---|---|",
    ]
    our_wall, our_processor = _least(measured[0])
    for each in measured:
        wall, processor = _least(each)
        cells = [
            each.name,
            f"{wall:.2f} s",
            f"{statistics.median(run.wall for run in each.runs):.2f} s",
            f"{processor:.2f} s",
            f"{each.peak / MEGABYTE:,.0f} MB",
            f"{wall / our_wall:.2f}",
            f"{processor / our_processor:.2f}",
        ]
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def _least(measured: Measured) -> tuple[float, float]:
    return (
        min(run.wall for run in measured.runs),
        min(run.processor for run in measured.runs),
    )


def flatness(folder: Path, counts: Sequence[int]) -> str:
    """A Markdown table of our memory and time for files of several sizes, one run for each."""
    rows = ["| records | triples | peak memory | processor time |", "|---|---|---|---|"]
    for count in counts:
        records = folder / "records.csv"
        write_organisations(records, count)
        contender = ours(folder, records)
        contender.prepare()
        peak = peak_of(contender.command)
        contender.prepare()
        processor = time_of(contender.command).processor
        cells = [f"{count:,}", f"{count * TRIPLES:,}", f"{peak / MEGABYTE:,.0f} MB"]
        rows.append(f"| {' | '.join(cells)} | {processor:.1f} s |")
    return "\n".join(rows)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.loading")
    parser.add_argument("--records", type=int, default=100_000, help="how many records to make up")
    parser.add_argument("--runs", type=int, default=5, help="how many timed runs of each")
    parser.add_argument(
        "--peer", choices=PEERS, action="append", help="beside which; else beside all there are"
    )
    parser.add_argument(
        "--flat",
        type=int,
        nargs="?",
        const=1_000_000,
        help="measure our memory for so many records as well, which takes minutes",
    )
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        records = folder / "records.csv"
        write_organisations(records, given.records)
        contenders = [ours(folder, records)]
        for peer in given.peer or PEERS:
            try:
                contenders.append(PEERS[peer](folder, records))
            except RuntimeError as error:
                print(f"Without {peer}: {error}", file=sys.stderr)
        circumstances = _circumstances(given.records, records.stat().st_size, given.runs)
        measured = measure(contenders, given.runs, given.records * TRIPLES)
        print(circumstances, table(measured), sep="\n\n")
        if given.flat:
            print("", flatness(folder, (given.records, given.flat)), sep="\n")


def _circumstances(count: int, size: int, runs: int) -> str:
    return (
        f"{count:,} records of {TRIPLES} triples each, {size / MEGABYTE:.0f} MB of CSV; {runs} "
        f"timed runs of each in turn, the same triples from all. {platform.system()} on "
        f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}."
    )


if __name__ == "__main__":
    main()
