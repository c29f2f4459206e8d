"""A unit's quads, as its own record or another one's mention of it has them."""

from collections.abc import Iterator

from loaders.identity import Minter, name_slug
from loaders.mappings.about import About, is_for_everybody
from loaders.mappings.typed import typed
from loaders.quads import Quad, text
from loaders.records import Unit
from ontology.vocab import DCT, ORG, SKOS


def map_unit(record: Unit, mint: Minter, graph: str) -> Iterator[Quad]:
    """The quads of one unit. It is part of its organisation, whichever unit it is part of too."""
    unit = unit_iri(record.organisation, record.name, mint)
    about = About(unit, graph, mint)
    yield from mention_unit(record.organisation, record.name, mint, graph)
    if record.parent:
        yield from about.iris(ORG.unitOf, unit_iri(record.organisation, record.parent, mint))
        if is_for_everybody(record.visible_to):
            yield from mention_unit(record.organisation, record.parent, mint, graph)
    yield from about.words(DCT.description, record.description)
    yield from about.visible_to(record.visible_to)
    yield from about.iris(DCT.source, record.source)


def unit_iri(organisation: str, name: str, mint: Minter) -> str:
    """The IRI of a unit, by its organisation's key and its name."""
    return mint.thing("unit", organisation, name_slug(name))


def mention_unit(organisation: str, name: str, mint: Minter, graph: str) -> Iterator[Quad]:
    """What is said of a unit by whatever names it."""
    unit = unit_iri(organisation, name, mint)
    yield from typed(unit, ORG.OrganizationalUnit, graph)
    yield Quad(unit, SKOS.prefLabel, text(name), graph)
    yield Quad(unit, ORG.unitOf, mint.organisation(organisation), graph)
