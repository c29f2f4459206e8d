"""A contribution's quads, and the short way from the contributor to what it contributes to."""

from collections.abc import Iterator

from loaders.identity import Minter
from loaders.mappings.about import About, is_for_everybody
from loaders.mappings.typed import typed
from loaders.quads import Quad
from loaders.records import Contribution
from ontology.namespaces import concept
from ontology.vocab import DCT, GM, PROV


def map_contribution(record: Contribution, mint: Minter, source: str) -> Iterator[Quad]:
    """The quads of one contribution; of a restricted one there is no short way to see."""
    graph = mint.graph(source)
    subject = mint.thing("contribution", source, record.key)
    about = About(subject, graph, mint)
    contributor = About(mint.thing(*record.contributor.split("/")), graph, mint)
    is_open = is_for_everybody(record.visible_to)
    yield from typed(subject, GM.Contribution, graph)
    yield from about.code(DCT.identifier, record.key)
    yield from about.iris(GM.contributor, contributor.subject)
    if record.mission:
        year, notation = record.mission.split("/")
        mission = concept(f"mission-{year}", notation)
        yield from about.iris(GM.contributesTo, mission)
        if is_open:
            yield from contributor.iris(GM.contributesToMission, mission)
    if record.principle:
        principle = concept("principle-2022", record.principle)
        yield from about.iris(GM.contributesTo, principle)
        if is_open:
            yield from contributor.iris(GM.upholdsPrinciple, principle)
    yield from about.concepts(GM.contributionBasis, "contribution-basis", record.basis)
    yield from about.words(GM.rationale, record.rationale)
    if record.by:
        yield from about.organisations(PROV.wasAttributedTo, (record.by,))
    yield from about.days(DCT.date, record.on)
    yield from about.visible_to(record.visible_to)
    yield from about.iris(DCT.source, record.source)
