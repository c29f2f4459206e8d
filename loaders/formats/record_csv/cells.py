"""What the columns of several formats of ours hold."""

from loaders.formats.reading.row import Row
from loaders.records import Party, Text
from loaders.values import organisation_key, words


def party(row: Row, column: str) -> Party | None:
    """The body of a column, by its key and, in `{column}-as-stated`, in words; None: neither."""
    key = row.optional(column, organisation_key)
    stated = row.optional(f"{column}-as-stated", words)
    return Party(key, stated) if key or stated else None


def text_of(cell: str) -> Text:
    """Words in English."""
    return Text(words(cell))
