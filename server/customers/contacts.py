"""How a customer is reached: phones, e-mails, WeChat. Verbs, and the one that a capture stands on."""

from uuid import UUID

from server.customers import actions, phones, queries, rules
from server.customers.model import ContactKind, ContactPoint, Customer
from server.customers.rules import Conflict
from server.kernel.refused import Refused
from server.kernel.work import Work
from server.showrooms import queries as showrooms


async def add_contact_point(
    work: Work, *, id: UUID, customer_id: UUID, kind: ContactKind, value: str, preferred: bool = False
) -> ContactPoint:
    """A point that the customer has already is MERGED into that one."""
    rules.ensure_may_edit(work.actor, work.showroom_id)
    customer = await queries.find(work.actor, customer_id, showroom_id=work.showroom_id)
    stored = await stored_form(work, kind, value)
    point = await attach(work, customer, id=id, kind=kind, stored=stored, typed=value, preferred=preferred)
    await actions.keep_active(work, customer)
    return point


async def attach(
    work: Work,
    customer: Customer,
    *,
    id: UUID,
    kind: ContactKind,
    stored: str,
    typed: str,
    preferred: bool = False,
) -> ContactPoint:
    """`stored` is the checked form. The first point of its kind is the preferred one."""
    points = [p for p in await queries.contact_points_of(customer.id) if p.kind == kind]
    same = next((p for p in points if p.value == stored), None)
    if same:
        await work.alias(id, same.id)
        work.merged()
        return same
    point = ContactPoint(
        id=id, showroom_id=customer.showroom_id, customer_id=customer.id, kind=kind, value=stored,
        typed=typed.strip(), preferred=preferred or not points, reversed_value=phones.reversed_value(stored),
    )  # fmt: skip
    if point.preferred:
        await _prefer(work, points)
    await work.save(point, create=True)
    if kind == ContactKind.PHONE:
        await actions.link_identity(work, customer, stored)
    return point


async def change(
    work: Work,
    point: ContactPoint,
    *,
    seen: str | None,
    value: str | None = None,
    preferred: bool | None = None,
    reachable: bool | None = None,
) -> Conflict | None:
    """What is None stays. A value that somebody else changed meanwhile is returned, not overwritten in silence."""
    conflict = None
    if value is not None:
        stored = await stored_form(work, point.kind, value)
        settled, was_lost = rules.settle(current=point.value, seen=seen, wanted=stored)
        if was_lost:
            conflict = Conflict(point.kind.lower(), stored, point.value, None)
        if settled != point.value:
            point.value, point.typed = settled, value.strip()
            point.reversed_value = phones.reversed_value(settled)
            point.reachable = True
    if reachable is not None:
        point.reachable = reachable
    if preferred is not None:
        point.preferred = preferred
    if preferred:
        await _prefer(
            work,
            [p for p in await queries.contact_points_of(point.customer_id) if p.id != point.id],
            kind=point.kind,
        )
    await work.save(point)
    return conflict


async def remove_contact_point(work: Work, *, id: UUID) -> ContactPoint:
    """It is kept for the record and no longer shown, searched or matched."""
    rules.ensure_may_edit(work.actor, work.showroom_id)
    point = await queries.find_contact_point(work.actor, id, showroom_id=work.showroom_id)
    point.removed_at = work.now
    point.preferred = False
    await work.save(point)
    await actions.keep_active(work, point.customer)
    return point


async def stored_form(work: Work, kind: ContactKind, value: str, *, field: str = "value") -> str:
    """Refuses PHONE_MISSING, INVALID_PHONE, INVALID_EMAIL."""
    if kind == ContactKind.PHONE and not value.strip():
        raise Refused("PHONE_MISSING", field)
    showroom = await showrooms.get(work.showroom_id)
    return phones.ensure_contact(kind, value, country=showroom.country, field=field)


async def _prefer(work: Work, others: list[ContactPoint], *, kind: ContactKind | None = None) -> None:
    """Only one point of a kind is preferred."""
    for other in others:
        if other.preferred and kind in (None, other.kind):
            other.preferred = False
            await work.save(other)
