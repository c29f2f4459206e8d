"""The example questions, answered from the samples."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, QueryTriples, Store

from loaders.directory import initialise
from loaders.pipeline import load_source
from loaders.publish import publish
from loaders.snapshot import opener_of
from loaders.source import declared_sources
from ontology.vocab import DCAT, DCT, RDF
from queries.query import all_queries, load

BASE = "https://data.greatermanchester.example/"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Store:
    directory = initialise(tmp_path_factory.mktemp("sample") / "var")
    for name in ("gm-bodies", "gm-datasets", "gm-services"):
        source = declared_sources()[name]
        openers = {file.name: opener_of(file.place) for file in source.files if file.place}
        load_source(directory, source, openers)
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
        "trafford",
    }


def test_bodies_are_counted_by_type(sample: Store) -> None:
    counts = {kind: int(count or 0) for kind, count in rows(sample, "bodies-by-type")}
    assert counts["Metropolitan district"] == 10
    assert counts["Combined authority"] == 1
    assert sum(counts.values()) == 92


def test_the_bodies_that_ended_are_listed_with_their_successors(sample: Store) -> None:
    found = rows(sample, "bodies-that-ended")
    assert (
        "Greater Manchester Passenger Transport Executive",
        "Transport for Greater Manchester",
        "2011-04-01",
    ) in found
    successors = {after for before, after, _ in found if "CCG" in (before or "")}
    assert "NHS Greater Manchester Integrated Care Board" in successors


def test_councils_are_listed_with_and_without_a_kind_of_service(sample: Store) -> None:
    counts = {name: count for _, name, count in rows(sample, "councils-without-a-service")}
    assert len(counts) == 10
    assert counts.pop("Bury Metropolitan Borough Council") == "0"
    assert set(counts.values()) == {"1"}


def test_services_are_found_by_a_function_far_above_them(sample: Store) -> None:
    found = rows(sample, "services-by-function")
    assert ("Household waste collection",) in {row[2:] for row in found}
    assert not [row for row in found if row[2] == "Library facilities"]
    assert len(found) == len(set(found)) > 50


def test_datasets_are_counted_by_publisher_whether_or_not_it_is_linked(sample: Store) -> None:
    counts = {
        name: (int(all_ or 0), int(licensed or 0))
        for name, all_, licensed in rows(sample, "datasets-by-publisher")
    }
    assert counts["Trafford Metropolitan Borough Council"] == (28, 26)
    assert counts["Office for National Statistics"] == (12, 12)
    assert sum(all_ for all_, _ in counts.values()) == 104
    assert sum(licensed for _, licensed in counts.values()) == 92


def test_open_and_machine_readable_datasets_name_their_forms(sample: Store) -> None:
    found = {
        title: set((forms or "").split(", "))
        for _, title, forms in rows(sample, "open-and-machine-readable")
    }
    assert found["Bus routes in Trafford"] == {"GEOJSON"}
    assert "Brownfield land register of Bolton" not in found


OPEN = (
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/1/",
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/2/",
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    "https://creativecommons.org/licenses/by/4.0/",
    "https://creativecommons.org/licenses/by-sa/4.0/",
    "https://creativecommons.org/publicdomain/zero/1.0/",
    "https://opendatacommons.org/licenses/by/1-0/",
    "https://opendatacommons.org/licenses/odbl/1-0/",
    "https://opendatacommons.org/licenses/pddl/1-0/",
)
CLOSED = (
    "https://creativecommons.org/licenses/by-nc/4.0/",
    "https://creativecommons.org/licenses/by-nd/4.0/",
    "https://licences.example/ask-us-first",
)


@pytest.mark.parametrize("licence", [*OPEN, *CLOSED])
def test_a_licence_is_open_by_the_open_definition(licence: str) -> None:
    dataset = NamedNode("https://ours.example/id/dataset/feed/one")
    file = NamedNode("https://ours.example/id/distribution/feed/one-csv")
    csv = NamedNode("http://publications.europa.eu/resource/authority/file-type/CSV")
    store = Store()
    for subject, property_, value in (
        (dataset, RDF.type, NamedNode(DCAT.Dataset)),
        (dataset, DCT.title, Literal("One", language="en")),
        (dataset, DCT.license, NamedNode(licence)),
        (dataset, DCAT.distribution, file),
        (file, DCT.format, csv),
    ):
        store.add(Quad(subject, NamedNode(property_), value))
    expected = [(dataset.value, "One", "CSV")] if licence in OPEN else []
    assert rows(store, "open-and-machine-readable") == expected


def test_a_publishers_datasets_say_where_they_are_had(sample: Store) -> None:
    found = rows(sample, "where-a-dataset-is-had")
    assert len(found) >= 28
    assert all(where for _, _, where, _ in found)


def test_each_source_of_a_body_is_named_with_its_licence(sample: Store) -> None:
    found = {row[0]: row[2] for row in rows(sample, "who-says-so")}
    assert f"{BASE}graph/gm-services" not in found, "its statements have the council as their value"
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


def test_every_question_without_a_parameter_gives_an_answer(internal: Store) -> None:
    examples = [
        query
        for query in all_queries()
        if query.name.startswith("competency/") and not query.parameters
    ]
    assert len(examples) >= 15
    for query in examples:
        found = internal.query(query.text)
        assert isinstance(found, QuerySolutions | QueryTriples)
        assert next(iter(found), None) is not None, query.name
