"""Lists of what an index was made of, CSV: indicators, and the datasets that each comes from.

Greater Manchester's Digital Exclusion Risk Index comes with such lists, in two layouts. A row names
one dataset of one indicator; an indicator becomes a dataset of its own that was derived from those
of its rows, and stands in as many rows as it has parts of the country.
"""

import re
from datetime import date

from loaders.formats.catalogues.dataset_values import key_from
from loaders.formats.catalogues.dataset_words import once, title_of
from loaders.formats.catalogues.extents import Period, first_day, last_day
from loaders.formats.catalogues.publisher import noted_publisher
from loaders.formats.reading.delimited import Columns, Delimited
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.row import Row
from loaders.identity import name_slug
from loaders.issues import Fault
from loaders.records import Dataset, Record
from loaders.values import web_address, words

_ALIASES = {
    "indicator name": "Indicator",
    "dataset source": "Dataset",
    "dataset name": "Dataset",
    "data producer": "Organisation",
    "source url": "URL",
    "url link": "URL",
    "release date": "Released",
    "data released": "Released",
    "date of data": "Covered",
    "data covered": "Covered",
}
_COLUMNS = Columns(
    required=("Indicator", "Dataset", "URL"),
    optional=("Organisation", "Released", "Covered"),
    # parts of the country in words, and how the index was made of the data
    ignored=("Geographical area", "Geographic coverage", "Data accessed", "Notes"),
    aliases=_ALIASES,
)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_LONG = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,9}) ([0-9]{4})")
_SHORT = re.compile(r"([0-9]{1,2})-([A-Za-z]{3})-([0-9]{2})")
_MONTH = re.compile(r"([A-Za-z]{3})-([0-9]{2})")
_CENTURY = 2000  # no list of such sources is older


def _source(row: Row, feed: Feed) -> tuple[Record, ...]:
    indicator, title = title_of(row, "Indicator"), title_of(row, "Dataset")
    address = row.optional("URL", web_address)
    publisher = noted_publisher(
        row, feed.party(row.optional("Organisation", words)), "Organisation"
    )
    released = row.optional("Released", released_on)
    began, ended = row.optional("Covered", covered) or (None, None)
    key = key_from("\n".join((title.value, address or "", str(released), str(began))))
    return (
        Dataset(
            key=key,
            titles=(title,),
            publisher=publisher,
            landing_page=address,
            issued=released,
            began=began,
            ended=ended,
        ),
        Dataset(
            key=f"indicator-{name_slug(indicator.value)}",
            titles=(indicator,),
            derived_from=once((key,)),
            is_mention=True,
        ),
    )


def released_on(cell: str) -> date:
    """A day in English: `9th September 2020`, or `16-Sep-21`, which a spreadsheet made of it."""
    if found := _LONG.fullmatch(words(cell)):
        return _day(cell, found[1], found[2], int(found[3]))
    if found := _SHORT.fullmatch(cell):
        return _day(cell, found[1], found[2], _CENTURY + int(found[3]))
    raise Fault("bad-date", f"“{cell[:200]}” is not a day such as 9th September 2020.")


def covered(cell: str) -> Period:
    """The days that data are about: a day, a month such as `May-22`, or a year."""
    if found := _MONTH.fullmatch(cell):
        month = _day(cell, "1", found[1], _CENTURY + int(found[2]))
        return month, last_day(month.isoformat()[:7])
    if re.fullmatch("[0-9]{4}", cell):
        return first_day(cell), last_day(cell)
    day = released_on(cell)
    return day, day


def _day(cell: str, day: str, month: str, year: int) -> date:
    said = month.casefold()
    numbers = [number for number, each in enumerate(_MONTHS, 1) if each.startswith(said)]
    try:
        return date(year, numbers[0] if numbers else 0, int(day))
    except ValueError:
        raise Fault("bad-date", f"“{cell[:200]}” is not a day of the calendar.") from None


SOURCE_LISTS = (
    Format(
        "indicator-source-list",
        "The datasets from which the indicators of an index come, CSV",
        Delimited(_COLUMNS),
        _source,
    ),
)
