"""Whom personal data are about, and of which sorts they are, in the words that registers have."""

from collections.abc import Mapping
from types import MappingProxyType

_SUBJECTS = {
    "adults-receiving-care": (
        *("adults receiving care", "service users of adult social care", "adult social care users"),
    ),
    "business-owners": ("business owners", "sole traders", "licence holders", "licensees"),
    "children": ("children", "minors", "child", "young people under 18"),
    "council-tax-payers": ("council tax payers", "council taxpayers"),
    "patients": ("patients", "nhs patients", "patient"),
    "pupils": ("pupils", "students at school", "school pupils"),
    "residents": ("residents", "citizens", "the public", "members of the public", "public"),
    "staff": (
        *("staff", "employees", "workforce", "employee", "staff members", "members of staff"),
        *("current employees", "workers"),
    ),
    "tenants": ("tenants", "leaseholders and tenants", "tenant"),
    "victims-and-witnesses": ("victims and witnesses", "complainants and witnesses"),
}
_CATEGORIES = {
    "biometric": ("biometric data", "biometric", "biometrics", "fingerprints and face images"),
    "contact": ("contact data", "contact details", "contact information", "contact"),
    "criminal-offence": (
        *("criminal offence data", "criminal records", "convictions", "criminal convictions"),
        "criminal offences",
    ),
    "education": ("education data", "school records", "education", "education records"),
    "employment": (
        *("employment data", "work data", "employment", "employment details"),
        "employment history",
    ),
    "ethnicity": ("racial or ethnic origin", "ethnic origin", "race", "ethnicity"),
    "financial": (
        *("financial data", "financial details", "financial", "bank details"),
        *("financial information", "pay details"),
    ),
    "genetic": ("genetic data", "genetic"),
    "health": (
        *("health data", "medical data", "health", "health records", "medical records"),
        *("health information", "medical information"),
    ),
    "household": ("household data", "family data", "household", "family"),
    "housing": ("housing data", "accommodation data", "housing"),
    "identity": ("identity data", "identifying data", "identity", "identification data"),
    "location": ("location data", "movement data", "location"),
    "political-opinions": ("political opinions",),
    "religion": ("religious or philosophical beliefs", "religious belief", "religion"),
    "sexual-life": ("sex life and sexual orientation", "sexual orientation", "sex life"),
    "trade-union": ("trade union membership", "union membership"),
}


def _by_words(lists: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    return MappingProxyType({said: name for name, each in lists.items() for said in each})


SUBJECTS = _by_words(_SUBJECTS)
"""Notations of `data-subject-category` by words in small letters."""

CATEGORIES = _by_words(_CATEGORIES)
"""Notations of `personal-data-category` by words in small letters."""
