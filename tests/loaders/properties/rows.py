"""A good row of each format of tables, made up: its cells by column."""

from collections.abc import Mapping

from tests.loaders.conftest import FULL_ROWS

_ODC = "http://opendatacommunities.org/id"
_BODY = {"reference": "Q12", "prefix": "wikidata", "entity": "9", "name": "Exampleton Park"}
_VENUE = {"name": "Exampleton Library", "postcode": "M99 9ZZ", "telephone": "0161 496 0000"}
_BODIES = (
    *("development-corporation", "government-organisation", "local-enterprise-partnership"),
    *("local-resilience-forum", "national-park-authority", "nonprofit"),
    *("passenger-transport-executive", "public-authority", "regional-park-authority"),
    "waste-authority",
)
PROCESSING = {"purpose": "Lending books", "reference": "P1", "retention": "6 years"}
RETENTION = {"name": "Loans", "period": "6 years", "reference": "R1", "function": "Libraries"}

AGREEMENT = {
    "title": "Loans",
    "purpose": "Lending books",
    "providers": "Exampleton Council",
    "recipients": "Exampleton Council",
}
ASSET = {"name": "Loans", "reference": "I1", "description": "Who borrowed what."}

ROWS: Mapping[str, Mapping[str, str]] = {
    **FULL_ROWS,
    **{f"digital-land-{kind}": _BODY for kind in _BODIES},
    "organisation-chart": {"JobTitle": "Head of Trees", "Directorate": "Place"},
    "organogram-senior": {"Job Title": "Head of Trees", "Organisation": "Exampleton Council"},
    "opendatacommunities-localgov": {
        "opendatacommunities": f"{_ODC}/district-council/exampleton",
        "name": "Exampleton",
        "local-authority-eng": "EXB",
    },
    "opendatacommunities-governed-by": {
        "area-uri": f"{_ODC}/geography/administration/md/E08000999",
        "statistical-geography": "E08000999",
    },
    "opendatacommunities-admingeo": {
        "opendatacommunities-area": f"{_ODC}/geography/administration/md/E08000999",
        "name": "Exampleton E08000999",
        "statistical-geography": "E08000999",
    },
    "local-authority-to-combined-authority": {
        "combined-authority": "local-authority-eng:EXCA",
        "organisation": "local-authority-eng:EXA",
    },
    "local-resilience-forum-to-local-authority": {
        "organisation": "local-authority-eng:EXA",
        "local-resilience-forum": "exampleshire",
    },
    "addressbase-custodian": {
        "addressbase-custodian": "114",
        "organisation": "local-authority-eng:EXA",
    },
    "mysociety-gss-lookup": {"gss-code": "E08000999", "local-authority-code": "EXA"},
    "register-metropolitan-district": {
        "statistical-geography-metropolitan-district-eng": "E08000999",
        "local-authority-eng": "EXA",
        "name": "Exampleton",
    },
    "directgov-council-contacts": {"Name": "Exampleton Council", "SNAC Code": "00EX"},
    "api-catalogue-organisations": {"id": "exampleton", "name": "Exampleton Council"},
    "ons-areas": {"GEOGCD": "E08000999", "GEOGNM": "Exampleton"},
    "esd-areas": {"AreaIdentifier": "E08000999", "AreaLabel": "Exampleton"},
    "area-code-list": {"area_code": "E08000999", "area_name": "Exampleton"},
    "ons-area-lookup": {
        "WD23CD": "E05000999",
        "WD23NM": "Exampleton Green",
        "LAD23CD": "E08000999",
        "LAD23NM": "Exampleton",
    },
    "agreement-register-csv": AGREEMENT,
    "api-catalogue": {
        "url": "https://api.exampleton.example/",
        "name": "Ponds",
        "provider": "exampleton",
    },
    "indicator-source-list": {
        "Indicator": "Ponds",
        "Dataset": "List of ponds",
        "URL": "https://data.exampleton.example/ponds",
    },
    "information-asset-register-csv": ASSET,
    "esd-functions-services-csv": {"Identifier": "99", "Label": "Ponds", "Type": "Service"},
    "register-local-authority-eng": {"local-authority-eng": "EXA", "name": "Exampleton"},
    "register-local-authority-sct": {"local-authority-sct": "EXS", "name": "Glen Example"},
    "register-local-authority-nir": {"local-authority-nir": "EXN", "name": "Ballyexample"},
    "register-principal-local-authority": {
        "principal-local-authority": "EXW",
        "name": "Example Vale",
        "name-cy": "Bro Enghraifft",
    },
    "register-combined-authority": {"combined-authority": "99", "name": "Exampleton Region"},
    "register-government-organisation": {
        "government-organisation": "EA9999",
        "name": "Example Agency",
    },
    "hdruk-datasets-csv": {"pid": "b06415af-9151", "title": "Joints", "abstract": "Short."},
    "govuk-local-links": {
        "la": "exampleton",
        "service": "dropped-kerb",
        "interaction": "providing-information",
        "link": "https://exampleton.example/kerb",
        "lgsl": "531",
        "lgil": "8",
    },
    "mysociety-local-authorities": {
        "local-authority-code": "EXA",
        "official-name": "Exampleton Council",
        "nation": "England",
        "local-authority-type": "MD",
    },
    "nii-inventory": {
        "name": "Ponds",
        "unpublished": "No",
        "organization_name": "Exampleton Council",
        "Licence": "OGL",
    },
    "nhs-ods": {"code": "Y99999", "name": "EXAMPLETON SURGERY", "status": "A"},
    "nhs-ods-practices": {"code": "Y99999", "name": "EXAMPLETON SURGERY", "status": "A"},
    "venues-csv": _VENUE,
    "premises-csv": _VENUE,
    "retention-schedule-csv": RETENTION,
    "processing-register-csv": PROCESSING,
    "transparency-records-csv": {
        "tool_name": "Pond finder",
        "url": "https://www.gov.uk/algorithmic-transparency-records/pond-finder",
    },
}
