"""Runs a verb once: pen → known? its receipt → next in order? → aliases → verb → receipt → commit.

A refusal commits too, with its input. A bug or a lost database rolls back everything and is no verdict.
"""

import dataclasses
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson

from server.kernel.actor import Actor
from server.kernel.clock import Clock
from server.kernel.inputs import Input, at, digest, ids_in, plain, with_ids
from server.kernel.model import Alias, Entity, Receipt, RefusedCreation, Store
from server.kernel.refused import Refused, not_found
from server.kernel.work import Command, IntegrityError, Work, savepoint, unit_of_work

OLDEST = timedelta(days=30)
FAST_CLOCK = timedelta(minutes=5)
"""How far ahead a device's clock may be before what it says counts as the future."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Verb:
    """`creates` names the inputs (dotted paths) whose ids the verb makes. `scopes` adds pens to the showroom's."""

    name: str
    act: Callable[[Work, Any], Awaitable[Entity | None]]
    creates: tuple[str, ...] = ()
    scopes: Callable[[Actor, Any], Awaitable[set[UUID]]] | None = None
    of_group: bool = False


@dataclasses.dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the server says of an entry, the same for every sending of it."""

    client_mutation_id: UUID
    outcome: str
    problems: list[dict[str, Any]]
    aliases: dict[str, str]
    collection: str | None
    entity_id: UUID | None
    client_seq: int | None = None

    def in_words(self, language: str) -> list[dict[str, Any]]:
        return [Refused(p["code"], p["field"], **p["facts"]).as_problem(language) for p in self.problems]


class OutOfOrder(Exception):
    """`client_seq` is not the next of its store: not processed, no verdict."""

    def __init__(self, expected: int) -> None:
        super().__init__(f"expected {expected}")
        self.expected = expected


class StoreUnusable(Exception):
    """The store is unknown, revoked, or another person's: HTTP 403, nothing is processed and nothing lost."""


async def run(
    verb: Verb,
    input: Input,
    *,
    actor: Actor,
    clock: Clock,
    store_id: UUID | None = None,
    client_seq: int | None = None,
) -> Verdict:
    """The verdict of `input`, from its receipt or by running the verb now."""
    acting = _acting_showroom(actor, input)
    scopes = {actor.group_id} if verb.of_group else {acting}
    if verb.scopes and acting == (input.showroom_id or actor.showroom_id):
        scopes |= await verb.scopes(actor, input)
    command = Command(
        verb=verb.name, client_mutation_id=input.client_mutation_id, store_id=store_id,
        client_seq=client_seq, happened_at=input.happened_at,
    )  # fmt: skip

    async def once(work: Work) -> Verdict:
        return await _known(work, verb, input) or await _decide(work, verb, input)

    return await unit_of_work(
        once, actor=actor, command=command, scopes=scopes, showroom_id=acting, clock=clock
    )


async def _known(work: Work, verb: Verb, input: Input) -> Verdict | None:
    receipt = await Receipt.get_or_none(client_mutation_id=input.client_mutation_id)
    if receipt is None:
        return None
    await _pass(work)
    if receipt.person_id != work.actor.id:
        return _verdict_of(not_found("clientMutationId"), input)
    if receipt.digest != digest(verb.name, input):
        return _verdict_of(Refused("KEY_REUSED", "clientMutationId"), input)
    return verdict_of(receipt)


async def _pass(work: Work) -> None:
    """An entry whose id is known from elsewhere has its verdict: its number is used up, the next may come."""
    store_id, seq = work.command.store_id, work.command.client_seq
    if store_id is not None and seq is not None:
        await Store.filter(id=store_id, person_id=work.actor.id, last_seq=seq - 1).update(last_seq=seq)


async def _decide(work: Work, verb: Verb, input: Input) -> Verdict:
    store = await _store_in_order(work)
    meant = with_ids(input, await _aliases(input, verb))
    row: Entity | None = None
    refusal: Refused | None = None
    try:
        async with savepoint(work):
            _ensure_timely(work, input)
            _ensure_acting(work, verb, input)
            row = await verb.act(work, meant)
    except Refused as refused:
        refusal = await _with_cause(refused, verb, meant)
    except IntegrityError as error:
        refusal = _taken(error)
    if refusal is not None:
        work.forget()
        row = None
        if refusal.afterwards:
            await refusal.afterwards(work)
    return await _keep(work, verb, input, store, row, refusal)


