"""The limit's way to either database: a statement and its values in, plain rows out. No layer in between."""

import re
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import asyncpg
import orjson

T = TypeVar("T")


class OnSqlite:
    """Two connections in the loop's own thread: one reads, one writes and commits durably."""

    no, yes = "0", "1"

    def __init__(self, path: Path) -> None:
        self._path = path

    async def open(self) -> None:
        self._reads, self._writes = (sqlite3.connect(self._path, isolation_level=None) for _ in range(2))
        self._reads.execute("PRAGMA query_only = ON")
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "busy_timeout = 5000",
        ):
            self._writes.execute(f"PRAGMA {pragma}")

    async def read(self, sql: str, *values: Any) -> Sequence[Any]:
        return self._reads.execute(sql, values).fetchall()

    async def write(self, act: Callable[["Hand"], Awaitable[T]]) -> T:
        self._writes.execute("BEGIN IMMEDIATE")
        try:
            result = await act(self._in_transaction)
        except BaseException:
            self._writes.execute("ROLLBACK")
            raise
        self._writes.execute("COMMIT")
        return result

    async def _in_transaction(self, sql: str, *values: Any) -> Sequence[Any]:
        return self._writes.execute(sql, values).fetchall()

    @staticmethod
    def prefix(column: str) -> str:
        return f"{column} >= ? AND {column} < ?"

    @staticmethod
    def prefixed(text: str) -> tuple[str, ...]:
        return (text, text + "\U0010ffff")

    @staticmethod
    def stored(moment: datetime) -> str:
        return moment.isoformat(" ")

    @staticmethod
    def moment(stored: str | None) -> str | None:
        """To the millisecond, as it is written in JSON."""
        if stored is None:
            return None
        fraction = stored[20:23] if stored[19] == "." else "000"
        return f"{stored[:10]}T{stored[11:19]}.{fraction}Z"

    @staticmethod
    def id(text: str) -> str:
        return text

    @staticmethod
    def json(stored: str) -> Any:
        return orjson.loads(stored)

    @staticmethod
    def day(moment: datetime) -> str:
        return moment.date().isoformat()


class OnPostgresql:
    """asyncpg with prepared statements, one connection for an operation."""

    no, yes = "false", "true"

    def __init__(self, url: str) -> None:
        self._url = url

    async def open(self) -> None:
        self._pool = await asyncpg.create_pool(self._url, min_size=1, max_size=10)

    async def read(self, sql: str, *values: Any) -> Sequence[Any]:
        async with self._pool.acquire() as connection:
            return list(await connection.fetch(_numbered(sql), *values))

    async def write(self, act: Callable[["Hand"], Awaitable[T]]) -> T:
        async with self._pool.acquire() as connection, connection.transaction():

            async def hand(sql: str, *values: Any) -> Sequence[Any]:
                return list(await connection.fetch(_numbered(sql), *values))

            return await act(hand)

    @staticmethod
    def prefix(column: str) -> str:
        return f"{column} LIKE ?"

    @staticmethod
    def prefixed(text: str) -> tuple[str, ...]:
        return (text + "%",)

    @staticmethod
    def stored(moment: datetime) -> datetime:
        return moment

    @staticmethod
    def moment(stored: datetime | None) -> str | None:
        if stored is None:
            return None
        return f"{stored:%Y-%m-%dT%H:%M:%S}.{stored.microsecond // 1000:03d}Z"

    @staticmethod
    def id(text: str) -> UUID:
        return UUID(text)

    @staticmethod
    def json(stored: str) -> Any:
        return orjson.loads(stored)

    @staticmethod
    def day(moment: datetime) -> Any:
        return moment.date()


Hand = Callable[..., Awaitable[Sequence[Any]]]
Database = OnSqlite | OnPostgresql


@cache
def _numbered(sql: str) -> str:
    count = 0

    def number(_: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f"${count}"

    return re.sub(r"\?", number, sql)
