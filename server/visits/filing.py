"""A walk-in is captured: visit, customer, lead and next step in one breath.

The number may be on file already, the visit completed by a colleague, the lead another's: whatever it meets,
the visit stays counted, the owner keeps the lead, and nothing that was typed is lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import phonenumbers
from phonenumbers import PhoneNumberFormat

from server.customers import actions as customers
from server.customers import contacts
from server.customers import queries as customer_queries
from server.customers import rules as customer_rules
from server.customers.model import ContactKind, Customer
from server.follow_ups import next_step, ownership
from server.follow_ups.rules import NextStep, kind_for
from server.kernel import held
from server.kernel.actor import Role
from server.kernel.refused import Refused, not_found
from server.kernel.texts import NAME, clean
from server.kernel.work import Work
from server.leads import actions as leads
from server.leads import queries as lead_queries
from server.leads import rules as lead_rules
from server.leads.model import Lead, Level, TouchKind
from server.leads.rules import Car
from server.people import queries as people
from server.visits import actions
from server.visits.model import Party, Visit, VisitKind


@dataclass(frozen=True, kw_only=True)
class WalkIn:
    """What was typed. The ids are the tablet's: of things that are there, or that are to be made."""

    visit_id: UUID
    customer_id: UUID
    lead_id: UUID
    contact_point_id: UUID
    name: str = ""
    phone: str = ""
    party: Party = Party.ONE
    note: str = ""
    source_id: UUID | None = None
    level: Level | None = None
    wanted: Sequence[Car] = ()
    rivals: Sequence[Car] = ()
    next_step: NextStep | None = None


@dataclass(kw_only=True)
class Filed:
    """Whose visit it turned out to be, and what of the typed found no place of its own."""

    customer: Customer
    by_phone: bool = False
    left_over: dict[str, Any] = field(default_factory=dict)


async def capture(work: Work, walk_in: WalkIn) -> Visit:
    """APPLIED, or MERGED where the customer, the lead or the visit was there already."""
    customer_rules.ensure_may_capture(work.actor, work.showroom_id)
    walk_in = replace(walk_in, name=clean(walk_in.name, "name", most=NAME), note=clean(walk_in.note, "note"))
    phone = await _phone(work, walk_in)

    visit = await _visit(work, walk_in)
    filed = await _customer(work, walk_in, phone)
    if filed is None:
        return await actions.conclude(
            work, visit, kind=VisitKind.LOOKED_NOT_FILED, party=walk_in.party, note=_all_in_words(walk_in)
        )
    kind = await actions.counted_as(visit, filed.customer)
    lead = await _lead(work, walk_in, filed)
    await _plan(work, walk_in, filed, lead)

    await actions.conclude(
        work, visit, kind=kind, party=walk_in.party, note=walk_in.note, customer=filed.customer, lead=lead
    )
    await _keep_left_over(work, visit, filed, lead)
    await next_step.ensure_next_step(work, lead)
    return visit


async def _phone(work: Work, walk_in: WalkIn) -> str:
    if not walk_in.phone.strip():
        return ""
    return await contacts.stored_form(work, ContactKind.PHONE, walk_in.phone, field="phone")


async def _visit(work: Work, walk_in: WalkIn) -> Visit:
    """The one that was greeted, or a new one. One that a colleague completed meanwhile is no obstacle."""
    visit = await held.one(Visit, walk_in.visit_id)
    if visit is None:
        return await actions.arrive(
            work, id=walk_in.visit_id, party=walk_in.party, source_id=walk_in.source_id
        )
    if visit.showroom_id != work.showroom_id:
        raise Refused("ID_TAKEN", "visitId")
    if walk_in.source_id:
        source = await actions.source_of_visit(work, walk_in.source_id)
        visit.source_id = source.id if source else None
    return visit


async def _customer(work: Work, walk_in: WalkIn, phone: str) -> Filed | None:
    """Whom the salesperson chose, else whose number it is, else somebody new; None for one without a name."""
    chosen = await _chosen(work, walk_in.customer_id, phone)
    known = await customer_queries.of_phone(work.showroom_id, phone) if phone else None
    customer = chosen or known
    if customer:
        filed = Filed(customer=customer, by_phone=chosen is None)
        await work.alias(walk_in.customer_id, customer.id)
        if filed.by_phone:
            work.merged()
        if walk_in.name and walk_in.name != customer.name:
            filed.left_over["name"] = walk_in.name
    elif walk_in.name or phone:
        filed = Filed(customer=await _new_customer(work, walk_in, phone))
    else:
        return None
    await _attach(work, walk_in, filed, phone)
    return filed


async def _chosen(work: Work, customer_id: UUID, phone: str) -> Customer | None:
    """A customer that is on file. One out of reach does not exist, unless the number typed is theirs."""
    alias = await held.beside("SELECT new_id FROM aliases WHERE old_id = ?", str(customer_id))
    meant = UUID(str(alias[0][0])) if alias else customer_id
    row = await held.one(Customer, meant)
    if row is None:
        return None
    visible = customer_queries.visible_to(work.actor).filter(id=meant, showroom_id=work.showroom_id)
    chosen = await visible.first()
    if chosen is None and not (phone and await _is_theirs(work, row, phone)):
        raise not_found("customerId")
    return chosen


