"""Relations of a row, one line each: `relation(Model, "customer_id")` to one, `children(…)` to many."""

from collections.abc import Awaitable
from typing import Any
from uuid import UUID

from strawberry.types import Info

from schema.connections import page_size
from schema.loaders import Children
from server.kernel.keyset import Key
from server.kernel.model import Entity


def to_one(info: Info, model: type[Entity], row_id: UUID | None) -> Any:
    """An awaitable of the row, None where it is empty or out of sight."""
    return None if row_id is None else info.context.loaders.one(model, row_id)


def to_many(
    info: Info,
    model: type[Entity],
    *,
    by: str,
    of: Any,
    newest: str | None = None,
    oldest: str | None = None,
    first: int | None = None,
    **where: Any,
) -> Awaitable[Any]:
    """An awaitable of the children of `of`, by time (`newest` or `oldest` first) and at most `first`.

    `where` holds Tortoise's lookups; those that are None are left out.
    """
    column = newest or oldest
    keys = (Key(column=column, descending=newest is not None),) if column else ()
    asked = Children(
        model=model,
        by=by,
        keys=(*keys, Key(column="id", descending=newest is not None)),
        first=None if first is None else page_size(first=first),
        where=tuple((name, value) for name, value in where.items() if value is not None),
    )
    return info.context.loaders.many(asked, of.id)
