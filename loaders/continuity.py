"""No published IRI is lost in silence, and none comes to mean something else.

A release is held against its parent as our own staff see both, since what anybody else is told of
lies within that. What is no longer described needs a reason: a line in `endings.csv`, the standing
reason of its sources (`things-may-end`), or that they were withdrawn. What had ended and is
described again has to be what it was: of a type that it had, and by the same name; or a line in
`endings.csv` says that it is `current`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from loaders.audience import Audience
from loaders.described import LABELS, Described, is_inferred, is_typing, label_in
from loaders.difference import Difference
from loaders.directory import DataDirectory
from loaders.endings import SHOWN, Ending, EndingRow, State, refuse
from loaders.errors import EndingsError
from loaders.identity import Minter
from loaders.ledger import Entry, Ledger, read_ledger
from loaders.nquads import graph_of, subject_of
from loaders.reasons import Reasons
from loaders.release import Release
from loaders.steps import step
from loaders.taken_back import TakenBack
from ontology.vocab import RDF


def internal_ledger(directory_base: str, release: Release | None) -> Ledger:
    """The ledger of our own staff, which has every IRI; an empty one without a release."""
    graph = Minter(directory_base).graph("provenance")
    if release is None:
        return Ledger(directory_base, graph)
    return read_ledger(release.ledger_path(Audience.INTERNAL), directory_base, graph)


def says_something_new(
    directory: DataDirectory, release: Release | None, rows: Collection[EndingRow]
) -> bool:
    """Whether a line says of an IRI what the ledger of a release does not say."""
    if not rows:
        return False
    ledger = internal_ledger(directory.base, release)
    return any(not _is_in_effect(row, ledger) for row in rows)


def _is_in_effect(row: EndingRow, ledger: Ledger) -> bool:
    if row.ending.state is State.CURRENT:
        return row.iri in ledger.issued and row.iri not in ledger.withdrawn
    if row.iri not in ledger.withdrawn:
        return False
    known = ledger.entry(row.iri).ending
    return (
        known.state is row.ending.state
        and known.reason in (None, row.ending.reason)
        and (known.state is State.GONE or set(known.successors) == set(row.ending.successors))
    )


@step("what ended")
def find_endings(
    release: Release,
    parent: Release | None,
    difference: Difference,
    reasons: Reasons,
    file: Path,
    rolled_back: TakenBack | None = None,
) -> dict[str, Ending]:
    """How each IRI ends that the release no longer describes, and those of which a line tells anew.

    `difference` is that of our own staff, and `file` where a steward writes reasons. Those too may
    have lines that only `rolled_back` knew.

    Raises:
        EndingsError: a line cannot be right, an IRI is lost without a reason, or one that had
            ended is described as something else.
    """
    if parent is None and not reasons.rows:
        return {}
    return _Continuity(release, parent, difference, reasons, file, rolled_back).endings()


class _Continuity:
    """What becomes of IRIs from one release to the next."""

    def __init__(
        self,
        release: Release,
        parent: Release | None,
        difference: Difference,
        reasons: Reasons,
        file: Path,
        rolled_back: TakenBack | None,
    ) -> None:
        self.release = release
        self.parent = parent
        self.difference = difference
        self.reasons = reasons
        self.file = file
        self.ledger = internal_ledger(release.manifest.base, parent)
        strays = rolled_back.ledger(Audience.INTERNAL).issued if rolled_back else {}
        self.strays = strays.keys() - self.ledger.issued.keys()
        self.ledger.issued = strays | self.ledger.issued
        before = Store.read_only(str(parent.store_path(Audience.INTERNAL))) if parent else None
        self.before = before
        self.described = Described(before, difference)

    def endings(self) -> dict[str, Ending]:
        lost = self._lost()
        rows = self.reasons.rows
        refuse([fault for row in rows.values() for fault in self._faults(row)])
        found: dict[str, Ending] = {}
        unexplained: dict[str, set[str]] = {}
        for iri, sources in lost.items():
            assert self.parent is not None
            ending = self.reasons.of(iri, sources, self.parent)
            if ending is None:
                unexplained[iri] = sources - self.reasons.of_sources.keys()
            else:
                found[iri] = ending
        if unexplained:
            raise EndingsError(self._loss(unexplained))
        self._refuse_other_things()
        for iri, row in rows.items():
            ended = iri in self.ledger.withdrawn or iri in self.strays
            if ended and row.ending.state is not State.CURRENT:
                found[iri] = row.ending
        return found

    def _lost(self) -> dict[str, set[str]]:
        """The IRIs that are described no longer, each with the sources that did."""
        lost: dict[str, set[str]] = {}
        shared: list[bytes] = []
        named = {
            Minter(self.release.manifest.base).graph(each): each
            for each in (self.parent.manifest.sources if self.parent else ())
        }
        for line in filter(is_typing, self.difference.removed):
            iri = subject_of(line)
            if not self.ledger.keeps(iri) or iri in self.ledger.withdrawn or self.described(iri):
                continue
            source = named.get(graph_of(line))
            lost.setdefault(iri, set()).update([source] if source else ())
            if source is None:  # several sources may say it in a graph that they share
                shared.append(line)
        if shared:
            assert self.parent is not None
            for source, line in _stating(self.parent, shared):
                lost[subject_of(line)].add(source)
        return dict(sorted(lost.items()))

    def _faults(self, row: EndingRow) -> Iterator[str]:
        """What cannot be right about a line."""
        state = row.ending.state
        is_described = self.described(row.iri)
        if not is_described and row.iri not in self.ledger.issued:
            yield (
                f"{row.place}, iri: {row.iri} was never published. Look at its spelling; "
                "“gmkg ledger” lists what was."
            )
        elif is_described and state is not State.CURRENT:
            sources = " and ".join(self._describing(row.iri))
            yield (
                f"{row.place}, state: {row.iri} is still described by the source {sources}, so it "
                f"is not {state}. Take it out of the source and load that again, or remove this "
                "line."
            )
        elif not is_described and state is State.CURRENT:
            yield (
                f"{row.place}, state: {row.iri} is not current, for no source describes it. Load "
                "a source that does, or write how it ended."
            )
        elif not _is_in_effect(row, self.ledger):
            yield from self._faults_of_successors(row)

    def _faults_of_successors(self, row: EndingRow) -> Iterator[str]:
        for successor in row.ending.successors:
            way = self._way_to_nothing(successor, (row.iri,))
            if not way:
                continue
            end = way[-1]
            if end in way[:-1]:
                circle = " to ".join(way[way.index(end) :])
                yield f"{row.place}, successor: it leads round in a circle: {circle}. Break it."
            else:
                yield (
                    f"{row.place}, successor: nothing describes {end}, and nothing came after it. "
                    "Name an IRI that is described, or write gone as the state."
                )

    def _way_to_nothing(self, iri: str, way: tuple[str, ...]) -> tuple[str, ...]:
        """The IRIs from one to the next up to one that leads on to nothing, or was passed before.

        It is empty where all ways lead to what is described, or to somebody else's IRI.
        """
        if not iri.startswith(self.release.manifest.base) or self.described(iri):
            return ()
        if iri in way:
            return (*way, iri)
        row = self.reasons.rows.get(iri)
        ending = row.ending if row else None
        if ending is None and iri in self.ledger.withdrawn:
            ending = self.ledger.entry(iri).ending
        if ending is None or not ending.successors:
            return (*way, iri)
        ways = (self._way_to_nothing(each, (*way, iri)) for each in ending.successors)
        return next(filter(None, ways), ())

    def _describing(self, iri: str) -> list[str]:
        """The sources of the release that describe an IRI."""
        beginning = f"<{iri}> <{RDF.type}> ".encode()
        found = []
        for source in self.release.manifest.sources:
            with self.release.staged_path(source).open("rb") as lines:
                if any(line.startswith(beginning) for line in lines):
                    found.append(source)
        return found

    def _refuse_other_things(self) -> None:
        """Refuse IRIs that had ended and are described as something else: no key is used twice."""
        gone = self.ledger.withdrawn
        typed = filter(is_typing, self.difference.added if gone else ())
        back = {iri for iri in map(subject_of, typed) if iri in gone}
        stated = self.described.added_quads(back - set(self.reasons.returns))
        told = []
        for iri in sorted(stated):
            entry = self.ledger.entry(iri)
            types, labels = self._as_described(iri, stated[iri])
            if not is_the_same(entry, types, labels):
                now = ", ".join(f"“{each}”" for each in sorted(labels)) or "without a name"
                was = f"“{entry.label}”" if entry.label else "of a name that is not kept"
                told.append(f"  {iri}: it was {was}, and is now {now}")
        if told:
            more = [f"  and {len(told) - SHOWN} more"] if len(told) > SHOWN else []
            raise EndingsError(
                f"nothing is published, because {_counted(len(told))} had ended and would now mean "
                "something else. No key is used twice:\n"
                + "\n".join([*told[:SHOWN], *more])
                + "\nGive what is new a key of its own in its source and load that again; or, "
                f"where it is what it was, write a line in {self.file} with the state current, "
                "and why."
            )

    def _as_described(self, iri: str, stated: Iterable[Quad]) -> tuple[set[str], set[str]]:
        """The types and the names of a thing that is described again.

        Names may have been stated of it all the while, by who did not say what it is; what the
        ledger itself says is none.
        """
        quads = list(stated)
        own = set(self.ledger.withdrawn[iri])
        removed = set(self.difference.removed)
        if self.before is not None:
            for quad in self.before.quads_for_pattern(NamedNode(iri), None, None, None):
                line = f"{quad} .\n".encode()
                if quad.graph_name != DefaultGraph() and line not in own | removed:
                    quads.append(quad)
        types = {
            quad.object.value
            for quad in quads
            if quad.predicate.value == RDF.type
            and isinstance(quad.object, NamedNode)
            and not is_inferred(quad)
        }
        labels = {
            quad.object.value
            for quad in quads
            if quad.predicate.value in LABELS and isinstance(quad.object, Literal)
        }
        return types, labels

    def _loss(self, unexplained: Mapping[str, Collection[str]]) -> str:
        """What is told of IRIs that would be lost."""
        assert self.before is not None
        told = []
        for iri, sources in list(unexplained.items())[:SHOWN]:
            label = label_in(self.before, iri)
            name = f" “{label.value}”" if label else ""
            told.append(f"  {iri}{name} (source {', '.join(sorted(sources)) or 'unknown'})")
        if len(unexplained) > SHOWN:
            told.append(f"  and {len(unexplained) - SHOWN} more")
        sources = sorted({each for found in unexplained.values() for each in found})
        return (
            f"nothing is published, because {_counted(len(unexplained))} would no longer be "
            "described, and nothing says why:\n" + "\n".join(told) + "\n"
            "If they are missing by mistake, load their source again with them. If they ended, do "
            "one of these and publish again:\n"
            f"  - for single things, write a line for each in {self.file}: its iri; its state, "
            "which is gone, merged or split; its successor, if it has one; and the reason\n"
            "  - for a source whose things come and go, declare in its source.toml: "
            'things-may-end = "The reason."\n'
            "  - for a source that is to be published no longer: gmkg publish --withdraw "
            f"{sources[0] if sources else 'SOURCE'}"
        )


def is_the_same(entry: Entry, types: set[str], labels: set[str]) -> bool:
    """Whether what is described again may be what ended: of a type that it had, by the same name.

    What the ledger does not know is not held against it; where it knows neither, nobody can tell.
    """
    if entry.label is None and not entry.types:
        return False
    return (not entry.types or not types.isdisjoint(entry.types)) and (
        entry.label is None or _folded(entry.label) in set(map(_folded, labels))
    )


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()


def _counted(number: int) -> str:
    return "1 published IRI" if number == 1 else f"{number} published IRIs"


def _stating(release: Release, lines: Collection[bytes]) -> Iterator[tuple[str, bytes]]:
    """Each source whose staged file has one of these lines, with the line."""
    wanted = set(lines)
    for source in release.manifest.sources:
        with release.staged_path(source).open("rb") as file:
            for line in wanted.intersection(file):
                yield source, line
