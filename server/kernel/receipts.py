"""Runs a verb once: pen → known? its receipt → next in order? → aliases → verb → receipt → commit.

A refusal commits too, with its input. A bug or a lost database rolls back everything and is no verdict.
"""

import dataclasses
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson

from server.kernel import held
from server.kernel.actor import Actor
from server.kernel.clock import Clock
from server.kernel.ids import id_of
from server.kernel.inputs import Input, at, digest, ids_in, plain, with_ids
from server.kernel.model import Entity, Receipt, RefusedCreation, Store
from server.kernel.refused import Refused, not_found
from server.kernel.retention import longest_absence
from server.kernel.unavailable import ReceiptRace
from server.kernel.work import Command, IntegrityError, Work, savepoint, unit_of_work
from server.kernel.working_set import insert

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
    ageless: bool = False
    """It may be as old as it likes: it changes nothing that anybody else sees."""


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
        before = await _look(work, verb, input)
        return (before.is_known and await _known(work, verb, input)) or await _decide(
            work, verb, input, before
        )

    return await unit_of_work(
        once, actor=actor, command=command, scopes=scopes, showroom_id=acting, clock=clock
    )


@dataclasses.dataclass(kw_only=True)
class Before:
    """What is on record of an input's ids before its verb runs: asked in one statement."""

    is_known: bool = False
    refused: set[str] = dataclasses.field(default_factory=set)
    aliases: dict[UUID, UUID] = dataclasses.field(default_factory=dict)


async def _look(work: Work, verb: Verb, input: Input) -> Before:
    created = {id for path in verb.creates for id in at(input, path)}
    named = {id for id in ids_in(input) if id not in created} - {input.client_mutation_id, input.replaces_id}
    sql, values = _RECEIPT, [str(input.client_mutation_id)]
    for part, ids in ((_REFUSED, created), (_ALIASES, named)):
        if ids:
            sql += part.format(", ".join("?" * len(ids)))
            values += map(str, ids)
    before = Before()
    for what, id, other in await held.beside(sql, *values):
        if what == "receipt":
            before.is_known = True
        elif what == "refused":
            before.refused.add(str(id))
        else:
            before.aliases[UUID(str(id))] = UUID(other)
    return before


_RECEIPT = "SELECT 'receipt', client_mutation_id, NULL FROM receipts WHERE client_mutation_id = ?"
_REFUSED = " UNION ALL SELECT 'refused', entity_id, NULL FROM refused_creations WHERE entity_id IN ({})"
_ALIASES = " UNION ALL SELECT 'alias', old_id, CAST(new_id AS TEXT) FROM aliases WHERE old_id IN ({})"


async def _known(work: Work, verb: Verb, input: Input) -> Verdict | None:
    receipt = await Receipt.get_or_none(client_mutation_id=input.client_mutation_id)
    if receipt is None:
        return None
    if receipt.person_id == work.actor.id and receipt.digest == digest(verb.name, input):
        await _pass(work)
        return verdict_of(receipt)
    return await _second(work, verb, input, is_own=receipt.person_id == work.actor.id)


async def _second(work: Work, verb: Verb, input: Input, *, is_own: bool) -> Verdict:
    """An id that stands for something else already. What is sent under it now is kept as well, under an id made
    of it; of another person's entry not even its being there is told."""
    key = id_of("second", str(work.actor.id), str(input.client_mutation_id), digest(verb.name, input))
    if receipt := await Receipt.get_or_none(client_mutation_id=key):
        await _pass(work)
        return verdict_of(receipt)
    refused = Refused("KEY_REUSED", "clientMutationId") if is_own else not_found("clientMutationId")
    store = await _store(work)
    if store and work.command.client_seq != store.last_seq + 1:
        raise OutOfOrder(store.last_seq + 1)
    return await _keep(work, verb, input, store, None, refused, key=key)


async def _pass(work: Work) -> None:
    """An entry whose id is known from elsewhere has its verdict: its number is used up, the next may come."""
    store_id, seq = work.command.store_id, work.command.client_seq
    if store_id is not None and seq is not None:
        await Store.filter(id=store_id, person_id=work.actor.id, last_seq=seq - 1).update(last_seq=seq)