async def _is_theirs(work: Work, row: Customer, phone: str) -> bool:
    known = await customer_queries.of_phone(work.showroom_id, phone)
    return known is not None and known.id == row.id


async def _new_customer(work: Work, walk_in: WalkIn, phone: str) -> Customer:
    """Without a name the number stands for it, until somebody asks."""
    return await customers.add(
        work, id=walk_in.customer_id, name=walk_in.name or _spoken(phone), owner_id=_seller(work)
    )


async def _attach(work: Work, walk_in: WalkIn, filed: Filed, phone: str) -> None:
    if phone:
        await contacts.attach(
            work, filed.customer, id=walk_in.contact_point_id, kind=ContactKind.PHONE, stored=phone,
            typed=walk_in.phone,
        )  # fmt: skip


async def _lead(work: Work, walk_in: WalkIn, filed: Filed) -> Lead:
    """The lead being worked; else a new one for whoever served the customer before and still works here."""
    customer = filed.customer
    lead = await lead_queries.unsettled_of(customer.id)
    if lead is None:
        return await leads.open_lead(
            work, id=walk_in.lead_id, customer=customer, owner_id=await _owner_of_new(work, customer),
            source_id=walk_in.source_id, level=walk_in.level or Level.N, wanted=walk_in.wanted,
            rivals=walk_in.rivals,
        )  # fmt: skip
    if walk_in.lead_id != lead.id:
        await work.alias(walk_in.lead_id, lead.id)
        work.merged()
    if _is_anothers(work, lead):
        filed.left_over |= _typed_of_lead(walk_in)
        return lead
    if lead.owner_id is None and _seller(work):
        await ownership.give(work, lead, owner_id=_seller(work), reason="CAPTURED")
        await customer.refresh_from_db()
    return await _enrich(work, walk_in, lead)


async def _enrich(work: Work, walk_in: WalkIn, lead: Lead) -> Lead:
    if walk_in.level:
        lead_rules.ensure_level_by_hand(walk_in.level)
        await leads.set_level(work, lead, walk_in.level)
    if walk_in.wanted:
        await leads.add_wanted(work, lead, walk_in.wanted)
    if walk_in.rivals:
        await leads.add_rivals(work, lead, walk_in.rivals)
    return lead


async def _owner_of_new(work: Work, customer: Customer) -> UUID | None:
    before = await lead_queries.latest_of(customer.id)
    for person_id in (before.owner_id if before else None, customer.owner_id):
        if person_id and await people.works_in(person_id, work.showroom_id):
            return person_id
    return _seller(work)


async def _keep_left_over(work: Work, visit: Visit, filed: Filed, lead: Lead) -> None:
    """Tells the owner that their customer was captured again, with everything that was typed."""
    if not filed.by_phone and not filed.left_over:
        return
    about = {
        "code": "CAPTURED_AGAIN", "by": str(work.actor.id), "owner": _text(lead.owner_id),
        "visitId": str(visit.id), **filed.left_over,
    }  # fmt: skip
    await leads.touch(work, lead, kind=TouchKind.NOTE, direction="IN", about=about)


async def _plan(work: Work, walk_in: WalkIn, filed: Filed, lead: Lead) -> None:
    step = walk_in.next_step
    if step is None or _is_anothers(work, lead):
        return
    silent = await customer_queries.silent_channels_of(filed.customer.id)
    step = replace(step, kind=kind_for(step.kind, silent=silent))
    await next_step.plan_next(work, lead, step)


def _is_anothers(work: Work, lead: Lead) -> bool:
    return lead_rules.is_anothers(work.actor, showroom_id=work.showroom_id, owner_id=lead.owner_id)


def _seller(work: Work) -> UUID | None:
    """Who captures owns, if they sell; what the desk or a program captures lies in the pool."""
    return work.actor.id if Role.SALESPERSON in work.actor.roles_in(work.showroom_id) else None


def _typed_of_lead(walk_in: WalkIn) -> dict[str, Any]:
    """What was typed of a lead that is another's, as its owner will read it."""
    step = walk_in.next_step
    typed = {
        "level": walk_in.level,
        "wanted": lead_rules.plain_cars(walk_in.wanted, field="wanted"),
        "rivals": lead_rules.plain_cars(walk_in.rivals, field="rivals"),
        "nextStep": {"dueAt": step.due_at.isoformat(), "kind": step.kind, "note": step.note}
        if step
        else None,
    }
    return {name: value for name, value in typed.items() if value}


def _all_in_words(walk_in: WalkIn) -> str:
    """For a visitor without a name and a number, who has no lead: everything goes into the visit's note."""
    cars = [" ".join(filter(None, [c.make, c.model, c.trim, c.color])) for c in walk_in.wanted]
    rivals = [f"≠ {c.make} {c.model}".strip() for c in walk_in.rivals]
    step = [walk_in.next_step.note] if walk_in.next_step else []
    return "\n".join(filter(None, [walk_in.note, *cars, *rivals, *step]))


def _spoken(phone: str) -> str:
    return phonenumbers.format_number(phonenumbers.parse(phone), PhoneNumberFormat.INTERNATIONAL)


def _text(value: UUID | None) -> str | None:
    return str(value) if value else None
