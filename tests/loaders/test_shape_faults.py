"""A record that breaks a shape is left out whole, and what a shape remarks upon is reported."""

import io
from collections.abc import Callable
from dataclasses import replace

import pytest

from loaders.directory import DataDirectory
from loaders.errors import BoundsError, ValidationError
from loaders.formats import find_format
from loaders.issues import Effect, Issue
from loaders.pipeline import Loaded, load_source
from loaders.publish import publish
from loaders.shapes.running import Plan, find, plan_of
from loaders.source import Source, SourceFile
from loaders.staging import Counts, staged_load
from tests.loaders.conftest import BASE, openers, quads_of, staged_lines
from tests.loaders.publishing import a_source

PREFIXES = """
@prefix dct: <http://purl.org/dc/terms/> .
@prefix gm: <https://w3id.org/greater-manchester/def/gm#> .
@prefix locn: <http://www.w3.org/ns/locn#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix shape: <https://shapes.example/> .
"""
NO_BEES = """
shape:Organisation a sh:NodeShape ; sh:targetClass org:Organization ;
    sh:property shape:Name, shape:Described .
shape:Name a sh:PropertyShape ; sh:path skos:prefLabel ;
    sh:pattern "^[^B]" ; sh:severity sh:Violation ; sh:message "No name begins with a B."@en .
shape:Described a sh:PropertyShape ; sh:path dct:description ;
    sh:minCount 1 ; sh:severity sh:Warning ; sh:message "Say what it does."@en .
"""
THING = f"{BASE}id/organisation/"
HEAD = "key,name,type,description\n"
Load = Callable[..., Loaded]


