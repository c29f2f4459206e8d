"""The index of records under the Algorithmic Transparency Recording Standard, as CSV and JSON.

Each becomes an algorithmic tool of the index, known by the last step of its record's address. Who
publishes a record is said in words or not at all: they are linked where the source declares them.
"""

from urllib.parse import urlsplit

from loaders.formats.governance.stated import holder_of
from loaders.formats.reading.delimited import Columns, Delimited
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.json_items import JsonItems
from loaders.formats.reading.row import Row
from loaders.impersonal import impersonal
from loaders.issues import Fault
from loaders.records import AlgorithmicTool, Record
from loaders.values import slug, web_address

_KNOWN = ("publishing_body", "tool_name", "published", "url")
# Who keeps the index, the same for each; and the day of the record, which is none of the tool's.
_FURTHER = ("title", "description", "listed_organisations")


def _tool(row: Row, feed: Feed) -> tuple[Record, ...]:
    register = holder_of(feed)
    address = row.required("url", web_address)
    try:
        ref = slug(urlsplit(address).path.rstrip("/").rpartition("/")[2])
    except Fault as fault:
        raise Fault(fault.rule, fault.message, "url", address) from None
    body = row.optional("publishing_body", impersonal)
    found = feed.party(body)
    if body and found and not found.key:
        row.note(
            "unknown-organisation",
            "The publishing body is not declared as one of ours; its name is kept.",
            "publishing_body",
            body,
        )
    return (
        AlgorithmicTool(
            organisation=found.key if found else None,
            ref=ref,
            title=row.required("tool_name", impersonal),
            description=row.prose("description"),
            transparency_record=address,
            register=register,
            operator_stated=body,
        ),
    )


TRANSPARENCY_RECORDS = (
    Format(
        "transparency-records-csv",
        "Index of algorithmic transparency records, CSV",
        Delimited(
            Columns(("tool_name", "url"), ("publishing_body", "description"), ("published",))
        ),
        _tool,
    ),
    Format(
        "transparency-records-json",
        "Index of algorithmic transparency records, JSON",
        JsonItems("records", total="meta.n_records", known=frozenset({*_KNOWN, *_FURTHER})),
        _tool,
    ),
)
