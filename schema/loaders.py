"""Relations without N+1: what many rows ask for at once is read by one statement. One set per operation."""

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from strawberry.dataloader import DataLoader
from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from schema.sights import visible
from server.kernel.actor import Actor
from server.kernel.keyset import Key, ordered
from server.kernel.model import Entity

AT_ONCE = 1_000


@dataclass(frozen=True)
class Children:
    """Rows of `model` that point to a parent by the column `by`.

    `where` holds pairs of Tortoise's lookups and hashable values; at most `first` rows for each parent.
    `since` tells apart those that are asked for with different conditions `after`.
    """

    model: type[Entity]
    by: str
    keys: tuple[Key, ...]
    first: int | None = None
    where: tuple[tuple[str, Any], ...] = ()
    since: str | None = None


class Loaders:
    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self._by_id: dict[type[Entity], DataLoader[UUID, Any]] = {}
        self._children: dict[Any, DataLoader[Any, list[Any]]] = {}

    def one(self, model: type[Entity], row_id: UUID | None) -> Awaitable[Any]:
        """The row, or None where there is none in the actor's sight."""
        if row_id is None:
            return _nothing()
        loader = self._by_id.get(model)
        if loader is None:
            loader = self._by_id[model] = DataLoader(
                load_fn=lambda ids: self._rows(model, ids), max_batch_size=AT_ONCE
            )
        return loader.load(row_id)

    async def each(self, wanted: Sequence[tuple[type[Entity], UUID]]) -> list[Any]:
        return list(await asyncio.gather(*(self.one(model, row_id) for model, row_id in wanted)))

    def many(self, children: Children, parent_id: UUID, *, after: Q | None = None) -> Awaitable[list[Any]]:
        """The children of one parent; those of all parents asked for in the same tick come together.

        `after` narrows them further and is the same for equal `children`.
        """
        loader = self._children.get(children)
        if loader is None:
            loader = self._children[children] = DataLoader(
                load_fn=lambda ids: self._rows_of(children, ids, after), max_batch_size=AT_ONCE
            )
        return loader.load(parent_id)

    def batch(self, name: str, load_fn: Any) -> DataLoader[Any, Any]:
        """A loader of a feature's own, made once per operation."""
        if name not in self._children:
            self._children[name] = DataLoader(load_fn=load_fn, max_batch_size=AT_ONCE)
        return self._children[name]

    def forget(self) -> None:
        """After a verb: what was read before may be different now."""
        self._by_id.clear()
        self._children.clear()

    async def _rows(self, model: type[Entity], ids: list[UUID]) -> list[Any]:
        found = {row.id: row for row in await visible(model, actor=self.actor).filter(id__in=ids)}
        return [found.get(row_id) for row_id in ids]

    async def _rows_of(self, children: Children, ids: list[UUID], after: Q | None) -> list[list[Any]]:
        rows = visible(children.model, actor=self.actor).filter(**{f"{children.by}__in": ids})
        if children.where:
            rows = rows.filter(**dict(children.where))
        if after is not None:
            rows = rows.filter(after)
        families: dict[UUID, list[Any]] = {row_id: [] for row_id in ids}
        for row in await _first_of_each(rows, children=children, parents=len(ids)):
            families[getattr(row, children.by)].append(row)
        return [families[row_id] for row_id in ids]


async def _first_of_each(rows: QuerySet[Any], *, children: Children, parents: int) -> list[Any]:
    if children.first is None:
        return await ordered(rows, keys=children.keys)
    if parents == 1:
        return await ordered(rows, keys=children.keys).limit(children.first)
    return await _numbered_within_each(rows, children=children, first=children.first)


async def _numbered_within_each(rows: QuerySet[Any], *, children: Children, first: int) -> list[Any]:
    """Tortoise has no window over a filtered query: its own SQL becomes the inner query of one."""
    rows.sql()
    inner, values = rows.query.get_parameterized_sql()
    order = ", ".join(f'q."{key.column}" {"DESC" if key.descending else "ASC"}' for key in children.keys)
    sql = (
        f'SELECT * FROM (SELECT q.*, ROW_NUMBER() OVER (PARTITION BY q."{children.by}" ORDER BY {order}) '
        f"AS place FROM ({inner}) q) numbered WHERE place <= {int(first)} ORDER BY place"
    )
    connection = cast(Any, rows)._db
    _, records = await connection.execute_query(sql, values)
    return [children.model._init_from_db(**dict(record)) for record in records]


async def _nothing() -> None:
    return None
