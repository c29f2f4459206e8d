"""Organisations of a CSV file into N-Triples, as a script with rdflib does it.

    python tests/benchmarks/rdflib_script.py RECORDS.csv MADE.nt

It stands for itself and imports nothing of ours: what it takes is what such a script takes.
"""

import csv
import sys

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG, RDF, SKOS, XSD

SCHEMA = Namespace("http://schema.org/")
ORGANISATION = Namespace("https://data.greatermanchester.example/id/organisation/")
ORGANISATION_TYPE = Namespace("https://w3id.org/greater-manchester/def/organisation-type/")


def read(path: str) -> Graph:
    """The graph of a file of charities."""
    graph = Graph()
    with open(path, encoding="utf-8", newline="") as file:  # noqa: PTH123 - as scripts do
        for row in csv.DictReader(file):
            subject = ORGANISATION[row["key"]]
            graph.add((subject, RDF.type, ORG.FormalOrganization))
            graph.add((subject, RDF.type, ORG.Organization))
            graph.add((subject, DCTERMS.identifier, Literal(row["key"])))
            graph.add((subject, SKOS.prefLabel, Literal(row["name"], lang="en")))
            graph.add((subject, ORG.classification, ORGANISATION_TYPE[row["type"]]))
            graph.add((subject, SKOS.altLabel, Literal(row["other-names"], lang="en")))
            graph.add((subject, FOAF.homepage, URIRef(row["homepage"])))
            graph.add((subject, SCHEMA.foundingDate, Literal(row["founded"], datatype=XSD.date)))
            graph.add((subject, DCTERMS.source, URIRef(row["source"])))
            graph.add((subject, DCTERMS.description, Literal(row["description"], lang="en")))
    return graph


if __name__ == "__main__":
    _, records, made = sys.argv
    read(records).serialize(made, format="nt", encoding="utf-8")
