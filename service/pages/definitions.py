"""What the page of a definitions document shows: the ontology, or a concept scheme."""

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from ontology.vocab import DCT, OWL, RDF
from service.description import Description, licences
from service.labels import best_literal
from service.pages.defined_terms import (
    DefinedTerm,
    SchemeEntry,
    TermSection,
    concept_schemes,
    sections_of,
)
from service.pages.links import TermLink, link_term, link_thing
from service.pages.trails import ONTOLOGY, most_telling, trail
from service.store import Release


@dataclass(frozen=True, slots=True)
class DefinitionsView:
    """Everything that the page of a definitions document shows.

    The ontology's own page also lists the concept schemes.
    """

    title: str
    iri: str
    trail: tuple[TermLink, ...]
    type: TermLink | None
    description: str
    version: str
    licences: tuple[TermLink, ...]
    sections: tuple[TermSection, ...]
    schemes: tuple[SchemeEntry, ...]


def view_definitions(
    release: Release, description: Description, terms: tuple[DefinedTerm, ...]
) -> DefinitionsView:
    """What the page of the described document shows, with the terms that it defines."""
    iri = description.iri
    stated = [quad for quad in description.quads if quad.subject == NamedNode(iri)]

    def text(predicate: str) -> str:
        values = (quad.object for quad in stated if quad.predicate == NamedNode(predicate))
        best = best_literal(each for each in values if isinstance(each, Literal))
        return "" if best is None else best.value

    return DefinitionsView(
        title=release.labels.of(iri),
        iri=iri,
        trail=trail(release, iri),
        type=most_telling(
            link_term(release, quad.object.value)
            for quad in stated
            if quad.predicate == NamedNode(RDF.type) and isinstance(quad.object, NamedNode)
        ),
        description=text(DCT.description),
        version=text(OWL.versionInfo),
        licences=tuple(link_thing(release, each) for each in licences(release, description)),
        sections=sections_of(terms),
        schemes=concept_schemes(release) if iri == ONTOLOGY.iri else (),
    )
