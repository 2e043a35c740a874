"""Verbs as GraphQL: one registry makes each mutation, its payload, and the entry of a tablet's outbox.

A verb is declared once, beside its input:

    @verb(BookTestDriveInput, returns="test_drive", model=TestDrive, creates=["id"])
    async def book_test_drive(work: Work, input: BookTestDriveInput) -> TestDrive: ...
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

import strawberry
from strawberry.scalars import JSON
from strawberry.types import Info

from server.kernel import receipts
from server.kernel.actor import Actor
from server.kernel.model import Entity
from server.kernel.work import Work


@strawberry.input
class VerbInput:
    client_mutation_id: UUID = strawberry.field(
        description="A UUID made when the person acted. The same one again gets the same verdict, once applied."
    )
    happened_at: datetime | None = strawberry.field(
        default=None, description="When it happened by the device's clock; told, never trusted for order."
    )
    showroom_id: UUID | None = strawberry.field(
        default=None, description="The showroom acted as; by default the person's home showroom."
    )
    replaces_id: UUID | None = strawberry.field(
        default=None, description="The `clientMutationId` of a refused mutation that this one mends."
    )


@strawberry.enum(description="What the server says of a mutation, the same for every sending of it.")
class Outcome(Enum):
    APPLIED = "APPLIED"
    MERGED = "MERGED"
    REFUSED = "REFUSED"


@strawberry.type(description="Why a mutation was refused, and what to do next.")
class Problem:
    code: str = strawberry.field(description="Stable, for programs: SLOT_TAKEN, INVALID_PHONE, …")
    field: str | None = strawberry.field(description="The input field it is about.")
    message: str = strawberry.field(description="A sentence in the language of the person.")
    details: JSON | None = strawberry.field(description="The facts: who has the slot, which ones are free.")


@strawberry.type(description="An id that was merged away, and the one that it means now.")
class Alias:
    old_id: UUID
    new_id: UUID


@dataclass(frozen=True, kw_only=True)
class VerbField:
    """A declared verb: what the kernel runs, and how GraphQL names it."""

    verb: receipts.Verb
    input: type[Any]
    returns: str
    model: type[Entity]
    description: str


REGISTRY: dict[str, VerbField] = {}


def verb(
    input: type[Any],
    *,
    returns: str,
    model: type[Entity],
    creates: Sequence[str] = (),
    scopes: Callable[[Actor, Any], Awaitable[set[UUID]]] | None = None,
    of_group: bool = False,
) -> Callable[[Callable[[Work, Any], Awaitable[Any]]], Callable[[Work, Any], Awaitable[Any]]]:
    """Registers `act` as a mutation. `creates`: dotted paths of the input's ids that it makes."""

    def register(act: Callable[[Work, Any], Awaitable[Any]]) -> Callable[[Work, Any], Awaitable[Any]]:
        name = camel(act.__name__)
        REGISTRY[name] = VerbField(
            verb=receipts.Verb(
                name=name, act=act, creates=tuple(creates), scopes=scopes, of_group=of_group
            ),
            input=input, returns=returns, model=model, description=(act.__doc__ or "").strip(),
        )  # fmt: skip
        return act

    return register


def mutation_fields(type_of: Callable[[type[Entity]], type[Any]]) -> list[Any]:
    """A Strawberry field for each registered verb; `type_of` gives the GraphQL type of a model."""
    return [_field(declared, type_of(declared.model)) for declared in REGISTRY.values()]


def one_of_every_verb(extra: dict[str, type[Any]]) -> type[Any]:
    """The `@oneOf` input of a tablet's outbox: exactly one verb, with its input."""
    inputs = {name: declared.input for name, declared in REGISTRY.items()} | extra
    fields: dict[str, Any] = {snake(name): strawberry.UNSET for name in inputs}
    fields["__annotations__"] = {snake(name): input | None for name, input in inputs.items()}
    fields["__doc__"] = "One verb of the outbox: exactly one of these."
    return strawberry.input(type("VerbOneOf", (), fields), one_of=True)


def _field(declared: VerbField, entity_type: type[Any]) -> Any:
    payload = _payload_type(declared, entity_type)

    async def resolve(info: Info, input: Any) -> Any:
        context = info.context
        actor = context.require_actor()
        verdict = await receipts.run(declared.verb, input, actor=actor, clock=context.clock)
        return payload(
            **_said(verdict, actor.language),
            **{declared.returns: await context.row(declared.model, verdict.entity_id)},
        )

    resolve.__name__ = snake(declared.verb.name)
    resolve.__annotations__ = {"info": Info, "input": declared.input, "return": payload}
    return strawberry.mutation(
        resolver=resolve, name=declared.verb.name, description=declared.description or None
    )


def _payload_type(declared: VerbField, entity_type: type[Any]) -> type[Any]:
    name = declared.verb.name[0].upper() + declared.verb.name[1:] + "Payload"
    namespace: dict[str, Any] = {
        "__annotations__": {
            "client_mutation_id": UUID,
            "outcome": Outcome,
            "problems": list[Problem],
            "aliases": list[Alias],
            declared.returns: entity_type | None,
        },
    }
    return strawberry.type(type(name, (), namespace))


def _said(verdict: receipts.Verdict, language: str) -> dict[str, Any]:
    return {
        "client_mutation_id": verdict.client_mutation_id,
        "outcome": Outcome(verdict.outcome),
        "problems": [Problem(**problem) for problem in verdict.in_words(language)],
        "aliases": aliases_of(verdict),
    }


def aliases_of(verdict: receipts.Verdict) -> list[Alias]:
    return [Alias(old_id=UUID(old), new_id=UUID(new)) for old, new in verdict.aliases.items()]


def camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def snake(name: str) -> str:
    return "".join("_" + c.lower() if c.isupper() else c for c in name)
