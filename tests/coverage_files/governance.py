"""Real files of information assets and of governance, and of the catalogues that came with them."""

from tests.coverage_files.real_file import RealFile

_FOLDER = "information-assets"
_ROPA = f"{_FOLDER}/dpcat-ropa"

FILES: tuple[RealFile, ...] = (
    RealFile(
        f"{_FOLDER}/nhs-digital-release-register/nhs-digital-release-register-202102.xlsx",
        "nhs-digital-releases",
    ),
    RealFile(f"{_FOLDER}/atrs/atrs_records.csv", "transparency-records-csv"),
    RealFile(f"{_FOLDER}/atrs/atrs_records.json", "transparency-records-json"),
    RealFile(f"{_FOLDER}/nii/health.csv", "nii-inventory"),
    RealFile(f"{_FOLDER}/nii/dft.csv", "nii-inventory"),
    RealFile(f"{_FOLDER}/hdruk-datasets/datasets.v2.csv", "hdruk-datasets-csv"),
    *(
        RealFile(f"{_FOLDER}/hdruk-schema/{version}.example.json", "hdruk-dataset-json")
        for version in ("2.2.0", "3.0.0", "4.0.0")
    ),
    *(
        RealFile(f"{_FOLDER}/govuk-system-register/{name}.json", "home-office-systems")
        for name in ("systems-asset-owner", "systems-public-facing")
    ),
    *(
        RealFile(f"{_ROPA}/{name}.csv", "processing-register-csv")
        for name in ("GDPR_A30", "GDPR_A30_org_overview")
    ),
    *(
        RealFile(f"{_ROPA}/{name}.xlsx", "processing-register-xlsx")
        for name in (
            "Beta a processor of  employee expenses",
            "Customer Services deptartment of Alpha",
            "HR department of Alpha",
            "Marketing department of Alpha",
        )
    ),
    *(RealFile(f"{_ROPA}/{name}.ttl", "dpcat") for name in ("U01a", "U05", "U13", "U57")),
)
