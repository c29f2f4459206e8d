"""A load turns the bytes of a source's files into staged quads, whole or not at all."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import BinaryIO

import pytest
from rdflib import URIRef

from loaders.audience import Audience
from loaders.difference import Change
from loaders.directory import DataDirectory, initialise
from loaders.errors import BoundsError, LoaderError, StructureError
from loaders.formats import find_format
from loaders.issue_log import IssueLog
from loaders.pipeline import Loaded, load_source
from loaders.row_notes import notes_path
from loaders.sorted_lines import SortedLines
from loaders.source import Publisher, Source, SourceFile
from loaders.staging import Counts, digest, staged_load, verify
from ontology.namespaces import PREFIXES
from ontology.vocab import GM, PROV, VOID
from tests.loaders.conftest import (
    BASE,
    LoadFile,
    one_file,
    openers,
    staged_lines,
    triples,
    turtle,
)

AREAS = "code,name,type,within\n"
BOLTON = "E08000001,Bolton,metropolitan-district,E47000001\n"
BURY = "E08000002,Bury,metropolitan-district,E47000001\n"
SHORT = "E0800003,Manchester,metropolitan-district,E47000001\n"  # a digit is lost
CONTENT = (AREAS + BOLTON + SHORT + BURY).encode()


GIVEN = openers({"given.csv": CONTENT})


def tree(path: Path, *, with_lock: bool = False) -> dict[str, bytes]:
    """Every file under a folder with its bytes, the lock left aside unless it is asked for."""
    return {
        str(each.relative_to(path)): each.read_bytes()
        for each in path.rglob("*")
        if each.is_file() and (each.name != "lock" or with_lock)
    }


def staged_quads(directory: DataDirectory) -> bytes:
    load = staged_load(directory, "given")
    assert load is not None
    return (directory.staged / load.quads_name).read_bytes()


def test_a_record_of_a_file_is_staged_as_its_mapping_says(
    directory: DataDirectory, load_file: LoadFile
) -> None:
    loaded = load_file(one_file("area-csv"), (AREAS + BOLTON).encode())
    in_graph = [
        line for line in staged_lines(directory, loaded) if line.endswith(b"graph/given> .\n")
    ]
    assert set(triples(in_graph)) == set(
        turtle("""
            <id/area/E08000001> a gm:Area, dct:Location, geo:Feature ;
                dct:identifier "E08000001" ; gm:gssCode "E08000001" ;
                skos:prefLabel "Bolton"@en ; dct:type area-type:metropolitan-district ;
                geo:sfWithin <id/area/E47000001> .
        """)
    )


def test_the_staged_files_hold_what_the_load_says(
    directory: DataDirectory, load_file: LoadFile
) -> None:
    loaded = load_file(one_file("area-csv"), CONTENT)
    load = loaded.load
    assert staged_load(directory, "given") == load
    assert {path.name for path in directory.staged.iterdir()} == {
        "given.json",
        load.quads_name,
        load.issues_name,
        notes_path(directory, "given", load.sha256).name,
    }
    quads = staged_quads(directory)
    assert load.sha256 == digest(quads)
    assert load.quads == quads.count(b"\n")
    issues = (directory.staged / load.issues_name).read_text().splitlines()
    assert [json.loads(line)["message"] for line in issues] == [
        issue.message for issue in loaded.issues
    ]
    assert load.issues_by_rule == {"bad-code": 1}
    assert load.files == ({"name": "given.csv", "sha256": digest(CONTENT), "bytes": len(CONTENT)},)
    assert (load.title, load.audience) == ("A source given by hand", Audience.INTERNAL)


def test_staged_lines_are_sorted_and_each_is_there_once(
    directory: DataDirectory, load_file: LoadFile
) -> None:
    lines = staged_lines(directory, load_file(one_file("area-csv"), CONTENT))
    assert lines == sorted(set(lines))
    assert len(lines) > 20


def test_the_file_itself_is_kept_under_its_digest(
    directory: DataDirectory, load_file: LoadFile
) -> None:
    load_file(one_file("area-csv"), CONTENT)
    assert tree(directory.snapshots) == {digest(CONTENT): CONTENT}


def test_a_source_of_several_files_is_one_load(directory: DataDirectory) -> None:
    areas = SourceFile("areas.csv", find_format("area-csv"), None)
    codes = SourceFile("codes.csv", find_format("identifier-csv"), None)
    contents = {
        "areas.csv": CONTENT,
        "codes.csv": b"kind,key,scheme,code\narea,E08000001,gss,E08000001\n",
    }
    loaded = load_source(directory, Source("given", "Two", (areas, codes)), openers(contents))
    assert loaded.load.counts == Counts(4, 3, 1, 0)
    assert [each["name"] for each in loaded.load.files] == ["areas.csv", "codes.csv"]
    assert {issue.file for issue in loaded.issues} == {"areas.csv"}
    assert set(tree(directory.snapshots)) == {digest(each) for each in contents.values()}
    graph = triples(staged_lines(directory, loaded))
    bolton = URIRef(f"{BASE}id/area/E08000001")
    assert (bolton, URIRef(PREFIXES["adms"] + "identifier"), None) in graph
    assert (bolton, URIRef(PREFIXES["skos"] + "prefLabel"), None) in graph


def test_the_description_of_a_source_tells_its_tally_and_its_triples(
    directory: DataDirectory, load_file: LoadFile
) -> None:
    rows = (
        "reference,name,local-authority-type,wikidata,website\n"
        "AAA,Aston,MD,Q1,www.aston.gov.uk\n"
        "BBB,,MD,Q2,\n"
        "CCC,Clun,MD,Q3,\n"
    )
    loaded = load_file(one_file("digital-land-local-authority"), rows.encode())
    lines = staged_lines(directory, loaded)
    graph = triples(lines)
    source = URIRef(f"{BASE}graph/given")
    run = graph.value(source, URIRef(PROV.wasGeneratedBy))
    tally = [
        int(str(graph.value(run, URIRef(term))))
        for term in (GM.recordsIn, GM.recordsLoaded, GM.recordsLeftOut, GM.valuesWithheld)
    ]
    assert tally == [3, 2, 1, 1]
    own = [line for line in lines if line.endswith(f"<{source}> .\n".encode())]
    assert int(str(graph.value(source, URIRef(VOID.triples)))) == len(own)


def test_the_same_bytes_make_the_same_staged_bytes(
    directory: DataDirectory, load_file: LoadFile
) -> None:
    load_file(one_file("area-csv"), CONTENT)
    # As if the first run were long ago: its times are to stay.
    path = directory.staged / "given.json"
    table = json.loads(path.read_text())
    long_ago = datetime.fromisoformat(table["started"]) - timedelta(days=400)
    path.write_text(json.dumps({**table, "started": str(long_ago), "ended": str(long_ago)}))
    load_file(one_file("area-csv"), CONTENT)
    assert f"{long_ago:%Y-%m-%dT%H:%M:%SZ}".encode() in staged_quads(directory)
    first = tree(directory.path)
    load_file(one_file("area-csv"), CONTENT)
    assert tree(directory.path) == first


def test_other_bytes_or_another_declaration_are_another_load(
    directory: DataDirectory, load_file: LoadFile
) -> None:
    source = one_file("area-csv")
    others = [
        replace(source, title="Another title"),
        replace(source, description="Words"),
        replace(source, licence="https://licence.example/"),
        replace(source, address="https://address.example/"),
        replace(source, publisher=Publisher("P", key="GM-p")),
        replace(source, audience=Audience.PUBLIC),
        replace(source, holder="GM-p"),
        replace(source, organisations={"The P": "GM-p"}),
        replace(source, files=(replace(source.files[0], encoding="ascii"),)),
    ]
    inputs = [load_file(each, CONTENT).load.inputs for each in (source, *others)]
    inputs.append(load_file(source, CONTENT + b"\n").load.inputs)
    assert len(set(inputs)) == len(others) + 2


def test_the_same_load_under_another_base_is_another_one(
    tmp_path: Path, load_file: LoadFile
) -> None:
    source = one_file("area-csv")
    elsewhere = initialise(tmp_path / "elsewhere", "http://localhost:8000/")
    moved = load_source(elsewhere, source, GIVEN).load
    here = load_file(source, CONTENT).load
    assert moved.inputs != here.inputs
    assert moved.files == here.files


def test_a_load_says_when_it_ran(load_file: LoadFile) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    load = load_file(one_file("area-csv"), CONTENT).load
    started, ended = map(datetime.fromisoformat, (load.started, load.ended))
    assert before <= started <= ended <= datetime.now(UTC)


def test_a_new_load_takes_the_place_of_the_old_one_and_keeps_its_file(
    directory: DataDirectory, load_file: LoadFile
) -> None:
    load_file(one_file("area-csv"), CONTENT)
    load_file(one_file("area-csv"), (AREAS + BURY).encode())
    assert b"Bolton" not in staged_quads(directory)
    assert len(list(directory.staged.iterdir())) == 4
    assert len(list(directory.snapshots.iterdir())) == 2


def test_a_dry_run_writes_nothing_and_tells_the_same(
    directory: DataDirectory, load_file: LoadFile
) -> None:
    before = tree(directory.path, with_lock=True)
    tried = load_source(directory, one_file("area-csv"), GIVEN, dry_run=True)
    assert tree(directory.path, with_lock=True) == before
    staged = load_file(one_file("area-csv"), CONTENT)
    after = tree(directory.path)
    again = load_source(directory, one_file("area-csv"), GIVEN, dry_run=True)
    assert tree(directory.path) == after
    assert again.load == staged.load
    assert (tried.load.counts, tried.load.issues_by_rule) == (
        again.load.counts,
        again.load.issues_by_rule,
    )
    assert list(tried.issues) == list(again.issues) == list(staged.issues)


def test_a_dry_run_makes_no_file_in_the_directory_not_even_for_a_while(
    directory: DataDirectory,
) -> None:
    before = sorted(directory.path.rglob("*"))
    seen: list[list[Path]] = []
    rows = AREAS + "".join(f"E0800{n:04},Area {n},region,\n" for n in range(1000))
    load_source(
        directory,
        one_file("area-csv"),
        openers({"given.csv": rows.encode()}),
        dry_run=True,
        progress=lambda *_: seen.append(sorted(directory.path.rglob("*"))),
    )
    assert seen == [before]
    assert sorted(directory.path.rglob("*")) == before


def test_a_dry_run_says_what_would_become_of_the_things_that_are_staged(
    directory: DataDirectory, load_file: LoadFile
) -> None:
    def tried(rows: str) -> Change | None:
        contents = openers({"given.csv": (AREAS + rows).encode()})
        return load_source(directory, one_file("area-csv"), contents, dry_run=True).change

    assert tried(BOLTON + BURY) == Change(new=2)
    assert load_file(one_file("area-csv"), CONTENT).change is None
    assert tried(BOLTON + BURY) == Change()
    assert tried(BOLTON.replace("Bolton", "Boulton")) == Change(new=0, changed=1, gone=1)
    assert tried(BOLTON + BURY + BURY.replace("E08000002", "E08000005")) == Change(new=1)


def refused(
    directory: DataDirectory, source: Source, content: bytes, error: type[LoaderError]
) -> str:
    """Why a load is refused, which must leave an earlier load, or nothing, untouched."""
    before = tree(directory.path)
    refused = openers({"given.csv": content})
    with pytest.raises(error) as caught:
        load_source(directory, source, refused)
    assert tree(directory.path) == before
    load_source(directory, one_file("area-csv"), GIVEN)
    before = tree(directory.path)
    with pytest.raises(error):
        load_source(directory, source, refused)
    assert tree(directory.path) == before
    assert not list(directory.staged.glob(".*"))
    return str(caught.value)


@pytest.mark.parametrize(
    ("minimum", "maximum", "sentence"),
    [
        (3, None, "given.csv: 2 records would be loaded, and there must be at least 3."),
        (
            3,
            9,
            "given.csv: 2 records would be loaded, and there must be at least 3 and at most 9.",
        ),
        (
            0,
            1,
            "given.csv: 2 records would be loaded, and there must be at least 0 and at most 1.",
        ),
    ],
)
def test_too_few_or_too_many_records_stop_the_load(
    directory: DataDirectory, minimum: int, maximum: int | None, sentence: str
) -> None:
    source = one_file("area-csv", minimum, maximum)
    assert refused(directory, source, CONTENT, BoundsError) == sentence


@pytest.mark.parametrize(("minimum", "maximum"), [(2, None), (2, 2), (0, 2), (1, 9)])
def test_as_many_records_as_declared_are_loaded(
    load_file: LoadFile, minimum: int, maximum: int | None
) -> None:
    loaded = load_file(one_file("area-csv", minimum, maximum), CONTENT)
    assert loaded.load.counts.records_loaded == 2


def test_each_file_has_bounds_of_its_own(directory: DataDirectory) -> None:
    format_ = find_format("area-csv")
    files = (SourceFile("a.csv", format_, None, 2, 2), SourceFile("b.csv", format_, None, 1, 1))
    contents = {"a.csv": CONTENT, "b.csv": (AREAS + SHORT).encode()}
    with pytest.raises(BoundsError, match=r"^b\.csv: 0 records would be loaded"):
        load_source(directory, Source("given", "Two", files), openers(contents))


def test_too_many_records_left_out_stop_the_load_and_each_is_told(
    directory: DataDirectory,
) -> None:
    source = replace(one_file("area-csv"), left_out_at_most=0)
    assert refused(directory, source, CONTENT, BoundsError) == (
        "given: 1 records would be left out and the source declares at most 0."
    )
    with pytest.raises(BoundsError) as caught:
        load_source(directory, source, GIVEN)
    assert caught.value.issues is not None
    assert [(each.row, each.field, each.value) for each in caught.value.issues] == [
        (3, "code", "E0800003")
    ]


def test_as_many_records_left_out_as_declared_are_borne(load_file: LoadFile) -> None:
    source = replace(one_file("area-csv"), left_out_at_most=1)
    assert load_file(source, CONTENT).load.counts.records_left_out == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b"name,type\nBolton,region\n", "the header lacks the column code"),
        (CONTENT + b'E08000009,"Trafford\n', "row 5 is not well-formed CSV"),
        (CONTENT + b"E08000009,Traf\xe9rd,region,\n", "line 5 is not UTF-8 text"),
    ],
)
def test_a_file_that_is_not_what_its_format_says_stops_the_load(
    directory: DataDirectory, content: bytes, words: str
) -> None:
    sentence = refused(directory, one_file("area-csv"), content, StructureError)
    assert sentence.startswith("given.csv: ")
    assert words in sentence


def test_a_header_alone_is_a_load_of_no_records_where_that_is_declared(
    directory: DataDirectory, load_file: LoadFile
) -> None:
    assert load_file(one_file("area-csv"), AREAS.encode()).load.counts == Counts()
    assert staged_quads(directory)  # the source and its load are described
    with pytest.raises(BoundsError, match="0 records would be loaded"):
        load_file(one_file("area-csv", minimum=1), AREAS.encode())


def test_two_loads_of_one_directory_do_not_share_anything(directory: DataDirectory) -> None:
    loads: list[Loaded] = [
        load_source(directory, replace(one_file("area-csv"), name=name), GIVEN)
        for name in ("one", "two")
    ]
    one, two = (set(staged_lines(directory, each)) for each in loads)
    assert not {line for line in one & two if b"graph/provenance" not in line}
    assert len(list(directory.staged.iterdir())) == 8


def test_two_loads_at_once_do_not_disturb_each_other(directory: DataDirectory) -> None:
    rows = {
        name: AREAS + "".join(f"E{number}{n:04},{name} {n},region,\n" for n in range(1500))
        for number, name in enumerate(("one", "two", "three", "four"), 1000)
    }

    def run(name: str) -> Loaded:
        source = replace(one_file("area-csv"), name=name)
        return load_source(directory, source, openers({"given.csv": rows[name].encode()}))

    with ThreadPoolExecutor(4) as pool:
        loads = dict(zip(rows, pool.map(run, rows), strict=True))
    assert len(list(directory.staged.iterdir())) == 16
    for name, loaded in loads.items():
        assert loaded.load.counts == Counts(1500, 1500, 0, 0)
        assert staged_load(directory, name) == loaded.load
        verify(directory, loaded.load)
        named = [line for line in staged_lines(directory, loaded) if b"prefLabel" in line]
        assert len(named) == 1500
        assert all(f'"{name} '.encode() in line for line in named)


def test_loads_of_one_source_at_once_leave_one_of_them_whole(directory: DataDirectory) -> None:
    contents = [(AREAS + BOLTON.replace("Bolton", f"Area {n}")).encode() for n in range(20)]
    with ThreadPoolExecutor(4) as pool:
        loads = list(
            pool.map(
                lambda each: (
                    load_source(directory, one_file("area-csv"), openers({"given.csv": each})).load
                ),
                contents,
            )
        )
    last = staged_load(directory, "given")
    assert last in loads
    assert last is not None
    verify(directory, last)
    assert {each.name for each in directory.staged.iterdir()} == {
        "given.json",
        last.quads_name,
        last.issues_name,
        notes_path(directory, "given", last.sha256).name,
    }


def test_a_load_larger_than_memory_is_staged_as_one_that_fits(
    directory: DataDirectory, load_file: LoadFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(
        f"E{n:08},Area {n % 90},region,{'' if n % 7 else 'nowhere'}\n" for n in range(300)
    )
    renamed = BURY.replace("Bury", "Bury St Somewhere")
    content = (AREAS + rows + SHORT + BOLTON * 2 + BURY + renamed).encode()
    staged = load_file(one_file("area-csv"), content)
    before = tree(directory.staged)
    few = partial(SortedLines, run=50)
    monkeypatch.setattr("loaders.loading.SortedLines", few)
    monkeypatch.setattr("loaders.claims.SortedLines", few)
    monkeypatch.setattr("loaders.loading.IssueLog", partial(IssueLog, held=5))
    again = load_file(one_file("area-csv"), content)
    assert again.load == staged.load
    assert list(again.issues) == list(staged.issues)
    assert tree(directory.staged) == before
    assert again.load.issues_by_rule == {
        "bad-code": 44,
        "duplicate-key": 2,
        "repeated-record": 1,
    }


def outside_provenance(lines: list[bytes]) -> list[bytes]:
    return [line for line in lines if not line.endswith(b"graph/provenance> .\n")]


def test_a_record_there_twice_is_staged_as_one_but_for_its_provenance(
    directory: DataDirectory, load_file: LoadFile
) -> None:
    once = load_file(one_file("area-csv"), (AREAS + BOLTON + BURY).encode())
    lines = outside_provenance(staged_lines(directory, once))
    assert len(lines) > 10
    twice = load_file(one_file("area-csv"), (AREAS + BOLTON + BURY + BOLTON).encode())
    assert (once.load.counts, twice.load.counts) == (Counts(2, 2), Counts(3, 3))
    assert (once.load.issues_by_rule, twice.load.issues_by_rule) == ({}, {"repeated-record": 1})
    assert twice.load.quads == once.load.quads + 1  # that Bolton comes from two rows
    assert outside_provenance(staged_lines(directory, twice)) == lines


def test_two_files_of_the_same_bytes_are_kept_once(directory: DataDirectory) -> None:
    format_ = find_format("identifier-csv")
    files = tuple(SourceFile(name, format_, None, 0) for name in ("a.csv", "b.csv"))
    content = b"kind,key,scheme,code\narea,E08000001,gss,E08000001\n"
    contents = openers({"a.csv": content, "b.csv": content})
    loaded = load_source(directory, Source("given", "Two", files), contents)
    assert tree(directory.snapshots) == {digest(content): content}
    assert [each["name"] for each in loaded.load.files] == ["a.csv", "b.csv"]


def test_a_file_that_cannot_be_opened_leaves_nothing(directory: DataDirectory) -> None:
    def missing() -> BinaryIO:
        raise FileNotFoundError(2, "No such file or directory", "given.csv")

    before = tree(directory.path)
    with pytest.raises(FileNotFoundError):
        load_source(directory, one_file("area-csv"), {"given.csv": missing})
    assert tree(directory.path) == before
    assert list(directory.staged.iterdir()) == []


def test_another_encoding_is_read_as_declared_and_kept_as_it_came(
    directory: DataDirectory, load_file: LoadFile
) -> None:
    source = one_file("area-csv")
    source = replace(source, files=(replace(source.files[0], encoding="cp1252"),))
    content = (AREAS + "W06000001,Ynys Môn,region,\n").encode("cp1252")
    loaded = load_file(source, content)
    assert [str(issue) for issue in loaded.issues] == [
        "given.csv: The text is read as cp1252, as declared. (noted)"
    ]
    assert "Ynys Môn".encode() in staged_quads(directory)
    assert tree(directory.snapshots) == {digest(content): content}
