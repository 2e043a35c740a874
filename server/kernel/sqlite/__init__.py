"""Tortoise's SQLite engine, with one connection that writes (`wire`, `turns`) and others that read.

Transactions begin with BEGIN IMMEDIATE, so that a command may run beside the server: a deferred BEGIN that reads
first and writes later fails at once with "database is locked" when another process wrote in between.
"""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from tortoise.backends.sqlite.client import (
    SqliteClient,
    SqliteTransactionContext,
    SqliteTransactionWrapper,
    translate_exceptions,
)
from tortoise.connection import get_connections

from server.kernel.sqlite.readers import Readers
from server.kernel.sqlite.turns import Turns
from server.kernel.sqlite.wire import Wire
from server.kernel.written import WrittenFirst


class WritingClient(SqliteClient):
    """Every write is a unit of its own that shares its commit with those that wait beside it."""

    turns: Turns

    async def create_connection(self, with_db: bool) -> None:
        if self._connection:
            return
        wire: Any = Wire(self.filename)
        self._connection = wire
        self.turns = Turns(wire)
        for name, value in self.pragmas.items():
            await wire.execute(f"PRAGMA {name}={value}")
        await self._post_connect()

    async def close(self) -> None:
        if self._connection:
            async with self.turns.alone():
                await super().close()

    def acquire_connection(self) -> Any:
        return self._alone()

    def _in_transaction(self) -> Any:
        return UnitContext(self)

    @translate_exceptions
    async def execute_insert(self, query: str, values: list[Any]) -> int:
        async with self._in_transaction() as connection:
            return int(await connection.execute_insert(query, values))

    @translate_exceptions
    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        async with self._in_transaction() as connection:
            await connection.execute_many(query, values)

    @translate_exceptions
    async def execute_query(self, query: str, values: list[Any] | None = None) -> Any:
        if query.lstrip()[:6].upper() not in ("INSERT", "UPDATE", "DELETE"):
            return await super().execute_query(query, values)
        async with self._in_transaction() as connection:
            return await connection.execute_query(query, values)

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[Any]:
        await self.create_connection(with_db=True)
        async with self.turns.alone():
            yield self._connection


class Unit(WrittenFirst, SqliteTransactionWrapper):
    """What is written in one turn. Its end is seen to by the turn."""

    def acquire_connection(self) -> Any:
        return _Held(self._connection)


class UnitContext(SqliteTransactionContext):
    __slots__ = ("turn", "writing")

    def __init__(self, client: WritingClient) -> None:
        self.writing = client
        self.connection_name = client.connection_name

    async def __aenter__(self) -> Any:
        await self.writing.create_connection(with_db=True)
        self.turn: AbstractAsyncContextManager[None] = self.writing.turns.unit()
        await self.turn.__aenter__()
        self.connection = Unit(self.writing)
        self.token = get_connections().set(self.connection_name, self.connection)
        return self.connection

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        get_connections().reset(self.token)
        await self.turn.__aexit__(exc_type, exc_val, exc_tb)


class _Held:
    """The connection of a unit: nobody else can speak on it meanwhile."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def __aenter__(self) -> Any:
        return self._connection

    async def __aexit__(self, *_error: object) -> None:
        return None


class ReadingClient(SqliteClient):
    """The second connection: reads see the last commit and never queue behind a writer.

    `readers` are further ones, for rows that need no model (`kernel.reading`)."""

    readers: Readers

    async def create_connection(self, with_db: bool) -> None:
        if not self._connection:
            self.readers = Readers(self.filename, self.log)
        await super().create_connection(with_db)

    async def close(self) -> None:
        if self._connection:
            self.readers.close()
        await super().close()


def get_client_class(db_info: dict[str, Any]) -> type[SqliteClient]:
    credentials = db_info.get("credentials", {})
    return ReadingClient if credentials.get("query_only") == "ON" else WritingClient
