"""Standards and what conforms to them, barriers, and contributions to missions and principles."""

import re

from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.formats.record_csv.own_format import own_format
from loaders.formats.record_csv.registers import category, reference, text, visible_to
from loaders.impersonal import impersonal
from loaders.issues import Fault
from loaders.records import Barrier, Conformance, Contribution, Record, Standard
from loaders.references import path_of, thing_path
from loaders.values import (
    calendar_date,
    date_in_force,
    notation,
    organisation_key,
    slug,
    web_address,
)

_MISSION = re.compile(r"(?:(?:mission-)?(2022|2026)/)?([1-9])")
_FIRST_STRATEGY = "2022"


def _standard(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        Standard(
            key=row.required("key", slug),
            title=row.required("title", impersonal),
            description=text(row, "description"),
            publisher_stated=text(row, "publisher-as-stated"),
            page=row.optional("page", web_address),
            source=row.optional("source", web_address),
        ),
    )


def _conformance(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        Conformance(
            key=row.required("key", slug),
            subject=row.required("subject", thing_path),
            standard=row.required("standard", slug),
            result=row.required("result", notation("conformance-result")),
            method=category(row, "method", "test-method"),
            tested=row.optional("on", date_in_force),
            ended=row.optional("until", calendar_date),
            evidence=text(row, "evidence"),
            note=text(row, "note"),
            visible_to=visible_to(row),
        ),
    )


def _barrier(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        Barrier(
            ref=reference(row),
            title=row.required("title", impersonal),
            barrier_type=row.required("type", notation("barrier-type")),
            blocks=row.several("blocks", thing_path),
            mitigated_by=row.optional("mitigated-by", path_of("delivery-action")),
            status=category(row, "status", "work-status"),
            description=text(row, "description"),
            note=text(row, "note"),
            source=row.optional("source", web_address),
        ),
    )


def _mission(cell: str) -> str:
    """The year of a strategy, “/” and a notation of its missions."""
    found = _MISSION.fullmatch(cell)
    if not found:
        raise Fault(
            "unknown-category",
            f"“{cell}” is no mission: write its number, such as 3, or a year before it: 2026/3.",
        )
    year = found[1] or _FIRST_STRATEGY
    return f"{year}/{notation(f'mission-{year}')(found[2])}"


def _said_basis(cell: str) -> str:
    basis = notation("contribution-basis")(cell)
    if basis == "derived-by-rule":
        raise Fault(
            "out-of-scope",
            "The contribution is said to be derived by a rule: such are computed, never loaded.",
        )
    return basis


def _basis(row: Row) -> str:
    """On what a contribution rests. Where nothing is said, somebody asserts it.

    Raises:
        Fault: something else is said, of which an assertion must not be made.
    """
    said = str(row.cells.get("basis") or "").strip()
    return row.required("basis", _said_basis) if said else "asserted"


def _contribution(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        Contribution(
            key=row.required("key", slug),
            contributor=row.required("contributor", thing_path),
            mission=row.optional("mission", _mission),
            principle=category(row, "principle", "principle-2022"),
            basis=_basis(row),
            rationale=text(row, "rationale"),
            by=row.optional("by", organisation_key),
            on=row.optional("on", calendar_date),
            source=row.optional("source", web_address),
            visible_to=visible_to(row),
        ),
    )


ASSURANCE = (
    own_format(
        "standard",
        "Standards",
        ("key", "title"),
        ("description", "publisher-as-stated", "page", "source"),
        _standard,
    ),
    own_format(
        "conformance",
        "Assertions that things conform to standards",
        ("key", "subject", "standard", "result"),
        ("method", "on", "until", "evidence", "visible-to", "note"),
        _conformance,
    ),
    own_format(
        "barrier",
        "Barriers to sharing and using information",
        ("ref", "title", "type"),
        ("blocks", "mitigated-by", "status", "description", "note", "source"),
        _barrier,
    ),
    own_format(
        "contribution",
        "Contributions to missions and principles",
        ("key", "contributor"),
        ("mission", "principle", "basis", "rationale", "by", "on", "visible-to", "source"),
        _contribution,
    ),
)
