"""Who is woken by which news, and how often."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

from server.kernel.ids import new_id
from server.sync.poke import Newsroom


async def hears(news: AsyncIterator[None]) -> "asyncio.Task[None]":
    """The next poke, waited for."""
    task = asyncio.ensure_future(anext(news))
    for _ in range(5):
        await asyncio.sleep(0)
    return task


async def test_news_reach_who_waits_for_that_scope_and_nobody_else() -> None:
    room, here, there, group = Newsroom(rest=lambda: 0.0), new_id(), new_id(), new_id()
    sam, sue = room.news({here, group}), room.news({there, group})
    for news in (sam, sue):
        assert (await hears(news)).done(), "everybody looks once at the beginning"
    waiting = [await hears(sam), await hears(sue)]
    room.tell([here, here])
    await waiting[0]
    await asyncio.sleep(0)
    assert not waiting[1].done()
    room.tell([group])
    await waiting[1]
    await (await hears(sam))


async def test_many_changes_in_a_busy_moment_are_one_poke() -> None:
    room, scope = Newsroom(rest=lambda: 0.0), new_id()
    news = room.news({scope})
    await anext(news)
    heard = await hears(news)
    for _ in range(50):
        room.tell([scope])
    await heard
    assert not (await hears(news)).done()


async def test_what_happens_while_a_tablet_rests_is_told_when_it_has_rested() -> None:
    room, scope = Newsroom(rest=lambda: 0.02), new_id()
    news = room.news({scope})
    await anext(news)
    resting = await hears(news)
    room.tell([scope])
    for _ in range(5):
        await asyncio.sleep(0)
    assert not resting.done()
    await resting


async def test_who_goes_away_is_forgotten() -> None:
    room, scopes = Newsroom(rest=lambda: 0.0), [new_id() for _ in range(3)]
    crowd = [room.news(scopes) for _ in range(100)]
    for news in crowd:
        await anext(news)
    for news in crowd:
        await news.aclose()  # type: ignore[attr-defined]
    told: list[UUID] = scopes
    room.tell(told)
    assert not room._waiting
