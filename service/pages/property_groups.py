"""Which properties a reader wants to see together, and in which order."""

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from ontology.namespaces import PREFIXES
from ontology.vocab import DCT, FOAF, GM, ORG, OWL, PROV, RDFS, SKOS, XSD

IDENTIFIERS = "Identifiers"
FACTS = "Facts"
GROUPS = (
    "Names",
    "Description",
    IDENTIFIERS,
    "Classification",
    "Places",
    "Dates",
    "Relations",
    FACTS,
    "Links",
    "Provenance",
)
# What stands under one heading of a page: many groups have a single property.
SECTIONS = {
    "About": ("Names", "Description", "Classification", "Places", "Dates", "Relations", FACTS),
    IDENTIFIERS: (IDENTIFIERS,),
    "Elsewhere": ("Links",),
    "Provenance": ("Provenance",),
}
BY_PROPERTY = {
    **dict.fromkeys((SKOS.prefLabel, SKOS.altLabel, RDFS.label, DCT.title), "Names"),
    **dict.fromkeys(
        (DCT.description, RDFS.comment, SKOS.definition, SKOS.scopeNote, SKOS.example),
        "Description",
    ),
    **dict.fromkeys((SKOS.changeNote,), "Description"),
    **dict.fromkeys((SKOS.notation, DCT.identifier, GM.gssCode, GM.laCode), IDENTIFIERS),
    **dict.fromkeys((SKOS.inScheme, SKOS.topConceptOf, DCT.type), "Classification"),
    **dict.fromkeys((ORG.classification, RDFS.subClassOf), "Classification"),
    **dict.fromkeys((GM.administers, DCT.spatial), "Places"),
    **dict.fromkeys((OWL.sameAs, RDFS.seeAlso, RDFS.isDefinedBy), "Links"),
    **dict.fromkeys((FOAF.homepage, PREFIXES["foaf"] + "page"), "Links"),
    **dict.fromkeys((DCT.source, DCT.publisher, DCT.license, DCT.creator), "Provenance"),
}
BY_NAMESPACE = {
    "adms": IDENTIFIERS,
    "geo": "Places",
    "prov": "Provenance",
    "org": "Relations",
    "skos": "Links",
}
DATES = frozenset(
    XSD.date.removesuffix("date") + name for name in ("date", "dateTime", "gYear", "gYearMonth")
)
PROVENANCE = PROV.used.removesuffix("used")


def group_of(iri: str, values: Iterable[object]) -> str:
    """The group that a property belongs to: by itself, by its values, or by its vocabulary."""
    if iri in BY_PROPERTY:
        return BY_PROPERTY[iri]
    first = next(iter(values))
    if (
        isinstance(first, Literal)
        and first.datatype.value in DATES
        and not iri.startswith(PROVENANCE)
    ):
        return "Dates"
    for prefix, group in BY_NAMESPACE.items():
        if iri.startswith(PREFIXES[prefix]):
            return group
    return "Relations" if isinstance(first, NamedNode) else FACTS


def place_in_group(iri: str, label: str) -> tuple[int, str, str]:
    """Properties in the order in which the table names them, then by label."""
    named = list(BY_PROPERTY)
    place = named.index(iri) if iri in BY_PROPERTY else len(named)
    return place, label.casefold(), iri
