"""The model of the knowledge graph: Turtle first, and what an outsider needs to read it.

`gm.ttl` says what the ontology is, `gm/` holds its classes and properties, `concepts/` the SKOS
schemes, `shapes.ttl` and `shapes/` the SHACL shapes, `examples/` data that the shapes accept and
refuse, `borrowed.ttl` labels for the terms of other vocabularies, `borrowed-axioms.ttl` what of
their axioms we use and `borrowed-concepts.ttl` labels for other people's concepts;
`allow-lists.toml` says who may see which properties of a class.
Documents are named by their path in this folder, such as `concepts/area-type.ttl`.
"""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ontology.namespaces import DEF, PREFIXES
from ontology.vocab import SKOS

_ROOT = resources.files("ontology")


class UnknownDocumentError(LookupError):
    """The ontology has no document of the name that was asked for."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"The ontology has no document “{name}”.")


def turtle(name: str) -> bytes:
    """A document as it stands in the folder, by its name."""
    if name not in _names():
        raise UnknownDocumentError(name)
    return _ROOT.joinpath(*name.split("/")).read_bytes()


def documents() -> tuple[str, ...]:
    """The documents that define terms of ours: the ontology, then the concept schemes."""
    return (*terms(), *_under("concepts"))


def terms() -> tuple[str, ...]:
    """The documents of the ontology itself: what it is, then its classes and properties."""
    return ("gm.ttl", *_under("gm"))


def borrowed() -> tuple[str, ...]:
    """The documents that say what other people's terms and concepts are called, and follow from."""
    return ("borrowed.ttl", "borrowed-axioms.ttl", "borrowed-concepts.ttl")


def axioms() -> tuple[str, ...]:
    """The documents whose axioms our inference follows: our own terms, then other people's."""
    return (*terms(), "borrowed-axioms.ttl")


def allow_lists() -> bytes:
    """What each audience may see of the things of a class, as TOML."""
    return _ROOT.joinpath("allow-lists.toml").read_bytes()


def shapes() -> tuple[str, ...]:
    """The SHACL documents. They refer to one another, and are for use all together."""
    return _under("shapes")


def shapes_header() -> str:
    """The document that says what the shapes are, and in which version: no shape stands in it."""
    return "shapes.ttl"


def examples() -> tuple[str, ...]:
    """The example documents: `examples/{class}/valid-*.ttl` and `invalid-*.ttl`."""
    return _under("examples")


@cache
def notations(scheme: str) -> frozenset[str]:
    """The notations of a concept scheme's concepts, by the name of the scheme."""
    of_scheme = NamedNode(DEF + scheme)
    statements = list(parse(turtle(f"concepts/{scheme}.ttl"), format=RdfFormat.TURTLE))
    concepts = {
        each.subject
        for each in statements
        if each.predicate.value == SKOS.inScheme and each.object == of_scheme
    }
    return frozenset(
        each.object.value
        for each in statements
        if each.subject in concepts
        and each.predicate.value == SKOS.notation
        and isinstance(each.object, Literal)
    )


def prefixes() -> Mapping[str, str]:
    """Every prefix that our documents, queries and pages use, with its namespace IRI."""
    return PREFIXES


@cache
def _names() -> frozenset[str]:
    return frozenset((*borrowed(), *documents(), shapes_header(), *shapes(), *examples()))


@cache
def _under(folder: str) -> tuple[str, ...]:
    return tuple(sorted(_walk(_ROOT / folder, folder)))


def _walk(folder: Traversable, name: str) -> list[str]:
    found = []
    for entry in folder.iterdir():
        path = f"{name}/{entry.name}"
        if entry.is_dir():
            found += _walk(entry, path)
        elif entry.name.endswith(".ttl"):
            found.append(path)
    return found
