"""A file of made-up organisations in our own CSV, for measurements."""

import csv
import random
from datetime import date, timedelta
from pathlib import Path

FORMAT = "organisation-csv"
TRIPLES = 10
"""How many triples one organisation makes."""

_HEADER = ("key", "name", "type", "other-names", "homepage", "founded", "source", "description")
_FIRST_DAY = date(1950, 1, 1)
_DAYS = 20_000
_SEED = 20_260_101


def write_organisations(
    path: Path, count: int, *, altered: int | None = None, first: int = 0
) -> None:
    """Write so many organisations, every cell filled, in an order that is none and always the same.

    One in ten has letters and quotation marks that need care. Each has one other name, since a
    mapping engine without functions of its own cannot take a list in a cell apart. One in `altered`
    has another description than without it, which is one triple of it; `first` is the number of the
    first of them, from which all that is said of it follows.
    """
    numbers = list(range(first, first + count))
    random.Random(_SEED).shuffle(numbers)
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(_HEADER)
        for number in numbers:
            *cells, description = _organisation(number)
            if altered and number % altered == 0:
                description += " It has a new roof."
            rows.writerow((*cells, description))


def _organisation(number: int) -> tuple[str, ...]:
    is_plain = number % 10
    return (
        f"GB-CHC-{1_000_000 + number}",
        f"Friends of Exampleton, branch {number}",
        "charity",
        f"Exampleton Friends {number}" if is_plain else f"Société d’Exampleton, № {number}",
        f"https://branch-{number}.example/",
        (_FIRST_DAY + timedelta(days=number % _DAYS)).isoformat(),
        f"https://register.example/charities/{number}",
        f"Branch {number} keeps a garden, and opens it to its neighbours on Sundays."
        if is_plain
        else f'Known as "the {number}th", it looks back \\ and forward.',
    )
