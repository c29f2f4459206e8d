"""What a release changed, kept with it for each audience: the history of the data.

Beside the store of an audience stand, in a release that has a parent:

    added.nq      the lines that this audience sees and did not see in the parent
    removed.nq    the lines that it saw in the parent and sees no more
    things.txt    a line for each thing that changed: `<IRI> state`, and the parts of it that did
    changes.json  how much changed, in all, by graph and by class

The lines that went of which an audience is not told stand where our own staff's files are, as
`internal/untold-{audience}.nq`: from now on it is not told that they ever were.

All lines are sorted, so that a reader finds those of one thing without reading the rest. The
parent's lines without those that were removed, and with those that were added, are the release's:
but what an audience may no longer see though our own staff still do is hidden from it, and the
files say nothing of that. Nor is anything told where what may be seen was decided by other rules.
A release of an open directory has none of these files: nothing in it is compared.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from loaders.audience import Audience
from loaders.audience_store import is_same_audience
from loaders.difference import Difference, count_by_graph
from loaders.directory import write_durably
from loaders.identity import Minter
from loaders.nquads import graph_of, subject_of
from loaders.release import Release, link_or_copy
from loaders.steps import step
from ontology.vocab import RDF

ADDED, REMOVED, THINGS, SUMMARY = "added.nq", "removed.nq", "things.txt", "changes.json"
FILES = (ADDED, REMOVED, THINGS, SUMMARY)
"""What an audience is told of."""
NEW, CHANGED, GONE = "new", "changed", "gone"

_TYPE = NamedNode(RDF.type)
_RULES = ("allow-lists", "leak-scan")
_DEEPEST = 8  # parts of parts of parts: what loops ends here


@step("history")
def write_changes(
    release: Release, parent: Release | None, differences: Mapping[Audience, Difference]
) -> None:
    """Write what changed for each audience; nothing for a release without a parent.

    `differences` are those that `differences_of` found for the two releases, whose stores are both
    finished.
    """
    if parent is None:
        return
    narrower: Audience | None = None
    for audience in Audience:
        if audience is not Audience.INTERNAL and _are_other_rules(release, parent):
            continue
        untold = untold_path(release, audience)
        if narrower and is_same_audience(release, parent, narrower, audience):
            for name in FILES:
                link_or_copy(release.path / narrower / name, release.path / audience / name)
            if audience is not Audience.INTERNAL:
                link_or_copy(untold_path(release, narrower), untold)
        else:
            changes = _Changes(release, parent, audience, differences)
            _write(changes)
            if audience is not Audience.INTERNAL:
                write_durably(untold, changes.untold)
        narrower = audience


def untold_path(release: Release, audience: Audience) -> Path:
    """Where the lines lie that an audience saw in the parent and is not told of any more."""
    return release.path / Audience.INTERNAL / f"untold-{audience}.nq"


def _are_other_rules(release: Release, parent: Release) -> bool:
    old, new = parent.manifest.versions, release.manifest.versions
    return any(old.get(rule) != new.get(rule) for rule in _RULES)


class _Changes:
    """What changed for one audience."""

    def __init__(
        self,
        release: Release,
        parent: Release,
        audience: Audience,
        differences: Mapping[Audience, Difference],
    ) -> None:
        base = release.manifest.base
        self.folder = release.path / audience
        self._things, self._parts = f"{base}id/", f"{base}.well-known/genid/"
        self._provenance = f" <{Minter(base).graph('provenance')}> .\n".encode()
        self._before = Store.read_only(str(parent.store_path(audience)))
        self._after = Store.read_only(str(release.store_path(audience)))
        self._inside = self._after
        self.types_before = cache(lambda iri: _types(self._before, iri))
        self.types_after = cache(lambda iri: _types(self._after, iri))
        self._is_hidden = cache(self._find_hidden)
        self._owners = cache(self._find_owners)
        self.added = differences[audience].added
        self.removed = differences[audience].removed
        self.untold: list[bytes] = []
        if audience is not Audience.INTERNAL:
            self._inside = Store.read_only(str(release.store_path(Audience.INTERNAL)))
            self._still_inside = self._find_still_inside(differences[Audience.INTERNAL])
            self._closed = {
                Minter(base).graph(source)
                for source in release.manifest.sources
                if parent.is_for(audience, source) and not release.is_for(audience, source)
            }
            told: list[bytes] = []
            for line in self.removed:
                (told if self._may_be_told(line) else self.untold).append(line)
            self.removed = told

    def things(self) -> dict[str, set[str]]:
        """The things that changed, each with those of its parts that did.

        Where a thing comes from is no part of what it is: a line of provenance changes nothing.
        """
        found: dict[str, set[str]] = {}
        for line in chain(self.added, self.removed):
            subject = subject_of(line)
            if line.endswith(self._provenance):
                continue
            if subject.startswith(self._things):
                found.setdefault(subject, set())
            elif subject.startswith(self._parts):
                for owner in self._owners(subject):
                    found.setdefault(owner, set()).add(subject)
        return found

    def state_of(self, iri: str) -> str | None:
        """Whether a thing is new, changed or gone; None for what is no thing that is described."""
        was, is_now = self.types_before(iri), self.types_after(iri)
        if not was:
            return NEW if is_now else None
        if is_now:
            return CHANGED
        return None if self._is_hidden(iri) else GONE

    def _find_still_inside(self, inside: Difference) -> set[bytes]:
        """The removed lines that our own staff still read, be it that another source says so."""
        found = set(self.removed) - set(inside.removed)
        quads = parse(b"".join(self.removed), format=RdfFormat.N_QUADS)
        for line, quad in zip(self.removed, quads, strict=True):
            stated = Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())
            if stated in self._inside and stated not in self._after:
                found.add(line)
        return found

    def _may_be_told(self, line: bytes) -> bool:
        """Whether this audience may be told that a line went.

        Not where our own staff still read it, unless it went because what it leads to went; nor
        where it belongs to a thing, leads to a thing or stands in a source that was hidden.
        """
        subject, led_to = subject_of(line), _leads_to(line)
        ours = led_to.startswith((self._things, self._parts))
        if line in self._still_inside and not (ours and not _types(self._inside, led_to)):
            return False
        owners = self._owners(subject) if subject.startswith(self._parts) else {subject}
        about = (*owners, led_to)
        return graph_of(line) not in self._closed and not any(map(self._is_hidden, about))

    def _find_hidden(self, iri: str) -> bool:
        """Whether an IRI was described to this audience, and is to our own staff alone now."""
        if not iri.startswith((self._things, self._parts)) or self._inside is self._after:
            return False
        if not self.types_before(iri) or self.types_after(iri):
            return False
        return bool(_types(self._inside, iri))

    def _find_owners(self, part: str) -> frozenset[str]:
        """The things that a part belongs to, before or now, however deep it lies in them."""
        owners: set[str] = set()
        reached, around = {part}, {part}
        for _ in range(_DEEPEST):
            above = {each for node in around for each in self._pointing_to(node)} - reached
            owners.update(each for each in above if each.startswith(self._things))
            around = {each for each in above if each.startswith(self._parts)}
            reached |= above
        return frozenset(owners)

    def _pointing_to(self, iri: str) -> Iterator[str]:
        for store in (self._after, self._before):
            for quad in store.quads_for_pattern(None, None, NamedNode(iri), DefaultGraph()):
                if isinstance(quad.subject, NamedNode):
                    yield quad.subject.value


def _write(changes: _Changes) -> None:
    lines: list[bytes] = []
    things, classes = Counter[str](), dict[str, Counter[str]]()
    for iri, parts in changes.things().items():
        state = changes.state_of(iri)
        if state is None:
            continue
        lines.append(f"<{iri}> {' '.join([state, *sorted(parts)])}\n".encode())
        things[state] += 1
        for each in changes.types_before(iri) | changes.types_after(iri):
            classes.setdefault(each, Counter())[state] += 1
    added, removed = count_by_graph(changes.added), count_by_graph(changes.removed)
    summary = {
        "things": _of_states(things),
        "statements": {"added": len(changes.added), "removed": len(changes.removed)},
        "graphs": {
            graph: {"added": added[graph], "removed": removed[graph]}
            for graph in sorted({*added, *removed})
        },
        "classes": {each: _of_states(counts) for each, counts in sorted(classes.items())},
    }
    write_durably(changes.folder / ADDED, changes.added)
    write_durably(changes.folder / REMOVED, changes.removed)
    write_durably(changes.folder / THINGS, sorted(lines))
    encoded = json.dumps(summary, indent=1, ensure_ascii=False) + "\n"
    write_durably(changes.folder / SUMMARY, [encoded.encode()])


def _of_states(counts: Counter[str]) -> dict[str, int]:
    return {state: counts[state] for state in (NEW, CHANGED, GONE)}


def _types(store: Store, iri: str) -> frozenset[str]:
    """The types that a store gives an IRI, whoever states them."""
    found = store.quads_for_pattern(NamedNode(iri), _TYPE, None, DefaultGraph())
    return frozenset(quad.object.value for quad in found if isinstance(quad.object, NamedNode))


def _leads_to(line: bytes) -> str:
    """The IRI that is a line's object, a file in place of its row; nothing of a literal."""
    value = line.split(b" ", 2)[2]
    iri = value[1 : value.index(b">")].decode() if value.startswith(b"<") else ""
    return iri.partition("#")[0] if "/.well-known/genid/" in iri else iri
