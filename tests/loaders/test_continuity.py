"""No published IRI is lost in silence, and none comes to mean something else."""

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from loaders.audience import Audience
from loaders.continuity import internal_ledger
from loaders.directory import DataDirectory, initialise
from loaders.endings import Ending, State
from loaders.errors import EndingsError
from loaders.ledger import Entry
from loaders.publish import DELETED, publish
from loaders.release import all_releases
from loaders.release_commands import ledger as ledger_command
from loaders.release_commands import publish as publish_command
from loaders.source import declared_sources
from loaders.staging import staged_load
from loaders.writing.write import WriteRefusedError
from ontology.vocab import GM, ORG
from tests.loaders.publishing import (
    BASE,
    a_source,
    assert_sound,
    current,
    load,
    may_end,
    names,
    store_of,
)
from tests.loaders.staged_turtle import stage_turtle
from tests.loaders.test_audiences import is_anywhere
from tests.loaders.writing.writes import update

ID = f"{BASE}id/organisation/"
A, B, C = (f"{ID}GB-LAE-{each * 3}" for each in "ABC")
ROWS = {A: "GB-LAE-AAA,Aston", B: "GB-LAE-BBB,Barton", C: "GB-LAE-CCC,Carton"}
MANY = [f"GB-LAE-X{n:02},Council {n}" for n in range(24)]
REASON = "It is listed no more."


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = initialise(tmp_path_factory.mktemp("made") / "var")
    load(directory, a_source(), *ROWS.values(), *MANY)
    publish(directory)
    return directory.path


