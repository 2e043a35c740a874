"""The same tablets and the same histories against the real server: its verdicts are the foreseen ones, it keeps every
promise, and at the end each tablet holds what a fresh one of its person would hold.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import httpx
import pytest

from server.follow_ups import actions as follow_ups
from server.people.model import Session
from server.settings import Settings
from tests.api import spoken_by
from tests.cast import Cast, Clock
from tests.storm.model.history import PROLOGUE, World, random_history
from tests.storm.model.reality import Reality
from tests.storm.model.town import PEOPLE

WEEKS = int(os.environ.get("WEEKS", "4"))
Lines = dict[str, httpx.AsyncClient]


@pytest.fixture
async def lines(harbour: Cast, settings: Settings, clock: Clock) -> AsyncIterator[Lines]:
    """Everybody's way to the real server, in this process."""
    async with AsyncExitStack() as stack:
        apis = {
            id: await stack.enter_async_context(spoken_by(name, settings, clock))
            for name, id in PEOPLE.items()
        }
        await Session.filter(revoked_at=None).update(expires_at=clock.now.replace(year=clock.now.year + 50))
        yield {id: api.http for id, api in apis.items()}


@pytest.fixture(autouse=True)
def poison(monkeypatch: pytest.MonkeyPatch) -> None:
    """A note with this text is always a bug, as it is at the model's server."""
    whole = follow_ups.log_touch

    async def log_touch(*args: object, text: str = "", **values: object) -> object:
        if text == "poison":
            raise RuntimeError("a bug")
        return await whole(*args, text=text, **values)  # type: ignore[arg-type]

    monkeypatch.setattr(follow_ups, "log_touch", log_touch)


class RealWorld(World):
    is_real = True

    def __init__(self, server: Reality) -> None:
        server.world = self
        super().__init__(server)


@pytest.mark.parametrize("week", range(WEEKS))
async def test_the_real_server_keeps_every_promise(lines: Lines, clock: Clock, week: int) -> None:
    reality = Reality(lines, clock=clock, loop=asyncio.get_running_loop())

    def lives() -> None:
        world = RealWorld(reality)
        world.lives(PROLOGUE)
        for day in range(5):
            world.begins_anew()
            world.lives(random_history(100 * week + day))
        kept = {r["id"]: (r["outcome"], r["seq"]) for r in world.server.state.receipts.values()}
        assert {id: (outcome, seq) for id, outcome, seq in reality.ledger()} == kept

    await asyncio.to_thread(lives)
