"""Who may come in when everybody comes at once: a thousand tablets whose network returns in the same second.

Each kind of work has a lane with a few places and a short queue. Whoever finds the queue full is told when to
come back before any work was done for them, and is remembered: the longest refused goes first, so nobody is
refused for ever. What people wait for on a screen has no lane and finds the database free.
"""

import math
import random
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Literal

from server.edge.lane import Full, Lane, Rules

Kind = Literal["push", "pull", "bootstrap", "hello"]
"""`hello`: a socket that introduces itself. Its session is looked up, and its first poke starts a pull."""

LONGEST_PAUSE = 15
"""Seconds, give or take a half. To refuse costs less than a millisecond; a server that waits for tablets which
make a pause costs minutes."""


class Busy(Exception):
    """Not admitted, nothing was done. `retry_after` is in whole seconds, and another for everybody."""

    def __init__(self, kind: str, retry_after: int) -> None:
        super().__init__(f"Too many at once ({kind}). Try again in {retry_after} seconds.")
        self.kind = kind
        self.retry_after = retry_after


Places = Mapping[Kind, Rules]
"""How many of each kind are worked on at once, and how many may wait for that."""


def places(*, connections: int | None) -> Places:
    """For a process with so many database connections, of which two are always left to people at screens.

    None for SQLite: one writer whose queue is drained together, and readers beside it.
    """
    if connections is None:
        push, pull, bootstrap, hello = 16, 4, 1, 2
    else:
        room = max(4, connections - 2)
        bootstrap = max(1, room // 8)
        hello = max(1, room // 8)
        pull = max(1, (room - bootstrap - hello) // 2)
        push = max(1, room - bootstrap - hello - pull)
    return {
        "push": Rules(at_once=push, waiting=64, patience=5.0),
        "pull": Rules(at_once=pull, waiting=96, patience=5.0),
        "bootstrap": Rules(at_once=bootstrap, waiting=16, patience=10.0),
        # Whoever waits here holds a socket already: to send them away is dearer than to let them wait.
        "hello": Rules(at_once=hello, waiting=10_000, patience=60.0),
    }


class Admission:
    """The lanes of one process. `told` hears of every refusal; `dice` gives numbers from 0 to 1."""

    def __init__(
        self,
        given: Places,
        *,
        dice: Callable[[], float] = random.random,
        told: Callable[[str], None] = lambda kind: None,
    ) -> None:
        self.lanes = {kind: Lane(rules) for kind, rules in given.items()}
        self._dice = dice
        self._told = told

    @asynccontextmanager
    async def place(self, kind: Kind | None, who: str | None) -> AsyncIterator[None]:
        """Holds a place of `kind` for `who` (anything that stays the same for a tablet), where there is such
        a lane. Raises Busy.
        """
        lane = self.lanes.get(kind) if kind else None
        if kind is None or lane is None:
            yield
            return
        key = hash(who) if who else None
        try:
            began = await lane.enter(key)
        except Full as full:
            self._told(kind)
            raise Busy(kind, self._pause(full.seconds)) from None
        try:
            yield
        finally:
            lane.leave(began)

    def delay(self, kind: Kind) -> float:
        """Seconds that somebody who comes now would wait."""
        lane = self.lanes[kind]
        return lane.waiting * lane.seconds / lane.rules.at_once

    def _pause(self, seconds: float) -> int:
        """Spread around the time that those before will take, so that who was refused together comes apart."""
        return math.ceil(min(LONGEST_PAUSE, max(1.0, seconds)) * (0.5 + self._dice()))
