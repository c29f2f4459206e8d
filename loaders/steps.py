"""The steps of a load or a publish, and how long each takes, for whoever asks.

What does the work says where a step begins and ends; nothing is kept unless somebody listens.
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Step:
    """A step that is over. `began` and `ended` are seconds of the system's monotonic clock.

    `within` names the steps around it, the outermost first.
    """

    name: str
    began: float
    ended: float
    within: tuple[str, ...] = ()

    @property
    def seconds(self) -> float:
        """How long it took, steps within it included."""
        return self.ended - self.began


@dataclass(slots=True)
class Steps:
    """The steps that were listened to, each as soon as it is over."""

    began: float = field(default_factory=time.monotonic)
    taken: list[Step] = field(default_factory=list)
    open: list[str] = field(default_factory=list)


_LISTENING: ContextVar[Steps | None] = ContextVar("listening", default=None)


@contextmanager
def step(name: str) -> Iterator[None]:
    """Something that takes its time; also to be put before a function as `@step("…")`."""
    steps = _LISTENING.get()
    if steps is None:
        yield
        return
    within = tuple(steps.open)
    steps.open.append(name)
    began = time.monotonic()
    try:
        yield
    finally:
        steps.open.pop()
        steps.taken.append(Step(name, began, time.monotonic(), within))


@contextmanager
def listening() -> Iterator[Steps]:
    """The steps that this thread takes from now on, until the end of the block."""
    steps = Steps()
    token = _LISTENING.set(steps)
    try:
        yield steps
    finally:
        _LISTENING.reset(token)


@dataclass(slots=True)
class Sum:
    """All steps of one name at one place: how often they were taken, and for how long in all."""

    path: tuple[str, ...]
    times: int = 0
    seconds: float = 0.0


def summed(steps: Steps) -> list[Sum]:
    """The steps by name and place, in the order in which they began; parts follow their whole."""
    sums: dict[tuple[str, ...], Sum] = {}
    first: dict[tuple[str, ...], float] = {}
    for each in steps.taken:
        path = (*each.within, each.name)
        found = sums.setdefault(path, Sum(path))
        found.times += 1
        found.seconds += each.seconds
        first[path] = min(each.began, first.get(path, each.began))
    return sorted(
        sums.values(),
        key=lambda each: [first[each.path[: n + 1]] for n in range(len(each.path))],
    )


def stepping(items: Iterable[Item]) -> Iterator[Item]:
    """The items of a loop, of which each round is a step with the item's name."""
    for item in items:
        with step(str(item)):
            yield item
