"""An organisation's quads."""

from collections.abc import Iterator, Mapping

from loaders.identity import Minter
from loaders.mappings.typed import typed
from loaders.quads import Quad, day, plain, text
from loaders.records import Organisation
from ontology.namespaces import concept
from ontology.vocab import ADMS, DCT, FOAF, GM, ORG, RDF, SCHEMA, SKOS

_CLASSES: Mapping[str | None, str] = {
    None: ORG.Organization,
    "invented-body": ORG.Organization,
    "COMB": GM.CombinedAuthority,
    "PTE": GM.TransportBody,
    "transport-body": GM.TransportBody,
    **dict.fromkeys(
        ("CC", "CTY", "LBO", "MD", "NID", "NMD", "SCO", "SRA", "UA", "WPA"), GM.LocalAuthority
    ),
    **dict.fromkeys(
        (
            "ambulance-trust",
            "clinical-commissioning-group",
            "integrated-care-board",
            "nhs-foundation-trust",
            "nhs-trust",
        ),
        GM.HealthBody,
    ),
    **dict.fromkeys(("fire-and-rescue-service", "police-force"), GM.EmergencyService),
    **dict.fromkeys(
        (
            "ad-hoc-advisory-group",
            "advisory-public-body",
            "civil-service-body",
            "court",
            "development-corporation",
            "devolved-administration",
            "executive-agency",
            "executive-office",
            "executive-public-body",
            "fire-authority",
            "government-organisation",
            "independent-monitoring-body",
            "ministerial-department",
            "national-park-authority",
            "non-ministerial-department",
            "police-authority",
            "public-corporation",
            "regional-park-authority",
            "special-health-authority",
            "tribunal",
            "waste-authority",
        ),
        GM.PublicBody,
    ),
    **dict.fromkeys(("board", "local-enterprise-partnership", "partnership"), GM.Partnership),
    **dict.fromkeys(
        # A practice of general practitioners is an independent contractor of the NHS.
        (
            "charity",
            "company",
            "gp-practice",
            "housing-provider",
            "university",
            "voluntary-organisation",
        ),
        ORG.FormalOrganization,
    ),
}


def class_of(organisation_type: str | None) -> str:
    """The class of the organisations of a type (a notation of the scheme `organisation-type`)."""
    return _CLASSES[organisation_type]


def map_organisation(record: Organisation, mint: Minter, graph: str) -> Iterator[Quad]:
    """The quads that describe one organisation."""
    subject = mint.organisation(record.key)
    kind = record.organisation_type
    class_iri = class_of(kind)
    yield from typed(subject, class_iri, graph)
    if class_iri == ORG.FormalOrganization:
        yield Quad(subject, RDF.type, ORG.Organization, graph)
    yield Quad(subject, DCT.identifier, plain(record.key), graph)
    yield Quad(subject, SKOS.prefLabel, text(record.name), graph)
    if kind:
        yield Quad(subject, ORG.classification, concept("organisation-type", kind), graph)
    if record.description:
        yield Quad(subject, DCT.description, text(record.description), graph)
    for name in record.other_names:
        yield Quad(subject, SKOS.altLabel, text(name), graph)
    for name in record.welsh_names:
        yield Quad(subject, SKOS.altLabel, text(name, "cy"), graph)
    for code in record.administers:
        yield Quad(subject, GM.administers, mint.area(code), graph)
    if record.status:
        yield Quad(subject, ADMS.status, concept("organisation-status", record.status), graph)
    for key in record.part_of:
        yield Quad(subject, ORG.subOrganizationOf, mint.organisation(key), graph)
    for key in record.replaced_by:
        yield Quad(subject, DCT.isReplacedBy, mint.organisation(key), graph)
    if record.homepage:
        yield Quad(subject, FOAF.homepage, record.homepage, graph)
    if record.founded:
        yield Quad(subject, SCHEMA.foundingDate, day(record.founded), graph)
    if record.dissolved:
        yield Quad(subject, SCHEMA.dissolutionDate, day(record.dissolved), graph)
    if record.source:
        yield Quad(subject, DCT.source, record.source, graph)
