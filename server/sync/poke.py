"""The word that there is news: no data, no promise. Losing all of it costs a tablet its timer's half minute.

On PostgreSQL the word crosses processes by LISTEN/NOTIFY, after the commit.
"""

import asyncio
import json
import secrets
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import suppress
from typing import Any
from uuid import UUID

import asyncpg
import structlog
from tortoise.connection import get_connection

from server.kernel import feed

CHANNEL = "forecourt_news"
LISTENER = "forecourt news"
"""What the connection is called in `pg_stat_activity`."""
HEARTBEAT, PATIENCE = 5.0, 5.0
"""Seconds between two looks whether the line still stands, and for the answer."""

REST = 0.2
"""Seconds between two pokes of one tablet."""

log = structlog.get_logger()


class Newsroom:
    """Wakes those who wait for news of a scope. One per process.

    Whoever was told rests for `rest()` seconds before the next time: in a busy minute a tablet that pulls for
    every single change of its colleagues is twenty times the work, and what it hears is the same.
    """

    def __init__(self, *, rest: Callable[[], float] = lambda: REST) -> None:
        self._waiting: defaultdict[UUID, set[asyncio.Event]] = defaultdict(set)
        self._rest = rest
        self._stop_listening: Callable[[], None] = _nothing

    def open(self) -> None:
        self._stop_listening = feed.listen(self.tell)

    def close(self) -> None:
        self._stop_listening()

    def tell(self, scopes: Iterable[UUID]) -> None:
        for scope in scopes:
            for event in self._waiting.get(scope, ()):
                event.set()

    def tell_all(self) -> None:
        for events in self._waiting.values():
            for event in events:
                event.set()

    async def news(self, scopes: Iterable[UUID]) -> AsyncIterator[None]:
        """Yields at once, then whenever one of the scopes has news; several at once are one."""
        event = asyncio.Event()
        event.set()
        wanted = set(scopes)
        for scope in wanted:
            self._waiting[scope].add(event)
        try:
            while True:
                await event.wait()
                event.clear()
                yield
                await asyncio.sleep(self._rest())
        finally:
            for scope in wanted:
                self._waiting[scope].discard(event)
                if not self._waiting[scope]:
                    del self._waiting[scope]


class AcrossProcesses:
    """Carries the word between the processes of one PostgreSQL. Comes back by itself when the database does."""

    def __init__(self, newsroom: Newsroom, credentials: dict[str, Any]) -> None:
        self._newsroom = newsroom
        self._credentials = {k: credentials[k] for k in ("host", "port", "user", "password", "database")}
        self._me = secrets.token_hex(6)
        self._tasks: set[asyncio.Task[None]] = set()
        self._stop_listening: Callable[[], None] = _nothing

    def open(self) -> None:
        self._stop_listening = feed.listen(self._notify_soon)
        self._run(self._listen())

    async def close(self) -> None:
        self._stop_listening()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _notify_soon(self, numbers: dict[UUID, int]) -> None:
        self._run(self._notify(list(numbers)))

    async def _notify(self, scopes: list[UUID]) -> None:
        body = json.dumps({"from": self._me, "scopes": [str(scope) for scope in scopes]})
        with suppress(Exception):
            await get_connection("default").execute_query("SELECT pg_notify($1, $2)", [CHANNEL, body])

    async def _listen(self) -> None:
        while True:
            try:
                await self._listen_until_lost()
            except Exception as error:  # noqa: BLE001 - whatever it was: nobody else would begin again
                log.warning("news connection lost", error=str(error))
            await asyncio.sleep(1)

    async def _listen_until_lost(self) -> None:
        connection = await asyncpg.connect(
            **self._credentials, timeout=PATIENCE, server_settings={"application_name": LISTENER}
        )
        try:
            await connection.add_listener(CHANNEL, self._heard)
            lost = asyncio.Event()
            connection.add_termination_listener(lambda _connection: lost.set())
            # What was said while nobody listened is not said again.
            self._newsroom.tell_all()
            while not lost.is_set():
                with suppress(TimeoutError):
                    await asyncio.wait_for(lost.wait(), HEARTBEAT)
                # A line that died without a word would be listened to for ever.
                await connection.execute("SELECT 1", timeout=PATIENCE)
        finally:
            connection.terminate()

    def _heard(self, _connection: Any, _pid: int, _channel: str, payload: Any) -> None:
        body = json.loads(payload)
        if body["from"] != self._me:
            self._newsroom.tell(UUID(scope) for scope in body["scopes"])

    def _run(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _nothing() -> None:
    """What there is to stop before anything was opened."""
