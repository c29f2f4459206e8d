"""The parameters of a question: what each takes, and the term that a value means.

A parameter is declared in the header of its `.rq` file, as `NAME = TYPE`, with `, optional` where
it may be left unbound, or with a default; after a colon stands what a form calls it, where that
is not its name:

    #+ parameter: council = organisation
    #+ parameter: area = area, optional
    #+ parameter: on = day, today: As of
    #+ parameter: days = integer, 90: Within how many days

The types are `iri`, `text`, `day`, `integer`, and the name of a kind of thing or of a concept
scheme of ours. What a person writes as a value becomes an RDF term and is never text of a query,
so that there is nothing to escape.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

from pyoxigraph import Literal, NamedNode

import ontology
from ontology.namespaces import DEF
from ontology.vocab import XSD

IRI: Final = "iri"
TEXT: Final = "text"
DAY: Final = "day"
INTEGER: Final = "integer"
TODAY: Final = "today"
OPTIONAL: Final = "optional"
RESERVED: Final = frozenset(("format",))  # a field of the request that is no parameter

DECLARATION: Final = re.compile(
    r"([a-z][A-Za-z0-9_]*)\s*=\s*([a-z][a-z0-9]*(?:-[a-z0-9]+)*)(?:\s*,\s*([^\s:]+))?"
    r"(?:\s*:\s*(\S.*))?"
)
WHOLE_NUMBER: Final = re.compile(r"[0-9]{1,9}", re.ASCII)  # none of ours is below zero
DIGITS: Final = re.compile(r"[0-9]+", re.ASCII)
CALENDAR_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
KIND_AND_KEY: Final = re.compile(r"([a-z][a-z0-9]*(?:-[a-z0-9]+)*)/(.+)", re.ASCII)
SCHEME_OF_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# What no key of ours has: a query, a fragment, and a part of a path that leads elsewhere.
NOT_IN_A_KEY: Final = re.compile(r"[?#]|(?:^|/)\.{0,2}(?:/|$)")
MAX_CHARACTERS: Final = 2_000

Term = NamedNode | Literal


class DeclarationError(ValueError):
    """A parameter is declared as none can be; the message is the end of a sentence."""


class ValueRefusedError(ValueError):
    """A value is none of the parameter's type; the message says in a sentence what is wanted."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: a variable of the query, which is given a term before the query is run.

    An `optional` one may be left unbound, which stands for all; `default` is the value that
    counts where none is given, as it is written in the header. `label` is what a form calls it.
    """

    name: str
    type: str
    optional: bool = False
    default: str | None = None
    label: str = ""

    @classmethod
    def parse(cls, text: str) -> "Parameter":
        """The parameter that a header declares; DeclarationError where it is none."""
        found = DECLARATION.fullmatch(text)
        if found is None:
            raise DeclarationError(
                f"declares no parameter: “{text}” is not of the form “NAME = TYPE”, "
                "“NAME = TYPE, optional” or “NAME = TYPE, DEFAULT”, with “: LABEL” or without"
            )
        name, type_, more, label = found.groups(default="")
        if name in RESERVED:
            raise DeclarationError(f"names a parameter “{name}”, which is a field of its own")
        if more in ("", OPTIONAL):
            return cls(name, type_, optional=more == OPTIONAL, label=label)
        if type_ == DAY and more != TODAY:
            raise DeclarationError(f"gives ?{name} the default “{more}”: a day’s is “today”")
        if type_ == INTEGER and not WHOLE_NUMBER.fullmatch(more):
            raise DeclarationError(f"gives ?{name} the default “{more}”, which is no whole number")
        if type_ not in (DAY, INTEGER):
            raise DeclarationError(f"gives ?{name} a default: days and integers may have one")
        return cls(name, type_, default=more, label=label)

    @property
    def required(self) -> bool:
        """Whether the question cannot be asked without a value for it."""
        return not self.optional and self.default is None

    @property
    def is_kind(self) -> bool:
        """Whether a value names a thing of one kind, or a concept of one scheme."""
        return self.type not in (IRI, TEXT, DAY, INTEGER)

    @property
    def is_daily(self) -> bool:
        """Whether what it means without a value is another every day."""
        return self.default == TODAY

    def namespace(self, base: str) -> str:
        """What the IRIs of the kind begin with, of things or of the concepts of a scheme."""
        return _namespace(self.type, base)

    def default_value(self, today: date) -> str | None:
        """The value that counts where none is given, if there is one."""
        return today.isoformat() if self.is_daily else self.default

    def term(self, value: str, base: str) -> Term:
        """The RDF term that a value means, with IRIs of things under the base.

        ValueRefusedError where it means none.
        """
        if len(value) > MAX_CHARACTERS:
            raise ValueRefusedError(f"It may have up to {MAX_CHARACTERS:,} characters.")
        match self.type:
            case "text":
                return Literal(value.strip())
            case "day":
                return _day(value)
            case "integer":
                return _whole_number(value.strip())
            case "iri":
                return _iri(value.strip(), base)
        return self._thing(value.strip(), base)

    def _thing(self, value: str, base: str) -> NamedNode:
        """A thing of the kind, by its IRI or by the key that stands in it after the kind.

        A concept may be named with its scheme as well, and must be one that there is: nobody
        else adds to our schemes.
        """
        namespace = self.namespace(base)
        is_concept = _is_scheme(self.type)
        written = value.removeprefix(f"{self.type}/") if is_concept else value
        iri = value if SCHEME_OF_IRI.match(value) else namespace + written
        key = iri.removeprefix(namespace)
        node = _node(iri) if key != iri and _is_key(key) else None
        if node is None or (is_concept and key not in ontology.notations(self.type)):
            raise ValueRefusedError(
                f"“{value}” names no {self.type.replace('-', ' ')}; it is named by its IRI, "
                f"which begins with {namespace}, or by what follows there."
            )
        return node


def _iri(value: str, base: str) -> NamedNode:
    """Any IRI, that of a thing of ours also by its kind and key alone: `system/GM-x/CASE`."""
    found = KIND_AND_KEY.fullmatch(value)
    if found is None:
        node = _node(value)
    else:
        kind, key = found.groups()
        node = _node(_namespace(kind, base) + key) if _is_key(key) else None
    if node is None:
        raise ValueRefusedError(
            f"“{value}” is no IRI, nor what follows id/ in one of ours; such are "
            "http://example.org/thing and organisation/GB-LAE-MAN."
        )
    return node


def _node(iri: str) -> NamedNode | None:
    """The IRI as a term; None where it is none, or not absolute."""
    try:
        return NamedNode(iri)
    except ValueError:
        return None


def _is_key(text: str) -> bool:
    """Whether a thing's IRI may end in this, after its kind."""
    return bool(text.strip("/")) and not NOT_IN_A_KEY.search(text)


def _namespace(kind: str, base: str) -> str:
    return f"{DEF}{kind}/" if _is_scheme(kind) else f"{base}id/{kind}/"


def _whole_number(text: str) -> Literal:
    if not WHOLE_NUMBER.fullmatch(text):
        if DIGITS.fullmatch(text):
            raise ValueRefusedError(f"“{text}” is too large: it may have up to 9 digits.")
        raise ValueRefusedError(
            f"“{text}” is no whole number from 0 on; one is written as 90, for example."
        )
    return Literal(str(int(text)), datatype=NamedNode(XSD.integer))


def _day(value: str) -> Literal:
    text = value.strip()
    try:
        if not CALENDAR_DAY.fullmatch(text):
            raise ValueError(text)
        date.fromisoformat(text)
    except ValueError:
        raise ValueRefusedError("Enter a day that exists, such as 2025-03-31.") from None
    return Literal(text, datatype=NamedNode(XSD.date))


@cache
def _is_scheme(name: str) -> bool:
    return resources.files("ontology").joinpath("concepts", f"{name}.ttl").is_file()
