"""Where our line's time goes: its steps by stage, and which stages are told apart from the rest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from loaders.steps import Step
from tests.benchmarks.loading.contenders import PARTS
from tests.benchmarks.loading.measuring import Round

SHAPES, INFERENCE, UNION = "shapes (SHACL)", "inference", "union as the default graph"
INDEX, FURTHER = "search index", "further audiences"
APART = (INDEX, UNION, SHAPES, INFERENCE, FURTHER)
"""The stages without which there is a public store all the same, in the order they are added."""

REST = "the rest, start included"
_APART_BY_STEP = {"shapes": SHAPES, "inference": INFERENCE, "union": UNION, "search index": INDEX}
_FURTHER = frozenset({"partner", "internal"})


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a part: its seconds, without those of stages within it, and the memory in it."""

    part: str
    name: str
    seconds: float
    peak: int

    @property
    def apart(self) -> str | None:
        """Which of `APART` it belongs to, if to any."""
        return self.name if self.name in APART else None


def stage_of(step: Step) -> str:
    """The stage that a step belongs to, whatever its place in the code."""
    path = (*step.within, step.name)
    if _FURTHER.intersection(path):
        return FURTHER
    for name in reversed(path):
        if name in _APART_BY_STEP:
            return _APART_BY_STEP[name]
    if path[:2] == ("public", "store"):
        return "ledger" if "ledger" in path else "public store"
    return "public, otherwise" if path == ("public",) else path[0]


def stages_of(round_: Round) -> list[Stage]:
    """The stages of a round by part, in the order in which they begin; they add up to all of it."""
    return [each for part in PARTS for each in _stages_of_part(round_, part)]


def _stages_of_part(round_: Round, part: str) -> Iterable[Stage]:
    steps, ran = round_.steps.get(part, []), round_.parts[part]
    seconds: dict[str, float] = {}
    peaks: dict[str, int] = {}
    for each in sorted(steps, key=lambda step: (step.began, -step.ended)):
        stage = stage_of(each)
        seconds[stage] = seconds.get(stage, 0.0) + _own_seconds(each, steps)
    for at, held in ran.looks:
        stage = stage_of(within) if (within := _innermost(steps, at)) else REST
        peaks[stage] = max(peaks.get(stage, 0), held)
    seconds[REST] = ran.wall - sum(seconds.values())
    for stage, took in seconds.items():
        yield Stage(part, stage, took, peaks.get(stage, 0))


def _innermost(steps: Iterable[Step], at: float) -> Step | None:
    """The step in which a moment lies, the one furthest in."""
    around = (each for each in steps if each.began <= at <= each.ended)
    return max(around, key=lambda each: len(each.within), default=None)


def _own_seconds(step: Step, steps: Sequence[Step]) -> float:
    """The seconds of a step without those of the steps right within it."""
    path = (*step.within, step.name)
    parts = (
        each.seconds
        for each in steps
        if each.within == path and step.began <= each.began and each.ended <= step.ended
    )
    return step.seconds - sum(parts)


def store_alone(round_: Round) -> float:
    """The seconds from the records to a public store, without the stages that are told apart."""
    return sum(each.seconds for each in stages_of(round_) if each.apart is None)


def added(round_: Round, stage: str) -> float:
    """The seconds of a stage that is told apart."""
    return sum(each.seconds for each in stages_of(round_) if each.apart == stage)
