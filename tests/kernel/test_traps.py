"""Traps of the databases and their drivers that others have fallen into; see tests/PITFALLS.md."""

import asyncio
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from tortoise.backends.asyncpg.client import TransactionWrapper
from tortoise.connection import get_connection
from tortoise.exceptions import TransactionManagementError
from tortoise.transactions import in_transaction

from server import db
from server.kernel import feed
from server.kernel.ids import new_id
from server.kernel.model import FeedEntry, ScopeHead
from server.kernel.work import Command, Work, unit_of_work
from server.settings import Settings
from server.showrooms.model import Source
from tests.cast import CAST, Cast, Clock
from tests.conftest import disconnect

SERVER = Path(__file__).parent.parent.parent / "server"
ANOTHER_PROCESS = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], timeout=5, isolation_level=None)
connection.execute("PRAGMA journal_mode = WAL")
print("writing", flush=True)
until = time.monotonic() + 20
while time.monotonic() < until:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE people SET theme = theme")
    time.sleep(0.002)
    connection.execute("COMMIT")
    time.sleep(0.002)
"""


async def writes(cast: Cast, clock: Clock, code: str, *, seconds: float = 0) -> Source:
    """A source, read before and after in the same unit of work, which takes `seconds`."""

    async def act(work: Work) -> Source:
        assert not await Source.exists(code=code)
        row = await work.save(
            Source(id=new_id(), showroom_id=work.showroom_id, code=code, name=code), create=True
        )
        assert await Source.exists(code=code), "a unit of work sees its own writes"
        await asyncio.sleep(seconds)
        return row

    actor = await cast.actor("max")
    command = Command(verb="addSource")
    return await unit_of_work(act, actor=actor, command=command, scopes=[actor.showroom_id], clock=clock)


@pytest.mark.sqlite
async def test_a_command_that_writes_beside_the_server_locks_nobody_out(
    harbour: Cast, clock: Clock, settings: Settings
) -> None:
    words = [sys.executable, "-c", ANOTHER_PROCESS, str(settings.sqlite_path)]
    other = subprocess.Popen(words, stdout=subprocess.PIPE)  # noqa: ASYNC220 - it runs beside us
    try:
        assert other.stdout
        assert await asyncio.to_thread(other.stdout.readline) == b"writing\n"
        for n in range(60):
            await writes(harbour, clock, f"beside-{n}")
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()
    assert await Source.filter(code__startswith="beside-").count() == 60


async def test_a_read_does_not_wait_behind_an_open_write_and_sees_nothing_of_it(
    harbour: Cast, clock: Clock
) -> None:
    writing = asyncio.create_task(writes(harbour, clock, "slow", seconds=0.8))
    await asyncio.sleep(0.2)
    began = time.monotonic()

    seen = await Source.exists(code="slow")

    assert time.monotonic() - began < 0.4
    assert not writing.done()
    assert not seen
    await writing
    assert await Source.exists(code="slow")


async def test_news_are_told_after_the_commit_and_not_when_there_was_none(
    harbour: Cast, clock: Clock
) -> None:
    told: list[dict[UUID, int]] = []
    stop = feed.listen(told.append)
    try:
        row = await writes(harbour, clock, "told")
        committed = await ScopeHead.get(id=row.showroom_id)

        async def breaks(work: Work) -> None:
            await work.save(
                Source(id=new_id(), showroom_id=work.showroom_id, code="x", name="x"), create=True
            )
            raise RuntimeError("a bug")

        actor = await harbour.actor("max")
        with pytest.raises(RuntimeError):
            await unit_of_work(breaks, actor=actor, command=Command(verb="x"), scopes=[actor.showroom_id])
    finally:
        stop()
    assert told == [{row.showroom_id: committed.number}]


@pytest.mark.parametrize("error", [asyncpg.DeadlockDetectedError, asyncpg.SerializationError])
async def test_a_deadlock_is_tried_again_and_not_for_ever(
    harbour: Cast, clock: Clock, error: type[Exception]
) -> None:
    tries = 0

    async def act(work: Work, *, fails: int) -> None:
        nonlocal tries
        tries += 1
        await work.save(
            Source(id=new_id(), showroom_id=work.showroom_id, code=f"again-{fails}", name="x"), create=True
        )
        if tries <= fails:
            raise error("not now")

    actor = await harbour.actor("max")
    given = {"actor": actor, "command": Command(verb="x"), "scopes": [actor.showroom_id], "clock": clock}
    await unit_of_work(lambda work: act(work, fails=2), **given)
    assert tries == 3
    assert await Source.filter(code="again-2").count() == 1

    tries = 0
    with pytest.raises(error):
        await unit_of_work(lambda work: act(work, fails=99), **given)
    assert tries == 5
    assert not await Source.exists(code="again-99")


@pytest.mark.postgresql
async def test_with_every_connection_taken_one_is_told_so_and_does_not_hang(
    settings: Settings,
) -> None:
    await db.connect(replace(settings, pool_size=1, patience=0.3))
    pool = get_connection("default")._pool
    try:
        async with in_transaction("default"):
            began = time.monotonic()
            with pytest.raises(TimeoutError):
                await asyncio.create_task(somebody_else(pool))
            assert time.monotonic() - began < 3
        assert await ScopeHead.all().count() > 0
    finally:
        await disconnect()


async def somebody_else(pool: Any) -> None:
    await pool.acquire()


@pytest.mark.postgresql
async def test_a_second_connection_inside_a_unit_of_work_is_seen_by_the_watch(
    harbour: Cast, clock: Clock, second_connections: list[str]
) -> None:
    """The watch of conftest.py, which every story on PostgreSQL is under."""

    async def act(_work: Work) -> None:
        pool = get_connection("default")._parent._pool
        await pool.release(await pool.acquire())

    actor = await harbour.actor("max")
    await unit_of_work(act, actor=actor, command=Command(verb="x"), scopes=[actor.showroom_id], clock=clock)
    assert len(second_connections) == 1
    assert "in act" in second_connections.pop()


@pytest.mark.sqlite
async def test_a_write_that_was_locked_out_bars_nobody_after_it(
    harbour: Cast, clock: Clock, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.kernel.work.ATTEMPTS", 1)
    await get_connection("default").execute_query("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(settings.sqlite_path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(TransactionManagementError, match="locked"):
            await writes(harbour, clock, "barred")
        other.execute("ROLLBACK")
    await asyncio.wait_for(writes(harbour, clock, "served"), 5)


@pytest.mark.sqlite
async def test_a_commit_that_fails_bars_nobody_after_it(harbour: Cast, clock: Clock) -> None:
    """It leaves its transaction open, and a BEGIN inside of another fails."""
    actor = await harbour.actor("max")

    async def fails_at_the_end(work: Work) -> None:
        await work.connection.execute_query("PRAGMA defer_foreign_keys = ON")
        row = Source(id=new_id(), showroom_id=new_id(), code="nowhere", name="of a showroom that is none")
        await row.save(using_db=work.connection, force_create=True)

    with pytest.raises(sqlite3.IntegrityError):
        await unit_of_work(
            fails_at_the_end, actor=actor, command=Command(verb="x"), scopes=[actor.showroom_id], clock=clock
        )
    await asyncio.wait_for(writes(harbour, clock, "served"), 5)
    assert not await Source.exists(code="nowhere")


@pytest.mark.postgresql
async def test_a_begin_that_fails_gives_its_connection_back(
    settings: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(_transaction: TransactionWrapper) -> None:
        raise asyncpg.InterfaceError("the line is dead")

    await db.connect(replace(settings, pool_size=1))
    try:
        with monkeypatch.context() as broken:
            broken.setattr(TransactionWrapper, "begin", fails)
            for n in range(3):
                with pytest.raises(asyncpg.InterfaceError):
                    await writes(CAST, clock, f"lost-{n}")
        await asyncio.wait_for(writes(CAST, clock, "served"), 5)
    finally:
        await disconnect()


async def test_more_ids_than_a_statement_may_have_are_numbered_in_pieces(harbour: Cast, clock: Clock) -> None:
    """Four values a pointer: 9,000 pointers would be 36,000, and PostgreSQL takes 32,767."""
    ids = [new_id() for _ in range(9_000)]

    async def act(work: Work) -> None:
        work.announce_ids(work.showroom_id, "leads", ids)

    actor = await harbour.actor("max")
    await unit_of_work(act, actor=actor, command=Command(verb="x"), scopes=[actor.showroom_id], clock=clock)

    head = await ScopeHead.get(id=CAST.showrooms["harbour"])
    assert await FeedEntry.filter(scope_id=head.id, number=head.number).count() == 9_000


def test_nothing_is_gathered_where_a_transaction_may_be_open() -> None:
    verbs = (
        path for path in SERVER.rglob("*.py") if path.parent.name != "sync"
    )  # the poke has no transaction
    found = [path for path in verbs if re.search(r"\bgather\(|TaskGroup\(", path.read_text())]
    assert found == []
