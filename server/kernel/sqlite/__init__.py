"""Tortoise's SQLite engine with BEGIN IMMEDIATE, so that a command may run beside the server.

A deferred BEGIN that reads first and writes later fails at once with "database is locked" when another
process wrote in between; IMMEDIATE waits its turn (busy_timeout).
"""

import sqlite3
from typing import Any

from tortoise.backends.sqlite.client import (
    SqliteClient,
    SqliteTransactionContext,
    SqliteTransactionWrapper,
)
from tortoise.connection import get_connections
from tortoise.exceptions import TransactionManagementError

from server.kernel.sqlite.readers import Readers


class ImmediateTransaction(SqliteTransactionWrapper):
    async def begin(self) -> None:
        await _undo(self._connection)
        try:
            await self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise TransactionManagementError(error) from error


class DeferredTransaction(SqliteTransactionWrapper):
    async def begin(self) -> None:
        await _undo(self._connection)
        await self._connection.execute("BEGIN")


class ReleasingContext(SqliteTransactionContext):
    """Tortoise's own keeps the connection's lock when BEGIN fails, and nobody writes any more.

    And a COMMIT that fails (a full disk) leaves the transaction open: every BEGIN after it would fail.
    """

    __slots__ = ()

    async def __aenter__(self) -> Any:
        await self._trxlock.acquire()
        try:
            await self.ensure_connection()
            await self.connection.begin()
        except Exception:
            self._trxlock.release()
            raise
        self.token = get_connections().set(self.connection_name, self.connection)
        return self.connection

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        wire = self.connection._connection
        try:
            if exc_type is None and not self.connection._finalized:
                await self.connection.commit()
        finally:
            get_connections().reset(self.token)
            try:
                await _undo(wire)
            finally:
                self._trxlock.release()


class ImmediateClient(SqliteClient):
    def _in_transaction(self) -> Any:
        return ReleasingContext(ImmediateTransaction(self), self._lock)


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

    def _in_transaction(self) -> Any:
        return ReleasingContext(DeferredTransaction(self), self._lock)


async def _undo(wire: Any) -> None:
    """Rolls back what is still open. SQLite has done so by itself after some failures, and not after others."""
    if wire.in_transaction:
        await wire.rollback()


def get_client_class(db_info: dict[str, Any]) -> type[SqliteClient]:
    credentials = db_info.get("credentials", {})
    return ReadingClient if credentials.get("query_only") == "ON" else ImmediateClient
