"""Windows on work that its author may not send any more, and the way in for it."""

from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry
from graphql import GraphQLError
from strawberry.types import Info

from schema.push import BATCH, forbidden
from schema.verbs import Outcome, Problem
from server.kernel.receipts import StoreUnusable
from server.kernel.refused import Refused
from server.sync import handing_over
from server.sync.handing_over import Handed, Standing
from server.sync.model import Ending, Kind, Why

strawberry.enum(
    Standing,
    name="StoreStanding",
    description="What a tablet's store is to the server now: its person has LEFT, a manager has REVOKED it.",
)
strawberry.enum(
    Kind,
    name="HandedKind",
    description="An entry that waited, one that was refused, a half-filled form.",
)
strawberry.enum(Ending, name="HandedEnding", description="What a manager did with it.")
strawberry.enum(Why, name="HandedWhy", description="Its author has LEFT, or their tablet was REVOKED.")


@strawberry.type(
    description="Something that was typed and never processed; a manager decides what becomes of it."
)
class HandedOver:
    id: strawberry.Private[UUID]
    person: strawberry.Private[Any]
    person_id: UUID
    showroom_id: UUID
    why: Why
    kind: Kind
    verb: str = strawberry.field(
        description="The mutation that it would have been; a form's name for a DRAFT."
    )
    version: int
    content: str = strawberry.field(description="What was typed, JSON in a text, as the tablet had it.")
    tapped_at: datetime = strawberry.field(description="By the tablet's clock.")
    handed_at: datetime

    @strawberry.field
    def uuid(self) -> UUID:
        return self.id

    @strawberry.field
    def person_name(self) -> str:
        return str(self.person.name)


@strawberry.input
class HandedEntryInput:
    entry_id: UUID = strawberry.field(description="The `clientMutationId` that it has on the tablet.")
    kind: Kind
    verb: str
    version: int
    content: str = strawberry.field(description="Its variables, JSON in a text.")
    tapped_at: datetime


@strawberry.input
class HandOverInput:
    client_mutation_id: UUID
    client_id: UUID
    entries: list[HandedEntryInput] = strawberry.field(description=f"At most {BATCH}.")


@strawberry.input
class EndHandedOverInput:
    client_mutation_id: UUID
    id: UUID
    ending: Ending


@strawberry.type
class HandOverPayload:
    client_mutation_id: UUID
    outcome: Outcome
    problems: list[Problem]


@strawberry.type
class EndHandedOverPayload:
    client_mutation_id: UUID
    outcome: Outcome
    problems: list[Problem]


@strawberry.mutation(
    description="Takes what a tablet holds of somebody who has left, or whose tablet was barred, for their manager. "
    "Nothing of it is applied. The tablet shows itself by its device cookie; it needs no session."
)
async def hand_over(info: Info, input: HandOverInput) -> HandOverPayload:
    context: Any = info.context
    if len(input.entries) > BATCH:
        raise GraphQLError(f"At most {BATCH} entries at once.", extensions={"code": "BATCH_TOO_LARGE"})
    try:
        await handing_over.hand_over(
            [_handed(entry) for entry in input.entries], store_id=input.client_id, device_id=context.device_id,
            actor=context.actor, client_mutation_id=input.client_mutation_id, clock=context.clock,
        )  # fmt: skip
    except StoreUnusable:
        raise forbidden() from None
    return HandOverPayload(client_mutation_id=input.client_mutation_id, outcome=Outcome.APPLIED, problems=[])


@strawberry.mutation(description="A manager has taken over what was handed over, or discards it. For good.")
async def end_handed_over(info: Info, input: EndHandedOverInput) -> EndHandedOverPayload:
    context: Any = info.context
    actor = context.require_actor()
    problems: list[Problem] = []
    try:
        await handing_over.end(
            actor, id=input.id, ending=input.ending, client_mutation_id=input.client_mutation_id,
            clock=context.clock,
        )  # fmt: skip
    except Refused as refused:
        problems = [Problem(**refused.as_problem(actor.language))]
    return EndHandedOverPayload(
        client_mutation_id=input.client_mutation_id,
        outcome=Outcome.REFUSED if problems else Outcome.APPLIED,
        problems=problems,
    )


@strawberry.type
class HandingOverQuery:
    @strawberry.field(
        description="What this store is to the server now. Asked by the tablet itself, signed in or not."
    )
    async def standing(self, info: Info, client_id: UUID) -> Standing:
        context: Any = info.context
        return await handing_over.standing(
            store_id=client_id, device_id=context.device_id, actor=context.actor
        )

    @strawberry.field(
        description="What waits for this manager: typed by people who may not send it any more."
    )
    async def handed_over(self, info: Info) -> list[HandedOver]:
        rows: Any = await handing_over.waiting(info.context.require_actor())
        return rows


def _handed(entry: HandedEntryInput) -> Handed:
    return Handed(
        entry_id=entry.entry_id, kind=entry.kind, verb=entry.verb, version=entry.version, content=entry.content,
        tapped_at=entry.tapped_at,
    )  # fmt: skip
