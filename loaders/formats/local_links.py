"""The pages of councils' services that GOV.UK sends people to (local-links-manager), as CSV.

A row says where one council keeps its page for one kind of service (a number of the Local
Government Service List, LGSL) and one thing to do there (a number of the Local Government
Interaction List, LGIL). The header of the file has four names and every row six cells: the two
numbers stand at the end, and the slugs where the header promises numbers.
"""

import hashlib

from loaders.formats.reading.delimited import Columns, Delimited
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.row import Row
from loaders.records import Channel, LocalLink, Record, Service
from loaders.values import list_number, notation, service_type, slug, undamaged, web_address

_number = undamaged(list_number)


def _interaction(cell: str) -> str:
    return notation("interaction-type")(_number(cell))


def _local_link(row: Row, feed: Feed) -> tuple[Record, ...]:
    council = row.required("la", slug)
    kind = row.required("lgsl", _number)
    page = row.required("link", web_address)
    provider = feed.party(council)
    if provider is None or provider.key is None:
        row.note(
            "unknown-organisation",
            f"The source declares no organisation for “{council}”; its words are loaded.",
            "la",
            council,
        )
    interaction = row.optional("lgil", _interaction)
    service = Service(
        key=f"{council}-{kind}",
        name=_words_of(row.required("service", slug)),
        provider=provider,
        types=(service_type(kind),),
        channels=(Channel(page, interaction, None if interaction else _named_by(page)),),
    )
    return (LocalLink(service),)


def _named_by(page: str) -> str:
    """What tells the channel of a page from others whose interaction is not known either."""
    return f"page-{hashlib.sha256(page.encode()).hexdigest()[:12]}"


def _words_of(name: str) -> str:
    """The words of a slug, the first of them with a capital."""
    words = name.replace("-", " ")
    return words[:1].upper() + words[1:]


LOCAL_LINKS = (
    Format(
        "govuk-local-links",
        "GOV.UK's links to the pages of councils' services, CSV",
        Delimited(
            Columns(
                required=("la", "service", "link", "lgsl"),
                optional=("lgil",),
                ignored=("interaction",),  # says in words what lgil says
            ),
            names=("la", "service", "interaction", "link", "lgsl", "lgil"),
            header=("la", "lgsl", "lgil", "link"),
        ),
        _local_link,
    ),
)
