"""Work of somebody who may not send it any more: kept as it was typed, until a manager takes it over or discards it.

Whoever has left, or whose tablet was barred, has no session. What shows that a store comes from its own tablet is
the device cookie, which the store is registered with; the store's id is known to that tablet alone.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from server.kernel.actor import Actor
from server.kernel.clock import Clock
from server.kernel.ids import id_of
from server.kernel.model import Receipt, Store
from server.kernel.receipts import StoreUnusable
from server.kernel.refused import Refused
from server.kernel.work import Command, Work, unit_of_work
from server.people import queries as people
from server.people.model import Person
from server.sync.model import Ending, HandedOver, Kind, Why
from server.sync.traces import trace

MOST_OF_A_STORE = 5_000
"""So much of one store waits for a manager at most: a stolen tablet cannot fill the disk."""


class Standing(StrEnum):
    """What a tablet's store is to the server now."""

    WELCOME = "WELCOME"
    SIGN_IN = "SIGN_IN"
    LEFT = "LEFT"
    REVOKED = "REVOKED"


@dataclass(frozen=True, kw_only=True)
class Handed:
    """One thing from the tablet. `content`: its variables, JSON in a text."""

    entry_id: UUID
    kind: Kind
    verb: str
    version: int
    content: str
    tapped_at: datetime


async def standing(*, store_id: UUID, device_id: UUID | None, actor: Actor | None) -> Standing:
    """Tells the tablet itself whether its person has left or it was barred; anybody else to sign in."""
    store = await Store.get_or_none(id=store_id)
    if store is None:
        return Standing.WELCOME if actor else Standing.SIGN_IN
    is_its_tablet = device_id is not None and store.device_id == device_id
    is_its_person = actor is not None and actor.id == store.person_id
    if not is_its_tablet and not is_its_person:
        return Standing.SIGN_IN
    if not await Person.exists(id=store.person_id, active=True):
        return Standing.LEFT
    if store.revoked_at:
        return Standing.REVOKED
    return Standing.WELCOME if is_its_person else Standing.SIGN_IN


async def hand_over(
    entries: list[Handed],
    *,
    store_id: UUID,
    device_id: UUID | None,
    actor: Actor | None,
    client_mutation_id: UUID,
    clock: Clock,
) -> None:
    """Keeps all of them or none. Idempotent. Raises StoreUnusable where the store may be used in the ordinary way."""
    now = await standing(store_id=store_id, device_id=device_id, actor=actor)
    if now not in (Standing.LEFT, Standing.REVOKED):
        raise StoreUnusable
    store = await Store.get(id=store_id)
    author = await Person.get(id=store.person_id)

    async def keep(work: Work) -> None:
        there = await _there(store_id, entries)
        fresh = [entry for entry in entries if entry.entry_id not in there]
        if await HandedOver.filter(store_id=store_id).count() + len(fresh) > MOST_OF_A_STORE:
            raise StoreUnusable
        for entry in fresh:
            await HandedOver.create(**_row(entry, store, author, Why(now), work.now))
        if fresh:
            handed = [str(entry.entry_id) for entry in fresh]
            await trace(work, {"handedOver": handed, "of": str(author.id), "why": now})

    await unit_of_work(
        keep, actor=await people.actor_of(author), scopes=[author.home_showroom_id],
        command=Command(verb="handOver", client_mutation_id=client_mutation_id, store_id=store_id),
        showroom_id=author.home_showroom_id, clock=clock,
    )  # fmt: skip


async def waiting(actor: Actor) -> list[HandedOver]:
    """What waits for this manager, by author and in the order of taps."""
    managed = [showroom_id for showroom_id in actor.roles if actor.manages(showroom_id)]
    rows = HandedOver.filter(showroom_id__in=managed, ending=None).select_related("person")
    return await rows.order_by("person_id", "tapped_at", "id")


async def end(
    actor: Actor, *, id: UUID, ending: Ending, client_mutation_id: UUID, clock: Clock
) -> HandedOver:
    """A manager has taken it over, or discards it. Refuses with NOT_FOUND, and ALREADY_DEALT_WITH by somebody else."""
    row = await HandedOver.get_or_none(id=id)
    if row is None or not actor.manages(row.showroom_id):
        raise Refused("NOT_FOUND", "id")

    async def close(work: Work) -> None:
        changed = await HandedOver.filter(id=id, ending=None).update(
            ending=ending, ended_at=work.now, ended_by_id=actor.id
        )
        if changed:
            await trace(work, {"handedOver": str(row.id), "of": str(row.person_id), "ending": ending})

    await unit_of_work(
        close, actor=actor, command=Command(verb="endHandedOver", client_mutation_id=client_mutation_id),
        scopes=[row.showroom_id], showroom_id=row.showroom_id, clock=clock,
    )  # fmt: skip
    now = await HandedOver.get(id=id)
    if now.ended_by_id != actor.id or now.ending != ending:
        raise Refused("ALREADY_DEALT_WITH", "id")
    return now


async def _there(store_id: UUID, entries: list[Handed]) -> set[UUID]:
    """Those that need nobody: handed over before, or processed although the tablet has not heard of it."""
    rows = {_id(store_id, entry): entry.entry_id for entry in entries}
    handed = await HandedOver.filter(id__in=list(rows)).values_list("id", flat=True)
    waits = [entry.entry_id for entry in entries if entry.kind is Kind.WAITING]
    processed = await Receipt.filter(
        client_mutation_id__in=waits, store_id=store_id, outcome__in=["APPLIED", "MERGED"]
    ).values_list("client_mutation_id", flat=True)
    return {rows[id] for id in handed} | set(processed)  # type: ignore[index,arg-type]


def _id(store_id: UUID, entry: Handed) -> UUID:
    return id_of("handed over", str(store_id), str(entry.entry_id))


def _row(entry: Handed, store: Store, author: Person, why: Why, now: datetime) -> dict[str, Any]:
    return {
        "id": _id(store.id, entry), "store_id": store.id, "person_id": author.id,
        "showroom_id": author.home_showroom_id, "why": why, "kind": entry.kind, "verb": entry.verb[:60],
        "version": entry.version, "content": entry.content, "tapped_at": entry.tapped_at, "handed_at": now,
    }  # fmt: skip
