"""The command line, as it is typed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from server.cli import main
from server.settings import Settings
from tests import postgres
from tests.fresh import fresh

Types = Callable[..., Result]


@pytest.fixture
def empty(cluster: postgres.Cluster | None, tmp_path: Path) -> Iterator[Settings]:
    with fresh(cluster, tmp_path) as settings:
        yield settings


@pytest.fixture
def types(empty: Settings) -> Types:
    """`types("import", "vehicles", file)`; what it printed is in `.output`, how it ended in `.exit_code`."""
    environment = {"FORECOURT_DATA": str(empty.data), "DATABASE_URL": empty.database_url}

    def type_in(*words: object, input: str | None = None, env: dict[str, str] | None = None) -> Result:
        return CliRunner(env=environment | (env or {})).invoke(
            main, [str(word) for word in words], input=input
        )

    return type_in
