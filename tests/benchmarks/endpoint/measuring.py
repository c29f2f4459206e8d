"""Services measured in turn: round by round, so that all meet the same moments of the machine."""

import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.benchmarks.endpoint import questions
from tests.benchmarks.endpoint.answers import Answer, Tour, attack, connected, tour
from tests.benchmarks.endpoint.questions import Right
from tests.benchmarks.endpoint.services import Service
from tests.benchmarks.endpoint.wrk import Gun, Load, Shot, fault_of

PROBES = 20
CHECKED_SECONDS = 0.25
SLACK = 16  # bytes by which heads may differ, for instance where one says how long it took
LEAD = 0.4
SETTLING = 0.01  # seconds for each client


@dataclass
class Cell:
    """What one service did in each round; with a fault it counts for nothing.

    Rates are answers a second, percentiles milliseconds.
    """

    rates: list[float] = field(default_factory=list)
    p50s: list[float] = field(default_factory=list)
    p99s: list[float] = field(default_factory=list)
    fault: str | None = None

    def add(self, rate: float, p50: float, p99: float) -> None:
        """One more round."""
        self.rates.append(rate)
        self.p50s.append(p50)
        self.p99s.append(p99)

    def void(self, fault: str) -> None:
        """Say why it counts for nothing; the first reason is kept."""
        self.fault = self.fault or fault

    @property
    def counts(self) -> bool:
        """Whether it was measured, and each answer was right."""
        return self.fault is None and bool(self.rates)

    @property
    def rate(self) -> float:
        """The median of its rates."""
        return statistics.median(self.rates)


def ratio(one: Sequence[float], other: Sequence[float]) -> float:
    """The median of the rounds' ratios."""
    return statistics.median(a / b for a, b in zip(one, other, strict=True))


@dataclass(frozen=True, slots=True)
class Question:
    """What a service is asked, and what a right answer is."""

    service: Service
    request: bytes
    right: Right
    status: int = 200


def load_of(gun: Gun, question: Question) -> Load:
    """The load for wrk, once some answers were looked at closely.

    Raises:
        ValueError: an answer is wrong, or they are not of one length.
    """
    bodies, wires = set(), []
    with connected(question.service.port) as connection:
        for _ in range(PROBES):
            number, request = gun.fill(question.request)
            answer = connection.ask(request)
            fault = questions.fault_of(answer, question.status, number, question.right)
            if fault is not None:
                raise ValueError(fault)
            bodies.add(answer.length)
            wires.append(answer.wire)
    if len(bodies) != 1:
        raise ValueError(f"answers of {min(bodies)} to {max(bodies)} bytes")
    wire = min(wires) - SLACK, max(wires) + SLACK
    return Load(question.service.port, question.request, question.status, bodies.pop(), wire)


def in_turn(
    gun: Gun, asked: Sequence[Question], clients: int, rounds: int, seconds: float
) -> list[Cell]:
    """A cell for each question, asked by wrk."""
    cells = [Cell() for _ in asked]
    loads: list[Load | None] = []
    for question, cell in zip(asked, cells, strict=True):
        load = None
        try:
            load = load_of(gun, question)
            shoot(gun, load, clients, min(CHECKED_SECONDS, seconds), cell, checked=True)
        except (OSError, ValueError) as error:
            cell.void(str(error))
        loads.append(load)
    for _ in range(rounds):
        for load, cell in zip(loads, cells, strict=True):
            if load is not None and cell.fault is None:
                shot = shoot(gun, load, clients, seconds, cell)
                cell.add(shot.rate, shot.p50, shot.p99)
    return cells


def shoot(
    gun: Gun, load: Load, clients: int, seconds: float, cell: Cell, *, checked: bool = False
) -> Shot:
    """One run of wrk, that voids the cell where an answer was wrong.

    Clients of the run before left without their last answers, which may still be made: they get a
    moment for that.
    """
    time.sleep(SETTLING * clients)
    shot = gun.fire(load, clients, seconds, checked=checked)
    fault = fault_of(shot, load, clients)
    if fault is not None and (shot.requests or not checked):
        cell.void(fault)
    return shot


