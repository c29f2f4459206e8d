"""What an audience is told of IRIs once a difference has been made to its store."""

from collections.abc import Iterator

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

from loaders.difference import Difference
from loaders.nquads import subject_of, subjects
from ontology.vocab import DCT, RDF, RDFS, SKOS

LABELS = (SKOS.prefLabel, RDFS.label, DCT.title)
_TYPE = NamedNode(RDF.type)
_TYPED = f"> <{RDF.type}> ".encode()


def states(line: bytes, predicate: bytes) -> bool:
    """Whether a line's predicate, written with what stands round it, is this one."""
    return line.startswith(predicate, line.index(b">"))


def is_typing(line: bytes) -> bool:
    """Whether a line gives its subject a type: what describes a thing does."""
    return states(line, _TYPED)


class Described:
    """Whether an audience is told the type of an IRI, after a difference to its earlier store."""

    def __init__(self, before: Store | None, difference: Difference) -> None:
        self._before = before
        self._difference = difference
        self._added = set(subjects(filter(is_typing, difference.added)))
        self._removed = set(filter(is_typing, difference.removed))

    def __call__(self, iri: str) -> bool:
        """Whether it is."""
        return iri in self._added or next(self.typing_lines(iri), None) is not None

    def typing_lines(self, iri: str) -> Iterator[bytes]:
        """The lines of the earlier store that still type an IRI."""
        if self._before is None:
            return
        known = self._before.quads_for_pattern(NamedNode(iri), _TYPE, None, None)
        for quad in known:
            line = f"{quad} .\n".encode()
            if quad.graph_name != DefaultGraph() and line not in self._removed:
                yield line

    def added_quads(self, iris: set[str]) -> dict[str, list[Quad]]:
        """What the difference newly states of these IRIs."""
        found: dict[str, list[Quad]] = {iri: [] for iri in iris}
        lines = self._difference.added if iris else []
        wanted = [line for line in lines if subject_of(line) in iris]
        for quad in parse(b"".join(wanted), format=RdfFormat.N_QUADS):
            assert isinstance(quad.subject, NamedNode)
            found[quad.subject.value].append(quad)
        return found


def objects_of(store: Store, iri: str, term: str) -> Iterator[object]:
    """What a store states of an IRI in one property."""
    for quad in store.quads_for_pattern(NamedNode(iri), NamedNode(term), None, DefaultGraph()):
        yield quad.object


def is_inferred(quad: Quad) -> bool:
    """Whether a quad follows from the ontology: what a thing is goes by what is stated."""
    return isinstance(quad.graph_name, NamedNode) and quad.graph_name.value.endswith(
        "/graph/inferred"
    )


def stated_types(store: Store, iri: str) -> set[str]:
    """The classes that a thing is stated to have."""
    return {
        quad.object.value
        for quad in store.quads_for_pattern(NamedNode(iri), _TYPE, None, None)
        if isinstance(quad.object, NamedNode)
        and quad.graph_name != DefaultGraph()
        and not is_inferred(quad)
    }


def label_in(store: Store, iri: str) -> Literal | None:
    """The name of a thing: the first property of `LABELS` that gives one, in English if it can."""
    for term in LABELS:
        given = [each for each in objects_of(store, iri, term) if isinstance(each, Literal)]
        if given:
            return min(given, key=_preference)
    return None


def _preference(label: Literal) -> tuple[bool, str, str]:
    language = label.language or ""
    return not language.startswith("en"), language, label.value
