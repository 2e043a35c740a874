"""A small schema with everything that a transport meets: relations, a mutation, a subscription, a bug."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Any

import strawberry
from starlette.applications import Starlette
from starlette.requests import HTTPConnection
from strawberry.types import Info

from schema.execution import Engine
from schema.http import GraphQLEndpoint


@dataclass
class ToyContext:
    actor: str | None
    session: str | None = None
    response_headers: list[tuple[str, str]] = field(default_factory=list)


@strawberry.type
class Car:
    name: str

    @strawberry.field
    def owner(self) -> "Person":
        return Person(name="Ada")

    @strawberry.field
    def tags(self) -> list[str]:
        return ["new"]


@strawberry.type
class Person:
    name: str

    @strawberry.field
    def cars(self, first: int = 20) -> list[Car]:
        return [Car(name="Golf")] * min(first, 3)

    @strawberry.field
    def friend(self) -> "Person":
        return Person(name="Bo")


@strawberry.type
class CarEdge:
    node: Car


@strawberry.type
class CarConnection:
    edges: list[CarEdge]


@strawberry.type
class Query:
    @strawberry.field
    def me(self) -> Person:
        return Person(name="Ada")

    @strawberry.field
    def cars(self, first: int | None = None) -> CarConnection:
        return CarConnection(edges=[CarEdge(node=Car(name="Golf"))])

    @strawberry.field
    async def slow(self) -> int:
        working.append(1)
        await at_leisure[0].wait()
        return len(working)

    @strawberry.field
    def changes(self, first: int = 10) -> int:
        return first

    @strawberry.field
    def echo(self, text: str) -> str:
        return text

    @strawberry.field
    def broken(self) -> str | None:
        raise RuntimeError("password=hunter2")

    @strawberry.field
    def refused(self) -> str | None:
        raise LookupError("SLOT_TAKEN")


@strawberry.type
class Mutation:
    @strawberry.mutation
    async def count(self) -> int:
        return await asyncio.shield(asyncio.ensure_future(_unit_of_work()))

    @strawberry.mutation
    def push(self, text: str) -> int:
        return len(text)

    @strawberry.mutation
    def sign_in(self, info: Info) -> bool:
        info.context.response_headers.append(("set-cookie", "session=abc; HttpOnly"))
        return True


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def ticks(self, upto: int = 3) -> AsyncGenerator[int, None]:
        live.add(asyncio.current_task())
        try:
            for number in range(upto):
                yield number
                await asyncio.sleep(0)
            if upto > 3:
                await asyncio.sleep(60)
        finally:
            live.discard(asyncio.current_task())

    @strawberry.subscription
    async def breaks(self) -> AsyncGenerator[int, None]:
        yield 1
        raise RuntimeError("password=hunter2")


live: set[Any] = set()
counted = {"done": 0}
pen: list[asyncio.Lock] = []
at_leisure: list[asyncio.Event] = []
working: list[int] = []
"""A read that takes as long as the story wants, and how many have begun."""


async def _unit_of_work() -> int:
    """What the kernel does: one at a time, and whoever takes the lock gives it back."""
    async with pen[0]:
        await asyncio.sleep(0.001)
        counted["done"] += 1
    return counted["done"]


schema = strawberry.Schema(Query, Mutation, Subscription)


def describe(error: Exception) -> tuple[str, dict[str, Any]] | None:
    if isinstance(error, LookupError):
        return "Somebody has it.", {"code": str(error), "field": "slot"}
    return None


async def context(connection: HTTPConnection) -> ToyContext:
    """Ada comes with a cookie or a token; everybody else is nobody."""
    token = getattr(connection.state, "auth_token", None) or connection.headers.get("authorization")
    known = connection.cookies.get("session") or token
    if known == "breaks":
        raise ConnectionError("no database")
    return ToyContext(actor="ada" if known else None, session=known)


def app(**options: Any) -> Starlette:
    """A Starlette app around the toy; options of the engine and of the endpoint as they are named."""
    endpoint_names = {"body", "large_body", "large_fields", "body_seconds", "socket_rules", "admission"}
    of_endpoint = {name: options.pop(name) for name in list(options) if name in endpoint_names}
    middleware = options.pop("middleware", [])
    engine = Engine(schema, describe=describe, **options)
    endpoint = GraphQLEndpoint(engine, context_getter=context, **of_endpoint)
    made = Starlette(routes=endpoint.routes(), middleware=middleware)
    made.state.endpoint = endpoint
    return made
