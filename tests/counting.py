"""Counts the SQL statements of a block, on every connection."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from tortoise.connection import get_connections

WAYS = ("execute_query", "execute_query_dict", "execute_insert", "execute_script")


@contextmanager
def statements() -> Iterator[list[str]]:
    """The list fills with every statement that is sent while the block runs."""
    sent: list[str] = []
    with ExitStack() as patches:
        for connection in get_connections().all():
            for way in WAYS:
                noted = _noting(getattr(connection, way), sent)
                patches.enter_context(patch.object(connection, way, noted))
        yield sent


def _noting(execute: Any, sent: list[str]) -> Any:
    async def noted(query: str, *args: Any, **kwargs: Any) -> Any:
        sent.append(query)
        return await execute(query, *args, **kwargs)

    return noted
