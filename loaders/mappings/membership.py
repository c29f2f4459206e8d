"""A membership's quads."""

from collections.abc import Iterator

from loaders.identity import Minter
from loaders.mappings.typed import typed
from loaders.quads import Quad, day
from loaders.records import Membership
from ontology.namespaces import concept
from ontology.vocab import DCT, GM, ORG, SCHEMA

_CONSTITUENT = "constituent-council"


def map_membership(record: Membership, mint: Minter, graph: str) -> Iterator[Quad]:
    """The quads of one membership: a node with role and dates, and the short way beside it."""
    member = mint.organisation(record.member)
    organisation = mint.organisation(record.organisation)
    node = mint.thing("membership", record.member, record.organisation, record.role)
    yield from typed(node, ORG.Membership, graph)
    yield Quad(node, ORG.member, member, graph)
    yield Quad(node, ORG.organization, organisation, graph)
    yield Quad(node, ORG.role, concept("membership-role", record.role), graph)
    if record.began:
        yield Quad(node, SCHEMA.startDate, day(record.began), graph)
    if record.ended:
        yield Quad(node, SCHEMA.endDate, day(record.ended), graph)
    if record.source:
        yield Quad(node, DCT.source, record.source, graph)
    if not record.ended:
        yield Quad(member, ORG.memberOf, organisation, graph)
        if record.role == _CONSTITUENT:
            yield Quad(member, GM.constituentOf, organisation, graph)
