"""The measurement as one command, which prints what stands in `docs/performance.md`."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.loading import real_files
from tests.benchmarks.loading.change import change, change_table
from tests.benchmarks.loading.contenders import PEERS, Contender, Line, floor, line_with_more_inside
from tests.benchmarks.loading.curve import curve_table, points, stage_curve_table
from tests.benchmarks.loading.measuring import measure
from tests.benchmarks.loading.tables import (
    MEGABYTE,
    beside,
    counted,
    machine,
    stage_by_stage,
)
from tests.benchmarks.made_records import TRIPLES, write_organisations
from tests.coverage import DATA

QUICK = (10_000, 3)
FULL = ((100_000, 3), (1_000_000, 1))
CURVE = (100_000, 300_000, 1_000_000)
CHANGED = 100_000
"""So many records make a source of a million triples."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print, each section as soon as it is known; 1 where one of them failed."""
    given = _parser().parse_args(arguments)
    print(f"{machine()}, pyoxigraph {version('pyoxigraph')}.", flush=True)
    failed = False
    for section in _sections(given):
        try:
            with tempfile.TemporaryDirectory(dir=given.folder) as name:
                for part in section(Path(name)):
                    print("", part, sep="\n", flush=True)
        except RuntimeError as error:
            print(error, file=sys.stderr)
            failed = True
    return int(failed)


def _sections(given: argparse.Namespace) -> Iterator[Callable[[Path], Iterator[str]]]:
    """What is to be measured, each in a folder of its own."""
    peers = given.peer or list(PEERS)
    for records, rounds in FULL if given.full else ((given.records, given.rounds),):
        yield partial(
            _compared, count=records, rounds=rounds, peers=peers, is_public_only=given.public_only
        )
    if given.full or given.change:
        yield partial(_changed, records=CHANGED if given.full else given.records)
    if given.full or given.curve:
        yield partial(_curve, sizes=given.curve or CURVE)
    if given.full or given.real:
        yield partial(_real, data=DATA)


def _parser() -> argparse.ArgumentParser:
    records, rounds = QUICK
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.loading")
    parser.add_argument("--records", type=int, default=records, help="how many records to make up")
    parser.add_argument("--rounds", type=int, default=rounds, help="how many rounds of all")
    parser.add_argument(
        "--peer", choices=PEERS, action="append", help="beside which; else beside all there are"
    )
    parser.add_argument(
        "--public-only", action="store_true", help="leave out our line where staff see more"
    )
    parser.add_argument("--change", action="store_true", help="change one record in a hundred too")
    parser.add_argument(
        "--curve", type=int, nargs="+", metavar="RECORDS", help="measure these sizes too, ours only"
    )
    parser.add_argument("--real", action="store_true", help="publishers' own files too")
    parser.add_argument(
        "--full", action="store_true", help="all of that at full size, which takes three hours"
    )
    parser.add_argument(
        "--folder", type=Path, help="where to work; it needs 30 GB for a million records"
    )
    return parser


def _compared(
    folder: Path, count: int, rounds: int, peers: Sequence[str], is_public_only: bool
) -> Iterator[str]:
    """All contenders over so many records, then where ours spends its time."""
    records = folder / "records.csv"
    write_organisations(records, count)
    line = Line(folder, records)
    contenders: list[Contender] = [line.contender(), floor(folder, line)]
    if not is_public_only:
        contenders.append(line_with_more_inside(folder, records, count))
    for peer in peers:
        try:
            contenders.append(PEERS[peer](folder, records))
        except RuntimeError as error:
            print(f"Without {peer}: {error}", file=sys.stderr)
    triples = count * TRIPLES
    measured = measure(contenders, rounds, triples)
    in_turn = "1 round" if rounds == 1 else f"medians of {rounds} rounds in turn"
    yield (
        f"{count:,} records of {TRIPLES} triples each, "
        f"{records.stat().st_size / MEGABYTE:,.0f} MB of CSV, the same triples from all; {in_turn}."
    )
    yield beside(measured, count, triples)
    yield counted(measured, count, triples)
    yield stage_by_stage(measured[0], count)


def _changed(folder: Path, records: int) -> Iterator[str]:
    yield f"{records:,} records, then one in a hundred of them with another description:"
    yield change_table(*change(folder, records))


def _curve(folder: Path, sizes: Sequence[int]) -> Iterator[str]:
    found = list(points(folder, sizes))
    yield "Our line and the floor, one run of each for each size:"
    yield curve_table(found)
    yield stage_curve_table(found)


def _real(folder: Path, data: Path) -> Iterator[str]:
    chosen = real_files.files(data)
    if not chosen:
        yield "There are no real files here."
        return
    yield "Publishers' own files, one run of each:"
    yield real_files.real_table(list(real_files.measured(folder, chosen, data)))


if __name__ == "__main__":
    sys.exit(main())
