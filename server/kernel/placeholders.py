"""`?` in a statement of ours, as the database at hand wants it."""

import re
from functools import lru_cache

from tortoise.backends.base.client import BaseDBAsyncClient


def said(sql: str, connection: BaseDBAsyncClient) -> str:
    """The statement as `connection` understands it."""
    return numbered(sql) if connection.capabilities.dialect == "postgres" else sql


@lru_cache(2_000)
def numbered(sql: str) -> str:
    """`?` for SQLite becomes `$1`, `$2` for PostgreSQL."""
    parts = re.split(r"\?", sql)
    return parts[0] + "".join(f"${at}{part}" for at, part in enumerate(parts[1:], start=1))
