"""Those who want the same rows at the same moment, and connections of which there are not enough. PostgreSQL's own."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import asyncpg
import httpx
import pytest
from tortoise.connection import get_connection

from schema.verbs import REGISTRY
from server import db
from server.kernel import unavailable
from server.kernel.ids import new_id
from server.kernel.model import Receipt, Store
from server.kernel.work import ATTEMPTS, Command, Work, unit_of_work
from server.settings import Settings
from server.showrooms.model import Source
from server.visits.model import Visit
from tests.api import PUSH, Api, spoken_by
from tests.cast import CAST, Cast, Clock
from tests.conftest import disconnect

pytestmark = pytest.mark.postgresql


async def writes(cast: Cast, clock: Clock, who: str, act: Any, *, showroom: str | None = None) -> None:
    actor = await cast.actor(who)
    scope = cast.showrooms[showroom] if showroom else actor.showroom_id
    await unit_of_work(
        act, actor=actor, command=Command(verb="x"), scopes=[scope], showroom_id=scope, clock=clock
    )


async def test_two_whose_locks_cross_both_arrive(harbour: Cast, clock: Clock) -> None:
    """A real deadlock: each holds the row that the other wants, and PostgreSQL throws one of them out."""
    cars = [CAST.cars["golf"], CAST.cars["equinox"]]
    both_hold_one = asyncio.Barrier(2)
    tries: list[str] = []

    async def crossing(work: Work, who: str, order: list[Any]) -> None:
        tries.append(who)
        first, second = order
        await locked(work, first)
        if tries.count(who) == 1:
            await both_hold_one.wait()
        await locked(work, second)
        row = Source(id=new_id(), showroom_id=work.showroom_id, code=f"of-{who}", name=who)
        await work.save(row, create=True)

    async def locked(work: Work, car: Any) -> None:
        await work.connection.execute_query("SELECT id FROM vehicles WHERE id = $1 FOR UPDATE", [car])

    await asyncio.gather(
        writes(harbour, clock, "max", lambda work: crossing(work, "max", cars)),
        writes(harbour, clock, "rex", lambda work: crossing(work, "rex", cars[::-1])),
    )

    assert len(tries) == 3, "one of the two was thrown out, and came again"
    assert await Source.filter(code__in=["of-max", "of-rex"]).count() == 2


async def at_isolation(settings: Settings, level: str) -> None:
    """As some administrators set it for all of their databases."""
    connection = await asyncpg.connect(settings.database_url)
    name = settings.database_url.rpartition("/")[2]
    await connection.execute(f"ALTER DATABASE \"{name}\" SET default_transaction_isolation = '{level}'")
    await connection.close()


@pytest.mark.parametrize("level", ["repeatable read", "serializable"])
async def test_serialization_failures_are_tried_again_and_no_write_is_lost(
    settings: Settings, clock: Clock, level: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    met: list[str] = []

    def may_pass_soon(error: BaseException) -> bool:
        met.append(type(error).__name__)
        return unavailable.reason_of(error) == unavailable.BUSY

    async def act(work: Work, n: int) -> None:
        row = Source(id=new_id(), showroom_id=work.showroom_id, code=f"at-once-{n}", name="x")
        await work.save(row, create=True)

    await at_isolation(settings, level)
    await db.connect(settings)
    monkeypatch.setattr(unavailable, "may_pass_soon", may_pass_soon)
    try:
        await asyncio.gather(*(writes(CAST, clock, "max", lambda work, n=n: act(work, n)) for n in range(4)))
        assert await Source.filter(code__startswith="at-once-").count() == 4
        assert set(met) == {"SerializationError"}, "nobody met anybody: the story proves nothing"
    finally:
        await disconnect()


@pytest.fixture
async def sam(harbour: Cast, settings: Settings, clock: Clock) -> AsyncIterator[Api]:
    async with spoken_by("sam", settings, clock) as api:
        await api.registers()
        yield api


async def test_failures_without_end_are_no_verdict_and_stop_the_batch(
    sam: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = 0
    whole = REGISTRY["greetVisit"].verb

    async def rival(work: Work, input: Any) -> Any:
        nonlocal tries
        if input.note == "the second":
            tries += 1
            await work.connection.execute_query(
                "DO $$ BEGIN RAISE EXCEPTION 'could not serialize access' USING ERRCODE = '40001'; END $$"
            )
        return await whole.act(work, input)

    monkeypatch.setitem(
        REGISTRY, "greetVisit", replace(REGISTRY["greetVisit"], verb=replace(whole, act=rival))
    )
    entries = [
        sam.entry("greetVisit", id=str(new_id()), note=note)
        for note in ("the first", "the second", "the third")
    ]
    answer = await pushed(sam, entries)

    assert (answer.status_code, tries) == (503, ATTEMPTS)
    assert int(answer.headers["retry-after"]) > 0
    assert "data" not in answer.json()
    assert [receipt.client_seq for receipt in await Receipt.filter(store_id=sam.store_id)] == [1]
    monkeypatch.undo()
    assert [r["outcome"] for r in await sam.pushes(*entries)] == ["APPLIED"] * 3
    assert await Visit.all().count() == 3
    assert (await Store.get(id=sam.store_id)).last_seq == 3


async def pushed(sam: Api, entries: list[dict[str, Any]]) -> httpx.Response:
    input = {"clientMutationId": str(new_id()), "clientId": str(sam.store_id), "entries": entries}
    return await sam.http.post("/graphql", json={"query": PUSH, "variables": {"input": input}})


async def test_a_pool_is_as_large_as_it_was_set_and_twice_as_many_at_once_wait_their_turn(
    settings: Settings, clock: Clock
) -> None:
    await db.connect(replace(settings, pool_size=3))
    try:
        pool = get_connection("default")._pool
        seen: list[int] = []

        async def act(work: Work) -> None:
            seen.append(pool.get_size() - pool.get_idle_size())
            await asyncio.sleep(0.02)

        showrooms = ["harbour", "riverside"] * 6
        people = {"harbour": "max", "riverside": "rex"}
        await asyncio.gather(*(writes(CAST, clock, people[name], act, showroom=name) for name in showrooms))
        assert pool.get_max_size() == 3
        assert len(seen) == 12
        assert max(seen) <= 3
    finally:
        await disconnect()


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (asyncpg.DeadlockDetectedError("x"), "BUSY"), (asyncpg.SerializationError("x"), "BUSY"),
        (asyncpg.TooManyConnectionsError("x"), "BUSY"), (asyncpg.DiskFullError("x"), "FULL"),
        (asyncpg.AdminShutdownError("x"), "GONE"), (asyncpg.CannotConnectNowError("x"), "GONE"),
        (asyncpg.ConnectionDoesNotExistError("x"), "GONE"), (asyncpg.InterfaceError("x"), "GONE"),
        (ConnectionRefusedError(), "GONE"), (TimeoutError(), "GONE"),
        (asyncpg.UniqueViolationError("x"), None), (asyncpg.UndefinedColumnError("x"), None),
        (asyncpg.NotNullViolationError("x"), None), (FileNotFoundError(), None), (RuntimeError(), None),
        (KeyError("x"), None),
    ],
    ids=lambda given: type(given).__name__ if isinstance(given, Exception) else str(given),
)  # fmt: skip
def test_what_the_database_cannot_is_told_from_what_is_wrong(error: Exception, reason: str | None) -> None:
    assert unavailable.reason_of(error) == reason
