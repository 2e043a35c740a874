"""A tablet's store: registered before its first entry, given numbers to in order, revoked by a manager."""

from dataclasses import dataclass
from uuid import UUID

from server.kernel.actor import Actor
from server.kernel.clock import Clock
from server.kernel.model import Receipt, Store
from server.kernel.receipts import StoreUnusable


@dataclass(frozen=True, kw_only=True)
class Registered:
    """`last_seq`: the last entry that has a verdict. `evicted`: this device had another store of this person before."""

    last_seq: int
    evicted: bool


async def register(
    actor: Actor, *, store_id: UUID, label: str, device_id: UUID | None, clock: Clock
) -> Registered:
    """Idempotent. Raises StoreUnusable for another person's store or one that was revoked."""
    now = clock()
    store = await Store.get_or_none(id=store_id)
    if store is not None:
        if store.person_id != actor.id or store.revoked_at:
            raise StoreUnusable
        await Store.filter(id=store_id).update(seen_at=now, label=label[:120] or store.label)
        return Registered(last_seq=store.last_seq, evicted=False)
    earlier = device_id is not None and await Store.exists(device_id=device_id, person_id=actor.id)
    await Store.create(
        id=store_id,
        person_id=actor.id,
        label=label[:120],
        registered_at=now,
        seen_at=now,
        device_id=device_id,
    )
    return Registered(last_seq=0, evicted=earlier)


async def ensure_usable(actor: Actor, *, store_id: UUID) -> None:
    """Before the first entry of a batch: under a colleague's session nothing of it may be judged, known or not."""
    store = await Store.get_or_none(id=store_id)
    if store is None or store.person_id != actor.id or store.revoked_at:
        raise StoreUnusable


async def revoke(actor: Actor, *, store_id: UUID, clock: Clock) -> Store | None:
    """Only one's own, or anybody's by a manager of the group. None where there is no such store."""
    store = await Store.get_or_none(id=store_id)
    manages = any(actor.manages(showroom_id) for showroom_id in actor.roles)
    if store is None or not (store.person_id == actor.id or manages):
        return None
    await Store.filter(id=store_id, revoked_at=None).update(revoked_at=clock())
    return store


async def refused_entry(actor: Actor, client_mutation_id: UUID) -> Receipt | None:
    """The refusal that a person is about to discard; only their own."""
    return await Receipt.get_or_none(
        client_mutation_id=client_mutation_id, person_id=actor.id, outcome="REFUSED"
    )
