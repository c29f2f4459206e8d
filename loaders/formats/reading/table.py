"""What every reader gives: the records of a file one by one, and what is odd about the file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from loaders.formats.reading.content import Content
from loaders.formats.reading.row import Row
from loaders.issues import Fault

Unreadable = tuple[int, Fault]
"""The number of a record that could not be read, and why."""


@dataclass(slots=True)
class Table:
    """The records of one file, to be iterated once: each a row, or the fault that it has.

    `remarks` is complete when the iteration is over. `unit` is what one record is called; `sheet`
    is the sheet of a workbook that they stand on.

    Iterating raises `loaders.errors.StructureError` where the file is not what its format says.
    """

    rows: Iterator[Row | Unreadable]
    remarks: list[Fault] = field(default_factory=list)
    unit: str = "row"
    sheet: str = ""

    def __iter__(self) -> Iterator[Row | Unreadable]:
        return self.rows


class Layout(Protocol):
    """How the records of a format lie in a file."""

    def read(self, content: Content) -> Table:
        """The records of a file.

        Raises:
            StructureError: the file is not what the format says; iterating may raise it too.
        """
        ...
