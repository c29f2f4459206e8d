"""The measurement runs, and compares like with like; how fast anything is, no test decides."""

import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Store

from tests.benchmarks.loading.__main__ import main
from tests.benchmarks.loading.contenders import (
    NATIVE,
    PEERS,
    Contender,
    Line,
    floor,
    line_with_more_inside,
)
from tests.benchmarks.loading.engine import has_engine
from tests.benchmarks.loading.measuring import measure
from tests.benchmarks.loading.runs import run
from tests.benchmarks.loading.triples import digest_of, triples_of
from tests.benchmarks.made_records import TRIPLES, write_organisations
from tests.benchmarks.processes import PROC, peak_of, time_of

pytestmark = [
    pytest.mark.skipif(
        not (PROC / "self" / "smaps_rollup").exists(), reason="memory is measured on Linux only"
    ),
    pytest.mark.skipif(not NATIVE.exists(), reason="the engine's own command line is not here"),
]
RECORDS = 30


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.csv"
    write_organisations(path, RECORDS)
    return path


def contender(name: str, code: str, *triples: str, held: int = 0) -> Contender:
    """One that runs a line of Python for its store, and says that it made these triples."""
    command = (sys.executable, "-c", code)
    return Contender(name, None, command, lambda: iter(triples), lambda: held)


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def rows(table: str) -> list[list[str]]:
    return [cells(line) for line in table.splitlines()[2:]]


