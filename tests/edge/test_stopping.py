"""SIGTERM in the middle of the day: sockets are sent away, verbs that run are finished, and then it stops."""

import asyncio
import signal
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

import asyncpg
import httpx
import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from server import db
from server.kernel import work
from server.kernel.clock import system_clock
from server.kernel.work import Command, Work, unit_of_work
from server.settings import Settings
from tests.api import Api, headers_of, token_of
from tests.cast import CAST, Cast, Clock
from tests.conftest import disconnect
from tests.edge.fragile import Serving, serve
from tests.edge.verdicts import greeting, nothing_is_lost, pushed


async def test_a_server_that_is_told_to_stop_finishes_what_it_has_begun(settings: Settings) -> None:
    await db.connect(settings)
    token = await token_of("sam", system_clock())
    await disconnect()
    with serve(settings) as serving:
        async with (
            serving.listener(token) as line,
            httpx.AsyncClient(base_url=serving.address, headers=headers_of(token), timeout=60) as http,
        ):
            sam = Api(http)
            await sam.registers()
            async with pen_held(settings):
                pushing = asyncio.create_task(pushed(sam, *(greeting(sam) for _ in range(3))))  # noqa: RUF006 - it is awaited below
                await asyncio.sleep(0.5)  # it has the request, and its first verb waits for the pen
                serving.process.send_signal(signal.SIGTERM)
                assert await sent_away(line) in (1001, 1012)
                assert await refuses(serving)
                assert not pushing.done()
            answer = await asyncio.wait_for(pushing, 20)
        code = await asyncio.to_thread(serving.process.wait, 20)

    results = answer.json()["data"]["push"]["results"]
    assert [r["outcome"] for r in results] == ["APPLIED"] * 3
    assert code in (0, -signal.SIGTERM)
    await nothing_is_lost(settings, sam, 3)


@asynccontextmanager
async def pen_held(settings: Settings) -> AsyncIterator[None]:
    """By somebody else, so that a verb is running for as long as the story wants."""
    if settings.is_sqlite:
        with closing(sqlite3.connect(settings.sqlite_path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")
        return
    connection = await asyncpg.connect(settings.database_url)
    await connection.execute("BEGIN; SELECT id FROM scope_heads FOR UPDATE")
    yield
    await connection.close()


async def sent_away(line: ClientConnection) -> int | None:
    with pytest.raises(ConnectionClosed):
        while True:
            await asyncio.wait_for(line.recv(), 10)
    return line.close_code


async def refuses(serving: Serving) -> bool:
    """Nobody new is let in."""
    async with httpx.AsyncClient(base_url=serving.address) as http:
        try:
            await http.get("/healthz")
        except httpx.ConnectError:
            return True
    return False


async def test_stopping_does_not_wait_for_ever_for_a_verb_that_never_ends(
    harbour: Cast, clock: Clock
) -> None:
    actor = await harbour.actor("max")
    ends = asyncio.Event()

    async def act(_work: Work) -> None:
        await ends.wait()

    endless = asyncio.create_task(
        unit_of_work(
            act, actor=actor, command=Command(verb="x"), scopes=[CAST.showrooms["harbour"]], clock=clock
        )
    )
    await asyncio.sleep(0.05)
    async with asyncio.timeout(5):
        await work.drain(0.05)
    assert not endless.done()
    ends.set()
    await endless