@pytest.fixture
def directory(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataDirectory:
    monkeypatch.setattr("loaders.check.validate", lambda *_: [])
    shutil.copytree(made, tmp_path / "var", symlinks=True)
    return DataDirectory(tmp_path / "var", BASE)


def endings(directory: DataDirectory, *lines: str) -> None:
    """Write the steward's file."""
    text = "\n".join(("iri,state,successor,reason", *lines)) + "\n"
    (directory.path / "endings.csv").write_text(text)


def load_without(directory: DataDirectory, *iris: str) -> None:
    """Load the source without these."""
    load(directory, a_source(), *(row for iri, row in ROWS.items() if iri not in iris), *MANY)


def entry(directory: DataDirectory, iri: str) -> Entry:
    """What the ledger of our own staff says of an IRI."""
    return internal_ledger(BASE, current(directory)).entry(iri)


def refused(directory: DataDirectory, publishing: Callable[[], object]) -> str:
    """What a publish is refused with; nothing has changed."""
    before, kept = current(directory).id, len(all_releases(directory))
    with pytest.raises(EndingsError) as error:
        publishing()
    assert current(directory).id == before
    assert len(list(directory.releases.iterdir())) == kept
    return str(error.value)


def test_a_loss_that_nothing_explains_is_refused_with_what_to_do(directory: DataDirectory) -> None:
    load(directory, a_source(), *MANY[:1])
    told = refused(directory, lambda: publish(directory)).splitlines()
    assert told[0] == (
        "nothing is published, because 26 published IRIs would no longer be described, and nothing "
        "says why:"
    )
    assert told[1] == f"  {A} “Aston” (source councils)"
    assert len([line for line in told if line.startswith(f"  {ID}")]) == 20
    assert told[21] == "  and 6 more"
    rest = "\n".join(told[22:])
    assert str(directory.path / "endings.csv") in rest
    assert "things-may-end = " in rest
    assert "--withdraw councils" in rest
    assert names(current(directory)) >= {"Aston"}
    staged = staged_load(directory, "councils")
    assert staged is not None
    assert staged.counts.records_loaded == 1  # what was staged stays so
    may_end(directory, "councils")
    assert publish(directory).is_new


def test_the_command_refuses_with_status_1_and_keeps_stdout_free(directory: DataDirectory) -> None:
    load_without(directory, A)
    called = CliRunner().invoke(publish_command, ["--data", str(directory.path)])
    assert (called.exit_code, called.stdout) == (1, "")
    assert called.stderr.startswith("gmkg: nothing is published, because 1 published IRI would")


def test_a_standing_reason_is_the_reason(directory: DataDirectory) -> None:
    may_end(directory, "councils")
    load_without(directory, A)
    publish(directory)
    found = entry(directory, A)
    assert found.ending == Ending(State.GONE, REASON)
    assert found.ended.startswith("20")
    assert found.label == "Aston"
    assert {ORG.Organization, GM.LocalAuthority} <= set(found.types)
    assert_sound(current(directory))


def test_every_source_that_described_it_needs_a_reason_and_the_widest_is_told(
    directory: DataDirectory,
) -> None:
    load(directory, a_source("inner", Audience.INTERNAL), ROWS[A], ROWS[B])
    publish(directory)
    load_without(directory, A)
    load(directory, a_source("inner", Audience.INTERNAL), ROWS[B])
    may_end(directory, "inner", reason="An inner reason.")
    assert "(source councils)" in refused(directory, lambda: publish(directory))
    may_end(directory, "councils")
    publish(directory)
    for audience in Audience:
        assert not is_anywhere("An inner reason", current(directory), audience)
    assert entry(directory, A).ending.reason == REASON


def test_what_another_source_still_describes_is_not_lost(directory: DataDirectory) -> None:
    load(directory, a_source("other"), ROWS[A])
    publish(directory)
    load_without(directory, A)
    publish(directory)
    assert entry(directory, A).ending.state is State.CURRENT


def test_what_is_only_hidden_needs_no_reason_and_leaves_no_trace(directory: DataDirectory) -> None:
    load(directory, a_source("inner", Audience.INTERNAL), ROWS[A])
    publish(directory)
    load_without(directory, A)
    release = publish(directory).release
    assert not is_anywhere("GB-LAE-AAA", release, Audience.PUBLIC)


def test_a_withdrawn_source_is_a_reason_and_may_have_a_further_one(
    directory: DataDirectory,
) -> None:
    load(directory, a_source("other"), "GB-LAE-OTH,Other")
    load(directory, a_source("third"), "GB-LAE-THI,Third")
    publish(directory)
    publish(directory, withdraw=["other"])
    told = "The source “The other” was withdrawn."
    assert entry(directory, f"{ID}GB-LAE-OTH").ending == Ending(State.GONE, told)
    call = ["--data", str(directory.path), "--withdraw", "third", "--reason", "Its licence ended."]
    assert CliRunner().invoke(publish_command, call).exit_code == 0
    told = "The source “The third” was withdrawn. Its licence ended."
    assert entry(directory, f"{ID}GB-LAE-THI").ending == Ending(State.GONE, told)
    assert staged_load(directory, "third") is None


def test_a_reason_goes_with_a_withdrawal(directory: DataDirectory) -> None:
    call = ["--data", str(directory.path), "--reason", "Why not."]
    assert CliRunner().invoke(publish_command, call).exit_code == 2


def test_a_refused_withdrawal_leaves_the_source_staged(directory: DataDirectory) -> None:
    load(directory, a_source("other"), "GB-LAE-OTH,Other")
    publish(directory)
    load_without(directory, A)
    refused(directory, lambda: publish(directory, withdraw=["other"]))
    assert staged_load(directory, "other") is not None


@pytest.mark.parametrize("way", ["standing", "withdrawn"])
def test_a_reason_that_may_be_of_a_person_is_refused(directory: DataDirectory, way: str) -> None:
    leaking = "Ask jane.smith@exampleton.example"
    if way == "standing":
        may_end(directory, "councils", reason=leaking)
        load_without(directory, A)
        told = refused(directory, lambda: publish(directory))
    else:
        told = refused(directory, lambda: publish(directory, withdraw=["councils"], reason=leaking))
    assert "the reason of the source councils may hold an e-mail address" in told
    assert "jane" not in told


@pytest.mark.parametrize("value", ['""', '" "', "3", "true"])
def test_a_standing_reason_is_a_text(directory: DataDirectory, value: str) -> None:
    may_end(directory, "councils")
    declaration = directory.sources / "councils" / "source.toml"
    declaration.write_text(declaration.read_text().replace(f'"{REASON}"', value))
    faults: dict[str, Exception] = {}
    declared_sources(directory.sources, refused=faults)  # type: ignore[arg-type]
    assert "“things-may-end” is a text" in str(faults["councils"])


def test_lines_say_how_things_ended(directory: DataDirectory) -> None:
    load_without(directory, A, B, C)
    x = [f"{ID}GB-LAE-X{n:02}" for n in range(2)]
    endings(
        directory,
        f"{A},gone,,It closed.",
        f"{B},merged,{x[0]},It went into the other.",
        f"{C},split,{x[0]} | https://elsewhere.example/c,It was divided.",
    )
    publish(directory)
    assert entry(directory, A).ending == Ending(State.GONE, "It closed.")
    assert entry(directory, B).ending == Ending(State.MERGED, "It went into the other.", (x[0],))
    assert entry(directory, C).ending == Ending(
        State.SPLIT, "It was divided.", (x[0], "https://elsewhere.example/c")
    )
    assert_sound(current(directory))
    assert not publish(directory).is_new  # the file may stay as it is
    endings(directory, f"{A},merged,{x[1]},It went into another.")
    revised = publish(directory)  # though nothing else changed
    assert revised.is_new
    assert entry(directory, A).ending == Ending(State.MERGED, "It went into another.", (x[1],))
    assert entry(directory, A).label == "Aston"
    assert entry(directory, B).ending.state is State.MERGED
    assert_sound(current(directory))


def test_lines_may_come_in_a_file_of_their_own(directory: DataDirectory, tmp_path: Path) -> None:
    load_without(directory, A)
    file = tmp_path / "this-time.csv"
    file.write_text(f"iri,state,successor,reason\n{A},gone,,It closed.\n")
    call = ["--data", str(directory.path), "--endings", str(file)]
    assert CliRunner().invoke(publish_command, call).exit_code == 0
    load_without(directory, A, B)
    endings(directory, f"{B},gone,,It closed as well.")
    publish(directory)
    assert entry(directory, A).ending == Ending(State.GONE, "It closed.")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (f"{ID}GB-LAE-NEW,gone,,Why", "row 2, iri: .*GB-LAE-NEW was never published"),
        (f"{B},gone,,Why", "row 2, state: .* is still described by the source councils, so it is"),
        (f"{A},current,,Why", "row 2, state: .* is not current, for no source describes it"),
        (f"{A},merged,{ID}GB-LAE-NEW,Why", "row 2, successor: nothing describes .*GB-LAE-NEW"),
        (f"{A},merged,{C},Why\n{C},gone,,Why", "row 2, successor: nothing describes .*GB-LAE-CCC"),
        (f"{A},merged,{C},Why\n{C},merged,{A},Why", "row 2, successor: it leads round in a circle"),
        (f"{A},merged,{BASE}doc/organisation/x,Why", "row 2, successor: nothing describes"),
    ],
)
def test_a_line_that_cannot_be_right_is_refused(
    directory: DataDirectory, line: str, told: str
) -> None:
    may_end(directory, "councils")
    load_without(directory, A, C)
    endings(directory, line)
    sentence = refused(directory, lambda: publish(directory))
    assert re.search(rf"endings\.csv, {told}", sentence), sentence


