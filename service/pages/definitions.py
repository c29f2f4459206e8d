"""What the page of a definitions document shows: the ontology, or a concept scheme."""

from dataclasses import dataclass

from ontology.namespaces import DEF
from ontology.vocab import DCT, OWL, RDF, RDFS, SKOS
from service.description import Description, Standing, licences, standing
from service.pages.defined_terms import (
    SchemeEntry,
    TermSection,
    concept_schemes,
    sections_of,
    view_defined_terms,
)
from service.pages.links import TermLink, link_term, link_thing
from service.pages.statements import Statements
from service.pages.trails import ONTOLOGY, most_telling, trail
from service.store import Release

SHAPES = f"{DEF}shapes"
RELATIONS = {
    "Based on": (DCT.source,),
    "Replaces": (DCT.replaces,),
    "Replaced by": (DCT.isReplacedBy,),
    "See also": (RDFS.seeAlso,),
}


@dataclass(frozen=True, slots=True)
class DocumentView:
    """What the page of every definitions document says of the document itself.

    `relations` are rows: a name, and links. `source` is the document's own description, in
    Turtle.
    """

    title: str
    iri: str
    trail: tuple[TermLink, ...]
    type: TermLink | None
    description: str
    version: str
    licences: tuple[TermLink, ...]
    relations: tuple[tuple[str, tuple[TermLink, ...]], ...]
    source: str


@dataclass(frozen=True, slots=True)
class DefinitionsView:
    """Everything that the page of the ontology or of a concept scheme shows.

    The ontology's own page also lists the concept schemes, and leads to the shapes where the
    release has them.
    """

    document: DocumentView
    sections: tuple[TermSection, ...]
    schemes: tuple[SchemeEntry, ...]
    shapes: TermLink | None


def view_document(release: Release, description: Description, stated: Statements) -> DocumentView:
    """What is said of the described document, as far as it describes itself."""
    iri = description.iri

    def links(*predicates: str) -> tuple[TermLink, ...]:
        return tuple(link_thing(release, each) for each in stated.iris(iri, *predicates))

    return DocumentView(
        title=release.labels.of(iri),
        iri=iri,
        trail=trail(release, iri),
        type=most_telling(link_term(release, each) for each in stated.iris(iri, RDF.type)),
        description=stated.text(iri, DCT.description) or stated.text(iri, SKOS.definition),
        version=stated.text(iri, OWL.versionInfo),
        licences=tuple(link_thing(release, each) for each in licences(release, description)),
        relations=tuple(
            (name, links(*predicates))
            for name, predicates in RELATIONS.items()
            if links(*predicates)
        ),
        source=stated.turtle(iri),
    )


def view_definitions(release: Release, description: Description) -> DefinitionsView:
    """What the page of the described document shows, with the terms that it defines."""
    stated = Statements(description.quads)
    whole = description.iri == ONTOLOGY.iri
    shaped = whole and standing(release, SHAPES) is Standing.DESCRIBED
    return DefinitionsView(
        document=view_document(release, description, stated),
        sections=sections_of(view_defined_terms(release, description.iri, stated)),
        schemes=concept_schemes(release) if whole else (),
        shapes=link_term(release, SHAPES) if shaped else None,
    )
