"""YAML into items (YAML 1.1, as PyYAML reads it), held whole in memory and bounded for that.

Every scalar stays the text that it was: a day is no date, `no` is no truth value, and a code keeps
the zeros in front of it. Anchors, aliases and tags are refused: a few lines of aliases can stand
for gigabytes, and no publisher's feed needs them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from loaders.errors import StructureError
from loaders.formats.reading.content import Content, Encoding, as_utf_8, encoding_of
from loaders.formats.reading.row import Row
from loaders.formats.reading.table import Table, Unreadable
from loaders.issues import Fault

_MOST_BYTES = 32 << 20
_DEEPEST = 64
_SHOWN = 200
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_LOADER: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)


@dataclass(frozen=True, slots=True)
class YamlItems:
    """A layout of items in YAML.

    `items` is the way to them, its steps divided by points; without one the document itself is the
    item, or the list of them. They stand in a list or in a mapping, whose keys then become the
    member `key` of each, where that is given. `known` is what an item may hold: all else is
    remarked upon once.
    """

    items: str = ""
    key: str | None = None
    known: frozenset[str] = field(default_factory=frozenset)

    def read(self, content: Content) -> Table:
        """The items of a file, counted from 1.

        Raises:
            StructureError: while iterating: more than 32 MiB, no YAML, anchors, aliases or tags,
                several documents, a key twice, nesting of more than 64, or no items where they
                should be.
        """
        encoding = encoding_of(content)
        table = Table(iter(()), list(encoding.remarks), "item")
        table.rows = self._rows(content, encoding, table.remarks)
        return table

    def _rows(
        self, content: Content, encoding: Encoding, remarks: list[Fault]
    ) -> Iterator[Row | Unreadable]:
        unknown: set[str] = set()
        for number, item in enumerate(self._items(content.name, document(content, encoding)), 1):
            if not isinstance(item, dict):
                message = "An item with members of its own is expected, and this is a single value."
                yield number, Fault("unexpected-structure", message, value=str(item)[:_SHOWN])
                continue
            for name in sorted(item.keys() - self.known - unknown) if self.known else ():
                unknown.add(name)
                remarks.append(
                    Fault("unknown-column", "The format does not know this member.", name)
                )
            yield Row(number, item)

    def _items(self, file: str, found: object) -> Iterator[object]:
        for step in self.items.split(".") if self.items else ():
            found = found.get(step) if isinstance(found, dict) else None
        if isinstance(found, list):
            yield from found
        elif isinstance(found, dict) and self.key is not None:
            for name, item in found.items():
                yield {**item, self.key: name} if isinstance(item, dict) else item
        elif isinstance(found, dict):
            yield found
        else:
            place = f" under “{self.items}”" if self.items else ""
            raise StructureError(file, f"holds no items{place}.")


def document(content: Content, encoding: Encoding) -> object:
    """The one document of a YAML file: mappings, lists, texts, and None where nothing stands.

    Raises:
        StructureError: as `YamlItems.read` has it.
    """
    with as_utf_8(content, encoding) as stream:
        text = stream.read(_MOST_BYTES + 1)
    if len(text) > _MOST_BYTES:
        raise StructureError(
            content.name, f"has more than {_MOST_BYTES >> 20} MiB, which YAML is read up to."
        )
    try:
        return text_document(content.name, text.decode())
    except UnicodeDecodeError:
        raise StructureError(content.name, "is not UTF-8 text.") from None


def text_document(file: str, text: str) -> object:
    """The one document of a text, such as the part of a file that is YAML.

    Raises:
        StructureError: as `YamlItems.read` has it.
    """
    try:
        return _compose(file, text)
    except yaml.YAMLError as error:
        raise StructureError(file, f"is not well-formed YAML ({_why(error)}).") from None


def _compose(file: str, text: str) -> object:
    """What the events of a document make, told one by one so that no alias is ever followed."""
    results: list[object] = []
    opened: list[_Open] = []
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise StructureError(
                file, f"{_line(event)} has an anchor or an alias, which are not read: write it out."
            )
        if getattr(event, "tag", None) not in (None, "!"):
            raise StructureError(file, f"{_line(event)} has a tag, which are not read.")
        value: object = None
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            if len(opened) >= _DEEPEST:
                raise StructureError(file, f"items are nested more than {_DEEPEST} deep.")
            opened.append(_Open(isinstance(event, yaml.MappingStartEvent)))
            continue
        if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            ended = opened.pop()
            value = ended.members if ended.is_mapping else ended.listed
        elif isinstance(event, yaml.ScalarEvent):
            is_plain = not event.style  # the C parser has '' for it, the other None
            value = None if is_plain and event.value in _NULLS else event.value
        else:
            continue
        if not opened:
            results.append(value)
        elif problem := opened[-1].take(value):
            raise StructureError(file, f"{_line(event)} {problem}.")
    if len(results) != 1:
        raise StructureError(file, f"holds {len(results)} documents, and one is expected.")
    return results[0]


@dataclass(slots=True)
class _Open:
    """A mapping or a list under way; `name` is the key that waits for its value."""

    is_mapping: bool
    members: dict[str, object] = field(default_factory=dict)
    listed: list[object] = field(default_factory=list)
    name: str | None = None

    def take(self, value: object) -> str | None:
        """Take in a value, or a key; what is wrong with it, if something is."""
        if not self.is_mapping:
            self.listed.append(value)
        elif self.name is None:
            if not isinstance(value, str):
                return "has a key that is no text"
            if value in self.members:
                return f"has the key “{value[:_SHOWN]}” twice in one mapping"
            self.name = value
            self.members[value] = None
        else:
            self.members[self.name] = value
            self.name = None
        return None


def _line(event: yaml.Event) -> str:
    mark = event.start_mark
    return f"line {mark.line + 1}" if mark else "a line"


def _why(error: yaml.YAMLError) -> str:
    """What a parser says and where, without the lines of the file that it quotes."""
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "no reason given"
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}: {problem}" if mark else str(problem)
