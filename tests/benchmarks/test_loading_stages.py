"""What a round's steps add up to, and how real files are made plain for others."""

import csv
from pathlib import Path

import pytest

from loaders.formats.reading.content import Content
from loaders.steps import Step
from tests.benchmarks.loading import real_files
from tests.benchmarks.loading.change import change_table
from tests.benchmarks.loading.contenders import NATIVE, PARTS, Contender
from tests.benchmarks.loading.measuring import Measured, Round
from tests.benchmarks.loading.runs import Ran
from tests.benchmarks.loading.stages import Stage, added, stage_of, stages_of, store_alone
from tests.benchmarks.loading.tables import counted
from tests.benchmarks.processes import PROC
from tests.coverage_files.real_file import RealFile

LOAD, PUBLISH = PARTS


def step(path: str, began: float, ended: float) -> Step:
    *within, name = path.split("/")
    return Step(name, began, ended, tuple(within))


def one_round(factor: float = 1.0) -> Round:
    """10 s of load, 20 s of publish: the steps are known to the second."""
    steps = {
        LOAD: [step("reading and mapping", 1, 6), step("shapes", 6, 9)],
        PUBLISH: [
            step("public/store/named graphs", 102, 105),
            step("public/store/union", 105, 107),
            step("public/store/ledger", 107, 108),
            step("public/store", 101, 110),
            step("public/search index", 110, 114),
            step("public", 101, 114),
            step("partner/store", 114, 115),
            step("partner", 114, 115),
            step("internal/search index", 115, 116),
            step("internal", 115, 117),
        ],
    }
    looks = ((102.5, 70), (106.0, 90), (113.0, 200), (116.0, 60), (118.0, 500))
    parts = {LOAD: Ran(10 * factor, 9, ((3.0, 40),)), PUBLISH: Ran(20 * factor, 18, looks)}
    return Round(parts, steps)


@pytest.mark.parametrize(
    ("path", "stage"),
    [
        ("reading and mapping", "reading and mapping"),
        ("shapes", "shapes (SHACL)"),
        ("inference", "inference"),
        ("what each audience sees/writing lines", "what each audience sees"),
        ("public", "public, otherwise"),
        ("public/store", "public store"),
        ("public/store/named graphs", "public store"),
        ("public/store/union", "union as the default graph"),
        ("public/store/ledger", "ledger"),
        ("public/search index", "search index"),
        ("internal/store/union", "further audiences"),
        ("partner/search index", "further audiences"),
    ],
)
def test_each_step_belongs_to_a_stage(path: str, stage: str) -> None:
    assert stage_of(step(path, 0, 1)) == stage


def test_stages_add_up_to_all_and_memory_is_that_of_the_step_furthest_in() -> None:
    assert stages_of(one_round()) == [
        Stage(LOAD, "reading and mapping", 5, 40),
        Stage(LOAD, "shapes (SHACL)", 3, 0),
        Stage(LOAD, "the rest, start included", 2, 0),
        Stage(PUBLISH, "public, otherwise", 0, 0),
        Stage(PUBLISH, "public store", 6, 70),
        Stage(PUBLISH, "union as the default graph", 2, 90),
        Stage(PUBLISH, "ledger", 1, 0),
        Stage(PUBLISH, "search index", 4, 200),
        Stage(PUBLISH, "further audiences", 3, 60),
        Stage(PUBLISH, "the rest, start included", 4, 500),
    ]
    assert store_alone(one_round()) == 30 - 3 - 2 - 4 - 3
    assert added(one_round(), "shapes (SHACL)") == 3
    assert one_round().peak == 500


def measured(name: str, *walls: float) -> Measured:
    contender = Contender(name, None, None, lambda: iter(()), lambda: 0)
    return Measured(contender, [Round({PUBLISH: Ran(wall, wall)}) for wall in walls])


def test_ratios_are_those_within_the_rounds() -> None:
    ours, bottom = measured("gmkg", 10, 30), measured("oxigraph", 5, 6)
    assert ours.ratio(bottom) == pytest.approx((0.5 + 0.2) / 2)
    assert bottom.ratio(bottom) == 1


def test_what_is_counted_grows_to_all_of_it() -> None:
    ours = Measured(measured("gmkg").contender, [one_round()])
    table = counted([ours, measured("oxigraph", 9), measured("morph-kgc", 36)], 900, 9000)
    found = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    assert found[2:] == [
        ["a public store alone", "18.00 s", "50", "500", "0.50", "2.00"],
        ["and search index", "22.00 s", "41", "409", "0.41", "1.64"],
        ["and union as the default graph", "24.00 s", "38", "375", "0.38", "1.50"],
        ["and shapes (SHACL)", "27.00 s", "33", "333", "0.33", "1.33"],
        ["and further audiences", "30.00 s", "30", "300", "0.30", "1.20"],
    ]


def test_a_change_is_told_as_a_share_of_the_first() -> None:
    table = change_table(one_round(), one_round(0.9))
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    assert ["load", "reading and mapping", "5.00 s", "5.00 s", "100.0%"] in lines
    assert ["both", "in all", "30.00 s", "27.00 s", "90.0%"] in lines
    assert ["both", "peak memory", "0 MB", "0 MB", "–"] in lines


def test_real_files_are_made_plain(tmp_path: Path) -> None:
    path, plain = tmp_path / "odd.tsv", tmp_path / "plain.csv"
    path.write_bytes(
        'Name\tName, again\r\nCafé\t"1\n2"\r\nshort\r\nlong\ta\tb\r\n'.encode("cp1252")
    )
    assert real_files.write_plain(Content(path.name, path, "cp1252"), plain) == 2
    with plain.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [
            ["row", "c0", "c1"],
            ["1", "Café", "1\n2"],
            ["2", "short", ""],
            ["3", "long", "a"],
        ]


@pytest.fixture
def real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    chosen = (RealFile("made.csv", "organisation-csv"), RealFile("absent.csv", "organisation-csv"))
    monkeypatch.setattr(real_files, "FILES", chosen)
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "made.csv").write_text(
        "key,name,type,other-names,homepage,founded,source,description\n"
        "GB-CHC-1,Friends of Exampleton,charity,,,,,\n"
    )
    return tmp_path / "real"


@pytest.mark.skipif(
    not ((PROC / "self" / "smaps_rollup").exists() and NATIVE.exists()), reason="needs Linux"
)
def test_real_files_are_measured_where_they_are(tmp_path: Path, real: Path) -> None:
    assert real_files.files(real, least=3) == []
    chosen = real_files.files(real, least=2)
    assert [each.place for each in chosen] == ["made.csv"]
    (found,) = real_files.measured(tmp_path, chosen, real)
    assert (found.place, found.records) == ("made.csv", 1)
    assert list(found.ran)[:2] == ["gmkg load", "gmkg publish"]
    assert all(ran is not None for ran in found.ran.values())
    assert (tmp_path / "cells.nt").read_text().count("\n") == 3
    assert real_files.real_table([found]).splitlines()[-1].startswith("| together | 1 | ")
