"""What a small change costs: our line once more, after one record in a hundred changed."""

from pathlib import Path

from tests.benchmarks.loading.contenders import PARTS, Line
from tests.benchmarks.loading.measuring import Round
from tests.benchmarks.loading.runs import run
from tests.benchmarks.loading.stages import INFERENCE, added, stages_of
from tests.benchmarks.loading.tables import NONE, VERBS, memory, seconds, table
from tests.benchmarks.made_records import write_organisations

ONE_IN = 100

_SEEN = 0.01  # seconds; what takes less is not told apart


def change(folder: Path, records: int) -> tuple[Round, Round]:
    """A first load and publish of so many records, and those after one in a hundred changed."""
    file = folder / "changing.csv"
    line = Line(folder, file)
    line.begin()
    rounds = []
    for altered in (None, ONE_IN):
        write_organisations(file, records, altered=altered)
        parts = {part: run(line.command(part)) for part in PARTS}
        rounds.append(Round(parts, line.steps()))
    first, second = rounds
    return first, second


def change_table(first: Round, second: Round) -> str:
    """Both beside each other, stage by stage, then in all and without inference."""
    before = {(each.part, each.name): each.seconds for each in stages_of(first)}
    after = {(each.part, each.name): each.seconds for each in stages_of(second)}
    rows = [
        _row(VERBS[part], name, before.get((part, name)), after.get((part, name)))
        for part, name in sorted({**before, **after}, key=lambda each: PARTS.index(each[0]))
        if max(times.get((part, name), 0.0) for times in (before, after)) >= _SEEN
    ]
    for part in PARTS:
        rows.append(_row(VERBS[part], "in all", first.parts[part].wall, second.parts[part].wall))
    rows.append(_row("both", "in all", first.wall, second.wall))
    without = (each.wall - added(each, INFERENCE) for each in (first, second))
    rows.append(_row("both", "without inference", *without))
    rows.append(("both", "peak memory", memory(first.peak), memory(second.peak), NONE))
    head = ("", "stage", "first", "after a change of 1 %", "of the first")
    return table(head, rows)


def _row(part: str, name: str, first: float | None, second: float | None) -> tuple[str, ...]:
    share = NONE
    if first is not None and second is not None and first >= _SEEN:
        share = f"{second / first:.1%}"
    return part, name, seconds(first), seconds(second), share
