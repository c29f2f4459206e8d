"""Records with secrets in them: in properties that only some may see, in notes, in hidden things.

A secret is a word that stands nowhere else, `quokka01` and so on. `write` makes the files; each
secret is named by where it stands, and by the first audience that may read it.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ORGANISATION = "GM-leak-test"
OTHER = "GM-leak-test-other"
WORD = "quokka"


@dataclass(frozen=True, slots=True)
class Secret:
    """A word, where it stands, and the widest audience that may read it."""

    word: str
    place: str
    audience: str


class _Seeder:
    """Gives out secrets, and remembers where each went."""

    def __init__(self) -> None:
        self.sown: list[Secret] = []

    def __call__(self, place: str, audience: str = "internal") -> str:
        word = f"{WORD}{len(self.sown) + 1:02}"
        self.sown.append(Secret(word, place, audience))
        return word


def write(folder: Path) -> tuple[Path, list[Secret]]:
    """Write the sources `leak` (public) and `leak-staff` (internal) into a folder of sources."""
    seed = _Seeder()
    (folder / "leak").mkdir(parents=True)
    (folder / "leak-staff").mkdir()
    formats = dict(_tables(seed))
    _declare(folder / "leak", "public", formats)
    title = seed("name of an organisation of an internal source")
    _declare(
        folder / "leak-staff",
        "internal",
        {
            "organisation": [
                {"key": f"GM-{title}", "name": f"Board {title}", "type": "board"},
                {
                    "key": "GM-second-leak",
                    "name": seed("another name of an internal source"),
                    "type": "board",
                    "homepage": f"https://{seed('home page of an internal source')}.example.org/",
                },
            ]
        },
    )
    return folder, seed.sown


def _declare(folder: Path, audience: str, formats: dict[str, list[dict[str, str]]]) -> None:
    lines = [f'title = "The {folder.name}"', f'audience = "{audience}"']
    lines += ['licence = "https://creativecommons.org/licenses/by/4.0/"', "[publisher]"]
    lines += ['name = "Tests"', 'iri = "https://publisher.example/"']
    for name, rows in formats.items():
        lines += ["[[files]]", f'name = "{name}.csv"', f'format = "{name}-csv"']
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            columns = list(dict.fromkeys(key for row in rows for key in row))
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    (folder / "source.toml").write_text("\n".join(lines) + "\n")


def _tables(seed: _Seeder) -> Iterator[tuple[str, list[dict[str, str]]]]:
    org = {"organisation": ORGANISATION}
    yield (
        "organisation",
        [
            {"key": ORGANISATION, "name": "An open body", "type": "invented-body"},
            {"key": OTHER, "name": "Another open body", "type": "invented-body"},
        ],
    )
    yield (
        "post",
        [
            {
                **org,
                "title": "Director of Openness",
                "roles": "iao",
                "filled": "no",
                "note": seed("note on a post"),
            },
            {
                **org,
                "title": f"Keeper of {seed('title of a post that partners see', 'partner')}",
                "unit": f"Unit {seed('unit of a post that partners see')}",
                "visible-to": "partner",
            },
        ],
    )
    yield (
        "unit",
        [
            {**org, "name": "An open unit"},
            {
                **org,
                "name": f"Unit {seed('name of a unit for staff alone')}",
                "parent": f"Parent {seed('parent of a unit for staff alone')}",
                "description": seed("description of a unit for staff alone"),
                "visible-to": "internal",
            },
        ],
    )
    yield (
        "system",
        [
            {
                **org,
                "ref": "S-1",
                "name": f"System {seed('name of a system', 'partner')}",
                "product": seed("product of a system"),
                "supplier": seed("supplier of a system"),
                "hosting-note": seed("hosting note of a system"),
                "note": seed("note on a system"),
            },
            {
                **org,
                "ref": f"S-{seed('reference of a system for staff alone')}",
                "name": f"System {seed('name of a system for staff alone')}",
                "visible-to": "internal",
            },
        ],
    )
    yield (
        "retention-rule",
        [
            {
                **org,
                "ref": "R-1",
                "name": "Six years",
                "text": "Six years, then destroy",
                "period": "P6Y",
            },
            {
                **org,
                "ref": f"R-{seed('reference of a rule for staff alone')}",
                "name": seed("name of a rule for staff alone"),
                "text": seed("text of a rule for staff alone"),
                "visible-to": "internal",
            },
        ],
    )
    yield (
        "information-asset",
        [
            {
                **org,
                "ref": "A-1",
                "name": "An open asset",
                "owner": "Director of Openness",
                "systems": f"{ORGANISATION}/S-1",
                "retention-rule": f"{ORGANISATION}/R-1",
                "risk": seed("risk of an asset"),
                "note": seed("note on an asset"),
                "shared-with": seed("whom an asset is shared with"),
            },
            {
                **org,
                "ref": f"A-{seed('reference of an asset for staff alone')}",
                "name": f"Asset {seed('name of an asset for staff alone')}",
                "description": seed("description of an asset for staff alone"),
                "owner": f"Owner of {seed('owner of an asset for staff alone')}",
                "steward": f"Steward of {seed('steward of an asset for staff alone')}",
                "custodian": f"Custodian of {seed('custodian of an asset for staff alone')}",
                "unit": f"Unit {seed('unit of an asset for staff alone')}",
                "retention-rule": f"{ORGANISATION}/R-1",
                "visible-to": "internal",
            },
            {
                **org,
                "ref": f"A-{seed('reference of an asset for partners', 'partner')}",
                "name": f"Asset {seed('name of an asset for partners', 'partner')}",
                "visible-to": "partner",
            },
        ],
    )
    yield (
        "processing-activity",
        [
            {
                "controller": ORGANISATION,
                "ref": "P-1",
                "name": "An open activity",
                "purpose": "To show something",
                "assets": f"{ORGANISATION}/A-1",
                "security": seed("security measures of a processing activity"),
                "note": seed("note on a processing activity"),
            }
        ],
    )
    yield (
        "agreement",
        [
            {
                "ref": "G-1",
                "title": "An open agreement",
                "providers": ORGANISATION,
                "recipients": OTHER,
                "purpose": "To share something",
                "note": seed("note on an agreement"),
            },
            {
                "ref": f"G-{seed('reference of a draft agreement')}",
                "title": f"Draft {seed('title of a draft agreement')}",
                "providers": ORGANISATION,
                "recipients": OTHER,
                "purpose": seed("purpose of a draft agreement"),
                "visible-to": "internal",
            },
        ],
    )
    yield (
        "data-flow",
        [
            {
                "ref": "F-1",
                "title": "An open flow",
                "from": ORGANISATION,
                "to": OTHER,
                "assets": f"{ORGANISATION}/A-1",
                "purpose": "To send something",
                "note": seed("note on a flow"),
            },
            {
                "ref": "F-2",
                "title": f"Flow {seed('title of a flow for staff alone')}",
                "from": ORGANISATION,
                "to": OTHER,
                "assets": f"{ORGANISATION}/A-1",
                "purpose": seed("purpose of a flow for staff alone"),
                "public-summary": seed("summary of a flow for staff alone"),
                "visible-to": "internal",
            },
        ],
    )
    yield (
        "assessment",
        [
            {
                **org,
                "ref": "D-1",
                "title": "An open assessment",
                "kind": "dpia",
                "assesses": f"processing-activity/{ORGANISATION}/P-1",
                "advice": seed("advice in an assessment"),
                "note": seed("note on an assessment"),
            },
            {
                **org,
                "ref": f"D-{seed('reference of an assessment for staff alone')}",
                "title": seed("title of an assessment for staff alone"),
                "kind": "ethics",
                "assesses": f"processing-activity/{ORGANISATION}/P-1",
                "approved-by": f"Approver of {seed('approver of an assessment for staff alone')}",
                "visible-to": "internal",
            },
        ],
    )
    yield (
        "disposal",
        [
            {
                **org,
                "ref": "X-1",
                "asset": f"{ORGANISATION}/A-1",
                "on": "2020-02-03",
                "evidence": seed("evidence of a disposal"),
                "note": seed("note on a disposal"),
            }
        ],
    )
    yield (
        "sharing-project",
        [
            {
                "ref": "J-1",
                "title": "An open project",
                "stage": "needs",
                "partners": f"{ORGANISATION};{OTHER}",
                "note": seed("note on a project"),
            }
        ],
    )
    yield (
        "barrier",
        [
            {
                "ref": "B-1",
                "title": "An open barrier",
                "type": "legal",
                "note": seed("note on a barrier"),
            }
        ],
    )
    yield (
        "conformance",
        [
            {
                "key": f"c-{seed('key of a conformance for staff alone')}",
                "subject": f"information-asset/{ORGANISATION}/A-1",
                "standard": f"standard-{seed('standard of a conformance for staff alone')}",
                "result": "does-not-conform",
                "evidence": seed("evidence of a conformance"),
                "visible-to": "internal",
            }
        ],
    )
    yield (
        "contribution",
        [
            {
                "key": f"k-{seed('key of a contribution for staff alone')}",
                "contributor": f"information-asset/{ORGANISATION}/A-1",
                "mission": "3",
                "rationale": seed("rationale of a contribution for staff alone"),
                "visible-to": "internal",
            }
        ],
    )
