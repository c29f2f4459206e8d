"""Claims that contradict each other are found, however many records make them."""

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.claims import Claims, Conflicts, Contested, Place, key_of
from loaders.records import (
    Administration,
    Area,
    Claim,
    Concept,
    Identifier,
    Membership,
    Organisation,
    Record,
)
from loaders.sorted_lines import SortedLines

ONE, TWO = Organisation("GM-a", "One"), Organisation("GM-a", "Two")
BOLTON = Area("E08000001", "Bolton")
CODE = Identifier("organisation", "GM-a", "ukprn", "1")
SAME_CODE = Identifier("organisation", "GM-b", "ukprn", "1")


def conflicts(folder: Path, *rows: tuple[int, int, tuple[Record, ...]]) -> Conflicts:
    """What rows contradict each other in; each is given by file, number and records."""
    claims = Claims(folder)
    for file, number, records in rows:
        claims.note(Place(file, number), records)
    return claims.conflicts()


def key(rule: str, subject: str, value: str) -> int:
    return key_of(Claim(rule, subject, value))


def test_records_that_claim_nothing_twice_do_not_contradict_each_other(tmp_path: Path) -> None:
    assert conflicts(tmp_path) == {}
    assert conflicts(tmp_path, (0, 2, (ONE, CODE)), (0, 3, (BOLTON,))) == {}


def test_a_key_belongs_to_one_row_alone(tmp_path: Path) -> None:
    found = conflicts(tmp_path, (0, 2, (ONE,)), (0, 9, (ONE,)), (0, 5, (TWO,)))
    places = [Place(0, 2), Place(0, 5), Place(0, 9)]
    assert found == {key("duplicate-key", "organisation", "GM-a"): Contested(places, differ=True)}


def test_rows_that_repeat_a_key_are_told_and_do_not_differ(tmp_path: Path) -> None:
    found = conflicts(tmp_path, (0, 9, (ONE,)), (0, 2, (ONE, CODE)), (0, 5, (BOLTON,)))
    places = [Place(0, 2), Place(0, 9)]
    assert found == {key("duplicate-key", "organisation", "GM-a"): Contested(places, differ=False)}


def test_an_area_that_equal_records_claim_is_not_contested_with_their_key(tmp_path: Path) -> None:
    one = Organisation("GM-a", "A", administers=("E08000001",))
    found = conflicts(tmp_path, (0, 2, (one,)), (0, 3, (one,)))
    places = [Place(0, 2), Place(0, 3)]
    assert found == {key("duplicate-key", "organisation", "GM-a"): Contested(places, differ=False)}


def test_a_code_may_be_told_of_one_thing_twice_and_not_of_two(tmp_path: Path) -> None:
    twice = [(0, 2, (CODE,)), (0, 3, (CODE,))]
    assert conflicts(tmp_path, *twice) == {}
    places = [Place(0, 2), Place(0, 3), Place(0, 4)]
    assert conflicts(tmp_path, *twice, (0, 4, (SAME_CODE,))) == {
        key("shared-identifier", "ukprn", "1"): Contested(places, differ=True)
    }


def test_files_are_told_apart_and_rows_of_one_number_with_them(tmp_path: Path) -> None:
    found = conflicts(tmp_path, (1, 2, (BOLTON,)), (0, 2, (BOLTON,)), (0, 10, (BOLTON,)))
    places = [Place(0, 2), Place(0, 10), Place(1, 2)]
    assert found == {key("duplicate-key", "area", "E08000001"): Contested(places, differ=False)}


def test_the_records_of_one_row_do_not_contradict_each_other(tmp_path: Path) -> None:
    assert conflicts(tmp_path, (0, 2, (ONE, TWO, CODE, SAME_CODE))) == {}


def test_each_claim_is_a_conflict_of_its_own(tmp_path: Path) -> None:
    one = Organisation("GM-a", "A", administers=("E08000001", "E08000002"))
    two = Organisation("GM-b", "B", administers=("E08000002", "E08000003"))
    rows = (0, 2, (one, CODE)), (0, 3, (two, SAME_CODE))
    both = Contested([Place(0, 2), Place(0, 3)], differ=True)
    assert conflicts(tmp_path, *rows) == {
        key("shared-area", "area", "E08000002"): both,
        key("shared-identifier", "ukprn", "1"): both,
    }


def test_an_area_that_one_body_governs_twice_is_not_shared(tmp_path: Path) -> None:
    told = Organisation("GM-a", "A", administers=("E08000001",))
    again = Administration("GM-a", "E08000001")
    other = Administration("GM-b", "E08000001")
    assert conflicts(tmp_path, (0, 2, (told,)), (0, 3, (again,))) == {}
    places = [Place(0, 2), Place(0, 3), Place(0, 4)]
    assert conflicts(tmp_path, (0, 2, (told,)), (0, 3, (again,)), (0, 4, (other,))) == {
        key("shared-area", "area", "E08000001"): Contested(places, differ=True)
    }


def test_a_concept_may_stand_in_two_places_of_its_list(tmp_path: Path) -> None:
    one, two = (
        Concept("urn:x:2", "urn:x", "2", "Two", broader=(f"urn:x:{number}",)) for number in (0, 1)
    )
    assert conflicts(tmp_path, (0, 2, (one,)), (0, 3, (two,))) == {}
    other = Concept("urn:x:2", "urn:x", "2", "Zwei", broader=("urn:x:0",))
    assert len(conflicts(tmp_path, (0, 2, (one,)), (0, 3, (other,)))) == 2


RECORDS = st.sampled_from(
    [
        ONE,
        TWO,
        Organisation("GM-b", "B", administers=("E08000001",)),
        Organisation("GM-c", "C", administers=("E08000001",)),
        BOLTON,
        CODE,
        SAME_CODE,
        Identifier("organisation", "GM-a", "e-code", "1"),
        Membership("GM-a", "GM-b", "partner"),
    ]
)


@given(st.lists(st.lists(RECORDS, max_size=4).map(tuple), max_size=10), st.integers(1, 5))
def test_conflicts_are_what_a_comparison_of_all_rows_finds(
    rows: list[tuple[Record, ...]], run: int
) -> None:
    expected: Conflicts = {}
    made: dict[Claim, list[tuple[int, Record | str]]] = {}
    for number, records in enumerate(rows):
        for record in records:
            for claim in record.claims():
                told = record if claim.said is None else claim.said
                made.setdefault(claim._replace(said=None), []).append((number, told))
    for claim, makers in made.items():
        numbers = sorted({number for number, _ in makers})
        differ = len({told for _, told in makers}) > 1
        if len(numbers) > 1 and (claim.rule == "duplicate-key" or differ):
            expected[key_of(claim)] = Contested([Place(0, number) for number in numbers], differ)
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr("loaders.claims.SortedLines", partial(SortedLines, run=run))
        found = conflicts(
            Path(name), *((0, number, records) for number, records in enumerate(rows))
        )
    assert found == expected
