"""Organisations of OpenDataCommunities in RDF: the W3C's Organization Ontology, with RDFS labels.

The address of a node of the class `org:Organization` makes its key, as the source declares or as
its own. The address of a body's page and the body's own, with http or https, are one in the key and
in the link; a label stays as it is.
"""

from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.rdf_items import RdfItems
from loaders.formats.reading.row import Row
from loaders.formats.registers.open_data_communities import (
    key_of,
    kind_of,
    organisation_path,
    own_address,
)
from loaders.records import Link, Organisation, Record
from loaders.values import web_address, words
from ontology.vocab import ORG

_LABELS = ("skos:prefLabel", "rdfs:label")


def _organisation(row: Row, feed: Feed) -> tuple[Record, ...]:
    path = row.required("@id", organisation_path)
    key = key_of(path, feed)
    names = [
        name
        for column in (*_LABELS, "skos:altLabel")
        for each in row.each(column)
        if (name := each.optional("@value", words))
    ]
    if not names:
        row.required("rdfs:label", words)
    first, *others = dict.fromkeys(names)
    homepages = [each.optional("@id", web_address) for each in row.each("foaf:homepage")]
    parents = [
        each.optional("@id", organisation_path) for each in row.each("org:subOrganizationOf")
    ]
    organisation = Organisation(
        key=key,
        name=first,
        organisation_type=kind_of(path),
        other_names=tuple(others),
        homepage=next(filter(None, homepages), None),
        part_of=tuple(dict.fromkeys(key_of(each, feed) for each in parents if each)),
    )
    return organisation, Link("organisation", key, row.required("@id", own_address))


ORGANISATION_RDF = (
    Format(
        "opendatacommunities-rdf",
        "Organisations of OpenDataCommunities, RDF",
        RdfItems(
            ORG.Organization,
            {
                "skos:prefLabel": {},
                "rdfs:label": {},
                "skos:altLabel": {},
                "foaf:homepage": {},
                "org:subOrganizationOf": {},
            },
        ),
        _organisation,
    ),
)
