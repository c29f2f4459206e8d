"""Data to attack, and what a test of a live service says at its end."""

from pathlib import Path

import pytest

from tests.benchmarks.made_release import organisations, publish

RELEASE = "20260101T000000Z-00000001"


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with 32,000 statements."""
    made = tmp_path_factory.mktemp("attacked")
    publish(made, RELEASE, organisations(8_000))
    return made
