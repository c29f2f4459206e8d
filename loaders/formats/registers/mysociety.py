"""mySociety's list of the local authorities of the United Kingdom, past, present and planned, CSV.

Columns as in its `uk_local_authorities_future.csv`, version 1.7.3 of July 2025. One row tells of a
council, of the area that it governs, of its codes in other registers, of the combined authority
that it belongs to and of the bodies that took its place.

The list's own codes are those of the registers of the four nations, but for placeholders such as
`NIR-A` and councils younger than the registers. A source declares under `[organisations]` which
keys those codes stand for; a placeholder that it does not declare makes a key of its own.
"""

import re
from collections.abc import Iterator
from datetime import date

from loaders.formats.reading.delimited import Columns, Delimited
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.records import Area, Identifier, Membership, Organisation, Record
from loaders.values import Reader, date_in_force, gss, notation, register_code, words

_PREFIXES = {
    "England": "GB-LAE",
    "Northern Ireland": "GB-LANI",
    "Scotland": "GB-LAS",
    "Wales": "GB-PLA",
}
_PLACEHOLDER = re.compile(r"NIR-[A-Z]")
_LONDON = "GLA"
_BETWEEN_NAMES = re.compile(r",(?=\S)")  # a comma within a name has a space behind it
# Bytes of UTF-8 that were read one by one as Latin-1, and what stands for an unreadable one.
_DAMAGE = re.compile("[\u00c2-\u00f4][\u0080-\u00bf]|\ufffd")
_ENTRY = re.compile(r"([a-z]+(?:-[a-z]+)*):([A-Z]{2,5}(?:-[A-Z])?)")
_DECIMAL = re.compile(r"[0-9]+\.[0-9]+(?:[Ee][+-]?[0-9]+)?")
_SHORT_NUMBER = re.compile(r"([0-9]{1,7})(?:\.0)?")  # seven digits outlast even single precision
_CENTURY = 100
_DAMAGED_A_CENTURY_ON = (2004, 2005)


def _prefix(cell: str) -> str:
    try:
        return _PREFIXES[cell]
    except KeyError:
        raise Fault(
            "unknown-category", f"“{cell}” is none of the nations {', '.join(_PREFIXES)}."
        ) from None


def _key_in(prefix: str, feed: Feed) -> Reader[str]:
    def read(cell: str) -> str:
        if declared := feed.organisations.get(cell):
            return declared
        if _PLACEHOLDER.fullmatch(cell):
            return feed.own_key(cell)
        return f"{prefix}-{register_code(cell)}"

    return read


def _constituted(cell: str) -> str:
    if cell == _LONDON:
        raise Fault(
            "out-of-scope",
            "The Greater London Authority is no combined authority, and the councils of London "
            "are not its constituents.",
        )
    return cell


def _day(cell: str) -> date:
    """A day in force, also if a damaged date has been moved to this century since.

    A spreadsheet makes 27 May 1905 of the bare year 1974; with its year cut down to two digits and
    read again, it becomes 27 May 2005.
    """
    day = date_in_force(cell)
    if day.year in _DAMAGED_A_CENTURY_ON:
        try:
            date_in_force(day.replace(year=day.year - _CENTURY).isoformat())
        except Fault as fault:
            raise Fault(
                fault.rule, f"“{cell}” lies a century after a damaged date: {fault.message}"
            ) from None
    return day


def _number(cell: str) -> str:
    if not (found := _SHORT_NUMBER.fullmatch(cell)):
        raise _no_code(cell, "a number of at most seven digits")
    return found[1]


def _shaped(shape: str, wanted: str) -> Reader[str]:
    pattern = re.compile(shape)

    def read(cell: str) -> str:
        if not pattern.fullmatch(cell):
            raise _no_code(cell, wanted)
        return cell

    return read


def _no_code(cell: str, wanted: str) -> Fault:
    if _DECIMAL.fullmatch(cell):
        return Fault(
            "number-as-decimal",
            f"“{cell}” was stored as a number with decimals: digits of the code may be lost.",
        )
    return Fault("bad-code", f"“{cell}” is not {wanted}.")


def _register_entry(cell: str) -> tuple[str, str]:
    if not (found := _ENTRY.fullmatch(cell)):
        raise Fault("bad-code", f"“{cell}” is not a register's name and a code in it.")
    return found[1], found[2]


