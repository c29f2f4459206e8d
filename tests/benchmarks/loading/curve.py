"""How the work grows with the records: our line and the floor, once for each of several sizes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.loading.contenders import PARTS, Line, floor
from tests.benchmarks.loading.measuring import Round, measure
from tests.benchmarks.loading.stages import stages_of, store_alone
from tests.benchmarks.loading.tables import SEEN, VERBS, memory, seconds, table
from tests.benchmarks.made_records import TRIPLES, write_organisations

READING = "reading and mapping"


@dataclass(frozen=True, slots=True)
class Point:
    """One size: the records, a round of our line and one of the floor, and the bytes on disk."""

    records: int
    ours: Round
    bottom: Round
    disk: int


def points(folder: Path, sizes: Sequence[int]) -> Iterator[Point]:
    """Our line and the floor, measured for each size."""
    for size in sizes:
        records = folder / "growing.csv"
        write_organisations(records, size)
        line = Line(folder, records)
        contenders = (line.contender(), floor(folder, line))
        ours, bottom = measure(contenders, 1, size * TRIPLES)
        yield Point(size, ours.rounds[0], bottom.rounds[0], disk_use(line.data))


def curve_table(found: Iterable[Point]) -> str:
    """Time and memory of each size; what is linear has the same figures a triple in every row."""
    head = (
        *("records", "triples", "load", "publish", "both: µs a triple"),
        *("a public store alone: µs a triple", "the floor: µs a triple", "of the floor"),
        *("peak memory: reading and mapping", "load", "publish", "on disk"),
    )
    return table(head, map(_row, found))


def stage_curve_table(found: Sequence[Point]) -> str:
    """The work of each stage by size, in microseconds a triple; the least are left out."""
    times = [
        {(each.part, each.name): each.seconds for each in stages_of(point.ours)} for point in found
    ]
    in_turn = list(zip(times, found, strict=True))
    names = dict.fromkeys(key for size in times for key in size)
    rows = [
        (
            VERBS[part],
            name,
            *(
                f"{size.get((part, name), 0.0) / (point.records * TRIPLES) * 1_000_000:.2f}"
                for size, point in in_turn
            ),
        )
        for part, name in names
        if any(size.get((part, name), 0.0) >= SEEN * p.ours.wall for size, p in in_turn)
    ]
    sizes = (f"{point.records * TRIPLES:,} triples" for point in found)
    return table(("", "µs a triple of", *sizes), rows)


def _row(point: Point) -> tuple[str, ...]:
    triples = point.records * TRIPLES
    alone, bottom = store_alone(point.ours), point.bottom.wall
    reading = [each.peak for each in stages_of(point.ours) if each.name == READING]
    return (
        f"{point.records:,}",
        f"{triples:,}",
        *(seconds(point.ours.parts[part].wall) for part in PARTS),
        *(f"{took / triples * 1_000_000:.1f}" for took in (point.ours.wall, alone, bottom)),
        f"{bottom / alone:.2f}",
        memory(max(reading, default=0)),
        *(memory(point.ours.parts[part].peak) for part in PARTS),
        memory(point.disk),
    )


def disk_use(folder: Path) -> int:
    """The bytes of all files in a folder, each once however many names it has."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            status = path.stat()
            found[status.st_dev, status.st_ino] = status.st_size
    return sum(found.values())
