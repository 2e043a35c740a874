"""The tablet's window: register a store, pull what changed, hear that there is news. Its outbox: push.py."""

from collections.abc import AsyncIterator
from datetime import datetime
from enum import Enum
from typing import Annotated, Any
from uuid import UUID

import strawberry
from graphql import GraphQLError
from strawberry.scalars import JSON
from strawberry.types import Info

from schema.push import EntryResult, entry_result, forbidden, push_field
from schema.verbs import Outcome, Problem
from server.kernel.receipts import StoreUnusable
from server.kernel.refused import Refused
from server.sync import queries, stores
from server.sync.view import BadCursor


@strawberry.enum(description="Why a cursor cannot be served, so that a fresh snapshot is needed.")
class ResetReason(Enum):
    TOO_OLD = "TOO_OLD"
    VIEW_CHANGED = "VIEW_CHANGED"
    SERVER_RESTORED = "SERVER_RESTORED"


@strawberry.type
class RegisterStorePayload:
    client_mutation_id: UUID
    outcome: Outcome
    problems: list[Problem]
    last_seq: int
    evicted: bool = strawberry.field(
        description="This device had a store of this person before, and lost it."
    )
    device_known: bool


@strawberry.type
class RevokeStorePayload:
    client_mutation_id: UUID
    outcome: Outcome
    problems: list[Problem]


@strawberry.type(description="What brings a tablet from its cursor to `cursor`.")
class Changes:
    rows: JSON = strawberry.field(description="`{collection: [row, …]}` with camelCase columns.")
    removed: JSON = strawberry.field(description="`{collection: [{id, mergedInto?}, …]}`")
    cursor: str
    has_more: bool
    processed_through: int
    verdicts: list[EntryResult] = strawberry.field(description="Of entries after `settled`.")
    server_time: datetime
    oldest_client: int
    reset: ResetReason | None


@strawberry.type
class SnapshotPage:
    rows: JSON
    cursor: str = strawberry.field(
        description="Taken before the first page; pull changes from it at the end."
    )
    next: str | None = strawberry.field(description="Where the next page begins; null at the end.")
    total: int
    server_time: datetime


@strawberry.type(description="There is news. It carries no data: pull.")
class News:
    at: datetime


@strawberry.input
class RegisterStoreInput:
    client_mutation_id: UUID
    client_id: UUID
    label: str = ""


@strawberry.input
class RevokeStoreInput:
    client_mutation_id: UUID
    client_id: UUID


def mutations() -> list[Any]:
    """The fields of Mutation that a tablet needs; made once every verb is registered."""
    return [
        push_field(),
        strawberry.mutation(resolver=register_store, name="registerStore"),
        strawberry.mutation(resolver=revoke_store, name="revokeStore"),
    ]


async def register_store(info: Info, input: RegisterStoreInput) -> RegisterStorePayload:
    """Makes a tablet's store known, before its first entry. Idempotent."""
    context: Any = info.context
    try:
        registered = await stores.register(
            context.require_actor(), store_id=input.client_id, label=input.label,
            device_id=context.device_id, clock=context.clock,
        )  # fmt: skip
    except StoreUnusable:
        raise forbidden() from None
    return RegisterStorePayload(
        client_mutation_id=input.client_mutation_id, outcome=Outcome.APPLIED, problems=[],
        last_seq=registered.last_seq, evicted=registered.evicted,
        device_known=context.device_id is not None,
    )  # fmt: skip


async def revoke_store(info: Info, input: RevokeStoreInput) -> RevokeStorePayload:
    """Bars a tablet: at its next contact it is refused, and wipes what it holds of customers."""
    actor = info.context.require_actor()
    store = await stores.revoke(
        actor, client_mutation_id=input.client_mutation_id, store_id=input.client_id,
        clock=info.context.clock,
    )  # fmt: skip
    problems = [] if store else [Problem(**Refused("NOT_FOUND", "clientId").as_problem(actor.language))]
    return RevokeStorePayload(
        client_mutation_id=input.client_mutation_id,
        outcome=Outcome.REFUSED if problems else Outcome.APPLIED,
        problems=problems,
    )


@strawberry.type
class SyncQuery:
    @strawberry.field(description="What changed since a cursor, as the actor may see it now.")
    async def changes(
        self,
        info: Info,
        since: str,
        client_id: Annotated[
            UUID | None, strawberry.argument(description="The tablet's store; programs leave it out.")
        ] = None,
        first: int = 1000,
        settled: int = 0,
    ) -> Changes:
        context: Any = info.context
        actor, now = context.require_actor(), context.clock()
        try:
            answer = await queries.changes(
                actor,
                store_id=client_id,
                since=since,
                first=max(1, min(first, 1000)),
                settled=settled,
                now=now,
            )
        except StoreUnusable:
            raise forbidden() from None
        except BadCursor:
            raise bad_cursor() from None
        return Changes(
            rows=JSON(answer.rows), removed=JSON(answer.removed), cursor=answer.cursor, has_more=answer.has_more,
            processed_through=answer.processed_through, server_time=now,
            oldest_client=queries.OLDEST_CLIENT, reset=ResetReason(answer.reset) if answer.reset else None,
            verdicts=[entry_result(v, actor.language, v.client_seq or 0) for v in answer.verdicts],
        )  # fmt: skip

    @strawberry.field(description="A page of everything that the actor's tablet carries.")
    async def snapshot(
        self, info: Info, client_id: UUID | None = None, after: str | None = None, first: int = 2000
    ) -> SnapshotPage:
        context: Any = info.context
        now = context.clock()
        try:
            page = await queries.snapshot(
                context.require_actor(),
                store_id=client_id,
                after=after,
                first=max(1, min(first, 5000)),
                now=now,
            )
        except StoreUnusable:
            raise forbidden() from None
        except BadCursor:
            raise bad_cursor() from None
        return SnapshotPage(
            rows=JSON(page.rows), cursor=page.cursor, next=page.next, total=page.total, server_time=now
        )


@strawberry.type
class Subscription:
    @strawberry.subscription(description="Fires at once, and whenever a scope that the actor sees has news.")
    async def news(self, info: Info, client_id: UUID | None = None) -> AsyncIterator[News]:
        context: Any = info.context
        actor = context.require_actor()
        async for _ in context.edge.newsroom.news({actor.group_id, *actor.sees}):
            yield News(at=context.clock())


def bad_cursor() -> GraphQLError:
    return GraphQLError(
        "This cursor is not known here any more. Start with a fresh snapshot.",
        extensions={"code": "BAD_CURSOR"},
    )
