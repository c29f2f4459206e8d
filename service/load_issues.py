"""What loading found in an organisation's records: the issues of a release, for staff.

They stand in `issues.jsonl` of the release (`docs/operating.md`), one JSON object a line. The value
of some is what must not be shown, such as the name of a person, so that no value is told.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from pyoxigraph import NamedNode

from ontology.vocab import PROV
from queries.query import load
from service.store import Release
from service.tokens import INTERNAL

FILE = "issues.jsonl"
QUERY = "reports/rows-of-an-organisation"
SHAPE = "shape"

_QUOTED = re.compile("“([^”]+)”")

Place = tuple[str, str, int]
"""A source, a file and the number of a row or an item."""


@dataclass(frozen=True, slots=True)
class LoadIssue:
    """An issue: where it is, what it is, and what became of the record.

    `thing` is the IRI of what comes from the row; it is empty where the row was left out or the
    issue is about a whole file.
    """

    thing: str
    place: str
    field: str
    message: str
    effect: str


def find_load_issues(release: Release, organisation: str) -> tuple[LoadIssue, ...]:
    """The issues of rows that an organisation's things come from, and of sources that it publishes.

    There are none for anybody but staff.
    """
    path = release.path / FILE
    if release.audience != INTERNAL or not path.is_file():
        return ()
    rows, things, sources = _of(release, organisation)
    found = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            issue = json.loads(line)
            thing = rows.get((issue["source"], issue["file"], issue["row"]), "")
            if not thing and issue["rule"] == SHAPE and issue["value"] in things:
                thing = issue["value"]
            if thing or issue["source"] in sources:
                found.append(_told(issue, thing))
    return tuple(found)


def _of(release: Release, organisation: str) -> tuple[dict[Place, str], set[str], set[str]]:
    """What comes from which rows, all things, and the sources that the organisation publishes.

    A thing that stayed as it was keeps the row of an earlier file, which is another row of today's.
    """
    today = {
        quad.object.value
        for quad in release.store.quads_for_pattern(
            None,
            NamedNode(PROV.hadPrimarySource),
            None,
            NamedNode(release.graph("provenance")),
        )
        if isinstance(quad.object, NamedNode)
    }
    rows: dict[Place, str] = {}
    things, sources = set(), set()
    for row in load(QUERY).run(release.store, organisation=NamedNode(organisation)):
        thing = row["thing"].value
        if row["origin"] is None:
            sources.add(thing.removeprefix(release.graph("")))
            continue
        things.add(thing)
        place = place_of(row["origin"].value)
        if place and row["origin"].value.partition("#")[0] in today:
            rows.setdefault(place, thing)
    return rows, things, sources


def place_of(origin: str) -> Place | None:
    """Source, file and row that an origin names (`docs/provenance.md`).

    None for a row of a sheet: an issue does not say which sheet of a workbook it is about.
    """
    snapshot, _, fragment = origin.partition("#")
    unit, _, number = fragment.partition("=")
    steps = snapshot.split("/")
    if unit not in ("row", "item") or not number.isdecimal() or steps[-3:-2] != ["snapshot"]:
        return None
    return unquote(steps[-4]), unquote(steps[-2]), int(number)


def _told(issue: Mapping[str, object], thing: str) -> LoadIssue:
    row = f", {issue.get('unit', 'row')} {issue['row']}" if issue["row"] is not None else ""
    return LoadIssue(
        thing,
        f"{issue['source']}: {issue['file']}{row}",
        str(issue["field"] or ""),
        without_value(str(issue["message"]), str(issue["value"] or "")),
        str(issue["effect"]),
    )


def without_value(message: str, value: str) -> str:
    """The message with “…” for what it quotes of the value."""
    if not value:
        return message
    told = message.replace(f"“{value}”", "“…”")
    return _QUOTED.sub(lambda quoted: "“…”" if quoted[1] in value else quoted[0], told)
