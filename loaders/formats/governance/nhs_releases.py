"""NHS Digital's register of data releases, the workbook that it published each month.

A row of the sheet DataReleases is one kind of data that went to one organisation under one version
of an agreement, whose purpose stands on the sheet PurposeStatements. Each becomes a data flow, and
part of the agreement, which is known by its reference without the version. Nothing is loaded of
what the register does not say: whether personal data flow, or that a release is regular.
"""

import re
from functools import lru_cache

from loaders.formats.governance.stated import holder_of
from loaders.formats.governance.statutes import statute
from loaders.formats.reading.delimited import Columns
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.headings import folded
from loaders.formats.reading.joined_sheets import JoinedSheets
from loaders.formats.reading.row import Row
from loaders.formats.reading.workbook import Workbook
from loaders.honorifics import has_honorific
from loaders.identity import name_slug
from loaders.impersonal import impersonal
from loaders.issues import Fault
from loaders.records import Agreement, DataFlow, Dataset, Lawfulness, Party, Record, Remarks, Text
from loaders.values import code

_KIND = (
    "Data provided to customer: Identifiable, Anonymised - ICO code compliant, "
    "Aggregated -anonymised"
)
_BASIS = "Legal Basis for Provision of Data (Dissemination)"
_SENSITIVE = "Sensitive or Non-Sensitive"
_PURPOSE = "purpose-statement"
_VERSION = re.compile(r"(.+)-v([0-9]+(?:\.[0-9]+)*)")
_IDENTIFIABILITY = {
    "identifiable": "identifiable",
    "pseudonymised": "de-personalised",
    "anonymised ico code compliant": "anonymous",
    "aggregated anonymised": "aggregate",
    "aggregated": "aggregate",
}
# That data are “Sensitive” says neither of which sort they are nor that they are personal.
_SAID_IN_SUMMARY = (
    _SENSITIVE,
    "Frequency",
    "Patient Opt-Outs applied",
    "Common law duty of confidentiality",
)
_RELEASES = Columns(
    required=("RowID", "Organisation Name", "Type of Data Provided", "NIC Number"),
    optional=(_KIND, _BASIS, *_SAID_IN_SUMMARY),
    # Purposes stand on their own sheet, and no release of the register has a number of this kind.
    ignored=("Purpose", "MR Number (where relevant)"),
)
_PURPOSES = Columns(
    required=("Reference Number", "Objective for Processing"),
    optional=("Expected Measurable Benefits",),
    ignored=(
        *("Organisation", "Processing Activities", "Expected Output", "Yielded Benefits"),
        "Organisation Type",
    ),
)


def _release(row: Row, feed: Feed) -> tuple[Record, ...]:
    giver = holder_of(feed)
    ref = row.required("RowID", code)
    organisation = row.required("Organisation Name", impersonal)
    data = row.required("Type of Data Provided", impersonal)
    number = row.required("NIC Number", code)
    versioned = _VERSION.fullmatch(number)
    agreement = versioned[1] if versioned else number
    taker = _organisation(row, organisation, feed)
    basis = row.optional(_BASIS, impersonal)
    power = statute(basis) if basis else None
    title = f"Agreement {agreement}"
    dataset = Dataset(name_slug(data), (Text(data),), publisher=Party(giver))
    powers = (power,) if power else ()
    return (
        DataFlow(
            ref=ref,
            title=f"{data} to {organisation}",
            giver=giver,
            taker=taker,
            taker_stated=organisation,
            assets=(),
            datasets=(f"dataset/{feed.source}/{dataset.key}",),
            # The statement of purpose may be as long as a chapter, and stands at the agreement.
            purpose=f"As the {title[0].lower()}{title[1:]} says.",
            agreement=agreement,
            identifiability=row.optional(_KIND, _identifiability),
            lawfulness=Lawfulness(
                legal_powers=powers,
                bases_stated=(basis,) if basis else (),
            ),
            remarks=Remarks(public_summary=_summary(row)),
        ),
        Agreement(
            ref=agreement,
            title=title,
            providers=(giver,),
            recipients=(taker,) if taker else (),
            recipients_stated=(organisation,),
            purpose=_statement(row, "Objective for Processing") or title,
            benefit=_statement(row, "Expected Measurable Benefits"),
            legal_powers=powers,
            bases_stated=(basis,) if basis else (),
            versions=(versioned[2],) if versioned else (),
            is_part=True,
        ),
        dataset,
    )


def _organisation(row: Row, stated: str, feed: Feed) -> str | None:
    found = feed.party(stated)
    if found and found.key:
        return found.key
    row.note(
        "unknown-organisation",
        "The organisation is not declared as one of ours; its name is kept.",
        "Organisation Name",
        stated,
    )
    return None


def _identifiability(cell: str) -> str:
    try:
        return _IDENTIFIABILITY[folded(cell)]
    except KeyError:
        raise Fault(
            "unknown-category", f"“{cell}” is none of the register's kinds of data."
        ) from None


def _statement(row: Row, column: str) -> str | None:
    """What the statement of purpose says; nothing of it where a person is addressed in it."""
    inner = row.within(_PURPOSE)
    stated = inner.cells.get(column) if inner else None
    if not isinstance(stated, str):
        return None
    said, is_personal, noted = _read_once(stated)
    for rule, message in noted:
        row.note(rule, message, f"{_PURPOSE}.{column}")
    if is_personal:
        row.withhold(
            "contact-of-a-person",
            "A person is named in the text with a title; it is not loaded, nor shown here.",
            f"{_PURPOSE}.{column}",
        )
        return None
    return said


@lru_cache(maxsize=2048)
def _read_once(text: str) -> tuple[str | None, bool, tuple[tuple[str, str], ...]]:
    """The words of a long text, whether they name a person, and what was odd, by rule and message.

    Hundreds of rows refer to one text of tens of thousands of characters.
    """
    row = Row(0, {"text": text})
    said = row.prose("text")
    if said and folded(said) in ("n a", "none", "not applicable"):
        said = None
    noted = tuple((each.rule, each.message) for each in row.noted)
    return said, bool(said) and has_honorific(said or ""), noted


def _summary(row: Row) -> str | None:
    """What the register says of a release and no list of ours has words for, under its headings."""
    said = [(column, row.optional(column, impersonal)) for column in _SAID_IN_SUMMARY]
    return " ".join(f"{column}: {told.rstrip('.')}." for column, told in said if told) or None


NHS_RELEASES = (
    Format(
        "nhs-digital-releases",
        "NHS Digital's register of data releases, Excel workbooks (.xlsx)",
        JoinedSheets(
            Workbook(_RELEASES, sheet="DataReleases"),
            Workbook(_PURPOSES, sheet="PurposeStatements"),
            "NIC Number",
            "Reference Number",
            _PURPOSE,
        ),
        _release,
    ),
)
