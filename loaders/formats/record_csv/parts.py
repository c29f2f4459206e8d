"""Parts of organisations: units and posts."""

from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.formats.record_csv.own_format import own_format
from loaders.formats.record_csv.registers import (
    REMARKS,
    categories,
    flag,
    owner,
    remarks,
    text,
    visible_to,
)
from loaders.impersonal import impersonal, post_title
from loaders.records import Post, Record, Unit
from loaders.values import calendar_date, date_in_force, team_address, web_address


def _unit(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        Unit(
            organisation=owner(row),
            name=row.required("name", impersonal),
            parent=text(row, "parent"),
            description=text(row, "description"),
            source=row.optional("source", web_address),
            visible_to=visible_to(row),
        ),
    )


def _post(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        Post(
            organisation=owner(row),
            title=row.required("title", post_title),
            unit=text(row, "unit"),
            roles=categories(row, "roles", "governance-role"),
            is_filled=flag(row, "filled"),
            vacant_since=row.optional("vacant-since", date_in_force),
            training_completed=row.optional("training", calendar_date),
            mailbox=row.optional("mailbox", team_address),
            remarks=remarks(row),
        ),
    )


PARTS = (
    own_format(
        "unit",
        "Units of organisations",
        ("organisation", "name"),
        ("parent", "description", "visible-to", "source"),
        _unit,
    ),
    own_format(
        "post",
        "Posts in organisations",
        ("organisation", "title"),
        ("unit", "roles", "filled", "vacant-since", "training", "mailbox", *REMARKS),
        _post,
    ),
)
