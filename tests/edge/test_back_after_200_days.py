"""A tablet that lay in a drawer for 200 days comes back: nothing of it is lost, and nothing is done twice."""

from datetime import datetime, timedelta
from typing import Any

import httpx

from server import db
from server.kernel.clock import system_clock
from server.kernel.ids import new_id
from server.kernel.model import FeedEntry, Receipt, Store
from server.settings import Settings
from server.sync import housekeeping
from server.visits.model import Visit
from tests.api import Api, headers_of, token_of
from tests.conftest import disconnect
from tests.edge.fragile import serve

AWAY = 200
CHANGES = """query($clientId: UUID!, $since: String!) {
  changes(clientId: $clientId, since: $since) { rows removed cursor reset processedThrough } }"""
SNAPSHOT = "query($clientId: UUID!) { snapshot(clientId: $clientId, first: 5000) { rows cursor next } }"


def greeting(api: Api, at: datetime, note: str) -> dict[str, Any]:
    return api.entry("greetVisit", id=str(new_id()), note=note, happenedAt=at.isoformat())


async def test_a_device_that_was_away_for_200_days_keeps_its_outbox_and_starts_with_a_snapshot(
    settings: Settings,
) -> None:
    began = system_clock()
    tokens = await signed_in(settings, "sam", "sue")
    with serve(settings) as serving:
        async with speaking(serving.address, tokens[0]) as http:
            sam = Api(http)
            await sam.registers()
            cursor = (await sam.asks(SNAPSHOT, clientId=str(sam.store_id)))["data"]["snapshot"]["cursor"]
            sent = greeting(sam, began, "sent, and the answer was lost")
            await sam.pushes(sent)

    outbox = [
        sent,
        greeting(sam, began + timedelta(days=10), "typed in the drawer's first days"),
        greeting(sam, began + timedelta(days=150), "typed 50 days ago"),
        greeting(sam, began + timedelta(days=AWAY, hours=-1), "typed an hour ago"),
    ]
    await a_night_passes(settings, began + timedelta(days=AWAY - 1))
    with serve(settings, ahead_days=AWAY) as serving:
        async with speaking(serving.address, tokens[1]) as http:
            sue = Api(http)
            await sue.registers()
            await sue.pushes(greeting(sue, began + timedelta(days=AWAY - 1), "of a colleague, meanwhile"))
        async with speaking(serving.address, tokens[0]) as http:
            sam.http = http
            assert (await sam.registers())["lastSeq"] == 1
            told = await asks_for_changes(sam, cursor)
            assert (told["reset"], told["rows"], told["processedThrough"]) == ("TOO_OLD", {}, 0)
            page = (await sam.asks(SNAPSHOT, clientId=str(sam.store_id)))["data"]["snapshot"]
            assert page["next"] is None

            said = await sam.pushes(*outbox)
            again = await sam.pushes(*outbox)

            assert said == again
            assert [codes(result) for result in said] == [
                "RECEIPT_GONE",
                "TOO_LATE",
                "TOO_LONG_AGO",
                "APPLIED",
            ]
            assert all(result["problems"][0]["message"].endswith(".") for result in said[:3])
            told = await asks_for_changes(sam, page["cursor"])
            assert (told["reset"], told["processedThrough"]) == (None, 4)
            assert [visit["note"] for visit in told["rows"]["visits"]] == ["typed an hour ago"]
    await nothing_is_lost_or_done_twice(settings, sam, outbox)


async def nothing_is_lost_or_done_twice(settings: Settings, sam: Api, outbox: list[dict[str, Any]]) -> None:
    """Each of its words is in a row or with its refusal, and none is in two rows."""
    await db.connect(settings)
    try:
        notes = [entry["verb"]["greetVisit"]["note"] for entry in outbox]
        rows = await Visit.filter(note__in=notes).values_list("note", flat=True)
        assert sorted(rows) == sorted([notes[0], notes[3]])
        refused = await Receipt.filter(store_id=sam.store_id, outcome="REFUSED").order_by("client_seq")
        assert [receipt.input["note"] for receipt in refused] == notes[:3]
        assert (await Store.get(id=sam.store_id)).last_seq == 4
    finally:
        await disconnect()


async def signed_in(settings: Settings, *names: str) -> list[str]:
    await db.connect(settings)
    try:
        return [await token_of(name, system_clock()) for name in names]
    finally:
        await disconnect()


async def a_night_passes(settings: Settings, now: datetime) -> None:
    """What the server does by itself, on the last night before."""
    await db.connect(settings)
    try:
        done = await housekeeping.tidy(now)
        assert done.receipts == 1
        assert done.pointers > 0
        assert await FeedEntry.all().count() == 0
    finally:
        await disconnect()


def speaking(address: str, token: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=address, headers=headers_of(token), timeout=60)


async def asks_for_changes(sam: Api, since: str) -> dict[str, Any]:
    return dict((await sam.asks(CHANGES, clientId=str(sam.store_id), since=since))["data"]["changes"])


def codes(result: dict[str, Any]) -> str:
    return str(result["problems"][0]["code"] if result["problems"] else result["outcome"])
