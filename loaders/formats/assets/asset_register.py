"""Registers of information assets, in CSV and in Excel workbooks, under the headings they have.

An owner is a post and never a person, and a record that is classified above OFFICIAL is left out
before anything else of it is read. `docs/information-asset-register.md` says what is accepted.
"""

import re
from datetime import date

from loaders.errors import DeclarationError
from loaders.formats.assets.asset_headings import COLUMNS
from loaders.formats.assets.disposal_actions import disposal_action
from loaders.formats.assets.legal_basis import legal_bases
from loaders.formats.assets.personal_data import is_special_category, personal_data_level
from loaders.formats.assets.register_cells import register_day, said_in, text_of, value_of
from loaders.formats.assets.security_classification import security_classification
from loaders.formats.reading.delimited import Delimited
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.headings import folded
from loaders.formats.reading.row import Row
from loaders.formats.reading.workbook import Workbook
from loaders.honorifics import has_honorific
from loaders.identity import name_slug
from loaders.issues import Fault
from loaders.numbers import yes_or_no
from loaders.privacy import has_telephone
from loaders.records import InformationAsset, Record
from loaders.values import (
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
_NO_POST = frozenset({"vacant", "vacancy", "none", "no owner", "not assigned", "unassigned"})
_NOBODY = frozenset({"yes", "y", "no", "n", "none", "nobody", "no one", "not shared", "nil"})
_DECIMALS = re.compile(r"[0-9]+\.0+|[0-9]\.[0-9]+[Ee][+-]?[0-9]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}")


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
            description=text_of(row, "description"),
            owner=_post(row, "owner"),
            steward=_post(row, "steward"),
            custodian=_post(row, "custodian"),
            unit=text_of(row, "unit") or text_of(row, "directorate"),
            system=text_of(row, "system") or text_of(row, "location"),
            format=format_,
            format_stated=format_stated,
            personal_data=_personal_data(row),
            legal_bases=_legal_bases(row),
            classification=classification,
            retention=retention,
            disposal=disposal,
            shared_with=_shared_with(row),
            is_open=value_of(row, "open-data", yes_or_no),
            risk=text_of(row, "risk"),
            reviewed=reviewed,
            next_review=next_review,
            source=value_of(row, "source", web_address),
        ),
    )


def _name(row: Row) -> str:
    name = text_of(row, "name")
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
    said = said_in(row, "reference")
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
    said = said_in(row, column, _NO_POST)
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
    level = value_of(row, "personal-data", personal_data_level)
    is_special = value_of(row, "special-category", is_special_category)
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
        if said := said_in(row, column, frozenset({"none"})):
            bases, faults = legal_bases(said, article)
            found += [each for each in bases if each not in found]
            for fault in faults:
                row.withhold(fault.rule, fault.message, column, fault.value)
    return tuple(found)


def _format(row: Row) -> tuple[str | None, str | None]:
    """The notation of a format, or else the words for it."""
    text = text_of(row, "format")
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
    stated = [text_of(row, "retention"), text_of(row, "retention-schedule")]
    disposal = text_of(row, "disposal")
    action = disposal_action(disposal) if disposal else None
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
    if not said_in(row, "shared-with", _NOBODY):
        return ()
    text = str(row.cells["shared-with"])
    found: list[str] = []
    for each in re.split(r"[;\n]", text):
        inner = Row(row.number, {"shared-with": each}, row.withheld, row.read, row.noted)
        recipient = text_of(inner, "shared-with")
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
    reviewed = value_of(row, "reviewed", register_day)
    following = value_of(row, "next-review", register_day)
    if reviewed and following and following < reviewed:
        row.note(
            "dates-out-of-order",
            f"The next review, {following}, lies before the last one, {reviewed}.",
            "next-review",
            str(following),
        )
    return reviewed, following


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
