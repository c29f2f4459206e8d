"""Cells into values: each function gives one kind of value, or raises a `Fault` with the reason."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar
from urllib.parse import urlsplit

import ontology
from loaders.issues import Fault

T = TypeVar("T")
Reader = Callable[[str], T]

_GSS = re.compile(r"[EWSNKJ][0-9]{8}")
# The same as in the shape of organisations, so that a refused key leaves out one record only.
_KEY = re.compile(r"[A-Z]{2,3}-[A-Z0-9]+-[A-Za-z0-9._~-]+|GM-[a-z0-9]+(?:-[a-z0-9]+)*")
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*")
_REGISTER_CODE = re.compile(r"[A-Z]{2,5}")
_WIKIDATA_ITEM = re.compile(r"Q[1-9][0-9]*")
# The characters of an IRI after its host (RFC 3987, section 2.2), percent signs only as %HH.
_CHARACTER = (
    r"(?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2}"
    r"|[\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef])"
)
_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_ADDRESS = re.compile(
    rf"https?://{_LABEL}(?:\.{_LABEL})*(?::[0-9]{{1,5}})?"
    rf"(?:[/?]{_CHARACTER}*)?(?:#{_CHARACTER}*)?"
)
# A spreadsheet counts days from here; a year read as such a count falls into 1904 or 1905.
_SPREADSHEET_EPOCH = date(1899, 12, 30)
_YEARS_READ_AS_DAYS = range(1800, 2101)


def words(cell: str) -> str:
    """Text for people, its white space put in order."""
    return " ".join(cell.split())


def code(cell: str) -> str:
    """A code as its scheme writes it: kept as a string, never read as a number."""
    if not re.fullmatch(r"\S+", cell):
        raise Fault("bad-code", f"“{cell}” has a space in it, and a code has none.")
    return cell


def slug(cell: str) -> str:
    """A key of letters, digits and `._~-`, safe in an IRI."""
    if not _SLUG.fullmatch(cell):
        raise Fault(
            "bad-code",
            f"“{cell}” is no key: it begins with a letter or digit, and holds those and . _ ~ -",
        )
    return cell


def organisation_key(cell: str) -> str:
    """An organisation's key in org-id form, such as `GB-LAE-MAN`, or `GM-` and a slug."""
    if not _KEY.fullmatch(cell):
        raise Fault(
            "bad-code",
            f"“{cell}” is not an organisation's key: it should look like GB-LAE-MAN, "
            "a register's prefix and the body's code in it.",
        )
    return cell


def register_code(cell: str) -> str:
    """A code of the register of local authorities of England: two to five capitals."""
    if not _REGISTER_CODE.fullmatch(cell):
        raise Fault(
            "bad-code", f"“{cell}” is not a register's code: it has two to five capital letters."
        )
    return cell


def wikidata_item(cell: str) -> str:
    """The number of an item of Wikidata, such as `Q2302252`."""
    if not _WIKIDATA_ITEM.fullmatch(cell):
        raise Fault("bad-code", f"“{cell}” is not a Wikidata item: it should look like Q2302252.")
    return cell


def gss(cell: str) -> str:
    """A Government Statistical Service code of nine characters, such as `E08000003`."""
    if not _GSS.fullmatch(cell):
        raise Fault(
            "bad-code",
            f"“{cell}” is not a GSS code: it should be one of the letters E, W, S, N, K or J and "
            f"eight digits, and this has {len(cell)} characters.",
        )
    return cell


def calendar_date(cell: str) -> date:
    """A day written YYYY-MM-DD (ISO 8601, extended)."""
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
            raise ValueError
        return date.fromisoformat(cell)
    except ValueError:
        raise Fault(
            "bad-date", f"“{cell}” is not a day of the calendar written like 1974-04-01."
        ) from None


def date_in_force(cell: str) -> date:
    """A day on which something began or ended, if a spreadsheet has not damaged it.

    A bare year such as 1974, once formatted as a date, becomes the 1,974th day since the end of
    1899: 27 May 1905. No body in our registers began on such a day, so it is refused.
    """
    day = calendar_date(cell)
    year = (day - _SPREADSHEET_EPOCH) // timedelta(days=1)
    if year in _YEARS_READ_AS_DAYS:
        raise Fault(
            "spreadsheet-date",
            f"“{cell}” is what a spreadsheet makes of the bare year {year}; the day is not known.",
        )
    return day


def web_address(cell: str) -> str:
    """An absolute http or https IRI (RFC 3987), as written."""
    try:
        if _ADDRESS.fullmatch(cell) and urlsplit(cell).port != 0:
            return cell
    except ValueError:  # a port beyond 65535
        pass
    raise Fault(
        "bad-web-address",
        f"“{cell}” is not a web address that begins with http:// or https://",
    )


def notation(scheme: str) -> Reader[str]:
    """A reader of categories: only notations that the concept scheme has."""

    def read(cell: str) -> str:
        known = ontology.notations(scheme)
        if cell not in known:
            raise Fault(
                "unknown-category",
                f"“{cell}” is not in the list “{scheme}”: it has {', '.join(sorted(known))}.",
            )
        return cell

    return read
