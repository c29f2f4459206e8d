"""Which declared source loads each of the publishers' files, and which files hold no records.

Every file but those of vocabularies is in one row of one of the two tables. A pattern is that of
`fnmatch`: `*` stands for any characters, a slash among them.
"""

from dataclasses import dataclass
from fnmatch import fnmatchcase

_LA = "organisations/openregister-local-authority"
_LAB = "organisations/trafforddatalab"
_CSVW = "datasets/trafford-csvw"
_CODE = f"{_CSVW}/transparency_code"
_ROPA = "information-assets/dpcat-ropa"
_ORUK = "services/oruk-v3"
_LISTED = ("allotments", "assets", "cctv", "community_hubs", "electoral", "leisure_centres")
_FURTHER = ("libraries", "prompt_payment")
STANDARDS = (
    *("360giving", "UKGemini", "UPRN", "algorithmic-transparency-reporting-standard", "bods"),
    *("digital-object-identifier", "iso20022", "odf12", "openreferraluk", "rfc4180"),
    "securitytxt",
)


@dataclass(frozen=True, slots=True)
class Declared:
    """The source that loads files, and what it calls them where that is not their own name."""

    pattern: str
    source: str
    name: str | None = None


DECLARED: tuple[Declared, ...] = (
    # organisations
    Declared("organisations/digital-land/local-authority.csv", "digital-land-local-authority"),
    *(
        Declared(f"organisations/digital-land/{name}.csv", "digital-land-organisations")
        for name in (
            *("development-corporation", "government-organisation", "local-enterprise-partnership"),
            *("local-resilience-forum", "national-park-authority", "nonprofit"),
            *("passenger-transport-executive", "public-authority", "regional-park-authority"),
            "waste-authority",
        )
    ),
    Declared(
        "organisations/mysociety/uk_local_authorities_future.csv", "mysociety-local-authorities"
    ),
    Declared("organisations/mysociety/lookup_gss_to_registry.csv", "mysociety-gss-lookup"),
    Declared("organisations/mysociety/datapackage.yaml", "mysociety-data-package"),
    Declared(f"{_LA}/local-authority-eng/*", "govuk-register-local-authority-eng"),
    Declared(f"{_LA}/local-authority-sct/*", "govuk-register-local-authority-sct"),
    Declared(f"{_LA}/local-authority-nir/*", "govuk-register-local-authority-nir"),
    Declared(f"{_LA}/principal-local-authority/*", "govuk-register-principal-local-authority"),
    Declared(f"{_LA}/combined-local-authorities/*", "govuk-register-combined-authority"),
    Declared(f"{_LA}/local_authority_contact_details.csv", "directgov-council-contacts"),
    Declared(f"{_LA}/LA.csv", "esd-local-authority-areas"),
    Declared(
        "organisations/openregister-statistical-geography/e08.csv", "ons-metropolitan-districts"
    ),
    Declared(
        "organisations/openregister-statistical-geography/statistical-geography-metropolitan-*",
        "govuk-register-metropolitan-district",
    ),
    Declared(
        "organisations/openregister-government-organisation/government-organisation.tsv",
        "govuk-register-government-organisation",
    ),
    *(
        Declared(
            f"organisations/opendatacommunities/{name}.csv", "opendatacommunities-local-government"
        )
        for name in ("localgov", "governed-by", "admingeo")
    ),
    *(
        Declared(f"organisations/opendatacommunities/{name}.csv", "digital-land-lookups")
        for name in (
            "local-authority-to-combined-authority",
            "local-resilience-forum-to-local-authority",
            "addressbase-custodian",
        )
    ),
    Declared("organisations/govuk/uk-gov-orgs.yaml", "govuk-organisations"),
    Declared("organisations/govuk/content-api-*.json", "govuk-content-organisations"),
    Declared("organisations/nhs-ods/epraccur_sample.csv", "nhs-ods-gp-practices"),
    Declared("organisations/nhs-ods/practices.csv", "nhs-ods-practices"),
    Declared("organisations/org-id/*.json", "org-id-lists"),
    Declared("organisations/api-catalogue/organisation.csv", "api-catalogue-organisations"),
    Declared("organisations/api-catalogue/*-metadata.json", "uk-api-catalogue-tables"),
    *(
        Declared(
            f"{_LAB}/gm_{name}_super_generalised.geojson",
            "trafford-data-lab-boundaries",
            f"gm_{name}_2023_super_generalised.geojson",
        )
        for name in ("combined_authority", "local_authority", "ward")
    ),
    Declared(
        f"{_LAB}/administrative_lookup_*.csv",
        "trafford-data-lab-lookups",
        "administrative_lookup.csv",
    ),
    Declared(f"{_LAB}/lsoa_to_ward_best-fit_lookup.csv", "trafford-data-lab-lookups"),
    Declared(f"{_LAB}/codelist.csv", "trafford-data-lab-codes"),
    Declared(f"{_LAB}/ward_abbreviations.csv", "trafford-data-lab-codes"),
    Declared(
        f"{_LAB}/trafford_council_organisation_structure.csv-metadata.json",
        "trafford-table-metadata",
    ),
    Declared(
        f"{_LAB}/trafford_council_voluntary_sector_grants.csv-metadata.json",
        "trafford-further-tables",
    ),
    Declared(f"{_LAB}/trafford_council_organisation_structure.csv", "trafford-organisation-chart"),
    Declared(f"{_LAB}/trafford_council_voluntary_sector_grants.json", "trafford-grants"),
    *(
        Declared(f"{_LAB}/trafford_{name}.csv", "trafford-venues")
        for name in ("care_homes", "general_practices", "schools_and_colleges")
    ),
    # services
    Declared(f"{_ORUK}/uk-profile/service_[fl]*.json", "open-referral-uk-examples"),
    Declared(f"{_ORUK}/uk-profile/csv*", "open-referral-uk-example-tables", "tables.zip"),
    Declared(f"{_ORUK}/uk-profile/datapackage.json", "open-referral-uk-package"),
    Declared(f"{_ORUK}/mocks-*/service_[fl]*.json", "open-referral-uk-validator-mocks"),
    Declared("services/hsds-3/service_[fl]*.json", "hsds-examples"),
    Declared("services/hsds-3/csv*", "hsds-example-tables", "tables.zip"),
    Declared("services/govuk-local-links/*", "govuk-local-links"),
    Declared("services/esd/functions_services*", "esd-functions-services"),
    Declared("services/nhs/*", "nhs-choices-pharmacies"),
    Declared("services/govuk-content/*.json", "govuk-content-services"),
    *(
        Declared(f"services/gm/gm_{name}.csv", "trafford-data-lab-venues")
        for name in ("dentists", "jobcentreplus", "libraries", "pharmacies", "probation_offices")
    ),
    Declared("services/gm/gm_gambling_premises.csv", "gm-gambling-premises"),
    Declared("services/gm/libraries_*.csv", "gm-council-libraries"),
    Declared("services/gm/libraries.geojson", "trafford-libraries"),
    Declared("services/gm/*-metadata.json", "trafford-further-tables"),
    Declared("services/gm/trafford_*.csv", "trafford-venues"),
    Declared("services/cpsv-ap/example-rdf_public_service.*", "cpsv-ap-example"),
    Declared("services/cpsv-ap/FinnishServices.ttl", "finnish-public-services"),
    # datasets
    Declared("datasets/ckan-datagovuk/*", "data-gov-uk-packages"),
    *(
        Declared(f"datasets/arcgis-hub/dcat-ap-2.0.1/{name}.json", f"{source}-hub")
        for name, source in (
            *(("edinburgh", "edinburgh"), ("glasgow", "glasgow")),
            *(("north_ayrshire", "north-ayrshire"), ("north_lanarkshire", "north-lanarkshire")),
        )
    ),
    *(
        Declared(f"datasets/arcgis-hub/search-v3/{name}.json", f"{source}-hub")
        for name, source in (
            *(("moray", "moray"), ("argyll_and_bute", "argyll-and-bute")),
            ("south_ayrshire", "south-ayrshire"),
        )
    ),
    Declared("datasets/usmart-pod/*", "cycling-scotland"),
    Declared("datasets/dcat3-examples/*", "dcat-examples"),
    Declared("datasets/csvw/schema/*", "csvw-examples"),
    Declared("datasets/esd-inventory/*", "colchester-inventory"),
    Declared("datasets/api-catalogue/catalogue.csv", "uk-api-catalogue"),
    Declared("datasets/api-catalogue/*-metadata.json", "uk-api-catalogue-tables"),
    *(Declared(f"{_CSVW}/{name}/*", "trafford-further-tables") for name in (*_LISTED, *_FURTHER)),
    Declared(f"{_CSVW}/public_funerals/*", "trafford-table-metadata"),
    *(
        Declared(f"{_CODE}/{name}", "trafford-table-metadata")
        for name in (
            "fraud/*",
            "organisation_chart/*",
            "pay_multiple/*",
            "senior_salaries/senior_salaries_count.*",
            "trade_union_facility_time/*",
        )
    ),
    *(
        Declared(f"{_CODE}/{name}", "trafford-further-tables")
        for name in (
            "government_procurement_card_transactions/*",
            "grants/*",
            "local_authority_land/*",
            "parking_account/*",
            "parking_spaces/*",
            "senior_salaries/senior_salaries_employees.*",
            "supplier_spend/*",
        )
    ),
    Declared("datasets/gm-deri/*", "deri-sources"),
    *(
        Declared(f"datasets/cddo-data-marketplace/{name}", "data-marketplace-samples")
        for name in ("data-catalogue-seeds.json", "data_service_all_params.json", "samples/*")
    ),
    *(
        Declared(
            f"datasets/standards-catalogue/{name}/index.html.md",
            "uk-data-standards",
            f"{name}.md",
        )
        for name in STANDARDS
    ),
    *(
        Declared(f"datasets/ukgov-metadata-exchange-model/{name}/*", "metadata-exchange-examples")
        for name in ("ContactPoint", "DataService", "Dataset", "Distribution")
    ),
    # information assets and governance
    Declared("information-assets/nhs-digital-release-register/*", "nhs-digital-releases"),
    Declared("information-assets/atrs/*", "algorithmic-transparency-records"),
    Declared("information-assets/nii/health.csv", "nii-health"),
    Declared("information-assets/nii/dft.csv", "nii-transport"),
    Declared("information-assets/hdruk-datasets/*.csv", "hdruk-datasets"),
    Declared("information-assets/hdruk-schema/*.example.json", "hdruk-schema-examples"),
    Declared("information-assets/govuk-system-register/*", "home-office-systems"),
    Declared(f"{_ROPA}/GDPR_A30*.csv", "edps-processing-register"),
    Declared(f"{_ROPA}/*.xlsx", "article-30-examples"),
    Declared(f"{_ROPA}/U[0-9]*.ttl", "edps-processing-records"),
)

