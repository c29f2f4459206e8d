"""A strategy, the documents that tell of it word for word, and what was done about it."""

from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.formats.record_csv.own_format import own_format
from loaders.issues import Fault
from loaders.numbers import whole_number, yes_or_no
from loaders.records import (
    Consultation,
    Decision,
    DeliveryPlan,
    Document,
    Record,
    Statement,
    Strategy,
    Workshop,
)
from loaders.topics import concept_path, scheme_name, topic_path
from loaders.values import (
    calendar_date,
    file_type,
    notation,
    organisation_key,
    slug,
    web_address,
    words,
)

_MOST = 100
_MISSION = concept_path("mission-2022", "mission-2026")


def _counted(cell: str) -> int:
    """A whole number from 1."""
    number = whole_number(cell)
    if number == 0:
        raise Fault("bad-number", "The count begins with 1, and this is 0.")
    return number


def _years(cell: str) -> int:
    """How many years something spans: a century at most."""
    number = _counted(cell)
    if number > _MOST:
        raise Fault("bad-number", f"{number} is no number of years that anybody plans for.")
    return number


def _document(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        Document(
            key=row.required("key", slug),
            title=row.required("title", words),
            page=row.optional("page", web_address),
            file_type=row.optional("format", file_type),
            format_stated=row.optional("format-as-stated", words),
            stated_size=row.optional("stated-size", words),
            is_held=row.optional("held", yes_or_no),
            part_of=row.optional("part-of", slug),
            version_of=row.optional("version-of", slug),
            format_of=row.optional("format-of", slug),
            about=row.several("about", topic_path),
            generated_by=row.several("generated-by", topic_path),
            not_known=row.optional("not-known", words),
            source=row.optional("source", web_address),
        ),
    )


def _statement(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        Statement(
            key=row.required("key", slug),
            document=row.required("document", slug),
            position=row.required("position", _counted),
            wording=row.required("wording", words),
            states=row.several("states", topic_path),
            plain_english=row.optional("plain-english", words),
            text_status=row.optional("text-status", notation("text-status")),
            source=row.optional("source", web_address),
            rights=row.optional("rights", words),
        ),
    )


def _strategy(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        Strategy(
            key=row.required("key", slug),
            title=row.required("title", words),
            description=row.optional("description", words),
            vision=row.optional("vision", words),
            defines=row.several("defines", scheme_name),
            replaced_by=row.optional("replaced-by", slug),
            under=row.optional("under", slug),
            not_known=row.optional("not-known", words),
            sources=row.several("source", web_address),
        ),
    )


def _decision(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        Decision(
            key=row.required("key", slug),
            title=row.required("title", words),
            on=row.optional("on", calendar_date),
            weekday=row.optional("weekday", words),
            by=row.several("by", organisation_key),
            decided=row.several("decided", topic_path),
            not_known=row.optional("not-known", words),
            source=row.optional("source", web_address),
        ),
    )


def _consultation(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        Consultation(
            key=row.required("key", slug),
            title=row.required("title", words),
            opened=row.optional("opened", calendar_date),
            planned_end=row.optional("planned-end", calendar_date),
            closed=row.optional("closed", calendar_date),
            groups=row.several("groups", notation("stakeholder-group")),
            by=row.several("by", organisation_key),
            informs=row.several("informs", topic_path),
            not_known=row.optional("not-known", words),
            sources=row.several("source", web_address),
        ),
    )


def _workshop(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        Workshop(
            key=row.required("key", slug),
            title=row.required("title", words),
            on=row.optional("on", calendar_date),
            weekday=row.optional("weekday", words),
            description=row.optional("description", words),
            mode=row.optional("mode", notation("event-mode")),
            missions=row.several("missions", _MISSION),
            facilitated_by=row.several("facilitated-by", organisation_key),
            informs=row.several("informs", topic_path),
            not_known=row.optional("not-known", words),
            source=row.optional("source", web_address),
        ),
    )


def _delivery_plan(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        DeliveryPlan(
            key=row.required("key", slug),
            title=row.required("title", words),
            strategy=row.optional("strategy", slug),
            derived_from=row.several("derived-from", topic_path),
            years=row.optional("years", _years),
            began=row.optional("from", calendar_date),
            ends=row.optional("until", calendar_date),
            not_known=row.optional("not-known", words),
            source=row.optional("source", web_address),
        ),
    )


STRATEGY = (
    own_format(
        "document",
        "Documents",
        ("key", "title"),
        (
            "page",
            "format",
            "format-as-stated",
            "stated-size",
            "held",
            "part-of",
            "version-of",
            "format-of",
            "about",
            "generated-by",
            "not-known",
            "source",
        ),
        _document,
    ),
    own_format(
        "statement",
        "Statements of documents, word for word",
        ("key", "document", "position", "wording"),
        ("states", "plain-english", "text-status", "source", "rights"),
        _statement,
    ),
    own_format(
        "strategy",
        "Strategies",
        ("key", "title"),
        ("description", "vision", "defines", "replaced-by", "under", "not-known", "source"),
        _strategy,
    ),
    own_format(
        "decision",
        "Decisions",
        ("key", "title"),
        ("on", "weekday", "by", "decided", "not-known", "source"),
        _decision,
    ),
    own_format(
        "consultation",
        "Consultations",
        ("key", "title"),
        ("opened", "planned-end", "closed", "groups", "by", "informs", "not-known", "source"),
        _consultation,
    ),
    own_format(
        "workshop",
        "Workshops",
        ("key", "title"),
        (
            "on",
            "weekday",
            "description",
            "mode",
            "missions",
            "facilitated-by",
            "informs",
            "not-known",
            "source",
        ),
        _workshop,
    ),
    own_format(
        "delivery-plan",
        "Delivery plans",
        ("key", "title"),
        ("strategy", "derived-from", "years", "from", "until", "not-known", "source"),
        _delivery_plan,
    ),
)