def test_a_successor_that_ended_itself_may_lead_on(directory: DataDirectory) -> None:
    load_without(directory, A, B, C)
    x = f"{ID}GB-LAE-X00"
    endings(
        directory,
        f"{A},split,{B} | {C},It was divided.",
        f"{B},merged,{x},It went on.",
        f"{C},merged,{x},It went on.",
    )
    publish(directory)
    assert entry(directory, A).ending.successors == (B, C)


def test_a_faulty_line_is_refused_though_nothing_else_changed(directory: DataDirectory) -> None:
    endings(directory, f"{A},gone,,Why")
    assert "still described by the source councils" in refused(
        directory, lambda: publish(directory)
    )


def test_a_successor_that_an_audience_does_not_get_is_not_told_to_it(
    directory: DataDirectory,
) -> None:
    load(directory, a_source("inner", Audience.INTERNAL), "GB-LAE-INN,Inner")
    load_without(directory, A, B)
    inner, x = f"{ID}GB-LAE-INN", f"{ID}GB-LAE-X00"
    endings(directory, f"{A},merged,{inner},Why", f"{B},split,{inner} | {x},Why")
    release = publish(directory).release
    assert not is_anywhere("GB-LAE-INN", release, Audience.PUBLIC)
    told = list_ledger(directory, "--audience", "public")
    assert (told[A]["state"], told[A]["successors"]) == ("gone", "")
    assert (told[B]["state"], told[B]["successors"]) == ("merged", x)
    inside = list_ledger(directory)
    assert (inside[A]["state"], inside[A]["successors"]) == ("merged", inner)
    assert (inside[B]["state"], inside[B]["successors"]) == ("split", f"{inner} | {x}")
    assert_sound(release)


