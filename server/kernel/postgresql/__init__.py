"""Tortoise's asyncpg engine whose pool is not waited for without end, and loses no connection.

asyncpg waits for a free connection as long as it takes: with all of them held, every request would hang
and not one would say so.
"""

from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import TransactionContextPooled
from tortoise.connection import get_connections

PATIENCE = 10.0
"""Seconds to wait for a free connection; then TimeoutError."""


class ImpatientPool(asyncpg.Pool):
    __slots__ = ()

    def acquire(self, *, timeout: float | None = None) -> Any:
        return super().acquire(timeout=PATIENCE if timeout is None else timeout)


class ReleasingContext(TransactionContextPooled):
    """Tortoise's own keeps the connection when BEGIN fails; ten such failures, and the pool is empty."""

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


class PooledClient(AsyncpgDBClient):
    def _in_transaction(self) -> Any:
        return ReleasingContext(TransactionWrapper(self), self._pool_init_lock)

    async def create_pool(self, **kwargs: Any) -> Any:
        pool = asyncpg.create_pool(None, **kwargs)
        pool.__class__ = ImpatientPool  # asyncpg makes its own class only, and slots forbid an attribute
        return await pool


def get_client_class(_db_info: dict[str, Any]) -> type[AsyncpgDBClient]:
    return PooledClient
