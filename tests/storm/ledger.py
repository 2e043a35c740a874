"""The server's side, read from the database itself, past all of the server's own code."""

import asyncio
import json
import sqlite3
from dataclasses import dataclass
from typing import Any

import asyncpg

from server.settings import Settings
from tests.storm.broken import keep

Row = dict[str, Any]
JSON = {"problems", "input", "changes", "aliases"}


async def ask(settings: Settings, sql: str) -> list[Row]:
    """Rows with ids as text and JSON columns read, the same from both databases."""
    if settings.is_sqlite:
        return await asyncio.to_thread(_sqlite, str(settings.sqlite_path), sql)
    connection = await asyncpg.connect(settings.database_url, ssl=False)
    try:
        return [_plain(dict(row)) for row in await connection.fetch(sql)]
    finally:
        await connection.close()


def _sqlite(path: str, sql: str) -> list[Row]:
    with sqlite3.connect(f"file:{path}?mode=rw", uri=True, timeout=20) as connection:
        connection.row_factory = sqlite3.Row
        return [_plain(dict(row)) for row in connection.execute(sql)]


def _plain(row: Row) -> Row:
    return {name: _value(name, value) for name, value in row.items()}


def _value(name: str, value: Any) -> Any:
    if name in JSON:
        return json.loads(value) if isinstance(value, str) else value
    return value if value is None or isinstance(value, bool | int | float) else str(value)


@dataclass
class Ledger:
    """The server's tables, as far as the promises ask for them."""

    receipts: dict[str, Row]
    audits: list[Row]
    stores: dict[str, Row]
    heads: dict[str, Row]

    @classmethod
    async def read(cls, settings: Settings) -> "Ledger":
        return cls(
            receipts={
                row["client_mutation_id"]: row for row in await ask(settings, "SELECT * FROM receipts")
            },
            audits=await ask(settings, "SELECT * FROM audit_records ORDER BY scope_id, number"),
            stores={row["id"]: row for row in await ask(settings, "SELECT * FROM stores")},
            heads={row["id"]: row for row in await ask(settings, "SELECT * FROM scope_heads")},
        )

    def traced(self, key: str) -> set[str]:
        """Ids of entries that were skipped or discarded, by the audit."""
        return {change[key] for row in self.audits for change in row["changes"] if change.get(key)}


async def every_verdict_is_kept(settings: Settings, verdicts: dict[str, set[str]]) -> None:
    """Also right after a kill: what was said of an entry before, on whatever way, was committed before."""
    said = {id: sorted(outcomes) for id, outcomes in verdicts.items()}
    kept = {
        row["client_mutation_id"] for row in await ask(settings, "SELECT client_mutation_id FROM receipts")
    }
    early = {id: outcomes for id, outcomes in said.items() if id not in kept}
    keep("I1 (a verdict is kept)", not early, early)
