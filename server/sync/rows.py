"""Rows as they travel, straight from the columns: one statement a collection, and no model in between.

Who sees what is said by `tables`, as a Tortoise query; its WHERE is taken as it is. The SQL of a view is kept:
it depends on nothing but the view.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson
from ciso8601 import parse_datetime
from tortoise import fields
from tortoise.queryset import QuerySet

from server.kernel.actor import Actor
from server.kernel.reading import Read, on_postgresql
from server.sync.tables import Synced, camel, plain
from server.sync.view import View

KEPT = 4_000
"""How many statements a process keeps; a few kilobytes each."""

Row = Any
"""What orjson writes as an object: a dict, or JSON that the database has made."""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """`SELECT` of a collection in a view, open at its end: conditions are added with AND."""

    sql: str
    values: Sequence[Any]
    table: str
    build: Callable[[Sequence[Any]], list[Row]]


async def by_id(read: Read, synced: Synced, view: View, ids: list[UUID]) -> tuple[list[Row], set[str]]:
    """Those of `ids` that the view shows, and which they were."""
    sees = _sees(view.actor)
    said = _statement(synced, synced.sight, *sees, view.horizon, on_postgresql())
    if on_postgresql():
        found = await read(f"{said.sql} AND {said.table}.id = ANY(?::uuid[])", *said.values, ids)
    else:
        among = "IN (SELECT value FROM json_each(?))"
        found = await read(
            f"{said.sql} AND {said.table}.id {among}", *said.values, orjson.dumps(ids).decode()
        )
    return said.build(found), {str(row[0]) for row in found}


async def page(
    read: Read, synced: Synced, view: View, *, after: str | None, room: int
) -> tuple[list[Row], str | None]:
    """The next `room` rows of a collection in the order of their ids, and the id of the last one."""
    said = _statement(synced, synced.pages, *_sees(view.actor), view.horizon, on_postgresql())
    # On SQLite the + keeps the key from being walked in the order of ids, past everybody else's rows.
    beyond = f" AND {'' if on_postgresql() else '+'}{said.table}.id > ?" if after else ""
    values = [*said.values, UUID(after) if on_postgresql() else after] if after else said.values
    found = await read(f"{said.sql}{beyond} ORDER BY {said.table}.id LIMIT {room}", *values)
    return said.build(found), str(found[-1][0]) if found else None


async def count(read: Read, synced: Synced, view: View) -> int:
    said = _statement(synced, synced.pages, *_sees(view.actor), view.horizon, on_postgresql())
    counted = "SELECT count(*)" + said.sql[said.sql.index(" FROM ") :]
    return int((await read(counted, *said.values))[0][0])


def _sees(actor: Actor) -> tuple[UUID, UUID, frozenset[UUID], frozenset[UUID]]:
    return actor.id, actor.group_id, actor.whole, actor.own


@lru_cache(KEPT)
def _statement(
    synced: Synced,
    sight: Callable[[Actor, date], QuerySet[Any]],
    person_id: UUID,
    group_id: UUID,
    whole: frozenset[UUID],
    own: frozenset[UUID],
    horizon: date,
    postgresql: bool,
) -> Statement:
    """A sight asks nothing of its actor but what is given here."""
    actor = Actor(id=person_id, group_id=group_id, showroom_id=group_id, whole=whole, own=own)
    query = sight(actor, horizon).values_list("id")
    query._choose_db_if_not_chosen()
    query._make_query()
    sql, values = query.query.get_parameterized_sql()
    tables, _, shown = sql[sql.index(" FROM ") :].partition(" WHERE ")
    select = _select_of_postgresql(synced) if postgresql else _select_of_sqlite(synced)
    build = _as_given if postgresql else _builder(synced)
    return Statement(
        sql=f"{select}{tables} WHERE ({_unnumbered(shown)})",
        values=values,
        table=f'"{synced.collection}"',
        build=build,
    )


def _select_of_postgresql(synced: Synced) -> str:
    """The id, and the row as JSON, made by the database."""
    columns = (f"'{camel(c)}', {_json_of(_field(synced, c), _column(synced, c))}" for c in synced.columns)
    return f"SELECT {_column(synced, 'id')}, json_build_object({', '.join(columns)})::text"


def _json_of(field: Any, column: str) -> str:
    if isinstance(field, fields.DatetimeField):
        return f"""to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')"""
    return f"{column}::numeric(20, 2)::text" if isinstance(field, fields.DecimalField) else column


def _as_given(found: Sequence[Any]) -> list[Row]:
    return [orjson.Fragment(row[1]) for row in found]


def _unnumbered(sql: str) -> str:
    """`$1`, `$2`, … in their order, as `?`."""
    at = 1
    while f"${at}" in sql:
        sql, at = sql.replace(f"${at}", "?", 1), at + 1
    return sql


def _select_of_sqlite(synced: Synced) -> str:
    return "SELECT " + ", ".join(_column(synced, column) for column in _with_id_first(synced))


def _builder(synced: Synced) -> Callable[[Sequence[Any]], list[Row]]:
    """A function written for this collection: the quickest way from a thousand tuples to a thousand dicts."""
    pairs = (
        f"{camel(column)!r}: {_value_of(_field(synced, column), f'r[{at}]')}"
        for at, column in enumerate(_with_id_first(synced))
    )
    names = {"Fragment": orjson.Fragment, "Decimal": Decimal, "odd": _odd}
    built: Callable[[Sequence[Any]], list[Row]] = eval(
        f"lambda rows: [{{{', '.join(pairs)}}} for r in rows]", names
    )
    return built


def _value_of(field: Any, stored: str) -> str:
    """An expression for the column's value. Moments are stored as `2026-11-22 09:30:00[.123456]+00:00`."""
    given = f"None if (v := {stored}) is None else "
    if isinstance(field, fields.DatetimeField):
        head = 'v[:10] + "T" + v[11:19]'
        return (
            f'{given}{head} + ".000Z" if (e := v[19:]) == "+00:00" else '
            f'{head} + e[:4] + "Z" if e[7:] == "+00:00" else odd(v)'
        )
    if isinstance(field, fields.JSONField):
        return f"{given}Fragment(v)"
    if isinstance(field, fields.BooleanField):
        return f"{given}v == 1"
    return f'{given}f"{{Decimal(str(v)):.2f}}"' if isinstance(field, fields.DecimalField) else stored


def _odd(moment: str) -> Any:
    return plain(parse_datetime(moment))


def _with_id_first(synced: Synced) -> list[str]:
    return ["id", *(column for column in synced.columns if column != "id")]


def _field(synced: Synced, column: str) -> Any:
    return synced.model._meta.fields_map[column]


def _column(synced: Synced, column: str) -> str:
    return f'"{synced.collection}"."{column}"'
