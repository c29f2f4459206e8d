"""What was found wrong with data, as a file: RDF for programs, a page or a table for people.

The same results make the same bytes.
"""

import csv
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from loaders.identity import Minter
from loaders.validation import Result
from ontology.namespaces import PREFIXES
from ontology.vocab import DCT, RDF, XSD

_SH = PREFIXES["sh"]
_ROWS = 10_000
"""How many results a page shows: a browser has to hold them all."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS = ("source", "thing", "property", "shape", "severity", "message", "value")
_STYLE = """
body { font-family: Arial, sans-serif; color: #0b0c0c; margin: 1rem; line-height: 1.4 }
table { border-collapse: collapse }
caption { font-weight: bold; text-align: left }
td, th { border-bottom: 1px solid #b1b4b6; padding: .4rem; text-align: left; vertical-align: top }
td { overflow-wrap: anywhere }
"""

Writer = Callable[[Path, Sequence[Result], str], None]


def write_report(path: Path, results: Sequence[Result], base: str) -> None:
    """Write results as the ending of the file's name says: see `ENDINGS`.

    Raises:
        KeyError: no report has such an ending.
        OSError: the file cannot be written.
    """
    ENDINGS[path.suffix.lower()](path, results, base)


def plainly(value: str | None) -> str:
    """A value that is spelled as N-Triples spell it, for people: its text, or its IRI."""
    if not value:
        return ""
    term = _term(value)
    return value if term is None else term.value


def _write_turtle(path: Path, results: Sequence[Result], base: str) -> None:
    names = ("dct", "gm", "gm-shapes", "sh", "xsd")
    prefixes = {name: PREFIXES[name] for name in names}
    triples = _triples(results, base)
    serialize(triples, str(path), format=RdfFormat.TURTLE, prefixes=prefixes)


def _write_n_triples(path: Path, results: Sequence[Result], base: str) -> None:
    serialize(_triples(results, base), str(path), format=RdfFormat.N_TRIPLES)


def _triples(results: Sequence[Result], base: str) -> Iterator[Triple]:
    """A validation report (SHACL, section 3.6). Nodes stand where blank ones would be."""
    mint = Minter(base)
    digest = hashlib.sha256(repr(results).encode()).hexdigest()[:16]
    report = NamedNode(mint.part("validation-report", digest))
    conforms = Literal("false" if results else "true", datatype=NamedNode(XSD.boolean))
    yield Triple(report, NamedNode(RDF.type), NamedNode(_SH + "ValidationReport"))
    yield Triple(report, NamedNode(_SH + "conforms"), conforms)
    for number, result in enumerate(results, 1):
        node = NamedNode(mint.part("validation-report", digest, str(number)))
        yield Triple(report, NamedNode(_SH + "result"), node)
        yield Triple(node, NamedNode(RDF.type), NamedNode(_SH + "ValidationResult"))
        told = {
            "focusNode": _iri(result.focus) or Literal(result.focus),
            "resultPath": _iri(result.path),
            "sourceShape": _iri(result.shape),
            "sourceConstraintComponent": _iri(result.component),
            "resultSeverity": NamedNode(_SH + result.severity),
            "resultMessage": Literal(result.message, language="en"),
            "value": _term(result.value) if result.value else None,
        }
        for name, value in told.items():
            if value is not None:
                yield Triple(node, NamedNode(_SH + name), value)
        yield Triple(node, NamedNode(DCT.source), NamedNode(mint.graph(result.source)))


def _write_table(path: Path, results: Sequence[Result], base: str) -> None:
    # With a byte order mark, without which spreadsheets take UTF-8 for something else.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(_COLUMNS)
        rows.writerows([_harmless(cell) for cell in _cells(result)] for result in results)


def _cells(result: Result) -> tuple[str, ...]:
    return (
        result.source,
        result.focus,
        result.path or "",
        result.shape,
        result.severity,
        result.message,
        plainly(result.value),
    )


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: a value may come from anybody."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _write_page(path: Path, results: Sequence[Result], base: str) -> None:
    page = Element("html", lang="en")
    head = SubElement(page, "head")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    SubElement(head, "title").text = "What the shapes found"
    SubElement(head, "style").text = _STYLE
    body = SubElement(SubElement(page, "body"), "main")
    SubElement(body, "h1").text = "What the shapes found"
    SubElement(body, "p").text = _summary(results)
    if results:
        _add_table(body, results)
    if len(results) > _ROWS:
        SubElement(
            body, "p"
        ).text = f"{len(results) - _ROWS} more are not shown. A report in CSV has them all."
    path.write_text(
        "<!DOCTYPE html>\n" + tostring(page, encoding="unicode", method="html") + "\n",
        encoding="utf-8",
    )


def _summary(results: Sequence[Result]) -> str:
    if not results:
        return "Nothing was found."
    refusing = sum(result.refuses for result in results)
    rest = len(results) - refusing
    of_each = Counter(result.source for result in results)
    told = ", ".join(f"{count} in {source}" for source, count in sorted(of_each.items()))
    return f"{refusing} to mend before publishing, {rest} remarks: {told}."


def _add_table(body: Element, results: Sequence[Result]) -> None:
    table = SubElement(body, "table")
    SubElement(table, "caption").text = "What was found, the worst first"
    row = SubElement(SubElement(table, "thead"), "tr")
    for column in _COLUMNS:
        SubElement(row, "th", scope="col").text = column.capitalize()
    rows = SubElement(table, "tbody")
    for result in islice(results, _ROWS):
        row = SubElement(rows, "tr")
        for cell in _cells(result):
            _add_cell(row, cell)


def _add_cell(row: Element, text: str) -> None:
    cell = SubElement(row, "td")
    text = "".join(each if each.isprintable() else " " for each in text)
    if text.startswith(("http://", "https://")):
        SubElement(cell, "a", href=text).text = text
    else:
        cell.text = text


def _iri(text: str | None) -> NamedNode | None:
    """An IRI, if it is one: what pySHACL names may be a blank node."""
    try:
        return NamedNode(text) if text else None
    except ValueError:
        return None


def _term(spelled: str) -> NamedNode | Literal | None:
    """The term that N-Triples spell so, blank nodes apart."""
    [line] = parse(f"<urn:x:s> <urn:x:p> {spelled} .", format=RdfFormat.N_TRIPLES)
    return line.object if isinstance(line.object, NamedNode | Literal) else None


ENDINGS: dict[str, Writer] = {
    ".ttl": _write_turtle,
    ".nt": _write_n_triples,
    ".html": _write_page,
    ".csv": _write_table,
}
"""What a report is, by the ending of its file's name."""
