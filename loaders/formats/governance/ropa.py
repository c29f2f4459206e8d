"""Records of processing activities, in CSV and in Excel workbooks, under the headings they have.

The record is that of the source's `holder`, who is the controller. `docs/governance-registers.md`
says what is accepted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.formats.assets.register_cells import said_in, text_of, value_of
from loaders.formats.governance.personal_data_words import CATEGORIES, SUBJECTS
from loaders.formats.governance.retention_words import Kept, kept_for
from loaders.formats.governance.ropa_headings import COLUMNS
from loaders.formats.governance.stated import (
    bases_of,
    holder_of,
    meant,
    parties,
    pieces_of,
    reference_of,
    refuse_above_official,
)
from loaders.formats.reading.content import Content
from loaders.formats.reading.delimited import Delimited
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.headings import folded
from loaders.formats.reading.row import Row
from loaders.formats.reading.table import Layout, Table, Unreadable
from loaders.formats.reading.workbook import Workbook
from loaders.identity import code_slug
from loaders.issues import Fault
from loaders.numbers import yes_or_no
from loaders.records import Entry, Lawfulness, ProcessingActivity, Record, Remarks, RetentionRule
from loaders.values import one_of, web_address, words

_TERM = re.compile(r"(?:dpv|dpv-[a-z]+|dct|dcat|dpcat): ?[A-Za-z]+|Use https?://\S+")
_HOME = frozenset({"uk", "united kingdom", "england", "great britain", "within the uk", "uk only"})
_NOWHERE = frozenset({"no", "none", "no transfers", "nil", "not transferred"})
_NOBODY = frozenset({"none", "no", "nil", "nobody", "no one", "not shared"})


@dataclass(frozen=True, slots=True)
class WithoutTerms:
    """A layout whose rows of terms are passed over.

    Some templates have a row under their headings that names the term of the Data Privacy
    Vocabulary for each: it is a second header, and no record.
    """

    layout: Layout

    def read(self, content: Content) -> Table:
        """The rows of a file but for those in which nothing but terms stands."""
        table = self.layout.read(content)
        rows, remarks = table.rows, table.remarks

        def kept() -> Iterator[Row | Unreadable]:
            for row in rows:
                if isinstance(row, Row) and _is_of_terms(row):
                    message = f"Row {row.number} names the terms for the columns and no record."
                    remarks.append(Fault("comment-lines", message))
                else:
                    yield row

        return Table(kept(), remarks, table.unit, table.sheet)


def _is_of_terms(row: Row) -> bool:
    cells = [words(str(each)) for each in row.cells.values() if each not in (None, "")]
    return bool(cells) and all(map(_TERM.fullmatch, cells))


def _activity(row: Row, feed: Feed) -> tuple[Record, ...]:
    controller = holder_of(feed)
    refuse_above_official(row)
    purpose = text_of(row, "purpose")
    if purpose is None:
        raise Fault(
            "missing-value",
            "There is no purpose that can be loaded, and every record needs it.",
            "purpose",
        )
    name, function = text_of(row, "name"), text_of(row, "function")
    stated_name = name or purpose
    ref = reference_of(row, "reference", f"{function} {stated_name}" if function else stated_name)
    retention = _retention(row, controller, ref, stated_name)
    joint, processors = parties(row, "joint-controllers", feed), parties(row, "processors", feed)
    leaves_uk, countries = _transfers(row)
    notes = [f"Function as stated: {function}"] if function else []
    if joint.stated:
        notes.append(f"Joint controllers as stated: {'; '.join(joint.stated)}")
    if countries:
        notes.append(f"Transfers as stated: {countries}")
    activity = ProcessingActivity(
        controller=controller,
        ref=ref,
        name=stated_name,
        purpose=purpose,
        joint_controllers=joint.known,
        processors=processors.known,
        lawfulness=_lawfulness(row),
        # A processor is a recipient too (UK GDPR, Article 4(9)).
        recipients=tuple(
            dict.fromkeys(
                (
                    *pieces_of(row, "recipients", _NOBODY),
                    *pieces_of(row, "recipients-abroad", _NOBODY),
                    *processors.stated,
                )
            )
        ),
        rule=Entry(controller, retention.ref) if retention else None,
        leaves_uk=leaves_uk,
        safeguard="; ".join(pieces_of(row, "safeguards", _NOWHERE)) or None,
        security=text_of(row, "security"),
        is_high_risk=value_of(row, "high-risk", yes_or_no),
        is_automated=value_of(row, "automated", yes_or_no),
        privacy_notice=value_of(row, "privacy-notice", web_address),
        remarks=Remarks(note=". ".join(notes) or None, source=value_of(row, "source", web_address)),
        is_part="reference" not in row.cells,
    )
    return (activity, retention) if retention else (activity,)


def _lawfulness(row: Row) -> Lawfulness:
    subjects = meant(row, "data-subjects", SUBJECTS)
    categories = meant(row, "data-categories", CATEGORIES)
    bases = bases_of(row, ("lawful-basis", 6), ("special-category-condition", 9))
    schedule_one: list[str] = []
    conditions: list[str] = []
    for piece in pieces_of(row, "schedule-one"):
        try:
            schedule_one.append(one_of("schedule-1-condition")(piece))
        except Fault as fault:
            conditions.append(piece)
            row.note(fault.rule, "The words are kept as stated.", "schedule-one", piece)
    return Lawfulness(
        data_subjects=subjects.known,
        data_categories=categories.known,
        legal_bases=bases.known,
        schedule_one=tuple(dict.fromkeys(schedule_one)),
        subjects_stated=subjects.stated,
        categories_stated=categories.stated,
        bases_stated=(*bases.stated, *conditions),
    )


def _retention(row: Row, controller: str, ref: str, name: str) -> RetentionRule | None:
    """The rule for how long the data are kept, as a rule of the controller's for this activity."""
    said = text_of(row, "retention")
    if said is None:
        return None
    kept = kept_for(said)
    if kept == Kept():
        row.note(
            "unknown-category",
            "The words are no rule that can be worked out; they are kept as stated.",
            "retention",
            said,
        )
    return RetentionRule(
        organisation=controller,
        ref=f"ropa-{code_slug(ref)}",
        name=f"Retention: {name}",
        text=said,
        period=kept.period,
        trigger=kept.trigger,
        disposal=kept.disposal,
    )


def _transfers(row: Row) -> tuple[bool | None, str | None]:
    """Whether data leave the United Kingdom, and the words where these do not say so plainly."""
    said = said_in(row, "transfers")
    if said is None:
        return None, None
    if folded(said) in _NOWHERE | _HOME:
        return False, None
    stated = "; ".join(pieces_of(row, "transfers")) or None
    if re.match(r"y(?:es)?\b", folded(said)):
        return True, None if folded(said) in ("yes", "y") else stated
    return None, stated


ROPA = (
    Format(
        "processing-register-csv",
        "Records of processing activities, CSV",
        WithoutTerms(Delimited(COLUMNS)),
        _activity,
    ),
    Format(
        "processing-register-xlsx",
        "Records of processing activities, Excel workbooks (.xlsx)",
        WithoutTerms(Workbook(COLUMNS)),
        _activity,
    ),
)
