"""A tablet's truth, as small as it can be: a snapshot, then changes on top, for somebody's eyes."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from server.kernel.actor import Actor
from server.sync import queries
from server.sync.view import decode_cursor, pack

Rows = dict[str, dict[str, Any]]


@dataclass
class Tablet:
    """`rows[collection][id]`. `pull` and `fresh` read as the actor sees it at that moment."""

    actor: Actor
    cursor: str = ""
    rows: dict[str, Rows] = field(default_factory=dict)
    resets: list[str] = field(default_factory=list)

    async def bootstrap(self, now: datetime, *, page: int = 2000) -> None:
        self.rows, after, self.cursor = {}, None, ""
        while True:
            answer = await queries.snapshot(self.actor, store_id=None, after=after, first=page, now=now)
            self._put(answer.rows)
            self.cursor = self.cursor or answer.cursor
            after = answer.next
            if after is None:
                return

    async def pull(self, now: datetime, *, page: int = 1000) -> None:
        while True:
            answer = await queries.changes(
                self.actor, store_id=None, since=self.cursor, first=page, settled=0, now=now
            )
            if answer.reset:
                self.resets.append(answer.reset)
                await self.bootstrap(now)
                return
            self._put(answer.rows)
            for collection, gone in answer.removed.items():
                for removal in gone:
                    self.rows.get(collection, {}).pop(removal["id"], None)
            self.cursor = answer.cursor
            if not answer.has_more:
                return

    async def fresh(self, now: datetime) -> "Tablet":
        """What a new tablet with the same horizon would hold."""
        other = Tablet(self.actor)
        cursor = decode_cursor(self.cursor)
        after: str | None = pack({"c": cursor.encode(), "i": 0, "k": None, "t": 0})
        while after is not None:
            answer = await queries.snapshot(self.actor, store_id=None, after=after, first=5000, now=now)
            other._put(answer.rows)
            after = answer.next
        return other

    def state(self) -> dict[str, Rows]:
        return {collection: rows for collection, rows in sorted(self.rows.items()) if rows}

    def _put(self, page: queries.Rows) -> None:
        said: dict[str, list[dict[str, Any]]] = orjson.loads(orjson.dumps(page))
        for collection, rows in said.items():
            self.rows.setdefault(collection, {}).update({row["id"]: row for row in rows})
