"""Who the tablets belong to: fifty showrooms of twenty sellers, each signed in, beside the bench's customers."""

import asyncio
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from bench import rows
from bench.data import _defaults, built_at, plain
from server.kernel.ids import id_of

DOCUMENTS = Path("client/src/api/sync.graphql")


def showrooms(tablets: int) -> int:
    return max(rows.SHOWROOMS, -(-tablets // rows.SELLERS))


def place(number: int) -> tuple[int, int]:
    """Showroom and seller of a tablet."""
    return number // rows.SELLERS, number % rows.SELLERS


def token(number: int) -> str:
    return f"bench-tablet-{number}"


def settle(kept: Path, file: Path, *, tablets: int) -> None:
    """A copy of the kept database with people, sessions and stores for so many tablets."""
    shutil.copy(kept, file)
    defaults = asyncio.run(_defaults(file))
    now = built_at(kept)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for where in range(rows.SHOWROOMS, showrooms(tablets)):
            connection.execute(
                "INSERT INTO scope_heads (id, number, audit_hash) VALUES (?, 1, '')",
                [str(rows.showroom(where))],
            )
            for table, row in rows._showroom(where, "", now):
                _insert(connection, table, {**defaults[table], **row})
        for number in range(tablets):
            session = {
                "id": id_of("bench", "session", str(number)), "person_id": rows.seller(*place(number)),
                "token_hash": sha256(token(number).encode()).hexdigest(), "created_at": now,
                "expires_at": now + timedelta(days=3650),
            }  # fmt: skip
            _insert(connection, "sessions", {**defaults["sessions"], **session})


def documents() -> dict[str, str]:
    """The app's own documents by name, each with the fragments that it needs."""
    parts = re.split(r"^(?=fragment |query |mutation |subscription )", DOCUMENTS.read_text(), flags=re.M)
    named = {part.split()[1].partition("(")[0]: part.strip() for part in parts if part.strip()}
    return {name: "\n".join([text, *_fragments(text, named)]) for name, text in named.items()}


def _fragments(text: str, named: dict[str, str]) -> Iterator[str]:
    for name in dict.fromkeys(re.findall(r"\.\.\.(\w+)", text)):
        yield named[name]


def store(number: int) -> UUID:
    return rows.store(*place(number))


def _insert(connection: sqlite3.Connection, table: str, row: dict[str, Any]) -> None:
    marks = ", ".join("?" * len(row))
    connection.execute(
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", [plain(value) for value in row.values()]
    )
