"""What the ontology's own documents define, and who uses what none of them defines."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

import ontology
from ontology.namespaces import DEF
from ontology.vocab import OWL, RDF

PREFIX = re.compile(r"PREFIX\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE)
LITERAL_OR_COMMENT = re.compile(r'"(?:[^"\\\n]|\\.)*"|(?<=\s)#[^\n]*|^#[^\n]*', re.MULTILINE)


class Statement(NamedTuple):
    """A statement about an IRI, in no graph."""

    subject: str
    predicate: str
    value: NamedNode | Literal


def stated(found: Iterable[Quad]) -> set[Statement]:
    """The quads as statements; a blank node in any place is an error."""
    statements = set()
    for each in found:
        assert isinstance(each.subject, NamedNode)
        assert isinstance(each.object, NamedNode | Literal)
        statements.add(Statement(each.subject.value, each.predicate.value, each.object))
    return statements


def statements(*names: str) -> set[Statement]:
    """The statements of the named documents, together."""
    return stated(each for name in names for each in parse(ontology.turtle(name), RdfFormat.TURTLE))


def everything_defined() -> set[str]:
    """The IRIs that the documents say something of, and those of the documents' versions."""
    found = statements(*ontology.documents(), ontology.shapes_header(), *ontology.shapes())
    versions = {each.value.value for each in found if each.predicate == OWL.versionIRI}
    return versions | {each.subject for each in found}


def typed(*names: str) -> set[str]:
    """The subjects of the named documents that are something: terms, concepts, shapes."""
    return {each.subject for each in statements(*names) if each.predicate == RDF.type}


def named_by_query(text: str) -> set[str]:
    """The IRIs that the text of a query names, with its prefixes written out."""
    prefixes = dict(PREFIX.findall(text))
    body = LITERAL_OR_COMMENT.sub(" ", PREFIX.sub(" ", text))
    spelled = set(re.findall(r"<([^<>\s]+)>", body))
    for prefix, space in prefixes.items():
        for local in re.findall(rf"(?<![\w:-]){re.escape(prefix)}:([\w-]+)", body):
            spelled.add(space + local)
    return spelled


def named_by_statements(found: Iterable[Statement]) -> set[str]:
    """The IRIs of subjects, predicates and values."""
    named = set()
    for subject, predicate, value in found:
        named |= {subject, predicate}
        if isinstance(value, NamedNode):
            named.add(value.value)
    return named


def undefined(named: Iterable[str], defined: set[str]) -> set[str]:
    """The IRIs of our own that nothing defines; that of the folder of all is no term."""
    return {each for each in named if each.startswith(DEF) and each not in defined and each != DEF}
