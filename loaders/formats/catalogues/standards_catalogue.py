"""Pages of the UK Data Standards Catalogue: facts in YAML before a text in Markdown.

A page is one standard. Its short description is loaded; where there is none, the first paragraph of
the text, if it is one of words. What the Data Standards Authority thinks of a standard, and the
licence of its text, have no place in the graph and are not loaded.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.errors import StructureError
from loaders.formats.reading.content import Content, Encoding, as_utf_8, encoding_of
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.row import Row
from loaders.formats.reading.table import Table
from loaders.formats.reading.yaml_items import text_document
from loaders.identity import name_slug
from loaders.issues import Fault
from loaders.records import Record, Standard
from loaders.values import web_address, words

_MOST_BYTES = 1 << 20
_PAGE = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*\r?\n?(.*)\Z", re.DOTALL | re.MULTILINE)
_TEXT = "text"
_NO_WORDS = re.compile(r"[#|>*\-!\[]|\s*$")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_KNOWN = frozenset(
    (
        *("name", "contraction", "identifier", "specification_url", "maintainer_id"),
        *("short_description", "tags", "licence_id", "endorsement_status_events", _TEXT),
        *("title", "weight", "related_standards", "description"),
    )
)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A layout of one page: its facts are the cells of one row, its text is the cell `text`."""

    def read(self, content: Content) -> Table:
        """The one row of a page.

        Raises:
            StructureError: while iterating: more than 1 MiB, no facts before the text, or no YAML.
        """
        encoding = encoding_of(content)
        table = Table(iter(()), list(encoding.remarks), "item")
        table.rows = _rows(content, encoding, table.remarks)
        return table


def _rows(content: Content, encoding: Encoding, remarks: list[Fault]) -> Iterator[Row]:
    with as_utf_8(content, encoding) as stream:
        read = stream.read(_MOST_BYTES + 1)
    if len(read) > _MOST_BYTES:
        raise StructureError(content.name, "has more than 1 MiB, which a page is read up to.")
    try:
        found = _PAGE.match(read.decode())
    except UnicodeDecodeError:
        raise StructureError(content.name, "is not UTF-8 text.") from None
    if not found:
        raise StructureError(content.name, "does not begin with facts between lines of “---”.")
    facts = text_document(content.name, found[1])
    if not isinstance(facts, dict):
        raise StructureError(content.name, "has no facts between its lines of “---”.")
    for name in sorted(facts.keys() - _KNOWN):
        remarks.append(Fault("unknown-column", "The format does not know this member.", name))
    yield Row(1, {**facts, _TEXT: _first_paragraph(found[2])})


def _first_paragraph(text: str) -> str:
    """The first paragraph of a text in Markdown, where it is one of words; its links as words."""
    for each in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")):
        if each.strip():
            return "" if _NO_WORDS.match(each.strip()) else _LINK.sub(r"\1", each)
    return ""


def _standard(row: Row, _: Feed) -> tuple[Record, ...]:
    title = row.required("name", words)
    short = row.optional("contraction", words)
    return (
        Standard(
            key=name_slug(short or title),
            title=title,
            description=row.prose("short_description") or row.prose(_TEXT),
            publisher_stated=row.optional("maintainer_id", words),
            page=row.optional("specification_url", web_address),
        ),
    )


STANDARDS_CATALOGUE = (
    Format(
        "data-standards-catalogue",
        "A standard's page in the UK Data Standards Catalogue, Markdown after YAML",
        FrontMatter(),
        _standard,
    ),
)
