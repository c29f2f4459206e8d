"""Real files of organisations and their areas, beside those of the first formats."""

from tests.coverage_files.real_file import RealFile

_FOLDER = "organisations"
_REGISTERS = (
    "development-corporation",
    "government-organisation",
    "local-enterprise-partnership",
    "local-resilience-forum",
    "national-park-authority",
    "nonprofit",
    "passenger-transport-executive",
    "public-authority",
    "regional-park-authority",
    "waste-authority",
)
_LISTS = (
    *("casc", "ccscust", "chc", "coa", "coe", "coh", "edu", "gor", "gov", "govuk", "hesa", "irn"),
    *("lae", "lani", "las", "mpr", "nhs", "nic", "pla", "rev", "sc", "scotedu", "shpe", "srs"),
    *("ukprn", "waledu"),
)
_LISTS_ABROAD = ("bridge", "duns", "eori", "grid", "iati", "lei", "pb", "pid", "ror", "wikidata")
_REGISTER = f"{_FOLDER}/openregister-local-authority"
_AREAS = f"{_FOLDER}/openregister-statistical-geography"
_DISTRICTS = "statistical-geography-metropolitan-district-eng-data.tsv"

FILES: tuple[RealFile, ...] = (
    *(
        RealFile(f"{_FOLDER}/digital-land/{each}.csv", f"digital-land-{each}")
        for each in _REGISTERS
    ),
    RealFile(f"{_FOLDER}/mysociety/lookup_gss_to_registry.csv", "mysociety-gss-lookup"),
    *(
        RealFile(f"{_FOLDER}/opendatacommunities/{each}.csv", f"opendatacommunities-{each}")
        for each in ("localgov", "governed-by", "admingeo")
    ),
    *(
        RealFile(f"{_FOLDER}/opendatacommunities/{each}.csv", each)
        for each in (
            "local-authority-to-combined-authority",
            "local-resilience-forum-to-local-authority",
            "addressbase-custodian",
        )
    ),
    RealFile(f"{_FOLDER}/govuk/uk-gov-orgs.yaml", "govuk-organisations-linkml"),
    *(
        RealFile(f"{_FOLDER}/govuk/content-api-{each}.json", "govuk-content-organisation")
        for each in ("charity_commission", "court", "organisation")
    ),
    RealFile(f"{_FOLDER}/nhs-ods/practices.csv", "nhs-ods-practices"),
    RealFile(f"{_REGISTER}/local_authority_contact_details.csv", "directgov-council-contacts"),
    RealFile(f"{_REGISTER}/LA.csv", "esd-areas"),
    RealFile(f"{_AREAS}/e08.csv", "ons-areas"),
    RealFile(f"{_AREAS}/{_DISTRICTS}", "register-metropolitan-district"),
    RealFile(f"{_FOLDER}/api-catalogue/organisation.csv", "api-catalogue-organisations"),
    RealFile(
        f"{_FOLDER}/trafforddatalab/trafford_council_organisation_structure.csv",
        "organisation-chart",
    ),
    RealFile(
        f"{_FOLDER}/trafforddatalab/trafford_council_voluntary_sector_grants.json",
        "360giving-organisations",
    ),
    *(RealFile(f"{_FOLDER}/org-id/gb-{each}.json", "org-id-lists") for each in _LISTS),
    *(RealFile(f"{_FOLDER}/org-id/xi-{each}.json", "org-id-lists") for each in _LISTS_ABROAD),
)
