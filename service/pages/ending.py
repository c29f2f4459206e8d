"""Whether something ended, when, why, and what came after it.

A body that ended is described as ever, and its page says so before anything else. What was merged
into something else, or split up, is described no more; its page says that, and leads on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from pyoxigraph import DefaultGraph, Literal, NamedNode

from ontology.vocab import DCT, ORG, SCHEMA
from service.description import Standing, standing, withdrawal
from service.pages.dates import Moment, moment
from service.pages.links import TermLink
from service.store import Release


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of something. Where it is `to_come`, the day has been set and not been reached.

    What was `withdrawn` is described no more, for a `reason` if it is told; the others say
    themselves that they ended.
    """

    when: Moment | None
    to_come: bool
    successors: tuple[TermLink, ...]
    withdrawn: bool = False
    reason: str | None = None


def ending(release: Release, iri: str, successors: tuple[TermLink, ...]) -> Ending | None:
    """The end of a resource that has one: it was dissolved, or something replaced it."""
    if standing(release, iri) is Standing.WITHDRAWN:
        gone = withdrawal(release, iri)
        return Ending(moment(gone.when), False, successors, withdrawn=True, reason=gone.reason)
    when = min(_dates(release, NamedNode(iri), SCHEMA.dissolutionDate), default=None)
    if when is None and not successors:
        return None
    if when is None:
        when = min(_event_dates(release, NamedNode(iri)), default=None)
    today = datetime.now(UTC).date().isoformat()
    return Ending(
        when=None if when is None else moment(when),
        to_come=when is not None and when > today,
        successors=successors,
    )


def _dates(release: Release, subject: NamedNode, predicate: str) -> Iterator[str]:
    """The dates that a property of the subject states, which sort as text."""
    quads = release.store.quads_for_pattern(subject, NamedNode(predicate), None, DefaultGraph())
    return (quad.object.value for quad in quads if isinstance(quad.object, Literal))


def _event_dates(release: Release, body: NamedNode) -> Iterator[str]:
    """The dates of the changes that the body went into (ORG §6.2)."""
    original = NamedNode(ORG.originalOrganization)
    for quad in release.store.quads_for_pattern(None, original, body, DefaultGraph()):
        if isinstance(quad.subject, NamedNode):
            yield from _dates(release, quad.subject, DCT.date)
