"""The example questions, answered from the sample."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, QueryTriples, Store

from loaders.directory import initialise
from loaders.pipeline import load_source
from loaders.publish import publish
from loaders.source import declared_sources
from queries.query import all_queries, load

BASE = "https://data.greatermanchester.example/"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Store:
    directory = initialise(tmp_path_factory.mktemp("sample") / "var")
    source = declared_sources()["gm-bodies"]
    contents = {file.name: file.place.read_bytes() for file in source.files if file.place}
    load_source(directory, source, contents)
    release = publish(directory).release
    return Store.read_only(str(Path(release.path) / "public" / "store"))


def rows(store: Store, name: str) -> list[tuple[str | None, ...]]:
    """The rows of a question, each value as text."""
    found = load(f"competency/{name}").run(store)
    return [tuple(value and value.value for value in solution) for solution in found]


def test_the_ten_councils_make_up_the_combined_authority(sample: Store) -> None:
    found = rows(sample, "constituent-councils")
    assert [row[2] for row in found] == [f"E080000{n:02}" for n in range(1, 11)]
    assert found[8] == (
        f"{BASE}id/organisation/GB-LAE-TRF",
        "Trafford Metropolitan Borough Council",
        "E08000009",
        "https://www.trafford.gov.uk",
    )


def test_a_bodys_codes_are_listed_by_scheme(sample: Store) -> None:
    assert {code for _, code in rows(sample, "codes-of-a-body")} == {
        "TRF",
        "Q17034839",
        "E4209",
        "4245",
    }


def test_a_code_leads_to_the_one_body_that_has_it(sample: Store) -> None:
    found = rows(sample, "body-with-a-code")
    assert [row[:2] for row in found] == [
        (f"{BASE}id/organisation/GB-LAE-MAN", "Manchester City Council")
    ]


def test_bodies_are_counted_by_type(sample: Store) -> None:
    assert {count for _, count in rows(sample, "bodies-by-type")} == {"10", "1"}
    assert sum(int(count or 0) for _, count in rows(sample, "bodies-by-type")) == 13


def test_the_transport_executive_was_replaced(sample: Store) -> None:
    assert rows(sample, "bodies-that-ended") == [
        (
            "Greater Manchester Passenger Transport Executive",
            "Transport for Greater Manchester",
            "2011-04-01",
        )
    ]


def test_each_source_of_a_body_is_named_with_its_licence(sample: Store) -> None:
    found = {row[0]: row[2] for row in rows(sample, "who-says-so")}
    licence = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
    assert found[f"{BASE}graph/gm-bodies"] == licence
    assert f"{BASE}graph/links" in found


def test_a_council_is_described_as_a_graph(sample: Store) -> None:
    found = sample.query(load("competency/describe-a-council").text)
    assert isinstance(found, QueryTriples)
    council = NamedNode(f"{BASE}id/organisation/GB-LAE-MAN")
    triples = list(found)
    assert {triple.subject for triple in triples} == {council}
    assert Literal("Manchester City Council", language="en") in {each.object for each in triples}


def test_every_example_gives_an_answer(sample: Store) -> None:
    examples = [query for query in all_queries() if query.name.startswith("competency/")]
    assert len(examples) == 7
    for query in examples:
        found = sample.query(query.text)
        assert isinstance(found, QuerySolutions | QueryTriples)
        assert next(iter(found), None) is not None, query.name
