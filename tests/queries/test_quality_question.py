"""A10: how good the records of datasets and assets are."""

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

from ontology.namespaces import DEF, PREFIXES
from queries.query import load

BASE = "https://data.greatermanchester.example/"
HEAD = f"@base <{BASE}> .\n" + "".join(
    f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items()
)
DATA = f"""
    <id/dataset/a/1> dct:title "Trees"@en ; dct:publisher <id/organisation/1> .
    <id/dataset/a/2> dct:title "Ponds"@en .
    <m/1> a gm:FairResult ; dqv:computedOn <id/dataset/a/1> ; dqv:value true .
    <m/2> a gm:FairResult ; dqv:computedOn <id/dataset/a/1> ; dqv:value true .
    <m/3> a gm:FairResult ; dqv:computedOn <id/dataset/a/1> ; dqv:value false .
    <m/4> dqv:isMeasurementOf <{DEF}quality-metric/record-completeness> ;
        dqv:computedOn <id/dataset/a/1> ; dqv:value 0.4 .
    <m/5> a gm:FairResult ; dqv:computedOn <id/dataset/a/2> ; dqv:value false .
"""
TREES = ("Trees", "2", "1", "12", "0.4", None)
PONDS = ("Ponds", "0", "1", "14", None, None)
COLUMNS = ("title", "met", "notMet", "notMeasured", "completeness", "keptUp")


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ({}, [PONDS, TREES]),
        ({"organisation": "id/organisation/1"}, [TREES]),
        ({"organisation": "id/organisation/2"}, []),
        ({"thing": "id/dataset/a/2"}, [PONDS]),
    ],
)
def test_a10_what_was_measured_and_what_was_not(
    terms: dict[str, str], expected: list[tuple[str | None, ...]]
) -> None:
    store = Store()
    store.load((HEAD + DATA).encode(), format=RdfFormat.TURTLE)
    given = {name: NamedNode(BASE + path) for name, path in terms.items()}
    rows = load("competency/fair-and-quality").run(store, **given)
    found = [tuple(row[each].value if row[each] else None for each in COLUMNS) for row in rows]
    assert found == expected
    (only,) = load("checks/measured-records").run(store, thing=NamedNode(f"{BASE}id/dataset/a/2"))
    assert only["checked"].value == "1"
