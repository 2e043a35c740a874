"""All that the database holds, for stories of what must not change."""

from typing import Any

import orjson
from tortoise import Tortoise

ABOUT_REFUSALS = {"receipts", "refused_creations"}
"""Where a refusal leaves its trace: its verdict with the whole input, and the ids that it did not make."""


async def everything(*, but: set[str] = ABOUT_REFUSALS) -> dict[str, list[bytes]]:
    """Every row of every table as JSON, in the order of the keys."""
    tables: dict[str, list[bytes]] = {}
    for model in Tortoise.apps["models"].values():
        if model._meta.db_table not in but:
            rows: list[dict[str, Any]] = await model.all().order_by(model._meta.pk_attr).values()
            tables[model._meta.db_table] = [
                orjson.dumps(row, default=str, option=orjson.OPT_SORT_KEYS) for row in rows
            ]
    return tables
