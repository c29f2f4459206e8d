"""The terms that the programs write and read, as plain strings.

One class per vocabulary, one attribute per term, named as the term (with `_` after a word that
Python keeps for itself), so that a type checker finds a misspelt one. The Turtle is the source:
`tests/ontology/test_vocab.py` holds `GM` and `SUPERCLASSES` equal to the ontology, and the other
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

    AlgorithmicTool = _NAMESPACE + "AlgorithmicTool"
    Area = _NAMESPACE + "Area"
    Assurance = _NAMESPACE + "Assurance"
    Barrier = _NAMESPACE + "Barrier"
    Benefit = _NAMESPACE + "Benefit"
    CombinedAuthority = _NAMESPACE + "CombinedAuthority"
    ConformanceAssertion = _NAMESPACE + "ConformanceAssertion"
    Consultation = _NAMESPACE + "Consultation"
    Contribution = _NAMESPACE + "Contribution"
    ContributionRule = _NAMESPACE + "ContributionRule"
    DataFlow = _NAMESPACE + "DataFlow"
    Decision = _NAMESPACE + "Decision"
    DeliverableArea = _NAMESPACE + "DeliverableArea"
    DeliveryAction = _NAMESPACE + "DeliveryAction"
    DeliveryPlan = _NAMESPACE + "DeliveryPlan"
    DisposalEvent = _NAMESPACE + "DisposalEvent"
    EmergencyService = _NAMESPACE + "EmergencyService"
    EthicsAssessment = _NAMESPACE + "EthicsAssessment"
    FairResult = _NAMESPACE + "FairResult"
    Feedback = _NAMESPACE + "Feedback"
    Finding = _NAMESPACE + "Finding"
    HealthBody = _NAMESPACE + "HealthBody"
    ImpactAssessment = _NAMESPACE + "ImpactAssessment"
    Indicator = _NAMESPACE + "Indicator"
    InformationAsset = _NAMESPACE + "InformationAsset"
    InformationSharingAgreement = _NAMESPACE + "InformationSharingAgreement"
    InformationSystem = _NAMESPACE + "InformationSystem"
    LinkageActivity = _NAMESPACE + "LinkageActivity"
    LoadRun = _NAMESPACE + "LoadRun"
    LocalAuthority = _NAMESPACE + "LocalAuthority"
    Match = _NAMESPACE + "Match"
    Measure = _NAMESPACE + "Measure"
    Observation = _NAMESPACE + "Observation"
    Partnership = _NAMESPACE + "Partnership"
    ProcessingActivity = _NAMESPACE + "ProcessingActivity"
    PublicBody = _NAMESPACE + "PublicBody"
    RetentionRule = _NAMESPACE + "RetentionRule"
    Reuse = _NAMESPACE + "Reuse"
    Service = _NAMESPACE + "Service"
    ServiceLocation = _NAMESPACE + "ServiceLocation"
    SharingProject = _NAMESPACE + "SharingProject"
    SharingRequest = _NAMESPACE + "SharingRequest"
    Snapshot = _NAMESPACE + "Snapshot"
    Source = _NAMESPACE + "Source"
    Standard = _NAMESPACE + "Standard"
    Statement = _NAMESPACE + "Statement"
    Strategy = _NAMESPACE + "Strategy"
    TransportBody = _NAMESPACE + "TransportBody"
    Vision = _NAMESPACE + "Vision"
    Workshop = _NAMESPACE + "Workshop"
    accessReason = _NAMESPACE + "accessReason"
    addressesMission = _NAMESPACE + "addressesMission"
    administers = _NAMESPACE + "administers"
    adviceText = _NAMESPACE + "adviceText"
    againstStandard = _NAMESPACE + "againstStandard"
    agreementStatus = _NAMESPACE + "agreementStatus"
    approvedBy = _NAMESPACE + "approvedBy"
    assertedOf = _NAMESPACE + "assertedOf"
    assessedOn = _NAMESPACE + "assessedOn"
    assesses = _NAMESPACE + "assesses"
    assessmentOutcome = _NAMESPACE + "assessmentOutcome"
    assetCustodian = _NAMESPACE + "assetCustodian"
    assetFormat = _NAMESPACE + "assetFormat"
    assetOwner = _NAMESPACE + "assetOwner"
    assetSteward = _NAMESPACE + "assetSteward"
    assuranceLevel = _NAMESPACE + "assuranceLevel"
    assuranceOf = _NAMESPACE + "assuranceOf"
    assuranceScheme = _NAMESPACE + "assuranceScheme"
    atLocation = _NAMESPACE + "atLocation"
    authoritativeFor = _NAMESPACE + "authoritativeFor"
    barrierType = _NAMESPACE + "barrierType"
    basedOnTemplate = _NAMESPACE + "basedOnTemplate"
    benefit = _NAMESPACE + "benefit"
    blocks = _NAMESPACE + "blocks"
    closedOn = _NAMESPACE + "closedOn"
    collects = _NAMESPACE + "collects"
    conformanceResult = _NAMESPACE + "conformanceResult"
    constituentOf = _NAMESPACE + "constituentOf"
    contractEnd = _NAMESPACE + "contractEnd"
    contributesTo = _NAMESPACE + "contributesTo"
    contributesToMission = _NAMESPACE + "contributesToMission"
    contributionBasis = _NAMESPACE + "contributionBasis"
    contributor = _NAMESPACE + "contributor"
    controller = _NAMESPACE + "controller"
    conveys = _NAMESPACE + "conveys"
    costBand = _NAMESPACE + "costBand"
    coversProcessing = _NAMESPACE + "coversProcessing"
    createsAsset = _NAMESPACE + "createsAsset"
    criticality = _NAMESPACE + "criticality"
    dataSubjectAsStated = _NAMESPACE + "dataSubjectAsStated"
    dataSubjectCategory = _NAMESPACE + "dataSubjectCategory"
    decided = _NAMESPACE + "decided"
    decidedBy = _NAMESPACE + "decidedBy"
    definesScheme = _NAMESPACE + "definesScheme"
    deliveredBy = _NAMESPACE + "deliveredBy"
    disposalAction = _NAMESPACE + "disposalAction"
    disposedOn = _NAMESPACE + "disposedOn"
    disposes = _NAMESPACE + "disposes"
    dueOn = _NAMESPACE + "dueOn"
    engagementEvidence = _NAMESPACE + "engagementEvidence"
    eventMode = _NAMESPACE + "eventMode"
    evidence = _NAMESPACE + "evidence"
    facilitatedBy = _NAMESPACE + "facilitatedBy"
    fairIndicator = _NAMESPACE + "fairIndicator"
    feedbackOn = _NAMESPACE + "feedbackOn"
    feedbackText = _NAMESPACE + "feedbackText"
    flowSource = _NAMESPACE + "flowSource"
    flowTarget = _NAMESPACE + "flowTarget"
    formatAsStated = _NAMESPACE + "formatAsStated"
    foundBy = _NAMESPACE + "foundBy"
    governanceRole = _NAMESPACE + "governanceRole"
    gssCode = _NAMESPACE + "gssCode"
    hasAutomatedDecision = _NAMESPACE + "hasAutomatedDecision"
    hasBenefit = _NAMESPACE + "hasBenefit"
    heldBy = _NAMESPACE + "heldBy"
    heldIn = _NAMESPACE + "heldIn"
    heldOn = _NAMESPACE + "heldOn"
    holdsConcept = _NAMESPACE + "holdsConcept"
    hostedIn = _NAMESPACE + "hostedIn"
    hostingNote = _NAMESPACE + "hostingNote"
    howToRaise = _NAMESPACE + "howToRaise"
    identifiability = _NAMESPACE + "identifiability"
    identifierScheme = _NAMESPACE + "identifierScheme"
    inDeliverableArea = _NAMESPACE + "inDeliverableArea"
    indicates = _NAMESPACE + "indicates"
    interactionType = _NAMESPACE + "interactionType"
    internalNote = _NAMESPACE + "internalNote"
    isEncrypted = _NAMESPACE + "isEncrypted"
    isFilled = _NAMESPACE + "isFilled"
    isHeld = _NAMESPACE + "isHeld"
    isIllustrative = _NAMESPACE + "isIllustrative"
    isLikelyHighRisk = _NAMESPACE + "isLikelyHighRisk"
    isOpenData = _NAMESPACE + "isOpenData"
    isSignedByAll = _NAMESPACE + "isSignedByAll"
    jointController = _NAMESPACE + "jointController"
    laCode = _NAMESPACE + "laCode"
    lacks = _NAMESPACE + "lacks"
    lastReviewed = _NAMESPACE + "lastReviewed"
    leadOrganisation = _NAMESPACE + "leadOrganisation"
    leavesUK = _NAMESPACE + "leavesUK"
    legalBasisAsStated = _NAMESPACE + "legalBasisAsStated"
    legalPower = _NAMESPACE + "legalPower"
    licenceAsStated = _NAMESPACE + "licenceAsStated"
    linkageKey = _NAMESPACE + "linkageKey"
    links = _NAMESPACE + "links"
    lookedAt = _NAMESPACE + "lookedAt"
    madeByRule = _NAMESPACE + "madeByRule"
    managingUnit = _NAMESPACE + "managingUnit"
    matchConfidence = _NAMESPACE + "matchConfidence"
    matchGround = _NAMESPACE + "matchGround"
    matchMethod = _NAMESPACE + "matchMethod"
    matchedIn = _NAMESPACE + "matchedIn"
    matchedText = _NAMESPACE + "matchedText"
    matchedThing = _NAMESPACE + "matchedThing"
    matchedTo = _NAMESPACE + "matchedTo"
    maximumAge = _NAMESPACE + "maximumAge"
    measuredBy = _NAMESPACE + "measuredBy"
    minimumAge = _NAMESPACE + "minimumAge"
    mitigatedBy = _NAMESPACE + "mitigatedBy"
    nextReview = _NAMESPACE + "nextReview"
    notKnown = _NAMESPACE + "notKnown"
    observedOn = _NAMESPACE + "observedOn"
    observedValue = _NAMESPACE + "observedValue"
    ofMeasure = _NAMESPACE + "ofMeasure"
    openedOn = _NAMESPACE + "openedOn"
    operatedBy = _NAMESPACE + "operatedBy"
    operatorAsStated = _NAMESPACE + "operatorAsStated"
    partOfPlan = _NAMESPACE + "partOfPlan"
    party = _NAMESPACE + "party"
    partyAsStated = _NAMESPACE + "partyAsStated"
    personalDataAsStated = _NAMESPACE + "personalDataAsStated"
    personalDataCategory = _NAMESPACE + "personalDataCategory"
    personalDataLevel = _NAMESPACE + "personalDataLevel"
    plainEnglish = _NAMESPACE + "plainEnglish"
    plannedEnd = _NAMESPACE + "plannedEnd"
    position = _NAMESPACE + "position"
    privacyNotice = _NAMESPACE + "privacyNotice"
    processesAsset = _NAMESPACE + "processesAsset"
    processor = _NAMESPACE + "processor"
    productName = _NAMESPACE + "productName"
    projectPartner = _NAMESPACE + "projectPartner"
    projectStage = _NAMESPACE + "projectStage"
    provider = _NAMESPACE + "provider"
    providerAsStated = _NAMESPACE + "providerAsStated"
    publicSummary = _NAMESPACE + "publicSummary"
    publisherAsStated = _NAMESPACE + "publisherAsStated"
    purpose = _NAMESPACE + "purpose"
    queryName = _NAMESPACE + "queryName"
    rationale = _NAMESPACE + "rationale"
    realisedBy = _NAMESPACE + "realisedBy"
    realisesCapability = _NAMESPACE + "realisesCapability"
    recipient = _NAMESPACE + "recipient"
    recipientAsStated = _NAMESPACE + "recipientAsStated"
    recordsIn = _NAMESPACE + "recordsIn"
    recordsLeftOut = _NAMESPACE + "recordsLeftOut"
    recordsLoaded = _NAMESPACE + "recordsLoaded"
    requestStatus = _NAMESPACE + "requestStatus"
    requestedBy = _NAMESPACE + "requestedBy"
    requestedFrom = _NAMESPACE + "requestedFrom"
    residualRisk = _NAMESPACE + "residualRisk"
    resultsIn = _NAMESPACE + "resultsIn"
    retentionAuthority = _NAMESPACE + "retentionAuthority"
    retentionPeriod = _NAMESPACE + "retentionPeriod"
    retentionRule = _NAMESPACE + "retentionRule"
    retentionStart = _NAMESPACE + "retentionStart"
    retentionText = _NAMESPACE + "retentionText"
    retentionTrigger = _NAMESPACE + "retentionTrigger"
    reusedBy = _NAMESPACE + "reusedBy"
    reuses = _NAMESPACE + "reuses"
    riskAsStated = _NAMESPACE + "riskAsStated"
    scheduleOneCondition = _NAMESPACE + "scheduleOneCondition"
    securityClassification = _NAMESPACE + "securityClassification"
    securityMeasures = _NAMESPACE + "securityMeasures"
    serviceType = _NAMESPACE + "serviceType"
    setsVision = _NAMESPACE + "setsVision"
    sha256 = _NAMESPACE + "sha256"
    sharedWithAsStated = _NAMESPACE + "sharedWithAsStated"
    sharesAsset = _NAMESPACE + "sharesAsset"
    sourceRole = _NAMESPACE + "sourceRole"
    stakeholderGroup = _NAMESPACE + "stakeholderGroup"
    statedIn = _NAMESPACE + "statedIn"
    statedSize = _NAMESPACE + "statedSize"
    states = _NAMESPACE + "states"
    supplierAsStated = _NAMESPACE + "supplierAsStated"
    supportsService = _NAMESPACE + "supportsService"
    systemStatus = _NAMESPACE + "systemStatus"
    targetRole = _NAMESPACE + "targetRole"
    testMethod = _NAMESPACE + "testMethod"
    testedOn = _NAMESPACE + "testedOn"
    textStatus = _NAMESPACE + "textStatus"
    touchesLifeContext = _NAMESPACE + "touchesLifeContext"
    trainingCompleted = _NAMESPACE + "trainingCompleted"
    transferFrequency = _NAMESPACE + "transferFrequency"
    transferMethod = _NAMESPACE + "transferMethod"
    transferSafeguard = _NAMESPACE + "transferSafeguard"
    transparencyRecord = _NAMESPACE + "transparencyRecord"
    underAgreement = _NAMESPACE + "underAgreement"
    upholdsPrinciple = _NAMESPACE + "upholdsPrinciple"
    usesAsset = _NAMESPACE + "usesAsset"
    vacantSince = _NAMESPACE + "vacantSince"
    validFrom = _NAMESPACE + "validFrom"
    validUntil = _NAMESPACE + "validUntil"
    valueStatement = _NAMESPACE + "valueStatement"
    valuesWithheld = _NAMESPACE + "valuesWithheld"
    visibleTo = _NAMESPACE + "visibleTo"
    wording = _NAMESPACE + "wording"
    workStatus = _NAMESPACE + "workStatus"


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
    Resource = _NAMESPACE + "Resource"
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
    SymmetricProperty = _NAMESPACE + "SymmetricProperty"
    Thing = _NAMESPACE + "Thing"
    TransitiveProperty = _NAMESPACE + "TransitiveProperty"
    deprecated = _NAMESPACE + "deprecated"
    disjointWith = _NAMESPACE + "disjointWith"
    equivalentClass = _NAMESPACE + "equivalentClass"
    equivalentProperty = _NAMESPACE + "equivalentProperty"
    inverseOf = _NAMESPACE + "inverseOf"
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
    gYear = _NAMESPACE + "gYear"
    integer = _NAMESPACE + "integer"
    string = _NAMESPACE + "string"
    time = _NAMESPACE + "time"
    yearMonthDuration = _NAMESPACE + "yearMonthDuration"


class SKOS:
    """SKOS Simple Knowledge Organization System."""

    _NAMESPACE = PREFIXES["skos"]

    Concept = _NAMESPACE + "Concept"
    ConceptScheme = _NAMESPACE + "ConceptScheme"
    altLabel = _NAMESPACE + "altLabel"
    broadMatch = _NAMESPACE + "broadMatch"
    broader = _NAMESPACE + "broader"
    broaderTransitive = _NAMESPACE + "broaderTransitive"
    changeNote = _NAMESPACE + "changeNote"
    closeMatch = _NAMESPACE + "closeMatch"
    definition = _NAMESPACE + "definition"
    exactMatch = _NAMESPACE + "exactMatch"
    example = _NAMESPACE + "example"
    hasTopConcept = _NAMESPACE + "hasTopConcept"
    hiddenLabel = _NAMESPACE + "hiddenLabel"
    historyNote = _NAMESPACE + "historyNote"
    inScheme = _NAMESPACE + "inScheme"
    narrowMatch = _NAMESPACE + "narrowMatch"
    narrower = _NAMESPACE + "narrower"
    narrowerTransitive = _NAMESPACE + "narrowerTransitive"
    notation = _NAMESPACE + "notation"
    prefLabel = _NAMESPACE + "prefLabel"
    relatedMatch = _NAMESPACE + "relatedMatch"
    scopeNote = _NAMESPACE + "scopeNote"
    topConceptOf = _NAMESPACE + "topConceptOf"


class DCT:
    """DCMI Metadata Terms."""

    _NAMESPACE = PREFIXES["dct"]

    Location = _NAMESPACE + "Location"
    PeriodOfTime = _NAMESPACE + "PeriodOfTime"
    Standard = _NAMESPACE + "Standard"
    accessRights = _NAMESPACE + "accessRights"
    accrualPeriodicity = _NAMESPACE + "accrualPeriodicity"
    conformsTo = _NAMESPACE + "conformsTo"
    created = _NAMESPACE + "created"
    creator = _NAMESPACE + "creator"
    date = _NAMESPACE + "date"
    description = _NAMESPACE + "description"
    format = _NAMESPACE + "format"
    hasPart = _NAMESPACE + "hasPart"
    hasVersion = _NAMESPACE + "hasVersion"
    identifier = _NAMESPACE + "identifier"
    isFormatOf = _NAMESPACE + "isFormatOf"
    isPartOf = _NAMESPACE + "isPartOf"
    isReplacedBy = _NAMESPACE + "isReplacedBy"
    isVersionOf = _NAMESPACE + "isVersionOf"
    issued = _NAMESPACE + "issued"
    license = _NAMESPACE + "license"
    modified = _NAMESPACE + "modified"
    publisher = _NAMESPACE + "publisher"
    replaces = _NAMESPACE + "replaces"
    requires = _NAMESPACE + "requires"
    rights = _NAMESPACE + "rights"
    source = _NAMESPACE + "source"
    spatial = _NAMESPACE + "spatial"
    subject = _NAMESPACE + "subject"
    temporal = _NAMESPACE + "temporal"
    title = _NAMESPACE + "title"
    type = _NAMESPACE + "type"
    valid = _NAMESPACE + "valid"


class FOAF:
    """Friend of a Friend vocabulary."""

    _NAMESPACE = PREFIXES["foaf"]

    Agent = _NAMESPACE + "Agent"
    Document = _NAMESPACE + "Document"
    Project = _NAMESPACE + "Project"
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
    duration = _NAMESPACE + "duration"
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
    hasMember = _NAMESPACE + "hasMember"
    hasMembership = _NAMESPACE + "hasMembership"
    hasPost = _NAMESPACE + "hasPost"
    hasSubOrganization = _NAMESPACE + "hasSubOrganization"
    hasUnit = _NAMESPACE + "hasUnit"
    member = _NAMESPACE + "member"
    memberOf = _NAMESPACE + "memberOf"
    organization = _NAMESPACE + "organization"
    originalOrganization = _NAMESPACE + "originalOrganization"
    postIn = _NAMESPACE + "postIn"
    resultedFrom = _NAMESPACE + "resultedFrom"
    resultingOrganization = _NAMESPACE + "resultingOrganization"
    role = _NAMESPACE + "role"
    subOrganizationOf = _NAMESPACE + "subOrganizationOf"
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
    hasGeometry = _NAMESPACE + "hasGeometry"
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

    DataService = _NAMESPACE + "DataService"
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
    endpointDescription = _NAMESPACE + "endpointDescription"
    endpointURL = _NAMESPACE + "endpointURL"
    keyword = _NAMESPACE + "keyword"
    landingPage = _NAMESPACE + "landingPage"
    mediaType = _NAMESPACE + "mediaType"
    servesDataset = _NAMESPACE + "servesDataset"
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
    Plan = _NAMESPACE + "Plan"
    endedAtTime = _NAMESPACE + "endedAtTime"
    generatedAtTime = _NAMESPACE + "generatedAtTime"
    hadPrimarySource = _NAMESPACE + "hadPrimarySource"
    invalidatedAtTime = _NAMESPACE + "invalidatedAtTime"
    startedAtTime = _NAMESPACE + "startedAtTime"
    used = _NAMESPACE + "used"
    wasAssociatedWith = _NAMESPACE + "wasAssociatedWith"
    wasAttributedTo = _NAMESPACE + "wasAttributedTo"
    wasDerivedFrom = _NAMESPACE + "wasDerivedFrom"
    wasGeneratedBy = _NAMESPACE + "wasGeneratedBy"
    wasInfluencedBy = _NAMESPACE + "wasInfluencedBy"
    wasInformedBy = _NAMESPACE + "wasInformedBy"


class DPV:
    """Data Privacy Vocabulary."""

    _NAMESPACE = PREFIXES["dpv"]

    DPIA = _NAMESPACE + "DPIA"
    ImpactAssessment = _NAMESPACE + "ImpactAssessment"
    Law = _NAMESPACE + "Law"
    LegalAgreement = _NAMESPACE + "LegalAgreement"
    Process = _NAMESPACE + "Process"
    StorageCondition = _NAMESPACE + "StorageCondition"
    hasApplicableLaw = _NAMESPACE + "hasApplicableLaw"
    hasDataController = _NAMESPACE + "hasDataController"
    hasDataProcessor = _NAMESPACE + "hasDataProcessor"
    hasDataSubject = _NAMESPACE + "hasDataSubject"
    hasJointDataControllers = _NAMESPACE + "hasJointDataControllers"
    hasLegalBasis = _NAMESPACE + "hasLegalBasis"
    hasPersonalData = _NAMESPACE + "hasPersonalData"
    hasProcess = _NAMESPACE + "hasProcess"
    hasRecipient = _NAMESPACE + "hasRecipient"
    hasStorageCondition = _NAMESPACE + "hasStorageCondition"


class DQV:
    """Data Quality Vocabulary."""

    _NAMESPACE = PREFIXES["dqv"]

    Metric = _NAMESPACE + "Metric"
    QualityMeasurement = _NAMESPACE + "QualityMeasurement"
    computedOn = _NAMESPACE + "computedOn"
    inDimension = _NAMESPACE + "inDimension"
    isMeasurementOf = _NAMESPACE + "isMeasurementOf"
    value = _NAMESPACE + "value"


class ODRL:
    """Open Digital Rights Language."""

    _NAMESPACE = PREFIXES["odrl"]

    Agreement = _NAMESPACE + "Agreement"
    Offer = _NAMESPACE + "Offer"
    assignee = _NAMESPACE + "assignee"
    assigner = _NAMESPACE + "assigner"
    target = _NAMESPACE + "target"


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
        GM.AlgorithmicTool: (PROV.Entity,),
        GM.Area: (
            DCT.Location,
            GEO.Feature,
        ),
        GM.Assurance: (PROV.Entity,),
        GM.Barrier: (PROV.Entity,),
        GM.Benefit: (PROV.Entity,),
        GM.CombinedAuthority: (
            CV.PublicOrganisation,
            ORG.FormalOrganization,
            ORG.Organization,
            GM.PublicBody,
        ),
        GM.ConformanceAssertion: (PROV.Entity,),
        GM.Consultation: (PROV.Activity,),
        GM.Contribution: (PROV.Entity,),
        GM.ContributionRule: (PROV.Entity,),
        GM.DataFlow: (DPV.Process,),
        GM.Decision: (PROV.Activity,),
        GM.DeliverableArea: (PROV.Entity,),
        GM.DeliveryAction: (
            PROV.Entity,
            PROV.Plan,
        ),
        GM.DeliveryPlan: (
            PROV.Entity,
            PROV.Plan,
        ),
        GM.DisposalEvent: (PROV.Activity,),
        GM.EmergencyService: (
            CV.PublicOrganisation,
            ORG.FormalOrganization,
            ORG.Organization,
            GM.PublicBody,
        ),
        GM.EthicsAssessment: (DPV.ImpactAssessment,),
        GM.FairResult: (DQV.QualityMeasurement,),
        GM.Feedback: (PROV.Entity,),
        GM.Finding: (PROV.Entity,),
        GM.HealthBody: (
            CV.PublicOrganisation,
            ORG.FormalOrganization,
            ORG.Organization,
            GM.PublicBody,
        ),
        GM.ImpactAssessment: (DPV.DPIA,),
        GM.Indicator: (PROV.Entity,),
        GM.InformationAsset: (
            DCAT.Resource,
            PROV.Entity,
        ),
        GM.InformationSharingAgreement: (
            ODRL.Agreement,
            DPV.LegalAgreement,
        ),
        GM.InformationSystem: (PROV.Entity,),
        GM.LinkageActivity: (DPV.Process,),
        GM.LoadRun: (PROV.Activity,),
        GM.LocalAuthority: (
            CV.PublicOrganisation,
            ORG.FormalOrganization,
            ORG.Organization,
            GM.PublicBody,
        ),
        GM.Match: (PROV.Entity,),
        GM.Measure: (PROV.Entity,),
        GM.Observation: (PROV.Entity,),
        GM.Partnership: (
            ORG.Organization,
            ORG.OrganizationalCollaboration,
        ),
        GM.ProcessingActivity: (DPV.Process,),
        GM.PublicBody: (
            CV.PublicOrganisation,
            ORG.FormalOrganization,
            ORG.Organization,
        ),
        GM.RetentionRule: (DPV.StorageCondition,),
        GM.Reuse: (PROV.Entity,),
        GM.Service: (CPSV.PublicService,),
        GM.ServiceLocation: (DCT.Location,),
        GM.SharingProject: (FOAF.Project,),
        GM.SharingRequest: (ODRL.Offer,),
        GM.Snapshot: (PROV.Entity,),
        GM.Source: (
            VOID.Dataset,
            DCAT.Dataset,
            PROV.Entity,
        ),
        GM.Standard: (DCT.Standard,),
        GM.Statement: (PROV.Entity,),
        GM.Strategy: (
            PROV.Entity,
            PROV.Plan,
        ),
        GM.TransportBody: (
            CV.PublicOrganisation,
            ORG.FormalOrganization,
            ORG.Organization,
            GM.PublicBody,
        ),
        GM.Vision: (PROV.Entity,),
        GM.Workshop: (PROV.Activity,),
    }
)
"""Every class of ours, and all classes that the ontology puts it under, near and far, sorted."""
