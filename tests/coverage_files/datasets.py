"""Real files of catalogues of datasets, beside those of the first formats."""

from tests.coverage_files.declared import STANDARDS
from tests.coverage_files.real_file import RealFile

_HUB = "datasets/arcgis-hub/search-v3"
_TRAFFORD = "datasets/trafford-csvw"
_CODE = f"{_TRAFFORD}/transparency_code"
_MARKET = "datasets/cddo-data-marketplace"
_MODEL = "datasets/ukgov-metadata-exchange-model"
_TABLES = (
    "allotments/allotments.geojson",
    "assets/cctv/trafford_cctv_cameras.csv",
    "assets/community_hubs/trafford_community_hubs.csv",
    "assets/leisure_centres/trafford_leisure_centres.csv",
    "assets/leisure_centres/trafford_leisure_centres_and_parking.csv",
    "cctv/trafford_cctv_cameras.geojson",
    "community_hubs/trafford_community_hubs.geojson",
    "electoral/electors_by_ward/electors_by_ward.csv",
    "leisure_centres/trafford_leisure_centres.geojson",
    "leisure_centres/trafford_leisure_centres_and_parking_polygons.geojson",
    "libraries/libraries.geojson",
    "prompt_payment/prompt_payment.csv",
    "public_funerals/trafford_public_funerals.csv",
    *(
        f"transparency_code/{place}"
        for place in (
            "fraud/trafford_counter_fraud.csv",
            "grants/trafford_council_voluntary_sector_grants.csv",
            "local_authority_land/trafford_land_and_building_assets.csv",
            "organisation_chart/trafford_council_organisation_structure.csv",
            "parking_account/trafford_parking_account.csv",
            "parking_spaces/off_street_parking_spaces.csv",
            "parking_spaces/on_street_parking_spaces.csv",
            "pay_multiple/pay_multiple.csv",
            "senior_salaries/senior_salaries_count.csv",
            "senior_salaries/senior_salaries_employees.csv",
            "trade_union_facility_time/trade_union_facility_time.csv",
        )
    ),
)
_EXAMPLES = (
    "ContactPoint/invalid/invalid-contact-email",
    "ContactPoint/invalid/missing-contact-name",
    "ContactPoint/valid/ContactPoint-fsa-minimal",
    *(
        f"DataService/invalid/{name}"
        for name in (
            *("dwp-address-lookup", "invalid-access-right", "invalid-date-format"),
            *("invalid-datetime-format", "invalid-email", "invalid-security-classification"),
            *("invalid-serviceStatus", "licence-attribute-misspelled"),
            "missing-security-classification",
        )
    ),
    *(
        f"DataService/valid/DataService-{name}"
        for name in (
            *("dwp-address-lookup", "fsa-food-alertsservice", "hmrc-irr-api"),
            *("nhs-os-places-api", "nhs-vaccination-events"),
        )
    ),
    *(
        f"Dataset/invalid/{name}"
        for name in (
            *("invalid-distribution", "invalid-frequency", "invalid-type", "missing-frequency"),
            "multiple-frequency",
        )
    ),
    "Dataset/valid/Dataset-minimal-datset",
    "Dataset/valid/Dataset-os-postcodes-datset",
    *(
        f"Distribution/invalid/{name}"
        for name in (
            *("invalid-mediatype-csv", "invalid-mediatype-uri", "multiple-mediatype"),
            "os-postcodes-csv-distribution",
        )
    ),
    *(
        f"Distribution/valid/Distribution-os-postcodes-{name}"
        for name in (
            *("csv-distribution-minimal", "csv-distribution", "excel-distribution-minimal"),
            "geopackage-distribution",
        )
    ),
)

FILES: tuple[RealFile, ...] = (
    RealFile(f"{_HUB}/moray.json", "arcgis-hub-search"),
    *(
        RealFile(f"{_HUB}/{name}.json", "arcgis-hub-search")
        for name in ("argyll_and_bute", "south_ayrshire")
    ),
    RealFile("datasets/usmart-pod/Cycling Scotland.json", "project-open-data"),
    RealFile("datasets/esd-inventory/colchester-inventory.xml", "esd-inventory"),
    RealFile("datasets/api-catalogue/catalogue.csv", "api-catalogue"),
    RealFile("datasets/api-catalogue/catalogue.csv-metadata.json", "csvw-metadata"),
    *(RealFile(f"{_TRAFFORD}/{name}-metadata.json", "csvw-metadata") for name in _TABLES),
    *(
        RealFile(f"{name}.csv-metadata.json", "csvw-metadata")
        for name in (
            "organisations/api-catalogue/organisation",
            "organisations/trafforddatalab/trafford_council_organisation_structure",
            "organisations/trafforddatalab/trafford_council_voluntary_sector_grants",
            "services/gm/trafford_community_hubs",
            "services/gm/trafford_leisure_centres",
        )
    ),
    *(
        RealFile(f"{_CODE}/{name}/csv-metadata.json", "csvw-metadata")
        for name in ("government_procurement_card_transactions", "supplier_spend")
    ),
    *(
        RealFile(f"datasets/csvw/schema/{name}.json", "csvw-metadata")
        for name in ("junior-roles", "organizations", "professions", "senior-roles")
    ),
    RealFile("organisations/mysociety/datapackage.yaml", "data-package-yaml"),
    RealFile("services/oruk-v3/uk-profile/datapackage.json", "data-package-json"),
    *(
        RealFile(f"datasets/gm-deri/Data sources_v{version}.csv", "indicator-source-list")
        for version in ("1.5", "1.6")
    ),
    RealFile("datasets/gm-deri/Indicator data sources.csv", "indicator-source-list"),
    *(
        RealFile(f"{_MARKET}/{name}.json", "data-marketplace")
        for name in (
            *("data-catalogue-seeds", "data_service_all_params", "samples/data_group"),
            *("samples/data_service", "samples/data_share", "samples/dataset", "samples/error"),
        )
    ),
    *(
        RealFile(f"datasets/standards-catalogue/{name}/index.html.md", "data-standards-catalogue")
        for name in STANDARDS
    ),
    *(RealFile(f"{_MODEL}/{name}.yaml", "uk-metadata-exchange-model") for name in _EXAMPLES),
)
