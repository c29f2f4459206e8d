"""The catalogue of APIs of the United Kingdom's public sector, CSV: data services.

Lines within a description end in a backslash and an n. The address of an API is empty for some, and
shared by the APIs of one platform, so that address and name together tell them apart. Who maintains
an API is as often a person as a team, and is not loaded.
"""

from loaders.formats.catalogues.dataset_values import key_from
from loaders.formats.catalogues.dataset_words import moment_of, once, title_of
from loaders.formats.catalogues.licences import terms_of
from loaders.formats.catalogues.publisher import noted_publisher
from loaders.formats.reading.delimited import Columns, Delimited
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.row import Row
from loaders.records import DataService, Record, Text
from loaders.values import web_address, words

_COLUMNS = Columns(
    required=("url", "name", "provider"),
    optional=("dateAdded", "dateUpdated", "description", "documentation", "license", "startDate"),
    # a maintainer may be a person, and areas are told in words without codes
    ignored=("maintainer", "areaServed", "endDate"),
)
_LINE_END = r"\n"


def _data_service(row: Row, feed: Feed) -> tuple[Record, ...]:
    title = title_of(row, "name")
    address = row.optional("url", web_address)
    stated = row.required("provider", words)
    terms = terms_of(row, "license")
    said = str(row.cells.get("description") or "").replace(_LINE_END, " ")
    cells = {"description": said}
    inner = Row(row.number, cells, row.withheld, row.read, row.noted, row.way)
    described = inner.prose("description")
    return (
        DataService(
            key=key_from(f"{row.cells.get('url')}\n{title.value}\n{stated}"),
            titles=(title,),
            descriptions=(Text(described),) if described else (),
            publisher=noted_publisher(row, feed.party(stated), "provider"),
            licence=terms.licence,
            licence_stated=terms.stated,
            endpoint=address,
            documentation=once((row.optional("documentation", web_address),)),
            issued=moment_of(row, "startDate"),
            modified=moment_of(row, "dateUpdated"),
        ),
    )


API_CATALOGUE = (
    Format(
        "api-catalogue",
        "Data services of the UK public sector's API catalogue, CSV",
        Delimited(_COLUMNS),
        _data_service,
    ),
)
