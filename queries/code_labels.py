"""What the codes of our concept schemes are called, for people who choose one."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from pyoxigraph import Literal, RdfFormat, parse

import ontology
from ontology.namespaces import concept
from ontology.vocab import SKOS


@cache
def code_labels(scheme: str) -> Mapping[str, str]:
    """The English labels of a scheme's concepts by their notations, in the order of the labels."""
    labels = {
        str(each.subject): each.object.value
        for each in parse(ontology.turtle(f"concepts/{scheme}.ttl"), format=RdfFormat.TURTLE)
        if each.predicate.value == SKOS.prefLabel
        and isinstance(each.object, Literal)
        and each.object.language == "en"
    }
    found = {
        notation: labels[f"<{concept(scheme, notation)}>"]
        for notation in ontology.notations(scheme)
    }
    return MappingProxyType(dict(sorted(found.items(), key=lambda each: each[1].casefold())))


@cache
def codes_by_label(scheme: str) -> Mapping[str, str]:
    """The notations of a scheme by the labels of their concepts, in small letters."""
    return MappingProxyType({label.casefold(): code for code, label in code_labels(scheme).items()})
