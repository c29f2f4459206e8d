"""What a steward says of IRIs that end: `endings.csv` of the data directory.

    iri,state,successor,reason

Each line is of one IRI. Its state is one of `gone`, `merged` (into one successor), `split` (into
several, separated by “ | ”) and `current`, which says that what comes back is what it was. Reasons
are published, so they are looked through for what may be of a person.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from loaders.directory import DataDirectory
from loaders.errors import EndingsError
from loaders.issues import Fault
from loaders.leak_kinds import kinds_of_leak
from loaders.leaks import find_leaks
from loaders.nquads import line_of
from loaders.quads import Quad
from loaders.values import web_address
from ontology.vocab import DCT

COLUMNS = ("iri", "state", "successor", "reason")
SEPARATOR = " | "
LONGEST = 500
"""How many characters a reason may have."""
SHOWN = 20


class State(StrEnum):
    """What became of a published IRI: the notations of the scheme `iri-state`."""

    CURRENT = "current"
    GONE = "gone"
    MERGED = "merged"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class Ending:
    """How an IRI ended. `reason` is a sentence for everybody; None where it was forgotten."""

    state: State
    reason: str | None
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EndingRow:
    """One line of the file. `place` names the file and the row, for whoever has to mend it."""

    iri: str
    ending: Ending
    place: str


def endings_path(directory: DataDirectory) -> Path:
    """Where the steward's file lies."""
    return directory.path / "endings.csv"


def rows_of(directory: DataDirectory, further: Path | None = None) -> dict[str, EndingRow]:
    """The lines of the directory's file, if it has one, and of a further file, by IRI.

    Raises:
        EndingsError: a file cannot be used, or both have a line for one IRI.
    """
    standing = endings_path(directory)
    rows = read_endings(standing, directory.base) if standing.exists() else {}
    if further is None:
        return rows
    faults = []
    for iri, row in read_endings(further, directory.base).items():
        if iri in rows and rows[iri].ending != row.ending:
            faults.append(
                f"{row.place}, iri: {iri} has another line in {rows[iri].place}. Keep one of them."
            )
        rows[iri] = row
    refuse(faults)
    return rows


def accepted_returns(rows: Iterable[EndingRow]) -> frozenset[str]:
    """The IRIs that may be described again as they are, because a line says `current` of them."""
    return frozenset(row.iri for row in rows if row.ending.state is State.CURRENT)


