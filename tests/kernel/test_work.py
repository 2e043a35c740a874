"""The unit of work: one pen, one number, all or nothing."""

import asyncio
from typing import Any

import pytest

from server.kernel import work
from server.kernel.audit import audit_hash
from server.kernel.ids import new_id
from server.kernel.model import AuditRecord, FeedEntry, ScopeHead
from server.kernel.work import Command, Work, unit_of_work
from server.showrooms.model import Source
from tests.cast import Cast, Clock


async def add_source(cast: Cast, clock: Clock, code: str, *, fail: bool = False) -> None:
    async def act(work: Work) -> None:
        row = Source(id=new_id(), showroom_id=work.showroom_id, code=code, name=code)
        await work.save(row, create=True)
        if fail:
            raise RuntimeError("a bug")

    actor = await cast.actor("max")
    await unit_of_work(
        act, actor=actor, command=Command(verb="addSource"), scopes=[actor.showroom_id], clock=clock
    )


async def test_a_change_takes_the_next_number_of_its_scope(harbour: Cast, clock: Clock) -> None:
    before = await ScopeHead.get(id=harbour.showrooms["harbour"])

    await add_source(harbour, clock, "fair")

    after = await ScopeHead.get(id=harbour.showrooms["harbour"])
    assert after.number == before.number + 1
    pointer = await FeedEntry.filter(scope_id=after.id, number=after.number).get()
    assert pointer.collection == "sources"


async def test_a_bug_changes_nothing(harbour: Cast, clock: Clock) -> None:
    before = await ScopeHead.get(id=harbour.showrooms["harbour"])

    with pytest.raises(RuntimeError):
        await add_source(harbour, clock, "fair", fail=True)

    assert (await ScopeHead.get(id=before.id)).number == before.number
    assert not await Source.exists(code="fair")


async def test_fifty_at_once_get_fifty_numbers_without_a_gap(harbour: Cast, clock: Clock) -> None:
    before = await ScopeHead.get(id=harbour.showrooms["harbour"])

    await asyncio.gather(*(add_source(harbour, clock, f"source-{n}") for n in range(50)))

    numbers = await FeedEntry.filter(scope_id=before.id, number__gt=before.number).values_list(
        "number", flat=True
    )
    assert sorted(numbers) == list(range(before.number + 1, before.number + 51))


async def test_a_cancelled_caller_leaves_no_lock_behind(harbour: Cast, clock: Clock) -> None:
    for n in range(100):
        task = asyncio.create_task(add_source(harbour, clock, f"gone-{n}"))
        await asyncio.sleep(0.0003 * (n % 7))
        task.cancel()
    async with asyncio.timeout(20):
        await add_source(harbour, clock, "still-served")
    assert await Source.exists(code="still-served")


async def test_the_audit_is_a_chain_that_breaks_when_touched(harbour: Cast, clock: Clock) -> None:
    await add_source(harbour, clock, "one")
    await add_source(harbour, clock, "two")

    chain = await AuditRecord.filter(scope_id=harbour.showrooms["harbour"]).order_by("number")

    assert [r.previous_hash for r in chain[1:]] == [r.hash for r in chain[:-1]]
    assert all(audit_hash(record) == record.hash for record in chain)
    chain[-1].changes[0]["after"]["name"] = "forged"
    assert audit_hash(chain[-1]) != chain[-1].hash


async def test_the_time_of_a_unit_of_work_is_that_of_having_the_pen(
    harbour: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    pens = work._pens

    async def after_a_while(*given: Any) -> Any:
        heads = await pens(*given)
        clock.pass_(seconds=7)
        return heads

    monkeypatch.setattr(work, "_pens", after_a_while)
    asked = clock()
    await add_source(harbour, clock, "fair")

    record = await AuditRecord.filter(verb="addSource").get()
    assert (record.recorded_at - asked).total_seconds() == 7
