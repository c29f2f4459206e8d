"""Publishers' own files: our line beside others that make a triple of each filled cell.

Others have no rules for what these files mean, so they state every cell as text of its row, which
is less work than ours: what is compared is records. They get the same rows, as plain CSV.
"""

import csv
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from loaders.audience import Audience
from loaders.directory import DataDirectory
from loaders.errors import StructureError
from loaders.formats.reading.content import Content, as_utf_8, encoding_of
from loaders.staging import staged_load
from ontology.namespaces import DEFAULT_BASE
from tests.benchmarks.loading import cells_script
from tests.benchmarks.loading.contenders import Command, Line
from tests.benchmarks.loading.engine import engine_command
from tests.benchmarks.loading.runs import Ran, run
from tests.benchmarks.loading.tables import NONE, seconds, table
from tests.coverage import DATA, FILES
from tests.coverage_files.real_file import RealFile

LEAST = 1_000
"""Files of fewer lines are left out: of them, one measures how programs start."""

_DELIMITERS = {".csv": ",", ".tsv": "\t"}
_COLUMN = f"{DEFAULT_BASE}column/"
_SOURCE, _HOLDER = "real-file", "GM-exampleton"


@dataclass(frozen=True, slots=True)
class Real:
    """One file: its records and quads, and what each took, or None where it refuses the file.

    `ran` is by the names of the columns of the table.
    """

    place: str
    records: int
    quads: int
    ran: dict[str, Ran | None]


def files(data: Path = DATA, least: int = LEAST) -> list[RealFile]:
    """The files of rows that are there and have at least so many lines, the longest first."""
    found = []
    for file in FILES:
        path = data / file.place
        if path.suffix in _DELIMITERS and path.is_file():
            with path.open("rb") as lines:
                found.append((sum(1 for _ in lines), file))
    found.sort(key=lambda each: (-each[0], each[1].place))
    return [file for lines, file in found if lines >= least]


def measured(folder: Path, chosen: Sequence[RealFile], data: Path = DATA) -> Iterator[Real]:
    """Each file, once: loaded and published by itself in a new data directory, and by others."""
    for file in chosen:
        path = data / file.place
        options = ("--format", file.format, "--audience", Audience.PUBLIC, "--holder", _HOLDER)
        line = Line(folder, path, _SOURCE, options)
        line.begin()
        ran: dict[str, Ran | None] = {"gmkg load": _tried(line.command("to_rdf"))}
        staged = staged_load(DataDirectory(line.data, DEFAULT_BASE), _SOURCE)
        ran["gmkg publish"] = _tried(line.command("to_store")) if staged else None
        plain = folder / "plain.csv"
        try:
            columns = write_plain(Content(path.name, path), plain)
        except StructureError:  # in another encoding, which nothing here says
            columns = 0
        for name, command in _others(folder, plain, columns):
            ran[name] = _tried(command) if columns else None
        counts = staged.counts if staged else None
        quads = staged.quads if staged else 0
        yield Real(file.place, counts.records_in if counts else 0, quads, ran)


def write_plain(content: Content, written: Path) -> int:
    """Write the rows of a file with plain heads, and numbers before them; columns are counted."""
    delimiter = _DELIMITERS[Path(content.name).suffix]
    with (
        as_utf_8(content, encoding_of(content)) as raw,
        written.open("w", encoding="utf-8", newline="") as file,
    ):
        lines = (line.decode("utf-8") for line in raw)
        rows = csv.reader(lines, delimiter=delimiter)
        columns = len(next(rows, []))
        plain = csv.writer(file, lineterminator="\n")
        plain.writerow(["row", *(f"c{n}" for n in range(columns))])
        for number, row in enumerate(rows, 1):
            plain.writerow([number, *row[:columns], *[""] * (columns - len(row))])
    return columns


def _others(folder: Path, plain: Path, columns: int) -> Iterator[tuple[str, Command]]:
    made = folder / "cells.nt"
    script = (sys.executable, cells_script.__file__, str(plain), str(made))
    yield f"rdflib {version('rdflib')}", script
    stated = [f"[{_COLUMN}c{n}, $(c{n})]" for n in range(columns)]
    subject = f"{DEFAULT_BASE}id/row/$(row)"
    try:
        yield engine_command(folder, plain, made, subject, stated)
    except RuntimeError as error:
        print(f"Without morph-kgc: {error}", file=sys.stderr)


def _tried(command: Command) -> Ran | None:
    try:
        return run(command)
    except RuntimeError:
        return None


def real_table(found: Sequence[Real]) -> str:
    """Each file with the seconds of each way, and all of them together."""
    names = list(dict.fromkeys(name for real in found for name in real.ran))
    rows = [
        (
            f"`{real.place}`",
            f"{real.records:,}",
            f"{real.quads:,}",
            *(seconds(ran.wall if (ran := real.ran.get(name)) else None) for name in names),
        )
        for real in found
    ]
    records, quads = sum(real.records for real in found), sum(real.quads for real in found)
    rows.append(("together", f"{records:,}", f"{quads:,}", *(_together(found, n) for n in names)))
    return table(("file", "records", "quads of ours", *names), rows)


def _together(found: Sequence[Real], name: str) -> str:
    ran = [real.ran.get(name) for real in found]
    known = [each.wall for each in ran if each is not None]
    return seconds(sum(known)) if len(known) == len(ran) else NONE
