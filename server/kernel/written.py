"""Statements of a transaction, said after what waits to be written and could be asked for."""

from typing import Any

from tortoise.backends.base.client import NestedTransactionContext

from server.kernel.inside import written


class WrittenFirst:
    """For a transaction of either database: mixed in before Tortoise's own."""

    async def execute_insert(self, query: str, values: list[Any]) -> Any:
        await written(query)
        return await super().execute_insert(query, values)  # type: ignore[misc]

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        await written(query)
        await super().execute_many(query, values)  # type: ignore[misc]

    async def execute_query(self, query: str, values: list[Any] | None = None) -> Any:
        await written(query)
        return await super().execute_query(query, values)  # type: ignore[misc]

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> Any:
        await written(query)
        return await super().execute_query_dict(query, values)  # type: ignore[misc]

    def _in_transaction(self) -> Any:
        return NestedTransactionContext(type(self)(self))  # type: ignore[call-arg, arg-type]
