"""A filled database of every earlier migration is brought to the newest, and each row is still there."""

import asyncio
import re
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from tortoise import Tortoise

from server import db, migrating
from server.demo import build as building
from server.demo.build import Size
from server.migrating import CannotMigrate, migrate, plan
from server.settings import Settings
from tests import postgres
from tests.fresh import fresh

MIGRATIONS = sorted(path.stem for path in Path("migrations").glob("[0-9]*.py"))
TINY = Size(days=10, scale=0.03, stock=0.02)


@pytest.fixture(scope="module")
def filled(cluster: postgres.Cluster | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Of today's form, with something in nearly every table."""
    with fresh(cluster, tmp_path_factory.mktemp("filled")) as settings:
        asyncio.run(_fill(settings))
        yield settings


async def _fill(settings: Settings) -> None:
    await migrate(settings)
    await db.connect(settings)
    await building.build(TINY, password_hash="-", clock=lambda: datetime(2026, 6, 3, 18, 0, tzinfo=UTC))
    await Tortoise.close_connections()


@pytest.fixture
def empty(cluster: postgres.Cluster | None, tmp_path: Path) -> Iterator[Settings]:
    with fresh(cluster, tmp_path) as settings:
        yield settings


@pytest.mark.parametrize("start", MIGRATIONS)
async def test_every_row_of_an_earlier_form_is_still_there(
    start: str, filled: Settings, empty: Settings
) -> None:
    await migrate(empty, target=start)
    poured = await copy_rows(filled, empty)
    before = await contents(empty)

    await migrate(empty)

    assert await plan(empty) == []
    after = await contents(empty)
    assert sum(poured.values()) > 500
    assert {table: after[table] for table in before} == before
    assert await orphans(empty) == []


async def copy_rows(origin: Settings, target: Settings) -> dict[str, int]:
    """As far as the older form has a place for them: how many rows of each table."""
    columns = await columns_of(target)
    poured = {}
    for table, names in columns.items():
        rows = await read(origin, f"SELECT * FROM {table}") if table in await columns_of(origin) else []
        known = [name for name in names if not rows or name in rows[0]]
        await write(target, table, known, [[row[name] for name in known] for row in rows])
        poured[table] = len(rows)
    return poured


async def contents(settings: Settings) -> dict[str, set[str]]:
    """The keys of every table's rows."""
    keys = {table: names[0] for table, names in (await columns_of(settings)).items()}
    return {
        table: {str(row[0]) for row in await read(settings, f"SELECT {key} FROM {table}")}
        for table, key in keys.items()
    }


async def columns_of(settings: Settings) -> dict[str, list[str]]:
    if settings.is_sqlite:
        tables = await read(
            settings, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        names = [row[0] for row in tables if row[0] != "tortoise_migrations"]
        return {n: [row[1] for row in await read(settings, f"PRAGMA table_info({n})")] for n in names}
    found: dict[str, list[str]] = {}
    for row in await read(
        settings,
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
        "AND table_name <> 'tortoise_migrations' ORDER BY table_name, ordinal_position",
    ):
        found.setdefault(row[0], []).append(row[1])
    return found


async def read(settings: Settings, query: str) -> list[Any]:
    if settings.is_sqlite:
        with closing(sqlite3.connect(settings.sqlite_path)) as connection:
            connection.row_factory = _NamedRow
            return connection.execute(query).fetchall()
    connection = await asyncpg.connect(settings.database_url)
    try:
        return list(await connection.fetch(query))
    finally:
        await connection.close()


class _NamedRow(sqlite3.Row):
    def __contains__(self, name: object) -> bool:
        return name in self.keys()


async def write(settings: Settings, table: str, columns: list[str], rows: list[list[Any]]) -> None:
    """Without a look at foreign keys: the tables come in any order."""
    if settings.is_sqlite:
        marks = ", ".join("?" * len(columns))
        with closing(sqlite3.connect(settings.sqlite_path)) as connection, connection:
            connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
        return
    marks = ", ".join(f"${n + 1}" for n in range(len(columns)))
    connection = await asyncpg.connect(settings.database_url)
    try:
        await connection.execute("SET session_replication_role = replica")
        await connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
    finally:
        await connection.close()


async def orphans(settings: Settings) -> list[Any]:
    return await read(settings, "PRAGMA foreign_key_check") if settings.is_sqlite else []


ALTER_A_PARENT = """
from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "{latest}")]
    operations = [
        ops.AlterField(model_name="Customer", name="address", field=fields.CharField(max_length=400, default="")),
        {more}
    ]
"""


@pytest.fixture
def one_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Adds a migration that is nobody's to those of the project, for one story."""
    name = f"migrations_{re.sub('[^a-z0-9]', '_', tmp_path.name.lower())}"
    package = tmp_path / name
    shutil.copytree("migrations", package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.syspath_prepend(str(tmp_path))
    usual = db.config

    def config(settings: Settings) -> dict[str, Any]:
        changed = usual(settings)
        changed["apps"]["models"]["migrations"] = name
        return changed

    def add(more: str = "") -> None:
        text = ALTER_A_PARENT.format(latest=MIGRATIONS[-1], more=more)
        (package / "9999_alter_a_parent.py").write_text(text)
        monkeypatch.setattr(migrating.db, "config", config)

    yield add
    for module in [module for module in sys.modules if module.startswith(name)]:
        del sys.modules[module]


@pytest.mark.sqlite
async def test_altering_a_parent_table_keeps_its_children(
    filled: Settings, tmp_path: Path, one_more: Any
) -> None:
    settings = _copy(filled, tmp_path)
    before = await contents(settings)
    one_more()

    copy = await migrate(settings)

    assert await contents(settings) == before
    assert await orphans(settings) == []
    assert copy and copy.exists()


@pytest.mark.sqlite
async def test_a_migration_that_fails_halfway_puts_the_file_back(
    filled: Settings, tmp_path: Path, one_more: Any
) -> None:
    settings = _copy(filled, tmp_path)
    before = await contents(settings)
    one_more('ops.RunSQL("DELETE FROM leads"), ops.RunSQL("INSERT INTO nowhere VALUES (1)"),')

    with pytest.raises(Exception, match="nowhere"):
        await migrate(settings)

    assert await contents(settings) == before
    assert [step.name for step in await plan(settings)] == ["9999_alter_a_parent"]


@pytest.mark.sqlite
async def test_rows_that_would_lose_their_parent_put_the_file_back(
    filled: Settings, tmp_path: Path, one_more: Any
) -> None:
    settings = _copy(filled, tmp_path)
    before = await contents(settings)
    one_more('ops.RunSQL("DELETE FROM leads"),')

    with pytest.raises(CannotMigrate, match="leads"):
        await migrate(settings)

    assert await contents(settings) == before


async def test_going_back_needs_a_target_and_a_yes(empty: Settings) -> None:
    await migrate(empty)

    with pytest.raises(CannotMigrate, match="--backward"):
        await migrate(empty, target=MIGRATIONS[0])

    assert await plan(empty) == []


def _copy(filled: Settings, folder: Path) -> Settings:
    file = folder / "forecourt.sqlite3"
    with closing(sqlite3.connect(filled.sqlite_path)) as connection:
        connection.execute("VACUUM INTO ?", (str(file),))
    return Settings(database_url=f"sqlite://{file}", data=folder, port=0, secret="-", client=folder)
