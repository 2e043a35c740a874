"""How many statements something takes: lists must not ask once per row."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tortoise import connections


@contextmanager
def statements() -> Iterator[list[str]]:
    """The SQL that runs inside the block, on every connection."""
    ran: list[str] = []
    undo = []
    for client in connections.all():
        for name in ("execute_query", "execute_query_dict"):
            original = getattr(client, name)

            def counted(sql: str, *args: Any, original: Any = original, **more: Any) -> Any:
                ran.append(sql)
                return original(sql, *args, **more)

            setattr(client, name, counted)
            undo.append((client, name))
    try:
        yield ran
    finally:
        for client, name in undo:
            delattr(client, name)
