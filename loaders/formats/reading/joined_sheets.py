"""Rows of one sheet of a workbook, each with what another sheet says of a reference in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.formats.reading.content import Content
from loaders.formats.reading.row import Row
from loaders.formats.reading.table import Table, Unreadable
from loaders.formats.reading.workbook import Workbook
from loaders.issues import Fault
from loaders.values import words


@dataclass(frozen=True, slots=True)
class JoinedSheets:
    """A layout of the rows of `main`, whose `reference` means a row of `other` by its `key`.

    The cells of that row are in the column `within` of the first as an item of its own, which is
    empty where there is none. Rows keep the numbers that they have on the sheet of `main`.
    """

    main: Workbook
    other: Workbook
    reference: str
    key: str
    within: str

    def read(self, content: Content) -> Table:
        """The rows of the main sheet.

        Raises:
            StructureError: the file is no workbook, or lacks one of the sheets or a column.
        """
        further = self.other.read(content)
        table = self.main.read(content)
        skipped = {self.main.sheet, self.other.sheet}
        remarks = [
            each
            for each in table.remarks
            if each.rule != "out-of-scope"
            or not any(f"“{name}”" in each.message for name in skipped)
        ]
        remarks += [each for each in further.remarks if each.rule != "out-of-scope"]
        found: dict[str, Row] = {}
        for row in further:
            if isinstance(row, Row) and (key := _text(row, self.key)):
                if key in found and found[key].cells != row.cells:
                    remarks.append(
                        Fault(
                            "duplicate-key",
                            f"Row {row.number} of “{self.other.sheet}” says otherwise of "
                            f"“{key}” than row {found[key].number}; the first is taken.",
                            self.key,
                            key,
                        )
                    )
                else:
                    found.setdefault(key, row)
        return Table(self._rows(table, found, remarks), remarks, table.unit, table.sheet)

    def _rows(
        self, table: Table, found: dict[str, Row], remarks: list[Fault]
    ) -> Iterator[Row | Unreadable]:
        meant: set[str] = set()
        for row in table:
            if isinstance(row, Row) and (key := _text(row, self.reference)) in found:
                meant.add(key)
                cells = {**row.cells, self.within: dict(found[key].cells)}
                yield Row(row.number, cells, row.withheld, row.read, row.noted)
            else:
                yield row
        for key in sorted(found.keys() - meant):
            remarks.append(
                Fault(
                    "out-of-scope",
                    f"Row {found[key].number} of “{self.other.sheet}” is about “{key}”, which no "
                    f"row of “{self.main.sheet}” refers to; it is not loaded.",
                    self.key,
                    key,
                )
            )


def _text(row: Row, column: str) -> str:
    value = row.cells.get(column)
    return "" if value is None else words(str(value))
