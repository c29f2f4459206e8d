"""The terms that the programs write and read, as plain strings.

One class per vocabulary, one attribute per term, named as the term (with `_` after a word that
Python keeps for itself), so that a type checker finds a misspelt one. The Turtle is the source:
`tests/ontology/test_vocab.py` holds `GM` and `SUPERCLASSES` equal to `gm.ttl`, and the other
classes to `borrowed.ttl`.
"""
# ruff: noqa: N815

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ontology.namespaces import PREFIXES


class GM:
    """Greater Manchester ontology."""

    _NAMESPACE = PREFIXES["gm"]

    Area = _NAMESPACE + "Area"
    CombinedAuthority = _NAMESPACE + "CombinedAuthority"
    LoadRun = _NAMESPACE + "LoadRun"
    LocalAuthority = _NAMESPACE + "LocalAuthority"
    PublicBody = _NAMESPACE + "PublicBody"
    Snapshot = _NAMESPACE + "Snapshot"
    Source = _NAMESPACE + "Source"
    TransportBody = _NAMESPACE + "TransportBody"
    administers = _NAMESPACE + "administers"
    constituentOf = _NAMESPACE + "constituentOf"
    gssCode = _NAMESPACE + "gssCode"
    identifierScheme = _NAMESPACE + "identifierScheme"
    laCode = _NAMESPACE + "laCode"
    recordsIn = _NAMESPACE + "recordsIn"
    recordsLeftOut = _NAMESPACE + "recordsLeftOut"
    recordsLoaded = _NAMESPACE + "recordsLoaded"
    sha256 = _NAMESPACE + "sha256"
    valuesWithheld = _NAMESPACE + "valuesWithheld"


class RDF:
    """RDF concepts vocabulary."""

    _NAMESPACE = PREFIXES["rdf"]

    Property = _NAMESPACE + "Property"
    langString = _NAMESPACE + "langString"
    type = _NAMESPACE + "type"
    first = _NAMESPACE + "first"
    rest = _NAMESPACE + "rest"
    nil = _NAMESPACE + "nil"


class RDFS:
    """RDF Schema."""

    _NAMESPACE = PREFIXES["rdfs"]

    Class = _NAMESPACE + "Class"
    Datatype = _NAMESPACE + "Datatype"
    comment = _NAMESPACE + "comment"
    domain = _NAMESPACE + "domain"
    isDefinedBy = _NAMESPACE + "isDefinedBy"
    label = _NAMESPACE + "label"
    range = _NAMESPACE + "range"
    seeAlso = _NAMESPACE + "seeAlso"
    subClassOf = _NAMESPACE + "subClassOf"
    subPropertyOf = _NAMESPACE + "subPropertyOf"


class OWL:
    """OWL 2 Web Ontology Language."""

    _NAMESPACE = PREFIXES["owl"]

    Class = _NAMESPACE + "Class"
    DatatypeProperty = _NAMESPACE + "DatatypeProperty"
    ObjectProperty = _NAMESPACE + "ObjectProperty"
    Ontology = _NAMESPACE + "Ontology"
    disjointWith = _NAMESPACE + "disjointWith"
    sameAs = _NAMESPACE + "sameAs"
    versionIRI = _NAMESPACE + "versionIRI"
    versionInfo = _NAMESPACE + "versionInfo"


class XSD:
    """XML Schema datatypes."""

    _NAMESPACE = PREFIXES["xsd"]

    anyURI = _NAMESPACE + "anyURI"
    boolean = _NAMESPACE + "boolean"
    date = _NAMESPACE + "date"
    dateTime = _NAMESPACE + "dateTime"
    decimal = _NAMESPACE + "decimal"
    integer = _NAMESPACE + "integer"
    string = _NAMESPACE + "string"


