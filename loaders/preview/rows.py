"""Single rows of the files of a load, read once more: what they hold, and what they would state.

Only the files are read in which a row is wanted, and each no further than to the last of them.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from loaders.claims import Place
from loaders.formats.reading.content import Content
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.identity import Minter
from loaders.issues import Fault
from loaders.mappings import map_record
from loaders.nquads import line_of
from loaders.preview.masking import HIDDEN, masked_cell
from loaders.preview.model import Thing
from loaders.preview.things import thing_of, types_in
from loaders.source import Source

_CELLS = 4
_LONGEST = 60


class Rows:
    """Reads rows of a source again. `contents` are its files, in their order."""

    def __init__(self, source: Source, contents: Sequence[Content], base: str) -> None:
        self._source = source
        self._contents = contents
        self._mint = Minter(base)
        self._feed = Feed(source.name, source.holder, source.organisations)
        self._numbers = {file.name: number for number, file in enumerate(source.files)}

    def number_of(self, file: str) -> int:
        """Which of the source's files has that name."""
        return self._numbers.get(file, 0)

    def name_of(self, file: int) -> str:
        """What the file of that number is called."""
        return self._source.files[file].name

    def at(self, places: Collection[Place]) -> Iterator[tuple[Place, str, Row]]:
        """The rows at some places, as far as they can be read, each with what is called a row."""
        for number, (file, content) in enumerate(
            zip(self._source.files, self._contents, strict=True)
        ):
            wanted = {each.row for each in places if each.file == number}
            if not wanted:
                continue
            table = file.format.layout.read(content)
            for row in table:
                found = row.number if isinstance(row, Row) else row[0]
                if found in wanted:
                    wanted.discard(found)
                    if isinstance(row, Row):
                        yield Place(number, found), table.unit, row
                if not wanted:
                    break

    def would_be(self, place: Place, row: Row) -> Thing | None:
        """The thing that a row describes first; None where its format cannot make a record of it.

        What was read of the row is noted in it from then on.
        """
        try:
            records = self._source.files[place.file].format.interpret(row, self._feed)
        except Fault:
            return None
        for record in records:
            lines = [line_of(each) for each in map_record(record, self._mint, self._source.name)]
            for subject in dict.fromkeys(line[: line.index(b">") + 1] for line in lines):
                own = [line for line in lines if line.startswith(subject)]
                if types_in(own) and subject.startswith(f"<{self._mint.base}id/".encode()):
                    return thing_of(subject, own)
        return None


def first_cells(row: Row) -> tuple[tuple[str, str], ...]:
    """The first cells of a row that hold something, by their columns, as they may be shown."""
    stated = (
        (column, str(value).strip())
        for column, value in row.cells.items()
        if isinstance(value, str | int) and str(value).strip()
    )
    return tuple((column, _cell(column, text)) for column, text in islice(stated, _CELLS))


def _cell(column: str, text: str) -> str:
    told = masked_cell(column, text)
    return told if len(told) <= _LONGEST else f"{told[:_LONGEST]}{HIDDEN}"
