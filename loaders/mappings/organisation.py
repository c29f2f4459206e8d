"""An organisation's quads."""

from collections.abc import Iterator

from loaders.identity import Minter
from loaders.mappings.typed import typed
from loaders.quads import Quad, day, plain, text
from loaders.records import Organisation
from ontology.namespaces import concept
from ontology.vocab import DCT, FOAF, GM, ORG, SCHEMA, SKOS

_CLASSES = {
    "COMB": GM.CombinedAuthority,
    "PTE": GM.TransportBody,
    "transport-body": GM.TransportBody,
}


def map_organisation(record: Organisation, mint: Minter, graph: str) -> Iterator[Quad]:
    """The quads that describe one organisation.

    Every type of our scheme but those named here is a kind of local authority.
    """
    subject = mint.organisation(record.key)
    kind = record.organisation_type
    yield from typed(subject, _CLASSES.get(kind, GM.LocalAuthority), graph)
    yield Quad(subject, DCT.identifier, plain(record.key), graph)
    yield Quad(subject, SKOS.prefLabel, text(record.name), graph)
    yield Quad(subject, ORG.classification, concept("organisation-type", kind), graph)
    for name in record.other_names:
        yield Quad(subject, SKOS.altLabel, text(name), graph)
    for code in record.administers:
        yield Quad(subject, GM.administers, mint.area(code), graph)
    for key in record.replaced_by:
        yield Quad(subject, DCT.isReplacedBy, mint.organisation(key), graph)
    if record.homepage:
        yield Quad(subject, FOAF.homepage, record.homepage, graph)
    if record.founded:
        yield Quad(subject, SCHEMA.foundingDate, day(record.founded), graph)
    if record.dissolved:
        yield Quad(subject, SCHEMA.dissolutionDate, day(record.dissolved), graph)
    if record.source:
        yield Quad(subject, DCT.source, record.source, graph)
