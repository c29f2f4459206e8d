"""GOV.UK Registers of local authorities and of government organisations, as TSV.

Files as the Government Digital Service kept them until 2021. A code is one of the register that
gives it: the same letters stand for another body in the next.
"""

import re
from collections.abc import Iterator
from datetime import date

from loaders.formats.reading.delimited import Columns, Delimited
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format, Interpretation
from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.records import Identifier, Membership, Organisation, Record
from loaders.values import date_in_force, notation, register_code, web_address, words

_DATES = ("start-date", "end-date")
_ENGLAND = "local-authority-eng"
# The registers' types that are called otherwise here; the rest is called the same.
_TYPES = {"BGH": "NID", "CA": "SCO", "CIT": "NID", "DIS": "NID"}
_NAMES = ("official-name", "name")
_WELSH_NAMES = ("official-name-cy", "name-cy")
_LAST_YEAR = 2021  # in which the registers were closed: a year that ended a body had come by then
_LESS_THAN_A_DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2})?")
_GOVERNMENT_CODE = re.compile(r"[A-Z]{1,3}[0-9]{1,5}")
_NUMBER = re.compile(r"[0-9]{1,5}")
_ON_GOV_UK = re.compile(r"https://www\.gov\.uk/government/organisations/([a-z0-9]+(?:-[a-z0-9]+)*)")


def _day(cell: str) -> date:
    """A day in force. Registers may state a year, or a year and a month, which is none."""
    if _LESS_THAN_A_DAY.fullmatch(cell):
        raise Fault("bad-date", f"“{cell}” is a year or a month; the day is not known.")
    return date_in_force(cell)


def _type(cell: str) -> str:
    return notation("organisation-type")(_TYPES.get(cell, cell))


def government_code(cell: str) -> str:
    """A code of the register of government organisations, such as `EA50`."""
    if not _GOVERNMENT_CODE.fullmatch(cell):
        raise Fault(
            "bad-code", f"“{cell}” is not a code of the register: it should look like EA50."
        )
    return cell


def _number(cell: str) -> str:
    if not _NUMBER.fullmatch(cell):
        raise Fault("bad-code", f"“{cell}” is not a number of the register.")
    return cell


def _organisation(row: Row, key: str, kind: str | None) -> Organisation:
    """The body that a row is about. Its official name is its name, where one is stated."""
    row.required("name", words)
    first, *others = _names(row, _NAMES)
    return Organisation(
        key=key,
        name=first,
        organisation_type=kind,
        other_names=tuple(others),
        homepage=row.optional("website", web_address),
        founded=row.optional("start-date", _day),
        dissolved=row.optional("end-date", _day),
        status="closed" if _has_ended_on_no_day(row) else None,
        welsh_names=_names(row, _WELSH_NAMES),
    )


def _names(row: Row, columns: tuple[str, ...]) -> tuple[str, ...]:
    found = (name for each in columns if (name := row.optional(each, words)))
    return tuple(dict.fromkeys(found))


def _has_ended_on_no_day(row: Row) -> bool:
    """Whether a body has ended in a year or a month, of which no day can be stated."""
    cell = str(row.cells.get("end-date") or "").strip()
    return bool(_LESS_THAN_A_DAY.fullmatch(cell)) and int(cell[:4]) <= _LAST_YEAR


def _authorities(register: str, prefix: str, usual: str | None = None) -> Interpretation:
    """What a row of a register of local authorities means.

    A body whose type is not stated is of the `usual` type; one whose type is withheld is of none.
    """

    def interpret(row: Row, _: Feed) -> tuple[Record, ...]:
        code = row.required(register, register_code)
        key = f"{prefix}-{code}"
        is_stated = bool(str(row.cells.get("local-authority-type") or "").strip())
        kind = row.optional("local-authority-type", _type) if is_stated else usual
        organisation = _organisation(row, key, kind)
        if register != _ENGLAND:  # our list of schemes has none for the others' codes
            return (organisation,)
        return organisation, Identifier("organisation", key, register, code)

    return interpret


def _combined_authority(row: Row, feed: Feed) -> tuple[Record, ...]:
    """A combined authority. Its number is of this file alone, unless the source declares a key."""
    number = row.required("combined-authority", _number)
    key = feed.organisations.get(number) or feed.own_key(number)
    return (_organisation(row, key, "COMB"), *_members(row, key))


def _members(row: Row, key: str) -> Iterator[Membership]:
    # The register does not tell constituent councils from others that take part.
    for code in dict.fromkeys(row.several("local-authorities-eng", register_code)):
        yield Membership(f"GB-LAE-{code}", key, "member")


def _government_organisation(row: Row, _: Feed) -> tuple[Record, ...]:
    code = row.required("government-organisation", government_code)
    organisation = _organisation(row, f"GB-GOR-{code}", "government-organisation")
    if page := _ON_GOV_UK.fullmatch(organisation.homepage or ""):
        return organisation, Identifier("organisation", organisation.key, "gov-uk-slug", page[1])
    return (organisation,)


def _tsv(code: str, *optional: str, ignored: tuple[str, ...] = ()) -> Delimited:
    return Delimited(Columns((code, "name"), (*optional, *_DATES), ignored), divider="\t")


GOVUK_REGISTERS = (
    Format(
        "register-local-authority-eng",
        "GOV.UK's register of local authorities of England, TSV",
        _tsv(_ENGLAND, "local-authority-type", "official-name"),
        _authorities(_ENGLAND, "GB-LAE"),
    ),
    Format(
        "register-local-authority-sct",
        "GOV.UK's register of local authorities of Scotland, TSV",
        _tsv("local-authority-sct", "local-authority-type", "official-name"),
        _authorities("local-authority-sct", "GB-LAS", "SCO"),
    ),
    Format(
        "register-local-authority-nir",
        "GOV.UK's register of local authorities of Northern Ireland, TSV",
        _tsv("local-authority-nir", "local-authority-type", "website"),
        _authorities("local-authority-nir", "GB-LANI", "NID"),
    ),
    Format(
        "register-principal-local-authority",
        "GOV.UK's register of principal local authorities of Wales, TSV",
        _tsv("principal-local-authority", "name-cy", "official-name", "official-name-cy"),
        _authorities("principal-local-authority", "GB-PLA", "WPA"),
    ),
    Format(
        "register-combined-authority",
        "GOV.UK's list of combined authorities and the councils in them, TSV",
        _tsv("combined-authority", "official-name", "local-authorities-eng"),
        _combined_authority,
    ),
    Format(
        "register-government-organisation",
        "GOV.UK's register of government organisations, TSV",
        _tsv("government-organisation", "website"),
        _government_organisation,
    ),
)