def read_endings(path: Path, base: str) -> dict[str, EndingRow]:
    """The lines of one file by IRI. Rows are counted as a spreadsheet does: the head is row 1.

    Raises:
        EndingsError: with each fault: its file, row, field, and what to do.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise EndingsError(f"{path.name} is not UTF-8: save it as “CSV UTF-8”.") from None
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        head = [cell.strip().casefold() for cell in next(lines, [])]
        if sorted(head) != sorted(COLUMNS):
            raise EndingsError(
                f"{path.name}, row 1: the columns are {', '.join(COLUMNS)}, each once and no "
                f"others; found: {', '.join(head) or 'none'}."
            )
        faults: list[str] = []
        places: dict[str, str] = {}
        found: dict[str, EndingRow] = {}
        for number, cells in enumerate(lines, start=2):
            if not any(cell.strip() for cell in cells):
                continue
            place = f"{path.name}, row {number}"
            if len(cells) != len(head):
                faults.append(
                    f"{place}: it has {len(cells)} cells, and the head has {len(head)}. Put a "
                    "reason that has commas in double quotes."
                )
                continue
            table = {name: " ".join(cell.split()) for name, cell in zip(head, cells, strict=True)}
            row = _Row(place, table, base)
            own = list(row.faults())
            if row.iri in places:
                own.append(
                    f"{place}, iri: {row.iri} has a line already ({places[row.iri]}). "
                    "Keep one of them."
                )
            places[row.iri] = place
            faults += own
            if not own:
                found[row.iri] = EndingRow(row.iri, row.ending(), place)
    except csv.Error as error:
        raise EndingsError(f"{path.name}, row {lines.line_num}: it is no CSV: {error}.") from None
    refuse(faults)
    return found


def refuse(faults: list[str]) -> None:
    """Raise `EndingsError` where there are faults, with the first of them."""
    if faults:
        more = [f"  and {len(faults) - SHOWN} more like these"] if len(faults) > SHOWN else []
        raise EndingsError(
            "nothing is published, because what is said of endings cannot be used:\n"
            + "\n".join([*(f"  {each}" for each in faults[:SHOWN]), *more])
        )


@dataclass(frozen=True, slots=True)
class _Row:
    """One line as it stands. `table` has its cells by column."""

    place: str
    table: Mapping[str, str]
    base: str

    @property
    def iri(self) -> str:
        """The IRI; a path such as `id/organisation/GB-LAE-MAN` stands under the base."""
        return self._whole(self.table["iri"])

    @property
    def successors(self) -> tuple[str, ...]:
        """The IRIs of the successors."""
        stated = self.table["successor"].split(SEPARATOR.strip())
        return tuple(self._whole(each.strip()) for each in stated if each.strip())

    def ending(self) -> Ending:
        """What the line says, where it has no faults."""
        return Ending(State(self.table["state"]), self.table["reason"], self.successors)

    def _whole(self, stated: str) -> str:
        return f"{self.base}{stated}" if stated.startswith("id/") else stated

    def faults(self) -> Iterator[str]:
        """What is wrong with the line, in sentences."""
        if not self.iri.startswith(f"{self.base}id/") or not _is_address(self.iri):
            yield self._told(
                "iri",
                f"“{self.iri}” is no IRI of a thing here. Write one that begins with "
                f"{self.base}id/, as the service shows it.",
            )
        if self.table["state"] not in [*State]:
            yield self._told(
                "state", f"“{self.table['state']}” is no state. Write one of {', '.join(State)}."
            )
        else:
            yield from self._faults_of_successors(State(self.table["state"]))
        yield from self._faults_of_reason()

    def _faults_of_successors(self, state: State) -> Iterator[str]:
        found = self.successors
        for each in found:
            if not _is_address(each):
                yield self._told(
                    "successor",
                    f"“{each}” is no IRI. Write one that begins with http:// or https://; several "
                    f"stand apart by “{SEPARATOR}”.",
                )
            elif kinds := self._kinds_in(each):
                yield self._told("successor", f"it holds {kinds}, and is published. Leave it out.")
        if self.iri in found:
            yield self._told("successor", "it names the IRI itself. Name what came after it.")
        if len(set(found)) < len(found):
            yield self._told("successor", "it names one IRI twice. Name each once.")
        if state is State.MERGED and len(found) != 1:
            yield self._told(
                "successor",
                f"what is merged has one successor, not {len(found)}. Name it, or write "
                f"{State.SPLIT if found else State.GONE} as the state.",
            )
        if state is State.SPLIT and len(found) < 2:
            yield self._told(
                "successor",
                f"what is split has two successors or more, not {len(found)}. Name them, or write "
                f"{State.MERGED if found else State.GONE} as the state.",
            )
        if state in (State.GONE, State.CURRENT) and found:
            yield self._told(
                "successor",
                f"what is {state} has none. Leave it empty, or write {State.MERGED} or "
                f"{State.SPLIT} as the state.",
            )

    def _kinds_in(self, successor: str) -> str:
        """What an IRI may hold of a person, by the rules of the last look."""
        line = line_of(Quad(f"{self.base}id/x/x", DCT.isReplacedBy, successor, self.base))
        return " and ".join(each.kind for each in find_leaks([line], self.base))

    def _faults_of_reason(self) -> Iterator[str]:
        reason = self.table["reason"]
        if not reason:
            yield self._told("reason", "it is empty. Say in a sentence for everybody why.")
        if not reason.isprintable() or len(reason) > LONGEST:
            yield self._told(
                "reason", f"it is to be plain text of at most {LONGEST} characters. Shorten it."
            )
        if kinds := kinds_of_leak(reason):
            yield self._told(
                "reason", f"it may hold {' and '.join(kinds)}, and is published. Leave that out."
            )

    def _told(self, field: str, words: str) -> str:
        return f"{self.place}, {field}: {words}"


def _is_address(iri: str) -> bool:
    try:
        return web_address(iri) == iri
    except Fault:
        return False
