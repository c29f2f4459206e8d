"""The waiting room: lines take turns, and the longest gives way."""

from typing import cast

from service.query_runner import QueryJob
from service.workers.flight import Flight
from service.workers.waiting import WaitingRoom


def flight(client: str | None) -> Flight:
    return Flight(cast(QueryJob, None), client, None, 0.0)


def filled(room: WaitingRoom, clients: str) -> list[Flight]:
    flights = [flight(each) for each in clients]
    assert [room.put(each) for each in flights] == [None] * len(flights)
    return flights


def order(room: WaitingRoom, running: dict[str | None, int] | None = None) -> str:
    """The clients in the order in which they are taken, while each of them runs so many."""
    taken = ""
    counts = running or {}
    while found := room.take(lambda _: True, lambda client: (0.0, counts.get(client, 0))):
        taken += found.client or "-"
    return taken


def test_clients_take_turns_and_each_keeps_its_own_order() -> None:
    room = WaitingRoom(10)
    flights = filled(room, "aaaabbc")
    assert len(room) == 7
    taken = [room.take(lambda _: True, lambda _: (0.0, 0)) for _ in range(8)]
    assert [each and each.client for each in taken] == [*"abcabaa", None]
    assert [each for each in taken if each and each.client == "a"] == flights[:4]
    assert len(room) == 0


def test_first_comes_who_has_the_least_running() -> None:
    room = WaitingRoom(10)
    filled(room, "aabc")
    assert order(room, {"a": 3, "b": 1}) == "cbaa"


def test_who_may_not_run_is_passed_over() -> None:
    room = WaitingRoom(10)
    filled(room, "ab")
    taken = room.take(lambda client: client != "a", lambda _: (0.0, 0))
    assert taken is not None
    assert taken.client == "b"
    assert room.take(lambda client: client != "a", lambda _: (0.0, 0)) is None
    assert room.waiting_of("a") == 1


def test_a_full_room_takes_nobody_else_of_the_longest_line() -> None:
    room = WaitingRoom(3)
    filled(room, "aab")
    for client in "ab":
        newcomer = flight(client)
        assert room.put(newcomer) is newcomer
    assert order(room) == "aba"


def test_in_a_full_room_the_longest_line_gives_way_to_a_newcomer() -> None:
    room = WaitingRoom(4)
    flights = filled(room, "aaaa")
    assert room.put(flight("b")) is flights[3]
    assert room.put(flight("c")) is flights[2]
    newcomer = flight("b")
    assert room.put(newcomer) is newcomer, "its line would be as long as the longest"
    assert order(room) == "abca"


def test_a_room_without_places_takes_nobody() -> None:
    newcomer = flight("a")
    assert WaitingRoom(0).put(newcomer) is newcomer


def test_who_leaves_waits_no_longer() -> None:
    room = WaitingRoom(4)
    first, second, other = filled(room, "aab")
    assert room.remove(first)
    assert not room.remove(first)
    assert not room.remove(flight("c"))
    assert list(room) == [second, other]
    assert room.remove(other)
    assert (len(room), room.waiting_of("a"), room.waiting_of("b")) == (1, 1, 0)
