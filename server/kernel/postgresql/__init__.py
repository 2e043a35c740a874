"""Tortoise's asyncpg engine whose pool is not waited for without end, and loses no connection.

asyncpg waits for a free connection as long as it takes: with all of them held, every request would hang
and not one would say so.
"""

from contextlib import suppress
from typing import Any

import asyncpg
import structlog
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import TransactionContextPooled
from tortoise.connection import get_connections

from server.kernel.written import WrittenFirst

log = structlog.get_logger("forecourt.database")


class ImpatientPool(asyncpg.Pool):
    """Waits for a free connection for `patience` seconds, and as long for one that is given back; then TimeoutError."""

    __slots__ = ()
    patience = 10.0

    def acquire(self, *, timeout: float | None = None) -> Any:
        return super().acquire(timeout=self.patience if timeout is None else timeout)


class PlainConnection(asyncpg.Connection):
    """asyncpg asks for a clean session at every release. We set none of its state (transactions left open are
    rolled back all the same), and the question costs as much as a small statement."""

    __slots__ = ()

    def get_reset_query(self) -> str:
        return ""


class ReleasingContext(TransactionContextPooled):
    """Tortoise's own keeps the connection when BEGIN fails; ten such failures, and the pool is empty.

    And where giving a dead connection back fails, the task goes on with that connection for all it asks.
    """

    __slots__ = ()

    async def __aenter__(self) -> Any:
        await self.ensure_connection()
        pool: Any = self.client._parent._pool
        self.client._connection = await pool.acquire()
        try:
            await self.client.begin()
        except Exception:
            await pool.release(self.client._connection)
            raise
        self.token = get_connections().set(self.connection_name, self.client)
        return self.client

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        try:
            if exc_type is None and not self.client._finalized:
                await self.client.commit()
            elif not self.client._finalized:
                await self._roll_back()
        finally:
            get_connections().reset(self.token)
            await self._give_back()

    async def _roll_back(self) -> None:
        # What made us roll back is what should be told. A connection that cannot is reset or ended below.
        with suppress(Exception):
            await self.client.rollback()

    async def _give_back(self) -> None:
        pool: Any = self.client._parent._pool
        if pool is None:
            return
        try:
            await pool.release(self.client._connection)
        except Exception as error:  # noqa: BLE001 - asyncpg has ended the connection, and its place is free
            log.warning("database_connection_ended", error=str(error))


class Transaction(WrittenFirst, TransactionWrapper):
    """One on a connection of the pool."""


class PooledClient(AsyncpgDBClient):
    connection_class = PlainConnection

    def _in_transaction(self) -> Any:
        return ReleasingContext(Transaction(self), self._pool_init_lock)

    async def create_pool(self, **kwargs: Any) -> Any:
        pool = asyncpg.create_pool(None, **kwargs)
        # asyncpg makes its own class only, and slots forbid an attribute.
        own = {"__slots__": (), "patience": kwargs.get("timeout", ImpatientPool.patience)}
        pool.__class__ = type("ImpatientPool", (ImpatientPool,), own)
        return await pool


def get_client_class(_db_info: dict[str, Any]) -> type[AsyncpgDBClient]:
    return PooledClient
