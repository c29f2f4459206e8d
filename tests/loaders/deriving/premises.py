"""Premises made of Turtle, and what a derivation concludes from them."""

from collections.abc import Mapping
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

from loaders.audience import Audience
from loaders.deriving.derivation import Derivation, Premises
from ontology.namespaces import DEF, PREFIXES

BASE = "https://data.greatermanchester.example/"
_HEAD = f"@base <{BASE}> .\n" + "".join(
    f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items()
)


def triples(turtle: str) -> set[tuple[str, str, str]]:
    """The triples of Turtle with our prefixes, each term as N-Triples writes it."""
    return {
        (str(each.subject), str(each.predicate), str(each.object))
        for each in parse(_HEAD + turtle, format=RdfFormat.TURTLE)
    }


def premises_of(
    folder: Path, sources: Mapping[str, str], audience: Audience = Audience.PUBLIC
) -> Premises:
    """Premises of which each source is a graph of Turtle."""
    files = {}
    for name, turtle in sources.items():
        graph = NamedNode(f"{BASE}graph/{name}")
        quads = parse(_HEAD + turtle, format=RdfFormat.TURTLE)
        lines = {
            serialize(
                [Quad(each.subject, each.predicate, each.object, graph)], format=RdfFormat.N_QUADS
            )
            or b""
            for each in quads
        }
        path = folder / f"{name}.nq"
        path.write_bytes(b"".join(sorted(lines)))
        files[f"{name}:{hash(frozenset(lines))}"] = path
    return Premises(BASE, audience, files, None)


def concluded(derivation: Derivation, premises: Premises) -> set[tuple[str, str, str]]:
    """The triples that a derivation concludes, all of which stand in its own graph."""
    quads = list(parse(b"".join(derivation.derive(premises)), format=RdfFormat.N_QUADS))
    assert {each.graph_name for each in quads} <= {NamedNode(f"{BASE}graph/{derivation.graph}")}
    return {(str(each.subject), str(each.predicate), str(each.object)) for each in quads}


def objects(found: set[tuple[str, str, str]], predicate: str) -> set[tuple[str, str]]:
    """The subjects and objects of the triples of one predicate."""
    return {(one, other) for one, each, other in found if each == f"<{predicate}>"}


def concept_iri(path: str) -> str:
    """A concept of ours, as N-Triples writes it."""
    return f"<{DEF}{path}>"
