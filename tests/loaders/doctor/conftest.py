"""A healthy data directory, made once, of which each test breaks a copy."""

import os
import shutil
from pathlib import Path

import pytest

from loaders.audience import Audience
from loaders.directory import DataDirectory, initialise, open_directory
from loaders.publish import publish
from loaders.writing.audit import note_write
from loaders.writing.write import Action, Write
from tests.loaders.publishing import BASE, a_source, load, may_end

ENDED = "id/organisation/GB-LAE-CCC"


@pytest.fixture(scope="session")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two releases of a public and an internal source, an ending, and a log of writes."""
    before = os.umask(0o027)  # as `gmkg` has it
    try:
        return made_in(tmp_path_factory.mktemp("healthy") / "var")
    finally:
        os.umask(before)


def made_in(path: Path) -> Path:
    directory = initialise(path, BASE)
    may_end(directory, "inner")
    load(directory, a_source(), "GB-LAE-AAA,Aston", "GB-LAE-CCC,Crompton")
    load(directory, a_source("inner", Audience.INTERNAL), "GB-LAE-BBB,Barton")
    publish(directory)
    load(directory, a_source(), "GB-LAE-AAA,Aston")
    (directory.path / "endings.csv").write_text(
        f"iri,state,successor,reason\n{ENDED},gone,,It was closed.\n"
    )
    made = publish(directory).release
    wanted = Write(Action.UPDATE, by="0a1b2c3d", role="steward", request="r1", text="")
    note_write(directory, wanted, made.id, changed=True)
    return directory.path


@pytest.fixture
def directory(healthy: Path, tmp_path: Path) -> DataDirectory:
    """A copy of the healthy directory, to be broken."""
    shutil.copytree(healthy, tmp_path / "var", symlinks=True)
    return open_directory(tmp_path / "var")
