"""Introspection beside the loop: describing a whole schema takes longer than anybody may be made to wait."""

import asyncio
from collections import OrderedDict
from typing import Any

from graphql import ExecutionResult, GraphQLSchema, OperationDefinitionNode, execute_sync

from schema.documents import Document, root_names

KEPT = 8
_META = {"__schema", "__type", "__typename"}


def is_introspection(operation: OperationDefinitionNode) -> bool:
    """Whether the operation asks for descriptions only: nothing of it depends on who asks, or when."""
    names = root_names(operation)
    return names is not None and "__schema" in names and names <= _META


class Introspections:
    """Answers in a thread, one at a time, and remembers the last few."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._kept: OrderedDict[tuple[str, str | None], ExecutionResult] = OrderedDict()
        self._turn = asyncio.Lock()

    async def answer(
        self, document: Document, *, name: str | None, variables: dict[str, Any]
    ) -> ExecutionResult:
        assert document.node is not None
        key = (document.text, name)
        async with self._turn:
            if not variables and key in self._kept:
                return self._kept[key]
            result = await asyncio.to_thread(
                execute_sync, self._schema, document.node, variable_values=variables, operation_name=name
            )
            if not variables:
                self._kept[key] = result
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
            return result
