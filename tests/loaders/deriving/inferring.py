"""What the tests of inference share: premises made of lines, and what owlrl makes of them."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import owlrl
from pyoxigraph import NamedNode, Quad, RdfFormat, parse
from rdflib import OWL, RDF, RDFS, Graph
from rdflib.term import Node

import ontology
from loaders.audience import Audience
from loaders.deriving.derivation import Earlier, Premises
from loaders.deriving.inferred import derive
from loaders.store_build import build_store

BASE = "https://data.greatermanchester.example/"
PREFIXED = "\n".join(
    f"@prefix {prefix}: <{name}> ." for prefix, name in ontology.prefixes().items()
)
AT = f"{PREFIXED}\n@prefix : <{BASE}id/> .\n"


def lines_of(turtle: str, graph: str = "made") -> list[bytes]:
    """Turtle as lines of N-Quads in the graph of a source; our prefixes are declared."""
    named = NamedNode(f"{BASE}graph/{graph}")
    triples = parse(f"{AT}{turtle}".encode(), format=RdfFormat.TURTLE)
    return sorted(
        {
            f"{Quad(each.subject, each.predicate, each.object, named)} .\n".encode()
            for each in triples
        }
    )


def premises_of(
    folder: Path,
    stated: Mapping[str, Iterable[bytes]],
    narrower: Path | None = None,
    earlier: Earlier | None = None,
) -> Premises:
    """Premises of the lines of some sources, in files in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {}
    for source, lines in stated.items():
        content = b"".join(sorted(set(lines)))
        path = folder / f"{source}.nq"
        path.write_bytes(content)
        files[f"{source}:{hash(content)}"] = path
    return Premises(BASE, Audience.PUBLIC, files, narrower, earlier)


def told(premises: Premises, path: Path) -> Path:
    """The file of the graph `inferred` as a publish writes it: with what the narrower was told."""
    before = premises.narrower.read_bytes().splitlines(keepends=True) if premises.narrower else []
    path.write_bytes(b"".join(sorted({*derive(premises), *before})))
    return path


def as_earlier(premises: Premises, path: Path, quads: int) -> Earlier:
    """What the next release knows of premises and of what was told of them in a file."""
    store = path.with_suffix(".store")
    build_store(store, [*premises.files.values(), path], ())
    return Earlier(premises.files, path, premises.narrower, store, quads)


def inferred(folder: Path, turtle: str) -> set[bytes]:
    """The lines of the graph `inferred` that follow from one source."""
    return set(derive(premises_of(folder, {"made": lines_of(turtle)})))


def concluded(turtle: str) -> set[bytes]:
    """The lines that the graph `inferred` is to have."""
    return set(lines_of(turtle, "inferred"))


@cache
def shipped_axioms() -> Graph:
    """The axioms that inference follows, without what the documents say in words."""
    graph = Graph()
    for name in ontology.axioms():
        graph.parse(data=ontology.turtle(name), format="turtle")
    axioms = Graph()
    for each in graph:
        if each[1] in AXIOMS or each[2] in (OWL.SymmetricProperty, OWL.TransitiveProperty):
            axioms.add(each)
    return axioms


AXIOMS = (
    *(RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range),
    *(OWL.inverseOf, OWL.equivalentClass, OWL.equivalentProperty),
)


@cache
def _datatypes() -> frozenset[Node]:
    borrowed = Graph().parse(data=ontology.turtle("borrowed.ttl"), format="turtle")
    return frozenset(borrowed.subjects(RDF.type, RDFS.Datatype))


def entailed_by_owlrl(
    lines: Iterable[bytes], axioms: Graph | None = None
) -> set[tuple[Node, Node, Node]]:
    """What owlrl concludes of described things, without what docs/inference.md leaves out."""
    data = Graph()
    for line in lines:
        data.parse(data=line[: line.rindex(b" <")] + b" .", format="nt")
    data.remove((None, OWL.sameAs, None))
    closed = Graph()
    for each in (*(shipped_axioms() if axioms is None else axioms), *data):
        closed.add(each)
    before = set(closed)
    owlrl.DeductiveClosure(owlrl.RDFS_OWLRL_Semantics).expand(closed)
    described = set(data.subjects(RDF.type))
    nothing_said = {OWL.Thing, RDFS.Resource, RDFS.Literal, *_datatypes()}
    return {
        (subject, predicate, value)
        for subject, predicate, value in set(closed) - before
        if subject in described
        and subject != value
        and predicate != OWL.sameAs
        and not (predicate == RDF.type and value in nothing_said)
    }


def as_statements(lines: Iterable[bytes]) -> set[tuple[Node, Node, Node]]:
    """Lines of N-Quads as owlrl's terms."""
    graph = Graph()
    for line in lines:
        graph.parse(data=line[: line.rindex(b" <")] + b" .", format="nt")
    return set(graph)
