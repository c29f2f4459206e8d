"""How the description of one thing went on through the kept releases, and what of it may be told.

Nothing of the past is told of a thing that its reader may know no more: one that the release served
now neither describes nor lists as withdrawn was hidden, and a withdrawn one without name and reason
was forgotten (`gmkg forget`). What was forgotten and is back has a past since then.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pyoxigraph import NamedNode, Quad

from ontology.vocab import PROV, SKOS
from service.changes import CHANGED, GONE, NEW, ThingChange, lines_of
from service.description import Description, Standing, describe, standing, withdrawal
from service.kept_releases import STAFF, KeptRelease, past_of
from service.store import Release

LEDGER = "ledger.nq"
_ENDED = f"<{PROV.invalidatedAtTime}>".encode()
_NAMES = frozenset(f"<{each}>".encode() for each in (SKOS.prefLabel, SKOS.changeNote))

READ_BY = {
    "public": ("public",),
    "partner": ("public", "partner"),
    STAFF: ("public", "partner", STAFF),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One kept release in the history of a thing.

    `change` is what became of the thing in it; None where it stayed as it was, and in the first
    release that is kept. `described` says whether that release describes it.
    """

    release: KeptRelease
    change: ThingChange | None
    described: bool


def may_be_told(release: Release, iri: str) -> bool:
    """Whether the past of an IRI may be told to the audience of the release that is served."""
    found = standing(release, iri)
    if found is Standing.WITHDRAWN:
        gone = withdrawal(release, iri)
        return gone.label is not None or gone.reason is not None
    return found is Standing.DESCRIBED


def is_told_since(release: Release, kept: KeptRelease, iri: str) -> bool:
    """Whether what a kept release says of an IRI was not forgotten in a later one, or in it."""
    return not any(_has_forgotten(each, iri) for each in past_of(release) if each.id >= kept.id)


def _has_forgotten(kept: KeptRelease, iri: str) -> bool:
    """Whether the ledger of a release has an IRI as withdrawn, without name and reason."""
    ledger = kept.path / kept.audience / LEDGER
    stated = {line.split(b" ", 2)[1] for line in lines_of(ledger, iri)} if ledger.exists() else ()
    return _ENDED in stated and _NAMES.isdisjoint(stated)


def steps_of(release: Release, iri: str) -> tuple[Step, ...]:
    """The history of a thing in the kept releases, the newest first.

    What each release changed tells what was described before it, so that no store but that of the
    release that is served needs to be asked.
    """
    described = standing(release, iri) is Standing.DESCRIBED
    past = past_of(release)
    steps = []
    for kept in past:
        change = kept.changes.of(iri) if kept is not past[-1] else None
        if change is not None:
            described = change.state in (NEW, CHANGED)
        if not is_told_since(release, kept, iri):
            break
        steps.append(Step(kept, change, described))
        if change is not None:
            described = change.state in (CHANGED, GONE)
    return tuple(steps)


def mementos_of(release: Release, iri: str) -> tuple[KeptRelease, ...]:
    """The releases in which the description of a thing became what it was, the oldest first.

    They are those that describe it and changed its description, and the first that is kept where
    that describes it: in those between, it stayed as it was.
    """
    steps = steps_of(release, iri)
    return tuple(
        step.release
        for step in reversed(steps)
        if step.described and (step.change is not None or step is steps[-1])
    )


def memento_at(mementos: Sequence[KeptRelease], at: datetime) -> KeptRelease:
    """What described a thing at a time: the last memento before it, or the first of all."""
    before = [each for each in mementos if each.published <= at]
    return before[-1] if before else mementos[0]


def describe_as_it_was(release: Release, kept: KeptRelease, then: Release, iri: str) -> Description:
    """What an earlier release, opened as `then`, said of a thing, as far as it may be told now."""
    description = describe(then, iri)
    tellable = Tellable(release, kept)
    return replace(description, quads=tuple(filter(tellable, description.quads)))


def closed_since(release: Release, kept: KeptRelease) -> frozenset[str]:
    """The graphs of sources that the audience may not read in a release after this one."""
    read = READ_BY.get(release.audience, ())
    return frozenset(
        release.graph(name)
        for later in past_of(release)
        if later.id > kept.id
        for name, source in later.sources.items()
        if source.get("audience") not in (None, *read)
    )


class Tellable:
    """Whether a statement of an earlier release may be told to the audience of the present one.

    Not where it leads to a thing that this audience may know of no more, where it stands in the
    graph of a source that a later release keeps from it, or where a later release took it away
    and our own staff still read it.
    """

    def __init__(self, release: Release, kept: KeptRelease) -> None:
        self._release, self._kept = release, kept
        self._things = f"{release.base}id/"
        self._known: dict[str, bool] = {}
        self._later = tuple(each for each in past_of(release) if each.id > kept.id)
        self._untold: dict[str, frozenset[bytes]] = {}
        self._closed = closed_since(release, kept)

    def __call__(self, quad: Quad) -> bool:
        """Whether this statement may be told."""
        graph, led_to = quad.graph_name, quad.object
        if isinstance(graph, NamedNode) and graph.value in self._closed:
            return False
        if self._was_taken_away(quad):
            return False
        if not isinstance(led_to, NamedNode) or not led_to.value.startswith(self._things):
            return True
        known = self._known.get(led_to.value)
        if known is None:
            known = self._known[led_to.value] = self._may_know(led_to.value)
        return known

    def _was_taken_away(self, quad: Quad) -> bool:
        """Whether a later release took it from this audience alone, and it is not back since."""
        if not isinstance(quad.subject, NamedNode):
            return False
        iri = quad.subject.value
        if iri not in self._untold:
            self._untold[iri] = frozenset().union(
                *(each.changes.untold(iri) for each in self._later)
            )
        return f"{quad} .\n".encode() in self._untold[iri] and quad not in self._release.store

    def _may_know(self, iri: str) -> bool:
        if self._release.audience == STAFF and standing(self._release, iri) is Standing.UNKNOWN:
            return True  # from our own staff nothing is hidden: no source ever described it
        return may_be_told(self._release, iri) and is_told_since(self._release, self._kept, iri)
