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
from tortoise.exceptions import TransactionManagementError


class ImmediateTransaction(SqliteTransactionWrapper):
    async def begin(self) -> None:
        try:
            await self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise TransactionManagementError(error) from error


class DeferredTransaction(SqliteTransactionWrapper):
    async def begin(self) -> None:
        await self._connection.execute("BEGIN")


class ImmediateClient(SqliteClient):
    def _in_transaction(self) -> Any:
        return SqliteTransactionContext(ImmediateTransaction(self), self._lock)


class ReadingClient(SqliteClient):
    """The second connection: reads see the last commit and never queue behind a writer."""

    def _in_transaction(self) -> Any:
        return SqliteTransactionContext(DeferredTransaction(self), self._lock)


def get_client_class(db_info: dict[str, Any]) -> type[SqliteClient]:
    credentials = db_info.get("credentials", {})
    return ReadingClient if credentials.get("query_only") == "ON" else ImmediateClient
