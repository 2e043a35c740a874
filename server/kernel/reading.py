"""Rows as rows: SQL in, plain tuples out, beside the writer. For what is read often and shown as it is.

On SQLite a short read runs in the event loop's own thread (a hop to another one costs ten times the read) and a
long one off the loop; neither waits for the writer. On PostgreSQL a connection of the pool is taken once. In a
unit of work all reads come from its own connection. Placeholders are `?` for both.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import datetime
from functools import partial
from typing import Any

from tortoise.connection import get_connection

from server.kernel import replica
from server.kernel.inside import inside_work
from server.kernel.placeholders import numbered, said
from server.kernel.sqlite.readers import TooLong

__all__ = ["Holds", "Read", "Rows", "TooLong", "moment", "on_postgresql", "rows", "stored", "together"]

Rows = Sequence[Sequence[Any]]
Read = Callable[..., Awaitable[Rows]]
"""`await read(sql, *values)`. UUIDs may be given as text, moments as `stored` gives them."""
Holds = Callable[[Read], Awaitable[bool]]


def on_postgresql() -> bool:
    return bool(get_connection("default").capabilities.dialect == "postgres")


def stored(moment: datetime) -> Any:
    """A moment as a value of a statement."""
    return moment if on_postgresql() else moment.isoformat(" ")


async def rows(sql: str, *values: Any) -> Rows:
    """One statement, of the last commit. For short reads by key: on SQLite the event loop does nothing else."""
    if inside_work():
        return await _in_work(sql, *values)
    if on_postgresql():
        async with _pool().acquire() as connection:
            return await _fetch(connection, sql, *values)
    return get_connection("reader").readers.read(sql, values)  # type: ignore[attr-defined]


@asynccontextmanager
async def together() -> AsyncIterator[Read]:
    """As `rows`, for several short statements: each sees the last commit, all go over one connection. On SQLite
    one that turns out long raises TooLong, and everything is to be read again off the loop (`moment`)."""
    if inside_work():
        yield _in_work
    elif on_postgresql():
        async with _pool().acquire() as connection:
            yield partial(_fetch, connection)
    else:
        with get_connection("reader").readers.brief() as read:  # type: ignore[attr-defined]
            yield read


@asynccontextmanager
async def moment(*, off_loop: bool = False, holds: Holds | None = None) -> AsyncIterator[Read]:
    """Several statements that see the same commit. `off_loop`: they may take long. `holds`: whether a
    replica, asked in the same moment, is as far as the reader needs; without it the primary is read."""
    if inside_work():
        yield _in_work
    elif on_postgresql():
        async with AsyncExitStack() as stack:
            connection: Any = await stack.enter_async_context(_replica(holds)) if holds else None
            if connection is None:
                connection = await stack.enter_async_context(_pool().acquire())
                once = connection.transaction(isolation="repeatable_read", readonly=True)
                await stack.enter_async_context(once)
            yield partial(_fetch, connection)
    else:
        async with get_connection("reader").readers.moment(off_loop=off_loop) as read:  # type: ignore[attr-defined]
            yield read


def _replica(holds: Holds) -> AbstractAsyncContextManager[Any]:
    return replica.here.moment(lambda connection: holds(partial(_fetch, connection)))


async def _in_work(sql: str, *values: Any) -> Rows:
    connection: Any = get_connection("default")
    found: Rows = (await connection.execute_query(said(sql, connection), list(values)))[1]
    return found


async def _fetch(connection: Any, sql: str, *values: Any) -> Rows:
    sql = numbered(sql)
    get_connection("default").log.debug("%s: %s", sql, values)
    found: Rows = await connection.fetch(sql, *values)
    return found


def _pool() -> Any:
    return get_connection("default")._pool
