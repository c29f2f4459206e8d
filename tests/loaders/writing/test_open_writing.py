"""Writes to an open data directory (SPARQL 1.1 Update §3, Graph Store HTTP Protocol §5)."""

import os
from pathlib import Path
from typing import Any

import pytest

from loaders.audience import Audience
from loaders.directory import DataDirectory, initialise
from loaders.release import UNFINISHED, all_releases, current_release
from loaders.writing.write import Action, WriteRefusedError
from loaders.writing.writing import write
from tests.loaders.writing.writes import a_write, audited, held, quads, update, upload

X = "PREFIX x: <http://x/> "
G = "http://x/g"
ONE = '<http://x/a> <http://x/b> "1"^^<http://www.w3.org/2001/XMLSchema#integer>'


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    return initialise(tmp_path / "var", is_open=True)


def nothing_is_left(directory: DataDirectory) -> bool:
    return not list(directory.releases.glob(f"{UNFINISHED}*"))


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("INSERT DATA { x:a x:b 1 }", [ONE]),
        ("INSERT DATA { GRAPH x:g { x:a x:b 1 } }", [f"{ONE} <{G}>"]),
        ("INSERT DATA { x:a x:b 1 } ; DELETE WHERE { ?s ?p ?o }", []),
        ("INSERT DATA { x:a x:b 1 } ; PREFIX y: <http://x/> DELETE DATA { y:a y:b 1 }", []),
        ("INSERT DATA { x:a x:b 1 } ; COPY DEFAULT TO x:g", [ONE, f"{ONE} <{G}>"]),
        ("INSERT DATA { x:a x:b 1 } ; MOVE DEFAULT TO x:g", [f"{ONE} <{G}>"]),
        ("INSERT DATA { x:a x:b 1 } ; DROP ALL", []),
        ("INSERT DATA { x:a x:b 1 } ; INSERT { GRAPH ?s { ?s ?p ?o } } WHERE { ?s ?p ?o }",
         [ONE, f"{ONE} <http://x/a>"]),
        ("DROP SILENT GRAPH x:none", []),
        ("", []),
    ],
)  # fmt: skip
def test_an_update_runs_as_it_is(directory: DataDirectory, text: str, made: list[str]) -> None:
    written = update(directory, X + text)
    assert held(directory) == quads(*made)
    release = current_release(directory)
    assert release is not None
    assert release.id == written.release
    assert (release.manifest.open, release.manifest.publisher) == (True, "a1 tests")
    assert release.manifest.counts == {"public": {}}


@pytest.mark.parametrize(
    ("text", "status", "place"),
    [
        ("INSERT DATA { x:a x:b 1 }", 400, (1, 20)),
        ("# é\nINSERT DATA { <http://a> <http://b> }", 400, (2, 37)),
        ("INSERT DATA { } ;\nPREFIX x: <http://x/>\n  INSERT DATA { x:a x:b }", 400, (3, 25)),
        ("SELECT * { ?s ?p ?o }", 400, (1, 8)),
        ("INSERT DATA { <http://a> <http://b> ?c }", 400, (1, 41)),
        ("INSERT { ?s ?p ?x } WHERE { ?s ?p ?o BIND(<http://f>(1) AS ?x) }", 400, None),
        ("DROP GRAPH <http://none>", 404, None),
        ("CREATE GRAPH <http://g> ; CREATE GRAPH <http://g>", 409, None),
        ("LOAD <http://127.0.0.1:9/>", 403, (1, 1)),
        ("INSERT DATA { } ;\n LOAD SILENT <http://127.0.0.1:9/>", 403, (2, 2)),
        ("LOAD<http://127.0.0.1:9/>", 403, (1, 1)),
        ("#\nloadSILENT <http://127.0.0.1:9/>", 403, (2, 1)),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403, (1, 29)),
        ("INSERT { ?s ?p ?o } WHERE { SERVICESILENT<http://127.0.0.1:9/>{ } }", 403, (1, 29)),
    ],
)
def test_an_update_that_fails_changes_nothing(
    directory: DataDirectory, text: str, status: int, place: tuple[int, int] | None
) -> None:
    before = update(directory, "INSERT DATA { <http://a> <http://b> 1 }").release
    with pytest.raises(WriteRefusedError) as refused:
        update(directory, text)
    assert refused.value.status == status
    assert (refused.value.line, refused.value.column) == (place or (None, None))
    release = current_release(directory)
    assert release is not None
    assert release.id == before
    assert nothing_is_left(directory)
    assert len(audited(directory)) == 1


