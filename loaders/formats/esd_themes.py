"""The list of functions and services of local government (esd) as CSV, as data.gov.uk keeps it.

An entry has a row for each service that a function contains, so that rows of one function repeat
it. Parents are told by number, and are functions. The themes of data.gov.uk and history notes are
not loaded; the XML of the list has the same entries with their descriptions.
"""

from collections.abc import Iterator

from loaders.formats.reading.delimited import Columns, Delimited
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.records import Concept, Record
from loaders.values import list_number, undamaged, words

_CONTAINS = "contains"
_LISTS = {"Function": "functions", "Service": "services"}
_number = undamaged(list_number)


def _concept(row: Row, _: Feed) -> tuple[Record, ...]:
    kind = row.required("Type", _kind)
    notation = row.required("Identifier", _number)
    label = row.prose("Label")
    if label is None:
        raise Fault("no-words", "The label has no words in it.", "Label")
    parents = row.several("Parent identifiers", _number, ",")
    around = tuple(map(_function, parents))
    described = row.prose("Description")
    found = _entry(kind, notation, label, around, described)
    return found, *_contained(row, found)


def _contained(row: Row, function: Concept) -> Iterator[Concept]:
    """The service that the function of a row contains, if the row tells of one."""
    if (row.optional("Mapping type", words) or "").casefold() != _CONTAINS:
        return
    kind = row.optional("Mapped type", _kind)
    notation = row.optional("Mapped identifier", _number)
    label = row.prose("Mapped label")
    if kind and notation and label:
        yield _entry(kind, notation, label, (function.iri,))


def _entry(
    kind: str, notation: str, label: str, around: tuple[str, ...], described: str | None = None
) -> Concept:
    return Concept(
        iri=f"http://id.esd.org.uk/{kind.lower()}/{notation}",
        scheme=f"http://id.esd.org.uk/list/{_LISTS[kind]}",
        notation=notation,
        label=label,
        definition=described,
        broader=around,
    )


def _function(number: str) -> str:
    return f"http://id.esd.org.uk/function/{number}"


def _kind(cell: str) -> str:
    if cell not in _LISTS:
        raise Fault("unknown-category", f"“{cell}” is neither Function nor Service.", value=cell)
    return cell


ESD_THEMES = (
    Format(
        "esd-functions-services-csv",
        "The esd list of functions and services of local government with themes, CSV",
        Delimited(
            Columns(
                ("Identifier", "Label", "Type"),
                (
                    *("Description", "Parent identifiers", "Mapping type", "Mapped identifier"),
                    *("Mapped label", "Mapped type"),
                ),
                ("Created", "Modified", "History notes", "Parent labels", "Theme"),
            )
        ),
        _concept,
    ),
)
