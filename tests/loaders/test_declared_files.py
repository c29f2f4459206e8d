"""Every group of publishers' files has a declared source, and loads as it is declared.

The files are not shipped; the tests that read them are skipped where they are absent. What becomes
of each file by itself stands in `docs/coverage.md`, and `tests/test_coverage.py` holds to it.
"""

from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from loaders.directory import initialise
from loaders.pipeline import load_source
from loaders.snapshot import opener_of
from loaders.source import Source, declared_sources
from loaders.staging import Counts
from tests.coverage import DATA, FILES
from tests.coverage_files.declared import DECLARED, WITHOUT_RECORDS, declared_for
from tests.loaders.conftest import BASE

SOURCES = declared_sources()
NOT_SHIPPED = {
    name: source
    for name, source in SOURCES.items()
    if any(file.place is None for file in source.files)
}
# Sources of several files, which one load reads together: all that becomes of their records.
WHOLE: dict[str, Counts] = {
    "article-30-examples": Counts(11, 11, 0, 0),
    "data-marketplace-samples": Counts(10, 8, 2, 4),
    "digital-land-lookups": Counts(751, 751, 0, 0),
    "digital-land-organisations": Counts(115, 113, 2, 5),
    "edps-processing-records": Counts(11, 9, 2, 0),
    "edps-processing-register": Counts(14, 14, 0, 0),
    "gm-council-libraries": Counts(116, 116, 0, 62),
    "govuk-content-services": Counts(4, 4, 0, 1),
    "hdruk-schema-examples": Counts(3, 2, 1, 0),
    "opendatacommunities-local-government": Counts(2631, 2600, 31, 149),
    "trafford-data-lab-boundaries": Counts(226, 226, 0, 0),
    "trafford-data-lab-codes": Counts(10950, 10950, 0, 0),
    "trafford-data-lab-lookups": Counts(1917, 1917, 0, 0),
    "trafford-data-lab-venues": Counts(1349, 1329, 20, 1011),
    "trafford-table-metadata": Counts(6, 6, 0, 0),
    "trafford-venues": Counts(262, 261, 1, 181),
    "uk-api-catalogue-tables": Counts(2, 2, 0, 2),
    "uk-data-standards": Counts(11, 11, 0, 0),
}
here = pytest.mark.skipif(not DATA.is_dir(), reason="the publishers' own files are not here")


def places() -> list[str]:
    """The path of every file that is none of a vocabulary."""
    files = (path.relative_to(DATA) for path in sorted(DATA.rglob("*")) if path.is_file())
    return [file.as_posix() for file in files if file.parts[0] != "vocabularies"]


def files_of(source: Source) -> dict[str, Path]:
    """The publishers' files of a source by the names that it declares."""
    return {
        found.name or Path(place).name: DATA / place
        for place in places()
        for found in declared_for(place)
        if found.source == source.name
    }


def test_every_source_that_ships_no_files_is_in_the_table_and_none_else() -> None:
    assert {each.source for each in DECLARED} == NOT_SHIPPED.keys()


def test_the_table_calls_files_as_their_sources_do() -> None:
    for file in FILES:
        (found,) = declared_for(file.place)
        declared = {each.name: each.format.name for each in SOURCES[found.source].files}
        if len(declared) > 1:
            assert declared[found.name or Path(file.place).name] == file.format


@pytest.mark.real_data
@here
def test_every_file_is_loaded_by_one_source_or_holds_no_records() -> None:
    unheard = {}
    for place in places():
        by = [each.source for each in declared_for(place)]
        without = [each for each in WITHOUT_RECORDS if fnmatchcase(place, each)]
        if (len(by), bool(without)) not in {(1, False), (0, True)}:
            unheard[place] = (by, without)
    assert unheard == {}


@pytest.mark.real_data
@here
def test_every_file_with_records_is_in_the_table_of_coverage() -> None:
    told = {file.place for file in FILES}
    within = {place for place in told if (DATA / place).is_dir()}
    declared = {place for place in places() if declared_for(place)}
    assert {p for p in declared if not any(p.startswith(f"{each}/") for each in within)} == (
        told - within
    )


def test_every_source_of_several_files_is_tried_whole() -> None:
    assert WHOLE.keys() == {name for name, each in NOT_SHIPPED.items() if len(each.files) > 1}


@pytest.mark.real_data
@here
@pytest.mark.parametrize("name", WHOLE)
def test_a_source_of_several_files_loads_as_it_is_declared(tmp_path: Path, name: str) -> None:
    given = {file: opener_of(path) for file, path in files_of(SOURCES[name]).items()}
    loaded = load_source(initialise(tmp_path / "var", BASE), SOURCES[name], given)
    assert loaded.load.counts == WHOLE[name]
