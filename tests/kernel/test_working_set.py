"""A unit of work knows its rows: it reads nothing twice, writes late and once, and nobody can tell."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from server.kernel import held
from server.kernel.ids import new_id
from server.kernel.model import AuditRecord
from server.kernel.refused import Refused
from server.kernel.work import Command, IntegrityError, Work, savepoint, unit_of_work
from server.showrooms.model import Showroom
from server.visits.model import Visit
from tests.cast import CAST, Cast, Clock
from tests.conftest import Hands
from tests.counting import statements

HARBOUR = CAST.showrooms["harbour"]


async def in_work(act: Callable[[Work], Awaitable[Any]], clock: Clock) -> Any:
    actor = await CAST.actor("sam")
    return await unit_of_work(act, actor=actor, command=Command(verb="x"), scopes=[HARBOUR], clock=clock)


def visit(work: Work, note: str = "", *, id: UUID | None = None) -> Visit:
    return Visit(
        id=id or new_id(), showroom_id=HARBOUR, note=note, arrived_at=work.now, recorded_at=work.now,
        greeted_by_id=work.actor.id,
    )  # fmt: skip


def on(table: str, ran: list[str]) -> int:
    return sum(table in sql for sql in ran)


async def test_a_row_that_is_made_and_changed_is_written_once(harbour: Cast, clock: Clock) -> None:
    async def act(work: Work) -> None:
        row = visit(work, "one")
        await work.save(row, create=True)
        row.note = "two"
        await work.save(row)
        again = await held.the(Visit, row.id)
        again.note = "three"
        await work.save(again)

    with statements() as ran:
        await in_work(act, clock)
    assert on('"visits"', ran) == 1
    assert [v.note for v in await Visit.all()] == ["three"]
    told = (await AuditRecord.filter(verb="x").first()).changes  # type: ignore[union-attr]
    assert [(c["before"] or {}).get("note") for c in told] == [None, "one", "two"]
    assert [c["after"]["note"] for c in told] == ["one", "two", "three"]


async def test_any_question_finds_what_was_saved(harbour: Cast, clock: Clock) -> None:
    async def act(work: Work) -> None:
        row = await work.save(visit(work, "one"), create=True)
        assert await Visit.filter(note="one").count() == 1
        row.note = "two"
        await work.save(row)
        assert await Visit.filter(note="two").exists()
        assert [v.note for v in await held.of(Visit, showroom_id=HARBOUR)] == ["two"]

    await in_work(act, clock)


async def test_a_held_row_is_an_object_of_its_own(harbour: Cast, clock: Clock) -> None:
    async def act(work: Work) -> None:
        row = await work.save(visit(work, "one"), create=True)
        (await held.the(Visit, row.id)).note = "never saved"
        assert (await held.the(Visit, row.id)).note == "one"

    await in_work(act, clock)


async def test_rows_join_and_leave_what_they_belong_to(harbour: Cast, clock: Clock) -> None:
    async def act(work: Work) -> None:
        first = await work.save(visit(work, "a"), create=True)
        assert len(await held.of(Visit, showroom_id=HARBOUR, note="a")) == 1
        await work.save(visit(work, "a"), create=True)
        assert len(await held.of(Visit, showroom_id=HARBOUR, note="a")) == 2
        first.note = "b"
        await work.save(first)
        assert len(await held.of(Visit, showroom_id=HARBOUR, note="a")) == 1
        await work.remove(first)
        assert await held.one(Visit, first.id) is None
        assert await held.of(Visit, showroom_id=HARBOUR, note="b") == []

    await in_work(act, clock)


@pytest.mark.parametrize("asks_in_between", [False, True])
async def test_what_is_refused_leaves_nothing(harbour: Cast, clock: Clock, asks_in_between: bool) -> None:
    """Whether something of it had to be written before or not: what comes after the savepoint is kept alone."""

    async def act(work: Work) -> None:
        try:
            async with savepoint(work):
                await work.save(visit(work, "refused"), create=True)
                if asks_in_between:
                    assert await Visit.all().count() == 1
                raise Refused("NOT_ALLOWED")
        except Refused:
            work.forget()
        assert await Visit.all().count() == 0
        await work.save(visit(work, "kept"), create=True)

    await in_work(act, clock)
    assert [v.note for v in await Visit.all()] == ["kept"]


async def test_an_id_that_is_taken_is_told_where_it_was_saved(harbour: Cast, clock: Clock) -> None:
    taken, told = new_id(), []

    async def first(work: Work) -> None:
        await work.save(visit(work, "first", id=taken), create=True)

    async def second(work: Work) -> None:
        try:
            async with savepoint(work):
                await work.save(visit(work, "second", id=taken), create=True)
        except IntegrityError:
            work.forget()
            told.append("taken")

    await in_work(first, clock)
    await in_work(second, clock)
    assert told == ["taken"]
    assert [v.note for v in await Visit.all()] == ["first"]


async def test_a_change_in_place_is_a_change(harbour: Cast, clock: Clock, hand: Hands) -> None:
    """Lists and dicts are remembered as they were, and not as whoever holds them has left them."""

    async def act(work: Work) -> None:
        row = await held.the(Showroom, HARBOUR)
        row.policies["sight"] = "SHOWROOM" if row.policies.get("sight") != "SHOWROOM" else "OWN"
        await work.save(row)

    actor = await CAST.actor("max")
    await unit_of_work(
        act, actor=actor, command=Command(verb="y"), scopes=[HARBOUR, actor.group_id], clock=clock
    )
    clock.now += timedelta(minutes=1)
    assert await AuditRecord.filter(verb="y").count() == 1


async def test_a_capture_takes_so_many_statements(harbour: Cast, clock: Clock, hand: Hands) -> None:
    sam = await hand("sam")
    with statements() as ran:
        said = await sam.does("captureWalkIn", name="Ana", phone="+1 415 555 0101")
    assert said.outcome == "APPLIED"
    assert len(ran) <= 26
