"""Comparing the beginning of a text so that either database can use its index for it."""

from tortoise.connection import get_connection
from tortoise.expressions import Q

LAST = "\U0010ffff"


def starts_with(column: str, beginning: str) -> Q:
    """Rows whose `column` begins with `beginning`, compared exactly.

    SQLite's LIKE folds case and so ignores the index: a range of its binary order does not. PostgreSQL
    orders by language, where a range would lie, and has indexes made for LIKE (`text_pattern_ops`).
    """
    if get_connection("default").capabilities.dialect == "sqlite":
        return Q(**{f"{column}__gte": beginning, f"{column}__lt": beginning + LAST})
    return Q(**{f"{column}__startswith": beginning})
