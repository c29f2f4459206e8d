"""Whom words and other descriptions mean: what the service adds to the graph `links`.

Where a source names an organisation in words alone, the words are looked up among the names and
keys of the organisations that the audience sees described (`organisation_names`). Each match is a
node of its own, with its method and its confidence; the words stay as they are. A dataset or
service whose source links to nobody is linked to the publisher or provider that is meant.

Two descriptions that share a code of a register which gives each code to one body are one, which
`owl:sameAs` says. Those that share a name and a type are close, and no more is said.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

from loaders.deriving.derivation import Derivation, Premises
from loaders.deriving.described_organisations import Organisation, organisations_in
from loaders.deriving.organisation_names import CONFIDENCE, Meant, Names, normalised
from loaders.identity import Minter
from loaders.mappings.typed import typed
from loaders.nquads import line_of, literal_of
from loaders.quads import Quad, decimal, plain, text
from ontology.namespaces import concept
from ontology.vocab import DCT, GM, OWL, SKOS

GRAPH = "links"
_VERSION = "2"

_STATED = {
    GM.publisherAsStated: DCT.publisher,
    GM.providerAsStated: GM.deliveredBy,
    GM.partyAsStated: None,
    GM.recipientAsStated: None,
    GM.operatorAsStated: None,
    GM.supplierAsStated: None,
    GM.sharedWithAsStated: None,
}
"""The properties whose words may mean an organisation; and the one by which a thing is linked.

Nothing is concluded on who is party to what: a register that names them in words says so itself.
"""

ONE_BODY_EACH = {
    "charity-number": "charity number",
    "company-number": "company number",
    "gov-uk-content-id": "GOV.UK content ID",
    "gov-uk-slug": "GOV.UK slug",
    "local-authority-eng": "code in the local authority register",
    "ods": "ODS code",
    "open-council-data": "Open Council Data number",
    "planning-data-entity": "planning data entity number",
    "snac": "SNAC code",
    "ukprn": "UK provider reference number",
    "wikidata": "Wikidata item",
}
"""The schemes of identifiers in which no two bodies have one code, with what they are called."""

# A name that more bear, such as that of a chain of chemists, is no sign that two of them are one.
_BEARERS = 3


def derive_links(premises: Premises) -> Iterator[bytes]:
    """The lines of the matches, and of what is linked by them."""
    mint = Minter(premises.base)
    files = list(premises.files.values())
    organisations = organisations_in(files, premises.base)
    names = Names(each.named(iri) for iri, each in sorted(organisations.items()))
    for quad in _of_words(files, names, mint):
        yield line_of(quad)
    for quad in _of_organisations(organisations, mint):
        yield line_of(quad)


def _of_words(files: Iterable[Path], names: Names, mint: Minter) -> Iterator[Quad]:
    stated = {f"<{each}>".encode(): each for each in _STATED}
    linked_by = {f"<{each}>".encode() for each in _STATED.values() if each}
    services = b"/id/service/"  # agreements have providers too
    known: dict[tuple[str, str], Meant | None] = {}
    unlinked: list[tuple[str, str, str]] = []
    linked: set[tuple[bytes, bytes]] = set()
    for path in files:
        with path.open("rb") as lines:
            for line in lines:
                subject, predicate, rest = line.split(b" ", 2)
                if predicate in linked_by:
                    linked.add((subject, predicate))
                elif predicate in stated and rest.startswith(b'"'):
                    words = literal_of(rest[: rest.rindex(b" <")])
                    where = stated[predicate]
                    if (where, words) not in known:
                        known[where, words] = names.meant_by(words)
                    meant, relation = known[where, words], _STATED[where]
                    if meant and relation and (relation != GM.deliveredBy or services in subject):
                        unlinked.append((subject[1:-1].decode(), relation, meant.iri))
    for (where, words), meant in known.items():
        if meant:
            yield from map_words(where, words, meant, mint)
    for thing, relation, organisation in unlinked:
        if (f"<{thing}>".encode(), f"<{relation}>".encode()) not in linked:
            yield Quad(thing, relation, organisation, mint.graph(GRAPH))


def map_words(where: str, words: str, meant: Meant, mint: Minter) -> Iterator[Quad]:
    """The match of words that stand in a property."""
    node = _node(mint, where, words, meant.iri)
    ground = f"“{words}” is taken to mean this organisation."
    yield from _match(node, meant.iri, meant.method, ground, mint)
    yield Quad(node, GM.matchedText, plain(words), mint.graph(GRAPH))
    yield Quad(node, GM.matchedIn, where, mint.graph(GRAPH))


def _of_organisations(organisations: dict[str, Organisation], mint: Minter) -> Iterator[Quad]:
    by_code: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    by_name: defaultdict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for iri, each in sorted(organisations.items()):
        for scheme, code in each.codes:
            if scheme in ONE_BODY_EACH:
                by_code[scheme, code].append(iri)
        for name in {normalised(name) for name in each.names} - {""}:
            by_name[name, tuple(sorted(each.kinds))].append(iri)
    graph, same = mint.graph(GRAPH), set()
    for (scheme, code), iris in sorted(by_code.items()):
        # A code that three have is used otherwise than its register means it.
        if len(iris) == 2 and _may_be_one(organisations, *iris):
            one, other = iris
            same.add((one, other))
            yield Quad(one, OWL.sameAs, other, graph)
            ground = f"Both have the {ONE_BODY_EACH[scheme]} {code}."
            yield from _pair(one, other, "shared-code", ground, mint)
    for (_, kinds), iris in sorted(by_name.items()):
        if not kinds or len(iris) > _BEARERS:
            continue
        for one, other in combinations(iris, 2):
            if (one, other) not in same and _may_be_one(organisations, one, other):
                yield Quad(one, SKOS.closeMatch, other, graph)
                ground = "Both have the same name and type."
                yield from _pair(one, other, "same-name", ground, mint)


def _may_be_one(organisations: dict[str, Organisation], first: str, second: str) -> bool:
    """Whether nothing tells two organisations apart.

    Another code of a register that gives each body one does, that one of them follows the other,
    and that one alone has ended.
    """
    one, other = organisations[first], organisations[second]
    if second in one.kin or first in other.kin or one.has_ended != other.has_ended:
        return False
    shared = {scheme for scheme, _ in one.codes} & {scheme for scheme, _ in other.codes}
    return not any(
        _codes(one, scheme).isdisjoint(_codes(other, scheme))
        for scheme in shared & ONE_BODY_EACH.keys()
    )


def _codes(about: Organisation, scheme: str) -> set[str]:
    return {code for each, code in about.codes if each == scheme}


def _pair(one: str, other: str, method: str, ground: str, mint: Minter) -> Iterator[Quad]:
    node = _node(mint, one, method, other)
    yield from _match(node, other, method, ground, mint)
    yield Quad(node, GM.matchedThing, one, mint.graph(GRAPH))


def _match(node: str, to: str, method: str, ground: str, mint: Minter) -> Iterator[Quad]:
    graph = mint.graph(GRAPH)
    yield from typed(node, GM.Match, graph)
    yield Quad(node, GM.matchedTo, to, graph)
    yield Quad(node, GM.matchMethod, concept("match-method", method), graph)
    yield Quad(node, GM.matchConfidence, decimal(CONFIDENCE[method]), graph)
    yield Quad(node, GM.matchGround, text(ground), graph)


def _node(mint: Minter, *told: str) -> str:
    return mint.part(GRAPH, "match", hashlib.sha256("\n".join(told).encode()).hexdigest()[:32])


LINKS = Derivation(GRAPH, lambda: _VERSION, derive_links)
