"""A text made of passages of another one, which knows where in that one each of its places was."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text; `at` is where it stood in the source, None if it is ours."""

    text: str
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Composed:
    """A text made of passages of `source`, in the order in which they stand."""

    source: str
    passages: tuple[Passage, ...]

    @property
    def text(self) -> str:
        """The text."""
        return "".join(each.text for each in self.passages)

    def place(self, line: int, column: int) -> tuple[int, int]:
        """The line and column in the source of a place in the text, all from 1.

        A place in what is ours is where the passage before it ends.
        """
        lines = self.text.split("\n")
        left = sum(len(each) + 1 for each in lines[: line - 1]) + column - 1
        last = 0
        for each in self.passages:
            if each.at is not None and left < len(each.text):
                return line_and_column(self.source, each.at + left)
            if each.at is not None:
                last = each.at + len(each.text)
            elif left < len(each.text):
                break
            left -= len(each.text)
        return line_and_column(self.source, last)


class Edits:
    """Changes to a part of a text, made from left to right; of two at one place in their order."""

    def __init__(self) -> None:
        self._changes: list[tuple[int, int, str]] = []

    def insert(self, at: int, text: str) -> None:
        """Put a text in at a place."""
        self._changes.append((at, at, text))

    def replace(self, start: int, end: int, text: str) -> None:
        """Put a text in place of another."""
        self._changes.append((start, end, text))

    def applied(self, source: str, start: int, end: int) -> Iterable[Passage]:
        """The part of the source from `start` to `end`, changed."""
        at = start
        for begin, stop, text in sorted(self._changes, key=lambda change: change[0]):
            yield Passage(source[at:begin], at)
            yield Passage(text)
            at = stop
        yield Passage(source[at:end], at)


def line_and_column(text: str, at: int) -> tuple[int, int]:
    """The line and the column, both from 1, of a place in a text."""
    read = text[:at]
    return read.count("\n") + 1, at - (read.rfind("\n") + 1) + 1
