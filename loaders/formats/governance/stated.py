"""Words of registers: what they mean where that is known, and the words themselves where not."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from loaders.errors import DeclarationError
from loaders.formats.assets.legal_basis import legal_bases
from loaders.formats.assets.register_cells import said_in
from loaders.formats.assets.security_classification import security_classification
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.headings import folded
from loaders.formats.reading.row import Row
from loaders.honorifics import has_honorific
from loaders.identity import name_slug
from loaders.issues import Fault
from loaders.privacy import has_telephone, without_contacts
from loaders.prose import words_of
from loaders.values import words

_PIECES = re.compile(r"[;|\n]")
_PARTS = re.compile(r"[,/&+]|\band\b", re.IGNORECASE)
_DECIMALS = re.compile(r"[0-9]+\.0+|[0-9]\.[0-9]+[Ee][+-]?[0-9]+")
_CLASSIFICATION = "classification"


class Meant(NamedTuple):
    """What words mean (notations or keys), and those that mean nothing that is known."""

    known: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()


def holder_of(feed: Feed) -> str:
    """The key of the organisation whose register a source is.

    Raises:
        DeclarationError: the source does not declare it.
    """
    if feed.holder is None:
        raise DeclarationError(
            f"the source “{feed.source}” does not say whose register it is: give its source.toml "
            "the key “holder”, with an organisation's key such as GB-LAE-MAN."
        )
    return feed.holder


def refuse_above_official(row: Row) -> None:
    """Leave a record out that is classified above OFFICIAL, or so that nobody can tell.

    Raises:
        Fault: it is. What else was found in the row is not told.
    """
    try:
        if row.has(_CLASSIFICATION):
            security_classification(row)
    except Fault:
        row.withheld.clear()
        row.noted.clear()
        raise


def reference_of(row: Row, column: str, name: str) -> str:
    """The register's own reference of a record; its name as a slug where there is none.

    Raises:
        Fault: a spreadsheet has made a number with decimals of it.
    """
    said = said_in(row, column)
    if any(fault.field == column for fault in row.withheld):
        raise Fault("bad-code", "The reference cannot be read.", column)
    if said is None:
        if column in row.cells:
            row.note("missing-value", "There is no reference; the name stands for it.", column)
        return name_slug(name.casefold())
    if _DECIMALS.fullmatch(said):
        raise Fault(
            "number-as-decimal",
            f"“{said}” is a reference that a spreadsheet keeps as a number: keep it as text.",
            column,
            said,
        )
    return words(said)


def pieces_of(row: Row, column: str, nothing: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The entries of a cell, divided by semicolons, bars or line ends, and without people.

    Commas divide nothing: names have them. An entry in which a person is named with a title, or
    has an address or a number, is withheld.
    """
    said = said_in(row, column, nothing)
    found: list[str] = []
    for piece in _PIECES.split(said) if said else ():
        told = words(words_of(piece))
        if _is_personal(told):
            row.withhold(
                "contact-of-a-person",
                "A person's name, e-mail address or telephone stands in the cell; it is not shown "
                "here.",
                column,
            )
        elif any(map(str.isalnum, told)) and told not in found:
            found.append(told)
    return tuple(found)


def _is_personal(text: str) -> bool:
    return has_honorific(text) or has_telephone(text) or without_contacts(text) != text


def meant(row: Row, column: str, known: Mapping[str, str]) -> Meant:
    """The notations that the entries of a cell mean, by words in small letters.

    An entry that is none of them may list several with commas. One of which any part is unknown is
    kept as stated, whole, and noted; the parts that are known are kept as notations too.
    """
    notations: list[str] = []
    stated: list[str] = []
    for piece in pieces_of(row, column):
        whole = known.get(folded(piece))
        parts = [each for each in _PARTS.split(piece) if each.strip()]
        found = [whole] if whole else [known.get(folded(each)) for each in parts]
        notations += [each for each in found if each]
        if None in found:
            stated.append(piece)
            row.note(
                "unknown-category",
                "The words mean no category of the list, or not all of them do; they are kept as "
                "stated.",
                column,
                piece,
            )
    return Meant(tuple(dict.fromkeys(notations)), tuple(stated))


def bases_of(row: Row, *columns: tuple[str, int]) -> Meant:
    """The grounds of the UK GDPR that cells name, each column with the article that it is about.

    What names no ground, such as a statute, is kept as stated and noted.
    """
    known: list[str] = []
    stated: list[str] = []
    for column, article in columns:
        for piece in pieces_of(row, column):
            bases, faults = legal_bases(piece, article)
            known += bases
            if faults:
                stated.append(piece)
            for fault in faults:
                message = f"{fault.message} The words are kept as stated."
                row.note(fault.rule, message, column, fault.value)
    return Meant(tuple(dict.fromkeys(known)), tuple(dict.fromkeys(stated)))


def parties(row: Row, column: str, feed: Feed) -> Meant:
    """The keys of the organisations that a cell names, where the source declares them.

    All names are kept in words; that one means no organisation of ours is noted.
    """
    return named(row, column, pieces_of(row, column, frozenset({"none", "no", "nil"})), feed)


def named(row: Row, column: str, names: Iterable[str], feed: Feed) -> Meant:
    """The keys of organisations by name, where the source declares them, and all the names."""
    keys: list[str] = []
    stated: list[str] = []
    for name in names:
        stated.append(name)
        found = feed.party(name)
        if found and found.key:
            keys.append(found.key)
        else:
            row.note(
                "unknown-organisation",
                "The organisation is not declared as one of ours; its name is kept.",
                column,
                name,
            )
    return Meant(tuple(dict.fromkeys(keys)), tuple(dict.fromkeys(stated)))
