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
    EmergencyService = _NAMESPACE + "EmergencyService"
    HealthBody = _NAMESPACE + "HealthBody"
    InformationAsset = _NAMESPACE + "InformationAsset"
    InformationSystem = _NAMESPACE + "InformationSystem"
    LoadRun = _NAMESPACE + "LoadRun"
    LocalAuthority = _NAMESPACE + "LocalAuthority"
    Partnership = _NAMESPACE + "Partnership"
    PublicBody = _NAMESPACE + "PublicBody"
    RetentionRule = _NAMESPACE + "RetentionRule"
    Service = _NAMESPACE + "Service"
    ServiceLocation = _NAMESPACE + "ServiceLocation"
    Snapshot = _NAMESPACE + "Snapshot"
    Source = _NAMESPACE + "Source"
    TransportBody = _NAMESPACE + "TransportBody"
    administers = _NAMESPACE + "administers"
    assetCustodian = _NAMESPACE + "assetCustodian"
    assetFormat = _NAMESPACE + "assetFormat"
    assetOwner = _NAMESPACE + "assetOwner"
    assetSteward = _NAMESPACE + "assetSteward"
    atLocation = _NAMESPACE + "atLocation"
    constituentOf = _NAMESPACE + "constituentOf"
    deliveredBy = _NAMESPACE + "deliveredBy"
    disposalAction = _NAMESPACE + "disposalAction"
    formatAsStated = _NAMESPACE + "formatAsStated"
    gssCode = _NAMESPACE + "gssCode"
    heldBy = _NAMESPACE + "heldBy"
    heldIn = _NAMESPACE + "heldIn"
    identifierScheme = _NAMESPACE + "identifierScheme"
    interactionType = _NAMESPACE + "interactionType"
    isOpenData = _NAMESPACE + "isOpenData"
    laCode = _NAMESPACE + "laCode"
    lastReviewed = _NAMESPACE + "lastReviewed"
    licenceAsStated = _NAMESPACE + "licenceAsStated"
    managingUnit = _NAMESPACE + "managingUnit"
    maximumAge = _NAMESPACE + "maximumAge"
    minimumAge = _NAMESPACE + "minimumAge"
    nextReview = _NAMESPACE + "nextReview"
    personalDataLevel = _NAMESPACE + "personalDataLevel"
    providerAsStated = _NAMESPACE + "providerAsStated"
    publisherAsStated = _NAMESPACE + "publisherAsStated"
    recordsIn = _NAMESPACE + "recordsIn"
    recordsLeftOut = _NAMESPACE + "recordsLeftOut"
    recordsLoaded = _NAMESPACE + "recordsLoaded"
    retentionRule = _NAMESPACE + "retentionRule"
    retentionText = _NAMESPACE + "retentionText"
    riskAsStated = _NAMESPACE + "riskAsStated"
    securityClassification = _NAMESPACE + "securityClassification"
    serviceType = _NAMESPACE + "serviceType"
    sha256 = _NAMESPACE + "sha256"
    sharedWithAsStated = _NAMESPACE + "sharedWithAsStated"
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
    Literal = _NAMESPACE + "Literal"
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
    time = _NAMESPACE + "time"


class SKOS:
    """SKOS Simple Knowledge Organization System."""

    _NAMESPACE = PREFIXES["skos"]

    Concept = _NAMESPACE + "Concept"
    ConceptScheme = _NAMESPACE + "ConceptScheme"
    altLabel = _NAMESPACE + "altLabel"
    broader = _NAMESPACE + "broader"
    changeNote = _NAMESPACE + "changeNote"
    closeMatch = _NAMESPACE + "closeMatch"
    definition = _NAMESPACE + "definition"
    exactMatch = _NAMESPACE + "exactMatch"
    example = _NAMESPACE + "example"
    hasTopConcept = _NAMESPACE + "hasTopConcept"
    hiddenLabel = _NAMESPACE + "hiddenLabel"
    inScheme = _NAMESPACE + "inScheme"
    notation = _NAMESPACE + "notation"
    prefLabel = _NAMESPACE + "prefLabel"
    scopeNote = _NAMESPACE + "scopeNote"
    topConceptOf = _NAMESPACE + "topConceptOf"


