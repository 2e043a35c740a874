"""On PostgreSQL too a search is a beginning that an index finds, whatever language the database orders by."""

import pytest
from tortoise.connection import get_connection

from server.customers.model import ContactPoint, Customer, OwnedCar
from server.customers.search import ways
from server.kernel.model import Entity
from tests.conftest import Hands
from tests.customers.filing import filed

KEYS = {
    Customer: ["name_folded", "pinyin", "pinyin_initials"],
    ContactPoint: ["reversed_value"],
    OwnedCar: ["plate", "reversed_vin"],
}


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("0100", ["reversed_value"]),
        ("wang x", ["name_folded", "pinyin"]),
        ("wx", ["pinyin_initials"]),
        ("260780", ["plate", "reversed_vin"]),
    ],
)
async def test_every_comparison_uses_its_index(hand: Hands, text: str, columns: list[str]) -> None:
    sam = await hand("sam")
    id = await filed(sam)
    await sam.does("addOwnedCar", customer_id=id, make="VW", plate="X1", vin="X2")
    for model, keys in KEYS.items():
        await _many_like_the_first(model, keys)
    plan = ""
    for _, query in ways(sam.actor, text, list(sam.actor.sees)):
        query._make_query()
        rows = await _explained(*query.query.get_parameterized_sql())
        plan += "\n".join(rows)

    for column in columns:
        assert (
            f"Index Cond: ((showroom_id = '{sam.actor.showroom_id}'::uuid) AND (({column})::text ~>=~" in plan
        ), plan


async def _many_like_the_first(model: type[Entity], keys: list[str], *, how_many: int = 4000) -> None:
    table = model._meta.db_table
    values = {column: f'"{column}"' for column in model._meta.fields_db_projection.values()}
    values |= {key: f"left(md5('{key}' || n), 17)" for key in keys} | {"id": "gen_random_uuid()"}
    columns = ", ".join(f'"{column}"' for column in values)
    await get_connection("default").execute_script(
        f"INSERT INTO {table} ({columns}) SELECT {', '.join(values.values())} "
        f"FROM {table}, generate_series(1, {how_many}) AS n; ANALYZE {table};"
    )


async def _explained(sql: str, values: list[object]) -> list[str]:
    rows = await get_connection("default").execute_query_dict(f"EXPLAIN {sql}", values)
    return [row["QUERY PLAN"] for row in rows]
