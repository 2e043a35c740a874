"""The server tidies up after itself: once a day, when it pleases, and by one process at a time."""

import asyncio
import random
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from server.kernel import tidying
from server.kernel.clock import Clock
from server.kernel.tidying import Enough, SomebodyElse, Tidied
from server.people import tries
from server.sync.view import LONGEST_WINDOW, WINDOW

FIRST, DAILY = 600.0, 86_400.0
"""Seconds: from the start of the process, and from one time to the next."""

POINTERS_KEPT = LONGEST_WINDOW - WINDOW + timedelta(days=15)
"""A cursor is served for as long as its window may grow, and half a month is put on top of that."""

log = structlog.get_logger("forecourt.housekeeping")


async def tidy(now: datetime, *, pause: tidying.Pause | None = None) -> Tidied:
    """Raises SomebodyElse where another process is at it."""
    await tries.forget(now=now)
    more = {"pause": pause} if pause else {}
    return await tidying.tidy(now=now, pointers_before=now - POINTERS_KEPT, **more)


class Housekeeper:
    """`open` begins, `close` ends between two batches: no transaction is cut."""

    def __init__(self, clock: Clock, *, first: float = FIRST, daily: float = DAILY) -> None:
        self._clock = clock
        self._first, self._daily = first, daily
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def open(self) -> None:
        self._task = asyncio.create_task(self._day_by_day())

    async def close(self) -> None:
        self._stopping.set()
        if self._task:
            await asyncio.wait({self._task}, timeout=5)

    async def _day_by_day(self) -> None:
        # Processes that were started together do not all begin together.
        wait = self._first * random.uniform(0.5, 1.5)
        with suppress(Enough):
            while True:
                await self._rest(wait)
                await self._once()
                wait = self._daily * random.uniform(0.9, 1.1)

    async def _once(self) -> None:
        try:
            done = await tidy(self._clock(), pause=self._breathe)
            log.info("tidied", receipts=done.receipts, pointers=done.pointers, stores=done.stores)
        except SomebodyElse:
            log.info("tidied_by_somebody_else")
        except Enough:
            raise
        except Exception:
            log.exception("not_tidied")  # tomorrow is another day

    async def _breathe(self) -> None:
        await self._rest(0.05)

    async def _rest(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)
            raise Enough
