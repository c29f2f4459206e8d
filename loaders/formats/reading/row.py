"""One record of a source as it was read: hands its values out, and keeps what was wrong with them.

A row of a table has cells; an item of JSON or XML has members, which may hold items themselves.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from loaders.issues import Fault
from loaders.privacy import without_contacts
from loaders.prose import has_html, words_of
from loaders.values import Reader, T

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_MOST_FIGURES = 100
_SHOWN = 200

_PRIVATE = "contact-of-a-person"  # whoever is named stays out of the list of issues too


@dataclass(slots=True)
class Row:
    """A record's cells by column; `number` counts the rows of a table as a spreadsheet does.

    `read` collects what was read, each with its column and cell; `withheld` the faults of values
    that the record does without; `noted` what is odd and loaded all the same. A row within a row
    shares all three with it, and its columns are named by their way from the outermost row:
    `organization.name`, `contacts[2].title`.
    """

    number: int
    cells: Mapping[str, object]
    withheld: list[Fault] = field(default_factory=list)
    read: list[tuple[str, str]] = field(default_factory=list)
    noted: list[Fault] = field(default_factory=list)
    way: str = ""

    def has(self, column: str) -> bool:
        """Whether a column holds anything at all."""
        return self.cells.get(column) not in (None, "", [], {})

    def required(self, column: str, read: Reader[T]) -> T:
        """The value of a column that every record needs.

        Raises:
            Fault: the cell is empty or `read` refuses it; the record is to be left out.
        """
        cell = self._cell(column)
        if not cell:
            raise Fault(
                "missing-value", "The cell is empty, and every record needs it.", self.way + column
            )
        return self._value(column, cell, read)

    def optional(self, column: str, read: Reader[T]) -> T | None:
        """The value of a column that a record can do without; None when empty or withheld."""
        try:
            cell = self._cell(column)
            return self._value(column, cell, read) if cell else None
        except Fault as fault:
            self.withheld.append(fault)
            return None

    def several(self, column: str, read: Reader[T], separator: str = ";") -> tuple[T, ...]:
        """The values of a cell that lists them; each faulty one is withheld, the others stay.

        The cell is a text with a separator between its parts, or a list of its own.
        """
        value = self.cells.get(column)
        if isinstance(value, list):
            return tuple(self._sound(column, value, read))
        try:
            cell = self._cell(column)
        except Fault as fault:
            self.withheld.append(fault)
            return ()
        if not cell:
            return ()
        return tuple(self._sound(column, map(str.strip, cell.split(separator)), read))

    def prose(self, column: str) -> str | None:
        """The words of a text for people; HTML round them is left away, and noted.

        E-mail addresses that may be a person's, and mobile telephones, are taken out of them.
        """
        value = self.cells.get(column)
        if isinstance(value, str) and has_html(value):
            self.note("html-in-text", "The text holds HTML; its words are loaded.", column)
        cell = value if isinstance(value, str) else self.optional(column, str)
        said = _UNSEEN.sub(" ", words_of(cell)).strip() if cell else ""
        told = without_contacts(said)
        if told != said:
            self.note(
                _PRIVATE,
                "E-mail addresses that may be a person's, or mobile telephones, stand in the text; "
                "it is loaded without them.",
                column,
            )
        return told or None

    def withhold(self, rule: str, message: str, column: str, value: str | None = None) -> None:
        """Do without a value of a column, for a reason that lies beyond the value itself."""
        self.withheld.append(Fault(rule, message, self.way + column, value))

    def note(self, rule: str, message: str, column: str, value: str | None = None) -> None:
        """Remark upon a value that is loaded all the same."""
        self.noted.append(Fault(rule, message, self.way + column, value))

    def within(self, column: str) -> "Row | None":
        """The item that a member holds; None where there is none, or it is withheld."""
        return next(iter(self.each(column)), None)

    def each(self, column: str) -> "list[Row]":
        """The items that a member lists. One that stands alone counts as a list of one."""
        value = self.cells.get(column)
        if not value:
            return []
        if isinstance(value, dict):
            return [self._inner(f"{column}.", value)]
        found: list[Row] = []
        for place, each in enumerate(value if isinstance(value, list) else [value], 1):
            if isinstance(each, dict):
                found.append(self._inner(f"{column}[{place}].", each))
            elif each is not None:
                self.withheld.append(_no_item(f"{self.way}{column}", each))
        return found

    def column_of(self, value: str) -> str | None:
        """The column whose cell a value is or, being an IRI or a key made of cells, ends with.

        None where no column, or more than one, could be meant.
        """
        ending = [(len(cell), column) for column, cell in self.read if value.endswith(cell)]
        longest = max((length for length, _ in ending), default=0)
        found = {column for length, column in ending if length == longest}
        return found.pop() if len(found) == 1 else None

    def _inner(self, step: str, cells: Mapping[str, object]) -> "Row":
        return Row(self.number, cells, self.withheld, self.read, self.noted, self.way + step)

    def _cell(self, column: str) -> str:
        value = self.cells.get(column, "")
        return value.strip() if type(value) is str else self._spelled(column, value)

    def _spelled(self, column: str, value: object) -> str:
        if value is None:
            return ""
        if isinstance(value, str):
            return value.strip()
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int):
            return str(value)
        if isinstance(value, Decimal):
            if abs(value.adjusted()) > _MOST_FIGURES:  # a few bytes could ask for gigabytes
                raise Fault(
                    "bad-number",
                    "The number has more figures than anything that is counted or measured.",
                    self.way + column,
                    str(value)[:_SHOWN],
                )
            return format(value, "f")
        raise Fault(
            "unexpected-structure",
            "A single value is expected here, and this is a list or an item of several members.",
            self.way + column,
        )

    def _sound(self, column: str, cells: Iterable[object], read: Reader[T]) -> Iterator[T]:
        for each in cells:
            try:
                if cell := self._spelled(column, each):
                    yield self._value(column, cell, read)
            except Fault as fault:
                self.withheld.append(fault)

    def _value(self, column: str, cell: str, read: Reader[T]) -> T:
        try:
            # Nearly every cell is printable, which is quicker to ask than what is unseen in it.
            if not cell.isprintable() and (found := _UNSEEN.search(cell)):
                raise Fault(
                    "control-character",
                    f"The cell holds the unprintable character U+{ord(found[0]):04X}.",
                )
            value = read(cell)
        except Fault as fault:
            value_told = None if fault.rule == _PRIVATE else cell
            raise Fault(fault.rule, fault.message, self.way + column, value_told) from None
        self.read.append((self.way + column, cell))
        return value


def _no_item(column: str, value: object) -> Fault:
    return Fault(
        "unexpected-structure",
        "An item with members of its own is expected here, and this is a single value.",
        column,
        str(value)[:_SHOWN],
    )
