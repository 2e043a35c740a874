"""An operation that may run, and what is sent back."""

from dataclasses import dataclass, field
from typing import Any

from graphql import OperationDefinitionNode, OperationType

from schema.documents import Document
from schema.limit_walk import refuse


@dataclass(frozen=True, slots=True)
class Prepared:
    """An operation that may run: known, within the limits, and open to who asks."""

    document: Document
    operation: OperationDefinitionNode
    variables: dict[str, Any]
    extensions: dict[str, Any]
    cost: int | None

    @property
    def name(self) -> str | None:
        return self.operation.name.value if self.operation.name else None

    @property
    def kind(self) -> OperationType:
        return self.operation.operation


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back. A request error (nothing was executed) has no `data` key at all."""

    data: Any = None
    errors: list[dict[str, Any]] = field(default_factory=list)
    extensions: dict[str, Any] = field(default_factory=dict)
    executed: bool = True
    broken: bool = False
    unavailable: bool = False
    """The database could not do its work, or not in time: nothing is told of what was done, ask again."""

    def body(self) -> dict[str, Any]:
        body: dict[str, Any] = {"errors": self.errors} if self.errors else {}
        if self.executed:
            body["data"] = self.data
        if self.extensions:
            body["extensions"] = self.extensions
        return body

    @property
    def outcome(self) -> str:
        """In one word, for figures."""
        if self.unavailable:
            return "unavailable"
        if self.broken or any(e.get("extensions", {}).get("code") == "INTERNAL" for e in self.errors):
            return "broken"
        if not self.executed:
            return "refused"
        return "errors" if self.errors else "ok"


def unavailable_answer() -> Answer:
    message = "The database cannot answer at the moment. Nothing was lost; try again."
    return Answer(errors=[dict(refuse("UNAVAILABLE", message).formatted)], executed=False, unavailable=True)
