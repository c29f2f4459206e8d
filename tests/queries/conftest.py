"""The graph that questions are asked of."""

import pytest
from pyoxigraph import Store

from tests.queries.shipped import everything_shipped


@pytest.fixture(scope="session")
def internal(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Everything that the repository ships, as the internal audience has it."""
    return everything_shipped(tmp_path_factory.mktemp("shipped"))
