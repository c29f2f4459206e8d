"""The faults that are in the illustrative world on purpose, beside those that its tables have.

Each is one that a question is there to find; `docs/illustrative-data.md` lists them all.
"""

from tests.illustrative.world import Body, World, day


def spoil(world: World, district: dict[str, Body]) -> None:
    """Take from the records of one district what a question shall find missing."""
    n, a, t = (district[letter] for letter in "nat")
    post(world, n, "Head of Revenues").update(
        {
            "filled": "no",
            "vacant-since": day(-120),
            "training": "",
        }
    )
    post(world, a, "Director of Adult Services").update({"filled": "", "training": ""})
    post(world, a, "Head of Housing")["training"] = day(-500)
    asset(world, n, "A-05")["owner"] = ""
    asset(world, a, "A-07")["custodian"] = ""
    asset(world, n, "A-02")["next-review"] = day(-30)
    asset(world, n, "A-04")["next-review"] = day(45)
    asset(world, a, "A-05")["retention-rule"] = ""
    asset(world, t, "S-01").update({"visible-to": "partner", "note": "Check with the crews first."})
    system(world, a, "CRM").update({"note": "The contract is in dispute."})


def post(world: World, body: Body, title: str) -> dict[str, str]:
    """The row of a post."""
    return _row(world, "posts", body, "title", title)


def asset(world: World, body: Body, ref: str) -> dict[str, str]:
    """The row of an asset."""
    return _row(world, "information-assets", body, "ref", ref)


def system(world: World, body: Body, ref: str) -> dict[str, str]:
    """The row of a system."""
    return _row(world, "systems", body, "ref", ref)


def _row(world: World, table: str, body: Body, column: str, value: str) -> dict[str, str]:
    (found,) = (
        row
        for row in world.tables[table]
        if row["organisation"] == body.key and row[column] == value
    )
    return found
