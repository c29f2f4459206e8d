"""Which properties a reader wants to see together, and in which order."""

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from ontology.namespaces import PREFIXES
from ontology.vocab import (
    ADMS,
    CV,
    DCAT,
    DCT,
    DPV,
    FOAF,
    GM,
    LOCN,
    ORG,
    OWL,
    PROV,
    RDFS,
    SCHEMA,
    SKOS,
    XSD,
)

IDENTIFIERS = "Identifiers"
FACTS = "Facts"
GROUPS = (
    "Names",
    "Description",
    IDENTIFIERS,
    "Classification",
    "Forms",
    "Use",
    "Places",
    "Responsibility",
    "Protection",
    "Dates",
    "Relations",
    FACTS,
    "Links",
    "Provenance",
)
# What stands under one heading of a page: many groups have a single property.
SECTIONS = {
    "About": ("Names", "Description", "Classification", "Places", "Dates", "Relations", FACTS),
    "How to use it": ("Use",),
    "Where to get it": ("Forms",),
    "Who looks after it": ("Responsibility",),
    "Access and protection": ("Protection",),
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
    **dict.fromkeys((GM.serviceType, ADMS.status, DCAT.theme, DCAT.keyword), "Classification"),
    **dict.fromkeys((DCT.subject, GM.assetFormat, GM.interactionType), "Classification"),
    **dict.fromkeys((DCAT.distribution, DCAT.landingPage, DCAT.accessURL), "Forms"),
    **dict.fromkeys((DCAT.downloadURL, DCT.format, GM.formatAsStated, DCAT.mediaType), "Forms"),
    **dict.fromkeys((DCAT.endpointURL, DCAT.endpointDescription, DCAT.servesDataset), "Forms"),
    **dict.fromkeys((DCAT.byteSize, DCT.license, GM.licenceAsStated), "Forms"),
    **dict.fromkeys((CV.hasChannel, CV.contactPoint, CV.hasCost), "Use"),
    **dict.fromkeys((SCHEMA.openingHoursSpecification, GM.minimumAge, GM.maximumAge), "Use"),
    **dict.fromkeys((SCHEMA.dayOfWeek, SCHEMA.opens, SCHEMA.closes), "Use"),
    **dict.fromkeys(
        (GM.deliveredBy, GM.providerAsStated, CV.hasCompetentAuthority), "Responsibility"
    ),
    **dict.fromkeys((GM.heldBy, GM.assetOwner, GM.assetSteward), "Responsibility"),
    **dict.fromkeys((GM.assetCustodian, GM.managingUnit, DCAT.contactPoint), "Responsibility"),
    **dict.fromkeys((DCT.publisher, GM.publisherAsStated), "Responsibility"),
    **dict.fromkeys((GM.personalDataLevel, DPV.hasLegalBasis), "Protection"),
    **dict.fromkeys((GM.securityClassification, DCT.accessRights, GM.isOpenData), "Protection"),
    **dict.fromkeys((GM.sharedWithAsStated, GM.retentionRule, GM.riskAsStated), "Protection"),
    **dict.fromkeys((GM.administers, DCT.spatial), "Places"),
    **dict.fromkeys((GM.atLocation, LOCN.address, LOCN.geometry), "Places"),
    **dict.fromkeys((SKOS.broader,), "Relations"),
    **dict.fromkeys((OWL.sameAs, RDFS.seeAlso, RDFS.isDefinedBy), "Links"),
    **dict.fromkeys((FOAF.homepage, PREFIXES["foaf"] + "page"), "Links"),
    **dict.fromkeys((DCT.source, DCT.creator), "Provenance"),
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
