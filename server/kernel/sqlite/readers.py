"""Connections that only read, for rows that need no model."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, nullcontext
from typing import Any

AT_ONCE = 4
"""How many long reads run beside each other."""

STEPS = 300_000
"""Of SQLite's machine, for a brief statement: some 20 ms, a hundred times what a list takes."""


class TooLong(Exception):
    """A statement that belongs off the event loop."""


class Readers:
    """Connections to a SQLite file that only read. Belongs to Tortoise's connection of that name."""

    def __init__(self, path: str, log: Any) -> None:
        self._path = path
        self._log = log
        self._idle: list[sqlite3.Connection] = []
        self._room = asyncio.Semaphore(AT_ONCE)

    def read(self, sql: str, values: Sequence[Any]) -> list[Any]:
        connection = self._take()
        try:
            return self._run(connection, sql, values)
        finally:
            self._idle.append(connection)

    @contextmanager
    def brief(self) -> Iterator[Any]:
        """For short statements, in this very thread. One that turns out long is given up with TooLong before
        anybody else has waited for it noticeably."""

        async def read(sql: str, *values: Any) -> list[Any]:
            try:
                return self._run(connection, sql, values)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                    raise TooLong from None
                raise

        connection = self._take()
        connection.set_progress_handler(_give_up, STEPS)
        try:
            yield read
        finally:
            connection.set_progress_handler(None, 0)
            self._idle.append(connection)

    @asynccontextmanager
    async def moment(self, *, off_loop: bool) -> AsyncIterator[Any]:
        async def here(sql: str, *values: Any) -> list[Any]:
            return self._run(connection, sql, values)

        async def beside(sql: str, *values: Any) -> list[Any]:
            # Shielded: a connection is given back when its statement has ended, and not before.
            running = asyncio.get_running_loop().run_in_executor(None, self._run, connection, sql, values)
            try:
                return await asyncio.shield(running)
            except asyncio.CancelledError:
                await asyncio.wait([running])
                raise

        async with self._room if off_loop else nullcontext():
            connection = self._take()
            connection.execute("BEGIN")
            try:
                yield beside if off_loop else here
            finally:
                connection.execute("COMMIT")
                self._idle.append(connection)

    def close(self) -> None:
        while self._idle:
            self._idle.pop().close()

    def _take(self) -> sqlite3.Connection:
        if self._idle:
            return self._idle.pop()
        connection = sqlite3.connect(
            self._path, isolation_level=None, check_same_thread=False, cached_statements=512
        )
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA busy_timeout = 5000")
        return connection

    def _run(self, connection: sqlite3.Connection, sql: str, values: Sequence[Any]) -> list[Any]:
        self._log.debug("%s: %s", sql, values)
        found: list[Any] = connection.execute(sql, values).fetchall()
        return found


def _give_up() -> int:
    return 1
