"""The connection that writes, spoken to in the event loop's own thread: a hop to another thread costs ten times a
statement by key. What may wait for the disk or for another process, BEGIN, COMMIT and what is long, goes off the loop.

It is called as aiosqlite's connection is, in those things that Tortoise's client asks for.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from tortoise.exceptions import TransactionManagementError

T = TypeVar("T")

LONG = 50
"""So many rows to write at once, and they are written off the loop."""


class Wire:
    def __init__(self, path: str) -> None:
        self._conn = sqlite3.connect(
            path, isolation_level=None, check_same_thread=False, cached_statements=512
        )
        self._conn.row_factory = sqlite3.Row

    @property
    def in_transaction(self) -> bool:
        return self._conn.in_transaction

    @property
    def total_changes(self) -> int:
        return self._conn.total_changes

    async def begin(self) -> None:
        """Waits its turn behind another process, for busy_timeout."""
        try:
            await self._off_the_loop(lambda: self._conn.execute("BEGIN IMMEDIATE"))
        except sqlite3.OperationalError as error:
            raise TransactionManagementError(error) from error

    async def commit(self) -> None:
        if self._conn.in_transaction:
            await self._off_the_loop(self._conn.commit)

    async def rollback(self) -> None:
        self._conn.rollback()

    async def execute(self, sql: str, values: Sequence[Any] | None = None) -> "Done":
        return Done(self._conn.execute(sql, values or ()))

    async def execute_insert(self, sql: str, values: Sequence[Any] | None = None) -> Sequence[Any]:
        return (self._conn.execute(sql, values or ()).lastrowid,)

    async def execute_fetchall(self, sql: str, values: Sequence[Any] | None = None) -> Sequence[Any]:
        return self._conn.execute(sql, values or ()).fetchall()

    async def executemany(self, sql: str, values: Sequence[Any]) -> None:
        if len(values) < LONG:
            self._conn.executemany(sql, values)
        else:
            await self._off_the_loop(lambda: self._conn.executemany(sql, values))

    async def executescript(self, sql: str) -> None:
        await self._off_the_loop(lambda: self._conn.executescript(sql))

    async def close(self) -> None:
        self._conn.close()

    async def _off_the_loop(self, act: Callable[[], T]) -> T:
        """To its end, whoever is cancelled meanwhile: nobody else may speak before."""
        running = asyncio.get_running_loop().run_in_executor(None, act)
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            await asyncio.wait([running])
            raise


class Done:
    """A statement that was carried out."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self._cursor = cursor

    async def close(self) -> None:
        self._cursor.close()
