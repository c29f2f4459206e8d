"""Registers of information assets, in CSV and in Excel workbooks, under the headings they have.

An owner is a post and never a person, and a record that is classified above OFFICIAL is left out
before anything else of it is read. `docs/information-asset-register.md` says what is accepted.
"""

import re
from datetime import date

from loaders.errors import DeclarationError
from loaders.formats.assets.asset_headings import COLUMNS, folded
from loaders.formats.assets.legal_basis import legal_bases
from loaders.formats.assets.personal_data import is_special_category, personal_data_level
from loaders.formats.assets.security_classification import security_classification
from loaders.formats.reading.delimited import Delimited
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.row import Row
from loaders.formats.reading.workbook import ERRORS, Workbook
from loaders.identity import name_slug
from loaders.impersonal import has_honorific
from loaders.issues import Fault
from loaders.numbers import yes_or_no
from loaders.privacy import has_telephone, without_contacts
from loaders.prose import words_of
from loaders.records import InformationAsset, Record
from loaders.values import (
    Reader,
    T,
    date_in_force,
    web_address,
    words,
)

_FORMATS = {
    "electronic": (
        *("electronic", "digital", "electronic files", "electronic documents", "digital files"),
        *("electronic records", "digital records", "electronic file", "electronic document"),
    ),
    "database": ("database", "databases"),
    "paper": (
        *("paper", "hard copy", "hardcopy", "paper files", "paper records", "paper file"),
        *("manual", "manual files", "paper based", "paper documents"),
    ),
    "audio-visual": ("audio visual", "audiovisual", "audio", "video", "photographs"),
    "mixed": ("mixed", "hybrid", "both", "electronic and paper", "paper and electronic"),
}
_DISPOSALS = {
    "destroy": (
        *("destroy", "destruction", "destroyed", "delete", "deletion", "deleted", "shred"),
        *("secure disposal", "secure destruction", "securely destroy", "securely destroyed"),
        *("confidential destruction", "confidential waste", "secure deletion"),
    ),
    "review": ("review", "review at end of period"),
    "transfer-to-archive": (
        *("transfer to archive", "transfer to archives", "transfer to an archive", "archive"),
        *("transfer to record office",),
    ),
    "anonymise": ("anonymise", "anonymisation", "anonymised", "anonymize"),
    "keep": (
        *("keep", "permanent", "permanently", "retain permanently", "keep permanently"),
        *("permanent retention", "permanent preservation"),
    ),
}
_NOTHING = frozenset(
    (
        *("unknown", "not known", "dont know", "don t know", "n k", "tbc", "tbd", "tba"),
        *("to be confirmed", "to be determined", "to be advised", "n a", "na", "not applicable"),
        *("not recorded", "not stated", "none recorded", "not provided", ""),
    )
)
_NO_POST = frozenset({"vacant", "vacancy", "none", "no owner", "not assigned", "unassigned"})
_NOBODY = frozenset({"yes", "y", "no", "n", "none", "nobody", "no one", "not shared", "nil"})
_DECIMALS = re.compile(r"[0-9]+\.0+|[0-9]\.[0-9]+[Ee][+-]?[0-9]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}")
_BRITISH_DAY = re.compile(r"[0-9]{1,2}([/.-])[0-9]{1,2}\1(?:[0-9]{4}|[0-9]{2})")
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9:.]+(?:Z|[+-][0-9]{2}:?[0-9]{2})?")


def _asset(row: Row, feed: Feed) -> tuple[Record, ...]:
    if feed.holder is None:
        raise DeclarationError(
            f"the source “{feed.source}” does not say whose register it is: give its source.toml "
            "the key “holder”, with an organisation's key such as GB-LAE-MAN."
        )
    try:
        # First: of what is above OFFICIAL no more is read.
        classification = security_classification(row)
    except Fault:
        # What a layout has found wrong in the row's cells is not told either.
        row.withheld.clear()
        row.noted.clear()
        raise
    name = _name(row)
    retention, disposal = _retention(row)
    format_, format_stated = _format(row)
    reviewed, next_review = _reviews(row)
    return (
        InformationAsset(
            holder=feed.holder,
            ref=_reference(row, name),
            name=name,
            description=_text(row, "description"),
            owner=_post(row, "owner"),
            steward=_post(row, "steward"),
            custodian=_post(row, "custodian"),
            unit=_text(row, "unit") or _text(row, "directorate"),
            system=_text(row, "system") or _text(row, "location"),
            format=format_,
            format_stated=format_stated,
            personal_data=_personal_data(row),
            legal_bases=_legal_bases(row),
            classification=classification,
            retention=retention,
            disposal=disposal,
            shared_with=_shared_with(row),
            is_open=_value(row, "open-data", yes_or_no),
            risk=_text(row, "risk"),
            reviewed=reviewed,
            next_review=next_review,
            source=_value(row, "source", web_address),
        ),
    )


