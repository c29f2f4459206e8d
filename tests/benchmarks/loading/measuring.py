"""Rounds of all contenders in turn, once they are known to have made the same."""

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from loaders.steps import Step
from tests.benchmarks.loading.contenders import PARTS, Contender
from tests.benchmarks.loading.runs import Ran, run
from tests.benchmarks.loading.triples import digest_of


@dataclass(frozen=True, slots=True)
class Round:
    """One round of one contender: what each part took, and the steps of ours."""

    parts: dict[str, Ran]
    steps: dict[str, list[Step]] = field(default_factory=dict)

    @property
    def wall(self) -> float:
        """Seconds on the clock, both parts together."""
        return sum(each.wall for each in self.parts.values())

    @property
    def processor(self) -> float:
        """Seconds of processors, both parts together."""
        return sum(each.processor for each in self.parts.values())

    @property
    def peak(self) -> int:
        """The most bytes that either part held."""
        return max(each.peak for each in self.parts.values())


@dataclass(frozen=True, slots=True)
class Measured:
    """The rounds of one contender."""

    contender: Contender
    rounds: list[Round] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Whose they are."""
        return self.contender.name

    def median(self, of: Callable[[Round], float]) -> float:
        """The median of a figure over the rounds."""
        return statistics.median(map(of, self.rounds))

    def ratio(self, to: "Measured", of: Callable[[Round], float] | None = None) -> float:
        """The time of another one by this one's: above 1 this one is faster.

        It is the median of the ratios within the rounds, of their time on the clock or of the
        figure `of` for this one.
        """
        figure = of or (lambda each: each.wall)
        pairs = zip(self.rounds, to.rounds, strict=True)
        return statistics.median(theirs.wall / figure(ours) for ours, theirs in pairs)


def measure(contenders: Iterable[Contender], rounds: int, triples: int) -> list[Measured]:
    """So many rounds of each in turn; after the first, all must have made the same triples.

    Raises:
        RuntimeError: one fails, or has not made as many triples as it should, or others than the
            first; or its store holds another number of them.
    """
    measured = [Measured(each) for each in contenders]
    expected = None
    for number in range(rounds):
        for each in measured:
            each.rounds.append(_round(each.contender))
            if number == 0:
                made = digest_of(each.contender.triples())
                expected = expected or made
                _refuse_others(each.contender, made, expected, triples, measured[0].name)
            each.contender.clear()
    return measured


def _round(contender: Contender) -> Round:
    contender.prepare()
    parts = {part: run(command) for part, command in contender.commands().items()}
    return Round(parts, contender.steps())


def _refuse_others(
    contender: Contender, made: tuple[int, str], expected: tuple[int, str], triples: int, first: str
) -> None:
    name = contender.name
    if made[0] != triples:
        raise RuntimeError(f"{name} made {made[0]:,} triples, not the {triples:,} that it should.")
    if made != expected:
        raise RuntimeError(f"{name} did not make the same triples as {first}.")
    if PARTS[1] in contender.commands() and (held := contender.held()) != triples:
        raise RuntimeError(f"the store of {name} holds {held:,} triples, not {triples:,}.")


def rounds_of(measured: Sequence[Measured], name: str) -> Measured | None:
    """The contender whose name begins so, if it is there."""
    return next((each for each in measured if each.name.startswith(name)), None)
