"""The ledger of published IRIs: none is ever forgotten, and one that ends leaves a trace.

Each IRI has the time at which it was first published (`dct:issued`). One that no source describes
any more also has the time of that (`prov:invalidatedAtTime`), its state (`adms:status`: gone,
merged or split), the reason, its last label and types and, where known, its successors: those
statements are published, in the graph of provenance. One that came back keeps a note of its
earlier ending (`skos:historyNote`), which is published too.

What an audience may see no longer though our own staff still do has not ended but is hidden: it
leaves no trace in the ledger of that audience.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from loaders import quads
from loaders.described import is_typing, label_in, objects_of, stated_types, states
from loaders.difference import Difference
from loaders.directory import write_durably
from loaders.endings import Ending, State
from loaders.leak_kinds import kinds_of_leak
from loaders.nquads import line_of, subject_of, subjects
from loaders.quads import Quad, moment, text
from loaders.steps import step
from ontology.namespaces import DEF
from ontology.vocab import ADMS, DCT, PROV, SKOS

_ISSUED = f"> <{DCT.issued}> ".encode()
_INVALIDATED = f"> <{PROV.invalidatedAtTime}> ".encode()
_REPLACED = f"> <{DCT.isReplacedBy}> ".encode()
_STATUS = f"> <{ADMS.status}> ".encode()
_REASON = f"> <{SKOS.changeNote}> ".encode()
_HISTORY = f"> <{SKOS.historyNote}> ".encode()
_STATE = f"{DEF}iri-state/"
_BECAUSE = " The reason was: "


@dataclass(frozen=True, slots=True)
class Entry:
    """What a ledger says of one IRI. `ended` is empty for what is current, and so is what follows.

    `ended` is an RFC 3339 time. Endings of a version that had no states are `gone`. `history` has
    the notes of earlier endings.
    """

    iri: str
    ending: Ending
    issued: str
    ended: str = ""
    label: str | None = None
    types: tuple[str, ...] = ()
    history: tuple[str, ...] = ()

    @property
    def is_nameless(self) -> bool:
        """Whether its name and its reason were forgotten."""
        return bool(self.ended) and self.ending.reason is None and self.label is None


@dataclass(slots=True)
class Ledger:
    """Every IRI that one audience was ever given. `graph` is where endings are published."""

    base: str
    graph: str
    issued: dict[str, bytes] = field(default_factory=dict)
    withdrawn: dict[str, list[bytes]] = field(default_factory=dict)
    history: dict[str, list[bytes]] = field(default_factory=dict)

    def keeps(self, iri: str) -> bool:
        """Whether an IRI is one of those that we promise to keep: those of things."""
        return iri.startswith(f"{self.base}id/")

    @step("ledger")
    def issue(self, lines: Iterable[bytes], at: datetime) -> Difference:
        """Note the things that lines describe; what that changes in what is published is returned.

        What describes a thing gives it a type: a mere mention does not. What had ended and comes
        back has ended no longer, and keeps a note of it.
        """
        change = Difference()
        for iri in filter(self.keeps, subjects(filter(is_typing, lines))):
            if iri not in self.issued:
                self.issued[iri] = self._line(iri, DCT.issued, moment(at))
            if iri in self.withdrawn:
                note = self._line(iri, SKOS.historyNote, text(_told(self.entry(iri), at)))
                change.removed.extend(self.withdrawn.pop(iri))
                change.added.append(note)
                self.history.setdefault(iri, []).append(note)
        return change

    def end(self, iri: str, at: datetime, before: Store, ending: Ending) -> list[bytes]:
        """Note that nothing describes an IRI any more; the statements to publish are returned.

        `before` is the store that described it last. Where no successor is given, those that it
        had itself are kept.
        """
        own = [
            each.value
            for each in objects_of(before, iri, DCT.isReplacedBy)
            if isinstance(each, NamedNode)
        ]
        if not ending.successors:
            ending = replace(ending, successors=tuple(sorted(own)))
        lines = [self._line(iri, PROV.invalidatedAtTime, moment(at))]
        lines += self._stated(iri, ending)
        if (label := label_in(before, iri)) and not kinds_of_leak(label.value):
            kept = quads.Literal(label.value, label.datatype.value, label.language)
            lines.append(self._line(iri, SKOS.prefLabel, kept))
        known = sorted(stated_types(before, iri))
        lines += (self._line(iri, DCT.type, each) for each in known)
        self.withdrawn[iri] = lines
        return lines

    def end_nameless(
        self, iri: str, at: datetime, types: Collection[str], ending: Ending
    ) -> list[bytes]:
        """Note that an IRI ended whose name is not to be told; the statements to publish."""
        lines = [self._line(iri, PROV.invalidatedAtTime, moment(at))]
        lines += self._stated(iri, ending)
        lines += (self._line(iri, DCT.type, each) for each in sorted(types))
        self.withdrawn[iri] = lines
        return lines

    def revise(self, iri: str, ending: Ending) -> Difference:
        """State otherwise how an IRI ended that has ended; what that changes is returned.

        A reason that was forgotten stays so.
        """
        before = self.withdrawn[iri]
        known = self.entry(iri).ending
        if ending.state is State.GONE and known.state is State.GONE:
            ending = replace(ending, successors=known.successors)
        if known.reason is None:
            ending = replace(ending, reason=None)
        stays = [line for line in before if not states_ending(line)]
        after = [*stays, *self._stated(iri, ending)]
        self.withdrawn[iri] = after
        return Difference(
            added=[line for line in after if line not in before],
            removed=[line for line in before if line not in after],
        )

    def hide(self, iris: Collection[str]) -> None:
        """Drop what this audience may no longer see though others do, as if it had never been.

        So does every statement on an ending that leads there.
        """
        for iri in iris:
            self.issued.pop(iri, None)
            self.withdrawn.pop(iri, None)
            self.history.pop(iri, None)
        ends = tuple(_REPLACED + f"<{iri}> ".encode() for iri in iris)
        for iri, lines in self.withdrawn.items() if ends else ():
            if any(states_any(line, ends) for line in lines):
                self.revise(iri, self.entry(iri).ending)

    def forget(self, iris: Iterable[str]) -> None:
        """Take the names, the types and the reasons of what ended, now or earlier.

        That the IRIs ended, since when, and what came after them, stays.
        """
        for iri in iris:
            if iri in self.withdrawn:
                self.withdrawn[iri] = list(filter(_stays_nameless, self.withdrawn[iri]))
            if iri in self.history:
                told = (each.partition(_BECAUSE)[0] for each in _texts(self.history[iri]))
                self.history[iri] = [self._line(iri, SKOS.historyNote, text(each)) for each in told]

    def entry(self, iri: str) -> Entry:
        """What it says of an IRI that it has."""
        values: dict[str, list[str]] = {}
        lines = [self.issued[iri]] if iri in self.issued else []
        for quad in parse(
            b"".join([*lines, *self.withdrawn.get(iri, ()), *self.history.get(iri, ())]),
            format=RdfFormat.N_QUADS,
        ):
            assert isinstance(quad.object, NamedNode | Literal)
            values.setdefault(quad.predicate.value, []).append(quad.object.value)

        def first(term: str) -> str | None:
            return next(iter(values.get(term, ())), None)

        has_ended = iri in self.withdrawn
        state = (first(ADMS.status) or "").removeprefix(_STATE)
        return Entry(
            iri=iri,
            ending=Ending(
                State(state or State.GONE) if has_ended else State.CURRENT,
                first(SKOS.changeNote),
                tuple(sorted(values.get(DCT.isReplacedBy, ()))),
            ),
            issued=first(DCT.issued) or "",
            ended=first(PROV.invalidatedAtTime) or "",
            label=first(SKOS.prefLabel),
            types=tuple(sorted(values.get(DCT.type, ()))),
            history=tuple(values.get(SKOS.historyNote, ())),
        )

    def _stated(self, iri: str, ending: Ending) -> Iterator[bytes]:
        """The statements on how an IRI ended, as far as this audience may know.

        Of successors it is told those that it gets, and the state that goes with so many: that
        something was split into what is seen and what is not would tell of the latter.
        """
        successors = [each for each in ending.successors if self._leads_on(each)]
        state = ending.state
        if state is not State.GONE:
            state = (State.GONE, State.MERGED)[len(successors)] if len(successors) < 2 else state
        yield self._line(iri, ADMS.status, f"{_STATE}{state}")
        if ending.reason is not None:
            yield self._line(iri, SKOS.changeNote, text(ending.reason))
        for each in successors:
            yield self._line(iri, DCT.isReplacedBy, each)

    def _leads_on(self, iri: str) -> bool:
        """Whether this audience gets something at an IRI: not at one of ours that it never got."""
        return not self.keeps(iri) or iri in self.issued

    def statements(self) -> list[bytes]:
        """The statements that are published: of endings that last, and of earlier ones."""
        return list(
            chain(
                chain.from_iterable(self.withdrawn.values()),
                chain.from_iterable(self.history.values()),
            )
        )

    def _line(self, iri: str, term: str, value: str | quads.Literal) -> bytes:
        return line_of(Quad(iri, term, value, self.graph))

    @step("ledger")
    def write(self, path: Path) -> None:
        """Write the ledger, sorted."""
        write_durably(path, sorted([*self.issued.values(), *self.statements()]))


@step("ledger")
def read_ledger(path: Path, base: str, graph: str) -> Ledger:
    """The ledger in a file; an empty one where there is none yet."""
    ledger = Ledger(base, graph)
    if path.exists():
        with path.open("rb") as file:
            for line in file:
                iri = subject_of(line)
                if states(line, _ISSUED):
                    ledger.issued[iri] = line
                elif states(line, _HISTORY):
                    ledger.history.setdefault(iri, []).append(line)
                else:
                    ledger.withdrawn.setdefault(iri, []).append(line)
    return ledger


def states_any(line: bytes, predicates: tuple[bytes, ...]) -> bool:
    """Whether a line goes on after its subject with one of these."""
    return line.startswith(predicates, line.index(b">"))


def states_ending(line: bytes) -> bool:
    """Whether a line says how an IRI ended: its state, its reason or a successor."""
    return states_any(line, (_STATUS, _REASON, _REPLACED))


def _stays_nameless(line: bytes) -> bool:
    return states_any(line, (_INVALIDATED, _STATUS, _REPLACED))


def _told(entry: Entry, back: datetime) -> str:
    """The note on an ending that lasts no longer."""
    ended = datetime.fromisoformat(entry.ended)
    because = f"{_BECAUSE}{entry.ending.reason}" if entry.ending.reason else ""
    return (
        f"It was withdrawn on {ended:%-d %B %Y} and has been published again since "
        f"{back:%-d %B %Y}.{because}"
    )


def _texts(lines: list[bytes]) -> list[str]:
    """The values of literals."""
    found = parse(b"".join(lines), format=RdfFormat.N_QUADS)
    return [quad.object.value for quad in found if isinstance(quad.object, Literal)]