_CODES: dict[str, tuple[str, Reader[str]]] = {
    "BS-6879": ("bs-6879", _shaped("[A-Z]{3,4}", "a code of three or four capitals")),
    "ecode": ("e-code", _shaped("E[0-9]{4}", "an E-code such as E4201")),
    "gov-uk-slug": (
        "gov-uk-slug",
        _shaped("[a-z0-9]+(?:-[a-z0-9]+)*", "a slug of small letters, digits and single hyphens"),
    ),
    "old-ons-la-code": (
        "ons-legacy",
        _shaped("[0-9]{3}|[0-9]{2}[A-Z]{2}|[A-Z]", "a code such as 45UB or 352"),
    ),
    "open-council-data-id": ("open-council-data", _number),
    "snac": ("snac", _shaped("[0-9]{2}[A-Z]{0,2}", "a SNAC code such as 00BN")),
    "wdtk-id": ("whatdotheyknow", _number),
}
_ordnance_survey = _shaped("[0-9]{16}", "an Ordnance Survey number of sixteen digits")


def _sound_name(cell: str) -> str:
    if _DAMAGE.search(cell):
        raise Fault(
            "damaged-text", f"“{cell}” was once read in the wrong encoding: letters of it are lost."
        )
    return words(cell)


def _other_names(row: Row, name: str) -> tuple[str, ...]:
    """The further names. Those that begin small are there to be searched, and no names."""
    found = [row.optional("nice-name", _sound_name) or ""]
    for each in _BETWEEN_NAMES.split(row.optional("alt-names", str) or ""):
        try:
            found.append(_sound_name(each))
        except Fault as fault:
            row.withhold(fault.rule, fault.message, "alt-names", each)
    return tuple(dict.fromkeys(each for each in found if each[:1].isupper() and each != name))


def _identifiers(row: Row, key: str, area: str | None) -> Iterator[Identifier]:
    register = row.optional("old-register-and-code", _register_entry)
    if register and register[0] == "local-authority-eng":  # the others have no scheme of ours
        yield Identifier("organisation", key, *register)
    for column, (scheme, read) in _CODES.items():
        if found := row.optional(column, read):
            yield Identifier("organisation", key, scheme, found)
    for former in row.several("former-gss-codes", gss, ","):
        yield Identifier("organisation", key, "gss", former)
    if (number := row.optional("os", _ordnance_survey)) and area:
        yield Identifier("area", area, "ordnance-survey", number)


def _local_authority(row: Row, feed: Feed) -> tuple[Record, ...]:
    read_key = _key_in(row.required("nation", _prefix), feed)
    key = row.required("local-authority-code", read_key)
    code = row.required("local-authority-code", words)
    if _PLACEHOLDER.fullmatch(code) and code not in feed.organisations:
        row.note(
            "bad-code",
            f"“{code}” stands in for a register's code; the body has a key of this source's own.",
            "local-authority-code",
            code,
        )
    name = row.required("official-name", _sound_name)
    area = row.optional("gss-code", gss)
    records: list[Record] = [
        Organisation(
            key=key,
            name=name,
            organisation_type=row.required("local-authority-type", notation("organisation-type")),
            other_names=_other_names(row, name),
            founded=row.optional("start-date", _day),
            dissolved=row.optional("end-date", _day),
            administers=(area,) if area else (),
            replaced_by=row.several("replaced-by", read_key, ","),
        ),
        *_identifiers(row, key, area),
    ]
    if area:
        records.append(Area(area))
    if combined := row.optional("combined-authority", lambda cell: read_key(_constituted(cell))):
        records.append(Membership(key, combined, "constituent-council"))
    return tuple(records)


MYSOCIETY = (
    Format(
        "mysociety-local-authorities",
        "mySociety's list of local authorities of the United Kingdom, CSV",
        Delimited(
            Columns(
                required=(
                    "local-authority-code",
                    "official-name",
                    "nation",
                    "local-authority-type",
                ),
                optional=(
                    "nice-name",
                    "gss-code",
                    "start-date",
                    "end-date",
                    "replaced-by",
                    "combined-authority",
                    "alt-names",
                    "former-gss-codes",
                    "old-register-and-code",
                    "os",
                    *_CODES,
                ),
                ignored=(
                    "region",  # in words, without a code
                    "local-authority-type-name",
                    "county-la",  # whose area it lies in, and nothing that it belongs to
                    "notes",
                    "current-authority",  # says what the dates say
                    "even-older-register-and-code",
                    "area",
                    "pop-2020",
                    "x",
                    "y",
                    "lat",
                    "long",
                    "powers",
                    "lower-or-unitary",
                    "mapit-area-code",  # a kind of area, and no code of one
                    "ofcom",  # the SNAC code in another spelling
                    "os-file",
                ),
            )
        ),
        _local_authority,
    ),
)
