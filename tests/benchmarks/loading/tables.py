"""What was measured, as Markdown tables."""

import os
import platform
import statistics
from collections.abc import Callable, Iterable, Sequence

from tests.benchmarks.loading.contenders import PARTS
from tests.benchmarks.loading.measuring import Measured, Round, rounds_of
from tests.benchmarks.loading.stages import APART, Stage, added, stages_of, store_alone

MEGABYTE = 1_000_000
NONE = "–"
SEEN = 0.005
"""A stage that takes less of all has no row."""
VERBS = dict(zip(PARTS, ("load", "publish"), strict=True))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def seconds(number: float | None) -> str:
    """Seconds as they are printed."""
    return NONE if number is None else f"{number:,.2f} s"


def memory(peak: int) -> str:
    """Bytes as they are printed."""
    return f"{peak / MEGABYTE:,.0f} MB" if peak else NONE


def machine() -> str:
    """What it was measured on."""
    return (
        f"{platform.system()} on {platform.machine()}, {os.cpu_count()} processors, "
        f"Python {platform.python_version()}"
    )


def beside(measured: Sequence[Measured], records: int, triples: int) -> str:
    """All contenders beside each other, from records to a store."""
    bottom, peer = rounds_of(measured, "oxigraph"), rounds_of(measured, "morph-kgc")
    head = (
        *("", "records to RDF", "RDF to a store", "both", "processor time", "records/s"),
        *("triples/s", "peak memory", "of the floor", "times morph-kgc"),
    )
    return table(head, (_beside(each, records, triples, bottom, peer) for each in measured))


def _beside(
    each: Measured, records: int, triples: int, bottom: Measured | None, peer: Measured | None
) -> list[str]:
    both = each.median(lambda one: one.wall)
    return [
        each.name,
        *(seconds(_part(each, part)) for part in PARTS),
        seconds(both),
        seconds(each.median(lambda one: one.processor)),
        f"{records / both:,.0f}",
        f"{triples / both:,.0f}",
        memory(round(each.median(lambda one: one.peak))),
        f"{each.ratio(bottom):.2f}" if bottom else NONE,
        f"{each.ratio(peer):.2f}" if peer and each is not bottom else NONE,
    ]


def _part(each: Measured, part: str) -> float | None:
    if part not in each.contender.commands():
        return None
    return each.median(lambda one: one.parts[part].wall)


def counted(measured: Sequence[Measured], records: int, triples: int) -> str:
    """Our line up to a public store, and with what else it makes added one by one."""
    ours = measured[0]
    bottom, peer = rounds_of(measured, "oxigraph"), rounds_of(measured, "morph-kgc")
    so_far: Callable[[Round], float] = store_alone
    rows = []
    for name in ("a public store alone", *APART):
        if name in APART:
            before = so_far
            so_far = _with(so_far, name)
            if ours.median(so_far) - ours.median(before) == 0:
                continue
        took = ours.median(so_far)
        rows.append(
            (
                f"and {name}" if name in APART else name,
                seconds(took),
                f"{records / took:,.0f}",
                f"{triples / took:,.0f}",
                f"{ours.ratio(bottom, so_far):.2f}" if bottom else NONE,
                f"{ours.ratio(peer, so_far):.2f}" if peer else NONE,
            )
        )
    head = ("counted of ours", "time", "records/s", "triples/s", "of the floor", "times morph-kgc")
    return table(head, rows)


def _with(before: Callable[[Round], float], stage: str) -> Callable[[Round], float]:
    return lambda each: before(each) + added(each, stage)


def stage_by_stage(ours: Measured, records: int) -> str:
    """Where the time of our line goes, medians over the rounds; the least stages are left out."""
    rounds = [stages_of(each) for each in ours.rounds]
    whole = ours.median(lambda each: each.wall)
    rows = []
    for part, name in dict.fromkeys((each.part, each.name) for one in rounds for each in one):
        found = [_found(part, name, each) for each in rounds]
        took = statistics.median(each.seconds for each in found)
        if took / whole < SEEN and name not in APART:
            continue
        rows.append(
            (
                VERBS[part],
                name,
                seconds(took),
                f"{took / whole:.0%}",
                f"{took / records * 1_000_000:,.0f}",
                memory(max(each.peak for each in found)),
                "yes" if name in APART else "",
            )
        )
    head = ("", "stage", "time", "of all", "µs a record", "peak memory", "told apart")
    return table(head, rows)


def _found(part: str, name: str, among: Sequence[Stage]) -> Stage:
    found = (each for each in among if (each.part, each.name) == (part, name))
    return next(found, Stage(part, name, 0.0, 0))
