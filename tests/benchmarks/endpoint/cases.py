"""What is measured, and what is to be reached."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.benchmarks.endpoint import questions
from tests.benchmarks.endpoint.answers import Answer, connected
from tests.benchmarks.endpoint.data import TRIPLES, key_of, triples
from tests.benchmarks.endpoint.measuring import (
    Heavy,
    Question,
    Siege,
    besiege,
    heavy_in_turn,
    in_turn,
)
from tests.benchmarks.endpoint.questions import N_TRIPLES, asked_anew, page, query
from tests.benchmarks.endpoint.services import Service
from tests.benchmarks.endpoint.table import Row
from tests.benchmarks.endpoint.wrk import Gun

CLIENTS = (1, 8, 32)
UNCACHED = 0.45
HEAVY = 0.9
AGAIN = dict(zip(CLIENTS, (1.5, 1.8, 2.0), strict=True))
PAGES = (
    ("entity page in Turtle", "ttl", "text/turtle", 2000.0),
    ("entity page in HTML", "html", "text/html", 500.0),
)
BESIEGED = 8
ATTACKERS = 4
UNDER_ATTACK = 3.0
PEER = 20.0
LONG_ANSWER = 50_000_000


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured: of each cell so many rounds of so many seconds.

    `peer_records` is how many of the records rdflib-endpoint has to hold; for 0 it is left out.
    """

    records: int
    rounds: int
    seconds: float
    peer_records: int
    construct_clients: Sequence[int]

    def gun(self) -> Gun:
        """What asks about records without parts: their pages are of one length."""
        lowest = self.records // 10
        return Gun(lowest, self.records - lowest)


def light(ours: Service, native: Service, plan: Plan, gun: Gun) -> Iterator[Row]:
    """Small answers, asked for by wrk."""

    def rows(name: str, clients: int, target: float, *asked: Question) -> Row:
        cells = in_turn(gun, asked, clients, plan.rounds, plan.seconds)
        return Row(name, clients, cells[0], cells[1], target)

    tiny = tiny_lookup(ours), tiny_lookup(native)
    for clients in CLIENTS:
        yield rows("tiny lookup, never asked before", clients, UNCACHED, *tiny)
    again = asked_again(ours, plan), asked_again(native, plan)
    for clients in CLIENTS:
        yield rows("tiny lookup, asked before", clients, AGAIN[clients], *again)
    had = conditional(ours, plan)
    for clients in CLIENTS:
        name = "tiny lookup that the client has (304; native: 200)"
        yield rows(name, clients, AGAIN[clients], had, again[1])
    count = min(questions.ROWS, plan.records)
    many = [
        Question(each, query(each.path, asked_anew(questions.MANY_ROWS)), questions.labels(count))
        for each in (ours, native)
    ]
    for clients in CLIENTS:
        yield rows(f"{count:,} rows in JSON", clients, HEAVY, *many)
    for name, suffix, accept, rate in PAGES:
        asked = Question(ours, page(suffix, accept), questions.its_page)
        for clients in CLIENTS:
            (cell,) = in_turn(gun, [asked], clients, plan.rounds, plan.seconds)
            yield Row(name, clients, cell, None, rate if clients == BESIEGED else None)


def heavy(ours: Service, native: Service, plan: Plan, gun: Gun) -> Iterator[Row]:
    """Work that takes a while, each answer looked at."""
    join = aggregate_join(ours, plan.records), aggregate_join(native, plan.records)
    for clients in CLIENTS:
        cells = heavy_in_turn(gun, join, clients, plan.rounds, plan.seconds)
        yield Row("aggregate join", clients, cells[0], cells[1], HEAVY)
    everything = construct(ours, plan.records), construct(native, plan.records)
    for clients in plan.construct_clients:
        cells = heavy_in_turn(gun, everything, clients, (plan.rounds + 1) // 2, 0)
        name = f"CONSTRUCT of {plan.records * TRIPLES:,} triples"
        yield Row(name, clients, cells[0], cells[1], HEAVY)


def peer(ours: Service, rdflib: Service, plan: Plan) -> Iterator[Row]:
    """Ours beside rdflib-endpoint."""
    gun = plan.gun()
    join = aggregate_join(ours, plan.records), aggregate_join(rdflib, plan.records)
    cells = heavy_in_turn(gun, join, 1, plan.rounds, plan.seconds)
    yield Row("aggregate join", 1, cells[0], cells[1], PEER)
    tiny = tiny_lookup(ours), tiny_lookup(rdflib)
    for clients in CLIENTS[:2]:
        cells = in_turn(gun, tiny, clients, plan.rounds, plan.seconds)
        yield Row("tiny lookup, never asked before", clients, cells[0], cells[1])


def siege(service: Service, plan: Plan, gun: Gun, rounds: int) -> Siege:
    """Tiny lookups of a service in peace and not."""
    return besiege(
        gun,
        tiny_lookup(service),
        long_construct(service, plan.records),
        clients=BESIEGED,
        attackers=ATTACKERS,
        rounds=rounds,
        seconds=3 * plan.seconds,
    )


def tiny_lookup(service: Service) -> Question:
    """A few triples of a record, another one each time."""
    request = query(service.path, asked_anew(questions.TINY))
    return Question(service, request, questions.five_triples)


def asked_again(service: Service, plan: Plan) -> Question:
    """The same lookup each time."""
    number = plan.records - 1
    text = questions.TINY.replace("{key}", key_of(number))
    return Question(
        service,
        query(service.path, text),
        lambda _, body: questions.five_triples(number, body),
    )


def conditional(service: Service, plan: Plan) -> Question:
    """The same lookup by a client that has the answer."""
    request = asked_again(service, plan).request
    with connected(service.port) as connection:
        tag = connection.ask(request).fields["etag"]
    asked = request.replace(b"\r\n\r\n", f"\r\nIf-None-Match: {tag}\r\n\r\n".encode())
    return Question(service, asked, questions.nothing, 304)


def aggregate_join(service: Service, records: int) -> Heavy:
    """How many parts of one type the wholes of each type have."""
    right = questions.joined(records)
    return Heavy(
        service,
        query(service.path, asked_anew(questions.JOIN)),
        lambda answer: questions.fault_of(answer, 200, 0, right),
    )


def construct(service: Service, records: int) -> Heavy:
    """All triples, of which every byte and every line is counted."""
    size = sum(len(each) + len(" .\n") for number in range(records) for each in triples(number))
    return _counted(service, questions.EVERYTHING, records * TRIPLES, (size, size))


def long_construct(service: Service, records: int) -> Heavy:
    """As many triples as make 50 MB, or all that there are."""
    line = max(len(each) + len(" .\n") for each in triples(0))
    least = min(len(each) + len(" .\n") for each in triples(0))
    count = min(records * TRIPLES, 2 * LONG_ANSWER // (line + least))
    text = f"{questions.EVERYTHING} LIMIT {count}"
    return _counted(service, text, count, (count * least, count * line))


def _counted(service: Service, text: str, lines: int, sizes: tuple[int, int]) -> Heavy:
    def fault_of(answer: Answer) -> str | None:
        if answer.status != 200:
            return f"status {answer.status}"
        if answer.lines != lines or not sizes[0] <= answer.length <= sizes[1]:
            return f"{answer.lines:,} triples in {answer.length:,} bytes"
        return None

    return Heavy(service, query(service.path, asked_anew(text), N_TRIPLES), fault_of)
