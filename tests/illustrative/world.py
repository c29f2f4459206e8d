"""The rows of the illustrative world while it is being made, and the bodies of each district."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

SEED = 2022
TODAY = date(2026, 11, 22)
"""The day that the dates are counted from."""
SUFFIX = "(illustrative)"

Row = dict[str, str]


def day(offset: int) -> str:
    """The day so many days after TODAY."""
    return (TODAY + timedelta(days=offset)).isoformat()


@dataclass(frozen=True, slots=True)
class Body:
    """An invented body of one district: its key, and its names."""

    key: str
    short: str
    name: str


@dataclass(slots=True)
class World:
    """The rows of every file, and the generator that they are drawn from."""

    tables: dict[str, list[Row]] = field(default_factory=dict)
    draw: random.Random = field(default_factory=lambda: random.Random(SEED))

    def add(self, table: str, /, **cells: str | int) -> None:
        """A row, its columns written with underscores for hyphens; `from_` is `from`."""
        row = {key.rstrip("_").replace("_", "-"): str(cell) for key, cell in cells.items()}
        self.tables.setdefault(table, []).append(row)

    def within(self, first: int, last: int) -> str:
        """A day between two offsets."""
        return day(self.draw.randint(first, last))


def bodies(number: int) -> dict[str, Body]:
    """The bodies of one district, by a letter each."""
    mark, said = (f"-{number}", f" {number}") if number > 1 else ("", "")
    return {
        letter: Body(
            f"GM-illustrative-{slug}{mark}", f"{short}{said}", f"{short}{said}{kind} {SUFFIX}"
        )
        for letter, slug, short, kind in (
            ("n", "northmoor", "Northmoor", " Borough Council"),
            ("a", "ashenvale", "Ashenvale", " Borough Council"),
            ("m", "millbeck", "Millbeck", " Community Health Trust"),
            ("h", "harrowdale", "Harrowdale", " Homes"),
            ("t", "tarnley", "Tarnley", " Safety Service"),
            ("q", "quillmark", "Quillmark", " Data Services"),
        )
    }


def pairs(body: Body, *refs: str) -> str:
    """References of a body's own records, as cells of other records give them."""
    return ";".join(f"{body.key}/{ref}" for ref in refs)


def slug(body: Body) -> str:
    """A body's short name as part of a key."""
    return body.short.lower().replace(" ", "-")


def service(body: Body, name: str) -> str:
    """The path of a service of a body, or nothing for none."""
    return f"service/illustrative/{slug(body)}-{name}" if name else ""
