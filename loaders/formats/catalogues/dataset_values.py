"""What catalogues say of datasets in lists of their own, read as what our lists have for it."""

import hashlib
import re
from collections.abc import Mapping
from types import MappingProxyType

from loaders import values
from loaders.issues import Fault
from loaders.values import words

# What others write for the notations of the concept scheme `frequency`: its labels, and the codes
# of the European list that differ from them.
_FREQUENCIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "annual": ("annually", "yearly", "every year", "once a year", "updated annually"),
        "biennial": ("every two years", "2 yearly"),
        "bimonthly": ("every two months",),
        "biweekly": ("every two weeks", "fortnightly", "every fortnight"),
        "continuous": (
            *("continuously", "continual", "real time", "continous"),
            *("CONT", "UPDATE_CONT"),
        ),
        "daily": ("every day", "once a day"),
        "irregular": ("as needed", "ad hoc", "as required", "when needed", "IRREG"),
        "monthly": ("every month", "once a month", "1 month cycle"),
        "never": ("not updated", "static", "one off"),
        "quarterly": ("every three months", "every quarter"),
        "semiannual": (
            *("twice a year", "biannual", "biannually", "half-yearly", "every six months"),
            *("6 monthly", "ANNUAL_2"),
        ),
        "semimonthly": ("twice a month", "MONTHLY_2"),
        "semiweekly": ("twice a week", "WEEKLY_2"),
        "threeTimesAMonth": ("three times a month", "MONTHLY_3"),
        "threeTimesAWeek": ("three times a week", "WEEKLY_3"),
        "threeTimesAYear": ("three times a year", "every four months", "ANNUAL_3"),
        "triennial": ("every three years", "3 yearly"),
        "unknown": ("not known",),
        "weekly": ("every week", "once a week"),
    }
)
# Repeating durations (ISO 8601), which catalogues in JSON write.
_DURATIONS = {
    "R/P3Y": "triennial",
    "R/P2Y": "biennial",
    "R/P1Y": "annual",
    "R/P6M": "semiannual",
    "R/P4M": "threeTimesAYear",
    "R/P3M": "quarterly",
    "R/P2M": "bimonthly",
    "R/P1M": "monthly",
    "R/P0.5M": "semimonthly",
    "R/P0.33M": "threeTimesAMonth",
    "R/P2W": "biweekly",
    "R/P1W": "weekly",
    "R/P3.5D": "semiweekly",
    "R/P0.33W": "threeTimesAWeek",
    "R/P1D": "daily",
    "R/PT1S": "continuous",
}
# The SDMX code list of frequencies that comes with the Data Cube vocabulary.
_SDMX = {
    "A": "annual",
    "S": "semiannual",
    "Q": "quarterly",
    "M": "monthly",
    "W": "weekly",
    "D": "daily",
}
_SDMX_ADDRESS = re.compile(r"https?://purl\.org/linked-data/sdmx/2009/code#freq-([A-Z])")
_FREQUENCY_ADDRESS = re.compile(
    r"https?://(?:purl\.org/cld/freq"
    r"|publications\.europa\.eu/resource/authority/frequency"
    r"|w3id\.org/greater-manchester/def/frequency)/([A-Za-z0-9_]+)"
)


def _bare(cell: str) -> str:
    return "".join(re.findall(r"[a-z0-9]+", cell.casefold()))


_FREQUENCY_WORDS = {
    _bare(each): notation
    for notation, others in _FREQUENCIES.items()
    for each in (notation, *others)
}


def frequency(cell: str) -> str:
    """A notation of the scheme `frequency`: from words, a code, a duration or somebody's IRI.

    Words are compared without case, spaces and signs.
    """
    if found := _SDMX_ADDRESS.fullmatch(cell):
        known = _SDMX.get(found[1])
    elif found := _FREQUENCY_ADDRESS.fullmatch(cell):
        known = _FREQUENCY_WORDS.get(_bare(found[1]))
    else:
        known = _DURATIONS.get(cell.upper()) or _FREQUENCY_WORDS.get(_bare(cell))
    if known is None:
        raise Fault("unknown-category", f"“{cell[:200]}” is no frequency that we know.")
    return known


_ACCESS = {
    "open": "OPEN",
    "public": "OPEN",
    "internal": "INTERNAL",
    "nonpublic": "INTERNAL",
    "commercial": "COMMERCIAL",
    "restricted": "RESTRICTED",
}
_ACCESS_ADDRESS = re.compile(
    r"https?://(?:publications\.europa\.eu/resource/authority/access-right"
    r"|w3id\.org/greater-manchester/def/access-right)/([A-Z_]+)"
)


def access_right(cell: str) -> str:
    """A notation of the scheme `access-right`: from a word, or an IRI of the European list."""
    found = _ACCESS_ADDRESS.fullmatch(cell)
    known = _ACCESS.get(_bare(found[1] if found else cell))
    if known is None:
        raise Fault("unknown-category", f"“{cell[:200]}” is no access right that we know.")
    return known


# Themes of data.gov.uk that mean what one of the European list means.
_THEMES = {
    "business and economy": "ECON",
    "crime and justice": "JUST",
    "education": "EDUC",
    "environment": "ENVI",
    "government": "GOVE",
    "health": "HEAL",
    "society": "SOCI",
    "transport": "TRAN",
}
_IRI = re.compile(r"[a-z]+:\S")


def theme(cell: str) -> str:
    """The IRI of a theme: given as such, as a European code, or in the words of data.gov.uk."""
    said = words(cell.casefold().replace("&", " and "))
    if said in _THEMES:
        return values.theme(_THEMES[said])
    if re.fullmatch(r"[A-Z_]{4,10}", cell) or _IRI.match(cell):
        return values.theme(cell)
    raise Fault("unknown-category", f"“{cell[:200]}” is no theme of a list that we know.")


_AREA = re.compile(
    r"https?://statistics\.data\.gov\.uk/(?:id|doc)/statistical-geography/([^/]+)/?",
    re.IGNORECASE,
)


def statistical_area(cell: str) -> str:
    """The GSS code of an area: given as such, or by its IRI in the statistical geography."""
    found = _AREA.fullmatch(cell)
    if found is None and _IRI.match(cell):
        raise Fault("unknown-category", f"“{cell[:200]}” is no area of the statistical geography.")
    return values.gss(found[1] if found else cell)


def byte_size(cell: str) -> int:
    """A size in bytes: a whole number, which may be written with noughts after a point."""
    found = re.fullmatch(r"([0-9]{1,18})(?:\.0*)?", cell)
    if not found:
        raise Fault("bad-number", f"“{cell[:200]}” is not a number of bytes in figures.")
    return int(found[1])


def key_from(name: str) -> str:
    """A key for a thing whose name is none: the SHA-1 of the name in UTF-8, in hexadecimal."""
    return hashlib.sha1(name.encode(errors="surrogatepass"), usedforsecurity=False).hexdigest()
