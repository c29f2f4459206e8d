"""What things contribute to by rule: the graph `contributions`.

A rule is a saved question in `queries/rules` that anybody can read and ask. Each thing that it
finds contributes to the missions and principles that its header names. What people claim stands in
the graphs of their sources, so that the two never mix.

The rules are asked of a store on disk which holds no more than what they name: memory stays flat.
"""

import hashlib
import re
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from loaders.deriving.derivation import Derivation, Premises
from loaders.identity import Minter
from loaders.mappings.typed import typed
from loaders.nquads import line_of
from loaders.quads import Quad, plain, text
from ontology.namespaces import concept
from ontology.vocab import DCT, GM, RDF
from queries.query import Query, rules

GRAPH = "contributions"
_MAPPING = "1"  # the version of the quads that are made of what a rule finds
_PREFIX = re.compile(r"^PREFIX (\w+): <([^>]+)>", re.MULTILINE)
_IRI = re.compile(r"<([^>\s]+)>")
_PREFIXED = re.compile(r"\b(\w+):(\w[\w-]*)")
_SHORT = {"mission": GM.contributesToMission, "principle": GM.upholdsPrinciple}


def derive_contributions(premises: Premises) -> Iterator[bytes]:
    """The lines of the contributions that the rules conclude."""
    mint = Minter(premises.base)
    known = rules()
    with tempfile.TemporaryDirectory() as folder:
        relevant = Path(folder) / "relevant.nt"
        with relevant.open("wb") as file:
            file.writelines(_relevant(premises.files.values()))
        store = Store(str(Path(folder) / "store"))
        store.bulk_load(path=relevant, format=RdfFormat.N_TRIPLES)
        for rule in known:
            found = {each["contributor"].value for each in rule.run(store)}
            if found:
                yield from map(line_of, _describe(rule, mint))
            for contributor in sorted(found):
                yield from map(line_of, map_conclusion(rule, contributor, mint))
        del store


def map_conclusion(rule: Query, contributor: str, mint: Minter) -> Iterator[Quad]:
    """The quads that state that a thing contributes to what a rule serves."""
    graph = mint.graph(GRAPH)
    node = mint.part(GRAPH, rule.slug, hashlib.sha256(contributor.encode()).hexdigest()[:32])
    yield from typed(node, GM.Contribution, graph)
    yield Quad(node, GM.contributor, contributor, graph)
    yield Quad(node, GM.contributionBasis, concept("contribution-basis", "derived-by-rule"), graph)
    yield Quad(node, GM.madeByRule, _iri_of(rule, mint), graph)
    yield Quad(node, GM.rationale, text(f"{rule.summary}."), graph)
    for each in rule.serves:
        scheme, _, notation = each.partition("/")
        served = concept(scheme, notation)
        yield Quad(node, GM.contributesTo, served, graph)
        yield Quad(contributor, _SHORT[scheme.partition("-")[0]], served, graph)


def _describe(rule: Query, mint: Minter) -> Iterator[Quad]:
    graph, subject = mint.graph(GRAPH), _iri_of(rule, mint)
    yield from typed(subject, GM.ContributionRule, graph)
    yield Quad(subject, DCT.title, text(f"{rule.summary}."), graph)
    yield Quad(subject, GM.queryName, plain(rule.name), graph)


def _iri_of(rule: Query, mint: Minter) -> str:
    return mint.part(GRAPH, "rule", rule.slug)


@cache
def _version() -> str:
    told = "".join(each.text for each in rules())
    return hashlib.sha256(f"{_MAPPING}\n{told}".encode()).hexdigest()


@cache
def _named() -> frozenset[bytes]:
    """The terms that rules name, as N-Quads writes them."""
    found = set()
    for rule in rules():
        prefixes = dict(_PREFIX.findall(rule.text))
        found |= set(_IRI.findall(rule.question))
        found |= {
            prefixes[prefix] + name
            for prefix, name in _PREFIXED.findall(_IRI.sub(" ", rule.question))
        }
    return frozenset(f"<{each}>".encode() for each in found)


def _relevant(files: Iterable[Path]) -> Iterator[bytes]:
    """The triples of which a rule can make anything, of files of quads, some perhaps twice."""
    named = _named()
    is_a = f"<{RDF.type}>".encode()
    for path in files:
        with path.open("rb") as lines:
            for line in lines:
                _, predicate, rest = line.split(b" ", 2)
                if predicate in named or (predicate == is_a and rest.split(b" ", 1)[0] in named):
                    yield line[: line.rindex(b" <")] + b" .\n"


CONTRIBUTIONS = Derivation(GRAPH, _version, derive_contributions)
