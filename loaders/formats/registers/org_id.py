"""Entries of org-id.guide, the register of lists of organisations, JSON: one file for each list.

A list becomes a concept with its code for a notation; one that is no longer to be used is left out.
The register is under the Open Database Licence, which asks that what is made of it be shared alike:
a source of it is for this service's own use, and is never blended into what is published.
"""

import re

from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.json_items import JsonItems
from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.records import Concept, ConceptScheme, Record
from loaders.values import words

_CODE = re.compile(r"[A-Z]{2}-[A-Z0-9]+")
_SCHEME = ConceptScheme(
    "http://org-id.guide/",
    "Lists of organisations (org-id.guide)",
    "The lists that give codes to organisations, each with the prefix of its codes.",
)


def _list_code(cell: str) -> str:
    if not _CODE.fullmatch(cell):
        raise Fault("bad-code", f"“{cell}” is not the code of a list, such as GB-COH.")
    return cell


def _entry(row: Row, _: Feed) -> tuple[Record, ...]:
    code = row.required("code", _list_code)
    name = row.within("name")
    label = name.required("en", words) if name else row.required("name", words)
    if row.cells.get("deprecated") is True:
        raise Fault("out-of-scope", "The list is no longer to be used.", "deprecated", code)
    description = row.within("description")
    concept = Concept(
        iri=f"http://org-id.guide/list/{code}",
        scheme=_SCHEME.iri,
        notation=code,
        label=label,
        definition=description.prose("en") if description else None,
    )
    return concept, _SCHEME


ORG_ID = (
    Format(
        "org-id-lists",
        "Entries of org-id.guide, the register of lists of organisations, JSON",
        JsonItems("lists"),
        _entry,
    ),
)
