"""How good the records of datasets and assets are: the graph `quality`, by the W3C's DQV.

Each measurement names what was looked at (`gm:lookedAt`), which with the thing leads to the
statements behind it, and what would raise it (`gm:lacks`). There is none of what is not measured.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from loaders.deriving.derivation import Derivation, Premises
from loaders.deriving.measured_records import records_of
from loaders.deriving.measures import Measure, measures_of, same_title
from loaders.identity import Minter
from loaders.mappings.typed import typed
from loaders.nquads import line_of
from loaders.projection import mark
from loaders.quads import Quad, boolean, decimal
from ontology.namespaces import concept
from ontology.vocab import DCT, DQV, GM, RDF

GRAPH = "quality"
_VERSION = "3"


def derive_quality(premises: Premises) -> Iterator[bytes]:
    """The lines of the measurements of all records that the audience sees described."""
    mint = Minter(premises.base)
    # What is seen in part is left aside: a title or a publisher more, and it is no double.
    doubles = Counter(
        mark(repr(key).encode())
        for each in records_of(premises)
        if each.is_whole and (key := same_title(each))
    )
    for record in records_of(premises):
        found = list(measures_of(record))
        if record.is_whole and (key := same_title(record)):
            is_double = doubles[mark(repr(key).encode())] > 1
            # That there is no other is told where nothing is hidden from this audience.
            if is_double or not premises.beyond:
                found.append(Measure("no-double", Decimal(not is_double), (DCT.title,)))
        for each in found:
            yield from map(line_of, map_measure(record.iri, each, mint))


def map_measure(thing: str, measure: Measure, mint: Minter) -> Iterator[Quad]:
    """The quads of one measurement."""
    graph = mint.graph(GRAPH)
    key = hashlib.sha256(thing.encode()).hexdigest()[:32]
    node = mint.part(GRAPH, key, measure.name)
    if isinstance(measure.value, bool):
        yield from typed(node, GM.FairResult, graph)
        yield Quad(node, GM.fairIndicator, concept("fair-indicator", measure.name), graph)
        yield Quad(node, DQV.value, boolean(measure.value), graph)
    else:
        yield Quad(node, RDF.type, DQV.QualityMeasurement, graph)
        yield Quad(node, DQV.isMeasurementOf, concept("quality-metric", measure.name), graph)
        yield Quad(node, DQV.value, decimal(measure.value), graph)
    yield Quad(node, DQV.computedOn, thing, graph)
    for term, properties in ((GM.lookedAt, measure.looked_at), (GM.lacks, measure.lacks)):
        for each in properties:
            yield Quad(node, term, each, graph)


QUALITY = Derivation(GRAPH, lambda: _VERSION, derive_quality, looks_beyond=True)
