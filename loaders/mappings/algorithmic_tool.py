"""An algorithmic tool's quads."""

from collections.abc import Iterator

from loaders.identity import Minter, code_slug
from loaders.mappings.about import About
from loaders.mappings.typed import typed
from loaders.quads import Quad
from loaders.records import AlgorithmicTool
from ontology.vocab import ADMS, DCT, GM


def map_algorithmic_tool(record: AlgorithmicTool, mint: Minter, graph: str) -> Iterator[Quad]:
    """The quads of one tool."""
    subject = mint.thing("algorithmic-tool", record.listed_by, code_slug(record.ref))
    about = About(subject, graph, mint)
    yield from typed(subject, GM.AlgorithmicTool, graph)
    yield from about.code(DCT.identifier, record.ref)
    yield from about.words(DCT.title, record.title)
    if record.organisation:
        yield from about.organisations(GM.operatedBy, (record.organisation,))
    yield from about.words(GM.operatorAsStated, record.operator_stated)
    yield from about.words(DCT.description, record.description)
    yield from about.entries(GM.usesAsset, "information-asset", *record.assets)
    yield from about.paths(GM.supportsService, *record.services)
    yield from about.concepts(ADMS.status, "system-status", record.status)
    yield from about.iris(GM.transparencyRecord, record.transparency_record)
    yield from about.iris(GM.engagementEvidence, record.engagement)
    yield from about.remarks(record.remarks)
