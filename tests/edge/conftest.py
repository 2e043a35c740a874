"""What the stories about the edge of the server share."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres
from tests.conftest import _prepare, settings_for
from tests.edge.fragile import Fragile


@pytest.fixture(scope="session")
def fragile() -> Iterator[Fragile]:
    """A PostgreSQL of these stories' own, for what nobody else should suffer. Its database "cast" is to be copied."""
    cluster = postgres.start()
    asyncio.run(_prepare(settings_for(cluster.create("cast"), Path("/nonexistent"))))
    yield Fragile(cluster)
    cluster.stop()
