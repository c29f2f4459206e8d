"""The Home Office's register of systems, as JSON that its program writes.

The owners of a system stand in it by name, as do those who wrote its entry: they are never read.
"""

from loaders.formats.governance.stated import holder_of
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.headings import folded
from loaders.formats.reading.json_items import JsonItems
from loaders.formats.reading.row import Row
from loaders.impersonal import impersonal
from loaders.issues import Fault
from loaders.records import InformationSystem, Record, Remarks
from loaders.values import Reader, words

_PERSONS = (
    *("product_owner", "business_owner", "information_asset_owner", "service_owner"),
    *("tech_owner", "technical_owner", "last_updated"),
)
_KNOWN = (
    *("name", "id", "aliases", "description", "portfolio", "criticality", "investment_state"),
    *("developed_by", "supported_by", "risks", "public_facing"),
)
# Of the register's words, those that a concept of ours has for a label.
_STATUSES = {"sunset": "being-replaced", "decommissioned": "retired"}
_CRITICALITIES = {"critical": "critical", "important": "important", "routine": "routine"}


def _system(row: Row, feed: Feed) -> tuple[Record, ...]:
    return (
        InformationSystem(
            holder=holder_of(feed),
            ref=row.required("id", words),
            name=row.required("name", impersonal),
            description=row.prose("description"),
            supplier=row.optional("developed_by", impersonal),
            status=row.optional("investment_state", _listed(_STATUSES, "status")),
            criticality=row.optional("criticality", _listed(_CRITICALITIES, "criticality")),
            remarks=Remarks(note=_note(row)),
        ),
    )


def _listed(known: dict[str, str], what: str) -> Reader[str]:
    def read(cell: str) -> str:
        try:
            return known[folded(cell)]
        except KeyError:
            raise Fault(
                "unknown-category",
                f"“{cell}” is no {what} of a system that our list has; it is kept in the note.",
            ) from None

    return read


def _note(row: Row) -> str | None:
    """What the register says besides, under the names of its members, for one's own staff."""
    said = [
        f"{label}: {'; '.join(found)}."
        for label, found in (
            ("Also called", row.several("aliases", impersonal)),
            ("Portfolio", row.several("portfolio", impersonal)),
            ("Criticality as stated", row.several("criticality", impersonal)),
            ("Investment state", row.several("investment_state", impersonal)),
            ("Supported by", row.several("supported_by", impersonal)),
            ("Public facing", row.several("public_facing", impersonal)),
            ("Risks", tuple(filter(None, map(_risk, row.each("risks"))))),
        )
        if found
    ]
    return " ".join(said) or None


def _risk(row: Row) -> str | None:
    """A risk's name and level; why it has that level is told nowhere."""
    name, level = row.optional("name", impersonal), row.optional("level", impersonal)
    return f"{name} ({level})" if name and level else name


SYSTEM_REGISTER = (
    Format(
        "home-office-systems",
        "The Home Office's register of systems, JSON",
        JsonItems("systems", known=frozenset({*_KNOWN, *_PERSONS})),
        _system,
    ),
)
