"""`forecourt backup` and `forecourt restore`.

SQLite is copied by the database itself while it serves; PostgreSQL by its own pg_dump and pg_restore.
A restore begins a new epoch: tablets notice that their cursors are of another one and start afresh, with
their unsent work kept (SERVER_RESTORED), also when the feeds have overtaken their cursors meanwhile.
"""

import asyncio
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import asyncpg

from server.commands.alone import alone
from server.kernel.clock import system_clock
from server.kernel.feed import EPOCH, next_epoch
from server.settings import Settings

_NEW_EPOCH = """
INSERT INTO scope_heads (id, number, audit_hash) VALUES ({}, {}, '')
ON CONFLICT (id) DO UPDATE SET number = excluded.number
"""


class CannotRestore(Exception):
    """Nothing was changed; the message says why."""


class CannotBackUp(Exception):
    """No copy was made; the message says why."""


def back_up(settings: Settings, *, file: Path | None = None) -> Path:
    """Writes a copy of the whole database and returns where. Never overwrites a file."""
    ending = "sqlite3" if settings.is_sqlite else "pgdump"
    copy = file or settings.data / "backups" / f"forecourt-{system_clock():%Y%m%dT%H%M%S}.{ending}"
    if copy.exists():
        raise CannotBackUp(f"{copy} is there already. Name another file.")
    copy.parent.mkdir(parents=True, exist_ok=True)
    if settings.is_sqlite:
        _copy_sqlite(settings.sqlite_path, copy)
    else:
        _run("pg_dump", "--format=custom", f"--file={copy}", settings.database_url)
    return copy


def restore(settings: Settings, *, file: Path) -> Path | None:
    """Replaces the whole database by the copy in `file`. On SQLite what was there is kept; its path is returned."""
    if not file.exists():
        raise CannotRestore(f"{file} is not there.")
    if not settings.is_sqlite:
        _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--exit-on-error", "--single-transaction",
             f"--dbname={settings.database_url}", str(file))  # fmt: skip
        asyncio.run(_begin_anew_on_postgresql(settings.database_url))
        return None
    _ensure_ours(file)
    with alone(settings.sqlite_path, purpose="restore"):
        replaced = _set_aside(settings)
        shutil.copyfile(file, settings.sqlite_path)
        with closing(sqlite3.connect(settings.sqlite_path)) as connection, connection:
            connection.execute(_NEW_EPOCH.format("?", "?"), (str(EPOCH), next_epoch()))
    return replaced


async def _begin_anew_on_postgresql(url: str) -> None:
    connection = await asyncpg.connect(url, timeout=10)
    try:
        await connection.execute(_NEW_EPOCH.format("$1", "$2"), EPOCH, next_epoch())
    finally:
        await connection.close()


def _copy_sqlite(database: Path, copy: Path) -> None:
    if not database.exists():
        raise CannotBackUp(f"There is no database at {database} yet.")
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))


def _ensure_ours(file: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
            sound = connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            ours = connection.execute(
                "SELECT count(*) FROM sqlite_master WHERE name = 'scope_heads'"
            ).fetchone()[0]
    except sqlite3.DatabaseError:
        raise CannotRestore(f"{file} is no SQLite database.") from None
    if not sound or not ours:
        raise CannotRestore(f"{file} is {'no copy of Forecourt' if sound else 'damaged'}.")


def _set_aside(settings: Settings) -> Path | None:
    """The database that is replaced is kept beside the backups: a restore can be a slip, too."""
    if not settings.sqlite_path.exists():
        return None
    aside = settings.data / "backups" / f"replaced-{system_clock():%Y%m%dT%H%M%S%f}.sqlite3"
    aside.parent.mkdir(parents=True, exist_ok=True)
    _copy_sqlite(settings.sqlite_path, aside)
    for suffix in ("", "-wal", "-shm"):
        settings.sqlite_path.with_name(settings.sqlite_path.name + suffix).unlink(missing_ok=True)
    return aside


def _run(program: str, *arguments: str) -> None:
    folder = os.environ.get("POSTGRES_BIN")
    path = shutil.which(program, path=folder) if folder else shutil.which(program)
    if path is None:
        raise CannotBackUp(
            f"{program} was not found. It comes with PostgreSQL's client programs; "
            "put them on the PATH or name their folder in POSTGRES_BIN."
        )
    done = subprocess.run([path, *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CannotBackUp(f"{program} failed: {done.stderr.strip()[-500:]}")
