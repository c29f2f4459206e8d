"""The label by which a person knows an IRI. Cached, since a release never changes."""

from collections.abc import Iterable
from threading import Lock
from typing import NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from ontology.namespaces import PREFIXES
from ontology.vocab import DCT, GM, ORG, RDFS, SKOS
from service.rows import row_of

LABELLING = tuple(
    NamedNode(iri)
    for iri in (
        SKOS.prefLabel,
        RDFS.label,
        DCT.title,
        PREFIXES["foaf"] + "name",
        GM.wording,  # of a statement, which has no other name
        SKOS.notation,
    )
)
CODES = (NamedNode(GM.gssCode), NamedNode(DCT.identifier))
# What has no name of its own and is called by what it relates: the two sides, and what is said
# between them. A membership is ORG §4.3's.
RELATING = tuple(
    (NamedNode(one), between, NamedNode(other))
    for one, between, other in (
        (ORG.member, " in ", ORG.organization),
        (GM.contributor, " → ", GM.contributesTo),
        (GM.assertedOf, ": ", GM.againstStandard),
    )
)
REMEMBERED = 50_000


def prefixed(iri: str) -> str | None:
    """The prefixed name of an IRI in one of the known namespaces, such as `org:Organization`."""
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and local and "/" not in local and "#" not in local:
            return f"{prefix}:{local}"
    return None


def best_literal(literals: Iterable[Literal]) -> Literal | None:
    """The label to show: English before none before another language; then the first in order.

    The order is by value, for a store gives them in none: a page must not change its title.
    """
    return min(
        literals,
        key=lambda each: (_language_rank(each.language), each.language or "", each.value),
        default=None,
    )


def _language_rank(language: str | None) -> int:
    if language is None:
        return 1
    return 0 if language == "en" or language.startswith("en-") else 2


class _Known(NamedTuple):
    """What was found of an IRI: the label that is stated, and what stands in its place."""

    stated: str | None
    relation: str | None
    code: str | None


class Labels:
    """The labels of one release."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, _Known] = {}
        self._lock = Lock()

    def stated(self, iri: str) -> str | None:
        """The best label that the release states, or None."""
        return self._of(iri).stated

    def found(self, iri: str) -> str | None:
        """The stated label, or what a person would say in its place, or None.

        That is a code, or of a membership (ORG §4.3) who is a member of what; of a contribution or
        a conformance it is what it relates as well.
        """
        known = self._of(iri)
        return known.stated or known.relation or known.code

    def coded(self, iri: str) -> bool:
        """Whether nothing but a code stands in the place of a label."""
        known = self._of(iri)
        return known.stated is None and known.relation is None and known.code is not None

    def of(self, iri: str) -> str:
        """A label for any IRI: the one found, else its prefixed name, else the IRI itself."""
        return self.found(iri) or prefixed(iri) or iri

    def _of(self, iri: str) -> _Known:
        known = self._known.get(iri)
        if known is None:
            known = self._look_up(iri)
            with self._lock:
                if len(self._known) >= REMEMBERED:
                    self._known.clear()
                self._known[iri] = known
        return known

    def _look_up(self, iri: str) -> _Known:
        try:
            node = NamedNode(iri)
        except ValueError:
            return _Known(None, None, None)
        if (row := row_of(iri)) is not None:
            file = self._literal(NamedNode(row[0]), (NamedNode(DCT.title),))
            return _Known(None, f"{row[1]} of {file}" if file else None, None)
        stated = self._literal(node, LABELLING)
        if stated is not None:
            return _Known(stated, None, None)
        return _Known(None, self._relation(node), self._literal(node, CODES))

    def _literal(self, node: NamedNode, predicates: Iterable[NamedNode]) -> str | None:
        """The best value of the first of the predicates that has a literal for one."""
        for predicate in predicates:
            quads = self._store.quads_for_pattern(node, predicate, None, DefaultGraph())
            label = best_literal(q.object for q in quads if isinstance(q.object, Literal))
            if label is not None:
                return label.value
        return None

    def _relation(self, node: NamedNode) -> str | None:
        """What relates what, where both sides are known; neither is asked what it relates."""
        for one, between, other in RELATING:
            sides = [self._named(node, predicate) for predicate in (one, other)]
            if all(sides):
                return between.join(sides)
        return None

    def _named(self, node: NamedNode, predicate: NamedNode) -> str:
        """What the property leads to, by names or codes; nothing where it leads nowhere."""
        quads = self._store.quads_for_pattern(node, predicate, None, DefaultGraph())
        found = (quad.object for quad in quads if isinstance(quad.object, NamedNode))
        named = (
            self._literal(each, (*LABELLING, *CODES)) or prefixed(each.value) or each.value
            for each in found
        )
        return ", ".join(sorted(named))
