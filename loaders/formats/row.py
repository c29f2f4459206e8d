"""One row of a source: hands its values out, and keeps what was wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from loaders.issues import Fault
from loaders.values import Reader, T


@dataclass(slots=True)
class Row:
    """A row's cells by column, white space trimmed; `number` counts the header as row 1.

    `withheld` collects the faults of values that the record does without, each with its cell.
    """

    number: int
    cells: Mapping[str, str]
    withheld: list[tuple[Fault, str]] = field(default_factory=list)
    read: set[str] = field(default_factory=set)

    def required(self, column: str, read: Reader[T]) -> T:
        """The value of a column that every record needs.

        Raises:
            Fault: the cell is empty or `read` refuses it; the record is to be left out.
        """
        cell = self._cell(column)
        if not cell:
            raise Fault("missing-value", "The cell is empty, and every record needs it.", column)
        try:
            return read(cell)
        except Fault as fault:
            raise Fault(fault.rule, fault.message, column) from None

    def optional(self, column: str, read: Reader[T]) -> T | None:
        """The value of a column that a record can do without; None when empty or withheld."""
        cell = self._cell(column)
        if not cell:
            return None
        try:
            return read(cell)
        except Fault as fault:
            self.withheld.append((Fault(fault.rule, fault.message, column), cell))
            return None

    def several(self, column: str, read: Reader[T], separator: str = ";") -> tuple[T, ...]:
        """The values of a cell that lists them; each faulty one is withheld, the others stay."""
        found = []
        for part in self._cell(column).split(separator):
            if cell := part.strip():
                try:
                    found.append(read(cell))
                except Fault as fault:
                    self.withheld.append((Fault(fault.rule, fault.message, column), cell))
        return tuple(found)

    def column_of(self, value: str) -> str | None:
        """The column that a value was read from, be it the cell or the end of an IRI made of it."""
        found = [column for column in sorted(self.read) if value.endswith(self.cells[column])]
        return max(found, key=lambda column: len(self.cells[column]), default=None)

    def _cell(self, column: str) -> str:
        cell = self.cells.get(column, "")
        if cell:
            self.read.add(column)
        return cell
