"""The lists of things by kind: what an unknown path costs."""

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

import pytest
from pyoxigraph import Quad, Store

from service.listing import kinds, read_listing
from service.store import Release


class CountingStore:
    """A store that counts its queries."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.queries = 0

    def query(self, *arguments: object, **named: object) -> object:
        self.queries += 1
        return self._store.query(*arguments, **named)  # type: ignore[arg-type]

    def quads_for_pattern(self, *pattern: object) -> Iterator[Quad]:
        return self._store.quads_for_pattern(*pattern)  # type: ignore[arg-type]


@pytest.fixture
def counted(release: Release) -> tuple[Release, CountingStore]:
    """A release that nothing was asked of yet, and what counts the queries to it."""
    store = CountingStore(release.store)
    return replace(release, store=cast(Store, store)), store


def test_names_that_are_no_kind_cost_one_query_for_the_whole_release(
    counted: tuple[Release, CountingStore],
) -> None:
    release, store = counted
    for number in range(20):
        assert read_listing(release, f"nothing-{number}", None) is None
    assert store.queries == 1


def test_a_path_with_a_slash_is_no_kind_and_costs_nothing(
    counted: tuple[Release, CountingStore],
) -> None:
    release, store = counted
    assert read_listing(release, "organisation/GM-nobody", None) is None
    assert store.queries == 0


def test_the_members_of_a_kind_are_gathered_once(counted: tuple[Release, CountingStore]) -> None:
    release, store = counted
    assert kinds(release).members("area") == (f"{release.base}id/area/E08000003",)
    before = store.queries
    assert kinds(release).members("area")
    assert store.queries == before
