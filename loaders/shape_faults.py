"""What a load made, held against the shapes of the ontology, and traced to the rows that say it.

Only what is not as the earlier load left it is looked at, where that was held against the same
shapes: every shape of ours looks at one thing's own statements. What is remarked upon in the rest
is taken over from there, so that the same files always have the same issues.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from loaders.claims import Place
from loaders.earlier import Earlier, groups, side_by_side
from loaders.errors import ValidationError
from loaders.origins import OriginLines
from loaders.shapes.running import find
from loaders.sorted_lines import SortedLines
from loaders.steps import step
from loaders.validation import shapes

RULE = "shape"
_VIOLATION = "Violation"
_DEPTH = 8  # parts of parts of parts


class Failing(NamedTuple):
    """What is wrong with a thing: its IRI, the sentence of the shape, and the value, if it is one.

    The value is spelled as N-Triples spell a term.
    """

    focus: str
    message: str
    value: str | None = None

    @property
    def text(self) -> str | None:
        """The value without the signs of its spelling."""
        if self.value is None or self.value.startswith("<"):
            return self.value and self.value[1:-1]
        return self.value[1 : self.value.rindex('"')]


class Remark(NamedTuple):
    """What a shape remarks upon in a thing, and the first row that states the thing."""

    place: Place | None
    focus: str
    message: str


@dataclass(slots=True)
class Outcome:
    """What the shapes find in one reading of a source: what is to be left out, and remarks."""

    failing: dict[str, list[Failing]] = field(default_factory=dict)
    warnings: SortedLines | None = None
    parts: set[str] = field(default_factory=set)


class ShapeCheck:
    """Holds the readings of one load against the shapes, the first against an earlier load.

    `nodes` are the IRIs of the snapshots of the source's files, in their order.
    """

    def __init__(
        self,
        origins: OriginLines,
        nodes: Sequence[str],
        folder: Path,
        earlier: Earlier | None = None,
    ) -> None:
        self.nodes = nodes
        self.origins = origins
        self._folder = folder
        self._files = {node.encode(): number for number, node in enumerate(nodes)}
        self._reading = 0
        self._before: SortedLines | Earlier | None = None
        self._warned: Iterable[bytes] = ()
        if earlier is not None and earlier.warnings is not None and shapes().is_local:
            warned = self._known_warnings(earlier)
            if warned is not None:
                self._before, self._warned = earlier, warned

    @step("shapes")
    def check(self, lines: SortedLines) -> Outcome:
        """What the shapes find in the lines of the next reading.

        Raises:
            ValidationError: the shapes cannot be applied.
        """
        outcome = Outcome(warnings=SortedLines(self._folder, f"warnings-{self._reading}"))
        assert outcome.warnings is not None
        for found in find(shapes(), self._changed(lines, outcome.warnings)):
            if found.focus.startswith(self.origins.parts[1:].decode()):
                outcome.parts.add(found.focus)
            if found.severity.endswith(_VIOLATION):
                failing = Failing(found.focus, found.message, found.value)
                outcome.failing.setdefault(found.focus, []).append(failing)
            else:
                outcome.warnings.add([_spelled(found.focus, found.message)])
        self._reading += 1
        self._before, self._warned = (lines, outcome.warnings) if shapes().is_local else (None, ())
        return outcome

    @step("shapes")
    def rows(self, lines: SortedLines, outcome: Outcome) -> dict[Place, list[Failing]]:
        """The rows that state what must be left out, and why.

        Raises:
            ValidationError: no row states one of the things.
        """
        owners = self._owners(lines, outcome.parts & outcome.failing.keys())
        wanted: dict[bytes, list[Failing]] = {}
        for focus, failing in outcome.failing.items():
            wanted.setdefault(owners.get(focus, f"<{focus}>".encode()), []).extend(failing)
        rows: dict[Place, list[Failing]] = {}
        for subject, group in groups(lines):
            if subject in wanted:
                failing = wanted.pop(subject)
                places = [self.origins.place(line, self._files) for line in group]
                found = [each for each in places if each is not None]
                if not found:
                    wanted[subject] = failing
                    break
                for place in found:
                    rows.setdefault(place, []).extend(failing)
        for lost in wanted.values():
            raise ValidationError(f"{lost[0].focus}: {lost[0].message}")
        return {place: sorted(set(rows[place]), key=str) for place in sorted(rows)}

    def remarks(self, lines: SortedLines, outcome: Outcome) -> Iterator[Remark]:
        """What the shapes remark upon, thing by thing, each with its row."""
        assert outcome.warnings is not None
        owners = self._owners(
            lines, {_read(line)[0] for line in outcome.warnings if self._is_part(line)}
        )
        by_thing = SortedLines(self._folder, "remarks")
        for line in outcome.warnings:
            focus, _ = _read(line)
            by_thing.add([owners.get(focus, f"<{focus}>".encode()) + b" " + line])
        for subject, group, told in side_by_side(lines, by_thing):
            if told:
                places = [self.origins.place(line, self._files) for line in group]
                first = min((each for each in places if each is not None), default=None)
                for line in told:
                    focus, message = _read(line[len(subject) + 1 :])
                    yield Remark(first, focus, message)

    def _is_part(self, line: bytes) -> bool:
        return line.startswith(self.origins.parts)

    def _changed(self, lines: SortedLines, warnings: SortedLines) -> Iterator[bytes]:
        """The lines of what is not as before; the warnings of the rest are taken over."""
        if self._before is None:
            for block in lines.blocks():
                yield from self.origins.without_ours(block)
            return
        before = self._before.lines() if isinstance(self._before, Earlier) else self._before
        told = groups(self._warned)
        known = next(told, None)
        for subject, group, old in side_by_side(lines, before):
            if group != old:
                own = self.origins.without_ours(group)
                if own != self.origins.without_ours(old):
                    yield from own
                    continue
            while known is not None and known[0] < subject:
                known = next(told, None)
            if known is not None and known[0] == subject:
                warnings.add(known[1])

    def _known_warnings(self, earlier: Earlier) -> SortedLines | None:
        """What the shapes remarked upon in the earlier load; None where that is not all known."""
        assert earlier.warnings is not None
        found = SortedLines(self._folder, "warnings-before")
        for issue in earlier.warnings():
            if issue.value is None:  # it was not to be told
                return None
            found.add([_spelled(issue.value, issue.message)])
        return found

    def _owners(self, lines: SortedLines, parts: Iterable[str]) -> Mapping[str, bytes]:
        """The things that parts belong to, with “<>”; a part to which nothing refers is left."""
        holding = {f"<{each}>".encode(): f"<{each}>".encode() for each in parts}
        start = b"> " + self.origins.parts
        for _ in range(_DEPTH):
            wanted = {each for each in holding.values() if each.startswith(self.origins.parts)}
            if not wanted:
                break
            above: dict[bytes, bytes] = {}
            for line in lines:
                at = line.find(start)
                if at > 0:
                    part = line[at + 2 : line.index(b">", at + 2) + 1]
                    if part in wanted:
                        above.setdefault(part, line[: line.index(b">") + 1])
            if not above:
                break
            holding = {part: above.get(thing, thing) for part, thing in holding.items()}
        return {part[1:-1].decode(): thing for part, thing in holding.items()}


def _spelled(focus: str, message: str) -> bytes:
    return b"<%s> %s\n" % (focus.encode(), json.dumps(message, ensure_ascii=False).encode())


def _read(line: bytes) -> tuple[str, str]:
    subject, _, message = line.partition(b"> ")
    return subject[1:].decode(), json.loads(message)
