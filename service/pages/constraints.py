"""What a SHACL shape asks, in words (SHACL §4, the constraint components of its core)."""

import re
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from ontology.namespaces import PREFIXES
from ontology.vocab import SH
from service.labels import prefixed
from service.pages.links import TermLink, link_term
from service.pages.statements import Statements
from service.store import Release

_SH = PREFIXES["sh"]
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z0-9])")
_COUNTS = (SH.minCount, SH.maxCount)
_KINDS = {
    "IRI": "a link",
    "Literal": "a literal and no link",
    "BlankNode": "a node without an IRI",
    "BlankNodeOrIRI": "a link or a node without an IRI",
    "BlankNodeOrLiteral": "a literal or a node without an IRI",
    "IRIOrLiteral": "a link or a literal",
}
# What is asked of each value. A list, a number, a term or a shape follows.
_WORDS = {
    "class": "each is a",
    "datatype": "each is of the datatype",
    "pattern": "each matches the pattern",
    "flags": "the pattern is read with the flags",
    "minLength": "fewest characters:",
    "maxLength": "most characters:",
    "minInclusive": "each is at least",
    "maxInclusive": "each is at most",
    "minExclusive": "each is more than",
    "maxExclusive": "each is less than",
    "lessThan": "each is before or less than every value of",
    "lessThanOrEquals": "none is after or greater than a value of",
    "equals": "the values are also those of",
    "disjoint": "none is also a value of",
    "hasValue": "one of them is",
    "in": "each is one of",
    "languageIn": "each is in one of the languages",
    "uniqueLang": "no two are in the same language:",
    "node": "each fits",
    "and": "fits all of",
    "or": "fits one or more of",
    "xone": "fits exactly one of",
    "not": "does not fit",
}
_LISTS = ("in", "languageIn", "and", "or", "xone")
_SHAPES = ("node", "and", "or", "xone", "not")
_TOLD = frozenset(
    f"{_SH}{name}"
    for name in ("path", "property", "targetClass", "severity", "message", "minCount", "maxCount")
)
_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that a shape asks: words, then terms that they end in, or a code.

    `explained` says in words alone what the terms ask in turn, where they are shapes.
    """

    words: str
    terms: tuple[TermLink, ...] = ()
    code: str = ""
    explained: str = ""


def link_shape(release: Release, iri: str) -> TermLink:
    """A link to a shape under the words of its name: `FlowLeavesUK` is `flow leaves UK`."""
    link = link_term(release, iri)
    words = _HUMP.split(iri.rpartition("#")[2])
    label = " ".join(each if each.isupper() else each.lower() for each in words)
    return TermLink(iri, label or link.label, link.href)


def demands(release: Release, stated: Statements, shape: str) -> tuple[Demand, ...]:
    """What a shape asks by itself: how many values first, then what they must be like."""
    counted = _counted(stated, shape)
    found = [Demand(counted)] if counted else []
    for predicate, value in stated.values(shape):
        if predicate.startswith(_SH) and predicate not in _TOLD:
            name = predicate.removeprefix(_SH)
            found.append(_demand(release, stated, name, value))
    return tuple(found)


def in_words(release: Release, stated: Statements, shape: str, depth: int = _DEPTH) -> str:
    """The whole of a shape in plain words, with the shapes that it is made of, up to a depth."""
    told = [_counted(stated, shape)]
    for predicate, value in stated.values(shape):
        name = predicate.removeprefix(_SH)
        if not predicate.startswith(_SH) or predicate in _TOLD:
            continue
        if name in _SHAPES:
            inner = _listed(stated, name, value)
            words = (in_words(release, stated, each, depth - 1) for each in inner if depth > 1)
            told.append(f"{_WORDS[name]} ({' | '.join(words)})")
        else:
            demand = _demand(release, stated, name, value)
            ends = (*(each.label for each in demand.terms), demand.code)
            told.append(" ".join(filter(None, (demand.words, *ends))))
    asked = ", ".join(filter(None, told))
    path = ", ".join(release.labels.of(each) for each in stated.iris(shape, SH.path))
    return f"{path}: {asked}" if path else asked


def _counted(stated: Statements, shape: str) -> str:
    """How many values there must be."""
    least, most = (stated.text(shape, each) for each in _COUNTS)
    if least in ("", "0"):
        return f"at most {most}" if most else ""
    if least == most:
        return f"exactly {least}"
    return f"at least {least}" + (f" and at most {most}" if most else "")


def _demand(release: Release, stated: Statements, name: str, value: NamedNode | Literal) -> Demand:
    if name == "nodeKind":
        kind = value.value.removeprefix(_SH)
        return Demand(f"each is {_KINDS.get(kind, kind)}")
    words = _WORDS.get(name, f"{prefixed(_SH + name)}:")
    if isinstance(value, Literal):
        return Demand(words, code=value.value)
    items = _listed(stated, name, value)
    if name in _SHAPES:
        explained = " | ".join(in_words(release, stated, each) for each in items)
        return Demand(words, tuple(link_shape(release, each) for each in items), "", explained)
    return Demand(words, tuple(link_term(release, each) for each in items))


def _listed(stated: Statements, name: str, value: NamedNode | Literal) -> tuple[str, ...]:
    """The members of the list that a value is, where the property takes one; else the value."""
    return stated.items(value.value) if name in _LISTS else (value.value,)
