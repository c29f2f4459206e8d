"""The ledger of published IRIs: none is ever forgotten, and a withdrawn one leaves a trace.

Each IRI has the time at which it was first published (`dct:issued`). One that no source describes
any more also has the time of its withdrawal (`prov:invalidatedAtTime`), its last label, the
reason and, where known, its successor: those statements are published, in the graph of provenance.

What an audience may see no longer though our own staff still do is not withdrawn but hidden: it
leaves no trace in the ledger of that audience.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from loaders import quads
from loaders.directory import write_durably
from loaders.leaks import kinds_of_leak
from loaders.nquads import subject_of, subjects, write_quad
from loaders.quads import Quad, moment, text
from ontology.vocab import DCT, PROV, RDF, RDFS, SKOS

_TYPED = f"> <{RDF.type}> ".encode()
_ISSUED = f"> <{DCT.issued}> ".encode()
_INVALIDATED = f"> <{PROV.invalidatedAtTime}> ".encode()
_REPLACED = f"> <{DCT.isReplacedBy}> "
_LABELS = (SKOS.prefLabel, RDFS.label, DCT.title)


@dataclass(slots=True)
class Ledger:
    """Every IRI that one audience was ever given. `graph` is where withdrawals are published."""

    base: str
    graph: str
    issued: dict[str, bytes] = field(default_factory=dict)
    withdrawn: dict[str, list[bytes]] = field(default_factory=dict)

    def keeps(self, iri: str) -> bool:
        """Whether an IRI is one of those that we promise to keep: those of things."""
        return iri.startswith(f"{self.base}id/")

    def issue(self, lines: Iterable[bytes], at: datetime) -> list[bytes]:
        """Note the things that lines describe; the withdrawals that this ends are returned.

        What describes a thing gives it a type: a mere mention does not.
        """
        ended: list[bytes] = []
        typing = (line for line in lines if states(line, _TYPED))
        for iri in filter(self.keeps, subjects(typing)):
            if iri not in self.issued:
                self.issued[iri] = self._line(iri, DCT.issued, at)
            ended += self.withdrawn.pop(iri, [])
        return ended

    def withdraw(
        self, iris: Iterable[str], at: datetime, before: Store, reason: str
    ) -> list[bytes]:
        """Note that nothing describes these any more; the statements to publish are returned.

        `before` is the store that described them last.
        """
        made: list[bytes] = []
        for iri in iris:
            lines = list(self._withdrawal(iri, at, before, reason))
            self.withdrawn[iri] = lines
            made += lines
        return made

    def hide(self, iris: Collection[str]) -> None:
        """Drop what this audience may no longer see though others do, as if it had never been.

        So does every statement on a withdrawal that leads there.
        """
        for iri in iris:
            self.issued.pop(iri, None)
            self.withdrawn.pop(iri, None)
        ends = tuple(f"{_REPLACED}<{iri}> ".encode() for iri in iris)
        for lines in self.withdrawn.values() if ends else ():
            lines[:] = [each for each in lines if not each.startswith(ends, each.index(b">"))]

    def forget(self, iris: Iterable[str]) -> None:
        """Take the name and the reason from withdrawals.

        That the IRIs are withdrawn, since when, and what came after them, stays.
        """
        for iri in iris:
            lines = self.withdrawn.get(iri, [])
            lines[:] = filter(_stays_nameless, lines)

    def _withdrawal(self, iri: str, at: datetime, before: Store, reason: str) -> Iterator[bytes]:
        yield self._line(iri, PROV.invalidatedAtTime, at)
        yield _encode(Quad(iri, SKOS.changeNote, text(reason), self.graph))
        if (label := _last_label(before, iri)) and not kinds_of_leak(label.value):
            kept = quads.Literal(label.value, label.datatype.value, label.language)
            yield _encode(Quad(iri, SKOS.prefLabel, kept, self.graph))
        for successor in _objects(before, iri, DCT.isReplacedBy):
            if isinstance(successor, NamedNode) and self._leads_on(successor.value):
                yield _encode(Quad(iri, DCT.isReplacedBy, successor.value, self.graph))

    def _leads_on(self, iri: str) -> bool:
        """Whether this audience gets something at an IRI: not at one of ours that it never got."""
        return not self.keeps(iri) or iri in self.issued

    def withdrawals(self) -> list[bytes]:
        """The statements of all withdrawals that last."""
        return list(chain.from_iterable(self.withdrawn.values()))

    def _line(self, iri: str, term: str, at: datetime) -> bytes:
        return _encode(Quad(iri, term, moment(at), self.graph))

    def write(self, path: Path) -> None:
        """Write the ledger, sorted."""
        write_durably(path, sorted([*self.issued.values(), *self.withdrawals()]))


def read_ledger(path: Path, base: str, graph: str) -> Ledger:
    """The ledger in a file; an empty one where there is none yet."""
    ledger = Ledger(base, graph)
    if path.exists():
        with path.open("rb") as file:
            for line in file:
                iri = subject_of(line)
                if states(line, _ISSUED):
                    ledger.issued[iri] = line
                else:
                    ledger.withdrawn.setdefault(iri, []).append(line)
    return ledger


def states(line: bytes, predicate: bytes) -> bool:
    """Whether a line's predicate, written with what stands round it, is this one."""
    return line.startswith(predicate, line.index(b">"))


def _stays_nameless(line: bytes) -> bool:
    return states(line, _INVALIDATED) or states(line, _REPLACED.encode())


def _objects(store: Store, iri: str, term: str) -> Iterator[object]:
    for quad in store.quads_for_pattern(NamedNode(iri), NamedNode(term), None, DefaultGraph()):
        yield quad.object


def _last_label(store: Store, iri: str) -> Literal | None:
    for term in _LABELS:
        for value in _objects(store, iri, term):
            if isinstance(value, Literal):
                return value
    return None


def _encode(quad: Quad) -> bytes:
    return f"{write_quad(quad)}\n".encode()
