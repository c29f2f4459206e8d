"""Real files of services, venues and areas, beside those of the first formats."""

from tests.coverage_files.real_file import RealFile

_VENUES = "services/gm"
_LAB = "organisations/trafforddatalab"
_LIBRARIES = (
    *("bolton", "bury", "manchester", "oldham", "salford", "stockport", "tameside", "trafford"),
)
_LISTS = (
    *("gm_dentists", "gm_jobcentreplus", "gm_libraries", "gm_pharmacies", "gm_probation_offices"),
    *("trafford_childrens_centres", "trafford_community_hubs", "trafford_leisure_centres"),
    "trafford_mental_health_services",
)

FILES: tuple[RealFile, ...] = (
    *(RealFile(f"{_VENUES}/{each}.csv", "venues-csv") for each in _LISTS),
    *(RealFile(f"{_VENUES}/libraries_{each}.csv", "venues-csv") for each in _LIBRARIES),
    RealFile(f"{_VENUES}/libraries.geojson", "venues-geojson"),
    *(
        RealFile(f"services/nhs/{each}.json", "nhs-choices-organisations")
        for each in ("nhschoices-syndication-pharmacies-page1", "sample-pharmacy-data")
    ),
    RealFile(f"{_VENUES}/gm_gambling_premises.csv", "premises-csv"),
    *(
        RealFile(f"{_LAB}/trafford_{each}.csv", "venues-csv")
        for each in ("care_homes", "general_practices", "schools_and_colleges")
    ),
    *(
        RealFile(f"{_LAB}/gm_{each}_super_generalised.geojson", "area-boundaries-geojson")
        for each in ("combined_authority", "local_authority", "ward")
    ),
    *(
        RealFile(f"{_LAB}/{each}.csv", "ons-area-lookup")
        for each in (
            "administrative_lookup_2017",
            "administrative_lookup_2021",
            "lsoa_to_ward_best-fit_lookup",
        )
    ),
    *(
        RealFile(f"{_LAB}/{each}.csv", "area-code-list")
        for each in ("codelist", "ward_abbreviations")
    ),
    *(
        RealFile(f"services/cpsv-ap/{each}", "cpsv-ap")
        for each in (
            "example-rdf_public_service.ttl",
            "example-rdf_public_service.jsonld",
            "FinnishServices.ttl",
        )
    ),
    *(
        RealFile(f"services/govuk-content/{each}.json", "govuk-content")
        for each in (
            "apply-blue-badge",
            "find-regional-passport-office",
            "licence_without_continuation_link",
            "local_transaction",
        )
    ),
    RealFile("services/esd/functions_services_themes.csv", "esd-functions-services-csv"),
)
