"""A world whose server is the real one, in this process, on the database of the test."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest

from schema.context import DEVICE_COOKIE
from server.follow_ups import actions as follow_ups
from server.kernel.ids import new_id
from server.people.model import Session
from server.settings import Settings
from tests.api import spoken_by
from tests.cast import Clock
from tests.storm.model import copy
from tests.storm.model.history import PROLOGUE, Command, World
from tests.storm.model.reality import Reality
from tests.storm.model.town import PEOPLE

PAGES = {"CHANGES_PAGE": 4, "SNAPSHOT_PAGE": 15}
"""Small, so that a few rows make several."""


class RealWorld(World):
    is_real = True

    def __init__(self, server: Reality) -> None:
        server.world = self
        super().__init__(server)

    def keeps(self, histories: Sequence[Sequence[Command]]) -> None:
        """Lives them one after the other, each healed. Raises BrokenPromise."""
        for history in [PROLOGUE, *histories]:
            self.began = self.now
            self.lives(history)
        self.server.keeps_its_receipts()  # type: ignore[attr-defined]


Lives = Callable[[Sequence[Sequence[Command]]], Any]


@asynccontextmanager
async def real_world(settings: Settings, clock: Clock) -> AsyncIterator[Lives]:
    """`async with real_world(settings, clock) as lives: await lives([history, …])`; the database is open already."""
    async with AsyncExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        poison(patch)
        for name, rows in PAGES.items():
            patch.setattr(copy, name, rows)
        apis = {
            id: await stack.enter_async_context(spoken_by(name, settings, clock))
            for name, id in PEOPLE.items()
        }
        await Session.filter(revoked_at=None).update(expires_at=clock.now.replace(year=clock.now.year + 50))
        lines = {id: api.http for id, api in apis.items()}
        for line in lines.values():
            line.cookies.set(DEVICE_COOKIE, str(new_id()))
        world = RealWorld(Reality(lines, clock=clock, loop=asyncio.get_running_loop(), settings=settings))

        async def lives(histories: Sequence[Sequence[Command]]) -> None:
            await asyncio.to_thread(world.keeps, histories)

        yield lives


def poison(patch: pytest.MonkeyPatch) -> None:
    """A note with this text is always a bug, as it is at the model's server."""
    whole = follow_ups.log_touch

    async def log_touch(*args: Any, text: str = "", **values: Any) -> Any:
        if text == "poison":
            raise RuntimeError("a bug")
        return await whole(*args, text=text, **values)

    patch.setattr(follow_ups, "log_touch", log_touch)
