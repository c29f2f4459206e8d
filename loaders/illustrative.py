"""What is made up is marked as such, thing by thing, so that nobody takes it for a record."""

from collections.abc import Iterable, Iterator

from loaders.identity import Minter
from loaders.quads import Quad, boolean
from ontology.vocab import GM, RDF


def marked(quads: Iterable[Quad], mint: Minter) -> Iterator[Quad]:
    """The quads of an illustrative source, and of each thing that they type that it is made up.

    Areas are not marked: their codes are official ones, which made-up things may refer to.
    """
    things, areas = f"{mint.base}id/", mint.thing("area", "")
    for each in quads:
        yield each
        is_thing = each.subject.startswith(things) and not each.subject.startswith(areas)
        if each.predicate == RDF.type and is_thing:
            yield Quad(each.subject, GM.isIllustrative, boolean(True), each.graph)
