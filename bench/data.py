"""The bench's databases: built once by bulk SQL and kept under data/bench, copied for every run."""

import asyncio
import json
import shutil
import signal
import sqlite3
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import orjson
from argon2 import PasswordHasher
from tortoise import Tortoise
from tortoise.fields.base import Field

from bench.rows import GROUP, PASSWORD, SHOWROOMS, Size, rows, showroom
from server import db
from server.migrating import migrate
from server.settings import Settings
from tests import postgres

VERSION = 4
"""Counted up when the rows change: what was kept is built anew."""

FOLDER = Path("data/bench").resolve()


def settings_for(url: str, folder: Path) -> Settings:
    return Settings(database_url=url, data=folder, port=0, secret="bench", client=folder)


def kept(size: Size, *, told: Callable[[str], object]) -> Path:
    """The SQLite file of this size, built when it is not there. Its moment stands in `built.json` beside it."""
    folder = FOLDER / f"{size.customers}-{VERSION}-{_form()}"
    file = folder / "bench.sqlite3"
    if not (folder / "built.json").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        told(f"building {size.customers:,} customers and what belongs to them, once, in {folder}")
        now = datetime.now(UTC).replace(microsecond=0)
        asyncio.run(migrate(settings_for(f"sqlite://{file}", folder)))
        _fill(file, size, now)
        (folder / "built.json").write_text(json.dumps({"now": now.isoformat()}))
    return file


def kept_on_postgresql(file: Path, *, told: Callable[[str], object]) -> Path:
    """The data folder of a PostgreSQL that holds the same rows in its database `ours`, beside the SQLite file."""
    folder = file.with_name(f"postgresql-{_version_of_postgresql()}")
    if not folder.exists():
        told("pouring them into PostgreSQL, once")
        cluster = postgres.start()
        try:
            url = cluster.create("ours")
            asyncio.run(pour_into_postgresql(url, file, file.parent))
            cluster.server.send_signal(signal.SIGINT)  # a fast, orderly shutdown
            cluster.server.wait(timeout=120)
            unfinished = folder.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            shutil.copytree(
                cluster.folder / "data", unfinished, ignore=shutil.ignore_patterns("postmaster.*")
            )
            unfinished.rename(folder)
        finally:
            cluster.stop()
    return folder


def built_at(file: Path) -> datetime:
    return datetime.fromisoformat(json.loads(file.with_name("built.json").read_text())["now"])


async def pour_into_postgresql(url: str, file: Path, folder: Path) -> None:
    """The same rows by COPY, from the kept SQLite file."""
    await migrate(settings_for(url, folder))
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("SET session_replication_role = replica")
        with closing(sqlite3.connect(file)) as source:
            for table in _tables(source):
                columns, convert = await _converters(connection, table)
                found = source.execute(f"SELECT {', '.join(columns)} FROM {table}")
                records = (
                    [c(v) if v is not None else None for c, v in zip(convert, row, strict=True)]
                    for row in found
                )
                await connection.copy_records_to_table(table, records=records, columns=columns)
        await connection.execute("SELECT setval('feed_entries_id_seq', (SELECT max(id) FROM feed_entries))")
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()


def _version_of_postgresql() -> str:
    said = subprocess.run(
        [postgres.binaries() / "postgres", "--version"], capture_output=True, text=True, check=True
    )
    return said.stdout.split()[-1]


def _fill(file: Path, size: Size, now: datetime) -> None:
    defaults = asyncio.run(_defaults(file))
    numbers: defaultdict[str, int] = defaultdict(int)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA foreign_keys = OFF")
        waiting: defaultdict[str, list[Any]] = defaultdict(list)
        hashed = PasswordHasher().hash(PASSWORD)
        for table, row in rows(size, now=now, password_hash=hashed):
            waiting[table].append(
                [plain(row.get(name, default)) for name, default in defaults[table].items()]
            )
            if table == "stores":
                continue
            scope = str(row.get("showroom_id") or GROUP) if table not in ("memberships",) else str(GROUP)
            numbers[scope] += 1
            waiting["feed_entries"].append((scope, table, str(row["id"]), 1 + numbers[scope] // 500))
            if len(waiting["feed_entries"]) > 50_000:
                _write(connection, waiting, defaults)
        _write(connection, waiting, defaults)
        heads = [
            (str(scope), 1 + numbers[str(scope)] // 500, "")
            for scope in (GROUP, *map(showroom, range(SHOWROOMS)))
        ]
        connection.executemany("INSERT INTO scope_heads (id, number, audit_hash) VALUES (?, ?, ?)", heads)
        connection.execute("ANALYZE")


def _write(
    connection: sqlite3.Connection, waiting: dict[str, list[Any]], defaults: dict[str, dict[str, Any]]
) -> None:
    for table, values in waiting.items():
        columns = list(defaults[table])
        marks = ", ".join("?" * len(columns))
        connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", values)
    waiting.clear()


async def _defaults(file: Path) -> dict[str, dict[str, Any]]:
    """For each table its columns with what they hold when nothing is said."""
    await db.connect(settings_for(f"sqlite://{file}", file.parent))
    models = Tortoise.apps["models"].values()
    found = {
        model._meta.db_table: {
            name: _default(model._meta.fields_map[name]) for name in model._meta.fields_db_projection
        }
        for model in models
    }
    await Tortoise.close_connections()
    found["feed_entries"].pop("id")
    return found


def _default(field: Field[Any]) -> Any:
    value = field.default() if callable(field.default) else field.default
    return value.value if isinstance(value, Enum) else value


def plain(value: Any) -> Any:
    """As Tortoise stores it on SQLite."""
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return orjson.dumps(value).decode() if isinstance(value, dict | list) else value


def _tables(source: sqlite3.Connection) -> list[str]:
    found = source.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return [name for (name,) in found if name != "tortoise_migrations"]


async def _converters(connection: Any, table: str) -> tuple[list[str], list[Callable[[Any], Any]]]:
    types: dict[str, Callable[[Any], Any]] = {
        "uuid": UUID, "timestamp with time zone": datetime.fromisoformat, "date": date.fromisoformat,
        "boolean": bool, "numeric": lambda value: Decimal(str(value)),
    }  # fmt: skip
    found = await connection.fetch(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = $1 ORDER BY ordinal_position",
        table,
    )
    return [row[0] for row in found], [types.get(row[1], _same) for row in found]


def _same(value: Any) -> Any:
    return value


@cache
def _form() -> str:
    """The newest migration: a database of an older form is not reused."""
    names: Iterator[str] = (path.stem for path in Path("migrations").glob("[0-9]*.py"))
    return max(names).split("_")[0]
