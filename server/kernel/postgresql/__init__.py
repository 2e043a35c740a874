"""Tortoise's asyncpg engine whose pool is not waited for without end.

asyncpg waits for a free connection as long as it takes: with all of them held, every request would hang
and not one would say so.
"""

from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient

PATIENCE = 10.0
"""Seconds to wait for a free connection; then TimeoutError."""


class ImpatientPool(asyncpg.Pool):
    __slots__ = ()

    def acquire(self, *, timeout: float | None = None) -> Any:
        return super().acquire(timeout=PATIENCE if timeout is None else timeout)


class PooledClient(AsyncpgDBClient):
    async def create_pool(self, **kwargs: Any) -> Any:
        pool = asyncpg.create_pool(None, **kwargs)
        pool.__class__ = ImpatientPool  # asyncpg makes its own class only, and slots forbid an attribute
        return await pool


def get_client_class(_db_info: dict[str, Any]) -> type[AsyncpgDBClient]:
    return PooledClient
