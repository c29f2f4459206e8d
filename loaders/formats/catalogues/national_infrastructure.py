"""Inventories of the National Information Infrastructure: what departments hold, in CSV.

A row is a dataset, or one file of one: they are catalogued and not managed here, so that they are
datasets and no information assets. What an inventory says under headings that no list of ours has
(codes, legislation, in what a file falls short, that it is unpublished) is kept as descriptions,
each with its heading before it.
"""

from loaders.formats.catalogues.licences import terms_of
from loaders.formats.catalogues.publisher import noted_publisher
from loaders.formats.reading.delimited import Columns, Delimited
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.row import Row
from loaders.identity import name_slug
from loaders.impersonal import impersonal
from loaders.issues import Fault
from loaders.numbers import yes_or_no
from loaders.records import Dataset, Distribution, Record, Text
from loaders.values import web_address, words

_CODES = "Vocabularies and Codes"
_NUMBERED = (_CODES, *(f"{_CODES} {number}" for number in range(2, 10)))
_TOLD = ("Standard", *_NUMBERED, "Legislation", "File structure", "Non-compliance")
_PAGE, _FILE = "URL", "resource URL"


def _dataset(row: Row, feed: Feed) -> tuple[Record, ...]:
    name = row.required("name", impersonal)
    part = row.optional("title", impersonal)
    holder = row.optional("organization_name", words)
    is_unpublished = row.optional("unpublished", yes_or_no)
    # One name may be that of several files, and of what several bodies hold.
    file = row.optional("File structure", words)
    key = name_slug(" ".join(each for each in (name, part, holder, file) if each))
    terms = terms_of(row, "Licence")
    page, address = _address(row, _PAGE), _address(row, _FILE)
    description = row.prose("Description")
    told = [
        *((description,) if description else ()),
        *(f"{column}: {said}" for column, said in _told(row)),
        *(("Unpublished: yes",) if is_unpublished else ()),
    ]
    dataset = Dataset(
        key=key,
        titles=(Text(f"{name}: {part}" if part else name),),
        descriptions=tuple(map(Text, told)),
        publisher=noted_publisher(row, feed.party(holder), "organization_name"),
        licence=terms.licence,
        licence_stated=terms.stated,
        landing_page=page,
        identifiers=tuple(filter(None, (row.optional("known-as", words),))),
    )
    if address is None:
        return (dataset,)
    return (
        dataset,
        Distribution(
            key=key,
            dataset=key,
            access_url=address,
            licence=terms.licence,
            licence_stated=terms.stated,
        ),
    )


def _told(row: Row) -> list[tuple[str, str]]:
    """What a row says under headings of its own, those of several codes under one."""
    found: list[tuple[str, str]] = []
    codes = [said for each in _NUMBERED if (said := row.prose(each)) and said != "None"]
    for column in _TOLD:
        if column == _CODES and codes:
            found.append((_CODES, "; ".join(codes)))
        elif column not in _NUMBERED and (said := row.prose(column)):
            found.append((column, said))
    return found


def _address(row: Row, column: str) -> str | None:
    """The first web address of a cell, in which several may stand."""
    cell = row.optional(column, str)
    addresses = [each for each in (cell or "").split() if each.casefold().startswith("http")]
    if not addresses:
        return None
    try:
        first = web_address(addresses[0])
    except Fault as fault:
        row.withhold(fault.rule, fault.message, column, addresses[0])
        return None
    if len(addresses) > 1:
        row.withhold(
            "unexpected-structure",
            "Several web addresses stand in the cell; the first is loaded.",
            column,
            cell,
        )
    return first


NATIONAL_INFRASTRUCTURE = (
    Format(
        "nii-inventory",
        "Inventories of the National Information Infrastructure, CSV",
        Delimited(
            Columns(
                required=("name", "unpublished", "organization_name", "Licence"),
                optional=("title", "known-as", "Description", _PAGE, _FILE, *_TOLD),
                ignored=("publisher",),
                repeated=frozenset({_CODES}),
            )
        ),
        _dataset,
    ),
)
