"""Rows by their id, or by what they belong to, for verbs: asked of the database once in a unit of work.

What was made, changed or read in the same unit of work is known. A row is a new object every time, as if it came
from the database.
"""

from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from server.kernel import reading
from server.kernel.inside import inside
from server.kernel.model import Entity
from server.kernel.working_set import row_of

E = TypeVar("E", bound=Entity)


async def one(model: type[E], id: UUID | None) -> E | None:
    """The row with that id, if there is one."""
    known = inside.get()
    if id is None:
        return None
    if known is None:
        return await model.get_or_none(id=id)
    values = known.known(model, id)
    if values is None:
        await _read(model, id=id)
        values = known.known(model, id)
    return row_of(model, values) if values else None


async def the(model: type[E], id: UUID) -> E:
    """The row with that id, which is there."""
    row = await one(model, id)
    if row is None:
        raise RuntimeError(f"there is no {model.__name__} {id}")
    return row


async def of(model: type[E], **belongs: Any) -> list[E]:
    """All rows with these values in these columns, in no order. For a few: a customer's leads, a lead's open
    follow-ups."""
    known = inside.get()
    if known is None:
        return await model.filter(**belongs)
    group = (model, tuple(belongs.items()))
    found = known.whole(group)
    if found is None:
        known.learn(group, await _read(model, **belongs))
        found = known.whole(group) or []
    return [row_of(model, values) for values in found]


async def beside(sql: str, *values: Any) -> Any:
    """Plain rows of what this unit of work has certainly not changed: nothing is written first for their sake.
    Placeholders are `?`."""
    known = inside.get()
    if known is None or known.connection is None:
        return await reading.rows(sql, *values)
    return await known.ask(sql, list(values))


async def _read(model: type[Entity], **belongs: Any) -> list[UUID]:
    """Into the working set; their ids. What is known already stays as we have it."""
    known = inside.get()
    assert known and known.connection
    values = [str(value) if isinstance(value, UUID) else value for value in belongs.values()]
    # Not by a statement that makes the working set write first: it adds by itself what has not been written.
    rows = await known.ask(_select(model, tuple(belongs)), values)
    return [model._init_from_db(**dict(row)).pk for row in rows]


@lru_cache(500)
def _select(model: type[Entity], columns: tuple[str, ...]) -> str:
    wanted = ", ".join(f'"{name}"' for name in model._meta.fields_db_projection)
    where = " AND ".join(f'"{column}" = ?' for column in columns)
    return f'SELECT {wanted} FROM "{model.collection()}" WHERE {where}'
