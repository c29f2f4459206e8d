"""The ledger of an audience as a list, for people and for machines."""

import csv
import json
from collections.abc import Iterator
from typing import TextIO

from loaders.audience import Audience
from loaders.directory import DataDirectory
from loaders.endings import SEPARATOR
from loaders.errors import ReleaseError
from loaders.identity import Minter
from loaders.ledger import read_ledger
from loaders.release import current_release

COLUMNS = (
    "iri",
    "state",
    "first-published",
    "ended",
    "label",
    "reason",
    "successors",
    "history",
)


def rows(directory: DataDirectory, audience: Audience) -> Iterator[dict[str, str | list[str]]]:
    """Every IRI that an audience was ever given, in order, by the names of `COLUMNS`.

    The label is the last one, of what ended. The history has the notes of earlier endings.

    Raises:
        ReleaseError: there is no release, or it is one of an open directory, which has no ledger.
    """
    release = current_release(directory)
    if release is None or release.manifest.open:
        raise ReleaseError(
            f"{directory.path} is an open data directory, which keeps no ledger."
            if directory.is_open
            else "nothing is published yet: run “gmkg publish” first."
        )
    graph = Minter(directory.base).graph("provenance")
    ledger = read_ledger(release.ledger_path(audience), directory.base, graph)
    for iri in sorted(ledger.issued.keys() | ledger.withdrawn.keys()):
        entry = ledger.entry(iri)
        yield {
            "iri": iri,
            "state": str(entry.ending.state),
            "first-published": entry.issued,
            "ended": entry.ended,
            "label": entry.label or "",
            "reason": entry.ending.reason or "",
            "successors": list(entry.ending.successors),
            "history": list(entry.history),
        }


def print_csv(directory: DataDirectory, audience: Audience, out: TextIO) -> None:
    """Print it as CSV (RFC 4180, with line feeds); several successors or notes stand apart."""
    found = rows(directory, audience)
    first = next(found, None)
    table = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    table.writeheader()
    for row in (*([first] if first else []), *found):
        table.writerow(
            {
                name: SEPARATOR.join(value) if isinstance(value, list) else value
                for name, value in row.items()
            }
        )


def print_json(directory: DataDirectory, audience: Audience, out: TextIO) -> None:
    """Print it as a JSON array of objects; what is not known is null."""
    listed = [
        {name: None if value == "" else value for name, value in row.items()}
        for row in rows(directory, audience)
    ]
    out.write(json.dumps(listed, indent=1, ensure_ascii=False) + "\n")
