"""An administration's quad."""

from collections.abc import Iterator

from loaders.identity import Minter
from loaders.quads import Quad
from loaders.records import Administration
from ontology.vocab import GM


def map_administration(record: Administration, mint: Minter, graph: str) -> Iterator[Quad]:
    """That an organisation governs an area; both are described elsewhere."""
    subject = mint.organisation(record.organisation)
    yield Quad(subject, GM.administers, mint.area(record.area), graph)
