"""Pushing an outbox: each entry a transaction, strictly in order, stopping at the first without a verdict."""

from enum import Enum
from typing import Any
from uuid import UUID

import strawberry
import structlog
from graphql import GraphQLError
from strawberry.types import Info

from schema.verbs import (
    REGISTRY,
    Alias,
    Outcome,
    Problem,
    VerbInput,
    aliases_of,
    one_of_every_verb,
    snake,
)
from server.kernel import receipts
from server.kernel.receipts import OutOfOrder, StoreUnusable, Verdict
from server.kernel.refused import Refused
from server.kernel.unavailable import reason_of
from server.sync import entries, stores

log = structlog.get_logger()

BATCH = 25
"""How many entries of an outbox one push may carry."""


@strawberry.enum(
    description="A verdict, or that there is none yet: FAILED may pass, OUT_OF_ORDER lacks one before."
)
class EntryOutcome(Enum):
    APPLIED = "APPLIED"
    MERGED = "MERGED"
    REFUSED = "REFUSED"
    FAILED = "FAILED"
    OUT_OF_ORDER = "OUT_OF_ORDER"


@strawberry.type
class EntryResult:
    client_seq: int
    client_mutation_id: UUID
    outcome: EntryOutcome
    problems: list[Problem]
    aliases: list[Alias]


@strawberry.type
class PushPayload:
    client_mutation_id: UUID
    outcome: Outcome
    problems: list[Problem]
    processed_through: int = strawberry.field(
        description="The last `clientSeq` of this store with a verdict."
    )
    results: list[EntryResult]


@strawberry.input
class SkipEntryInput:
    client_mutation_id: UUID
    skipped_id: UUID | None = None
    reason: str = strawberry.field(description="UNDONE, PARKED, UNKNOWN_VERB or LOST_BY_SERVER.")


@strawberry.input
class DiscardEntryInput(VerbInput):
    discarded_id: UUID
    reason: str = ""


def push_field() -> Any:
    """The field of Mutation that takes an outbox; made once every verb is registered."""
    VerbOneOf = one_of_every_verb({"skipEntry": SkipEntryInput, "discardEntry": DiscardEntryInput})

    @strawberry.input
    class EntryInput:
        client_seq: int
        version: int = 1
        verb: VerbOneOf  # type: ignore[valid-type]

    @strawberry.input
    class PushInput:
        client_mutation_id: UUID
        client_id: UUID
        entries: list[EntryInput] = strawberry.field(description=f"In order of `clientSeq`, at most {BATCH}.")

    async def push(info: Info, input: PushInput) -> PushPayload:
        return await _push(info, input)

    push.__annotations__ = {"info": Info, "input": PushInput, "return": PushPayload}
    described = "Sends an outbox: each entry a transaction, stopping at the first without a verdict."
    return strawberry.mutation(resolver=push, name="push", description=described)


async def _push(info: Info, input: Any) -> PushPayload:
    if len(input.entries) > BATCH:
        raise GraphQLError(f"A push carries at most {BATCH} entries.", extensions={"code": "BATCH_TOO_LARGE"})
    try:
        await stores.ensure_usable(info.context.require_actor(), store_id=input.client_id)
    except StoreUnusable:
        raise forbidden() from None
    results: list[EntryResult] = []
    for entry in input.entries:
        result = await _process(info.context, input.client_id, entry)
        results.append(result)
        if result.outcome in (EntryOutcome.FAILED, EntryOutcome.OUT_OF_ORDER):
            break
    return PushPayload(
        client_mutation_id=input.client_mutation_id, outcome=Outcome.APPLIED, problems=[], results=results,
        processed_through=await entries.processed_through(input.client_id),
    )  # fmt: skip


async def _process(context: Any, store_id: UUID, entry: Any) -> EntryResult:
    actor = context.require_actor()
    name, input = _chosen(entry.verb)
    verb = entries.VERBS.get(name) or REGISTRY[name].verb
    try:
        verdict = await receipts.run(
            verb, entries.adapted(name, input), actor=actor, clock=context.clock,
            store_id=store_id, client_seq=entry.client_seq,
        )  # fmt: skip
    except StoreUnusable:
        raise forbidden() from None
    except OutOfOrder:
        return _no_verdict(entry, input, EntryOutcome.OUT_OF_ORDER, [])
    except Exception as error:
        if reason_of(error):
            # No entry is at fault: the whole push is told to come again, and what it did is answered from receipts.
            raise
        log.exception("entry failed", verb=name, store=str(store_id), seq=entry.client_seq)
        problem = Problem(**Refused("INTERNAL").as_problem(actor.language))
        return _no_verdict(entry, input, EntryOutcome.FAILED, [problem])
    return entry_result(verdict, actor.language, entry.client_seq)


def _chosen(one_of: Any) -> tuple[str, Any]:
    names = [*REGISTRY, *entries.VERBS]
    for name in names:
        value = getattr(one_of, snake(name), strawberry.UNSET)
        if value is not strawberry.UNSET and value is not None:
            return name, value
    raise GraphQLError("An entry names exactly one verb.", extensions={"code": "BAD_REQUEST"})


def _no_verdict(entry: Any, input: Any, outcome: EntryOutcome, problems: list[Problem]) -> EntryResult:
    return EntryResult(
        client_seq=entry.client_seq, client_mutation_id=input.client_mutation_id, outcome=outcome,
        problems=problems, aliases=[],
    )  # fmt: skip


def entry_result(verdict: Verdict, language: str, client_seq: int) -> EntryResult:
    return EntryResult(
        client_seq=client_seq,
        client_mutation_id=verdict.client_mutation_id,
        outcome=EntryOutcome(verdict.outcome),
        problems=[Problem(**problem) for problem in verdict.in_words(language)],
        aliases=aliases_of(verdict),
    )


def forbidden() -> GraphQLError:
    return GraphQLError(
        "This tablet's store is not usable by you: unknown, revoked, or another person's. Sign in again.",
        extensions={"code": "FORBIDDEN"},
    )