def test_a_text_that_speaks_of_loading_is_no_load(directory: DataDirectory) -> None:
    text = 'INSERT DATA { <http://load> <http://b> "LOAD <http://x/>" } # LOAD <http://x/>'
    assert update(directory, text).changed


def test_the_protocols_dataset_is_rewritten_in(directory: DataDirectory) -> None:
    update(directory, X + "INSERT DATA { x:a x:b 2 . GRAPH x:g { x:a x:b 1 } }")
    update(directory, X + "DELETE { ?s ?p 2 } INSERT { ?s x:c ?o } WHERE { ?s ?p ?o }", using=(G,))
    assert held(directory) == quads(f"{ONE} <{G}>", ONE.replace("x/b", "x/c"))


@pytest.mark.parametrize(
    "text",
    [
        "INSERT { } USING <http://g> WHERE { }",
        "INSERT { } USING NAMED <http://g> WHERE { }",
        "WITH <http://g> INSERT { } WHERE { }",
        "INSERT DATA { } ; WITH <http://g> INSERT { } WHERE { }",
    ],
)
@pytest.mark.parametrize("named", [False, True])
def test_a_dataset_named_twice_is_refused(directory: DataDirectory, text: str, named: bool) -> None:
    said: dict[str, Any] = {"using_named": (G,)} if named else {"using": (G,)}
    with pytest.raises(WriteRefusedError) as refused:
        update(directory, text, **said)
    assert refused.value.status == 400
    assert refused.value.column is not None


def test_a_dataset_that_would_be_text_is_refused(directory: DataDirectory) -> None:
    with pytest.raises(WriteRefusedError) as refused:
        update(directory, "INSERT { } WHERE { }", using=("http://x> WHERE { } ; DROP ALL #",))
    assert refused.value.status == 400


def test_put_creates_and_replaces(directory: DataDirectory) -> None:
    first = upload(directory, Action.PUT, "<http://x/a> <http://x/b> 1, 2 .", graph=G)
    assert (first.changed, first.created, first.removed) == (True, True, False)
    second = upload(directory, Action.PUT, "<http://x/a> <http://x/b> 1 .", graph=G)
    assert (second.changed, second.created) == (True, False)
    assert held(directory) == quads(f"{ONE} <{G}>")
    third = upload(directory, Action.PUT, "<http://x/a> <http://x/b> 1 .", graph=G)
    assert (third.changed, third.release) == (False, second.release)


def test_an_empty_graph_that_is_put_is_there(directory: DataDirectory) -> None:
    assert upload(directory, Action.PUT, "", graph=G).created
    assert not upload(directory, Action.PUT, "", graph=G).created
    assert write(directory, a_write(Action.DELETE, graph=G)).removed


def test_post_adds(directory: DataDirectory) -> None:
    assert upload(directory, Action.POST, "<http://x/a> <http://x/b> 2 .", graph=G).created
    added = upload(directory, Action.POST, "<http://x/a> <http://x/b> 1 .", graph=G)
    assert (added.changed, added.created) == (True, False)
    assert len(held(directory)) == 2
    assert not upload(directory, Action.POST, "<http://x/a> <http://x/b> 1 .", graph=G).changed


def test_the_default_graph_is_the_unnamed_one(directory: DataDirectory) -> None:
    written = upload(directory, Action.PUT, "<http://x/a> <http://x/b> 1 .")
    assert (written.changed, written.created) == (True, False)
    assert held(directory) == quads(ONE)
    gone = write(directory, a_write(Action.DELETE))
    assert (gone.changed, gone.removed) == (True, False)
    assert held(directory) == set()


def test_parts_share_no_blank_nodes_and_these_stay(directory: DataDirectory) -> None:
    upload(directory, Action.POST, "_:a <http://x/b> 1 .", "_:a <http://x/b> 2 .", graph=G)
    subjects = {each.split()[0] for each in held(directory)}
    assert len(subjects) == 2
    assert all(each.startswith("_:") for each in subjects)


