"""An assertion of conformance: its quads."""

from collections.abc import Iterator

from loaders.identity import Minter
from loaders.mappings.about import About
from loaders.mappings.standard import standard_iri
from loaders.mappings.typed import typed
from loaders.quads import Quad
from loaders.records import Conformance
from ontology.vocab import DCT, GM


def map_conformance(record: Conformance, mint: Minter, source: str) -> Iterator[Quad]:
    """The quads of one assertion."""
    graph = mint.graph(source)
    subject = mint.thing("conformance", source, record.key)
    about = About(subject, graph, mint)
    yield from typed(subject, GM.ConformanceAssertion, graph)
    yield from about.code(DCT.identifier, record.key)
    yield from about.paths(GM.assertedOf, record.subject)
    yield from about.iris(GM.againstStandard, standard_iri(record.standard, mint))
    yield from about.concepts(GM.conformanceResult, "conformance-result", record.result)
    yield from about.concepts(GM.testMethod, "test-method", record.method)
    yield from about.days(GM.testedOn, record.tested)
    yield from about.days(GM.validUntil, record.ended)
    yield from about.words(GM.evidence, record.evidence)
    yield from about.visible_to(record.visible_to)
    yield from about.words(GM.internalNote, record.note)