def test_a_successor_that_is_hidden_later_is_told_no_more(directory: DataDirectory) -> None:
    load_without(directory, A)
    endings(directory, f"{A},merged,{B},Why")
    publish(directory)
    load(directory, a_source("inner", Audience.INTERNAL), ROWS[B])
    load_without(directory, A, B)
    release = publish(directory).release
    assert not is_anywhere("GB-LAE-BBB", release, Audience.PUBLIC)
    told = list_ledger(directory, "--audience", "public")
    assert (told[A]["state"], told[A]["successors"]) == ("gone", "")
    assert B not in told
    assert_sound(release)


def test_what_comes_back_as_it_was_is_current_and_remembers_its_ending(
    directory: DataDirectory,
) -> None:
    may_end(directory, "councils")
    load_without(directory, A)
    publish(directory)
    load_without(directory)
    publish(directory)
    found = entry(directory, A)
    assert (found.ending.state, found.ended) == (State.CURRENT, "")
    (note,) = found.history
    assert note.startswith("It was withdrawn on ")
    assert note.endswith(f"The reason was: {REASON}")
    assert_sound(current(directory))
    load_without(directory, A)
    publish(directory)
    assert entry(directory, A).history == (note,)
    assert entry(directory, A).ending.state is State.GONE
    publish(directory, forget=[A])
    (note,) = entry(directory, A).history
    assert note.endswith(".")
    assert "reason" not in note
    assert entry(directory, A).is_nameless
    for audience in Audience:
        assert not is_anywhere("listed no more", current(directory), audience)
    assert_sound(current(directory))


OTHERS = {
    "another name": "<id/dataset/one> a dcat:Dataset ; dct:title 'Two' .",
    "another type": "<id/dataset/one> a gm:Service ; dct:title 'One' .",
    "no name": "<id/dataset/one> a dcat:Dataset .",
}
ONE = "<id/dataset/one> a dcat:Dataset ; dct:title 'One' ."
KEPT = "<id/dataset/kept> a dcat:Dataset ; dct:title 'Kept' ."
ONE_IRI = f"{BASE}id/dataset/one"


@pytest.mark.parametrize("turtle", OTHERS.values(), ids=OTHERS.keys())
def test_no_key_is_used_twice(directory: DataDirectory, turtle: str) -> None:
    may_end(directory, "sets")
    for each in (ONE + KEPT, KEPT):
        stage_turtle(directory, "sets", each)
        publish(directory)
    stage_turtle(directory, "sets", turtle + KEPT)
    told = refused(directory, lambda: publish(directory))
    assert "No key is used twice" in told
    assert f"  {ONE_IRI}: it was “One”, and is now " in told
    assert str(directory.path / "endings.csv") in told
    endings(directory, f"{ONE_IRI},current,,It is the same under a new name.")
    publish(directory)
    found = entry(directory, ONE_IRI)
    assert found.ending.state is State.CURRENT
    assert len(found.history) == 1
    assert not publish(directory).is_new


def test_a_name_is_the_same_in_other_letters_and_spaces(directory: DataDirectory) -> None:
    may_end(directory, "sets")
    for each in (ONE + KEPT, KEPT, ONE.replace("'One'", "' ONE'@en") + KEPT):
        stage_turtle(directory, "sets", each)
        publish(directory)
    assert entry(directory, ONE_IRI).ending.state is State.CURRENT


def test_what_was_forgotten_comes_back_only_by_a_line(directory: DataDirectory) -> None:
    may_end(directory, "sets")
    for each in (ONE + KEPT, KEPT):
        stage_turtle(directory, "sets", each)
        publish(directory)
    publish(directory, forget=[ONE_IRI])
    stage_turtle(directory, "sets", ONE + KEPT)
    assert "of a name that is not kept" in refused(directory, lambda: publish(directory))
    endings(directory, f"{ONE_IRI},current,,It is the same.")
    publish(directory)
    assert entry(directory, ONE_IRI).ending.state is State.CURRENT


def test_a_forgotten_reason_is_not_told_again_by_its_line(directory: DataDirectory) -> None:
    load_without(directory, A)
    endings(directory, f"{A},gone,,A reason to forget.")
    publish(directory)
    publish(directory, forget=[A])
    assert not publish(directory).is_new
    load(directory, a_source("other"), "GB-LAE-OTH,Other")
    publish(directory)
    assert entry(directory, A).ending == Ending(State.GONE, None)
    assert not is_anywhere("A reason to forget", current(directory), Audience.INTERNAL)


