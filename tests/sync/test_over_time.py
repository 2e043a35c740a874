"""Receipts, feed and stores over the years: what goes, what stays, and that nothing is told in part."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from tortoise.transactions import in_transaction

from schema.mutations.customers import CustomerFields
from server.kernel import retention, tidying
from server.kernel.ids import new_id
from server.kernel.model import FeedEntry, Receipt, RefusedCreation, Store
from server.kernel.retention import SLACK, longest_absence
from server.kernel.tidying import Enough, SomebodyElse
from server.settings import BadSettings, Settings, read_settings
from server.sync import housekeeping
from server.sync.housekeeping import POINTERS_KEPT, Housekeeper
from server.visits.model import Visit
from tests.api import Api, spoken_by
from tests.cast import Cast, Clock
from tests.conftest import Hands

CHANGES = """query($clientId: UUID!, $since: String!) {
  changes(clientId: $clientId, since: $since) { rows removed cursor reset processedThrough } }"""


@pytest.fixture
async def sam(harbour: Cast, settings: Settings, clock: Clock) -> AsyncIterator[Api]:
    async with spoken_by("sam", settings, clock) as api:
        await api.registers()
        yield api


def greeting(api: Api, clock: Clock, note: str = "") -> dict[str, Any]:
    return api.entry("greetVisit", id=str(new_id()), note=note, happenedAt=clock.now.isoformat())


async def cursor_of(api: Api) -> str:
    return str((await api.asks("{ snapshot { cursor } }"))["data"]["snapshot"]["cursor"])


async def changes(api: Api, since: str) -> dict[str, Any]:
    return dict((await api.asks(CHANGES, clientId=str(api.store_id), since=since))["data"]["changes"])


async def test_receipts_are_kept_for_the_longest_absence_and_a_little_longer(sam: Api, clock: Clock) -> None:
    kept_for = longest_absence() + SLACK
    await sam.pushes(greeting(sam, clock, "of the first day"))
    lost = sam.entry("openLead", id=str(new_id()), customerId=str(new_id()))
    await sam.pushes(lost)
    clock.now += kept_for
    assert (await housekeeping.tidy(clock.now)).receipts == 0
    await sam.pushes(greeting(sam, clock, "of the last day"))
    clock.pass_(minutes=1)

    done = await housekeeping.tidy(clock.now)

    assert done.receipts == 2
    assert [receipt.client_seq for receipt in await Receipt.all()] == [3]
    assert await RefusedCreation.all().count() == 0
    assert await Visit.all().count() == 2, "what was recorded stays recorded"
    assert (await Store.get(id=sam.store_id)).last_seq == 3


async def test_many_old_receipts_go_in_small_batches(
    sam: Api, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tidying, "ROWS", 4)
    monkeypatch.setattr(tidying, "LOOKED_AT", 7)
    await sam.pushes(*(greeting(sam, clock) for _ in range(20)))
    clock.now += longest_absence() + SLACK + timedelta(days=1)
    await sam.pushes(*(greeting(sam, clock) for _ in range(3)))
    left: list[int] = []

    async def pause() -> None:
        left.append(await Receipt.all().count())

    done = await housekeeping.tidy(clock.now, pause=pause)

    assert done.receipts == 20
    assert left[0] == 23 - 4
    assert all(before - after <= 4 for before, after in pairwise(left))
    assert await Receipt.all().count() == 3


async def test_who_wants_to_stop_waits_for_one_batch_only(
    sam: Api, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tidying, "ROWS", 1)
    await sam.pushes(*(greeting(sam, clock) for _ in range(5)))
    clock.now += longest_absence() + SLACK + timedelta(days=1)

    async def pause() -> None:
        raise Enough

    with pytest.raises(Enough):
        await housekeeping.tidy(clock.now, pause=pause)

    assert await Receipt.all().count() == 4
    assert (await housekeeping.tidy(clock.now)).receipts == 4


@pytest.mark.postgresql
async def test_one_process_tidies_at_a_time(harbour: Cast, clock: Clock) -> None:
    async def tidies() -> None:
        await housekeeping.tidy(clock.now)

    async with in_transaction("default") as connection:
        await connection.execute_query("SELECT pg_advisory_xact_lock($1)", [tidying.LOCK])
        with pytest.raises(SomebodyElse):
            await asyncio.create_task(elsewhere(tidies))
    await tidies()


async def elsewhere(act: Any) -> None:
    """On a connection of its own, as another process would be."""
    from tortoise.connection import get_connections  # noqa: PLC0415

    token = get_connections().set("default", get_connections().get("default")._parent)
    try:
        await act()
    finally:
        get_connections().reset(token)


async def test_the_feed_does_not_grow_with_edits(hand: Hands) -> None:
    sam = await hand("sam")
    ids = {name: new_id() for name in ("visit_id", "lead_id", "contact_point_id")}
    customer_id = new_id()
    await sam.does("captureWalkIn", customer_id=customer_id, name="Ann", phone="+12025550111", **ids)
    await sam.does("editCustomer", id=customer_id, set=CustomerFields(address="0 Elm"))
    before = await FeedEntry.all().count()

    for n in range(20):
        seen, wanted = CustomerFields(address=f"{n} Elm"), CustomerFields(address=f"{n + 1} Elm")
        said = await sam.does("editCustomer", id=customer_id, seen=seen, set=wanted)
        assert said.outcome == "APPLIED", said.code

    assert await FeedEntry.filter(collection="customers", entity_id=customer_id).count() == 1
    assert await FeedEntry.all().count() == before


async def test_pointers_go_when_no_cursor_that_is_served_can_ask_for_them(sam: Api, clock: Clock) -> None:
    await sam.pushes(greeting(sam, clock, "early"))
    old = await cursor_of(sam)
    await sam.pushes(greeting(sam, clock, "after the cursor"))
    clock.now += POINTERS_KEPT - timedelta(days=1)
    recent = await cursor_of(sam)
    await sam.pushes(greeting(sam, clock, "late"))
    clock.pass_(days=2)

    done = await housekeeping.tidy(clock.now)

    assert done.pointers > 0
    assert [v["note"] for v in (await changes(sam, recent))["rows"]["visits"]] == ["late"]
    answer = await changes(sam, old)
    assert answer["reset"] == "TOO_OLD", "a part of the feed would be told as if it were all"
    assert answer["rows"] == {}
    fresh = await sam.asks("{ snapshot(first: 5000) { rows } }")
    assert len(fresh["data"]["snapshot"]["rows"]["visits"]) == 3


async def test_every_cursor_is_served_whole_or_not_at_all_on_every_day(sam: Api, clock: Clock) -> None:
    """A greeting and a cursor every third day for ten weeks, tidied each time."""
    days = range(0, 72, 3)
    cursors: list[tuple[str, int]] = []
    for day in days:
        cursors.append((await cursor_of(sam), day))
        await sam.pushes(greeting(sam, clock, f"day {day}"))
        clock.pass_(days=3)
        await housekeeping.tidy(clock.now)
    served = 0
    for cursor, day in cursors:
        answer = await changes(sam, cursor)
        if answer["reset"]:
            assert answer["reset"] == "TOO_OLD"
            continue
        served += 1
        told = {visit["note"] for visit in answer["rows"]["visits"]}
        assert told == {f"day {later}" for later in days if later >= day}
    assert 0 < served < len(days)


async def test_stores_that_never_sent_anything_go_and_all_others_stay(
    sam: Api, settings: Settings, clock: Clock
) -> None:
    await sam.pushes(greeting(sam, clock))
    async with spoken_by("sue", settings, clock) as sue:
        await sue.registers()
        clock.now += longest_absence() + SLACK + timedelta(days=1)
        done = await housekeeping.tidy(clock.now)

        assert done.stores == 1
        assert [store.id for store in await Store.all()] == [sam.store_id]
        assert (await sue.registers())["lastSeq"] == 0
        assert [r["outcome"] for r in await sue.pushes(greeting(sue, clock))] == ["APPLIED"]


async def test_the_server_tidies_by_itself_and_stops_when_it_is_told_to(sam: Api, clock: Clock) -> None:
    await sam.pushes(greeting(sam, clock))
    clock.now += longest_absence() + SLACK + timedelta(days=1)
    housekeeper = Housekeeper(clock, first=0.001, daily=0.001)

    housekeeper.open()
    async with asyncio.timeout(10):
        while await Receipt.all().count():  # noqa: ASYNC110 - until it has been round
            await asyncio.sleep(0.02)
    async with asyncio.timeout(5):
        await housekeeper.close()


async def test_a_night_without_a_database_is_followed_by_another(
    harbour: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds: list[int] = []

    async def fails(*_args: Any, **_more: Any) -> None:
        rounds.append(1)
        raise ConnectionRefusedError

    monkeypatch.setattr(housekeeping, "tidy", fails)
    housekeeper = Housekeeper(clock, first=0.001, daily=0.001)
    housekeeper.open()
    async with asyncio.timeout(10):
        while len(rounds) < 3:  # noqa: ASYNC110 - until it has been round
            await asyncio.sleep(0.01)
        await housekeeper.close()


def test_an_absence_shorter_than_a_month_is_no_policy(tmp_path: Any) -> None:
    environment = {"FORECOURT_DATA": str(tmp_path), "FORECOURT_ABSENCE_DAYS": "29"}
    with pytest.raises(BadSettings, match="between 30 and"):
        read_settings(environment)
    assert read_settings({**environment, "FORECOURT_ABSENCE_DAYS": "365"}).absence_days == 365
    assert read_settings({"FORECOURT_DATA": str(tmp_path)}).absence_days == retention.USUAL_DAYS == 180
