"""What follows from the sources by the axioms of the ontology: the graph `inferred`.

It tells more of what is described, and describes nothing that nobody described: a thing has to
have a stated type. Nothing is repeated that a premise states. `docs/inference.md` has the rest.

Memory is flat, but for the links of transitive properties: what follows of a statement's subject
is said while its lines are read, and what follows of other things is put in order and held against
their lines in a second reading.
"""

import tempfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from loaders.deriving.chains import Chains
from loaders.deriving.consequences import (
    GRAPH,
    Statement,
    ending_of,
    entailed_of_object,
    entailed_of_subject,
    not_premises,
    statement_of,
)
from loaders.deriving.derivation import Derivation, Premises
from loaders.deriving.rederiving import rederived
from loaders.deriving.rule_table import TYPE, RuleTable, shipped_table
from loaders.difference import merged
from loaders.sorted_lines import SortedLines

_WAYS = "1"  # changes with this code, where the table stays what it is
_AT_ONCE = 20_000


def version() -> str:
    """The version of the rules: it changes with the axioms."""
    return f"{_WAYS} {shipped_table().digest()}"


def derive(premises: Premises) -> Iterator[bytes]:
    """The lines of the graph: by what changed since the parent where that is little, else anew."""
    table = shipped_table()
    lines = rederived(premises, table)
    return lines if lines is not None else derived_anew(premises, table)


INFERRED = Derivation(GRAPH, version, derive)


def derived_anew(premises: Premises, table: RuleTable) -> Iterator[bytes]:
    """The lines of the graph, from all premises."""
    ending = ending_of(premises.base)
    chains = Chains(table)
    with tempfile.TemporaryDirectory() as folder:
        elsewhere = _Elsewhere(Path(folder))
        for subject, stated in _things(premises):
            is_described = any(predicate == TYPE for _, predicate, _ in stated)
            concluded: set[Statement] = set()
            for statement in stated:
                has_effect = statement[1] in table.effects
                if has_effect:
                    elsewhere.add(entailed_of_object(table, statement))
                    chains.add(statement)
                if is_described and (has_effect or statement[1] == TYPE):
                    concluded.update(entailed_of_subject(table, statement))
            yield from _told(subject, concluded.difference(stated), ending)
        elsewhere.add(chains.entailed())
        for subject, concluded in _of_described(premises, elsewhere.things()):
            yield from _told(subject, concluded, ending)


def _things(premises: Premises) -> Iterator[tuple[bytes, list[Statement]]]:
    """Each thing with what premises state of it, in order."""
    no_premise = not_premises(premises.base)
    files = [
        path
        for name, path in premises.files.items()
        if name.partition(":")[0] not in ("ontology", "vocab")
    ]
    lines = (line for line in merged(files) if not line.endswith(no_premise))
    for subject, statements in groupby(map(statement_of, lines), lambda each: each[0]):
        yield subject, list(statements)


def _of_described(
    premises: Premises, concluded: Iterator[tuple[bytes, set[Statement]]]
) -> Iterator[tuple[bytes, set[Statement]]]:
    """Of what was concluded of things, what is new of those that are described."""
    things = _things(premises)
    subject, stated = next(things, (b"", []))
    for each, statements in concluded:
        while subject and subject < each:
            subject, stated = next(things, (b"", []))
        if subject == each and any(predicate == TYPE for _, predicate, _ in stated):
            yield each, statements.difference(stated)


def _told(subject: bytes, statements: Iterable[Statement], ending: bytes) -> Iterator[bytes]:
    """The lines of statements; that a thing is this or that to itself is not told."""
    for _, predicate, value in statements:
        if value != subject:
            yield b"%b %b %b%b" % (subject, predicate, value, ending)


class _Elsewhere:
    """What was concluded of other things than the one that was read: put in order on disk."""

    def __init__(self, folder: Path) -> None:
        self._sorted = SortedLines(folder, GRAPH)
        self._waiting: set[bytes] = set()

    def add(self, statements: Iterable[Statement]) -> None:
        for statement in statements:
            self._waiting.add(b"%b %b %b\n" % statement)
            if len(self._waiting) == _AT_ONCE:
                self._flush()

    def things(self) -> Iterator[tuple[bytes, set[Statement]]]:
        """Each thing with what was concluded of it, in order."""
        self._flush()
        statements = (tuple(line[:-1].split(b" ", 2)) for line in self._sorted)
        for subject, group in groupby(statements, lambda each: each[0]):
            yield subject, set(group)  # type: ignore[arg-type]  # a split in three

    def _flush(self) -> None:
        self._sorted.add(self._waiting)
        self._waiting = set()
