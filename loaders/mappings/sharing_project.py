"""A sharing project's quads."""

from collections.abc import Iterator

from loaders.identity import Minter, code_slug
from loaders.mappings.about import About
from loaders.mappings.agreement import agreement_iri
from loaders.mappings.typed import typed
from loaders.quads import Quad
from loaders.records import SharingProject
from ontology.vocab import DCT, GM


def map_sharing_project(record: SharingProject, mint: Minter, source: str) -> Iterator[Quad]:
    """The quads of one project."""
    graph = mint.graph(source)
    subject = mint.thing("sharing-project", source, code_slug(record.ref))
    about = About(subject, graph, mint)
    yield from typed(subject, GM.SharingProject, graph)
    yield from about.code(DCT.identifier, record.ref)
    yield from about.words(DCT.title, record.title)
    yield from about.concepts(GM.projectStage, "sharing-project-stage", record.stage)
    yield from about.organisations(GM.projectPartner, record.partners)
    yield from about.words(GM.purpose, record.purpose)
    if record.results_in:
        yield from about.iris(GM.resultsIn, agreement_iri(source, record.results_in, mint))
    yield from about.remarks(record.remarks)