WITHOUT_RECORDS: tuple[str, ...] = (
    # Documentation
    "*README.md",
    "datasets/datagovuk-docs/*",
    "datasets/trafford-csvw/*.md",
    "datasets/ukgov-metadata-exchange-model/uk_cross_government_metadata_exchange_model.yaml",
    "information-assets/data-use-register-spec/*",
    # Schemas, and vocabularies beside the data
    "datasets/cddo-data-marketplace/schema/*",
    "information-assets/dataset-inventory-schemas/*",
    "information-assets/hdruk-schema/*.structure.json",
    *(f"{_ROPA}/{name}.ttl" for name in ("dpcat", "dpcat_shapes_mandatory", "external-reuse")),
    f"{_ROPA}/vocab.ttl",
    "organisations/mysociety/uk_local_authorities_future.resource.yaml",
    "services/esd/*[a-z].json",
    "services/hsds-3-schema/*",
    f"{_ORUK}/profile-diffs/*",
    f"{_ORUK}/schemas/*",
    # Answers about other things than services, each of which a service's own record repeats
    "services/hsds-3/base.json",
    "services/hsds-3/location.json",
    "services/hsds-3/organization_*.json",
    "services/hsds-3/service_at_location_*.json",
    "services/hsds-3/tabular.json",
    "services/hsds-3/taxonomy*.json",
    f"{_ORUK}/*/api_details.json",
    f"{_ORUK}/*/organization*.json",
    f"{_ORUK}/*/service_at_location_*.json",
    f"{_ORUK}/*/taxonomy*.json",
    # Lists without keys
    "datasets/standards-catalogue/*.json",
    "organisations/digital-land/local-authority-type.csv",
    "organisations/mysociety/lookup_name_to_registry.csv",
    "organisations/openregister-government-organisation/list.tsv",
    f"{_LA}/legislation.tsv",
    f"{_LA}/local-authority-type/*",
    f"{_LA}/local-custodian.tsv",
    "organisations/openregister-statistical-geography/statistical-geography.tsv",
    # Data about things that the graph does not hold
    "datasets/csvw/data/*",
    "datasets/trafford-csvw/*.csv",
    "services/esd/example-*.csv",
    # Another project's reading of the same catalogues
    "datasets/od-bods-normalised/*",
)


def declared_for(place: str) -> tuple[Declared, ...]:
    """The rows of the table that a file, by its path with slashes, is in."""
    return tuple(each for each in DECLARED if fnmatchcase(place, each.pattern))
