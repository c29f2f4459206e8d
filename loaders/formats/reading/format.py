"""What a format is: a name, how its records lie in a file, and what records one of them makes."""

from collections.abc import Callable
from dataclasses import dataclass

from loaders.formats.reading.feed import Feed
from loaders.formats.reading.paging import Paging
from loaders.formats.reading.row import Row
from loaders.formats.reading.table import Layout
from loaders.records import Record

Interpretation = Callable[[Row, Feed], tuple[Record, ...]]


@dataclass(frozen=True, slots=True)
class Format:
    """One format of a publisher's file.

    `interpret` makes the records of a row, the one that the row is about first; it raises a
    `loaders.issues.Fault` when the row has to be left out. `paging` says how the pages follow one
    another where a file of the format is fetched.
    """

    name: str
    summary: str
    layout: Layout
    interpret: Interpretation
    paging: Paging | None = None
