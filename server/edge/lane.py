"""A few places, a short queue before them, and a memory of who was sent away from it."""

import asyncio
from bisect import insort
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

SPARE = 4
"""For each place so many may wait, however slow things are."""
REMEMBERED = 20_000
FORGOTTEN_AFTER = 180.0
"""Seconds: many times the longest pause that a tablet is asked to make."""


class Full(Exception):
    """No room, also none in the queue, or not in time. `seconds`: what those who wait or were sent away will take."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    at_once: int
    waiting: int
    patience: float
    """Seconds in the queue, then sent away: an answer that comes too late is work for nobody."""


@dataclass(slots=True, order=True)
class _Waiter:
    since: float
    """When they were first sent away, or came: who has waited longest goes first."""
    number: int
    key: int | None = field(compare=False)
    turn: "asyncio.Future[None]" = field(compare=False)


@dataclass(slots=True)
class _Refused:
    first: float
    last: float


class Lane:
    """`enter` and `leave`. A key is a tablet; None is somebody whom we would not know again."""

    def __init__(self, rules: Rules, *, clock: Callable[[], float] = monotonic) -> None:
        self.rules = rules
        self.busy = 0
        self.seconds = 0.01
        """What one of them takes, a running mean."""
        self._clock = clock
        self._queue: list[_Waiter] = []
        self._refused: OrderedDict[int, _Refused] = OrderedDict()
        self._count = 0

    @property
    def waiting(self) -> int:
        return len(self._queue)

    @property
    def remembered(self) -> int:
        return len(self._refused)

    async def enter(self, key: int | None) -> float:
        """Takes a place, now or when it is one's turn; gives what `leave` wants. Raises Full."""
        if self.busy < self.rules.at_once and not self._queue:
            self.busy += 1
        else:
            await self._wait(self._queued(key))
        if key is not None:
            self._refused.pop(key, None)
        return self._clock()

    def leave(self, began: float) -> None:
        self.seconds += (self._clock() - began - self.seconds) / 16
        self._pass_on()

    def _queued(self, key: int | None) -> _Waiter:
        known = self._refused.get(key) if key is not None else None
        self._count += 1
        turn = asyncio.get_running_loop().create_future()
        waiter = _Waiter(known.first if known else self._clock(), self._count, key, turn)
        if len(self._queue) >= self._room():
            if not self._queue or self._queue[-1] < waiter:
                raise self._sent_away(waiter)
            youngest = self._queue.pop()
            youngest.turn.set_exception(self._sent_away(youngest))
        insort(self._queue, waiter)
        return waiter

    def _room(self) -> int:
        """In the queue: who would not get in before their patience ends is told so at once, not then."""
        in_time = int(self.rules.patience * self.rules.at_once / max(self.seconds, 0.0001))
        # Some always wait: else a slow moment leaves the places empty while everybody makes a pause.
        return min(self.rules.waiting, max(SPARE * self.rules.at_once, in_time))

    async def _wait(self, waiter: _Waiter) -> None:
        timer = asyncio.get_running_loop().call_later(self.rules.patience, self._give_up, waiter)
        try:
            await waiter.turn
        except asyncio.CancelledError:
            if waiter in self._queue:
                self._queue.remove(waiter)
            elif waiter.turn.done() and not waiter.turn.cancelled() and waiter.turn.exception() is None:
                self._pass_on()
            raise
        finally:
            timer.cancel()

    def _give_up(self, waiter: _Waiter) -> None:
        if waiter in self._queue:
            self._queue.remove(waiter)
            waiter.turn.set_exception(self._sent_away(waiter))

    def _pass_on(self) -> None:
        """The place goes to whoever has waited longest, or becomes free."""
        while self._queue:
            waiter = self._queue.pop(0)
            if not waiter.turn.done():
                waiter.turn.set_result(None)
                return
        self.busy -= 1

    def _sent_away(self, waiter: _Waiter) -> Full:
        now = self._clock()
        if waiter.key is not None:
            self._refused[waiter.key] = _Refused(waiter.since, now)
            self._refused.move_to_end(waiter.key)
        self._forget(now)
        return Full((len(self._queue) + len(self._refused)) * self.seconds / self.rules.at_once)

    def _forget(self, now: float) -> None:
        while self._refused:
            key, oldest = next(iter(self._refused.items()))
            if len(self._refused) <= REMEMBERED and now - oldest.last < FORGOTTEN_AFTER:
                return
            del self._refused[key]
