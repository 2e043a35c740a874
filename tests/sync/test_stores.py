"""Whose tablet it is, and who may bar it."""

import asyncio

import pytest

from server.kernel.model import AuditRecord, Store
from server.settings import Settings
from tests.api import Api, spoken_by
from tests.cast import CAST, Cast, Clock

REVOKE = """mutation($i: RevokeStoreInput!) {
  revokeStore(input: $i) { outcome problems { code field message } } }"""


async def revokes(api: Api, of: Api) -> str:
    answer = await api.asks(REVOKE, i={"clientMutationId": str(of.store_id), "clientId": str(of.store_id)})
    said = answer["data"]["revokeStore"]
    return str(said["problems"][0]["code"] if said["problems"] else said["outcome"])


@pytest.mark.parametrize(
    ("who", "verdict"),
    [
        ("sam", "APPLIED"), ("max", "APPLIED"), ("grace", "APPLIED"), ("ada", "APPLIED"),
        ("sue", "NOT_FOUND"), ("rita", "NOT_FOUND"), ("iris", "NOT_FOUND"),
        ("roy", "NOT_FOUND"), ("rex", "NOT_FOUND"), ("otto", "NOT_FOUND"),
    ],
)  # fmt: skip
async def test_a_tablet_is_barred_by_its_person_or_their_manager_and_nobody_else(
    harbour: Cast, settings: Settings, clock: Clock, who: str, verdict: str
) -> None:
    async with spoken_by("sam", settings, clock) as sam, spoken_by(who, settings, clock) as other:
        await sam.registers()

        assert await revokes(other, of=sam) == verdict

        barred = (await Store.get(id=sam.store_id)).revoked_at is not None
        assert barred == (verdict == "APPLIED")
        assert await AuditRecord.filter(verb="revokeStore").count() == int(barred)


async def test_a_manager_of_another_group_bars_nobody_here(
    harbour: Cast, settings: Settings, clock: Clock
) -> None:
    async with spoken_by("otto", settings, clock) as otto, spoken_by("ada", settings, clock) as ada:
        await otto.registers()
        assert await revokes(ada, of=otto) == "NOT_FOUND"
        assert await revokes(otto, of=otto) == "APPLIED"


async def test_a_barred_tablet_is_refused_at_its_next_contact(
    harbour: Cast, settings: Settings, clock: Clock
) -> None:
    async with spoken_by("sam", settings, clock) as sam:
        await sam.registers()
        await revokes(sam, of=sam)
        record = await AuditRecord.get(verb="revokeStore")

        answer = await sam.asks(
            "query($id: UUID!) { snapshot(clientId: $id) { total } }", id=str(sam.store_id)
        )

    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    assert record.changes == [{"revoked": str(sam.store_id), "of": str(CAST.people["sam"])}]


async def test_two_tabs_that_register_at_once_have_one_store(
    harbour: Cast, settings: Settings, clock: Clock
) -> None:
    async with spoken_by("sam", settings, clock) as sam:
        said = await asyncio.gather(*(sam.registers() for _ in range(8)))

    assert {answer["lastSeq"] for answer in said} == {0}
    assert await Store.filter(id=sam.store_id).count() == 1
