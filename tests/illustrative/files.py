"""The files of the illustrative world."""

import csv
from pathlib import Path

from tests.illustrative.accountability import account
from tests.illustrative.councils import COUNCIL_POSTS, describe_council
from tests.illustrative.faults import spoil
from tests.illustrative.partners import PARTNER_POSTS, describe_body, describe_partner
from tests.illustrative.sharing import share
from tests.illustrative.world import SUFFIX, World, bodies

FOLDER = Path(__file__).parents[2] / "loaders" / "sources" / "illustrative"


# Posts and units are called by their body's page, and their names are parts of IRIs.
UNMARKED = frozenset({"posts", "units"})


def make(districts: int) -> World:
    """The records of so many districts, each with bodies of its own."""
    world = World()
    for number in range(1, districts + 1):
        district = bodies(number)
        for letter in "na":
            describe_body(world, district[letter], COUNCIL_POSTS)
            describe_council(world, letter, district[letter])
        for letter in "mht":
            describe_body(world, district[letter], PARTNER_POSTS)
            describe_partner(world, letter, district[letter])
        describe_body(world, district["q"], ())
        share(world, district, number)
        account(world, district, number)
        spoil(world, district)
    for table, rows in world.tables.items():
        for row in rows if table not in UNMARKED else ():
            for column in {"name", "title"} & row.keys():
                row[column] = f"{row[column].removesuffix(SUFFIX).rstrip()} {SUFFIX}"
    return world


def write(folder: Path, districts: int = 1) -> list[Path]:
    """Write the files of so many districts into a folder; their paths are returned."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, rows in sorted(make(districts).tables.items()):
        columns = list(dict.fromkeys(column for row in rows for column in row))
        kept = [column for column in columns if any(row.get(column) for row in rows)]
        path = folder / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, kept, extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        written.append(path)
    return written
