"""Numbered changes: pointers, and the word that there is news. The number is taken under the scope's pen."""

from collections.abc import Callable, Sequence
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from server.kernel.clock import system_clock
from server.kernel.ids import id_of
from server.kernel.model import ScopeHead
from server.kernel.placeholders import said

EPOCH = id_of("feed epoch")
"""A head that no showroom has: its number is another one after a restore, and every cursor from before is void."""

Listener = Callable[[dict[UUID, int]], None]

_listeners: list[Listener] = []

_POINT = """
INSERT INTO feed_entries (scope_id, collection, entity_id, number) VALUES {rows}
ON CONFLICT (scope_id, collection, entity_id) DO UPDATE SET number = excluded.number
"""
_ROWS_PER_STATEMENT = 200


async def point(
    connection: BaseDBAsyncClient, scope_id: UUID, number: int, entities: Sequence[tuple[str, UUID]]
) -> None:
    """Moves the pointers of `entities`, pairs of collection and id, to `number`."""
    for start in range(0, len(entities), _ROWS_PER_STATEMENT):
        chunk = entities[start : start + _ROWS_PER_STATEMENT]
        values: list[object] = []
        for collection, entity_id in chunk:
            values += [str(scope_id), collection, str(entity_id), number]
        rows = ", ".join(["(?, ?, ?, ?)"] * len(chunk))
        await connection.execute_query(said(_POINT.format(rows=rows), connection), values)


async def open_scope(scope_id: UUID, connection: BaseDBAsyncClient | None = None) -> None:
    """Gives a new showroom or group its feed and its pen."""
    await ScopeHead.create(id=scope_id, using_db=connection)


def next_epoch() -> int:
    """A number that no earlier epoch had: milliseconds since 1970."""
    return int(system_clock().timestamp() * 1000)


def publish(numbers: dict[UUID, int]) -> None:
    """Says after a commit which scopes have news. It carries no data; losing it costs a little time."""
    if numbers:
        for listener in list(_listeners):
            listener(numbers)


def listen(listener: Listener) -> Callable[[], None]:
    """Registers for `publish`; returns how to stop."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)
