"""The list of functions and services of local government (esd), as XML.

Functions hold functions and services: `Functions` (or `Services`) lists `Function` and `Service`
elements, which state `Identifier`, `Label`, `URI` and `Description`, and may hold lists themselves.
What stands within a function is narrower than it (SKOS, section 8).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from loaders.errors import StructureError
from loaders.formats.reading.content import Content, encoding_of
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.row import Row
from loaders.formats.reading.table import Table
from loaders.issues import Fault
from loaders.records import Concept, ConceptScheme, Record
from loaders.values import code, iri, undamaged, words

_LISTS = frozenset({"Functions", "Services"})
_KIND = "kind of entry"  # no element has a name with spaces in it
_AROUND = "entry around"
_DEEPEST = 64
_SCHEMES: Mapping[str, ConceptScheme] = {
    "Function": ConceptScheme(
        "http://id.esd.org.uk/list/functions",
        "Functions of local government",
        "What local government in the United Kingdom is there for, as the esd-toolkit programme "
        "divides it.",
    ),
    "Service": ConceptScheme(
        "http://id.esd.org.uk/list/services",
        "Services of local government",
        "What local government in the United Kingdom does for people and businesses, as the "
        "esd-toolkit programme divides it.",
    ),
}
_KNOWN = _LISTS | {
    "Created",
    "Description",
    "Identifier",
    "Label",
    "Modified",
    "Rights",
    "Type",
    "URI",
}


@dataclass(slots=True)
class _Entry:
    """A function or service under way: how deep it lies, and what it has stated so far."""

    number: int
    depth: int
    cells: dict[str, object]

    def state(self, name: str, text: str) -> None:
        """Take in the text of an element; what is stated twice becomes a list, and is refused."""
        earlier = self.cells.get(name)
        self.cells[name] = text if earlier is None else [earlier, text]


class NestedConcepts:
    """A layout of entries within entries, counted as they begin and given as they end.

    A row has the texts of an entry's own elements, what kind of entry it is (`Function` or
    `Service`) and, where it stands within another one, the URI of that as far as it is stated.
    """

    def read(self, content: Content) -> Table:
        """The entries of a file. What encoding they are in is for the XML itself to say.

        Raises:
            StructureError: an archive; while iterating, malformed XML, a document type declaration,
                or another document.
        """
        remarks = list(encoding_of(Content(content.name, content.path)).remarks)
        return Table(_rows(content, remarks), remarks, "item")


def _rows(content: Content, remarks: list[Fault]) -> Iterator[Row]:
    path: list[Element] = []
    entries: list[_Entry] = []
    unknown: set[str] = set()
    number = 0
    for event, element in _events(content):
        name = _name(element)
        if event == "start":
            if not path and name not in _LISTS:
                raise StructureError(
                    content.name, f"the outermost element should be Functions; it is {name}."
                )
            path.append(element)
            if len(path) > _DEEPEST:
                raise StructureError(
                    content.name, f"elements are nested more than {_DEEPEST} deep."
                )
            if name in _SCHEMES and _name(path[-2]) in _LISTS:
                number += 1
                around = {_AROUND: entries[-1].cells.get("URI", "")} if entries else {}
                entries.append(_Entry(number, len(path), {_KIND: name, **around}))
            continue
        if entries and len(path) == entries[-1].depth:
            ended = entries.pop()
            yield Row(ended.number, ended.cells)
        elif entries and len(path) == entries[-1].depth + 1:
            if name not in _LISTS:
                entries[-1].state(name, "".join(element.itertext()))
            remarks += _unheard_of(name, unknown)
        elif len(path) > 1 and _name(path[-2]) in _LISTS:
            remarks += _unheard_of(name, unknown)
        else:
            path.pop()
            continue  # a piece of a text, which still needs it
        element.clear()
        path.pop()
        if path:
            path[-1].remove(element)


def _unheard_of(name: str, unknown: set[str]) -> Iterator[Fault]:
    """A remark upon the first element of a name that the format does not know."""
    if name not in _KNOWN | unknown:
        unknown.add(name)
        yield Fault("unknown-column", "The format does not know this element.", name)


def _events(content: Content) -> Iterator[tuple[str, Element]]:
    """The beginnings and ends of a document's elements.

    Raises:
        StructureError: while iterating: malformed, or with a document type declaration, through
            which a small document becomes a large one or reads files of this machine.
    """
    with content.open() as file:
        try:
            yield from iterparse(file, events=("start", "end"), forbid_dtd=True)
        except DefusedXmlException:
            raise StructureError(
                content.name, "has a document type declaration, which this format does without."
            ) from None
        except (ParseError, ValueError, LookupError) as error:
            reason = " ".join(str(error).split())[:200]
            raise StructureError(content.name, f"is not well-formed XML ({reason}).") from None


def _name(element: Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _concept(row: Row, _: Feed) -> tuple[Record, ...]:
    scheme = _SCHEMES[str(row.cells[_KIND])]
    uri = row.required("URI", iri)
    notation = row.required("Identifier", undamaged(code))
    row.required("Label", words)
    label = row.prose("Label")
    if label is None:
        raise Fault("no-words", "The label has no words in it.", "Label", str(row.cells["Label"]))
    broader = row.optional(_AROUND, iri)
    if _AROUND in row.cells and not row.has(_AROUND):
        row.withhold(
            "missing-value",
            "The function that this stands in has not stated its URI, so that it cannot be told.",
            _AROUND,
        )
    concept = Concept(
        iri=uri,
        scheme=scheme.iri,
        notation=notation,
        label=label,
        definition=row.prose("Description"),
        broader=(broader,) if broader else (),
    )
    return concept, scheme


ESD = (
    Format(
        "esd-functions-services",
        "The esd list of functions and services of local government, XML",
        NestedConcepts(),
        _concept,
    ),
)