def _said(row: Row, column: str, nothing: frozenset[str] = frozenset()) -> str | None:
    """What a cell says, if it says anything; `nothing` is words that do not, beside the usual."""
    cell = row.optional(column, str)
    if cell is None:
        return None
    if cell in ERRORS:
        row.withhold(
            "error-in-cell", f"The cell holds the error {cell} and no value.", column, cell
        )
        return None
    if folded(cell) in _NOTHING | nothing:
        row.note("nothing-said", f"“{cell}” is loaded as not recorded.", column, cell)
        return None
    return cell


def _value(row: Row, column: str, read: Reader[T]) -> T | None:
    said = _said(row, column)
    try:
        return None if said is None else read(said)
    except Fault as fault:
        row.withhold(fault.rule, fault.message, column, said)
        return None


def _text(row: Row, column: str) -> str | None:
    """The words of a cell, unless a person's address or mobile telephone is among them.

    What is withheld for that reason is not repeated in the issue: issues are kept with releases.
    """
    said = _said(row, column)
    if said is None:
        return None
    told = words_of(said)
    if without_contacts(told) != told:
        row.withhold(
            "contact-of-a-person",
            "The text has an e-mail address or a mobile telephone in it that looks like a "
            "person's; it is not shown here.",
            column,
        )
        return None
    return row.prose(column)


def _name(row: Row) -> str:
    name = _text(row, "name")
    if name is None:
        raise Fault(
            "missing-value",
            "There is no name that can be loaded, and every record needs it.",
            "name",
        )
    return name


def _reference(row: Row, name: str) -> str:
    """The register's own reference; the name as a slug where the register gives none.

    Raises:
        Fault: there is one, and a spreadsheet has made something else of it.
    """
    said = _said(row, "reference")
    if any(fault.field == "reference" for fault in row.withheld):
        raise Fault(
            "bad-code",
            "The reference cannot be read, so that it is not known which asset this is.",
            "reference",
        )
    if said is None:
        if "reference" in row.cells:
            row.note("missing-value", "There is no reference; the name stands for it.", "reference")
        return name_slug(name.casefold())
    is_text = isinstance(row.cells["reference"], str)
    if _DECIMALS.fullmatch(said) or (not is_text and "." in said):
        raise Fault(
            "number-as-decimal",
            f"“{said}” is a reference that a spreadsheet keeps as a number: keep it as text.",
            "reference",
            said,
        )
    if _DAY.fullmatch(said):
        raise Fault(
            "spreadsheet-date",
            f"“{said}” is a date: a spreadsheet makes dates of references such as 1-2. Keep them "
            "as text.",
            "reference",
            said,
        )
    return words(said)


def _post(row: Row, column: str) -> str | None:
    """The title of a post. Where a register has a column for posts, no other one is looked at."""
    if f"{column}-post" in row.cells:
        column = f"{column}-post"
    said = _said(row, column, _NO_POST)
    if said is None:
        return None
    if "@" in said or has_honorific(said) or has_telephone(said):
        row.withhold(
            "contact-of-a-person",
            "A person's name, e-mail address or telephone stands where the title of a post is "
            "expected; it is not shown here.",
            column,
        )
        return None
    return words(said)


