"""The SQL of a plan: what the actor may see, as Tortoise writes it, with the columns wanted around it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tortoise.queryset import QuerySet

from schema.compiled.stand_ins import OWN, Bind, binder
from schema.sights import visible
from server.kernel.actor import Actor
from server.kernel.ids import new_id
from server.kernel.keyset import Key, ordered
from server.kernel.model import Entity
from server.kernel.reading import on_postgresql

if TYPE_CHECKING:
    from schema.compiled.rows import Batch, Rows


@dataclass(frozen=True, slots=True)
class Sql:
    """A text with `?` for each of its values, in their order."""

    text: str
    values: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """`bind` takes a request's values by number, and the one that the runner gives."""

    text: str
    bind: Bind


def sql_of(rows: QuerySet[Any]) -> Sql:
    rows.sql()
    text, values = rows.query.get_parameterized_sql()
    return Sql(re.sub(r"\$\d+", "?", text) if on_postgresql() else text, tuple(values))


def unordered(part: QuerySet[Any], *, keys: Sequence[Key]) -> Sql:
    """The rows of a list with what is needed to order them outside."""
    return sql_of(ordered(part, keys=keys).order_by())


def is_flat(model: type[Entity]) -> bool:
    """Whether what may be seen of `model` is asked of its own table alone, whoever asks: so it can be joined."""
    anybody = Actor(
        id=new_id(), group_id=new_id(), showroom_id=new_id(), whole=frozenset({new_id()}), own=frozenset({new_id()})
    )  # fmt: skip
    text = sql_of(visible(model, actor=anybody)).text
    return " JOIN " not in text and text.count("SELECT ") == 1


def page_statement(
    rows: "Rows", inner: Sql, keys: Sequence[Key], *, actor: Actor, backward: bool = False,
    place: Sequence[str] = (), most: Any = OWN,
) -> Statement:  # fmt: skip
    """Rows of one part of a list, as many as the runner says. `place` are columns to have at the end."""
    end = Sql(f" ORDER BY {_order(keys, backward=backward)} LIMIT ?", (most,))
    return _statement(rows, inner, end, actor=actor, more=place)


def count_statement(rows: QuerySet[Any]) -> Statement:
    inner = sql_of(rows.order_by())
    return Statement(f"SELECT COUNT(*) FROM ({inner.text}) t", binder(inner.values))


def one_statement(rows: "Rows", *, actor: Actor) -> Statement:
    """The row with the id that the runner gives."""
    end = Sql(' WHERE t."id"=?', (OWN,))
    return _statement(rows, sql_of(visible(rows.model, actor=actor)), end, actor=actor)


def batch_statement(batch: "Batch", *, actor: Actor, alone: bool) -> Statement:
    """The rows of the parents that the runner gives: one id if there is one alone, else a JSON array of them (on
    PostgreSQL an array)."""
    seen = visible(batch.rows.model, actor=actor)
    inner = sql_of(seen.filter(**dict(batch.where)) if batch.where else seen)
    order, limit = _order(batch.keys), "" if batch.first is None else f" LIMIT {batch.first:d}"
    if alone:
        end = Sql(f' WHERE t."{batch.by}"=? ORDER BY {order}{limit}', (OWN,))
        return _statement(batch.rows, inner, end, actor=actor)
    columns = ", ".join(sorted({*_of_table(batch.rows), *(f't."{key.column}"' for key in batch.keys)}))
    if on_postgresql():
        # Parent by parent: for all at once it would walk everything of the showroom beside.
        each = (
            f"SELECT t.* FROM unnest(CAST(? AS uuid[])) p(id) CROSS JOIN LATERAL (SELECT {columns}"
            f' FROM ({inner.text}) t WHERE t."{batch.by}"=p.id ORDER BY {order}{limit}) t'
        )
        return _statement(batch.rows, Sql(each, (OWN, *inner.values)), Sql(f" ORDER BY {order}"), actor=actor)
    among = f't."{batch.by}" IN (SELECT value FROM json_each(?))'
    if batch.first is None:
        return _statement(batch.rows, inner, Sql(f" WHERE {among} ORDER BY {order}", (OWN,)), actor=actor)
    numbered = (
        f'SELECT {columns}, ROW_NUMBER() OVER (PARTITION BY t."{batch.by}" ORDER BY {order}) AS "place"'
        f" FROM ({inner.text}) t WHERE {among}"
    )
    end = Sql(f' WHERE t."place"<={batch.first:d} ORDER BY t."place"')
    return _statement(batch.rows, Sql(numbered, (*inner.values, OWN)), end, actor=actor)


def _statement(rows: "Rows", inner: Sql, end: Sql, *, actor: Actor, more: Sequence[str] = ()) -> Statement:
    text = f"SELECT {', '.join((*rows.columns, *more)) or 1} FROM ({inner.text}) t"
    values = list(inner.values)
    for join in rows.joins:
        seen = sql_of(visible(join.model, actor=actor))
        text += f' LEFT JOIN ({seen.text}) {join.alias} ON {join.alias}."id"={join.source}'
        values += seen.values
    return Statement(text + end.text, binder([*values, *end.values]))


def _of_table(rows: "Rows") -> set[str]:
    wanted = (*rows.columns, *(join.source for join in rows.joins))
    return {column for column in wanted if column.startswith("t.")}


def _order(keys: Sequence[Key], *, backward: bool = False) -> str:
    named = (
        (f"rank_of_{key.column}" if key.ranks else key.column, key.descending != backward) for key in keys
    )
    return ", ".join(f't."{column}"{" DESC" if descending else ""}' for column, descending in named)
