"""Which properties of a class an audience may see: `ontology/allow-lists.toml`, read and applied.

Whatever is not listed is internal. `docs/audiences.md` says how a list is read.
"""

import hashlib
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

import ontology
from loaders.audience import Audience
from ontology.namespaces import DEF, PREFIXES
from ontology.vocab import GM, RDF, SKOS, SUPERCLASSES

NARROWER = (Audience.PUBLIC, Audience.PARTNER)
"""The audiences that see less than everything."""

_THING = PREFIXES["owl"] + "Thing"
_OURS = PREFIXES["gm"]
_KEYS = {"public", "partner", "whole", "kind", "like"}
# To be raised whenever `loaders.projection` decides otherwise than before on the same lists.
_RULES = b"3"

Rights = Mapping[Audience, frozenset[str]]
"""The properties that each audience may see of a thing; an audience that is missing sees none."""


class AllowListError(ValueError):
    """The allow-lists cannot be read: they are part of the program, so this is a fault of ours."""


@dataclass(frozen=True, slots=True)
class AllowLists:
    """The lists of every class. `kinds` says of which class the things of a kind of IRI are.

    `whole` are the properties that an audience which sees a thing of a class sees of a source that
    it sees whole, and of no other.
    """

    of_class: Mapping[str, Rights]
    kinds: Mapping[str, str] = field(default_factory=dict)
    whole: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def rights(self, classes: Collection[str], *, whole: bool = False) -> Rights:
        """What each audience may see of a thing of these classes, in a source that it sees `whole`.

        Where one is a class of ours, only those of ours count: a superclass of other people's, such
        as `prov:Entity`, must not widen. What a class or a superclass of it allows is allowed; of
        classes of ours that are not one above the other, each must allow it. Where all are other
        people's, what any one of them allows is.
        """
        ours = [each for each in classes if each.startswith(_OURS)]
        found = {}
        for audience in NARROWER:
            if not ours:
                lists = self._lists(classes, audience, whole)
                if lists:
                    found[audience] = frozenset().union(*lists) | {RDF.type}
                continue
            above = {each for one in ours for each in SUPERCLASSES.get(one, ())}
            lines = [
                self._lists({one, *SUPERCLASSES.get(one, ())} & {*ours}, audience, whole)
                for one in ours
                if one not in above
            ]
            if all(lines):
                each_allows = (frozenset().union(*lists) for lists in lines)
                found[audience] = frozenset.intersection(*each_allows) | {RDF.type}
        return found

    def _lists(
        self, classes: Collection[str], audience: Audience, whole: bool
    ) -> list[frozenset[str]]:
        """The lists that some classes have for an audience."""
        nothing: frozenset[str] = frozenset()
        return [
            lists[audience] | (self.whole.get(each, nothing) if whole else nothing)
            for each in classes
            if audience in (lists := self.of_class.get(each, {}))
        ]

    def class_of(self, iri: str, base: str) -> str | None:
        """The class that an IRI itself tells: by its kind, or as a concept of ours."""
        if iri.startswith(f"{base}id/"):
            return self.kinds.get(iri[len(base) + 3 :].partition("/")[0])
        if iri.startswith(DEF) and not iri.startswith(_OURS):
            return SKOS.Concept
        return None


def read_allow_lists(content: bytes) -> AllowLists:
    """Read allow-lists as TOML.

    Raises:
        AllowListError: a name has no known prefix, a key is unknown, or a list contradicts another.
    """
    try:
        tables = tomllib.loads(content.decode())
    except ValueError as error:
        raise AllowListError(f"the allow-lists are no TOML: {error}") from None
    stated: dict[str, dict[str, frozenset[str]]] = {}
    whole: dict[str, frozenset[str]] = {}
    kinds: dict[str, str] = {}
    for name, table in tables.items():
        class_iri = _iri(name)
        if not isinstance(table, dict) or table.keys() - _KEYS:
            raise AllowListError(f"{name}: only public, partner, whole, kind and like can be said.")
        stated[class_iri] = {
            audience: frozenset(map(_iri, table[audience]))
            for audience in NARROWER
            if audience in table
        }
        twice = stated[class_iri].get("public", frozenset()) & stated[class_iri].get(
            "partner", frozenset()
        )
        if twice:
            raise AllowListError(f"{name}: {min(twice)} is for the public and for partners.")
        named = frozenset().union(*stated[class_iri].values())
        whole[class_iri] = frozenset(map(_iri, table.get("whole", ())))
        if both := whole[class_iri] & named:
            raise AllowListError(f"{name}: {min(both)} is for whole sources alone and for others.")
        if GM.visibleTo in named | whole[class_iri]:
            raise AllowListError(f"{name}: who may see a thing is told to nobody.")
        if kind := table.get("kind"):
            if kind in kinds:
                raise AllowListError(f"{name}: “{kind}” is the kind of another class.")
            kinds[kind] = class_iri
    for name, table in tables.items():
        if like := table.get("like"):
            if _iri(like) not in stated or "like" in tables[like]:
                raise AllowListError(f"{name}: “{like}” has no lists of its own.")
            for audience, properties in stated[_iri(like)].items():
                own = stated[_iri(name)].get(audience, frozenset())
                stated[_iri(name)][audience] = own | properties
            whole[_iri(name)] |= whole[_iri(like)]
    everywhere = stated.pop(_THING, {})
    return AllowLists(
        {class_iri: _nested(lists, everywhere) for class_iri, lists in stated.items()},
        kinds,
        {class_iri: properties for class_iri, properties in whole.items() if properties},
    )


def _nested(lists: Mapping[str, Iterable[str]], everywhere: Mapping[str, Iterable[str]]) -> Rights:
    """Lists that hold, for each audience, what those before it may see and what every class has."""
    rights: dict[Audience, frozenset[str]] = {}
    seen: frozenset[str] = frozenset()
    for audience in NARROWER:
        seen = seen.union(lists.get(audience, ()), everywhere.get(audience, ()))
        if audience in lists or rights:
            rights[audience] = seen
    return rights


def _iri(name: str) -> str:
    prefix, colon, local = name.partition(":")
    if not colon or prefix not in PREFIXES or not local:
        raise AllowListError(f"“{name}” is no prefixed name.")
    return PREFIXES[prefix] + local


def shipped_allow_lists() -> AllowLists:
    """The allow-lists that belong to the ontology."""
    return _read_once(ontology.allow_lists())


@cache
def _read_once(content: bytes) -> AllowLists:
    return read_allow_lists(content)


def allow_lists_digest() -> str:
    """The SHA-256 of the allow-lists, and of the rules by which they are applied."""
    return hashlib.sha256(_RULES + ontology.allow_lists()).hexdigest()
