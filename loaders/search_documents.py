"""What a search may find of a store: a document for each thing, concept and term of the ontology.

Of somebody else's concepts those are found that have a label and a notation, such as the types of
service that councils share.

All is read from the finished store of one audience, so that nothing else can be found.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain, groupby
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from loaders.described import states
from loaders.difference import Difference
from loaders.nquads import subject_of
from ontology.namespaces import DEF, PREFIXES
from ontology.vocab import (
    ADMS,
    DCAT,
    DCT,
    FOAF,
    GEO,
    GM,
    ORG,
    OWL,
    PROV,
    RDF,
    RDFS,
    SKOS,
    SUPERCLASSES,
)
from queries.search_fields import (
    ANY_CASE,
    AREA,
    CLASS,
    CLASS_NAMES,
    CODE,
    DESCRIPTION,
    KEYWORDS,
    NAME,
    NAMES,
    PUBLISHER,
    THEME,
    WORDS,
    as_code,
)

# The first that is stated names the thing, as on its page (`service.labels`); all of them find it.
_NAMING = (
    SKOS.prefLabel,
    RDFS.label,
    DCT.title,
    PREFIXES["foaf"] + "name",
    GM.wording,  # of a statement, which has no other name
    PREFIXES["schema"] + "name",
    SKOS.altLabel,
    PREFIXES["dct"] + "alternative",
)
_DESCRIBING = (
    DCT.description,
    SKOS.definition,
    RDFS.comment,
    SKOS.scopeNote,
    PREFIXES["schema"] + "description",
    GM.publicSummary,
    GM.plainEnglish,
    GM.purpose,
)
_CODES = (SKOS.notation, DCT.identifier, GM.gssCode, GM.laCode)
_SAME = (OWL.sameAs, SKOS.exactMatch)
# Who answers for a thing. Where nobody is linked, the source's own words stand for them.
_PUBLISHERS = (
    DCT.publisher,
    GM.heldBy,
    GM.deliveredBy,
    GM.operatedBy,
    GM.controller,
    ORG.postIn,
    ORG.unitOf,
)
_PUBLISHERS_AS_STATED = (GM.publisherAsStated, GM.providerAsStated)
_THEMES = (DCAT.theme, DCT.subject)
_AREAS = (DCT.spatial, GEO.sfWithin)
_NOTATION: Final = NamedNode(SKOS.notation)
_NOTING: Final = f"> <{SKOS.notation}> ".encode()
_CONCEPT: Final = NamedNode(SKOS.Concept)
# What leads to something else whose notations are codes of the thing too.
_HAS_CODE: Final = (ADMS.identifier, GM.serviceType)
_TYPE: Final = NamedNode(RDF.type)
_CLASS_NAMING: Final = (RDFS.label, SKOS.prefLabel, SKOS.altLabel)
_NAMING_A_CLASS: Final = tuple(f"> <{each}> ".encode() for each in _CLASS_NAMING)
_SHAPES: Final = PREFIXES["gm-shapes"]

_Object = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Document:
    """A thing as it is found: the key by which it stands among others, and values by field."""

    iri: str
    values: Mapping[str, Sequence[str]]
    key: str


def documents(store: Store, base: str) -> Iterator[Document]:
    """The documents of a store's default graph, in no order, each thing once.

    A thing has a type, and an IRI under `{base}id/` or in the namespace of the definitions; or it
    is a concept with a label and a notation, whoever gave it its IRI. One that was withdrawn is not
    found, nor is a shape, which has no name that anybody looks for.
    """
    naming = cache(partial(_names_of_class, store))
    # One pass: the engine gives a graph's quads subject by subject.
    everything = store.quads_for_pattern(None, None, None, DefaultGraph())
    for subject, quads in groupby(everything, key=lambda quad: quad.subject):
        if isinstance(subject, NamedNode) and (
            document := _document(store, base, subject.value, quads, naming)
        ):
            yield document


def document_of(store: Store, base: str, iri: str) -> Document | None:
    """The document of one thing, or None where it has none: see `documents`."""
    quads = store.quads_for_pattern(NamedNode(iri), None, None, DefaultGraph())
    return _document(store, base, iri, quads, partial(_names_of_class, store))


def affected(store: Store, base: str, difference: Difference) -> set[str]:
    """What may have another document since a difference was applied to a store, as IRIs.

    A document is made of what is said of its subject, of the notations of the codes and the type
    of service that its subject has now, and of the names of its class.
    """
    found: set[str] = set()
    for line in chain(difference.added, difference.removed):
        iri = subject_of(line)
        if states(line, _NOTING):
            found.update(_pointing(store, _HAS_CODE, iri))
        if any(states(line, each) for each in _NAMING_A_CLASS):
            found.update(_pointing(store, (RDF.type,), iri))
        found.add(iri)
    return {iri for iri in found if _may_be_found(iri, base)}


def _pointing(store: Store, predicates: Iterable[str], iri: str) -> Iterator[str]:
    """The IRIs of what points to the IRI by one of the properties."""
    for predicate in predicates:
        quads = store.quads_for_pattern(None, NamedNode(predicate), NamedNode(iri), DefaultGraph())
        yield from (quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode))


def _document(
    store: Store,
    base: str,
    iri: str,
    quads: Iterable[Quad],
    naming: Callable[[str], Sequence[str]],
) -> Document | None:
    """The document of a subject of which these are the quads; `naming` gives names of a class."""
    if not _may_be_found(iri, base):
        return None
    facts = _Facts(store, base, iri, quads)
    if not facts.may_be_found() or facts.literals(PROV.invalidatedAtTime):
        return None
    return facts.document(naming)


def _may_be_found(iri: str, base: str) -> bool:
    if iri.startswith(base):  # of a graph or a part nobody looks for the name
        return iri.startswith(f"{base}id/")
    return not iri.startswith(_SHAPES)


def _names_of_class(store: Store, iri: str) -> tuple[str, ...]:
    """What a class is called, in English or in no language, in order."""
    found = {
        quad.object.value
        for predicate in _CLASS_NAMING
        for quad in store.quads_for_pattern(
            NamedNode(iri), NamedNode(predicate), None, DefaultGraph()
        )
        if isinstance(quad.object, Literal) and (quad.object.language or "en").startswith("en")
    }
    return tuple(sorted(found))


class _Facts:
    """What a store says of one subject."""

    def __init__(self, store: Store, base: str, iri: str, quads: Iterable[Quad]) -> None:
        self._store = store
        self._base = base
        self._iri = iri
        self._objects: dict[str, list[_Object]] = {}
        for quad in quads:
            self._objects.setdefault(quad.predicate.value, []).append(quad.object)

    def iris(self, *predicates: str) -> list[str]:
        """The IRIs that the properties lead to, but for those of parts."""
        parts = f"{self._base}.well-known/"
        found = [
            each.value
            for predicate in predicates
            if predicate in self._objects
            for each in self._objects[predicate]
            if isinstance(each, NamedNode) and not each.value.startswith(parts)
        ]
        return _once(found)

    def literals(self, *predicates: str) -> list[str]:
        """The values of the properties: of each property English ones first, then by value."""
        found = []
        for predicate in predicates:
            if predicate in self._objects:
                values = [
                    (not (each.language or "en").startswith("en"), each.value)
                    for each in self._objects[predicate]
                    if isinstance(each, Literal)
                ]
                found += [value for _, value in sorted(values)]
        return _once(found)

    def may_be_found(self) -> bool:
        """Whether the subject is a thing or a term, or a concept with a label and a notation."""
        if self._is_ours():
            return RDF.type in self._objects
        return (
            _CONCEPT in self._objects.get(RDF.type, ())
            and bool(self.literals(*_NAMING))
            and bool(self.literals(SKOS.notation))
        )

    def document(self, naming: Callable[[str], Sequence[str]]) -> Document:
        """The document of the subject; `naming` gives the names of its class."""
        telling = telling_class(frozenset(self.iris(RDF.type)))
        names = self.literals(*_NAMING)
        label = names[0] if names else self._path()
        codes = _once(self._codes())
        found = {
            CODE: codes,
            ANY_CASE: _once(map(as_code, codes)),
            NAME: _once(as_code(name) for name in names),
            NAMES: names,
            WORDS: names,
            KEYWORDS: self.literals(DCAT.keyword),
            DESCRIPTION: self.literals(*_DESCRIBING),
            CLASS: [telling],
            CLASS_NAMES: naming(telling),
            PUBLISHER: self._publishers(),
            THEME: self.iris(*_THEMES),
            AREA: self.iris(*_AREAS),
        }
        return Document(
            self._iri,
            {name: values for name, values in found.items() if values},
            as_code(label) or self._iri,
        )

    def _path(self) -> str:
        """The IRI without what all have in common, such as `area/E08000003` or `gm#Service`."""
        return self._iri.removeprefix(f"{self._base}id/").removeprefix(DEF)

    def _codes(self) -> Iterator[str]:
        """What the thing is known by: its IRI and the parts of it, and codes of registers."""
        yield self._iri
        if self._is_ours():
            yield from self._codes_in_iri()
        yield from self.literals(*_CODES)
        for page in self.iris(FOAF.homepage):
            yield from _spellings(page)
        for same in self.iris(DCT.identifier, *_SAME):
            if not same.startswith((self._base, DEF)):  # one of ours is found by its own
                yield same
        for predicate in _HAS_CODE:
            for node in self._objects.get(predicate, ()):
                if isinstance(node, NamedNode | BlankNode):
                    quads = self._store.quads_for_pattern(node, _NOTATION, None, DefaultGraph())
                    yield from (q.object.value for q in quads if isinstance(q.object, Literal))

    def _is_ours(self) -> bool:
        return self._iri.startswith((self._base, DEF))

    def _codes_in_iri(self) -> Iterator[str]:
        path = self._path()
        yield path
        if self._iri.startswith(DEF):
            yield path.replace("#", ":")  # the prefixed name of a term
        else:
            yield f"{self._base}doc/{path}"
            yield path.partition("/")[2]
        yield path.replace("#", "/").rpartition("/")[2]

    def _publishers(self) -> list[str]:
        linked = self.iris(*_PUBLISHERS)
        units = f"{self._base}id/unit/"
        found = [each for each in linked if not each.startswith(units)]
        return found or self.literals(*_PUBLISHERS_AS_STATED)


def _spellings(address: str) -> Iterator[str]:
    """An address on the web as people write it: with a slash at its end and without, and bare."""
    plain = address.rstrip("/")
    yield from (address, plain, f"{plain}/", plain.partition("://")[2])


def _once(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


@cache
def telling_class(types: frozenset[str]) -> str:
    """The class with most of the others above it; of equals ours goes first, then in order."""

    def rank(iri: str) -> tuple[int, bool, str]:
        return -len(types & set(SUPERCLASSES.get(iri, ()))), not iri.startswith(DEF), iri

    return min(types, key=rank)
