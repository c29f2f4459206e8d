"""D7: which load made what is said of a thing, from which row, when, and what it left out."""

import io
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Store

from loaders.audience import Audience
from loaders.directory import DataDirectory, initialise
from loaders.formats import find_format
from loaders.pipeline import load_source
from loaders.publish import publish
from loaders.source import Source, SourceFile
from loaders.staging import StagedLoad
from queries.query import load

BASE = "https://data.greatermanchester.example/"
QUESTION = "competency/where-a-thing-comes-from"
COLUMNS = "source sourceName file row sha256 loaded recordsIn recordsLeftOut valuesWithheld"
HEAD = "key,name,type,homepage,dissolved,replaced-by\n"
BODIES = ("GB-LAE-A,A,MD,,,\n", "GB-LAE-B,B,MD,no address,,\n", "GB-LAE-C,,MD,,,\n")


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    return initialise(tmp_path / "var", BASE)


def published(directory: DataDirectory, *rows: str) -> StagedLoad:
    content = (HEAD + "".join(rows)).encode()
    file = SourceFile("bodies.csv", find_format("organisation-csv"), None, 0)
    source = Source("bodies", "The bodies", (file,), audience=Audience.PUBLIC)
    loaded = load_source(directory, source, {"bodies.csv": lambda: io.BytesIO(content)})
    publish(directory)
    return loaded.load


def answers(directory: DataDirectory, key: str) -> list[tuple[str, ...]]:
    store = Store.read_only(str(directory.current / "public" / "store"))
    found = load(QUESTION).run(store, thing=NamedNode(f"{BASE}id/organisation/{key}"))
    return [tuple(row[each].value for each in COLUMNS.split()) for row in found]


def expected(made: StagedLoad, row: str, *counts: str) -> tuple[str, ...]:
    about = (f"{BASE}graph/bodies", "The bodies", "bodies.csv", row)
    return (*about, str(made.files[0]["sha256"]), made.ended.replace("+00:00", "Z"), *counts)


def test_the_load_and_the_row_of_a_thing_are_found(directory: DataDirectory) -> None:
    made = published(directory, *BODIES)
    assert answers(directory, "GB-LAE-A") == [expected(made, "row=2", "3", "1", "1")]
    assert answers(directory, "GB-LAE-B") == [expected(made, "row=3", "3", "1", "1")]


def test_a_thing_that_stays_is_answered_by_the_load_that_said_it_first(
    directory: DataDirectory,
) -> None:
    first = published(directory, *BODIES)
    second = published(directory, "GB-LAE-D,D,MD,,,\n", "GB-LAE-A,Ay,MD,,,\n", BODIES[1])
    assert answers(directory, "GB-LAE-B") == [expected(first, "row=3", "3", "1", "1")]
    assert answers(directory, "GB-LAE-A") == [expected(second, "row=3", "3", "0", "1")]


def test_every_row_that_says_it_is_an_answer(directory: DataDirectory) -> None:
    made = published(directory, BODIES[0], BODIES[0])
    assert answers(directory, "GB-LAE-A") == [
        expected(made, "row=2", "2", "0", "0"),
        expected(made, "row=3", "2", "0", "0"),
    ]


def test_what_was_left_out_has_no_answer(directory: DataDirectory) -> None:
    published(directory, *BODIES)
    assert answers(directory, "GB-LAE-C") == []


def test_of_a_source_that_is_not_seen_whole_there_is_no_answer(directory: DataDirectory) -> None:
    published(directory, *BODIES, "GB-LAE-D,D,MD,,2011-04-01,GB-LAE-NOBODY\n")
    assert answers(directory, "GB-LAE-A") == []
