"""The measurement runs, and compares like with like; how fast anything is, no test decides."""

import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.benchmarks.loading import (
    PEERS,
    Contender,
    digest_of,
    has_engine,
    main,
    measure,
    ours,
    triples_of,
)
from tests.benchmarks.made_records import TRIPLES, write_organisations
from tests.benchmarks.processes import PROC, peak_of, time_of

pytestmark = pytest.mark.skipif(
    not (PROC / "self" / "smaps_rollup").exists(), reason="memory is measured on Linux only"
)
RECORDS = 30


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.csv"
    write_organisations(path, RECORDS)
    return path


def contender(name: str, code: str, *triples: str) -> Contender:
    """One that runs a line of Python, and says that it made these triples."""
    return Contender(name, (sys.executable, "-c", code), lambda: iter(triples))


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_the_measurement_compares_whole_processes(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--records", str(RECORDS), "--runs", "2", "--peer", "rdflib", "--flat", "60"])
    circumstances, table, flatness = capsys.readouterr().out.strip().split("\n\n")
    assert circumstances.startswith("30 records of 10 triples each, 0 MB of CSV; 2 timed runs of")
    rows = [cells(line) for line in table.splitlines()[2:]]
    assert [row[0].split()[0] for row in rows] == ["gmkg", "rdflib"]
    assert rows[0][5:] == ["1.00", "1.00"]
    assert all(float(cell.split()[0]) > 0 for row in rows for cell in row[1:])
    sizes = [cells(line) for line in flatness.splitlines()[2:]]
    assert [row[:2] for row in sizes] == [["30", "300"], ["60", "600"]]
    assert all(float(cell.split()[0]) > 0 for row in sizes for cell in row[2:])


@pytest.mark.parametrize("peer", PEERS)
def test_every_peer_makes_our_triples(peer: str, tmp_path: Path, records: Path) -> None:
    if peer == "morph-kgc" and not has_engine():
        pytest.skip("morph-kgc is installed by the measurement only")
    measured = measure([ours(tmp_path, records), PEERS[peer](tmp_path, records)], 0, 300)
    assert [each.peak > 0 for each in measured] == [True, True]


def test_a_peer_that_cannot_be_installed_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setattr("tests.benchmarks.loading._ENGINE", file / "morph-kgc")
    main(["--records", "3", "--runs", "1", "--peer", "morph-kgc"])
    told = capsys.readouterr()
    assert told.err.startswith("Without morph-kgc: morph-kgc cannot be installed: ")
    assert [cells(line)[0] for line in told.out.splitlines()[4:]] == ["gmkg load"]


def test_records_are_the_same_each_time_and_make_ten_triples(tmp_path: Path, records: Path) -> None:
    again = tmp_path / "again.csv"
    write_organisations(again, RECORDS)
    assert again.read_bytes() == records.read_bytes()
    loaded = ours(tmp_path, records)
    loaded.prepare()
    time_of(loaded.command)
    subjects = Counter(triple.split()[0] for triple in loaded.triples())
    assert len(subjects) == RECORDS
    assert set(subjects.values()) == {TRIPLES}


def test_whoever_makes_other_triples_is_not_measured() -> None:
    first = contender("first", "", "<a> <b> <c>", "<a> <b> <d>")
    with pytest.raises(RuntimeError, match="other did not make the same triples as first"):
        measure([first, contender("other", "", "<a> <b> <c>", "<a> <b> <e>")], 1, 2)
    with pytest.raises(RuntimeError, match="fewer made 1 triples, not the 2 that it should"):
        measure([first, contender("fewer", "", "<a> <b> <c>", "<a> <b> <c>")], 1, 2)


def test_whoever_fails_is_not_measured() -> None:
    failing = contender("failing", "raise SystemExit('no such file')")
    with pytest.raises(RuntimeError, match=r"ended with 1:\nno such file"):
        measure([failing], 1, 0)
    with pytest.raises(RuntimeError, match="no such file"):
        time_of(failing.command)


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
    took = time_of((sys.executable, "-c", start.format(work)))
    idle = time_of((sys.executable, "-c", start.format("")))
    assert took.processor > idle.processor
    assert took.wall > 0
