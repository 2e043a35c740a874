"""Edits of a customer's record that leave a word in the timeline. Verbs."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from server.customers import actions as customers
from server.customers import consents, contacts, queries, rules
from server.customers.model import Consent, ContactKind, ContactPoint, Customer
from server.customers.rules import Conflict
from server.follow_ups import next_step
from server.kernel.work import Work
from server.leads import actions as leads
from server.leads import queries as lead_queries
from server.leads.model import Lead, TouchKind


async def edit_customer(
    work: Work,
    *,
    customer_id: UUID,
    seen: Mapping[str, Any],
    wanted: Mapping[str, Any],
    add_tags: Iterable[str] = (),
    remove_tags: Iterable[str] = (),
    append_note: str = "",
) -> Customer:
    """Fields by column. Where two people changed one field the later verdict stands, the other value goes to
    the timeline with its author, and the outcome is MERGED."""
    rules.ensure_may_edit(work.actor, work.showroom_id)
    customer = await queries.find(work.actor, customer_id, showroom_id=work.showroom_id, field="id")
    conflicts = await customers.edit(
        work, customer, seen=seen, wanted=wanted, add_tags=add_tags, remove_tags=remove_tags,
        append_note=append_note,
    )  # fmt: skip
    for conflict in conflicts:
        await tell_conflict(work, customer.id, conflict)
    return customer


async def add_contact_point(
    work: Work, *, id: UUID, customer_id: UUID, kind: ContactKind, value: str, preferred: bool = False
) -> ContactPoint:
    """A number that another record has too is a signal, and goes to the timeline."""
    point = await contacts.add_contact_point(
        work, id=id, customer_id=customer_id, kind=kind, value=value, preferred=preferred
    )
    await _tell_same_phone(work, point)
    return point


async def change_contact_point(
    work: Work,
    *,
    id: UUID,
    seen: str | None = None,
    value: str | None = None,
    preferred: bool | None = None,
    reachable: bool | None = None,
) -> ContactPoint:
    """What is None stays. A value that somebody else changed meanwhile goes to the timeline."""
    rules.ensure_may_edit(work.actor, work.showroom_id)
    point = await queries.find_contact_point(work.actor, id, showroom_id=work.showroom_id)
    before = point.value
    conflict = await contacts.change(
        work, point, seen=seen, value=value, preferred=preferred, reachable=reachable
    )
    await customers.keep_active(work, point.customer)
    if conflict:
        await tell_conflict(work, point.customer_id, conflict)
    if point.value != before:
        await _tell_same_phone(work, point)
    return point


async def set_do_not_contact(work: Work, *, customer_id: UUID, do_not_contact: bool) -> Customer:
    """It beats everything at once: open calls and messages become something to do in the showroom."""
    rules.ensure_may_edit(work.actor, work.showroom_id)
    customer = await queries.find(work.actor, customer_id, showroom_id=work.showroom_id)
    if customer.do_not_contact == do_not_contact:
        return customer
    await consents.set_do_not_contact(work, customer, do_not_contact=do_not_contact)
    if do_not_contact:
        await next_step.silence(work, customer)
    code = "DO_NOT_CONTACT" if do_not_contact else "MAY_CONTACT"
    await note(work, customer.id, about={"code": code, "by": str(work.actor.id)})
    return customer


async def withdraw_consent(work: Work, **said: Any) -> Consent:
    """STOP holds at once: what was planned by that channel for the live deal is done another way."""
    consent = await consents.withdraw_consent(work, **said)
    await next_step.silence(work, await Customer.get(id=consent.customer_id))
    return consent


async def note(work: Work, customer_id: UUID, *, about: dict[str, Any], text: str = "") -> None:
    """A system note on the customer, and on the lead that is being worked if there is one."""
    lead: Lead | None = await lead_queries.unsettled_of(customer_id)
    await leads.touch(work, lead, customer_id=customer_id, kind=TouchKind.NOTE, about=about, text=text)


async def tell_conflict(work: Work, customer_id: UUID, conflict: Conflict) -> None:
    about = {
        "code": "EDIT_CONFLICT", "field": conflict.field, "kept": conflict.kept, "keptBy": str(work.actor.id),
        "lost": conflict.lost, "lostBy": conflict.lost_by,
    }  # fmt: skip
    await note(work, customer_id, about=about)
    work.merged()


async def _tell_same_phone(work: Work, point: ContactPoint) -> None:
    if point.kind != ContactKind.PHONE:
        return
    customer = await Customer.get(id=point.customer_id)
    for other in await queries.others_with_phone(customer, point.value):
        about = {"code": "SAME_PHONE", "phone": point.value, "otherId": str(other.id)}
        await note(work, customer.id, about=about)
