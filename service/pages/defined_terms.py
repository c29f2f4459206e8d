"""The terms that a definitions document defines, as its page lists them."""

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from ontology.vocab import OWL, SKOS
from queries.query import load
from service.labels import prefixed
from service.pages.links import TermLink, link_term
from service.store import PerRelease, Release

SECTIONS = {
    "Classes": (OWL.Class,),
    "Properties": (OWL.ObjectProperty, OWL.DatatypeProperty),
    "Concepts": (SKOS.Concept,),
}
OTHERS = "Other terms"
TEXTS = ("definition", "note", "example", "notation", "status")
LINKS = ("type", "parent", "domain", "range", "related")


@dataclass(frozen=True, slots=True)
class DefinedTerm:
    """A term of the ontology, or a concept of a scheme, in its document's table of contents.

    `short` is its prefixed name or its notation; `uses` counts the things that it is said of.
    """

    link: TermLink
    anchor: str
    short: str
    types: tuple[TermLink, ...]
    definition: str
    note: str
    example: str
    status: str
    parents: tuple[TermLink, ...]
    domains: tuple[TermLink, ...]
    ranges: tuple[TermLink, ...]
    related: tuple[TermLink, ...]
    uses: int


@dataclass(frozen=True, slots=True)
class TermSection:
    """The terms of one sort, under their heading."""

    title: str
    anchor: str
    terms: tuple[DefinedTerm, ...]


@dataclass(frozen=True, slots=True)
class SchemeEntry:
    """A concept scheme, and how many concepts it has."""

    link: TermLink
    description: str
    concepts: int


def _count_uses(release: Release) -> Mapping[str, int]:
    solutions = load("pages/term-uses").run(release.store)
    return {row["term"].value: int(row["uses"].value) for row in solutions}


def _list_schemes(release: Release) -> tuple[SchemeEntry, ...]:
    return tuple(
        SchemeEntry(
            link_term(release, row["scheme"].value),
            row["description"].value if row["description"] is not None else "",
            int(row["concepts"].value),
        )
        for row in load("pages/concept-schemes").run(release.store)
    )


uses = PerRelease(_count_uses)
concept_schemes = PerRelease(_list_schemes)


def view_defined_terms(release: Release, document: str) -> tuple[DefinedTerm, ...]:
    """The terms that a definitions document defines, in the order of their IRIs."""
    rows: dict[str, dict[str, list[str]]] = {}
    for solution in load("pages/ontology-terms").run(release.store, document=NamedNode(document)):
        row = rows.setdefault(solution["term"].value, {})
        for name in (*TEXTS, *LINKS):
            term = solution[name]
            if term is not None and term.value not in row.setdefault(name, []):
                row[name].append(term.value)
    return tuple(_defined_term(release, iri, row) for iri, row in rows.items())


def sections_of(terms: tuple[DefinedTerm, ...]) -> tuple[TermSection, ...]:
    """The terms by sort: classes, properties, concepts, and what is none of these."""
    grouped: dict[str, list[DefinedTerm]] = {title: [] for title in (*SECTIONS, OTHERS)}
    for term in terms:
        types = {each.iri for each in term.types}
        title = next((name for name, wanted in SECTIONS.items() if types & set(wanted)), OTHERS)
        grouped[title].append(term)
    return tuple(
        TermSection(title, f"all-{title.split()[0].lower()}", tuple(found))
        for title, found in grouped.items()
        if found
    )


def _defined_term(release: Release, iri: str, row: Mapping[str, list[str]]) -> DefinedTerm:
    def text(name: str) -> str:
        return " ".join(row.get(name, ()))

    def links(name: str) -> tuple[TermLink, ...]:
        return tuple(link_term(release, each) for each in row.get(name, ()))

    return DefinedTerm(
        link=link_term(release, iri),
        anchor=iri.rpartition("#")[2].rpartition("/")[2],
        short=text("notation") or prefixed(iri) or "",
        types=links("type"),
        definition=text("definition"),
        note=text("note"),
        example=text("example"),
        status=text("status"),
        parents=links("parent"),
        domains=links("domain"),
        ranges=links("range"),
        related=links("related"),
        uses=uses(release).get(iri, 0),
    )
