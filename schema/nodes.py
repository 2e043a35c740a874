"""Everything with an id is a node: one global id for it, and one way back from the id."""

import base64
import binascii
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

import strawberry
from graphql import GraphQLError, GraphQLResolveInfo
from strawberry.types import Info

from server.kernel.model import Entity

T = TypeVar("T", bound=type)

MOST = 100

TYPES: dict[type[Entity], type] = {}
"""The GraphQL type of each model, once all windows are imported."""

_models: dict[str, type[Entity]] = {}
_names: dict[type[Entity], str] = {}


@strawberry.interface(description="An object with a global id that `node` can find again.")
class Node:
    @strawberry.field(name="id", description="Global id, for caches and `node`. Inputs take the raw `uuid`.")
    def global_id(self) -> strawberry.ID:
        return strawberry.ID(encode(self))

    @strawberry.field(
        description="The entity's UUID, as every input takes it. Made by whoever made the entity."
    )
    def uuid(self) -> UUID:
        return self.id  # type: ignore[attr-defined]


def window(model: type[Entity], *, description: str) -> Callable[[T], T]:
    """Declares a class as the GraphQL type of `model`: its rows are resolved as they are."""

    def declare(cls: T) -> T:
        cls.is_type_of = classmethod(lambda _cls, row, _info: isinstance(row, model))  # type: ignore[attr-defined]
        declared = strawberry.type(cls, description=description)
        TYPES[model], _models[cls.__name__], _names[model] = declared, model, cls.__name__
        return declared

    return declare


def type_of(model: type[Entity]) -> type[Any]:
    """The GraphQL type whose rows are of `model`."""
    return TYPES[model]


def model_of(name: str) -> type[Entity] | None:
    """The model behind a GraphQL type, None for a type that is no window."""
    return _models.get(name)


def encode(row: Any) -> str:
    """`Lead:<uuid>` in base64."""
    return base64.b64encode(f"{_names[type(row)]}:{row.id}".encode()).decode()


def decode(global_id: str) -> tuple[type[Entity], UUID]:
    """The model and the UUID of a global id. A GraphQL error with code BAD_ID for anything else."""
    try:
        name, _, row_id = base64.b64decode(global_id, validate=True).decode().partition(":")
        return _models[name], UUID(row_id)
    except (binascii.Error, ValueError, KeyError):
        raise GraphQLError(
            "This is not an id that this server gives out. Ids come from the `id` field of a node.",
            extensions={"code": "BAD_ID"},
        ) from None


@strawberry.type
class NodeQuery:
    @strawberry.field(
        description="Anything by its global id; null when there is no such thing in your sight."
    )
    async def node(self, info: Info, id: strawberry.ID) -> Node | None:
        info.context.require_actor()
        model, row_id = decode(id)
        return await info.context.loaders.one(model, row_id)

    @strawberry.field(
        description="Several at once, in the order asked for, at most 100; null for what is not there."
    )
    async def nodes(self, info: Info, ids: list[strawberry.ID]) -> list[Node | None]:
        info.context.require_actor()
        if len(ids) > MOST:
            raise GraphQLError(f"At most {MOST} ids at a time.", extensions={"code": "PAGE_TOO_LARGE"})
        wanted = [decode(global_id) for global_id in ids]
        return await info.context.loaders.each(wanted)


__all__ = ["GraphQLResolveInfo", "Node", "NodeQuery", "decode", "encode", "type_of", "window"]
