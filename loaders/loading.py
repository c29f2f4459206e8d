"""A load under way: rows become quads or issues, and everything is counted.

A file is read twice: once to learn what its records claim, once to map them, because a record is
only sound if no other one claims what it claims.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from loaders.errors import BoundsError
from loaders.formats.delimited import read_table
from loaders.formats.format import Format
from loaders.formats.row import Row
from loaders.identity import Minter
from loaders.issues import Effect, Fault, Issue
from loaders.mappings import map_record
from loaders.quads import Quad
from loaders.records import Claim, Record
from loaders.source import Source, SourceFile
from loaders.staging import Counts

_NOTED = frozenset({"shared-area"})


@dataclass(slots=True)
class Loading:
    """A load under way: the quads made so far, what was wrong, and how many records passed."""

    source: Source
    mint: Minter
    quads: list[Quad] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    records_in: int = 0
    left_out: int = 0

    def counts(self) -> Counts:
        """The tally of records and values."""
        return Counts(
            records_in=self.records_in,
            records_loaded=self.records_in - self.left_out,
            records_left_out=self.left_out,
            values_withheld=sum(issue.effect is Effect.WITHHELD for issue in self.issues),
        )

    def load(self, file: SourceFile, content: bytes) -> None:
        """Map the records of one file.

        Raises:
            StructureError: the file is not what its format says.
            BoundsError: it has fewer or more records than declared.
        """
        conflicts = find_conflicts(file.format, file.name, content)
        table = read_table(file.name, content, file.format.columns)
        for remark in table.remarks:
            self._report(file.name, None, remark, Effect.NOTED)
        before, left_out = self.records_in, self.left_out
        for row in table:
            self.records_in += 1
            if isinstance(row, Row):
                self._load_row(file, row, conflicts)
            else:
                number, fault = row
                self._leave_out(file.name, number, fault)
        loaded = self.records_in - before - (self.left_out - left_out)
        if loaded < file.minimum or (file.maximum is not None and loaded > file.maximum):
            wanted = f"at least {file.minimum}"
            if file.maximum is not None:
                wanted += f" and at most {file.maximum}"
            raise BoundsError(
                f"{file.name}: {loaded} records would be loaded, and there must be {wanted}.",
                self.issues,
            )

    def _load_row(self, file: SourceFile, row: Row, conflicts: Mapping[Claim, list[int]]) -> None:
        try:
            records = file.format.interpret(row)
            kept = [
                record
                for record in records
                if self._is_sound(file, row, record, records, conflicts)
            ]
            quads = [q for record in kept for q in map_record(record, self.mint, self.source.name)]
        except Fault as fault:
            if fault.field is None and fault.value is not None:
                fault.field = row.column_of(fault.value)
            self._leave_out(file.name, row.number, fault)
            effect = Effect.LEFT_OUT
        else:
            self.quads += quads
            effect = Effect.WITHHELD
        for each in row.withheld:
            self._report(file.name, row.number, each, effect)

    def _is_sound(
        self,
        file: SourceFile,
        row: Row,
        record: Record,
        records: tuple[Record, ...],
        conflicts: Mapping[Claim, list[int]],
    ) -> bool:
        """Whether nobody else claims what a record claims; a row's first record stands for it."""
        sound = True
        for claim in record.claims():
            if claim not in conflicts:
                continue
            fault = Fault(
                claim.rule,
                f"The {claim.subject} {claim.value} is claimed by "
                f"{_others(conflicts[claim], row)}.",
                row.column_of(claim.value),
                claim.value,
            )
            if claim.rule in _NOTED:
                self._report(file.name, row.number, fault, Effect.NOTED)
            elif record is records[0]:
                raise fault
            else:
                row.withheld.append(fault)
                sound = False
        return sound

    def _leave_out(self, file: str, number: int, fault: Fault) -> None:
        self.left_out += 1
        self._report(file, number, fault, Effect.LEFT_OUT)

    def _report(self, file: str, number: int | None, fault: Fault, effect: Effect) -> None:
        self.issues.append(
            Issue(
                source=self.source.name,
                file=file,
                row=number,
                field=fault.field,
                value=fault.value,
                rule=fault.rule,
                effect=effect,
                message=fault.message,
            )
        )


def _others(rows: list[int], row: Row) -> str:
    """The rows besides this one, the first of them by number: there may be thousands."""
    first = next((number for number in rows if number != row.number), row.number)
    more = len(rows) - 2
    return f"row {first} too" if more < 1 else f"row {first} and {more} more too"


def find_conflicts(format_: Format, file: str, content: bytes) -> dict[Claim, list[int]]:
    """The claims that different records of a file make, and the rows that make them."""
    first: dict[Claim, tuple[int, Record]] = {}
    conflicts: dict[Claim, list[int]] = {}
    for number, record in _records(format_, file, content):
        for claim in record.claims():
            row, known = first.setdefault(claim, (number, record))
            if row != number and (known != record or claim.rule == "duplicate-key"):
                conflicts.setdefault(claim, [row]).append(number)
    return conflicts


def _records(format_: Format, file: str, content: bytes) -> Iterator[tuple[int, Record]]:
    for row in read_table(file, content, format_.columns):
        if isinstance(row, Row):
            try:
                records = format_.interpret(row)
            except Fault:
                continue
            for record in records:
                yield row.number, record
