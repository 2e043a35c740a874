"""What a tablet hears of a server whose database cannot, and what is there afterwards."""

from typing import Any

import httpx

from server import db
from server.kernel.ids import new_id
from server.kernel.model import Receipt, Store
from server.settings import Settings
from server.visits.model import Visit
from tests.api import PUSH, Api
from tests.conftest import disconnect


async def pushed(sam: Api, *entries: dict[str, Any]) -> httpx.Response:
    input = {"clientMutationId": str(new_id()), "clientId": str(sam.store_id), "entries": list(entries)}
    return await sam.http.post("/graphql", json={"query": PUSH, "variables": {"input": input}})


def greeting(sam: Api, note: str = "") -> dict[str, Any]:
    return sam.entry("greetVisit", id=str(new_id()), note=note)


def is_no_verdict(answer: httpx.Response) -> None:
    assert answer.status_code == 503, answer.text
    assert int(answer.headers["retry-after"]) > 0
    body = answer.json()
    assert "data" not in body
    assert body["errors"][0]["extensions"]["code"] == "UNAVAILABLE"


async def nothing_is_lost(settings: Settings, sam: Api, entries: int) -> None:
    """Every entry has one receipt and one visit, and the store stands where it should."""
    await db.connect(settings)
    try:
        receipts = await Receipt.filter(store_id=sam.store_id).order_by("client_seq")
        assert [(r.client_seq, r.outcome) for r in receipts] == [(n + 1, "APPLIED") for n in range(entries)]
        assert await Visit.filter(id__in=[r.entity_id for r in receipts]).count() == entries
        assert (await Store.get(id=sam.store_id)).last_seq == entries
    finally:
        await disconnect()
