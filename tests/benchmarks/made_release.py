"""A release of generated data in the release layout, for measurements and for tests."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from ontology.namespaces import DEFAULT_BASE, PREFIXES
from service.store import CURRENT, MANIFEST

RELEASES = "releases"
SOURCE = "made"
AUDIENCES = ("public", "partner", "internal")

TYPE = NamedNode(PREFIXES["rdf"] + "type")
ORGANISATION = NamedNode(PREFIXES["org"] + "Organization")
LABEL = NamedNode(PREFIXES["skos"] + "prefLabel")
PART_OF = NamedNode(PREFIXES["org"] + "subOrganizationOf")


def organisations(count: int) -> Iterator[Quad]:
    """Four statements on each of so many organisations, in the graph of one source."""
    graph = NamedNode(f"{DEFAULT_BASE}graph/{SOURCE}")
    for number in range(count):
        subject = organisation(number)
        yield Quad(subject, TYPE, ORGANISATION, graph)
        yield Quad(subject, LABEL, Literal(f"Organisation {number}", language="en"), graph)
        yield Quad(subject, PART_OF, organisation(number // 10), graph)
        yield Quad(subject, NamedNode(PREFIXES["skos"] + "notation"), Literal(str(number)), graph)


def organisation(number: int) -> NamedNode:
    """The IRI of the organisation with this number."""
    return NamedNode(f"{DEFAULT_BASE}id/organisation/GM-{number}")


def publish(data: Path, release: str, quads: Iterable[Quad]) -> Path:
    """Make a release of these quads, the same for every audience, and switch `current` to it."""
    stated = list(quads)
    union = [Quad(each.subject, each.predicate, each.object, DefaultGraph()) for each in stated]
    counts = {"quads": len(stated), "triples": len(set(union)), "graphs": {}}
    return publish_store(data, release, lambda store: store.bulk_extend(stated + union), counts)


def publish_store(
    data: Path, release: str, fill: Callable[[Store], object], counts: Mapping[str, object]
) -> Path:
    """Make a release of what `fill` puts into its store, and switch `current` to it.

    `counts` are what the manifest says of every audience.
    """
    path = data / RELEASES / release
    for audience in AUDIENCES:
        (path / audience).mkdir(parents=True)
    store = Store(str(path / "public" / "store"))
    fill(store)
    store.flush()
    for audience in AUDIENCES[1:]:
        store.backup(str(path / audience / "store"))
    del store
    manifest = {
        "id": release,
        "parent": None,
        "base": DEFAULT_BASE,
        "published": "2026-01-01T00:00:00Z",
        "publisher": "tests",
        "versions": {},
        "sources": {},
        "counts": dict.fromkeys(AUDIENCES, counts),
    }
    (path / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    switch(data, release)
    return path


def switch(data: Path, release: str) -> None:
    """Make the release the current one, by an atomic rename."""
    link = data / "next"
    link.symlink_to(Path(RELEASES) / release)
    link.replace(data / CURRENT)
