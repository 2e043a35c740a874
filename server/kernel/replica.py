"""A read replica of PostgreSQL, by setting: pages, pulls with news, and figures may be read there.

It lags behind, so nobody believes it unasked. A reader first asks the primary how far things are, and says in
`holds` how to tell that a replica is at least as far; one that is not, or that fails, is as if it were not there.
"""

import asyncio
import functools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

import asyncpg
import structlog

P = ParamSpec("P")
T = TypeVar("T")

Holds = Callable[[Any], Awaitable[bool]]
"""Given a connection in the moment that is to be read, whether it has all that the reader relies on."""

PATIENCE = 0.5
"""Seconds to wait for a connection: the primary would have answered by then."""
AVOIDED = 5.0
"""Seconds that a replica which has failed is left alone."""
FAILURES = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError)

log = structlog.get_logger("forecourt.replica")

_welcome: ContextVar[bool] = ContextVar("replica_welcome", default=False)


class Lost(Exception):
    """It failed while it was being read; what was read is to be thrown away."""


class Replica:
    """One per process: `here`. Closed, it is never used."""

    def __init__(self) -> None:
        self._pool: Any = None
        self._avoided_until = 0.0
        self.read = 0
        self.behind = 0

    async def open(self, url: str, *, connections: int) -> None:
        """Connects when it is first needed: a replica that is away must not keep the server from starting."""
        settings = {"default_transaction_read_only": "on", "application_name": "forecourt replica"}
        self._pool = await asyncpg.create_pool(
            url,
            min_size=0,
            max_size=connections,
            timeout=PATIENCE,
            command_timeout=30,
            server_settings=settings,
        )

    async def close(self) -> None:
        if self._pool:
            self._pool.terminate()
        self._pool = None
        self._avoided_until = 0.0

    @property
    def is_usable(self) -> bool:
        return self._pool is not None and asyncio.get_running_loop().time() >= self._avoided_until

    @asynccontextmanager
    async def moment(self, holds: Holds) -> AsyncIterator[Any]:
        """A connection that sees one commit and holds what is asked for; None when there is none. Raises Lost."""
        if not (_welcome.get() and self.is_usable):
            yield None
            return
        stack = AsyncExitStack()
        connection = await self._entered(stack, holds)
        if connection is None:
            with suppress(*FAILURES):
                await stack.aclose()
            yield None
            return
        try:
            async with stack:
                yield connection
        except FAILURES as error:
            self._avoid(error)
            raise Lost from error

    async def _entered(self, stack: AsyncExitStack, holds: Holds) -> Any:
        try:
            connection = await stack.enter_async_context(self._pool.acquire(timeout=PATIENCE))
            await stack.enter_async_context(
                connection.transaction(isolation="repeatable_read", readonly=True)
            )
            if await holds(connection):
                self.read += 1
                return connection
            self.behind += 1
        except FAILURES as error:
            self._avoid(error)
        return None

    def _avoid(self, error: BaseException) -> None:
        log.warning("replica_avoided", error=str(error)[:300], seconds=AVOIDED)
        self._avoided_until = asyncio.get_running_loop().time() + AVOIDED


here = Replica()


def may_lag(read: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    """A reader that only reads and says what it relies on: it may use a replica, and starts again without one."""

    @functools.wraps(read)
    async def run(*args: P.args, **kwargs: P.kwargs) -> T:
        if not here.is_usable:
            return await read(*args, **kwargs)
        token = _welcome.set(True)
        try:
            return await read(*args, **kwargs)
        except Lost:
            pass
        finally:
            _welcome.reset(token)
        return await read(*args, **kwargs)

    return run
