"""Comparing the beginning of a text so that either database can use its index for it."""

from tortoise.connection import get_connection
from tortoise.expressions import Q

LAST = 0x10FFFF
SURROGATES = range(0xD800, 0xE000)


def starts_with(column: str, beginning: str) -> Q:
    """Rows whose `column` begins with `beginning` (at least one character), compared exactly.

    SQLite's LIKE folds case and so ignores the index: a range of its binary order does not. PostgreSQL
    orders by language, where a range would lie, and has indexes made for LIKE (`text_pattern_ops`).
    """
    if get_connection("default").capabilities.dialect == "sqlite":
        return Q(**{f"{column}__gte": beginning, f"{column}__lt": after(beginning)})
    return Q(**{f"{column}__startswith": beginning})


def after(beginning: str) -> str:
    """The first text behind all that begin with `beginning`: no longer than it, so it fits the column."""
    following = min(ord(beginning[-1]) + 1, LAST)
    return beginning[:-1] + chr(SURROGATES.stop if following in SURROGATES else following)
