"""A page of a tablet's bootstrap, by hand: the tables named in the request, each from a key on."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from tortoise import fields

from bench.limit_database import Database
from server.sync.tables import BY_COLLECTION, camel

if TYPE_CHECKING:
    from bench.limit import Asked

OF_CUSTOMER = """
JOIN customers c ON c.id = t.customer_id
WHERE t.id > ? AND c.showroom_id = ? AND (c.owner_id = ? OR c.owner_id IS NULL)
  AND (c.is_active = {yes} OR c.last_active_on >= ?)
"""
CUSTOMERS = """
WHERE t.id > ? AND t.showroom_id = ? AND (t.owner_id = ? OR t.owner_id IS NULL) AND t.merged_into_id IS NULL
  AND (t.is_active = {yes} OR t.last_active_on >= ?)
"""
ORDERED = " ORDER BY t.id LIMIT {room}"


async def bootstrap_page(asked: "Asked") -> Any:
    """`tables`: pairs of table and the key after which it goes on; `first`: how many rows in all."""
    db, room = asked.database, int(asked.body["first"])
    horizon = db.day(datetime.fromisoformat(asked.body["horizon"]))
    rows = {}
    for table, after in asked.body["tables"]:
        where = (CUSTOMERS if table == "customers" else OF_CUSTOMER).format(yes=db.yes)
        columns, names, build = _columns(type(db), table)
        sql = f"SELECT {columns} FROM {table} t {where}{ORDERED.format(room=room)}"
        values = (db.id(after), asked.showroom, asked.person, horizon)
        page = [dict(zip(names, build(db, row), strict=True)) for row in await db.read(sql, *values)]
        rows[camel(table)] = page
        room -= len(page)
        if room <= 0:
            break
    return {"rows": rows}


@cache
def _columns(kind: type, table: str) -> tuple[str, list[str], Callable[[Database, Any], list[Any]]]:
    """The columns that travel, their names in JSON, and how a row becomes values."""
    synced = BY_COLLECTION[table]
    columns = synced.columns
    changes = [
        (at, how) for at, column in enumerate(columns) if (how := _how(synced.model._meta.fields_map[column]))
    ]

    def build(db: Database, row: Any) -> list[Any]:
        values = list(row)
        for at, how in changes:
            if values[at] is not None:
                values[at] = how(db, values[at])
        return values

    return ", ".join(f"t.{column}" for column in columns), [camel(column) for column in columns], build


def _how(field: Any) -> Callable[[Database, Any], Any] | None:
    if isinstance(field, fields.DatetimeField):
        return lambda db, value: db.moment(value)
    if isinstance(field, fields.JSONField):
        return lambda db, value: db.json(value)
    if isinstance(field, fields.BooleanField):
        return lambda _db, value: bool(value)
    return (lambda _db, value: f"{float(value):.2f}") if isinstance(field, fields.DecimalField) else None
