"""What happens to a customer's record: made, edited, kept awake, handed over."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tortoise import Tortoise

from server.customers import names, queries, rules
from server.customers.model import Customer, CustomerKind, Household
from server.customers.rules import Conflict
from server.kernel import held
from server.kernel.ids import new_id
from server.kernel.model import Entity
from server.kernel.texts import NAME, clean
from server.kernel.work import Work
from server.showrooms import hours
from server.showrooms import queries as showrooms
from server.showrooms.rules import BOUNDS

CARRIED_ANYWHERE = timedelta(days=BOUNDS["window_days"][0])
"""Tablets carry who was active within the window, which no showroom may set shorter than this."""


async def add(
    work: Work,
    *,
    id: UUID,
    name: str,
    owner_id: UUID | None,
    kind: CustomerKind = CustomerKind.PERSON,
    field: str = "name",
) -> Customer:
    """A new record in the showroom acted as, with an identity of its own until a phone says otherwise."""
    customer = Customer(
        id=id, showroom_id=work.showroom_id, identity_id=new_id(), kind=kind, owner_id=owner_id,
        last_active_on=await _today(work, work.showroom_id), created_at=work.now, updated_at=work.now,
    )  # fmt: skip
    _rename(customer, clean(name, field, most=NAME))
    return await work.save(customer, create=True)


async def edit(
    work: Work,
    customer: Customer,
    *,
    seen: Mapping[str, Any],
    wanted: Mapping[str, Any],
    add_tags: Iterable[str] = (),
    remove_tags: Iterable[str] = (),
    append_note: str = "",
) -> list[Conflict]:
    """Three ways per field: `seen` is what the writer had before them. Returns what was lost unseen."""
    today = await _today(work, customer.showroom_id)
    conflicts = []
    for name, value in rules.cleaned(wanted, today=today).items():
        conflict = _set(customer, name, value, seen.get(name), by=work.actor.id)
        conflicts += [conflict] if conflict else []
    customer.tags = rules.with_tags(
        customer.tags,
        added=rules.ensure_tags(add_tags, field="addTags"),
        removed=rules.ensure_tags(remove_tags, field="removeTags"),
    )
    customer.note = "\n".join(filter(None, [customer.note, clean(append_note, "appendNote")]))
    _rename(customer, customer.name)
    await work.save(customer)
    await keep_active(work, customer)
    return conflicts


async def keep_active(work: Work, customer: Customer) -> None:
    """Notes that something happened. A customer whom tablets may no longer carry is announced whole again."""
    today = await _today(work, customer.showroom_id)
    if customer.last_active_on >= today:
        return
    was_carried = _is_carried(customer, today=today)
    customer.last_active_on = today
    await work.save(customer)
    if not was_carried:
        await announce_aggregate(work, customer.id)


async def follow_lead(work: Work, customer: Customer, *, owner_id: UUID | None, is_active: bool) -> None:
    """The customer belongs to whom the lead belongs to, and is active while one is unsettled.

    The owner decides who sees the record, and activity whether tablets carry it: all that belongs to it is
    announced, unless it was on the same tablets before.
    """
    if (customer.owner_id, customer.is_active) == (owner_id, is_active):
        return
    was_lately = customer.last_active_on >= work.now.date() - CARRIED_ANYWHERE
    same_eyes = customer.owner_id == owner_id
    customer.owner_id, customer.is_active = owner_id, is_active
    await work.save(customer)
    if not (same_eyes and was_lately):
        await announce_aggregate(work, customer.id)


async def announce_aggregate(work: Work, customer_id: UUID) -> None:
    """Puts the customer and every row that hangs on it into the feed again: who sees them has changed.

    It asks every model with a `customer_id`, so that nothing is forgotten when a feature is added.
    """
    customer = await held.the(Customer, customer_id)
    work.announce([customer])
    if customer.household_id:
        work.announce_ids(customer.showroom_id, Household.collection(), [customer.household_id])
    for model in children():
        rows = await model.filter(customer_id=customer_id).only("id")
        work.announce_ids(customer.showroom_id, model.collection(), [row.id for row in rows])


def children() -> list[type[Entity]]:
    """Every model whose rows belong to a customer, by the name of its table."""
    models = (m for m in Tortoise.apps["models"].values() if issubclass(m, Entity))
    return sorted(
        (m for m in models if "customer_id" in m._meta.fields_map), key=lambda model: model.collection()
    )


async def link_identity(work: Work, customer: Customer, phone: str) -> None:
    """The same number in a sister showroom is the same person there: linked, never merged.

    A record that is linked already stays with whom it is linked to.
    """
    if len(await queries.identity_of(customer)) > 1:
        return
    identity = await queries.identity_of_phone(work.actor.group_id, phone, besides=customer.showroom_id)
    if identity:
        customer.identity_id = identity
        await work.save(customer)


def _is_carried(customer: Customer, *, today: date) -> bool:
    return customer.is_active or customer.last_active_on >= today - CARRIED_ANYWHERE


def _set(customer: Customer, name: str, value: Any, seen: Any, *, by: UUID) -> Conflict | None:
    current = getattr(customer, name)
    settled, was_lost = rules.settle(current=current, seen=seen, wanted=value)
    if settled == current:
        return None
    conflict = Conflict(name, _json(value), _json(current), customer.edited_by.get(name))
    setattr(customer, name, settled)
    customer.edited_by = {**customer.edited_by, name: str(by)}
    return conflict if was_lost else None


def _rename(customer: Customer, name: str) -> None:
    customer.name = name
    customer.name_folded, customer.pinyin, customer.pinyin_initials = names.keys_of(name)


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


async def _today(work: Work, showroom_id: UUID) -> date:
    showroom = await showrooms.get(showroom_id)
    return hours.local_day(work.now, time_zone=showroom.time_zone)
