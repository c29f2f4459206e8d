"""The lanes: places for slow queries, and the shares of clients."""

from typing import cast

import pytest

from service.query_runner import QueryJob
from service.workers.bounds import Bounds
from service.workers.flight import Flight
from service.workers.lanes import Lanes


def flight(client: str | None) -> Flight:
    return Flight(cast(QueryJob, None), client, None, 0.0)


def running(lanes: Lanes, client: str | None, slow: bool = False) -> Flight:
    """A flight of the client that has begun, and has turned slow if that is said."""
    begun = flight(client)
    lanes.begin(begun)
    if slow:
        lanes.slow_down(begun)
    return begun


@pytest.mark.parametrize(
    ("workers", "slow_places", "share"),
    [(1, 1, 1), (2, 1, 1), (3, 2, 1), (4, 3, 1), (8, 6, 3), (16, 12, 6), (32, 24, 12)],
)
def test_some_workers_are_kept_for_quick_queries(
    workers: int, slow_places: int, share: int
) -> None:
    bounds = Bounds(workers)
    assert (bounds.slow_places, bounds.share) == (slow_places, share)


def test_slow_places_are_bounded_for_all_and_for_each() -> None:
    lanes = Lanes(Bounds(8))
    for _ in range(3):
        assert lanes.may_be_slow("a")
        running(lanes, "a", slow=True)
    assert not lanes.may_be_slow("a"), "it has its share"
    others = [running(lanes, client, slow=True) for client in "bcd"]
    assert not lanes.may_be_slow("e"), "there is no place left"
    assert (lanes.running, lanes.slow) == (6, 6)
    lanes.end(others[0])
    assert lanes.may_be_slow("e")
    assert not lanes.may_be_slow("a")


def test_where_nobody_knows_the_client_there_are_no_shares() -> None:
    lanes = Lanes(Bounds(8))
    for _ in range(6):
        assert lanes.may_be_slow(None)
        running(lanes, None, slow=True)
        assert lanes.may_begin(None)
    assert not lanes.may_be_slow(None)


def test_a_client_that_has_its_share_may_try_one_query_at_a_time() -> None:
    lanes = Lanes(Bounds(8))
    for _ in range(3):
        running(lanes, "a", slow=True)
    assert lanes.may_begin("a")
    tried = running(lanes, "a")
    assert not lanes.may_begin("a")
    assert lanes.may_begin("b")
    waiting, other = flight("a"), flight("b")
    assert lanes.wait(waiting) is None
    assert lanes.wait(other) is None
    assert lanes.next() is other
    assert lanes.next() is None
    lanes.end(tried)
    assert lanes.next() is waiting


def test_a_client_that_owes_for_workers_waits_and_others_do_not() -> None:
    lanes = Lanes(Bounds(8))
    lanes.debts.owe("a")
    assert lanes.may_begin("a")
    tried = running(lanes, "a")
    assert not lanes.may_begin("a"), "one at a time"
    lanes.end(tried)
    while lanes.may_begin("a"):
        lanes.debts.owe("a")
    owing, other = flight("a"), flight("b")
    assert lanes.wait(owing) is None
    assert lanes.wait(other) is None
    assert lanes.next() is other
    assert lanes.next() is None


def test_who_owes_comes_last() -> None:
    lanes = Lanes(Bounds(8))
    lanes.debts.owe("a")
    running(lanes, "b")
    for client in "abc":
        assert lanes.wait(flight(client)) is None
    taken = [lanes.next() for _ in range(3)]
    assert [each and each.client for each in taken] == ["c", "b", "a"]


def test_what_waits_for_a_slow_place_counts_as_slow() -> None:
    lanes = Lanes(Bounds(8))
    running(lanes, "a", slow=True)
    for _ in range(2):
        postponed = flight("a")
        postponed.slow = True
        assert lanes.wait(postponed) is None
    running(lanes, "a")
    assert not lanes.may_begin("a")
    assert (lanes.waiting, lanes.postponed) == (0, 2)


def test_a_slow_place_goes_to_who_was_stopped_before_a_newcomer_is_begun() -> None:
    lanes = Lanes(Bounds(2))
    slow = running(lanes, "a", slow=True)
    postponed, newcomer = flight("b"), flight("c")
    postponed.slow = True
    assert lanes.wait(postponed) is None
    assert lanes.wait(newcomer) is None
    assert lanes.everybody_waiting() == [newcomer, postponed]
    assert lanes.next() is newcomer, "no slow place is free"
    lanes.end(slow)
    assert lanes.next() is postponed


def test_nobody_begins_before_those_who_wait() -> None:
    lanes = Lanes(Bounds(2))
    waiting = flight("a")
    assert lanes.may_begin("b")
    assert lanes.wait(waiting) is None
    assert not lanes.may_begin("b")
    assert lanes.leave(waiting)
    assert not lanes.leave(waiting)
    assert lanes.may_begin("b")


def test_what_is_quick_leaves_nothing_behind() -> None:
    lanes = Lanes(Bounds(2))
    for client in ("a", "b", None):
        lanes.end(running(lanes, client))
    assert (lanes.running, lanes.slow, len(lanes._running), len(lanes._slow)) == (0, 0, 0, 0)


def test_a_client_asks_for_less_time_and_not_for_more() -> None:
    bounds = Bounds(1, timeout=30.0)
    assert [bounds.time_for(each) for each in (None, 1.5, 60.0)] == [30.0, 1.5, 30.0]


def test_no_more_that_have_just_begun_run_at_once_than_there_are_processors() -> None:
    lanes = Lanes(Bounds(8, processors=3))
    begun = [running(lanes, client) for client in "aab"]
    assert not lanes.may_begin("c")
    waiting = flight("c")
    assert lanes.wait(waiting) is None
    assert lanes.next() is None
    lanes.settle(begun[0])  # it turned out to be no tiny query
    lanes.settle(begun[0])
    assert lanes.next() is waiting
    lanes.begin(waiting)
    assert not lanes.may_begin("c")
    for each in (*begun, waiting):
        lanes.end(each)
    assert [running(lanes, None) for _ in range(3) if lanes.may_begin(None)]
    assert not lanes.may_begin(None)


def test_a_slow_query_that_is_begun_again_takes_no_place_of_a_quick_one() -> None:
    lanes = Lanes(Bounds(8, processors=2))
    for _ in range(2):
        again = flight("a")
        again.slow = True
        lanes.begin(again)
    assert lanes.may_begin("b")
