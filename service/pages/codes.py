"""The codes of a thing as one table: equal codes of several sources are one row."""

from collections.abc import Iterable
from dataclasses import dataclass

from ontology.vocab import DCT, GM, SKOS
from service.pages.links import SourceLink, TermLink
from service.pages.properties import PropertyView, Value

PLAIN = (SKOS.notation, DCT.identifier, GM.gssCode, GM.laCode)


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code: in which scheme it is unique, what it is, and who says so.

    `more` holds what else is said of the identifier (ADMS §5.2), such as who issued it.
    """

    scheme: TermLink
    code: str
    sources: tuple[SourceLink, ...]
    more: tuple[PropertyView, ...] = ()


def tabulate_codes(
    properties: Iterable[PropertyView],
) -> tuple[tuple[CodeRow, ...], tuple[PropertyView, ...]]:
    """The rows of the table, and the properties that have values which fit no row."""
    rows: dict[tuple[str, str], CodeRow] = {}
    left: list[PropertyView] = []
    for view in properties:
        found = [_row(view, value) for value in view.values]
        if None in found:
            left.append(view)
            continue
        for row in found:
            assert row is not None
            key = (row.scheme.iri, row.code)
            rows[key] = _together(rows[key], row) if key in rows else row
    ordered = sorted(rows.values(), key=lambda row: (row.scheme.label.casefold(), row.code))
    return tuple(ordered), tuple(left)


def _row(view: PropertyView, value: Value) -> CodeRow | None:
    """The row of a plain code under its property, or of an identifier under its scheme."""
    if view.property.iri in PLAIN:
        return None if value.href else CodeRow(view.property, value.text, value.sources)
    inner = {each.property.iri: each for each in value.part}
    codes, schemes = inner.get(SKOS.notation), inner.get(GM.identifierScheme)
    if codes is None or schemes is None or len(codes.values) != 1 or len(schemes.values) != 1:
        return None
    (code,), (scheme,) = codes.values, schemes.values
    if scheme.iri is None or scheme.href is None:
        return None
    more = tuple(
        each for iri, each in inner.items() if iri not in (SKOS.notation, GM.identifierScheme)
    )
    link = TermLink(scheme.iri, scheme.text, scheme.href)
    return CodeRow(link, code.text, value.sources, more)


def _together(one: CodeRow, other: CodeRow) -> CodeRow:
    """One row of two that say the same."""
    return CodeRow(
        one.scheme, one.code, tuple(_distinct(one.sources + other.sources)), one.more + other.more
    )


def _distinct(sources: Iterable[SourceLink]) -> list[SourceLink]:
    return sorted({each.iri: each for each in sources}.values(), key=lambda each: each.iri)
