"""Which rows of a source's files an earlier load knew already.

Files mostly keep their order, so that rows are looked for a little way ahead of the last one that
was found; memory holds no more of them. One that moved farther counts as gone and as new.
"""

from collections import deque
from collections.abc import Sequence
from pathlib import Path

from loaders.row_notes import KEPT, NEW, RowNotes, noted_rows

AHEAD = 1000
"""So many rows ahead of the last one that was found a row is looked for."""

_SHARE = 0.25  # of the rows: where more changed, to read everything anew is the quicker way
_FEW, _MANY = 100, 20_000  # rows that may change in any case, and what memory has to hold at most


class TooMuchError(Exception):
    """So much changed, or in such a way, that everything is better read as if it were new."""


class RowMatching:
    """Holds rows against the notes on an earlier load, in their order, and notes them anew.

    `touched` has the IRIs, with “<>”, that rows which went or came say anything of.
    """

    def __init__(self, before: Path, rows: int, notes: RowNotes) -> None:
        self.notes = notes
        self.touched: set[bytes] = set()
        self.numbers: set[int] = set()
        self._claimed: dict[bytes, bytes] = {}
        self._rows = noted_rows(before)
        self._ahead = AHEAD
        self._read = self._found = self._new = self._gone = 0
        self._most = max(_FEW, min(_MANY, _SHARE * rows))
        self._waiting: dict[bytes, list[tuple[int, bytes]]] = {}
        self._order: deque[tuple[int, bytes]] = deque()

    def knows(self, digest: bytes) -> bool:
        """Whether a row stood in the earlier load and is as sound as it was; it is noted then.

        Raises:
            TooMuchError: many rows went.
        """
        if digest not in self._waiting:
            self._look_ahead(digest)
        lines = self._waiting.get(digest)
        if lines is None:
            return False
        number, line = lines.pop(0)
        if not lines:
            del self._waiting[digest]
        self._found = max(self._found, number + 1)
        self._forget()
        if line[33:34] != KEPT:
            self._give_up(line)
            return False
        self.notes.copy(line)
        return True

    def note(self, digest: bytes, sign: bytes, tokens: Sequence[bytes] = ()) -> None:
        """Note a row that is not known.

        Raises:
            TooMuchError: there are many of them, or it claims what another one claims.
        """
        self._new += 1
        if self._new > self._most:
            raise TooMuchError
        self.touched.update(each for each in tokens if each.startswith(b"<"))
        for claim in tokens:
            if claim.startswith(b"="):
                said = _said(claim, tokens)
                if claim in self._claimed and (said != self._claimed[claim] or not said):
                    raise TooMuchError
                self._claimed[claim] = said
        self.notes.note(digest, NEW if sign == KEPT else sign, tokens)

    def finish(self) -> None:
        """Find the rows that went, and those that say something of what is touched.

        Raises:
            TooMuchError: there are many, or one claims what a new one claims.
        """
        for lines in self._waiting.values():
            for _, line in lines:
                self._give_up(line)
        self._waiting.clear()
        for line in self._rows:
            self._give_up(line)
        while self._reach_further():
            pass

    def _reach_further(self) -> bool:
        """Whether any more of the rows that are as they were say something of what is touched."""
        before = len(self.numbers)
        looked_for = self.touched | self._claimed.keys()
        for number, line in enumerate(self.notes):
            if line[33:34] != KEPT or number in self.numbers:
                continue
            tokens = line.split()[2:]
            if looked_for.isdisjoint(tokens):
                continue
            for claim in self._claimed.keys() & set(tokens):
                said = _said(claim, tokens)
                if not said or said != self._claimed[claim]:
                    raise TooMuchError
            if self.touched.isdisjoint(tokens):
                continue
            self.numbers.add(number)
            self.touched.update(each for each in tokens if each.startswith(b"<"))
            looked_for |= self.touched
            if len(self.numbers) > self._most:
                raise TooMuchError
        return len(self.numbers) > before

    def _look_ahead(self, digest: bytes) -> None:
        while self._read < self._found + self._ahead:
            line = next(self._rows, None)
            if line is None:
                return
            key = line[:32]
            self._waiting.setdefault(key, []).append((self._read, line))
            self._order.append((self._read, key))
            self._read += 1
            if key == digest:
                return

    def _forget(self) -> None:
        """Give up what lies far behind the last row that was found."""
        while self._order and self._order[0][0] < self._found - self._ahead:
            _, key = self._order.popleft()
            for _, line in self._waiting.pop(key, ()):
                self._give_up(line)

    def _give_up(self, line: bytes) -> None:
        """Take a row for one that went."""
        self._gone += 1
        if self._gone > self._most:
            raise TooMuchError
        self.touched.update(each for each in line.split()[2:] if each.startswith(b"<"))


def _said(claim: bytes, tokens: Sequence[bytes]) -> bytes:
    """What a row says with a claim; nothing where nobody else may claim it at all."""
    start = b"/%s/" % claim[1:]
    return next((each for each in tokens if each.startswith(start)), b"")