@dataclass(frozen=True, slots=True)
class Heavy:
    """A question whose answers are few and looked at one by one."""

    service: Service
    request: bytes
    fault_of: Callable[[Answer], str | None]


def toured(gun: Gun, heavy: Heavy, clients: int, seconds: float) -> Tour:
    """So many clients that ask until the time is up."""
    return tour(
        heavy.service.port,
        clients,
        seconds,
        lambda: gun.fill(heavy.request)[1],
        heavy.fault_of,
    )


def heavy_in_turn(
    gun: Gun, asked: Sequence[Heavy], clients: int, rounds: int, seconds: float
) -> list[Cell]:
    """A cell for each question, asked by clients that look at every answer."""
    cells = [Cell() for _ in asked]
    for _ in range(rounds):
        for heavy, cell in zip(asked, cells, strict=True):
            if cell.fault is None:
                made = toured(gun, heavy, clients, seconds)
                if made.fault is not None:
                    cell.void(made.fault)
                    continue
                took = sorted(1000 * each for each in made.took)
                cell.add(made.rate, statistics.median(took), took[len(took) * 99 // 100])
    return cells


@dataclass
class Siege:
    """Tiny lookups of one service: alone, beside attackers, beside long answers being made."""

    quiet: Cell = field(default_factory=Cell)
    attacked: Cell = field(default_factory=Cell)
    laden: Cell = field(default_factory=Cell)
    told: Counter[int] = field(default_factory=Counter)


def besiege(
    gun: Gun,
    tiny: Question,
    long: Heavy,
    *,
    clients: int,
    attackers: int,
    rounds: int,
    seconds: float,
) -> Siege:
    """Measure tiny lookups in peace and not. A server that dies of it voids what follows."""
    siege = Siege()
    try:
        load = load_of(gun, tiny)
    except (OSError, ValueError) as error:
        for cell in (siege.quiet, siege.attacked, siege.laden):
            cell.void(str(error))
        return siege
    killers = [questions.query(tiny.service.path, each) for each in _anew(questions.KILLERS)]
    for _ in range(rounds):
        _shot_into(siege.quiet, gun, load, clients, seconds)
        _beside(siege.laden, gun, load, clients, seconds, long)
        with attack(
            tiny.service.port, lambda turn: gun.fill(killers[turn % len(killers)])[1], attackers
        ) as told:
            time.sleep(LEAD)
            _shot_into(siege.attacked, gun, load, clients, seconds)
        siege.told += told.statuses
    return siege


def _anew(texts: Sequence[str]) -> list[str]:
    return [questions.asked_anew(each) for each in texts]


def _beside(cell: Cell, gun: Gun, load: Load, clients: int, seconds: float, long: Heavy) -> None:
    """Tiny lookups while as many clients are made long answers, one after another."""
    tours: list[Tour] = []
    making = threading.Thread(
        target=lambda: tours.append(toured(gun, long, clients, LEAD + seconds))
    )
    making.start()
    time.sleep(LEAD)
    _shot_into(cell, gun, load, clients, seconds)
    making.join()
    fault = tours[0].fault if tours else "no answer"
    if fault is not None:
        cell.void(f"a long answer: {fault}")


def _shot_into(cell: Cell, gun: Gun, load: Load, clients: int, seconds: float) -> None:
    if cell.fault is None:
        shot = shoot(gun, load, clients, seconds, cell)
        cell.add(shot.rate, shot.p50, shot.p99)


def told(statuses: Mapping[int, int]) -> str:
    """What attackers were answered, in words."""
    names = {0: "connection broken"}
    each = (f"{names.get(status, status)} × {count}" for status, count in sorted(statuses.items()))
    return ", ".join(each) or "nothing before they left"