class DCT:
    """DCMI Metadata Terms."""

    _NAMESPACE = PREFIXES["dct"]

    Location = _NAMESPACE + "Location"
    PeriodOfTime = _NAMESPACE + "PeriodOfTime"
    accessRights = _NAMESPACE + "accessRights"
    accrualPeriodicity = _NAMESPACE + "accrualPeriodicity"
    conformsTo = _NAMESPACE + "conformsTo"
    created = _NAMESPACE + "created"
    creator = _NAMESPACE + "creator"
    date = _NAMESPACE + "date"
    description = _NAMESPACE + "description"
    format = _NAMESPACE + "format"
    identifier = _NAMESPACE + "identifier"
    isPartOf = _NAMESPACE + "isPartOf"
    isReplacedBy = _NAMESPACE + "isReplacedBy"
    issued = _NAMESPACE + "issued"
    license = _NAMESPACE + "license"
    modified = _NAMESPACE + "modified"
    publisher = _NAMESPACE + "publisher"
    replaces = _NAMESPACE + "replaces"
    source = _NAMESPACE + "source"
    spatial = _NAMESPACE + "spatial"
    subject = _NAMESPACE + "subject"
    temporal = _NAMESPACE + "temporal"
    title = _NAMESPACE + "title"
    type = _NAMESPACE + "type"


class FOAF:
    """Friend of a Friend vocabulary."""

    _NAMESPACE = PREFIXES["foaf"]

    Agent = _NAMESPACE + "Agent"
    homepage = _NAMESPACE + "homepage"
    page = _NAMESPACE + "page"
    primaryTopic = _NAMESPACE + "primaryTopic"


class SCHEMA:
    """Schema.org vocabulary."""

    _NAMESPACE = PREFIXES["schema"]

    OpeningHoursSpecification = _NAMESPACE + "OpeningHoursSpecification"
    Monday = _NAMESPACE + "Monday"
    Tuesday = _NAMESPACE + "Tuesday"
    Wednesday = _NAMESPACE + "Wednesday"
    Thursday = _NAMESPACE + "Thursday"
    Friday = _NAMESPACE + "Friday"
    Saturday = _NAMESPACE + "Saturday"
    Sunday = _NAMESPACE + "Sunday"
    closes = _NAMESPACE + "closes"
    dayOfWeek = _NAMESPACE + "dayOfWeek"
    dissolutionDate = _NAMESPACE + "dissolutionDate"
    endDate = _NAMESPACE + "endDate"
    foundingDate = _NAMESPACE + "foundingDate"
    openingHoursSpecification = _NAMESPACE + "openingHoursSpecification"
    opens = _NAMESPACE + "opens"
    startDate = _NAMESPACE + "startDate"
    validFrom = _NAMESPACE + "validFrom"
    validThrough = _NAMESPACE + "validThrough"


class ORG:
    """Organization Ontology."""

    _NAMESPACE = PREFIXES["org"]

    ChangeEvent = _NAMESPACE + "ChangeEvent"
    FormalOrganization = _NAMESPACE + "FormalOrganization"
    Membership = _NAMESPACE + "Membership"
    Organization = _NAMESPACE + "Organization"
    OrganizationalCollaboration = _NAMESPACE + "OrganizationalCollaboration"
    OrganizationalUnit = _NAMESPACE + "OrganizationalUnit"
    Post = _NAMESPACE + "Post"
    Role = _NAMESPACE + "Role"
    changedBy = _NAMESPACE + "changedBy"
    classification = _NAMESPACE + "classification"
    member = _NAMESPACE + "member"
    memberOf = _NAMESPACE + "memberOf"
    organization = _NAMESPACE + "organization"
    originalOrganization = _NAMESPACE + "originalOrganization"
    postIn = _NAMESPACE + "postIn"
    resultedFrom = _NAMESPACE + "resultedFrom"
    resultingOrganization = _NAMESPACE + "resultingOrganization"
    role = _NAMESPACE + "role"
    unitOf = _NAMESPACE + "unitOf"


class CV:
    """Core Vocabularies of the European Union."""

    _NAMESPACE = PREFIXES["cv"]

    Channel = _NAMESPACE + "Channel"
    ContactPoint = _NAMESPACE + "ContactPoint"
    Cost = _NAMESPACE + "Cost"
    PublicOrganisation = _NAMESPACE + "PublicOrganisation"
    contactPage = _NAMESPACE + "contactPage"
    contactPoint = _NAMESPACE + "contactPoint"
    currency = _NAMESPACE + "currency"
    email = _NAMESPACE + "email"
    hasChannel = _NAMESPACE + "hasChannel"
    hasCompetentAuthority = _NAMESPACE + "hasCompetentAuthority"
    hasCost = _NAMESPACE + "hasCost"
    hasValue = _NAMESPACE + "hasValue"
    telephone = _NAMESPACE + "telephone"


class CPSV:
    """Core Public Service Vocabulary."""

    _NAMESPACE = PREFIXES["cpsv"]

    PublicService = _NAMESPACE + "PublicService"


