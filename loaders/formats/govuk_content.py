"""Services of the central government and of councils as GOV.UK's content API describes them, JSON.

A document is one page (`/api/content/…`) of a kind by which people get something done: a
transaction, a licence, a finder of places, or a local transaction, which is what all councils of
some kinds do and which has a number of the Local Government Service List (LGSL). The text of pages
is not loaded.
"""

import re

from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.json_items import JsonItems
from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.records import Channel, Party, Record, Service
from loaders.times import moment_or_day
from loaders.values import list_number, notation, service_type, slug, undamaged, words

_KINDS = frozenset({"licence", "local_transaction", "place", "transaction"})
_SITE = "https://www.gov.uk"
_PATH = re.compile(r"/[a-z0-9][a-z0-9/._-]*")
_number = undamaged(list_number)


def _content(row: Row, feed: Feed) -> tuple[Record, ...]:
    """A service.

    Raises:
        Fault: the page is of another kind, is withdrawn, or has no identifier, path or title.
    """
    kind = row.required("document_type", words)
    if kind not in _KINDS:
        raise Fault("out-of-scope", f"A page of the kind “{kind}” is no service.", "document_type")
    if row.has("withdrawn_notice"):
        raise Fault("out-of-scope", "The page is withdrawn.", "withdrawn_notice")
    if row.optional("locale", words) not in (None, "en"):
        raise Fault("out-of-scope", "Only pages in English are loaded.", "locale")
    page = f"{_SITE}{row.required('base_path', _path)}"
    details, links = row.within("details"), row.within("links")
    number = details.optional("lgsl_code", _number) if details else None
    interaction = details.optional("lgil_code", _interaction) if details else None
    bodies = links.each("organisations") if links else []
    return (
        Service(
            key=row.required("content_id", slug),
            name=row.required("title", words),
            description=row.prose("description"),
            responsible=_body(bodies[0], feed) if bodies and not number else None,
            types=(service_type(number),) if number else (),
            channels=(Channel(page, interaction),),
            modified=row.optional("public_updated_at", moment_or_day),
        ),
    )


def _body(row: Row, feed: Feed) -> Party | None:
    return feed.party(row.optional("title", words), row.optional("content_id", str))


def _path(cell: str) -> str:
    if not _PATH.fullmatch(cell):
        raise Fault("bad-web-address", f"“{cell}” is not a path of GOV.UK, such as /find-a-thing.")
    return cell


def _interaction(cell: str) -> str:
    return notation("interaction-type")(_number(cell))


GOVUK_CONTENT = (
    Format(
        "govuk-content",
        "Pages of GOV.UK by which people get something done (content API), JSON",
        JsonItems(items="results"),
        _content,
    ),
)