@pytest.fixture
def with_shapes(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts shapes in the place of those of the ontology."""

    def change(turtle: str) -> None:
        plan: Plan = plan_of([(PREFIXES + turtle).encode()])
        monkeypatch.setattr("loaders.shape_faults.shapes", lambda: plan)

    return change


@pytest.fixture
def load(directory: DataDirectory, with_shapes: Callable[[str], None]) -> Load:
    """Loads rows of organisations, held against shapes by which no name begins with a B."""
    with_shapes(NO_BEES)

    def load_rows(*rows: str, source: Source | None = None, dry_run: bool = False) -> Loaded:
        content = (HEAD + "".join(f"{row}\n" for row in rows)).encode()
        openers = {"organisations.csv": lambda: io.BytesIO(content)}
        return load_source(directory, source or a_source(), openers, dry_run=dry_run)

    return load_rows


GOOD = "GB-LAE-A,Ay,MD,It does."
BARE = "GB-LAE-C,Sea,MD,"
BAD = "GB-LAE-B,Bee,MD,It does."


def told(loaded: Loaded) -> list[Issue]:
    return [each for each in loaded.issues if each.rule == "shape"]


def things(directory: DataDirectory, loaded: Loaded) -> set[str]:
    return {
        quad.subject.removeprefix(THING)
        for quad in quads_of(staged_lines(directory, loaded))
        if quad.subject.startswith(THING)
    }


def left_out(row: int, key: str, field: str | None, message: str) -> Issue:
    return Issue(
        "councils",
        "organisations.csv",
        row,
        field,
        THING + key,
        "shape",
        Effect.LEFT_OUT,
        message,
    )


def test_a_record_that_breaks_a_shape_is_left_out_and_the_others_stay(
    directory: DataDirectory, load: Load
) -> None:
    loaded = load(GOOD, BAD)
    assert things(directory, loaded) == {"GB-LAE-A"}
    assert loaded.load.counts == Counts(2, 1, 1, 0)
    assert told(loaded) == [left_out(3, "GB-LAE-B", "name", "No name begins with a B.")]


def test_a_warning_is_reported_and_its_record_loaded(directory: DataDirectory, load: Load) -> None:
    loaded = load(GOOD, BARE)
    assert things(directory, loaded) == {"GB-LAE-A", "GB-LAE-C"}
    assert loaded.load.counts == Counts(2, 2, 0, 0)
    noted = replace(left_out(3, "GB-LAE-C", None, "Say what it does."), effect=Effect.NOTED)
    assert told(loaded) == [noted]


def test_every_row_that_states_the_thing_is_left_out(directory: DataDirectory, load: Load) -> None:
    loaded = load(BAD, GOOD, BAD)
    assert things(directory, loaded) == {"GB-LAE-A"}
    assert loaded.load.counts == Counts(3, 1, 2, 0)
    assert [each.row for each in told(loaded)] == [2, 4]


def test_a_load_without_a_fault_has_no_issue(load: Load) -> None:
    assert not told(load(GOOD))


def test_what_was_left_out_stays_out_when_it_is_loaded_once_more(
    directory: DataDirectory, load: Load
) -> None:
    once = load(GOOD, BAD, BARE)
    again = load(GOOD, BAD, BARE)
    publish(directory)
    after = load(GOOD, BAD, BARE)
    assert once.load == again.load == after.load
    assert told(once) == told(again) == told(after)
    assert len(told(once)) == 2


def test_remarks_on_what_did_not_change_are_taken_over_with_the_row_of_today(
    directory: DataDirectory, load: Load
) -> None:
    load(BARE)
    publish(directory)
    [issue] = told(load(GOOD, BARE))
    assert (issue.row, issue.value, issue.message) == (3, f"{THING}GB-LAE-C", "Say what it does.")
    assert not told(load(GOOD, "GB-LAE-C,Sea,MD,It does."))


def test_only_what_changed_since_the_published_load_is_looked_at(
    directory: DataDirectory, load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(GOOD, "GB-LAE-D,Dee,MD,It does.")
    publish(directory)
    looked_at: list[str] = []

    def noting(plan: Plan, lines: object) -> object:
        kept = list(lines)  # type: ignore[call-overload]
        looked_at.extend(quad.subject for quad in quads_of(kept))
        return find(plan, kept)

    monkeypatch.setattr("loaders.shape_faults.find", noting)
    load(GOOD, "GB-LAE-D,Do,MD,It does.")
    assert set(looked_at) == {f"{THING}GB-LAE-D"}


def test_the_bounds_of_a_source_count_what_shapes_leave_out(load: Load) -> None:
    [file] = a_source().files
    with pytest.raises(BoundsError, match="1 records would be loaded"):
        load(GOOD, BAD, source=replace(a_source(), files=(replace(file, minimum=2),)))
    with pytest.raises(BoundsError, match="1 records would be left out"):
        load(GOOD, BAD, source=replace(a_source(), left_out_at_most=0))


def test_a_dry_run_leaves_out_what_a_load_would(directory: DataDirectory, load: Load) -> None:
    tried = load(GOOD, BAD, dry_run=True)
    assert staged_load(directory, "councils") is None
    assert tried.load.counts == Counts(2, 1, 1, 0)
    assert told(tried) == told(load(GOOD, BAD))


def test_leaving_out_one_record_may_make_another_fail(
    directory: DataDirectory, with_shapes: Callable[[str], None]
) -> None:
    with_shapes(
        """
shape:Event a sh:NodeShape ; sh:targetClass org:ChangeEvent ; sh:property shape:Title .
shape:Title a sh:PropertyShape ; sh:path dct:title ; sh:pattern "^[^B]" ;
    sh:severity sh:Violation ; sh:message "No title begins with a B."@en .
shape:Organisation a sh:NodeShape ; sh:targetClass org:Organization ; sh:property shape:Changed .
shape:Changed a sh:PropertyShape ; sh:path dct:isReplacedBy ; sh:minCount 1 ;
    sh:severity sh:Violation ; sh:message "Something must have replaced it."@en .
"""
    )
    contents = {
        "events.csv": b"key,title,date,before,after\n"
        b"one,An event,2011-04-01,GB-LAE-A,GB-LAE-B\ntwo,Bad,2012-04-01,GB-LAE-C,GB-LAE-B\n",
        "organisations.csv": b"key,name,type\nGB-LAE-A,A,MD\nGB-LAE-C,C,MD\n",
    }
    files = (
        SourceFile("events.csv", find_format("change-event-csv"), None, 0),
        SourceFile("organisations.csv", find_format("organisation-csv"), None, 0),
    )
    source = Source("given", "Bodies", files)
    loaded = load_source(directory, source, openers(contents))
    assert [(each.file, each.row, each.message) for each in told(loaded)] == [
        ("events.csv", 3, "No title begins with a B."),
        ("organisations.csv", 3, "Something must have replaced it."),
    ]
    assert loaded.load.counts == Counts(4, 2, 2, 0)


def test_leaving_out_that_does_not_end_refuses_the_load(
    load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loaders.loading.READINGS", 0)
    with pytest.raises(ValidationError, match="there are still some that do"):
        load(GOOD, BAD)


def test_a_fault_of_a_part_leaves_out_the_record_of_its_thing(
    directory: DataDirectory, with_shapes: Callable[[str], None]
) -> None:
    with_shapes(
        """
shape:Address a sh:NodeShape ; sh:targetClass locn:Address ; sh:property shape:PostCode .
shape:PostCode a sh:PropertyShape ; sh:path locn:postCode ; sh:pattern "^M" ;
    sh:severity sh:Violation ; sh:message "It lies elsewhere."@en .
"""
    )
    file = SourceFile("given.csv", find_format("place-csv"), None, 0)
    content = (
        b"key,name,address,postcode\nhall,Hall,1 High Street,BL1 1AA\nyard,Yard,2 Low,M60 2LA\n"
    )
    source = Source("given", "Places", (file,))
    loaded = load_source(directory, source, {"given.csv": lambda: io.BytesIO(content)})
    [issue] = told(loaded)
    assert (issue.row, issue.field, issue.effect) == (2, "postcode", Effect.LEFT_OUT)
    lines = b"".join(staged_lines(directory, loaded))
    assert b"/yard>" in lines
    assert b"/hall" not in lines


def test_a_source_whose_own_description_breaks_a_shape_is_refused(
    directory: DataDirectory, load: Load
) -> None:
    with pytest.raises(ValidationError, match="the source itself breaks a shape"):
        load(GOOD, source=replace(a_source(), title=" "))
    assert staged_load(directory, "councils") is None
