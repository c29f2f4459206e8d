"""The form of a question: a field for each parameter."""

import re
from dataclasses import dataclass
from math import inf

from pyoxigraph import DefaultGraph, Literal, NamedNode

from ontology.namespaces import DEF
from ontology.vocab import GM, ORG, SKOS
from queries.parameters import DAY, INTEGER, IRI, Parameter
from service.listing import kinds
from service.question_request import AskedQuestion, what_it_is
from service.store import Release

MOST_CHOICES = 500
POST = "post"
IRI_HINT = (
    "An IRI, or what follows id/ in it, such as system/GB-LAE-MAN/CASE: copy it from the thing’s "
    "page."
)
_IN_SCHEME, _NOTATION = NamedNode(SKOS.inScheme), NamedNode(SKOS.notation)
_POSITION, _POST_IN = NamedNode(GM.position), NamedNode(ORG.postIn)


@dataclass(frozen=True, slots=True)
class Choice:
    """One value to choose, and what it is called."""

    value: str
    text: str
    selected: bool


@dataclass(frozen=True, slots=True)
class FieldView:
    """The field of one parameter. Without `choices` it is an input of the `type` that HTML has.

    `note` says what is odd about the value that was sent, though it could be read.
    """

    name: str
    label: str
    hint: str
    type: str
    value: str
    choices: tuple[Choice, ...]
    error: str
    note: str

    @property
    def shown(self) -> str:
        """The value as a person reads it: what is chosen goes by its name."""
        chosen = (each.text for each in self.choices if each.selected and each.value)
        return next(chosen, "" if self.choices else self.value)


def words_of(name: str) -> str:
    """The name of a variable as a heading: `withLicence` is `With licence`."""
    words = re.sub(r"_|(?<=[a-z0-9])(?=[A-Z])", " ", name)
    parts = [part if part.isupper() and len(part) > 1 else part.lower() for part in words.split()]
    text = " ".join(parts)
    return text[:1].upper() + text[1:]


def view_fields(release: Release, asked: AskedQuestion) -> tuple[FieldView, ...]:
    """The fields of the question's form, filled with what was sent, or else with the defaults."""
    return tuple(_field(release, asked, each) for each in asked.query.parameters)


def _field(release: Release, asked: AskedQuestion, parameter: Parameter) -> FieldView:
    name = parameter.name
    meant = asked.values(release.base).get(name, "")
    value = asked.given.get(name, "") or meant
    choices: tuple[Choice, ...] = ()
    if parameter.is_kind:
        value = meant or value
        choices = _choices(release, parameter, value)
    errors = [fault.sentence for fault in asked.faults if fault.field == name]
    return FieldView(
        name=name,
        label=(parameter.label or words_of(name)) + (" (optional)" if parameter.optional else ""),
        hint=_hint(parameter, bool(choices)),
        type={DAY: "date", INTEGER: "number"}.get(parameter.type, "text"),
        value=value,
        choices=choices,
        error=" ".join(errors),
        note=_note(release, asked, parameter),
    )


def _hint(parameter: Parameter, chosen: bool) -> str:
    if chosen or parameter.type in (DAY, INTEGER):
        return ""
    if parameter.type == IRI:
        return IRI_HINT
    what = what_it_is(parameter)
    text = what[:1].upper() + what[1:]
    if parameter.is_kind:
        text += " by its IRI, or by what follows its kind there"
    return text + (", or nothing for all." if parameter.optional else ".")


def _choices(release: Release, parameter: Parameter, key: str) -> tuple[Choice, ...]:
    """All that there is to choose, in order; none where that is nothing, or too much to list."""
    namespace = parameter.namespace(release.base)
    members = _members(release, parameter, namespace)
    if not 0 < len(members) <= MOST_CHOICES:
        return ()
    keys = [iri.removeprefix(namespace) for iri in members]
    labels = [_called(release, parameter, iri) for iri in members]
    choices = [
        Choice(each, label if labels.count(label) == 1 else f"{label} ({each})", each == key)
        for each, label in zip(keys, labels, strict=True)
    ]
    if parameter.type == POST:
        choices.sort(key=lambda each: (each.text.casefold(), each.value))
    if key and key not in keys:
        choices.insert(0, Choice(key, key, True))
    if not parameter.required:
        return (Choice("", "All", not key), *choices)
    return (Choice("", "Choose one", not key), *choices)


def _members(release: Release, parameter: Parameter, namespace: str) -> list[str]:
    """The IRIs of the kind's things by label, or of the scheme's concepts as the scheme orders."""
    if not namespace.startswith(DEF):
        return list(kinds(release).members(parameter.type))
    scheme = NamedNode(namespace.removesuffix("/"))
    quads = release.store.quads_for_pattern(None, _IN_SCHEME, scheme, DefaultGraph())
    found = {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
    return sorted(
        found,
        key=lambda iri: (_position(release, iri), release.labels.of(iri).casefold(), iri),
    )


def _position(release: Release, iri: str) -> float:
    """The place of a concept in its scheme; those without one come last."""
    text = _value(release, iri, _POSITION)
    return int(text) if text.isdecimal() else inf


def _called(release: Release, parameter: Parameter, iri: str) -> str:
    """What a choice is called: a concept with its number, a post with whose it is."""
    label = release.labels.of(iri)
    if iri.startswith(DEF):
        number = _value(release, iri, _NOTATION)
        return f"{number} {label}" if number.isdecimal() else label
    body = _value(release, iri, _POST_IN) if parameter.type == POST else ""
    return f"{label}, {release.labels.of(body)}" if body else label


def _value(release: Release, iri: str, predicate: NamedNode) -> str:
    """A value of a property as text, the first in order; nothing where there is none."""
    quads = release.store.quads_for_pattern(NamedNode(iri), predicate, None, DefaultGraph())
    values = (each.object.value for each in quads if isinstance(each.object, NamedNode | Literal))
    return min(values, default="")


def _note(release: Release, asked: AskedQuestion, parameter: Parameter) -> str:
    """That a thing is asked of which this release says nothing, so that no answer tells little."""
    term = asked.terms.get(parameter.name)
    if not isinstance(term, NamedNode):
        return ""
    for subject, value in ((term, None), (None, term)):
        found = release.store.quads_for_pattern(subject, None, value, DefaultGraph())
        if next(found, None) is not None:
            return ""
    return f"This release says nothing of {term.value}."
