"""What changed since a day, by the loads that state things and by what is published no longer."""

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from ontology.namespaces import PREFIXES
from ontology.vocab import XSD
from queries.query import load

THINGS = "https://ours.example/id/"
DATA = """
@base <https://ours.example/> .
<load/1> prov:used <snapshot/1> ; prov:endedAtTime "2026-01-10T09:00:00Z"^^xsd:dateTime .
<load/2> prov:used <snapshot/2> ; prov:endedAtTime "2026-03-10T09:00:00Z"^^xsd:dateTime .
<load/3> prov:used <snapshot/3> ; prov:endedAtTime "2026-05-10T09:00:00Z"^^xsd:dateTime .
<id/old> skos:prefLabel "Old"@en ; prov:wasDerivedFrom <snapshot/1#row=2> .
<id/kept> skos:prefLabel "Kept"@en ;
    prov:wasDerivedFrom <snapshot/1#row=3> , <snapshot/2#row=3> .
<id/new> dct:title "New"@en ; prov:wasDerivedFrom <snapshot/3#row=4> .
<id/asset> dct:title "An asset"@en ; prov:wasDerivedFrom <id/old> .
<id/gone> skos:prefLabel "Gone"@en ; prov:invalidatedAtTime "2026-04-01T00:00:00Z"^^xsd:dateTime .
<id/gone-long-ago> prov:invalidatedAtTime "2026-01-01T00:00:00Z"^^xsd:dateTime .
"""
CHANGED, GONE = "new or changed", "published no longer"
ANSWERS = {
    "2026-01-11": [("new", "New", CHANGED), ("gone", "Gone", GONE), ("kept", "Kept", CHANGED)],
    "2026-04-01": [("new", "New", CHANGED), ("gone", "Gone", GONE)],
    "2026-05-11": [],
}


@pytest.mark.parametrize("since", ANSWERS)
def test_what_a_later_load_states_and_what_ended_since_is_listed(since: str) -> None:
    store = Store()
    prefixes = "".join(f"@prefix {name}: <{space}> .\n" for name, space in PREFIXES.items())
    store.extend(parse(prefixes + DATA, format=RdfFormat.TURTLE))
    found = load("competency/what-changed-since").run(
        store, since=Literal(since, datatype=NamedNode(XSD.date))
    )
    columns = ("thing", "name", "change")
    rows = [tuple(row[each].value.removeprefix(THINGS) for each in columns) for row in found]
    assert rows == ANSWERS[since]
