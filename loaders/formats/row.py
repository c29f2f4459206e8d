"""One row of a source: hands its values out, and keeps what was wrong with them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from loaders.issues import Fault
from loaders.values import Reader, T

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


@dataclass(slots=True)
class Row:
    """A row's cells by column, white space trimmed; `number` counts the header as row 1.

    `read` collects what was read, each with its column and cell; `withheld` the faults of values
    that the record does without.
    """

    number: int
    cells: Mapping[str, str]
    withheld: list[Fault] = field(default_factory=list)
    read: list[tuple[str, str]] = field(default_factory=list)

    def required(self, column: str, read: Reader[T]) -> T:
        """The value of a column that every record needs.

        Raises:
            Fault: the cell is empty or `read` refuses it; the record is to be left out.
        """
        cell = self.cells.get(column, "")
        if not cell:
            raise Fault("missing-value", "The cell is empty, and every record needs it.", column)
        return self._value(column, cell, read)

    def optional(self, column: str, read: Reader[T]) -> T | None:
        """The value of a column that a record can do without; None when empty or withheld."""
        cell = self.cells.get(column, "")
        return next(self._sound(column, [cell], read), None)

    def several(self, column: str, read: Reader[T], separator: str = ";") -> tuple[T, ...]:
        """The values of a cell that lists them; each faulty one is withheld, the others stay."""
        return tuple(self._sound(column, self.cells.get(column, "").split(separator), read))

    def column_of(self, value: str) -> str | None:
        """The column whose cell a value is or, being an IRI or a key made of cells, ends with.

        None where no column, or more than one, could be meant.
        """
        ending = [(len(cell), column) for column, cell in self.read if value.endswith(cell)]
        longest = max((length for length, _ in ending), default=0)
        found = {column for length, column in ending if length == longest}
        return found.pop() if len(found) == 1 else None

    def _sound(self, column: str, cells: list[str], read: Reader[T]) -> Iterator[T]:
        for cell in filter(None, map(str.strip, cells)):
            try:
                yield self._value(column, cell, read)
            except Fault as fault:
                self.withheld.append(fault)

    def _value(self, column: str, cell: str, read: Reader[T]) -> T:
        try:
            if found := _UNSEEN.search(cell):
                raise Fault(
                    "control-character",
                    f"The cell holds the unprintable character U+{ord(found[0]):04X}.",
                )
            value = read(cell)
        except Fault as fault:
            raise Fault(fault.rule, fault.message, column, cell) from None
        self.read.append((column, cell))
        return value
