"""Organisation files of the NHS Organisation Data Service (ODS), CSV without a header.

27 columns as in its file of prescribing practices, `epraccur`, or the 17 of the extract of it that
OpenPrescribing keeps, whose days have hyphens. Names stand in capitals, and stay.
Addresses, telephone numbers and commissioners are not loaded: an organisation of ours has no
address, and a practice does not belong to its commissioner.
"""

import re
from datetime import date

from loaders.formats.reading.delimited import Columns, Delimited
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format, Interpretation
from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.records import Identifier, Organisation, Record
from loaders.values import Reader, date_in_force, words

_NAMES = (
    "code",
    "name",
    "national-grouping",
    "health-geography",
    "address-1",
    "address-2",
    "address-3",
    "address-4",
    "address-5",
    "postcode",
    "open-date",
    "close-date",
    "status",
    "sub-type",
    "commissioner",
    "join-date",
    "left-date",
    "telephone",
    "column-19",
    "column-20",
    "column-21",
    "amended",
    "column-23",
    "provider-purchaser",
    "column-25",
    "prescribing-setting",
    "column-27",
)
_EXTRACT_NAMES = (
    "code",
    "name",
    "address-1",
    "address-2",
    "address-3",
    "address-4",
    "address-5",
    "postcode",
    "column-9",
    "commissioner",
    "column-11",
    "prescribing-setting",
    "column-13",  # empty in what was seen, as is the 15th
    "join-date",
    "column-15",
    "open-date",
    "status",
)
_NEEDED = ("code", "name")
_LOADED = ("open-date", "close-date", "status", "prescribing-setting")
_CODE = re.compile(r"[A-Z0-9]{3,12}")
_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_STATUSES = {"A": "active", "C": "closed", "D": "dormant", "P": "proposed"}
_TYPES = {"4": "gp-practice"}


def _code(cell: str) -> str:
    if not _CODE.fullmatch(cell):
        raise Fault("bad-code", f"“{cell}” is not an ODS code: it has capitals and digits alone.")
    return cell


def _day(cell: str) -> date:
    if not (found := _DAY.fullmatch(cell)):
        raise Fault("bad-date", f"“{cell}” is not a day of the calendar written like 19740401.")
    return date_in_force("-".join(found.groups()))


def _status(cell: str) -> str:
    try:
        return _STATUSES[cell]
    except KeyError:
        known = ", ".join(f"{code} ({status})" for code, status in _STATUSES.items())
        raise Fault("unknown-category", f"“{cell}” is no status: the file has {known}.") from None


def _setting(cell: str) -> str:
    if not re.fullmatch("[0-9]{1,3}", cell):
        raise Fault("bad-code", f"“{cell}” is not the number of a prescribing setting.")
    return cell


def _organisations(day: Reader[date]) -> Interpretation:
    """What a row of a file means that writes its days as `day` reads them."""

    def interpret(row: Row, _: Feed) -> tuple[Record, ...]:
        code = row.required("code", _code)
        status = row.optional("status", _status)
        if status == "proposed":
            raise Fault(
                "out-of-scope",
                "The organisation is proposed: it does not exist yet.",
                "status",
                "P",
            )
        if status == "closed" and not row.has("close-date"):
            row.withhold("missing-value", "It is closed, and the day is not given.", "close-date")
        organisation = Organisation(
            key=f"GB-NHS-{code}",
            name=row.required("name", words),
            organisation_type=_TYPES.get(row.optional("prescribing-setting", _setting) or ""),
            founded=row.optional("open-date", day),
            dissolved=row.optional("close-date", day),
        )
        return organisation, Identifier("organisation", organisation.key, "ods", code)

    return interpret


def _layout(names: tuple[str, ...]) -> Delimited:
    ignored = tuple(each for each in names if each not in _NEEDED + _LOADED)
    loaded = tuple(each for each in _LOADED if each in names)
    return Delimited(Columns(_NEEDED, loaded, ignored), names=names)


NHS_ODS = (
    Format(
        "nhs-ods",
        "The Organisation Data Service's file of practices (epraccur), CSV without a header",
        _layout(_NAMES),
        _organisations(_day),
    ),
    Format(
        "nhs-ods-practices",
        "An extract of the Organisation Data Service's file of practices, CSV without a header",
        _layout(_EXTRACT_NAMES),
        _organisations(date_in_force),
    ),
)