def test_the_measurement_goes_from_records_to_stores(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--records", str(RECORDS), "--rounds", "1", "--peer", "rdflib", "--change"]
    assert main([*given, "--curve", "20", "--folder", str(tmp_path)]) == 0
    machine, made, beside, counted, stages, *more = capsys.readouterr().out.strip().split("\n\n")
    assert ", Python " in machine
    assert made == (
        "30 records of 10 triples each, 0 MB of CSV, the same triples from all; 1 round."
    )
    assert [row[0].split(" ")[0] for row in rows(beside)] == ["gmkg", "oxigraph", "gmkg,", "rdflib"]
    assert [row[8] for row in rows(beside)][1] == "1.00"
    assert {row[9] for row in rows(beside)} == {"–"}
    assert [row[0] for row in rows(counted)] == [
        "a public store alone",
        "and search index",
        "and union as the default graph",
        "and shapes (SHACL)",
        "and inference",
        "and further audiences",
    ]
    times = [float(row[1].split()[0]) for row in rows(counted)]
    assert times == sorted(times)
    assert rows(counted)[-1][1] == rows(beside)[0][3]
    assert {row[0] for row in rows(stages)} == {"load", "publish"}
    told, changed, curve_told, curve, curve_stages = more
    assert told == "30 records, then one in a hundred of them with another description:"
    assert [row[:2] for row in rows(changed)[-2:]] == [
        ["both", "without inference"],
        ["both", "peak memory"],
    ]
    assert curve_told == "Our line and the floor, one run of each for each size:"
    assert [row[:2] for row in rows(curve)] == [["20", "200"]]
    assert list(dict.fromkeys(row[0] for row in rows(curve_stages))) == ["load", "publish"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("peer", PEERS)
def test_every_peer_makes_our_triples(peer: str, tmp_path: Path, records: Path) -> None:
    if peer == "morph-kgc" and not has_engine():
        pytest.skip("morph-kgc is installed by the measurement only")
    line = Line(tmp_path, records)
    contenders = [line.contender(), PEERS[peer](tmp_path, records)]
    measured = measure(contenders, 1, RECORDS * TRIPLES)
    assert [each.rounds[0].peak > 0 for each in measured] == [True, True]


def test_the_floor_loads_what_the_line_has_published(tmp_path: Path, records: Path) -> None:
    line = Line(tmp_path, records)
    bottom = replace(floor(tmp_path, line), clear=lambda: None)
    measure([line.contender(), bottom], 1, RECORDS * TRIPLES)
    published = line.release().manifest.counts["public"]["quads"]
    assert len((tmp_path / "finished.nq").read_bytes().splitlines()) == published
    assert len(Store.read_only(str(tmp_path / "floor"))) == published
    assert bottom.held() == RECORDS * TRIPLES


def test_staff_may_see_more_than_the_public(tmp_path: Path, records: Path) -> None:
    ours = replace(line_with_more_inside(tmp_path, records, RECORDS), clear=lambda: None)
    measure([ours], 1, RECORDS * TRIPLES)
    counts = Line(tmp_path / "inside", records).release().manifest.counts
    graphs = [set(counts[each]["graphs"]) for each in ("public", "partner", "internal")]
    assert graphs[0] == graphs[1]
    assert {graph.rpartition("/")[2] for graph in graphs[2] - graphs[1]} == {"made-inside"}


def test_what_a_round_made_makes_room_for_the_next(tmp_path: Path, records: Path) -> None:
    line = Line(tmp_path, records)
    rdflib, inside = PEERS["rdflib"](tmp_path, records), line_with_more_inside(tmp_path, records, 3)
    measure([line.contender(), floor(tmp_path, line), rdflib, inside], 1, RECORDS * TRIPLES)
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == {"data", "inside"}
    assert not (tmp_path / "inside" / "data").exists()
    assert {path.suffix for path in tmp_path.iterdir() if path.is_file()} == {".csv", ".json"}


def test_a_peer_that_cannot_be_installed_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setattr("tests.benchmarks.loading.engine._ENGINE", file / "morph-kgc")
    main(["--records", "3", "--rounds", "1", "--peer", "morph-kgc"])
    told = capsys.readouterr()
    assert told.err.startswith("Without morph-kgc: morph-kgc cannot be installed: ")
    beside = told.out.split("\n\n")[2]
    assert [row[0].split(" ")[0] for row in rows(beside)] == ["gmkg", "oxigraph", "gmkg,"]


def test_records_are_the_same_each_time_and_make_ten_triples(tmp_path: Path, records: Path) -> None:
    again = tmp_path / "again.csv"
    write_organisations(again, RECORDS)
    assert again.read_bytes() == records.read_bytes()
    ours = Line(tmp_path, records).contender()
    measure([ours], 1, RECORDS * TRIPLES)
    subjects = Counter(triple.split()[0] for triple in ours.triples())
    assert len(subjects) == RECORDS
    assert set(subjects.values()) == {TRIPLES}


def test_one_record_in_so_many_is_altered_and_first_ones_may_be_left_out(tmp_path: Path) -> None:
    plain, altered, later = (tmp_path / name for name in ("plain", "altered", "later"))
    write_organisations(plain, RECORDS)
    write_organisations(altered, RECORDS, altered=10)
    write_organisations(later, 10, first=RECORDS)
    lines = [path.read_text().splitlines() for path in (plain, altered)]
    assert [one == other for one, other in zip(*lines, strict=True)].count(False) == 3
    keys = {line.split(",")[0] for line in later.read_text().splitlines()[1:]}
    assert len(keys) == 10
    assert keys.isdisjoint(line.split(",")[0] for line in lines[0])


def test_whoever_makes_other_triples_is_not_measured() -> None:
    first = contender("first", "", "<a> <b> <c>", "<a> <b> <d>", held=2)
    with pytest.raises(RuntimeError, match="other did not make the same triples as first"):
        measure([first, contender("other", "", "<a> <b> <c>", "<a> <b> <e>", held=2)], 1, 2)
    with pytest.raises(RuntimeError, match="fewer made 1 triples, not the 2 that it should"):
        measure([first, contender("fewer", "", "<a> <b> <c>", "<a> <b> <c>", held=2)], 1, 2)
    with pytest.raises(RuntimeError, match="the store of short holds 1 triples, not 2"):
        measure([contender("short", "", "<a> <b> <c>", "<a> <b> <d>", held=1)], 1, 2)


def test_whoever_fails_is_not_measured() -> None:
    failing = contender("failing", "raise SystemExit('no such file')")
    with pytest.raises(RuntimeError, match=r"ended with 1:\nno such file"):
        measure([failing], 1, 0)
    assert failing.to_store
    for measuring in (run, time_of, peak_of):
        with pytest.raises(RuntimeError, match="no such file"):
            measuring(failing.to_store)


def test_a_section_that_fails_keeps_the_others_from_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(folder: Path, records: int) -> None:
        raise RuntimeError(f"It failed with {records}.")

    monkeypatch.setattr("tests.benchmarks.loading.__main__.change", fail)
    monkeypatch.setattr("tests.benchmarks.loading.__main__._compared", lambda *_, **__: ["made"])
    monkeypatch.setattr("tests.benchmarks.loading.__main__.real_files.files", lambda _: [])
    assert main(["--records", "7", "--change", "--real"]) == 1
    told = capsys.readouterr()
    assert told.err == "It failed with 7.\n"
    assert told.out.split("\n\n")[1] == "made"
    assert told.out.endswith("\nThere are no real files here.\n")


def test_triples_are_compared_whatever_their_order_and_spelling(tmp_path: Path) -> None:
    quads, triples = tmp_path / "made.nq", tmp_path / "made.nt"
    quads.write_text(
        '<http://a.example/1> <http://a.example/p> "é\\n" <http://a.example/g> .\n'
        "<http://a.example/1> <http://a.example/p> <http://a.example/2> <http://a.example/g> .\n"
        "<http://a.example/1> <http://a.example/p> <http://a.example/3> <http://a.example/h> .\n"
    )
    triples.write_text(
        "<http://a.example/1> <http://a.example/p> <http://a.example/2> .\n"
        '<http://a.example/1>  <http://a.example/p>  "\\u00E9\\u000A" .\n' * 2
    )
    made = digest_of(triples_of(quads, "http://a.example/g"))
    assert made == digest_of(triples_of(triples))
    assert made[0] == 2


def test_memory_and_time_of_children_count() -> None:
    hold = "x = bytearray(b'x' * 60_000_000); import time; time.sleep(0.3)"
    work = "sum(range(10_000_000))"
    start = "import subprocess, sys; subprocess.run([sys.executable, '-c', {!r}])"
    assert peak_of((sys.executable, "-c", start.format(hold))) > 60_000_000
    took = run((sys.executable, "-c", start.format(hold)))
    assert took.peak > 60_000_000
    assert took.wall > 0.3
    busy, idle = (time_of((sys.executable, "-c", start.format(each))) for each in (work, ""))
    assert busy.processor > idle.processor
    assert run((sys.executable, "-c", start.format(work))).processor > idle.processor
