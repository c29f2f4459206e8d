"""Writes to a data directory with sources: the graph of edits, and nothing else."""

import json
import re
import shutil
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Store

from loaders.audience import Audience
from loaders.directory import DataDirectory, initialise
from loaders.publish import publish
from loaders.release import current_release
from loaders.rollback import roll_back
from loaders.staging import staged_loads
from loaders.writing.write import Action, WriteRefusedError
from loaders.writing.writing import write
from tests.loaders.publishing import BASE, a_source, assert_sound, current, load, may_end, names
from tests.loaders.writing.writes import a_write, audited, held, quads, update, upload

EDITS = f"{BASE}graph/edits"
ASTON = f"{BASE}id/organisation/GB-LAE-AAA"
LABEL = "http://www.w3.org/2004/02/skos/core#altLabel"
PREFIXES = f"""
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX id: <{BASE}id/organisation/>
PREFIX graph: <{BASE}graph/>
"""
NOTE = f'<{ASTON}> <{LABEL}> "Old Aston"@en'


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = initialise(tmp_path_factory.mktemp("made") / "var")
    may_end(directory, "councils")
    load(directory, a_source(), "GB-LAE-AAA,Aston", "GB-LAE-BBB,Bury")
    publish(directory)
    return directory.path


@pytest.fixture
def directory(made: Path, tmp_path: Path) -> DataDirectory:
    shutil.copytree(made, tmp_path / "var", symlinks=True)
    return DataDirectory(tmp_path / "var", BASE)


def edits(directory: DataDirectory, audience: Audience = Audience.INTERNAL) -> set[str]:
    """What the graph of edits states to an audience, as triples."""
    store = Store.read_only(str(current(directory).store_path(audience)))
    return {
        str(quad.triple) for quad in store.quads_for_pattern(None, None, None, NamedNode(EDITS))
    }


def test_what_names_no_graph_lands_in_the_edits_and_every_audience_sees_what_it_may(
    directory: DataDirectory,
) -> None:
    text = PREFIXES + 'INSERT DATA { id:GB-LAE-AAA skos:altLabel "Old Aston"@en }'
    before = current(directory).id
    written = update(directory, text)
    assert (written.changed, written.created, written.removed) == (True, True, False)
    release = current(directory)
    assert (release.id, release.manifest.parent) == (written.release, before)
    assert release.manifest.publisher == "a1 tests"
    assert release.manifest.sources["edits"]["title"] == "Edits"
    assert edits(directory) == quads(NOTE)
    assert_sound(release)
    assert quads(NOTE) <= held(directory, Audience.INTERNAL)  # in the union as well
    assert names(release) == {"Aston", "Bury"}
    (line,) = audited(directory)
    assert (line["release"], line["changed"], line["action"]) == (release.id, True, "update")


def test_a_write_publishes_nothing_that_is_only_staged(directory: DataDirectory) -> None:
    load(directory, a_source(), "GB-LAE-CCC,Chorley")
    staged = {path.name for path in directory.staged.iterdir()}
    update(directory, PREFIXES + "INSERT DATA { id:GB-LAE-AAA skos:altLabel 'Old Aston'@en }")
    assert names(current(directory)) == {"Aston", "Bury"}
    assert {path.name for path in directory.staged.iterdir()} == staged
    publish(directory)
    assert names(current(directory)) == {"Chorley"}
    assert edits(directory) == quads(NOTE)  # a publish takes the edits over
    assert_sound(current(directory))


def test_edits_are_withdrawn_like_a_source(directory: DataDirectory) -> None:
    update(directory, PREFIXES + "INSERT DATA { id:GB-LAE-AAA skos:altLabel 'Old Aston'@en }")
    publish(directory, withdraw=["edits"])
    assert edits(directory) == set()
    assert "edits" not in current(directory).manifest.sources


