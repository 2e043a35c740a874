"""A watch on the pool of PostgreSQL: a task that holds a connection must not ask for another."""

import asyncio
import traceback
from typing import Any
from weakref import WeakKeyDictionary

import asyncpg
import pytest

from server.kernel.postgresql import ImpatientPool


def watch_pool(patched: pytest.MonkeyPatch, asked: list[str]) -> None:
    """Notes in `asked` where a task asked for its second connection, and lets it wait as it would."""
    acquire, release = asyncpg.Pool._acquire, asyncpg.Pool.release
    holders: dict[int, Any] = {}
    holding: WeakKeyDictionary[Any, int] = WeakKeyDictionary()

    async def acquiring(pool: Any, timeout: float) -> Any:  # noqa: ASYNC109 - as asyncpg calls it
        task = asyncio.current_task()
        if holding.get(task, 0) > 0:
            asked.append("".join(traceback.format_stack(limit=12)))
        connection = await acquire(pool, timeout)
        holders[id(connection)] = task
        holding[task] = holding.get(task, 0) + 1
        return connection

    async def releasing(pool: Any, connection: Any, **given: Any) -> None:
        task = holders.pop(id(connection), None)
        if task is not None:
            holding[task] -= 1
        await release(pool, connection, **given)

    patched.setattr(ImpatientPool, "_acquire", acquiring, raising=False)
    patched.setattr(ImpatientPool, "release", releasing, raising=False)
