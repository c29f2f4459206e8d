"""What a format is: a name, the columns of its files, and the records that a row of it makes."""

from collections.abc import Callable
from dataclasses import dataclass

from loaders.formats.delimited import Columns
from loaders.formats.row import Row
from loaders.records import Record

Interpretation = Callable[[Row], tuple[Record, ...]]


@dataclass(frozen=True, slots=True)
class Format:
    """One format of a publisher's file.

    `interpret` makes the records of a row, the one that the row is about first; it raises a
    `loaders.issues.Fault` when the row has to be left out.
    """

    name: str
    summary: str
    columns: Columns
    interpret: Interpretation
