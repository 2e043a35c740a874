"""How a story sets the stage: what happened before it, written past the pen."""

from typing import Any

from tortoise.connection import get_connection
from tortoise.queryset import QuerySet


def written(rows: QuerySet[Any]) -> QuerySet[Any]:
    """`rows` on the connection that may write: `await written(Lead.all()).update(…)`."""
    return rows.using_db(get_connection("default"))
