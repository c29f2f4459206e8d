"""What classes, properties and concepts are called, for people: their English labels."""

from collections.abc import Collection
from functools import cache

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

import ontology
from loaders.leak_exceptions import prefixed
from ontology.namespaces import PREFIXES
from ontology.vocab import RDFS, SKOS, SUPERCLASSES


@cache
def _labels() -> dict[str, str]:
    found: dict[str, str] = {}
    names = [each for each in ontology.borrowed() if each != "borrowed-axioms.ttl"]
    for name in (*ontology.documents(), *names):
        for each in parse(ontology.turtle(name), format=RdfFormat.TURTLE):
            if (
                each.predicate.value in (RDFS.label, SKOS.prefLabel)
                and isinstance(each.subject, NamedNode)
                and isinstance(each.object, Literal)
                and each.object.language in (None, "en", "en-GB")
            ):
                found.setdefault(each.subject.value, each.object.value)
    return found


def label_of(iri: str) -> str | None:
    """The label of a term or a concept that the ontology knows."""
    return _labels().get(iri)


def named(iri: str) -> str:
    """The label of a class or a property, with a small first letter unless it is an abbreviation.

    One without a label has its prefixed name.
    """
    label = label_of(iri)
    if label is None:
        return prefixed(iri)
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def kind_of(types: Collection[str]) -> str | None:
    """What a thing of these classes is called: by the narrowest, one of ours before another's."""
    above = {each for one in types for each in SUPERCLASSES.get(one, ())}
    narrowest = [each for each in types if each not in above] or list(types)
    ours = [each for each in narrowest if each.startswith(PREFIXES["gm"])]
    known = [each for each in narrowest if label_of(each) is not None]
    chosen = min(ours or known or narrowest, default=None)
    return None if chosen is None else named(chosen)
