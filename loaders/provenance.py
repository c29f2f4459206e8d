"""What is said of a source itself: who publishes it, under which licence, and how it was loaded.

The description stands at the IRI of the source's graph, so that “who says this?” is one join on
the graph's name (PROV-O for the load, VoID and DCAT for the source).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from loaders.identity import Minter
from loaders.mappings.typed import typed
from loaders.origins import snapshot_nodes
from loaders.quads import Quad, boolean, integer, moment, plain, text
from loaders.snapshot import Snapshot
from loaders.source import Publisher, Source
from loaders.staging import Counts
from ontology.vocab import DCAT, DCT, FOAF, GM, PROV, SKOS, VOID


@dataclass(frozen=True, slots=True)
class LoadRun:
    """One load: when it ran, the files that it was made from, its tally, its triples.

    `informed_by` are the IRIs of earlier loads whose rows unchanged things still come from.
    """

    started: datetime
    ended: datetime
    snapshots: tuple[Snapshot, ...]
    counts: Counts
    triples: int
    informed_by: tuple[str, ...] = ()

    @property
    def at(self) -> str:
        """What names the load in IRIs: the moment of its start."""
        return load_name(self.started)


def load_name(started: datetime) -> str:
    """What names a load that started then, in IRIs."""
    return f"{started.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def describe_source(source: Source, run: LoadRun, mint: Minter) -> Iterator[Quad]:
    """The quads, in the graph of provenance, that describe a source and its latest load."""
    graph = mint.graph("provenance")
    subject = mint.graph(source.name)
    # The IRI is told to audiences that see only some of the source: nothing of it is made of what
    # was loaded, or of a digest by which guesses at that could be checked.
    at = run.at
    load = mint.part(source.name, "load", at)
    yield from typed(subject, GM.Source, graph)
    yield Quad(subject, DCT.title, text(source.title), graph)
    if source.description:
        yield Quad(subject, DCT.description, text(source.description), graph)
    if source.licence:
        yield Quad(subject, DCT.license, source.licence, graph)
    if source.address:
        yield Quad(subject, DCT.source, source.address, graph)
    if source.publisher:
        yield from _publisher(subject, source.publisher, mint, graph)
    if source.illustrative:
        yield Quad(subject, GM.isIllustrative, boolean(True), graph)
    yield Quad(subject, PROV.wasGeneratedBy, load, graph)
    yield Quad(subject, PROV.generatedAtTime, moment(run.ended), graph)
    yield Quad(subject, VOID.triples, integer(run.triples), graph)
    yield from typed(load, GM.LoadRun, graph)
    yield Quad(load, PROV.startedAtTime, moment(run.started), graph)
    yield Quad(load, PROV.endedAtTime, moment(run.ended), graph)
    for term, count in (
        (GM.recordsIn, run.counts.records_in),
        (GM.recordsLoaded, run.counts.records_loaded),
        (GM.recordsLeftOut, run.counts.records_left_out),
        (GM.valuesWithheld, run.counts.values_withheld),
    ):
        yield Quad(load, term, integer(count), graph)
    for earlier in run.informed_by:
        yield Quad(load, PROV.wasInformedBy, earlier, graph)
    nodes = snapshot_nodes(source.name, [each.name for each in run.snapshots], at, mint)
    for snapshot, node in zip(run.snapshots, nodes, strict=True):
        yield Quad(load, PROV.used, node, graph)
        yield Quad(subject, PROV.hadPrimarySource, node, graph)
        yield from typed(node, GM.Snapshot, graph)
        yield Quad(node, DCT.title, plain(snapshot.name), graph)
        yield Quad(node, GM.sha256, plain(snapshot.sha256), graph)
        yield Quad(node, DCAT.byteSize, integer(snapshot.size), graph)
        yield Quad(node, PROV.generatedAtTime, moment(run.started), graph)
        if snapshot.url:
            yield Quad(node, DCT.source, snapshot.url, graph)
        if source.licence:
            yield Quad(node, DCT.license, source.licence, graph)


def _publisher(subject: str, publisher: Publisher, mint: Minter, graph: str) -> Iterator[Quad]:
    iri = publisher.iri or mint.organisation(publisher.key)
    yield Quad(subject, DCT.publisher, iri, graph)
    yield from typed(iri, FOAF.Agent, graph)
    yield Quad(iri, SKOS.prefLabel, text(publisher.name), graph)
