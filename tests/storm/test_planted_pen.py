"""The pen switched off, on PostgreSQL: what the race test promises is broken, and it is said which promise."""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient

from server.drives import actions as drives
from server.kernel import work
from server.kernel.ids import new_id
from server.kernel.model import ScopeHead
from server.visits import actions as visits
from tests.cast import CAST, Cast, Clock
from tests.conftest import Hands
from tests.storm.model.promises import BrokenPromise, promised
from tests.sync.tablet import Tablet

pytestmark = pytest.mark.postgresql

Patch = pytest.MonkeyPatch


async def pens_without_a_lock(connection: BaseDBAsyncClient, scopes: list[UUID]) -> dict[UUID, ScopeHead]:
    return {head.id: head for head in await ScopeHead.filter(id__in=scopes).using_db(connection)}


class Gate:
    """Holds whoever comes first in the middle of their verb, before the commit. `patience`: for how many seconds the
    second is given the chance to be quicker, which a pen does not let them."""

    def __init__(self, patience: float) -> None:
        self.patience = patience
        self.reached, self.opened = asyncio.Event(), asyncio.Event()

    async def passes(self) -> None:
        if not self.reached.is_set():
            self.reached.set()
            await self.opened.wait()


def holding(patch: Patch, actions: Any, name: str) -> Gate:
    gate = Gate(10 if work._pens is pens_without_a_lock else 0.5)
    whole = getattr(actions, name)

    async def held(*args: Any, **values: Any) -> Any:
        done = await whole(*args, **values)
        await gate.passes()
        return done

    patch.setattr(actions, name, held)
    return gate


async def one_after_the_other(gate: Gate, slow: Any, quick: Any, meanwhile: Any) -> list[Any]:
    """`slow` is held before its commit, `quick` begins, a reader looks; then all goes on."""
    first = asyncio.create_task(slow)
    await gate.reached.wait()
    second = asyncio.create_task(quick)
    await asyncio.wait({second}, timeout=gate.patience)
    await meanwhile
    gate.opened.set()
    return list(await asyncio.gather(first, second, return_exceptions=True))


async def everything_is_told(hand: Hands, clock: Clock, patch: Patch) -> None:
    """Raises BrokenPromise when a reader who looked between two commits has missed one."""
    sam, sue = await hand("sam"), await hand("sue")
    reader = Tablet(await CAST.actor("max"))
    await reader.bootstrap(clock.now)
    gate = holding(patch, visits, "greet")
    await one_after_the_other(gate, sam.does("greetVisit"), sue.does("greetVisit"), reader.pull(clock.now))
    await reader.pull(clock.now)
    wanted = (await reader.fresh(clock.now)).state()
    promised(
        "I9 everything up to the cursor",
        reader.state() == wanted,
        [reader.state()["visits"], wanted["visits"]],
    )


async def one_wins(hand: Hands, clock: Clock, patch: Patch) -> None:
    """Raises BrokenPromise unless of two rivals one gets the car and the other hears that it is taken. There are five
    minutes between their drives, where a quarter of an hour must be: that the database cannot see by itself.
    """
    sam, sue = await hand("sam"), await hand("sue")
    wishes: list[dict[str, Any]] = []
    for one, minutes in ((sam, 0), (sue, 35)):
        lead_id, starts = new_id(), clock.now + timedelta(days=1, minutes=minutes)
        await one.does("captureWalkIn", lead_id=lead_id, name=f"Rival {minutes}")
        when = {"starts_at": starts, "ends_at": starts + timedelta(minutes=30)}
        wishes.append({"lead_id": lead_id, "vehicle_id": CAST.cars["golf"], **when})
    gate = holding(patch, drives, "book")
    said = await one_after_the_other(
        gate, sam.does("bookTestDrive", **wishes[0]), sue.does("bookTestDrive", **wishes[1]), asyncio.sleep(0)
    )
    verdicts = Counter(getattr(one, "code", "no verdict") or one.outcome for one in said)
    promised(
        "I18 one car, one drive", verdicts == {"APPLIED": 1, "SLOT_TAKEN": 1}, [repr(one) for one in said]
    )


STORIES = {"I9 everything up to the cursor": everything_is_told, "I18 one car, one drive": one_wins}


@pytest.mark.parametrize("promise", STORIES)
async def test_without_the_pen_a_promise_is_broken(
    harbour: Cast, hand: Hands, clock: Clock, monkeypatch: Patch, promise: str
) -> None:
    monkeypatch.setattr(work, "_pens", pens_without_a_lock)
    with pytest.raises(BrokenPromise) as broken:
        await STORIES[promise](hand, clock, monkeypatch)
    assert broken.value.promise == promise


@pytest.mark.parametrize("promise", STORIES)
async def test_with_the_pen_it_is_kept(
    harbour: Cast, hand: Hands, clock: Clock, monkeypatch: Patch, promise: str
) -> None:
    await STORIES[promise](hand, clock, monkeypatch)