class SKOS:
    """SKOS Simple Knowledge Organization System."""

    _NAMESPACE = PREFIXES["skos"]

    Concept = _NAMESPACE + "Concept"
    ConceptScheme = _NAMESPACE + "ConceptScheme"
    altLabel = _NAMESPACE + "altLabel"
    broader = _NAMESPACE + "broader"
    changeNote = _NAMESPACE + "changeNote"
    definition = _NAMESPACE + "definition"
    example = _NAMESPACE + "example"
    hasTopConcept = _NAMESPACE + "hasTopConcept"
    inScheme = _NAMESPACE + "inScheme"
    notation = _NAMESPACE + "notation"
    prefLabel = _NAMESPACE + "prefLabel"
    scopeNote = _NAMESPACE + "scopeNote"
    topConceptOf = _NAMESPACE + "topConceptOf"


class DCT:
    """DCMI Metadata Terms."""

    _NAMESPACE = PREFIXES["dct"]

    Location = _NAMESPACE + "Location"
    accessRights = _NAMESPACE + "accessRights"
    created = _NAMESPACE + "created"
    creator = _NAMESPACE + "creator"
    date = _NAMESPACE + "date"
    description = _NAMESPACE + "description"
    format = _NAMESPACE + "format"
    identifier = _NAMESPACE + "identifier"
    isReplacedBy = _NAMESPACE + "isReplacedBy"
    issued = _NAMESPACE + "issued"
    license = _NAMESPACE + "license"
    modified = _NAMESPACE + "modified"
    publisher = _NAMESPACE + "publisher"
    replaces = _NAMESPACE + "replaces"
    source = _NAMESPACE + "source"
    spatial = _NAMESPACE + "spatial"
    title = _NAMESPACE + "title"
    type = _NAMESPACE + "type"


class FOAF:
    """Friend of a Friend vocabulary."""

    _NAMESPACE = PREFIXES["foaf"]

    Agent = _NAMESPACE + "Agent"
    homepage = _NAMESPACE + "homepage"
    primaryTopic = _NAMESPACE + "primaryTopic"


class SCHEMA:
    """Schema.org vocabulary."""

    _NAMESPACE = PREFIXES["schema"]

    dissolutionDate = _NAMESPACE + "dissolutionDate"
    endDate = _NAMESPACE + "endDate"
    foundingDate = _NAMESPACE + "foundingDate"
    startDate = _NAMESPACE + "startDate"


class ORG:
    """Organization Ontology."""

    _NAMESPACE = PREFIXES["org"]

    ChangeEvent = _NAMESPACE + "ChangeEvent"
    FormalOrganization = _NAMESPACE + "FormalOrganization"
    Membership = _NAMESPACE + "Membership"
    Organization = _NAMESPACE + "Organization"
    Role = _NAMESPACE + "Role"
    changedBy = _NAMESPACE + "changedBy"
    classification = _NAMESPACE + "classification"
    member = _NAMESPACE + "member"
    memberOf = _NAMESPACE + "memberOf"
    organization = _NAMESPACE + "organization"
    originalOrganization = _NAMESPACE + "originalOrganization"
    resultedFrom = _NAMESPACE + "resultedFrom"
    resultingOrganization = _NAMESPACE + "resultingOrganization"
    role = _NAMESPACE + "role"


class CV:
    """Core Vocabularies of the European Union."""

    _NAMESPACE = PREFIXES["cv"]

    PublicOrganisation = _NAMESPACE + "PublicOrganisation"


class ADMS:
    """Asset Description Metadata Schema."""

    _NAMESPACE = PREFIXES["adms"]

    Identifier = _NAMESPACE + "Identifier"
    identifier = _NAMESPACE + "identifier"
    schemaAgency = _NAMESPACE + "schemaAgency"


class GEO:
    """GeoSPARQL ontology."""

    _NAMESPACE = PREFIXES["geo"]

    Feature = _NAMESPACE + "Feature"
    sfWithin = _NAMESPACE + "sfWithin"