def test_a_rollback_takes_the_edits_back(directory: DataDirectory) -> None:
    before = current(directory).id
    update(directory, PREFIXES + "INSERT DATA { id:GB-LAE-AAA skos:altLabel 'Old Aston'@en }")
    roll_back(directory, before)
    assert edits(directory) == set()
    publish(directory)
    assert edits(directory) == set()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("DELETE DATA { id:GB-LAE-AAA skos:altLabel 'Old Aston'@en }", set()),
        ("DELETE WHERE { ?s skos:altLabel ?o }", set()),
        ("CLEAR DEFAULT", set()),
        ("DROP GRAPH graph:edits", set()),
        ("CLEAR GRAPH graph:edits ; INSERT DATA { id:GB-LAE-AAA skos:altLabel 'New'@en }", {"New"}),
        ("MOVE DEFAULT TO graph:edits", {"Old Aston"}),
        # What a source states is read, and never deleted.
        ("DELETE WHERE { ?s skos:prefLabel ?o }", {"Old Aston"}),
        (
            "INSERT { ?s skos:altLabel ?o } WHERE { ?s skos:prefLabel ?o ; a org:Organization . "
            "FILTER(STR(?o)<'B'&&STR(?o)>'') }",
            {"Old Aston", "Aston"},
        ),
        (
            "INSERT { ?s skos:altLabel ?o } "
            "WHERE { GRAPH graph:councils { ?s skos:prefLabel ?o } }",
            {"Old Aston", "Aston", "Bury"},
        ),
        # Later operations see what earlier ones did, also by the union.
        (
            "DELETE DATA { id:GB-LAE-AAA skos:altLabel 'Old Aston'@en } ; "
            "INSERT { ?s skos:altLabel 'Seen'@en } WHERE { ?s skos:altLabel 'Old Aston'@en }",
            set(),
        ),
        (
            "INSERT DATA { id:GB-LAE-BBB skos:altLabel 'New'@en } ; PREFIX s: <http://s/> "
            "INSERT { ?s skos:altLabel 'Seen'@en } WHERE { ?s skos:altLabel 'New'@en }",
            {"Old Aston", "New", "Seen"},
        ),
    ],
)  # fmt: skip
def test_updates_act_on_the_edits(directory: DataDirectory, text: str, left: set[str]) -> None:
    update(directory, PREFIXES + "INSERT DATA { id:GB-LAE-AAA skos:altLabel 'Old Aston'@en }")
    before = current(directory).id
    written = update(directory, PREFIXES + text)
    assert {each.split('"')[1] for each in edits(directory)} == left
    assert written.changed == (left != {"Old Aston"})
    assert written.removed == (not left)
    assert (written.release == before) == (not written.changed)
    assert_sound(current(directory))
    assert names(current(directory)) == {"Aston", "Bury"}


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("CLEAR GRAPH nix:g", 18),
        ("CLEAR SILENT GRAPH <g>", 23),
        ("INSERT DATA { GRAPH nix:g { id:X skos:note 1 } }", 26),
        ("INSERT DATA { GRAPH <g> { id:X skos:note 1 } }", 24),
        ("WITH nix:g DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", 11),
        ("COPY nix:g TO nix:h", 11),
        ("PREFIX nix: <g> CLEAR GRAPH nix:g", 16),
    ],
)
def test_a_graph_without_an_iri_is_no_sparql(
    directory: DataDirectory, text: str, column: int
) -> None:
    with pytest.raises(WriteRefusedError) as refused:
        update(directory, f"{PREFIXES}{text}")
    assert refused.value.status == 400
    assert (refused.value.line, refused.value.column) == (PREFIXES.count("\n") + 1, column)


def test_a_graph_may_be_named_relative_to_the_base(directory: DataDirectory) -> None:
    text = (
        f"{PREFIXES}INSERT DATA {{ GRAPH <graph/edits> {{ id:GB-LAE-AAA skos:altLabel 'x'@en }} }}"
    )
    assert update(directory, text, base=f"{BASE}update").changed
    assert edits(directory) == quads(NOTE.replace("Old Aston", "x"))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("INSERT DATA { GRAPH graph:councils { id:GB-LAE-AAA skos:altLabel 'x' } }", 409),
        ("INSERT DATA { GRAPH graph:new { id:GB-LAE-AAA skos:altLabel 'x' } }", 409),
        ("DELETE WHERE { GRAPH graph:councils { ?s ?p ?o } }", 409),
        ("DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }", 409),
        ("WITH graph:councils DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", 409),
        ("BASE <" + BASE + "> CLEAR GRAPH <graph/councils>", 409),
        ("DROP ALL", 409),
        ("CLEAR SILENT NAMED", 409),
        ("COPY graph:councils TO graph:edits", 409),
        ("ADD DEFAULT TO graph:councils", 409),
        ("CREATE GRAPH graph:new", 409),
        ("DROP GRAPH graph:edits", 404),
        ("LOAD <http://127.0.0.1:9/> INTO GRAPH graph:edits", 403),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403),
        ("INSERT DATA { id:GB-LAE-AAA skos:altLabel }", 400),
        ("INSERT DATA { id:X a org:Organization }", 422),
        ("INSERT DATA { id:GB-LAE-AAA skos:altLabel 'ring 07700 900123'@en }", 422),
        ("INSERT DATA { id:GB-LAE-AAA skos:note 'x'@en--ltr }", 422),
        ("INSERT DATA { id:X skos:note <<( id:X skos:note 'x' )>> }", 422),
    ],
)
def test_what_is_refused_changes_nothing(directory: DataDirectory, text: str, status: int) -> None:
    before, staged = current(directory).id, staged_loads(directory)
    with pytest.raises(WriteRefusedError) as refused:
        update(directory, PREFIXES + text)
    assert refused.value.status == status, refused.value.detail
    assert current(directory).id == before
    assert staged_loads(directory) == staged
    assert audited(directory) == []
    assert not [each for each in directory.releases.iterdir() if each.name.startswith(".")]
    assert not publish(directory).is_new


