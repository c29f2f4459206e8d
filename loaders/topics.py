"""What words may be about, as a cell names it: a thing, a concept, or a whole list of concepts.

A thing is named by its path below `{base}id/` (`loaders.references`), a concept by the name of its
scheme, “/” and its notation, such as `mission-2022/1`, and a scheme by its name alone.
"""

from functools import cache

import ontology
from loaders.identity import Minter
from loaders.issues import Fault
from loaders.references import thing_path
from loaders.values import Reader
from ontology.namespaces import DEF, concept

_FOLDER, _ENDING = "concepts/", ".ttl"


def topic_path(cell: str) -> str:
    """The path of a thing, of a concept, or of a scheme."""
    scheme, divider, notation = cell.partition("/")
    if scheme not in _schemes():
        return thing_path(cell)
    if divider and notation not in (known := ontology.notations(scheme)):
        raise Fault(
            "unknown-category",
            f"“{notation}” is not in the list “{scheme}”: it has {', '.join(sorted(known))}.",
        )
    return cell


def concept_path(*schemes: str) -> Reader[str]:
    """A reader of concepts of some schemes, each as the scheme's name, “/” and its notation."""

    def read(cell: str) -> str:
        scheme, divider, _ = cell.partition("/")
        if scheme not in schemes or not divider:
            raise Fault(
                "unknown-category",
                f"“{cell}” names no concept of {' or '.join(schemes)}: write the list's name, “/” "
                "and the concept's notation.",
            )
        return topic_path(cell)

    return read


def scheme_name(cell: str) -> str:
    """The name of a list of concepts that the ontology has, such as `mission-2022`."""
    if cell not in _schemes():
        raise Fault("unknown-category", f"“{cell}” is no list of concepts of the ontology.")
    return cell


def topic_iri(path: str, mint: Minter) -> str:
    """The IRI of what a path names."""
    kind, _, rest = path.partition("/")
    if kind in _schemes():
        return concept(kind, rest) if rest else scheme_iri(kind)
    return mint.thing(kind, rest)


def scheme_iri(name: str) -> str:
    """The IRI of a concept scheme of ours, by its name."""
    return DEF + name


@cache
def _schemes() -> frozenset[str]:
    return frozenset(
        name.removeprefix(_FOLDER).removesuffix(_ENDING)
        for name in ontology.documents()
        if name.startswith(_FOLDER)
    )
