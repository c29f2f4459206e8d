"""Reading a request for a saved question: its fields as the terms of its parameters. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pyoxigraph import Literal, NamedNode

from queries.parameters import RESERVED, Parameter, ValueRefusedError
from queries.query import Query
from service.errors import Problem


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field of the request: a sentence that names the field."""

    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question, and what a request says of its parameters.

    `given` are the values as they were written. `terms` are those that count, defaults among
    them. `missing` are the parameters without which the question cannot be asked. Where it
    `is_of_today`, the same request means something else tomorrow.
    """

    query: Query
    given: Mapping[str, str]
    terms: Mapping[str, NamedNode | Literal]
    missing: tuple[Parameter, ...]
    faults: tuple[Fault, ...]
    is_of_today: bool

    @property
    def is_whole(self) -> bool:
        """Whether there is all that the question needs, and nothing wrong."""
        return not self.missing and not self.faults

    @property
    def identity(self) -> tuple[str, ...]:
        """What decides the answer, besides release and representation."""
        return (self.query.name, *(f"{name}={term}" for name, term in sorted(self.terms.items())))

    def values(self, base: str) -> dict[str, str]:
        """The values that count, as an address has them: a thing by its key under the base."""
        starts = {p.name: p.namespace(base) if p.is_kind else "" for p in self.query.parameters}
        return {name: term.value.removeprefix(starts[name]) for name, term in self.terms.items()}

    def refusal(self) -> Problem:
        """The Problem that a program is told where the question is not whole."""
        sentences = [fault.sentence for fault in self.faults]
        sentences += [
            f"The parameter “{each.name}” is missing: the question is asked of {what_it_is(each)}."
            for each in self.missing
        ]
        fields = [*(fault.field for fault in self.faults), *(each.name for each in self.missing)]
        return Problem(
            400,
            "The question cannot be asked like this.",
            " ".join(sentences),
            extensions={"parameters": fields},
        )


def read_question(
    query: Query, fields: Sequence[tuple[str, str]], base: str, today: date
) -> AskedQuestion:
    """What the fields of a request say of the question's parameters.

    A field that is left empty counts as not given, as forms send it.
    """
    known = {each.name: each for each in query.parameters}
    faults: list[Fault] = []
    names = [name for name, _ in fields if name not in RESERVED]
    for name in dict.fromkeys(names):
        if name not in known:
            faults.append(Fault(name, _unknown(name, query)))
        elif names.count(name) > 1:
            faults.append(Fault(name, f"The parameter “{name}” is given {_times(names, name)}."))
    at_fault = {fault.field for fault in faults}
    given = {
        name: value
        for name, value in fields
        if name in known and name not in at_fault and value.strip()
    }
    terms: dict[str, NamedNode | Literal] = {}
    missing = []
    for name, parameter in known.items():
        value = given.get(name) or parameter.default_value(today)
        if name in at_fault:
            continue
        if value is not None:
            try:
                terms[name] = parameter.term(value, base)
            except ValueRefusedError as fault:
                faults.append(Fault(name, f"The parameter “{name}” cannot be read. {fault}"))
        elif parameter.required:
            missing.append(parameter)
    of_today = any(each.is_daily and each.name not in given for each in query.parameters)
    return AskedQuestion(query, given, terms, tuple(missing), tuple(faults), of_today)


def _unknown(name: str, query: Query) -> str:
    taken = ", ".join(f"“{each.name}”" for each in query.parameters)
    return f"The question has no parameter “{name}”; " + (
        f"it takes {taken}." if taken else "it takes none."
    )


def _times(names: Sequence[str], name: str) -> str:
    return "twice" if names.count(name) == 2 else f"{names.count(name)} times"


def what_it_is(parameter: Parameter) -> str:
    """What a value of the parameter is, in words."""
    words = {"iri": "an IRI", "text": "a text", "day": "a day", "integer": "a whole number"}
    kind = parameter.type.replace("-", " ")
    article = "an" if kind[0] in "aeiou" else "a"
    return words.get(parameter.type, f"{article} {kind}")