async def _keep(
    work: Work, verb: Verb, input: Input, store: Store | None, row: Entity | None, refusal: Refused | None
) -> Verdict:
    created = [id for path in verb.creates for id in at(input, path)]
    if refusal is None:
        await RefusedCreation.filter(entity_id__in=created).delete()
    for entity_id in created if refusal else []:
        await RefusedCreation.update_or_create(
            entity_id=entity_id,
            defaults={"client_mutation_id": input.client_mutation_id, "verb": verb.name},
        )
    receipt = await Receipt.create(
        client_mutation_id=input.client_mutation_id, person_id=work.actor.id,
        store_id=work.command.store_id, client_seq=work.command.client_seq, verb=verb.name,
        digest=digest(verb.name, input), outcome="REFUSED" if refusal else work.outcome,
        problems=[_kept(refusal)] if refusal else [], input=plain(input) if refusal else None,
        collection=row.collection() if row else None, entity_id=row.pk if row else None,
        aliases={str(k): str(v) for k, v in work.aliases.items()} or None, replaces_id=input.replaces_id,
        scope_id=work.showroom_id, recorded_at=work.now,
    )  # fmt: skip
    if store is not None:
        await Store.filter(id=store.id).update(last_seq=work.command.client_seq, seen_at=work.now)
    return verdict_of(receipt)


async def _store_in_order(work: Work) -> Store | None:
    """The entry's store, locked, when the entry is its next one."""
    if work.command.store_id is None:
        return None
    query = Store.filter(id=work.command.store_id)
    if work.connection.capabilities.support_for_update:
        query = query.select_for_update()
    store = await query.first()
    if store is None or store.person_id != work.actor.id or store.revoked_at:
        raise StoreUnusable
    if work.command.client_seq != store.last_seq + 1:
        raise OutOfOrder(store.last_seq + 1)
    return store


async def _aliases(input: Input, verb: Verb) -> dict[UUID, UUID]:
    created = {id for path in verb.creates for id in at(input, path)}
    named = {id for id in ids_in(input) if id not in created} - {input.client_mutation_id, input.replaces_id}
    if not named:
        return {}
    return {row.old_id: row.new_id for row in await Alias.filter(old_id__in=list(named))}


async def _with_cause(refused: Refused, verb: Verb, input: Input) -> Refused:
    """NOT_FOUND of something whose making was refused is told as what it is. What the verb itself would make
    is no cause: a mended entry brings the ids of the refused one again."""
    if refused.code != "NOT_FOUND":
        return refused
    created = {id for path in verb.creates for id in at(input, path)}
    cause = await RefusedCreation.filter(entity_id__in=list({*ids_in(input)} - created)).first()
    if cause is None:
        return refused
    return Refused(
        "DEPENDS_ON_REFUSED", refused.field, cause=cause.verb, causedBy=str(cause.client_mutation_id)
    )


def _acting_showroom(actor: Actor, input: Input) -> UUID:
    named = input.showroom_id or actor.showroom_id
    return named if actor.roles_in(named) else actor.showroom_id


def _ensure_acting(work: Work, verb: Verb, input: Input) -> None:
    if not verb.of_group:
        work.actor.ensure_member(input.showroom_id or work.actor.showroom_id)


def _ensure_timely(work: Work, input: Input) -> None:
    if input.happened_at is None:
        return
    if input.happened_at > work.now + FAST_CLOCK:
        raise Refused("IN_THE_FUTURE", "happenedAt")
    if input.happened_at < work.now - OLDEST:
        raise Refused("TOO_LONG_AGO", "happenedAt", days=OLDEST.days)


def _taken(error: IntegrityError) -> Refused:
    """The database refused by itself. A primary key that exists is the caller's; anything else is a bug."""
    text = str(error)
    if "_pkey" in text or ("UNIQUE constraint failed" in text and text.rstrip().endswith(".id")):
        return Refused("ID_TAKEN", "id")
    raise error


def verdict_of(receipt: Receipt) -> Verdict:
    return Verdict(
        client_mutation_id=receipt.client_mutation_id, outcome=receipt.outcome, problems=receipt.problems,
        aliases=receipt.aliases or {}, collection=receipt.collection, entity_id=receipt.entity_id,
        client_seq=receipt.client_seq,
    )  # fmt: skip


def _verdict_of(refused: Refused, input: Input) -> Verdict:
    return Verdict(
        client_mutation_id=input.client_mutation_id, outcome="REFUSED", problems=[_kept(refused)],
        aliases={}, collection=None, entity_id=None,
    )  # fmt: skip


def _kept(refused: Refused) -> dict[str, Any]:
    facts = orjson.loads(orjson.dumps(refused.facts, default=str))
    return {"code": refused.code, "field": refused.field, "facts": facts}
