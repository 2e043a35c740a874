"""A tablet's store: registered before its first entry, given numbers to in order, revoked by a manager."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from server.kernel.actor import Actor
from server.kernel.clock import Clock
from server.kernel.model import Receipt, Store
from server.kernel.receipts import StoreUnusable
from server.kernel.work import Command, IntegrityError, Work, unit_of_work
from server.people.model import Person, Session
from server.sync.traces import trace


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
        await Store.filter(id=store_id).update(
            seen_at=now, label=label[:120] or store.label, device_id=device_id or store.device_id
        )
        return Registered(last_seq=store.last_seq, evicted=False)
    earlier = device_id is not None and await Store.exists(device_id=device_id, person_id=actor.id)
    try:
        await Store.create(
            id=store_id, person_id=actor.id, label=label[:120], registered_at=now, seen_at=now,
            device_id=device_id,
        )  # fmt: skip
    except IntegrityError:  # by another tab in this very moment
        return await register(actor, store_id=store_id, label=label, device_id=device_id, clock=clock)
    return Registered(last_seq=0, evicted=earlier)


async def ensure_usable(actor: Actor, *, store_id: UUID) -> None:
    """Before the first entry of a batch: under a colleague's session nothing of it may be judged, known or not."""
    store = await Store.get_or_none(id=store_id)
    if store is None or store.person_id != actor.id or store.revoked_at:
        raise StoreUnusable


async def revoke(actor: Actor, *, client_mutation_id: UUID, store_id: UUID, clock: Clock) -> Store | None:
    """Bars a tablet: the store, and whatever else on the same device this actor may bar, with its sessions.

    One's own, or that of somebody whose home showroom one manages. None where there is none such.
    """
    store = await Store.get_or_none(id=store_id)
    barred = await _of_one_device(actor, store) if store else []
    mine = [owner for one, owner in barred if one.id == store_id]
    if not mine:
        return None

    async def bar(work: Work) -> None:
        for one, owner in barred:
            if await Store.filter(id=one.id, revoked_at=None).update(revoked_at=work.now):
                await trace(work, {"revoked": str(one.id), "of": str(owner.id)})
                await _end_sessions(one, work.now)

    await unit_of_work(
        bar, actor=actor, command=Command(verb="revokeStore", client_mutation_id=client_mutation_id),
        scopes=[mine[0].home_showroom_id], showroom_id=mine[0].home_showroom_id, clock=clock,
    )  # fmt: skip
    return store


async def _of_one_device(actor: Actor, store: Store) -> list[tuple[Store, Person]]:
    """The stores of a shared tablet, with their owners, that the actor may bar."""
    beside = await Store.filter(device_id=store.device_id).order_by("id") if store.device_id else [store]
    people = await Person.filter(id__in=[one.person_id for one in beside], group_id=actor.group_id)
    owners = {person.id: person for person in people}
    found = [(one, owners[one.person_id]) for one in beside if one.person_id in owners]
    return [(one, of) for one, of in found if of.id == actor.id or actor.manages(of.home_showroom_id)]


async def _end_sessions(store: Store, now: datetime) -> None:
    """Or whoever holds the tablet would go on with a new store. A program has no device, and no wish to."""
    if store.device_id:
        mine = Session.filter(person_id=store.person_id, device_id=store.device_id, revoked_at=None)
        await mine.update(revoked_at=now)


async def refused_entry(actor: Actor, client_mutation_id: UUID) -> Receipt | None:
    """The refusal that a person is about to discard; only their own."""
    return await Receipt.get_or_none(
        client_mutation_id=client_mutation_id, person_id=actor.id, outcome="REFUSED"
    )
