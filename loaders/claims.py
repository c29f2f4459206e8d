"""Claims that contradict each other: found when all records of a load have been read.

What each record claims is kept on disk as three numbers, the hash of the claim, the hash of the
record and the place of the row, so that a load of any size needs little memory. Hashes have 64
bits: two different claims of a million would be taken for one once in forty million loads.
"""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from loaders.records import Claim, Record
from loaders.sorted_lines import SortedLines

_BITS = (1 << 64) - 1
_ALONE = "duplicate-key"


class Place(NamedTuple):
    """Where a record stands: the file by its place among the source's files, and the row."""

    file: int
    row: int


class Contested(NamedTuple):
    """A claim of several rows: where they stand, and whether they differ in what they say."""

    places: list[Place]
    differ: bool


Conflicts = dict[int, Contested]
"""The claims that several rows make and that belong to one, by the claim's hash."""


class Claims:
    """The claims of a load under way."""

    def __init__(self, folder: Path) -> None:
        self._lines = SortedLines(folder, "claims")

    def note(self, place: Place, records: tuple[Record, ...]) -> None:
        """Note what the records of a row claim."""
        self._lines.add(
            b"%016x %c%016x %d %d\n"
            % (
                key_of(claim),
                ord("a" if claim.rule == _ALONE else "r"),
                hash(record if claim.said is None else claim.said) & _BITS,
                place.file,
                place.row,
            )
            for record in records
            for claim in record.claims()
        )

    def conflicts(self) -> Conflicts:
        """The claims that rows make against each other, and keys that rows repeat.

        Rows whose records are equal do not differ. They may say the same of one thing as often as
        they like; that they repeat a key is worth telling.
        """
        return dict(self._find())

    def _find(self) -> Iterator[tuple[int, Contested]]:
        for key, claiming in groupby(self._lines, lambda line: line[:16]):
            lines = list(claiming)
            if len(lines) == 1:
                continue
            records: set[bytes] = set()
            places: set[Place] = set()
            for line in lines:
                _, record, file, row = line.split()
                records.add(record)
                places.add(Place(int(file), int(row)))
            alone = any(record.startswith(b"a") for record in records)
            if len(places) > 1 and (alone or len(records) > 1):
                yield int(key, 16), Contested(sorted(places), len(records) > 1)


def key_of(claim: Claim) -> int:
    """The number by which a claim is known within this process."""
    return hash(claim[:3]) & _BITS
