"""A description as a page shows it: labels, links, groups, sources and incoming links.

All that a template would have to think about is thought here; the template only writes.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from ontology.vocab import DCT, GEO, GM, RDF, SKOS, XSD
from service.description import Description, Node, is_part, licences
from service.documents import has_past
from service.gap_finding import gaps_address
from service.pages.codes import CodeRow, tabulate_codes
from service.pages.dates import moment
from service.pages.distributions import DistributionRow, tabulate_distributions
from service.pages.ending import Ending, ending
from service.pages.further_questions import questions_about
from service.pages.incoming_links import IncomingLinks, incoming_links
from service.pages.links import (
    SourceLink,
    TermLink,
    link_source,
    link_term,
    link_thing,
)
from service.pages.origins import Origins, is_origin, origins_of
from service.pages.outlines import outline_of
from service.pages.periods import period
from service.pages.properties import PropertyView, Value, yes_or_no
from service.pages.property_groups import (
    DATES,
    GROUPS,
    IDENTIFIERS,
    SECTIONS,
    group_of,
    place_in_group,
)
from service.pages.quality import QualityView, view_quality
from service.pages.questions import QuestionLink
from service.pages.trails import most_telling, trail
from service.problem_finding import problems_of
from service.store import Release

PART_DEPTH = 5
_TRUE = Literal("true", datatype=NamedNode(XSD.boolean))
# Types that say of themselves what they are, once the value is written as people write it.
SELF_EVIDENT = (
    *(XSD.string, XSD.boolean, XSD.integer, XSD.decimal, XSD.yearMonthDuration),
    *DATES,
)


@dataclass(frozen=True, slots=True)
class PropertyGroup:
    """The properties that a reader wants to see together.

    Those that `codes` or `distributions` have in a table are no more in `listed`.
    """

    title: str
    properties: tuple[PropertyView, ...]
    codes: tuple[CodeRow, ...]
    distributions: tuple[DistributionRow, ...]
    listed: tuple[PropertyView, ...]


@dataclass(frozen=True, slots=True)
class DescriptionView:
    """Everything that the page of one resource shows.

    `type` is the most telling of the types. Where `coded` is true no source gives a name, and
    the title is a code. `ending` is there for what ended. What is `illustrative` was made up.
    `history` leads to what changed, where something is kept of that. `origins` are the rows that
    state it, by the IRI of their source. What no source states and the ontology entails is
    `inferred`, and stands nowhere else.
    """

    title: str
    iri: str
    trail: tuple[TermLink, ...]
    coded: bool
    type: TermLink | None
    types: tuple[TermLink, ...]
    ending: Ending | None
    illustrative: bool
    groups: tuple[PropertyGroup, ...]
    incoming: tuple[IncomingLinks, ...]
    sources: tuple[SourceLink, ...]
    licences: tuple[TermLink, ...]
    questions: tuple[QuestionLink, ...]
    complete: bool
    elsewhere: bool
    history: str | None
    gaps: str | None
    problems: str | None
    quality: QualityView | None
    origins: Mapping[str, Origins]
    inferred: tuple[PropertyView, ...] = ()

    @property
    def successors(self) -> tuple[TermLink, ...]:
        """What replaced it."""
        return () if self.ending is None else self.ending.successors

    @property
    def sections(self) -> tuple[PropertyGroup, ...]:
        """The groups as they share the headings of the page."""
        found = []
        for title, names in SECTIONS.items():
            groups = [group for name in names for group in self.groups if group.title == name]
            if groups:
                found.append(
                    PropertyGroup(
                        title,
                        tuple(view for group in groups for view in group.properties),
                        tuple(row for group in groups for row in group.codes),
                        tuple(row for group in groups for row in group.distributions),
                        tuple(view for group in groups for view in group.listed),
                    )
                )
        return tuple(found)

    @property
    def address(self) -> str | None:
        """Where the resource is had on the web, if that is not here."""
        return self.iri if self.elsewhere and self.iri.startswith(("http://", "https://")) else None

    @property
    def tagged(self) -> bool:
        """Whether values say where they come from: with one source that goes without saying."""
        return len(self.sources) > 1


def view_description(release: Release, description: Description) -> DescriptionView:
    """What the page of the described resource shows."""
    return _Viewer(release, description).view()


class _Viewer:
    """Puts one description into its view."""

    def __init__(self, release: Release, description: Description) -> None:
        self._release = release
        self._description = description
        self._origins = origins_of(release, description.iri, description.quads)
        by_rule = NamedNode(release.graph("inferred"))
        quads = [
            quad for quad in description.quads if not is_origin(quad) and quad.graph_name != by_rule
        ]
        stated = {quad.triple for quad in quads}
        self._inferred = [
            quad
            for quad in description.quads
            if quad.graph_name == by_rule
            and quad.subject == NamedNode(description.iri)
            and quad.triple not in stated
        ]
        graphs = Description(description.iri, tuple(quads), description.incoming).graphs
        self._sources = {graph: link_source(release, graph) for graph in graphs}
        self._by_subject: dict[object, dict[str, dict[object, list[Quad]]]] = {}
        for quad in quads:
            properties = self._by_subject.setdefault(quad.subject, {})
            properties.setdefault(quad.predicate.value, {}).setdefault(quad.object, []).append(quad)

    def view(self) -> DescriptionView:
        """The whole view."""
        release, iri = self._release, self._description.iri
        own = self._by_subject.get(NamedNode(iri), {})
        types = self._links(own.get(RDF.type, ()))
        schemes = [each.iri for each in self._links(own.get(SKOS.inScheme, ()))]
        return DescriptionView(
            title=release.labels.of(iri),
            iri=iri,
            trail=trail(release, iri, schemes),
            coded=release.labels.coded(iri),
            type=most_telling(types),
            types=types,
            ending=ending(release, iri, self._links(own.get(DCT.isReplacedBy, ()))),
            illustrative=_TRUE in own.get(GM.isIllustrative, ()),
            groups=tuple(self._groups(own)),
            incoming=tuple(incoming_links(release, iri)),
            sources=tuple(self._sources.values()),
            licences=tuple(
                link_thing(release, each) for each in licences(release, self._description)
            ),
            questions=questions_about(release, iri),
            complete=self._description.complete,
            elsewhere=release.locations.path_of(iri) is None,
            history=f"/history{release.locations.document_path(iri)}"
            if has_past(release, iri)
            else None,
            gaps=gaps_address(release, iri),
            problems=problems_of(release, iri),
            quality=view_quality(release, iri),
            origins=self._origins,
            inferred=self._by_rule(),
        )

    def _by_rule(self) -> tuple[PropertyView, ...]:
        """What follows from the ontology, property by property."""
        values: dict[str, dict[object, list[Quad]]] = {}
        for quad in self._inferred:
            values.setdefault(quad.predicate.value, {})[quad.object] = []
        return _in_order(self._property(iri, found, PART_DEPTH) for iri, found in values.items())

    def _links(self, nodes: Iterable[object]) -> tuple[TermLink, ...]:
        links = (
            link_term(self._release, node.value) for node in nodes if isinstance(node, NamedNode)
        )
        return tuple(sorted(links, key=lambda link: (link.label.casefold(), link.iri)))

    def _groups(
        self, properties: Mapping[str, Mapping[object, list[Quad]]]
    ) -> Iterator[PropertyGroup]:
        grouped: dict[str, list[PropertyView]] = {}
        for iri, values in properties.items():
            if iri not in (RDF.type, GM.isIllustrative):
                shown = self._property(iri, values, 0)
                grouped.setdefault(group_of(iri, values), []).append(shown)
        for title in GROUPS:
            if title in grouped:
                views = _in_order(grouped[title])
                codes, listed = tabulate_codes(views) if title == IDENTIFIERS else ((), views)
                distributions, listed = tabulate_distributions(self._release, listed)
                yield PropertyGroup(title, views, codes, distributions, listed)

    def _property(self, iri: str, values: Mapping[object, list[Quad]], depth: int) -> PropertyView:
        shown = [self._value(term, quads, depth) for term, quads in values.items()]
        shown.sort(key=lambda value: (value.text.casefold(), value.language or "", value.text))
        return PropertyView(link_term(self._release, iri), tuple(shown))

    def _value(self, term: object, quads: list[Quad], depth: int) -> Value:
        graphs = {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, NamedNode)}
        sources = tuple(self._sources[graph] for graph in sorted(graphs))
        if isinstance(term, Literal):
            return self._literal_value(term, sources)
        if isinstance(term, Triple):
            return Value(str(term), sources=sources)
        assert isinstance(term, NamedNode | BlankNode)  # RDF 1.2 has no other kind of object
        return self._node_value(term, sources, depth)

    def _literal_value(self, term: Literal, sources: tuple[SourceLink, ...]) -> Value:
        datatype = None if term.language else term.datatype.value
        told, outline = term.value, None
        if datatype == XSD.boolean:
            told = yes_or_no(term.value)
        elif datatype == XSD.yearMonthDuration:
            told = period(term.value) or term.value
        elif datatype == GEO.wktLiteral:
            told, outline = outline_of(term.value)
        return Value(
            told,
            language=term.language,
            datatype=None
            if datatype in (None, XSD.string)
            else self._release.labels.of(str(datatype)),
            sources=sources,
            moment=moment(term.value) if datatype in DATES else None,
            self_evident=datatype is None or datatype in SELF_EVIDENT,
            outline=outline,
        )

    def _node_value(self, node: Node, sources: tuple[SourceLink, ...], depth: int) -> Value:
        if node in self._by_subject and is_part(self._release, node) and depth < PART_DEPTH:
            part = _in_order(
                self._property(iri, values, depth + 1)
                for iri, values in self._by_subject[node].items()
                if iri != RDF.type
            )
            label = self._release.labels.stated(node.value) or ""
            return Value(label, iri=node.value, part=part, sources=sources)
        if isinstance(node, BlankNode):
            return Value(str(node), sources=sources)
        found = link_thing(self._release, node.value)
        return Value(found.label, iri=found.iri, href=found.href, sources=sources)


def _in_order(views: Iterable[PropertyView]) -> tuple[PropertyView, ...]:
    return tuple(
        sorted(views, key=lambda view: place_in_group(view.property.iri, view.property.label))
    )
