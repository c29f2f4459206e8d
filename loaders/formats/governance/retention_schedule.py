"""Retention schedules in CSV and in Excel workbooks, under the headings they have.

What is kept is said once in words, always, and as period, event and action as far as the words are
understood (`retention_words`). `docs/governance-registers.md` says what is accepted.
"""

from loaders.formats.assets.disposal_actions import disposal_action
from loaders.formats.assets.register_cells import text_of, value_of
from loaders.formats.governance.retention_words import event_of, kept_for, months_of
from loaders.formats.governance.stated import holder_of, reference_of, refuse_above_official
from loaders.formats.reading.delimited import Delimited
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.headings import PERSONS, headings_of
from loaders.formats.reading.row import Row
from loaders.formats.reading.workbook import Workbook
from loaders.issues import Fault
from loaders.records import Record, RetentionRule
from loaders.values import web_address

ALIASES: dict[str, tuple[str, ...]] = {
    "reference": (
        *("ref", "ref no", "reference number", "retention ref", "rule ref", "schedule ref", "id"),
        *("retention reference", "classification code", "code", "number", "lgcs code", "unique id"),
        *("rule reference", "rule number", "entry"),
    ),
    "function": (
        *("business function", "function description", "main function", "service", "directorate"),
        *("department", "service area", "business area"),
    ),
    "activity": ("sub function", "activity description", "business activity", "process"),
    "name": (
        *("record class", "class", "record type", "type of record", "records", "record series"),
        *(
            "description of records",
            "records description",
            "record",
            "title",
            "series",
            "record name",
        ),
        *("document type", "records class", "type of records", "description of record"),
    ),
    "description": ("scope", "scope note", "notes on scope", "examples", "examples of records"),
    "trigger": (
        *("retention trigger", "event", "trigger event", "start of retention", "from"),
        *("retention starts", "start of retention period", "retention start"),
    ),
    "period": (
        *(
            "retention period",
            "retention",
            "how long kept",
            "period of retention",
            "retention rule",
        ),
        *("minimum retention period", "retention time", "length of retention", "kept for"),
    ),
    "action": (
        *("disposal action", "disposal", "action at end of retention", "final action"),
        *("action at the end of retention", "disposition", "disposal method", "final disposition"),
        *("action at end of the retention period",),
    ),
    "authority": (
        *("legislation", "statutory authority", "legal authority", "basis", "retention authority"),
        *("rationale", "reason", "justification", "statutory provision", "statutory provisions"),
        *("law", "citation", "source of authority", "retention justification"),
    ),
    "classification": ("security classification", "protective marking", "marking"),
    "source": ("source document", "web address"),
}
"""The columns, each with the headings that mean it beside its own name: words in small letters."""

_IGNORED = ("owner", "record owner", "notes", "note", "comments", "comment", *PERSONS)
COLUMNS = headings_of(ALIASES, ("name", "period"), _IGNORED)


def _rule(row: Row, feed: Feed) -> tuple[Record, ...]:
    organisation = holder_of(feed)
    refuse_above_official(row)
    name = text_of(row, "name")
    if name is None:
        raise Fault("missing-value", "There is no class of records that can be loaded.", "name")
    function, activity = text_of(row, "function"), text_of(row, "activity")
    scope = " – ".join(each for each in (function, activity, name) if each)
    period, trigger = text_of(row, "period"), text_of(row, "trigger")
    action, description = text_of(row, "action"), text_of(row, "description")
    kept = kept_for(period) if period else kept_for("")
    months, event, disposal = kept
    if trigger:
        event = _event(row, trigger, event)
        # A period that is a bare length of time runs from the event of its own column.
        months = months if kept.trigger in (None, event) else None
    if action:
        disposal = disposal_action(action) or disposal
        if disposal_action(action) is None:
            _note(row, "action", action, "no disposal action of the list")
    if period and not (kept.period or kept.trigger or kept.disposal or months_of(period)):
        _note(row, "period", period, "no rule that can be worked out")
    stated = [period, trigger and f"from: {trigger}", action and f"then: {action}", description]
    return (
        RetentionRule(
            organisation=organisation,
            ref=reference_of(row, "reference", scope),
            name=scope,
            text="; ".join(each for each in stated if each) or None,
            period=months,
            trigger=event,
            disposal=disposal,
            authority=text_of(row, "authority"),
            source=value_of(row, "source", web_address),
        ),
    )


def _event(row: Row, trigger: str, said: str | None) -> str | None:
    """The event of the trigger's own column; none where the period's words name another."""
    event = event_of(trigger)
    if event is None:
        _note(row, "trigger", trigger, "no event of the list")
        return None
    if said and said != event:
        row.withhold(
            "contradictory-values",
            "The column for the period names another event than this one; neither is loaded.",
            "trigger",
            trigger,
        )
        return None
    return event


def _note(row: Row, column: str, said: str, what: str) -> None:
    row.note("unknown-category", f"The words are {what}; they are kept as stated.", column, said)


RETENTION_SCHEDULE = (
    Format("retention-schedule-csv", "Retention schedules, CSV", Delimited(COLUMNS), _rule),
    Format(
        "retention-schedule-xlsx",
        "Retention schedules, Excel workbooks (.xlsx)",
        Workbook(COLUMNS),
        _rule,
    ),
)