class ADMS:
    """Asset Description Metadata Schema."""

    _NAMESPACE = PREFIXES["adms"]

    Identifier = _NAMESPACE + "Identifier"
    identifier = _NAMESPACE + "identifier"
    schemaAgency = _NAMESPACE + "schemaAgency"
    status = _NAMESPACE + "status"


class GEO:
    """GeoSPARQL ontology."""

    _NAMESPACE = PREFIXES["geo"]

    Feature = _NAMESPACE + "Feature"
    Geometry = _NAMESPACE + "Geometry"
    asWKT = _NAMESPACE + "asWKT"
    sfWithin = _NAMESPACE + "sfWithin"
    wktLiteral = _NAMESPACE + "wktLiteral"


class LOCN:
    """ISA Programme Location Core Vocabulary."""

    _NAMESPACE = PREFIXES["locn"]

    Address = _NAMESPACE + "Address"
    address = _NAMESPACE + "address"
    fullAddress = _NAMESPACE + "fullAddress"
    geometry = _NAMESPACE + "geometry"
    postCode = _NAMESPACE + "postCode"


class DCAT:
    """Data Catalog Vocabulary."""

    _NAMESPACE = PREFIXES["dcat"]

    Dataset = _NAMESPACE + "Dataset"
    Distribution = _NAMESPACE + "Distribution"
    Resource = _NAMESPACE + "Resource"
    accessURL = _NAMESPACE + "accessURL"
    bbox = _NAMESPACE + "bbox"
    byteSize = _NAMESPACE + "byteSize"
    contactPoint = _NAMESPACE + "contactPoint"
    distribution = _NAMESPACE + "distribution"
    downloadURL = _NAMESPACE + "downloadURL"
    endDate = _NAMESPACE + "endDate"
    keyword = _NAMESPACE + "keyword"
    landingPage = _NAMESPACE + "landingPage"
    mediaType = _NAMESPACE + "mediaType"
    startDate = _NAMESPACE + "startDate"
    theme = _NAMESPACE + "theme"
    version = _NAMESPACE + "version"


class VOID:
    """Vocabulary of Interlinked Datasets."""

    _NAMESPACE = PREFIXES["void"]

    Dataset = _NAMESPACE + "Dataset"
    triples = _NAMESPACE + "triples"


class VCARD:
    """vCard Ontology."""

    _NAMESPACE = PREFIXES["vcard"]

    Organization = _NAMESPACE + "Organization"
    fn = _NAMESPACE + "fn"


class PROV:
    """PROV Ontology."""

    _NAMESPACE = PREFIXES["prov"]

    Activity = _NAMESPACE + "Activity"
    Agent = _NAMESPACE + "Agent"
    Entity = _NAMESPACE + "Entity"
    endedAtTime = _NAMESPACE + "endedAtTime"
    generatedAtTime = _NAMESPACE + "generatedAtTime"
    hadPrimarySource = _NAMESPACE + "hadPrimarySource"
    invalidatedAtTime = _NAMESPACE + "invalidatedAtTime"
    startedAtTime = _NAMESPACE + "startedAtTime"
    used = _NAMESPACE + "used"
    wasAttributedTo = _NAMESPACE + "wasAttributedTo"
    wasDerivedFrom = _NAMESPACE + "wasDerivedFrom"
    wasGeneratedBy = _NAMESPACE + "wasGeneratedBy"


class DPV:
    """Data Privacy Vocabulary."""

    _NAMESPACE = PREFIXES["dpv"]

    StorageCondition = _NAMESPACE + "StorageCondition"
    hasLegalBasis = _NAMESPACE + "hasLegalBasis"
    hasStorageCondition = _NAMESPACE + "hasStorageCondition"


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
        GM.EmergencyService: (
            CV.PublicOrganisation,
            ORG.FormalOrganization,
            ORG.Organization,
            GM.PublicBody,
        ),
        GM.HealthBody: (
            CV.PublicOrganisation,
            ORG.FormalOrganization,
            ORG.Organization,
            GM.PublicBody,
        ),
        GM.InformationAsset: (
            DCAT.Resource,
            PROV.Entity,
        ),
        GM.InformationSystem: (PROV.Entity,),
        GM.LoadRun: (PROV.Activity,),
        GM.LocalAuthority: (
            CV.PublicOrganisation,
            ORG.FormalOrganization,
            ORG.Organization,
            GM.PublicBody,
        ),
        GM.Partnership: (
            ORG.Organization,
            ORG.OrganizationalCollaboration,
        ),
        GM.PublicBody: (
            CV.PublicOrganisation,
            ORG.FormalOrganization,
            ORG.Organization,
        ),
        GM.RetentionRule: (DPV.StorageCondition,),
        GM.Service: (CPSV.PublicService,),
        GM.ServiceLocation: (DCT.Location,),
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
