"""What every catalogue says of its datasets in words: titles, texts, keywords, and who to ask."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from loaders.formats.catalogues.dataset_values import key_from
from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.records import Party, Text
from loaders.times import moment_or_day
from loaders.values import Reader, T, slug, team_name, words

_PLAIN_KEY = 80
_TEAM = re.compile(
    r"\b(?:teams?|centre|service|services|support|office|department|dept|unit|desk|helpdesk"
    r"|council|enquiries|group|section|data|information|statistics|division|directorate)\b",
    re.IGNORECASE,
)


def title_of(row: Row, column: str) -> Text:
    """The words of a title, which may hold HTML.

    Raises:
        Fault: there is none, or there are no words in it.
    """
    stated = row.required(column, words)
    if found := row.prose(column):
        return Text(found)
    raise Fault("no-words", "The title has no words in it.", row.way + column, stated)


def texts_of(row: Row, column: str) -> tuple[Text, ...]:
    """The words of a text for people as a list of one text, or of none."""
    found = row.prose(column)
    return (Text(found),) if found else ()


def text_of(row: Row, column: str) -> Text | None:
    """The words of a text for people; None where there are none."""
    found = row.prose(column)
    return Text(found) if found else None


def keywords_of(row: Row, column: str, separator: str = ",") -> tuple[Text, ...]:
    """Keywords, in a list or with a separator between them, each once."""
    return tuple(map(Text, once(row.several(column, words, separator))))


def once(found: Iterable[str | None]) -> tuple[str, ...]:
    """What is there of some values, each once, in their order."""
    return tuple(dict.fromkeys(each for each in found if each))


def key_of(identifier: str) -> str:
    """The key of what an identifier names: the identifier, or its SHA-1 where it can be no key."""
    try:
        return slug(identifier) if len(identifier) <= _PLAIN_KEY else key_from(identifier)
    except Fault:
        return key_from(identifier)


def first_of(row: Row, read: Reader[T], *columns: str) -> T | None:
    """The value of the first of some columns that holds anything."""
    stated = next(filter(row.has, columns), None)
    return row.optional(stated, read) if stated else None


def moment_of(row: Row, *columns: str) -> date | datetime | None:
    """The day or the point in time that the first filled one of some columns states."""
    return first_of(row, moment_or_day, *columns)


def contact_of(row: Row, column: str, publisher: Party | None) -> str | None:
    """The contact in a column, where it is the publisher itself or its words say that it is a team.

    Whether anybody else is a team cannot be told, and is not loaded.
    """
    value = row.cells.get(column)
    stated = words(value) if isinstance(value, str) else ""
    publishing = (publisher.stated or "").casefold() if publisher else ""
    if not stated:
        return None
    if "@" not in stated and stated.casefold() == publishing:
        return stated
    if _TEAM.search(stated):
        try:
            return team_name(stated)
        except Fault:
            pass
    row.withhold(
        "contact-of-a-person",
        "Whether the contact is a team or a person cannot be told; it is not loaded.",
        column,
    )
    return None