PREFIXES = f"""
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX id: <{BASE}id/organisation/>
"""
EDITED = "id:GM-edited a org:Organization, foaf:Agent ; skos:prefLabel 'Edited'@en"


def test_what_an_update_deletes_has_that_for_a_reason(directory: DataDirectory) -> None:
    update(directory, f"{PREFIXES} INSERT DATA {{ {EDITED} }}")
    update(directory, f"{PREFIXES} DELETE WHERE {{ id:GM-edited ?p ?o }}")
    found = entry(directory, f"{ID}GM-edited")
    assert found.ending == Ending(State.GONE, DELETED)
    assert found.label == "Edited"
    assert_sound(current(directory))


def test_an_update_uses_no_key_twice_either(directory: DataDirectory) -> None:
    update(directory, f"{PREFIXES} INSERT DATA {{ {EDITED} }}")
    update(directory, f"{PREFIXES} DELETE WHERE {{ id:GM-edited ?p ?o }}")
    before = current(directory).id
    other = EDITED.replace("'Edited'", "'Another'")
    with pytest.raises(WriteRefusedError, match="No key is used twice") as error:
        update(directory, f"{PREFIXES} INSERT DATA {{ {other} }}")
    assert error.value.status == 409
    assert current(directory).id == before
    endings(directory, f"{ID}GM-edited,current,,It is the same under a new name.")
    update(directory, f"{PREFIXES} INSERT DATA {{ {other} }}")
    assert entry(directory, f"{ID}GM-edited").ending.state is State.CURRENT


def list_ledger(directory: DataDirectory, *options: str) -> dict[str, dict[str, str]]:
    """What the command prints, by IRI."""
    called = CliRunner().invoke(ledger_command, ["--data", str(directory.path), *options])
    assert (called.exit_code, called.stderr) == (0, "")
    return {row["iri"]: row for row in csv.DictReader(io.StringIO(called.stdout))}


def test_the_ledger_is_printed_as_csv_and_as_json(directory: DataDirectory) -> None:
    load_without(directory, A)
    endings(directory, f'{A},merged,{B},"It went into another, whole."')
    first = current(directory).manifest.published
    release = publish(directory).release
    listed = list_ledger(directory)
    assert len(listed) == 27
    nothing = dict.fromkeys(("ended", "label", "reason", "successors", "history"), "")
    assert listed[B] == {"iri": B, "state": "current", "first-published": first, **nothing}
    assert listed[A] == {
        "iri": A,
        "state": "merged",
        "first-published": first,
        "ended": release.manifest.published,
        "label": "Aston",
        "reason": "It went into another, whole.",
        "successors": B,
        "history": "",
    }
    called = CliRunner().invoke(ledger_command, ["--data", str(directory.path), "--json"])
    table = {each["iri"]: each for each in json.loads(called.stdout)}
    assert table[A]["successors"] == [B]
    assert table[B]["ended"] is None
    assert table.keys() == listed.keys()


def test_there_is_no_ledger_before_the_first_release_nor_in_an_open_directory(
    tmp_path: Path,
) -> None:
    for name, is_open in (("new", False), ("open", True)):
        initialise(tmp_path / name, is_open=is_open)
        called = CliRunner().invoke(ledger_command, ["--data", str(tmp_path / name)])
        assert (called.exit_code, called.stdout) == (2, "")


def test_endings_of_a_version_without_states_are_gone(directory: DataDirectory) -> None:
    may_end(directory, "councils")
    load_without(directory, A)
    release = publish(directory).release
    for audience in Audience:
        path = release.ledger_path(audience)
        lines = [
            line
            for line in path.read_bytes().splitlines(keepends=True)
            if b"iri-state" not in line and b"/dc/terms/type>" not in line
        ]
        path.unlink()
        path.write_bytes(b"".join(lines))
    assert entry(directory, A).ending == Ending(State.GONE, REASON)
    assert entry(directory, A).types == ()
    load_without(directory)
    publish(directory)  # by its name alone
    assert entry(directory, A).ending.state is State.CURRENT


def test_an_ended_thing_has_no_type_in_the_store(directory: DataDirectory) -> None:
    may_end(directory, "councils")
    load_without(directory, A)
    publish(directory)
    query = f"ASK {{ <{A}> a ?type }}"
    for audience in Audience:
        assert not store_of(current(directory), audience).query(query)