async def _decide(work: Work, verb: Verb, input: Input, before: Before) -> Verdict:
    store = await _store(work)
    if store and await _was_processed(work, store):
        return await _keep(work, verb, input, None, None, Refused("RECEIPT_GONE"))
    if store and work.command.client_seq != store.last_seq + 1:
        raise OutOfOrder(store.last_seq + 1)
    meant = with_ids(input, before.aliases)
    row: Entity | None = None
    refusal: Refused | None = None
    try:
        async with savepoint(work):
            _ensure_timely(work, verb, input)
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
    if refusal is None and before.refused:
        await RefusedCreation.filter(entity_id__in=list(before.refused)).delete()
    return await _keep(work, verb, input, store, row, refusal)


async def _keep(
    work: Work,
    verb: Verb,
    input: Input,
    store: Store | None,
    row: Entity | None,
    refusal: Refused | None,
    *,
    key: UUID | None = None,
) -> Verdict:
    created = [id for path in verb.creates for id in at(input, path)]
    for entity_id in created if refusal else []:
        await RefusedCreation.update_or_create(
            entity_id=entity_id,
            defaults={"client_mutation_id": input.client_mutation_id, "verb": verb.name},
        )
    receipt = Receipt(
        client_mutation_id=key or input.client_mutation_id, person_id=work.actor.id,
        store_id=work.command.store_id, client_seq=work.command.client_seq, verb=verb.name,
        digest=digest(verb.name, input), outcome="REFUSED" if refusal else work.outcome,
        problems=[_kept(refusal)] if refusal else [], input=plain(input) if refusal else None,
        collection=row.collection() if row else None, entity_id=row.pk if row else None,
        aliases={str(k): str(v) for k, v in work.aliases.items()} or None, replaces_id=input.replaces_id,
        scope_id=work.showroom_id, recorded_at=work.now,
    )  # fmt: skip
    try:
        await insert(receipt, work.connection)
    except IntegrityError as error:
        raise ReceiptRace from error
    if store is not None:
        await Store.filter(id=store.id).update(last_seq=work.command.client_seq, seen_at=work.now)
    return verdict_of(receipt)


async def _store(work: Work) -> Store | None:
    """The entry's store, locked."""
    if work.command.store_id is None:
        return None
    query = Store.filter(id=work.command.store_id)
    if work.connection.capabilities.support_for_update:
        query = query.select_for_update()
    store = await query.first()
    if store is None or store.person_id != work.actor.id or store.revoked_at:
        raise StoreUnusable
    return store


async def _was_processed(work: Work, store: Store) -> bool:
    """Whether a number has had its verdict so long ago that the receipt is gone: nobody can tell any more whether
    it was for this entry. A number that has a receipt was another entry's, and this one asks for a new number."""
    seq = work.command.client_seq
    if seq is None or seq > store.last_seq:
        return False
    return not await Receipt.exists(store_id=store.id, client_seq=seq)


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


def _ensure_timely(work: Work, verb: Verb, input: Input) -> None:
    happened_at, absence = input.happened_at, longest_absence()
    if happened_at is None or verb.ageless:
        return
    if happened_at > work.now + FAST_CLOCK:
        raise Refused("IN_THE_FUTURE", "happenedAt")
    if happened_at < work.now - absence:
        raise Refused("TOO_LATE", "happenedAt", days=absence.days)
    if happened_at < work.now - OLDEST:
        raise Refused("TOO_LONG_AGO", "happenedAt", days=OLDEST.days)


def _taken(error: IntegrityError) -> Refused:
    """The database refused by itself. A primary key that exists is the caller's; anything else is a bug."""
    text = str(error)
    if "_pkey" in text or ("UNIQUE constraint failed" in text and text.rstrip().endswith(".id")):
        return Refused("ID_TAKEN", "id")
    raise error


def verdict_of(receipt: Receipt) -> Verdict:
    """As it was given. The input of a refusal says under which id it was sent: its receipt may have its own."""
    sent_as = (receipt.input or {}).get("clientMutationId")
    return Verdict(
        client_mutation_id=UUID(sent_as) if sent_as else receipt.client_mutation_id, outcome=receipt.outcome,
        problems=receipt.problems, aliases=receipt.aliases or {}, collection=receipt.collection,
        entity_id=receipt.entity_id, client_seq=receipt.client_seq,
    )  # fmt: skip


def _kept(refused: Refused) -> dict[str, Any]:
    facts = orjson.loads(orjson.dumps(refused.facts, default=str))
    return {"code": refused.code, "field": refused.field, "facts": facts}
