"""What the tests of catalogues share: the records and the issues that a format makes of bytes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.row import Row
from loaders.issues import Effect, Fault
from loaders.records import Dataset, Distribution, Link, Record
from loaders.source import Source, SourceFile
from tests.loaders.conftest import InMemory

LEFT_OUT, WITHHELD, NOTED = Effect.LEFT_OUT, Effect.WITHHELD, Effect.NOTED
DATA = Path(__file__).parents[2].parent / "shared/data/datasets"


class Told(NamedTuple):
    """An issue without its sentence."""

    rule: str
    field: str | None
    value: str | None
    effect: Effect


@dataclass(frozen=True)
class Catalogue:
    """What a format made of a file."""

    records: list[Record]
    issues: list[Told]
    messages: list[str]

    @property
    def datasets(self) -> list[Dataset]:
        return [each for each in self.records if isinstance(each, Dataset)]

    @property
    def dataset(self) -> Dataset:
        [dataset] = self.datasets
        return dataset

    @property
    def distributions(self) -> list[Distribution]:
        return [each for each in self.records if isinstance(each, Distribution)]

    @property
    def links(self) -> list[Link]:
        return [each for each in self.records if isinstance(each, Link)]

    def rules(self) -> list[str]:
        return [each.rule for each in self.issues]


def catalogue(
    format_: Format, content: bytes | str, name: str = "given.json", feed: Feed | None = None
) -> Catalogue:
    """The records and issues of a file, as a load tells them, but for claims."""
    encoded = content.encode() if isinstance(content, str) else content
    table = format_.layout.read(InMemory(name, Path(name), None, encoded))
    records: list[Record] = []
    issues: list[tuple[Fault, Effect]] = []
    for row in table:
        if not isinstance(row, Row):
            issues.append((row[1], LEFT_OUT))
            continue
        effect = WITHHELD
        try:
            records += format_.interpret(row, feed or Feed("given"))
        except Fault as fault:
            issues.append((fault, LEFT_OUT))
            effect = LEFT_OUT
        issues += _with(row.withheld, effect) + _with(row.noted, NOTED)
    issues += _with(table.remarks, NOTED)
    told = [Told(fault.rule, fault.field, fault.value, effect) for fault, effect in issues]
    return Catalogue(records, told, [fault.message for fault, _ in issues])


def _with(faults: Iterable[Fault], effect: Effect) -> list[tuple[Fault, Effect]]:
    return [(fault, effect) for fault in faults]


def rule_broken(read: Callable[[str], object], cell: str) -> str | None:
    """The rule that a text breaks for a reader; None when it gives a value."""
    try:
        assert read(cell) is not None
    except Fault as fault:
        return fault.rule
    return None


def source_of(format_: Format, name: str) -> Source:
    """A source of one file."""
    return Source("given", "A source given by hand", (SourceFile(name, format_, None, 0),))
