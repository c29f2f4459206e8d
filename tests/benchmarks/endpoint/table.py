"""The tables, in Markdown, as `docs/performance.md` takes them."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.benchmarks.endpoint.measuring import Cell, Siege, ratio

MEGABYTE = 1_000_000
NONE = "–"

Memory = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of request by so many clients; `target` is a ratio, or a rate of ours alone."""

    name: str
    clients: int
    ours: Cell
    other: Cell | None
    target: float | None = None


def speed(rows: Sequence[Row], other: str) -> str:
    """Answers a second of ours and of another service."""
    lines = [
        f"| | clients | ours, /s | {other}, /s | ratio | to reach | ours: p50 / p99, ms "
        f"| {other}: p50 / p99, ms |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        both = row.other is not None and row.ours.counts and row.other.counts
        alone = row.other is None
        cells = [
            row.name,
            str(row.clients),
            _rate(row.ours),
            _rate(row.other),
            f"{ratio(row.ours.rates, row.other.rates):.2f}" if both and row.other else NONE,
            NONE if row.target is None else f"{row.target:,.0f} /s" if alone else f"{row.target:g}",
            _times(row.ours),
            _times(row.other),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def sieges(ours: Siege, native: Siege, clients: int, attackers: int, target: float) -> str:
    """Tiny lookups in peace and not."""
    lines = [
        f"| tiny lookups, {clients} clients | ours, /s | p50 / p99, ms | p99, of that without "
        "| to reach | native, /s | p50 / p99, ms | p99, of that without |",
        "|---|---|---|---|---|---|---|---|",
    ]
    cases = (
        ("alone", "quiet", None),
        (f"beside {attackers} attackers", "attacked", target),
        (f"beside {clients} answers of 50 MB being made", "laden", None),
    )
    for name, which, wanted in cases:
        cells = [name]
        for siege in (ours, native):
            cell: Cell = getattr(siege, which)
            whole = cell.counts and siege.quiet.counts
            times = f"{ratio(cell.p99s, siege.quiet.p99s):.1f}" if whole else NONE
            cells += [_rate(cell), _times(cell), NONE if which == "quiet" else times]
            if siege is ours:
                cells.append(NONE if wanted is None else f"≤ {wanted:g}")
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def memory(held: Mapping[str, Sequence[Memory]]) -> str:
    """What the processes of each service hold, idle and afterwards."""
    lines = ["| | processes | idle | afterwards |", "|---|---|---|---|"]
    for name, (idle, after) in held.items():
        cells = [name, str(idle[0]), *(f"{each[1] / MEGABYTE:,.0f} MB" for each in (idle, after))]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _rate(cell: Cell | None) -> str:
    if cell is None:
        return NONE
    if cell.fault is not None:
        return f"void: {cell.fault}".replace("|", "/")
    if not cell.counts:
        return NONE
    return f"{cell.rate:,.0f}" if cell.rate >= 100 else f"{cell.rate:.2g}"


def _times(cell: Cell | None) -> str:
    if cell is None or not cell.counts:
        return NONE
    return f"{statistics.median(cell.p50s):.3g} / {statistics.median(cell.p99s):.3g}"