def _personal_data(row: Row) -> str | None:
    """The level of personal data, of what two columns say of it.

    Special category data are personal data. Where one column denies what the other says, or the
    second cannot be understood, neither is believed.
    """
    level = _value(row, "personal-data", personal_data_level)
    is_special = _value(row, "special-category", is_special_category)
    if any(fault.field == "special-category" for fault in row.withheld):
        return None
    if (level == "none" and is_special) or (level == "special-category" and is_special is False):
        row.withhold(
            "contradictory-values",
            "One column says that there are special category data and the other that there are "
            "none.",
            "special-category",
            str(row.cells["special-category"]),
        )
        return None
    return "special-category" if is_special else level


def _legal_bases(row: Row) -> tuple[str, ...]:
    found: list[str] = []
    for column, article in (("lawful-basis", 6), ("special-category-condition", 9)):
        if said := _said(row, column, frozenset({"none"})):
            bases, faults = legal_bases(said, article)
            found += [each for each in bases if each not in found]
            for fault in faults:
                row.withhold(fault.rule, fault.message, column, fault.value)
    return tuple(found)


def _format(row: Row) -> tuple[str | None, str | None]:
    """The notation of a format, or else the words for it."""
    text = _text(row, "format")
    if text is None:
        return None, None
    whole = _listed(_FORMATS, text)
    if whole:
        return whole, None
    parts = {_listed(_FORMATS, each) for each in re.split(r"[,;/&+]|\band\b", text) if each.strip()}
    if None in parts or not parts:
        return None, text
    return (parts.pop() if len(parts) == 1 else "mixed"), None


def _retention(row: Row) -> tuple[str | None, str | None]:
    """The words of a retention rule, and the action at its end; unknown actions join the rule."""
    stated = [_text(row, "retention"), _text(row, "retention-schedule")]
    disposal = _text(row, "disposal")
    action = _listed(_DISPOSALS, disposal) if disposal else None
    if disposal and not action:
        row.note(
            "unknown-category",
            "The words are no disposal action of the list; they are kept with the retention rule.",
            "disposal",
            disposal,
        )
        stated.append(disposal)
    return "; ".join(each for each in stated if each) or None, action


def _shared_with(row: Row) -> tuple[str, ...]:
    """With whom an asset is shared, in the register's words.

    Semicolons and line ends divide, and commas do not: names have them.
    """
    if not _said(row, "shared-with", _NOBODY):
        return ()
    text = str(row.cells["shared-with"])
    found: list[str] = []
    for each in re.split(r"[;\n]", text):
        inner = Row(row.number, {"shared-with": each}, row.withheld, row.read, row.noted)
        recipient = _text(inner, "shared-with")
        if recipient and has_honorific(recipient):
            row.withhold(
                "contact-of-a-person",
                "A person's name stands among those with whom the asset is shared; it is not "
                "shown here.",
                "shared-with",
            )
        elif recipient and recipient not in found:
            found.append(recipient)
    return tuple(found)


def _reviews(row: Row) -> tuple[date | None, date | None]:
    reviewed, following = _value(row, "reviewed", _day), _value(row, "next-review", _day)
    if reviewed and following and following < reviewed:
        row.note(
            "dates-out-of-order",
            f"The next review, {following}, lies before the last one, {reviewed}.",
            "next-review",
            str(following),
        )
    return reviewed, following


def _day(cell: str) -> date:
    """A day; the time of one that has a time is left away.

    The British order of day and month is refused: whether 3/4/2025 is in March or in April cannot
    be told from the cell, nor what a spreadsheet has done to it before.
    """
    if _BRITISH_DAY.fullmatch(cell):
        raise Fault(
            "bad-date",
            f"“{cell}” can be read with the day or with the month first: write it YYYY-MM-DD, or "
            "keep it as a date in a workbook.",
        )
    moment = _MOMENT.fullmatch(cell)
    return date_in_force(moment[1] if moment else cell)


def _listed(lists: dict[str, tuple[str, ...]], text: str) -> str | None:
    said = folded(text)
    return next((notation for notation, each in lists.items() if said in each), None)


ASSET_REGISTER = (
    Format(
        "information-asset-register-csv",
        "Registers of information assets, CSV",
        Delimited(COLUMNS),
        _asset,
    ),
    Format(
        "information-asset-register-xlsx",
        "Registers of information assets, Excel workbooks (.xlsx)",
        Workbook(COLUMNS),
        _asset,
    ),
)
