"""A page and a pull read by SQL of their own: they show what the sights show, in the eyes of everybody."""

from datetime import timedelta
from typing import Any

import orjson
import pytest

import schema
from schema.inputs import NextStep
from server.kernel import reading
from server.kernel.actor import Actor
from server.kernel.ids import new_id
from server.sync import rows
from server.sync.tables import SYNCED, Synced, camel, plain
from server.sync.view import fresh_view
from tests.cast import CAST, Clock
from tests.conftest import Hands

schema.build_schema()

EYES = ("sam", "sue", "max", "grace", "iris")


@pytest.mark.parametrize("who", EYES)
async def test_what_travels_is_what_the_models_hold(who: str, hand: Hands, clock: Clock) -> None:
    await _a_morning(hand, clock)
    actor = await CAST.actor(who)
    view, seen = fresh_view(actor, clock.now), 0
    for synced in SYNCED:
        held = {row["id"]: row for row in await _held(synced, actor, view.horizon)}
        ids = [row.id for row in await synced.model.all()]
        async with reading.moment() as read:
            page, _ = await rows.page(read, synced, view, after=None, room=5000)
            by_id, there = await rows.by_id(read, synced, view, ids)
            counted = await rows.count(read, synced, view)
        assert {row["id"]: row for row in _read(page)} == held, synced.collection
        assert {row["id"]: row for row in _read(by_id)} == held, synced.collection
        assert there == held.keys() and counted == len(held)
        seen += len(held)
    assert seen > 20


async def test_pages_of_one_row_are_the_page_of_all(hand: Hands, clock: Clock) -> None:
    await _a_morning(hand, clock)
    view = fresh_view(await CAST.actor("max"), clock.now)
    for synced in SYNCED:
        async with reading.moment() as read:
            whole, _ = await rows.page(read, synced, view, after=None, room=5000)
            singly: list[Any] = []
            last: str | None = None
            while True:
                page, last = await rows.page(read, synced, view, after=last, room=1)
                if not page:
                    break
                singly += page
        assert _read(singly) == _read(whole), synced.collection


async def _a_morning(hand: Hands, clock: Clock) -> None:
    """A customer of Sam's with a lead, another one of Sue's, and somebody who only looked."""
    sam, sue = await hand("sam"), await hand("sue")
    await sam.does(
        "captureWalkIn", name="Ana", phone="+1 415 555 0101", note='näht "中文"\n\\', **_ids(clock)
    )
    await sue.does("captureWalkIn", name="Ben", phone="+1 415 555 0102", **_ids(clock))
    clock.now += timedelta(minutes=3, milliseconds=7)
    await sam.does("greetVisit", id=new_id())


def _ids(clock: Clock) -> dict[str, Any]:
    names = ("visit_id", "customer_id", "lead_id", "contact_point_id")
    step = NextStep(follow_up_id=new_id(), due_at=clock.now + timedelta(days=1))
    return {**{name: new_id() for name in names}, "next_step": step}


async def _held(synced: Synced, actor: Actor, horizon: Any) -> list[dict[str, Any]]:
    columns = synced.columns
    found = await synced.sight(actor, horizon).values_list(*columns)
    return [{camel(c): plain(v) for c, v in zip(columns, values, strict=True)} for values in found]


def _read(page: list[Any]) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = orjson.loads(orjson.dumps(page))
    return read
