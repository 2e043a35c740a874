"""`forecourt migrate`: Tortoise's own migrations, made safe.

On SQLite altering a table drops it and makes it anew. With foreign keys on, that drop takes the children
along and says OK; hence they are off while migrating and checked afterwards. And because SQLite's scripts
commit as they go, a migration that fails halfway is undone by putting the copied file back.
"""

import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
from tortoise import Tortoise
from tortoise.connection import get_connection
from tortoise.migrations.api import migrate as apply
from tortoise.migrations.executor import MigrationExecutor, MigrationTarget

from server import db
from server.commands.alone import alone
from server.kernel.clock import system_clock
from server.settings import Settings

APP = "models"
LATEST = "__latest__"
_ADVISORY_LOCK = 0x666F7265  # one `forecourt migrate` at a time


class CannotMigrate(Exception):
    """The database is as it was; the message says what is in the way."""


@dataclass(frozen=True, kw_only=True)
class Step:
    name: str
    backward: bool


async def plan(settings: Settings, *, target: str | None = None) -> list[Step]:
    """What `migrate` would do: nothing when the database is up to date. Changes nothing but the list of steps."""
    _ensure_sqlite(settings)
    async with _closed_afterwards(settings):
        await Tortoise.init(config=_config(settings), init_connections=False)
        executor = MigrationExecutor(get_connection("default"), _config(settings)["apps"])
        try:
            steps = await executor.plan([MigrationTarget(app_label=APP, name=target or LATEST)])
        except ValueError as error:
            raise CannotMigrate(f"There is no migration '{target}'.") from error
    return [Step(name=step.migration.name, backward=step.backward) for step in steps]


async def migrate(
    settings: Settings,
    *,
    target: str | None = None,
    backward: bool = False,
    told: Callable[[str], object] = lambda _: None,
) -> Path | None:
    """Brings the database to `target` (the newest). Returns the copy that was made before, on SQLite.

    Going back is refused unless `backward` says that it is meant: it drops columns and tables with their data.
    """
    with _alone_with(settings):
        async with _one_at_a_time(settings):
            steps = await plan(settings, target=target)
            if not steps:
                return None
            _ensure_meant(steps, target=target, backward=backward)
            copy = _copy_before(settings, steps)
            try:
                await _apply(settings, target=target, told=told)
                _check_foreign_keys(settings)
            except BaseException:
                _put_back(settings, copy)
                raise
            return copy


async def _apply(settings: Settings, *, target: str | None, told: Callable[[str], object]) -> None:
    def progress(event: str, _app: str, name: str) -> None:
        if event.endswith("_start"):
            told(name)

    async with _closed_afterwards(settings):
        await apply(config=_config(settings), target=f"{APP}.{target or LATEST}", progress=progress)


def _ensure_sqlite(settings: Settings) -> None:
    """Of another kind of file the driver's thread would never end, and with it the command."""
    if not settings.is_sqlite or not settings.sqlite_path.exists():
        return
    with settings.sqlite_path.open("rb") as file:
        head = file.read(16)
    if head and head != b"SQLite format 3\0":
        raise CannotMigrate(f"{settings.sqlite_path} is no SQLite database.")


def _ensure_meant(steps: list[Step], *, target: str | None, backward: bool) -> None:
    back = [step.name for step in steps if step.backward]
    if back and not (target and backward):
        raise CannotMigrate(
            f"This would undo {', '.join(back)} and drop what they added, with the data in it. "
            "Name the target and confirm with --backward if that is meant."
        )


def _config(settings: Settings) -> dict[str, Any]:
    config = db.config(settings)
    if settings.is_sqlite:
        credentials = {**config["connections"]["default"]["credentials"], "foreign_keys": "OFF"}
        config["connections"] = {"default": {**config["connections"]["default"], "credentials": credentials}}
        config["routers"] = []
    return config


@asynccontextmanager
async def _closed_afterwards(settings: Settings) -> AsyncIterator[None]:
    if settings.is_sqlite:
        settings.sqlite_path.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        await Tortoise.close_connections()


@contextmanager
def _alone_with(settings: Settings) -> Iterator[None]:
    if not settings.is_sqlite:
        yield
        return
    with alone(settings.sqlite_path, purpose="migrate"):
        yield


@asynccontextmanager
async def _one_at_a_time(settings: Settings) -> AsyncIterator[None]:
    """Two deployments that start together: the second waits, and finds nothing left to do."""
    if settings.is_sqlite:
        yield
        return
    connection = await asyncpg.connect(settings.database_url, timeout=10)
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", _ADVISORY_LOCK)
        yield
    finally:
        await connection.close()


def _copy_before(settings: Settings, steps: list[Step]) -> Path | None:
    if not settings.is_sqlite or not settings.sqlite_path.exists() or _is_empty(settings.sqlite_path):
        return None
    backups = settings.data / "backups"
    backups.mkdir(parents=True, exist_ok=True)
    copy = backups / f"before-{steps[0].name}-{system_clock():%Y%m%dT%H%M%S%f}.sqlite3"
    with closing(sqlite3.connect(settings.sqlite_path)) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))
    return copy


def _is_empty(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE name <> 'tortoise_migrations'")
        return bool(tables.fetchone()[0] == 0)


def _check_foreign_keys(settings: Settings) -> None:
    if not settings.is_sqlite:
        return
    with closing(sqlite3.connect(settings.sqlite_path)) as connection:
        orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    if orphans:
        tables = sorted({f"{table} → {parent}" for table, _, parent, _ in orphans})
        raise CannotMigrate(
            f"{len(orphans)} rows would have lost their parent ({', '.join(tables)}). Put back."
        )


def _put_back(settings: Settings, copy: Path | None) -> None:
    if copy is None:
        return
    for suffix in ("-wal", "-shm"):
        settings.sqlite_path.with_name(settings.sqlite_path.name + suffix).unlink(missing_ok=True)
    shutil.copyfile(copy, settings.sqlite_path)