class DCAT:
    """Data Catalog Vocabulary."""

    _NAMESPACE = PREFIXES["dcat"]

    Dataset = _NAMESPACE + "Dataset"
    byteSize = _NAMESPACE + "byteSize"


class VOID:
    """Vocabulary of Interlinked Datasets."""

    _NAMESPACE = PREFIXES["void"]

    Dataset = _NAMESPACE + "Dataset"
    triples = _NAMESPACE + "triples"


class PROV:
    """PROV Ontology."""

    _NAMESPACE = PREFIXES["prov"]

    Activity = _NAMESPACE + "Activity"
    Entity = _NAMESPACE + "Entity"
    endedAtTime = _NAMESPACE + "endedAtTime"
    generatedAtTime = _NAMESPACE + "generatedAtTime"
    hadPrimarySource = _NAMESPACE + "hadPrimarySource"
    invalidatedAtTime = _NAMESPACE + "invalidatedAtTime"
    startedAtTime = _NAMESPACE + "startedAtTime"
    used = _NAMESPACE + "used"
    wasDerivedFrom = _NAMESPACE + "wasDerivedFrom"
    wasGeneratedBy = _NAMESPACE + "wasGeneratedBy"


class SH:
    """SHACL Shapes Constraint Language."""

    _NAMESPACE = PREFIXES["sh"]

    NodeShape = _NAMESPACE + "NodeShape"
    PropertyShape = _NAMESPACE + "PropertyShape"
    IRI = _NAMESPACE + "IRI"
    Violation = _NAMESPACE + "Violation"
    Warning = _NAMESPACE + "Warning"
    class_ = _NAMESPACE + "class"
    datatype = _NAMESPACE + "datatype"
    disjoint = _NAMESPACE + "disjoint"
    lessThanOrEquals = _NAMESPACE + "lessThanOrEquals"
    maxCount = _NAMESPACE + "maxCount"
    message = _NAMESPACE + "message"
    minCount = _NAMESPACE + "minCount"
    minInclusive = _NAMESPACE + "minInclusive"
    nodeKind = _NAMESPACE + "nodeKind"
    not_ = _NAMESPACE + "not"
    or_ = _NAMESPACE + "or"
    path = _NAMESPACE + "path"
    pattern = _NAMESPACE + "pattern"
    property = _NAMESPACE + "property"
    severity = _NAMESPACE + "severity"
    targetClass = _NAMESPACE + "targetClass"


class VANN:
    """Vocabulary for annotating vocabularies."""

    _NAMESPACE = PREFIXES["vann"]

    preferredNamespacePrefix = _NAMESPACE + "preferredNamespacePrefix"
    preferredNamespaceUri = _NAMESPACE + "preferredNamespaceUri"


class VS:
    """SemWeb Vocab Status ontology."""

    _NAMESPACE = PREFIXES["vs"]

    term_status = _NAMESPACE + "term_status"


SUPERCLASSES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        GM.Area: (
            DCT.Location,
            GEO.Feature,
        ),
        GM.CombinedAuthority: (
            CV.PublicOrganisation,
            ORG.FormalOrganization,
            ORG.Organization,
            GM.PublicBody,
        ),
        GM.LoadRun: (PROV.Activity,),
        GM.LocalAuthority: (
            CV.PublicOrganisation,
            ORG.FormalOrganization,
            ORG.Organization,
            GM.PublicBody,
        ),
        GM.PublicBody: (
            CV.PublicOrganisation,
            ORG.FormalOrganization,
            ORG.Organization,
        ),
        GM.Snapshot: (PROV.Entity,),
        GM.Source: (
            VOID.Dataset,
            DCAT.Dataset,
            PROV.Entity,
        ),
        GM.TransportBody: (
            CV.PublicOrganisation,
            ORG.FormalOrganization,
            ORG.Organization,
            GM.PublicBody,
        ),
    }
)
"""Every class of ours, and all the classes that `gm.ttl` puts it under, near and far, sorted."""
