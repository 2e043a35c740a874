"""Group commit: those who write take turns, each in a savepoint of its own, and share one durable commit.

Whoever finishes while others wait hands the open transaction on; whoever finishes with nobody waiting commits it.
So a lone writer never waits for company, and what arrives while a commit is on its way to the disk is the next
group. Nobody is answered before the common commit. One that fails is rolled back to its savepoint and harms nobody.
"""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from server.kernel.sqlite.wire import Wire

MOST = 64
LONGEST = 0.05
"""A group ends after so many turns, or after this time in seconds: its first member waits for it."""


class Group:
    """Those who share a commit. `end` has no result, or the reason why nothing of the group was kept."""

    def __init__(self) -> None:
        self.begun = time.monotonic()
        self.turns = 0
        self.kept = 0
        self.end: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @property
    def is_full(self) -> bool:
        return self.turns >= MOST or time.monotonic() - self.begun > LONGEST


class Turns:
    """Of one connection. First come, first served."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._is_taken = False
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._group: Group | None = None

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[None]:
        """All or nothing of what is written inside, durable when this is left without an exception."""
        await self._take()
        try:
            group = await self._join()
        except BaseException:
            await self._pass_on()
            raise
        try:
            yield
        except BaseException as error:
            await self._undo(group, error)
            raise
        await self._keep(group)

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """For what cannot be said in a transaction, and for reads that must not see what is not committed yet."""
        await self._take()
        try:
            await self._finish()
            yield
        finally:
            await self._pass_on()

    async def _join(self) -> Group:
        if self._group is None:
            await self._clean()
            await self._wire.begin()
            self._group = Group()
        self._group.turns += 1
        await self._wire.execute("SAVEPOINT unit")
        return self._group

    async def _keep(self, group: Group) -> None:
        try:
            # A script commits by itself, and then there is nothing to be released.
            if self._wire.in_transaction:
                await self._wire.execute("RELEASE unit")
            group.kept += 1
        finally:
            await self._pass_on()
        await asyncio.shield(group.end)

    async def _undo(self, group: Group, error: BaseException) -> None:
        try:
            if self._wire.in_transaction:
                await self._wire.execute("ROLLBACK TO unit")
                await self._wire.execute("RELEASE unit")
            else:
                # SQLite has rolled back everything by itself, as it does when the disk is full.
                self._group = None
                _tell(group, error)
        except Exception as worse:
            self._group = None
            _tell(group, worse)
            await self._clean()
            raise
        finally:
            await self._pass_on()

    async def _take(self) -> None:
        if not self._is_taken:
            self._is_taken = True
            return
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.cancelled():
                self._waiting = deque(waiting for waiting in self._waiting if waiting is not turn)
            else:
                await self._pass_on()
            raise

    async def _pass_on(self) -> None:
        """To whoever waits, with the transaction as it is; it is ended first when nobody does."""
        try:
            if self._group and (self._group.is_full or not any(not turn.done() for turn in self._waiting)):
                await self._finish()
        finally:
            self._wake_next()

    def _wake_next(self) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._is_taken = False

    async def _finish(self) -> None:
        """Commits the open group, if there is one. Whether that went well is for its members to hear."""
        group, self._group = self._group, None
        if group is None:
            return
        try:
            if group.kept:
                await self._wire.commit()
            else:
                await self._clean()
        except BaseException as error:
            await self._clean()
            _tell(group, error)
            if not isinstance(error, Exception):
                raise
        else:
            _tell(group, None)

    async def _clean(self) -> None:
        """Rolls back what is still open. SQLite has done so by itself after some failures, and not after others."""
        if self._wire.in_transaction:
            await self._wire.rollback()


def _tell(group: Group, error: BaseException | None) -> None:
    if group.end.done():
        return
    if error is None:
        group.end.set_result(None)
    else:
        group.end.set_exception(error if isinstance(error, Exception) else RuntimeError(repr(error)))
        group.end.exception()  # looked at: perhaps nobody waits for it