def test_with_only_reads_where_its_templates_name_the_edits(directory: DataDirectory) -> None:
    update(
        directory,
        PREFIXES + "WITH graph:councils INSERT { GRAPH graph:edits { ?s skos:altLabel ?o } }"
        " WHERE { ?s skos:prefLabel ?o }",
    )
    assert {each.split('"')[1] for each in edits(directory)} == {"Aston", "Bury"}


def test_the_place_of_a_fault_is_that_in_the_text_as_it_was_sent(directory: DataDirectory) -> None:
    text = "INSERT DATA { <http://a> <http://b> 1 } ;\nINSERT DATA { <http://a> <http://b> }"
    with pytest.raises(WriteRefusedError) as refused:
        update(directory, text)
    assert (refused.value.line, refused.value.column) == (2, 36)


def test_blank_nodes_become_parts_of_the_edits(directory: DataDirectory) -> None:
    update(directory, PREFIXES + "INSERT DATA { id:GB-LAE-AAA skos:note _:a . _:a skos:note 'x' }")
    part = re.compile(re.escape(f"<{BASE}.well-known/genid/edits/") + "[0-9a-f]{32}>")
    found = edits(directory)
    assert len({match for each in found for match in part.findall(each)}) == 1
    assert not any("_:" in each for each in found)
    note = "<http://www.w3.org/2004/02/skos/core#note>"
    upload(directory, Action.PUT, f"_:a {note} 'x' .", f"_:a {note} 'x' .", graph=EDITS)
    assert len({match for each in edits(directory) for match in part.findall(each)}) == 2


@pytest.mark.parametrize("graph", [None, EDITS])
def test_the_graph_store_protocol_is_about_the_edits(
    directory: DataDirectory, graph: str | None
) -> None:
    put = upload(directory, Action.PUT, f"{NOTE} .", graph=graph)
    assert (put.changed, put.created) == (True, True)
    assert not upload(directory, Action.POST, f"{NOTE} .", graph=graph).changed
    post = upload(directory, Action.POST, f"<{ASTON}> <{LABEL}> 'A'@en .", graph=graph)
    assert (post.changed, post.created) == (True, False)
    text = f"DELETE WHERE {{ ?s <{LABEL}> 'A'@en }}"
    assert write(directory, a_write(Action.PATCH, text=text, graph=graph)).changed
    assert edits(directory) == quads(NOTE)
    gone = write(directory, a_write(Action.DELETE, graph=graph))
    assert (gone.changed, gone.removed) == (True, True)
    assert edits(directory) == set()
    assert "edits" not in current(directory).manifest.sources


@pytest.mark.parametrize(
    ("action", "graph", "status"),
    [
        (Action.PUT, f"{BASE}graph/councils", 409),
        (Action.POST, f"{BASE}graph/new", 409),
        (Action.DELETE, f"{BASE}graph/councils", 409),
        (Action.PATCH, f"{BASE}graph/councils", 409),
        (Action.DELETE, f"{BASE}graph/none", 404),
        (Action.PATCH, f"{BASE}graph/none", 404),
        (Action.DELETE, EDITS, 404),
        (Action.PATCH, EDITS, 404),
    ],
)
def test_other_graphs_are_not_for_writing(
    directory: DataDirectory, action: Action, graph: str, status: int
) -> None:
    with pytest.raises(WriteRefusedError) as refused:
        write(directory, a_write(action, graph=graph))
    assert refused.value.status == status


def test_conditions_are_about_the_release_and_the_edits(directory: DataDirectory) -> None:
    for said in ({"if_release": "another"}, {"if_exists": True}):
        with pytest.raises(WriteRefusedError) as refused:
            upload(directory, Action.PUT, f"{NOTE} .", graph=EDITS, **said)
        assert refused.value.status == 412
    here = current(directory).id
    assert upload(
        directory, Action.PUT, f"{NOTE} .", graph=EDITS, if_release=here, if_exists=False
    ).created


def test_the_first_write_of_all_makes_a_release(tmp_path: Path) -> None:
    directory = initialise(tmp_path / "var")
    written = update(directory, f"INSERT DATA {{ {NOTE} }}")
    assert (written.changed, written.created) == (True, True)
    assert set(current(directory).manifest.sources) == {"edits", "ontology", "vocab"}
    manifest = json.loads((current(directory).path / "manifest.json").read_text())
    assert manifest["open"] is False


def test_the_issues_of_the_sources_are_kept(directory: DataDirectory) -> None:
    before = (current(directory).path / "issues.jsonl").read_bytes()
    update(directory, f"INSERT DATA {{ {NOTE} }}")
    release = current_release(directory)
    assert release is not None
    assert (release.path / "issues.jsonl").read_bytes() == before