def test_relative_iris_stand_under_the_graph(directory: DataDirectory) -> None:
    upload(directory, Action.PUT, "<#a> <b> 1 .", graph=G)
    assert held(directory) == quads(
        '<http://x/g#a> <http://x/b> "1"^^<http://www.w3.org/2001/XMLSchema#integer> <http://x/g>'
    )


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        ("text/turtle; charset=utf-8", "<http://x/a> <http://x/b> 1 ."),
        ("application/n-triples", f"{ONE} ."),
        ("application/ld+json", '{"@id": "http://x/a", "http://x/b": 1}'),
        (
            "application/rdf+xml",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/">'
            '<rdf:Description rdf:about="http://x/a">'
            '<x:b rdf:datatype="http://www.w3.org/2001/XMLSchema#integer">1</x:b>'
            "</rdf:Description></rdf:RDF>",
        ),
        ("application/trig", "<http://x/a> <http://x/b> 1 ."),
        ("application/n-quads", f"{ONE} ."),
    ],
)
def test_every_syntax_of_graphs_is_read(
    directory: DataDirectory, media_type: str, content: str
) -> None:
    upload(directory, Action.PUT, content, media_type=media_type, graph=G)
    assert held(directory) == quads(f"{ONE} <{G}>")


@pytest.mark.parametrize(
    ("media_type", "content", "status", "line"),
    [
        ("text/turtle", b"<http://x/a>\n <http://x/b> .", 400, 2),
        ("text/turtle", b'<http://x/a> <http://x/b> "\xff" .', 400, 1),
        ("text/turtle", b"<http://x/a> <http://x/b> <http://x/ y> .", 400, 1),
        ("application/trig", b"<http://x/h> { <http://x/a> <http://x/b> 1 }", 400, None),
        ("application/ld+json", b'{"@context": "http://127.0.0.1:9/"}', 400, None),
        ("application/rdf+xml", b"<rdf:RDF", 400, None),
        ("text/n3", b"", 415, None),
        ("text/html", b"", 415, None),
        ("", b"", 415, None),
    ],
)
def test_what_is_no_rdf_is_refused(
    directory: DataDirectory, media_type: str, content: bytes, status: int, line: int | None
) -> None:
    with pytest.raises(WriteRefusedError) as refused:
        upload(directory, Action.PUT, content, media_type=media_type, graph=G)
    assert (refused.value.status, refused.value.line) == (status, line)
    assert current_release(directory) is None


@pytest.mark.parametrize("action", [Action.DELETE, Action.PATCH])
def test_a_graph_that_is_not_there_is_not_found(directory: DataDirectory, action: Action) -> None:
    with pytest.raises(WriteRefusedError) as refused:
        write(directory, a_write(action, graph=G))
    assert refused.value.status == 404


def test_a_graph_is_named_by_an_absolute_iri(directory: DataDirectory) -> None:
    with pytest.raises(WriteRefusedError) as refused:
        upload(directory, Action.PUT, "", graph="g")
    assert refused.value.status == 400


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("INSERT DATA { x:a x:b 2 }", {"1", "2"}),
        ("DELETE DATA { x:a x:b 1 }", set()),
        ("DELETE WHERE { ?s ?p ?o }", set()),
        ("DELETE { ?s ?p ?o } INSERT { ?s ?p 3 } WHERE { ?s ?p ?o }", {"3"}),
        ("INSERT { GRAPH x:g { ?s ?p 3 } } WHERE { GRAPH x:h { ?s ?p ?o } }", {"1", "3"}),
        ("CLEAR DEFAULT", set()),
        ("CLEAR GRAPH x:g", set()),
    ],
)
def test_a_patch_changes_its_graph(directory: DataDirectory, text: str, left: set[str]) -> None:
    data = "INSERT DATA { x:d x:d 8 . GRAPH x:g { x:a x:b 1 } GRAPH x:h { x:a x:b 9 } }"
    update(directory, X + data)
    write(directory, a_write(Action.PATCH, text=X + text, graph=G))
    found = held(directory)
    assert {each.split('"')[1] for each in found if each.endswith(f"<{G}>")} == left
    assert len(found) == len(left) + 2


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("INSERT DATA { GRAPH x:h { x:a x:b 2 } }", 422),
        ("INSERT { GRAPH ?g { x:a x:b 2 } } WHERE { GRAPH ?g { } }", 422),
        ("WITH x:h DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", 422),
        ("DROP ALL", 422),
        ("CLEAR NAMED", 422),
        ("COPY x:g TO x:h", 422),
        ("DROP GRAPH x:h", 422),
        ("CREATE GRAPH x:g", 409),
        ("INSERT DATA { x:a x:b }", 400),
        ("LOAD <http://127.0.0.1:9/>", 403),
    ],
)
def test_a_patch_changes_no_other_graph(directory: DataDirectory, text: str, status: int) -> None:
    update(directory, X + "INSERT DATA { GRAPH x:g { x:a x:b 1 } GRAPH x:h { x:a x:b 9 } }")
    before = held(directory)
    with pytest.raises(WriteRefusedError) as refused:
        write(directory, a_write(Action.PATCH, text=X + text, graph=G))
    assert refused.value.status == status
    assert held(directory) == before


