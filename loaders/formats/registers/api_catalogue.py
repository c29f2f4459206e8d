"""The organisations of the UK API catalogue, CSV: those whose interfaces it lists.

Its identifiers are its own, and its notes call the list one for internal use that is to change. So
a body's key is one that the source declares for the identifier, else the source's own.
"""

import re

from loaders.formats.reading.delimited import Columns, Delimited
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.row import Row
from loaders.records import Identifier, Organisation, Record
from loaders.values import slug, web_address, words

_ON_GOV_UK = re.compile(r"https://www\.gov\.uk/government/organisations/([a-z0-9]+(?:-[a-z0-9]+)*)")


def _organisation(row: Row, feed: Feed) -> tuple[Record, ...]:
    code = row.required("id", slug)
    name = row.required("name", words)
    other = row.optional("alternateName", words)
    organisation = Organisation(
        key=feed.organisations.get(code) or feed.own_key(code),
        name=name,
        other_names=(other,) if other and other != name else (),
        homepage=row.optional("url", web_address),
    )
    if page := _ON_GOV_UK.fullmatch(organisation.homepage or ""):
        return organisation, Identifier("organisation", organisation.key, "gov-uk-slug", page[1])
    return (organisation,)


API_CATALOGUE_ORGANISATIONS = (
    Format(
        "api-catalogue-organisations",
        "The organisations of the UK API catalogue, CSV",
        Delimited(Columns(("id", "name"), ("alternateName", "url"))),
        _organisation,
    ),
)
