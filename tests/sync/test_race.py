"""Two server processes, twenty rivals, one slot. PostgreSQL only: on SQLite there is one process."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from server.drives.model import ACTIVE, TestDrive
from server.kernel.clock import system_clock
from server.kernel.ids import new_id
from server.kernel.model import FeedEntry, ScopeHead
from server.settings import Settings
from tests.api import Api, headers_of, token_of
from tests.cast import CAST, Cast
from tests.servers import serving

pytestmark = pytest.mark.postgresql

CAPTURE = "mutation($i: CaptureWalkInInput!) { captureWalkIn(input: $i) { outcome problems { code } } }"
BOOK = "mutation($i: BookTestDriveInput!) { bookTestDrive(input: $i) { outcome problems { code details } } }"
CHANGES = "query($since: String!) { changes(since: $since) { rows removed cursor hasMore } }"


async def program(name: str, address: str) -> Api:
    token = await token_of(name, system_clock())
    return Api(httpx.AsyncClient(base_url=address, headers=headers_of(token), timeout=60))


async def walks_in(api: Api, n: int) -> str:
    lead_id = str(new_id())
    input = {
        "clientMutationId": str(new_id()), "visitId": str(new_id()), "customerId": str(new_id()),
        "leadId": lead_id, "contactPointId": str(new_id()), "name": f"Rival {n}", "phone": f"+1202555{n:04d}",
    }  # fmt: skip
    answer = await api.asks(CAPTURE, i=input)
    assert answer["data"]["captureWalkIn"]["outcome"] == "APPLIED", answer
    return lead_id


def next_opening() -> datetime:
    """Ten o'clock of the next day that is no Sunday."""
    day = datetime.now(UTC).replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return day + timedelta(days=1) if day.weekday() == 6 else day


async def book(api: Api, lead_id: str, starts_at: datetime) -> str:
    input = {
        "clientMutationId": str(new_id()), "id": str(new_id()), "leadId": lead_id,
        "vehicleId": str(CAST.cars["golf"]), "startsAt": starts_at.isoformat(),
        "endsAt": (starts_at + timedelta(minutes=30)).isoformat(),
    }  # fmt: skip
    said = (await api.asks(BOOK, i=input))["data"]["bookTestDrive"]
    return said["outcome"] if said["outcome"] == "APPLIED" else str(said["problems"][0]["code"])


class Reader:
    """Polls the feed while others write, as a tablet would, and keeps what it was told."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.told: dict[str, set[str]] = {}
        self.cursor = ""

    async def begin(self) -> None:
        answer = await self.api.asks("{ snapshot(first: 5000) { cursor next } }")
        self.cursor = answer["data"]["snapshot"]["cursor"]

    async def look(self) -> bool:
        page: dict[str, Any] = (await self.api.asks(CHANGES, since=self.cursor))["data"]["changes"]
        for collection, rows in page["rows"].items():
            self.told.setdefault(collection, set()).update(row["id"] for row in rows)
        moved = page["cursor"] != self.cursor
        self.cursor = page["cursor"]
        return moved

    async def keep_looking(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            await self.look()
        while await self.look():
            pass


async def test_of_twenty_rivals_on_two_processes_one_wins_and_no_number_comes_late(
    harbour: Cast, settings: Settings, tmp_path: Path
) -> None:
    with (
        serving(settings, log=tmp_path / "one.log") as one,
        serving(settings, log=tmp_path / "two.log") as two,
    ):
        apis = [await program(name, address) for name in ("sam", "sue") for address in (one, two)]
        reader = Reader(await program("max", two))
        await reader.begin()
        stop = asyncio.Event()
        looking = asyncio.create_task(reader.keep_looking(stop))

        leads = await asyncio.gather(*(walks_in(apis[n % 4], n) for n in range(20)))
        slot = next_opening()
        said = await asyncio.gather(*(book(apis[n % 4], lead, slot) for n, lead in enumerate(leads)))
        stop.set()
        await looking

        assert Counter(said) == {"APPLIED": 1, "SLOT_TAKEN": 19}
        assert await TestDrive.filter(status__in=ACTIVE).count() == 1
        await nothing_was_missed(reader)
        for api in (*apis, reader.api):
            await api.http.aclose()


async def nothing_was_missed(reader: Reader) -> None:
    """Every entity that the feed points to was told to a reader who looked all the while."""
    scope_id = CAST.showrooms["harbour"]
    head = await ScopeHead.get(id=scope_id)
    entries = await FeedEntry.filter(scope_id=scope_id, number__gt=1)
    assert max(entry.number for entry in entries) == head.number
    told = {id for ids in reader.told.values() for id in ids}
    assert {str(entry.entity_id) for entry in entries} - told == set()