def test_conditions(directory: DataDirectory) -> None:
    first = upload(directory, Action.PUT, "", graph=G, if_exists=False).release
    for said in ({"if_exists": False}, {"if_release": "another"}):
        with pytest.raises(WriteRefusedError) as refused:
            upload(directory, Action.PUT, "", graph=G, **said)
        assert refused.value.status == 412
    with pytest.raises(WriteRefusedError) as refused:
        upload(directory, Action.PUT, "", graph="http://x/h", if_exists=True)
    assert refused.value.status == 412
    data = "<http://x/a> <http://x/b> 1 ."
    assert upload(directory, Action.PUT, data, graph=G, if_exists=True, if_release=first).changed


def test_each_write_leaves_a_line_without_its_text(directory: DataDirectory) -> None:
    first = upload(directory, Action.PUT, "<http://x/a> <http://x/b> 1 .", graph=G)
    again = upload(directory, Action.PUT, "<http://x/a> <http://x/b> 1 .", graph=G)
    assert again.release == first.release
    lines = audited(directory)
    assert [(each.pop("changed"), each.pop("time")[:2]) for each in lines] == [
        (True, "20"),
        (False, "20"),
    ]
    told = {"token": "a1 tests", "role": "steward", "action": "put", "graph": G}
    assert lines == [{**told, "release": first.release, "request": "r-1"}] * 2


def test_a_line_that_was_cut_off_stays_apart(directory: DataDirectory) -> None:
    (directory.path / "audit.jsonl").write_text('{"time": "20')
    update(directory, "INSERT DATA { }")
    cut, whole = (directory.path / "audit.jsonl").read_text().splitlines()
    assert cut == '{"time": "20'
    assert whole.startswith('{"time": ')


def test_the_bound_is_lifted_when_the_data_are_known(directory: DataDirectory) -> None:
    seen: list[list[Path]] = []

    def trusted() -> None:
        seen.append([each for each in directory.releases.glob("*") if each.name[0] != "."])

    text = "INSERT DATA { <http://a> <http://b> 1 }"
    write(directory, a_write(Action.UPDATE, text=text), trusted=trusted)
    assert seen == [[]]


def test_few_releases_and_files_are_kept(directory: DataDirectory) -> None:
    for number in range(40):
        update(directory, f"INSERT DATA {{ <http://x/{number}> <http://x/b> {number} }}")
    kept = all_releases(directory)
    assert len(kept) == 10
    assert len(list(kept[0].store_path(Audience.PUBLIC).iterdir())) < 400
    assert len(held(directory)) == 40


def test_blank_nodes_of_what_is_stored_are_not_met_by_an_upload(directory: DataDirectory) -> None:
    upload(directory, Action.POST, "_:a <http://x/b> 1 .", graph=G)
    (line,) = held(directory)
    label = line.split()[0]
    upload(directory, Action.POST, f"{label} <http://x/b> 2 .", graph=G)
    assert len({each.split()[0] for each in held(directory)}) == 2


def test_a_line_that_the_disk_takes_in_parts_is_whole(
    directory: DataDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a disk that fills up leaves out, write(2) tells by its count alone."""
    whole = os.write

    def write_a_part(descriptor: int, content: bytes) -> int:
        return whole(descriptor, bytes(content)[:7])

    monkeypatch.setattr(os, "write", write_a_part)
    written = update(directory, X + "INSERT DATA { x:a x:b 1 }")
    (line,) = audited(directory)
    assert line["release"] == written.release
