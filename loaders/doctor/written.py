"""What people and programs write into a data directory: `endings.csv` and the log of writes."""

import json
import os
import stat
from collections.abc import Iterator

from pyoxigraph import Store

from loaders.audience import Audience
from loaders.continuity import internal_ledger
from loaders.described import Described
from loaders.difference import Difference
from loaders.doctor.examined import Examined
from loaders.doctor.findings import Finding, fault, fine, warning
from loaders.endings import EndingRow, State, endings_path, rows_of
from loaders.errors import EndingsError
from loaders.vocabulary import OWN
from loaders.writing.audit import FILE as AUDIT


def check_endings(examined: Examined) -> Iterator[Finding]:
    """The steward's file of endings: readable, and without lines that can no longer apply."""
    path = endings_path(examined.directory)
    if not path.exists():
        return
    try:
        rows = rows_of(examined.directory)
    except EndingsError as error:
        yield fault(path.name, f"{error}")
        return
    found = list(_of_rows(examined, rows))
    yield from found
    if not found:
        yield fine(path.name, "Its lines can be used.")


def _of_rows(examined: Examined, rows: dict[str, EndingRow]) -> Iterator[Finding]:
    release = examined.current
    if release is None or release.manifest.open:
        return
    if not release.ledger_path(Audience.INTERNAL).is_file():
        return  # which is told of as a missing file
    ledger = internal_ledger(examined.directory.base, release)
    described = Described(Store.read_only(str(release.store_path(Audience.INTERNAL))), Difference())
    # What waits to be published may be what the line is for.
    waits = any(load.source not in OWN and not release.holds(load) for load in examined.staged)
    for iri, row in rows.items():
        is_described = described(iri)
        if iri not in ledger.issued and not is_described and not waits:
            yield warning(
                "endings.csv",
                f"{row.place}: {iri} was never published, so the next publish is refused. Look at "
                "its spelling, or remove the line.",
            )
        elif is_described and row.ending.state is not State.CURRENT and not waits:
            yield warning(
                "endings.csv",
                f"{row.place}: {iri} is still described, so it is not {row.ending.state}, and the "
                "next publish is refused. Take it out of its source and load that again, or remove "
                "the line.",
            )
        elif not is_described and row.ending.state is State.CURRENT and not waits:
            yield warning(
                "endings.csv",
                f"{row.place}: no source describes {iri} any more, so it is not current, and the "
                "next publish is refused. Load a source that does, or remove the line.",
            )


def check_audit(examined: Examined) -> Iterator[Finding]:
    """The log of writes: its owner's alone, writable, and of lines that can be read."""
    path = examined.directory.path / AUDIT
    if not path.exists():
        return
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        yield fault(
            AUDIT,
            f"Others than its owner may read or write it (mode {mode:04o}). Run “chmod 600 "
            f"{path}”.",
        )
    if not os.access(path, os.R_OK | os.W_OK):
        yield fault(
            AUDIT, "You may not write it, so no write is taken. Give it to the user who serves."
        )
        return
    unreadable = [
        number
        for number, line in enumerate(path.read_bytes().splitlines(), start=1)
        if line and not _is_entry(line)
    ]
    if unreadable:
        numbers = ", ".join(map(str, unreadable[:10]))
        yield fine(
            AUDIT,
            f"Of line {numbers} only a part is there: a crash of the machine cut it off, and what "
            "it told of was not served.",
        )
    else:
        yield fine(AUDIT, "Its lines can be read, and more can be added.")


def _is_entry(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False
