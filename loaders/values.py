"""Cells into values: each function gives one kind of value, or raises a `Fault` with the reason."""

import re
from collections.abc import Callable
from datetime import date
from typing import TypeVar

import ontology
from loaders.honorifics import has_honorific
from loaders.issues import Fault
from loaders.privacy import has_address, has_telephone, is_team_address

T = TypeVar("T")
Reader = Callable[[str], T]

_GSS = re.compile(r"[EWSNKJ][0-9]{8}")
# The same as in the shape of organisations, so that a refused key leaves out one record only.
_KEY = re.compile(r"[A-Z]{2,3}-[A-Z0-9]+-[A-Za-z0-9._~-]+|GM-[a-z0-9]+(?:-[a-z0-9]+)*")
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_AS_DECIMAL = re.compile(r"[0-9]+\.[0-9]+")
_LIST_NUMBER = re.compile(r"0|[1-9][0-9]{0,5}")
_REGISTER_CODE = re.compile(r"[A-Z]{2,5}")
_WIKIDATA_ITEM = re.compile(r"Q[1-9][0-9]*")
# What an IRI may hold after its host (RFC 3987, section 2.2), percent signs only as %HH.
_CHARACTER = r"[A-Za-z0-9._~:/?@!$&'()*+,;=\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef-]"
_CHARACTERS = rf"{_CHARACTER}*(?:%[0-9A-Fa-f]{{2}}{_CHARACTER}*)*"
_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_ADDRESS = re.compile(
    rf"https?://{_LABEL}(?:\.{_LABEL})*(?::([0-9]{{1,5}}))?"
    rf"(?:[/?]{_CHARACTERS})?(?:#{_CHARACTERS})?"
)
_PORTS = range(1, 1 << 16)
_NAME_IRI = re.compile(rf"(?:urn:[A-Za-z0-9][A-Za-z0-9-]{{1,31}}|tag):(?=.){_CHARACTERS}")
_THEMES = frozenset(
    (
        *("AGRI", "ECON", "EDUC", "ENER", "ENVI", "GOVE", "HEAL"),
        *("INTR", "JUST", "REGI", "SOCI", "TECH", "TRAN"),
    )
)
_FILE_TYPE = re.compile(r"[A-Z0-9]+(?:_[A-Z0-9]+)*")
_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_TELEPHONE = re.compile(r"[+]?[0-9 ()-]{7,25}(?: ?(?:ext|x)\.? ?[0-9]{1,6})?")
_SHORTEST_NUMBER = 7
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
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
        if not _DAY.fullmatch(cell):
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
    year = (day - _SPREADSHEET_EPOCH).days
    if year in _YEARS_READ_AS_DAYS:
        raise Fault(
            "spreadsheet-date",
            f"“{cell}” is what a spreadsheet makes of the bare year {year}; the day is not known.",
        )
    return day


def web_address(cell: str) -> str:
    """An absolute http or https IRI (RFC 3987), as written."""
    found = _ADDRESS.fullmatch(cell)
    if found and (found[1] is None or int(found[1]) in _PORTS):
        return cell
    raise Fault(
        "bad-web-address",
        f"“{cell}” is not a web address that begins with http:// or https://",
    )


def iri(cell: str) -> str:
    """An IRI with any scheme that names things: http, https, urn or tag, as written."""
    if _NAME_IRI.fullmatch(cell):
        return cell
    return web_address(cell)


def service_type(cell: str) -> str:
    """The IRI of a kind of service, given as such or as a number of the LGSL."""
    return f"http://id.esd.org.uk/service/{list_number(cell)}" if cell.isdecimal() else iri(cell)


def theme(cell: str) -> str:
    """The IRI of a data theme, given as such or as a code of the European list, such as `TRAN`."""
    if re.fullmatch(r"[A-Z_]{2,10}", cell):
        if cell not in _THEMES:
            raise Fault(
                "unknown-category",
                f"“{cell}” is no data theme: the list has {', '.join(sorted(_THEMES))}.",
            )
        return f"http://publications.europa.eu/resource/authority/data-theme/{cell}"
    return iri(cell)


def file_type(cell: str) -> str:
    """A code of the European file type list, such as `CSV`, whatever its case."""
    found = cell.upper()
    if not _FILE_TYPE.fullmatch(found):
        raise Fault("unknown-format", f"“{cell}” is no code of a file type, such as CSV.")
    return found


def team_address(cell: str) -> str:
    """An e-mail address that a team reads, so that it may be published.

    One that does not say so, with a word such as “enquiries” or “library” before its “@”, is
    refused: it may be a person's, and what people are called is not ours to publish.
    """
    if not _EMAIL.fullmatch(cell):
        raise Fault("bad-code", f"“{cell}” is not an e-mail address.")
    if not is_team_address(cell):
        raise Fault(
            "contact-of-a-person",
            "The e-mail address may be a person's: it has no word such as info or enquiries, by "
            "which to tell that a team reads it.",
        )
    return cell


def telephone(cell: str) -> str:
    """A telephone number as written: figures, spaces and `+()-`, seven figures at least."""
    if not _TELEPHONE.fullmatch(cell) or sum(map(str.isdigit, cell)) < _SHORTEST_NUMBER:
        raise Fault("bad-code", f"“{cell}” is not a telephone number.")
    return cell


def postcode(cell: str) -> str:
    """A postcode of the United Kingdom, in capitals, with one space before its last three."""
    bare = "".join(cell.split()).upper()
    if not _POSTCODE.fullmatch(bare):
        raise Fault("bad-code", f"“{cell}” is not a postcode.")
    return f"{bare[:-3]} {bare[-3:]}"


def one_of(scheme: str, **also: str) -> Reader[str]:
    """A reader of notations whatever their case, and of further words that stand for one.

    Words are compared without case, spaces and hyphens being underscores.
    """
    read = notation(scheme)
    known = {_folded(each): each for each in ontology.notations(scheme)} | also

    def read_folded(cell: str) -> str:
        return known.get(_folded(cell)) or read(cell)

    return read_folded


def _folded(cell: str) -> str:
    return re.sub(r"[\s-]+", "_", cell.strip()).casefold()


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


def undamaged(read: Reader[T]) -> Reader[T]:
    """A reader of codes that refuses what was stored as a number: `12.0` may have been `012`."""

    def read_undamaged(cell: str) -> T:
        if _AS_DECIMAL.fullmatch(cell):
            raise Fault(
                "number-as-decimal",
                f"“{cell}” is a number with a decimal point: a code was stored as a number.",
            )
        return read(cell)

    return read_undamaged


def list_number(cell: str) -> str:
    """The number of an entry in a list of local government (LGSL, LGIL, LGFL), such as `190`."""
    if not _LIST_NUMBER.fullmatch(cell):
        raise Fault("bad-code", f"“{cell}” is not the number of a list's entry, such as 190.")
    return cell


def team_name(cell: str) -> str:
    """What a team is called, in words alone: an address or a number might be a person's."""
    if "@" in cell or has_address(cell) or has_telephone(cell) or has_honorific(cell):
        raise Fault(
            "contact-of-a-person",
            "Give the name of a team: no person's, no e-mail address, no telephone number.",
        )
    return words(cell)
