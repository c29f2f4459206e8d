"""Registers of information sharing agreements, under the headings they have, in CSV and Excel.

The columns are those of the register that Part 5 of the Digital Economy Act 2017 led to, and of
others like it. `docs/governance-registers.md` says what is accepted.
"""

from loaders.formats.assets.register_cells import register_day, text_of, value_of
from loaders.formats.governance.stated import (
    Meant,
    parties,
    pieces_of,
    reference_of,
    refuse_above_official,
)
from loaders.formats.governance.statutes import statute
from loaders.formats.reading.delimited import Delimited
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.headings import PERSONS, folded, headings_of
from loaders.formats.reading.row import Row
from loaders.formats.reading.workbook import Workbook
from loaders.issues import Fault
from loaders.numbers import yes_or_no
from loaders.records import Agreement, Record, Remarks
from loaders.values import web_address

ALIASES: dict[str, tuple[str, ...]] = {
    "reference": (
        *("ref", "ref no", "reference number", "isa id", "isa ref", "isa reference", "dsa ref"),
        *("dsa reference", "agreement ref", "agreement reference", "agreement id", "id"),
        *("agreement number", "unique id", "isa number", "dsa number"),
    ),
    "title": (
        *("name", "agreement", "agreement name", "name of agreement", "isa name", "isa title"),
        *("agreement title", "title of agreement", "dsa name", "dsa title"),
    ),
    "providers": (
        *("provider", "data provider", "data providers", "discloser", "disclosers", "disclosed by"),
        *("disclosing organisation", "disclosing organisations", "sharing organisation"),
        *("sharing organisations", "data supplier", "data suppliers"),
    ),
    "recipients": (
        *("recipient", "data recipient", "data recipients", "receiving organisation"),
        *("receiving organisations", "disclosed to", "receiver", "receivers", "recipient s"),
    ),
    "controllers": (
        *("controller", "data controller", "data controllers", "parties", "party", "partners"),
        *("parties to the agreement", "organisations", "signatories"),
    ),
    "processors": ("processor", "data processor", "data processors"),
    "purpose": ("purposes", "purpose of sharing", "purpose of the agreement", "aim", "objective"),
    "benefits": ("benefit", "expected benefits", "public benefit", "benefits of sharing"),
    "information": (
        *("disclosed information", "information disclosed", "data shared", "information shared"),
        *("data to be shared", "information to be disclosed", "description", "data disclosed"),
    ),
    "method": ("method of disclosure", "method of sharing", "transfer method", "how shared"),
    "powers": (
        *("power", "legal powers", "legal power", "legal gateway", "gateway", "legal gateways"),
        *("statutory gateway", "legislation", "legal basis"),
    ),
    "start": ("start date", "commencement date", "date of agreement", "effective date", "from"),
    "end": ("end date", "expiry date", "expiry", "date of expiry", "until"),
    "review": ("review date", "next review", "next review date", "date of next review"),
    "retention": ("retention period", "retention schedule", "how long kept"),
    "status": ("isa status", "agreement status", "dsa status", "state"),
    "signed": ("signed by all", "signed by all parties"),
    "privacy-notice": ("link to privacy notice", "privacy notice link", "privacy notice url"),
    "classification": ("security classification", "protective marking", "marking"),
    "source": ("source document", "web address", "link to agreement"),
}
"""The columns, each with the headings that mean it beside its own name: words in small letters."""

_IGNORED = ("notes", "note", "comments", "owner", "created at", "updated at", *PERSONS)
COLUMNS = headings_of(ALIASES, ("title", "purpose"), _IGNORED)

_STATUSES = {
    "draft": ("draft", "being drafted", "proposed"),
    "in-force": ("in force", "active", "current", "live"),
    "under-review": ("under review", "in review"),
    "expired": ("expired", "lapsed"),
    "ended": ("ended", "terminated", "withdrawn", "closed"),
}
_BY_WORDS = {said: status for status, each in _STATUSES.items() for said in each}


def _agreement(row: Row, feed: Feed) -> tuple[Record, ...]:
    refuse_above_official(row)
    title, purpose = _needed(row, "title"), _needed(row, "purpose")
    providers, recipients, undirected = _parties(row, feed)
    powers = pieces_of(row, "powers")
    addresses = [address for each in powers if (address := _power(row, each))]
    processors = pieces_of(row, "processors")
    notes = [
        f"{label}: {said}"
        for label, said in (
            ("Method as stated", text_of(row, "method")),
            ("Retention as stated", text_of(row, "retention")),
            ("Processors as stated", "; ".join(processors) or None),
        )
        if said
    ]
    return (
        Agreement(
            ref=reference_of(row, "reference", title),
            title=title,
            description=text_of(row, "information"),
            providers=providers.known,
            recipients=recipients.known,
            providers_stated=providers.stated,
            recipients_stated=recipients.stated,
            parties=undirected.known,
            parties_stated=undirected.stated,
            purpose=purpose,
            benefit=text_of(row, "benefits"),
            legal_powers=tuple(dict.fromkeys(addresses)),
            bases_stated=powers,
            began=value_of(row, "start", register_day),
            ended=value_of(row, "end", register_day),
            next_review=value_of(row, "review", register_day),
            status=value_of(row, "status", _status),
            is_signed=value_of(row, "signed", yes_or_no),
            privacy_notice=value_of(row, "privacy-notice", web_address),
            remarks=Remarks(
                note=". ".join(notes) or None, source=value_of(row, "source", web_address)
            ),
        ),
    )


def _needed(row: Row, column: str) -> str:
    said = text_of(row, column)
    if said is None:
        raise Fault(
            "missing-value",
            "There is nothing that can be loaded, and every record needs it.",
            column,
        )
    return said


def _parties(row: Row, feed: Feed) -> tuple[Meant, Meant, Meant]:
    """Who gives, who gets, and the parties where a register names them alone."""
    providers, recipients = parties(row, "providers", feed), parties(row, "recipients", feed)
    if providers.stated and recipients.stated:
        return providers, recipients, Meant()
    controllers = parties(row, "controllers", feed)
    if controllers.stated and not (providers.stated or recipients.stated):
        row.note(
            "unstated-direction",
            "The register names the parties and not who gives and who gets: they are loaded as "
            "parties, and nobody as giving or getting.",
            "controllers",
        )
        return Meant(), Meant(), controllers
    missing = "recipients" if providers.stated else "providers"
    raise Fault(
        "missing-value",
        "The register does not say who gives the information and who gets it.",
        missing,
    )


def _power(row: Row, said: str) -> str | None:
    try:
        return web_address(said)
    except Fault:
        found = statute(said)
    if found is None:
        row.note(
            "unknown-category",
            "The words name no statute that is recognised; they are kept as stated.",
            "powers",
            said,
        )
    return found


def _status(cell: str) -> str:
    try:
        return _BY_WORDS[folded(cell)]
    except KeyError:
        raise Fault(
            "unknown-category", f"“{cell}” is no status of an agreement that the list has."
        ) from None


AGREEMENT_REGISTER = (
    Format(
        "agreement-register-csv",
        "Registers of information sharing agreements, CSV",
        Delimited(COLUMNS),
        _agreement,
    ),
    Format(
        "agreement-register-xlsx",
        "Registers of information sharing agreements, Excel workbooks (.xlsx)",
        Workbook(COLUMNS),
        _agreement,
    ),
)
