"""Somebody came in, was attended to, and left. Verbs."""

from uuid import UUID

from server.customers import queries as customers
from server.customers.model import Customer
from server.follow_ups import next_step
from server.kernel import held
from server.kernel.refused import not_found
from server.kernel.texts import clean
from server.kernel.work import Work
from server.leads import actions as leads
from server.leads import queries as lead_queries
from server.leads.model import Lead, Outcome, TouchKind
from server.showrooms import queries as showrooms
from server.showrooms.model import Source
from server.visits import queries, rules
from server.visits.model import Party, Visit, VisitKind
from server.visits.rules import Errand

WALK_IN = "walk_in"


async def greet(
    work: Work, *, id: UUID, party: Party = Party.ONE, note: str = "", source_id: UUID | None = None
) -> Visit:
    """One tap, anonymous: they are counted. Without a source it is the showroom's walk-in."""
    rules.ensure_may_receive(work.actor, showroom_id=work.showroom_id)
    return await arrive(work, id=id, party=party, note=note, source_id=source_id)


async def complete(
    work: Work,
    *,
    id: UUID,
    kind: VisitKind,
    errand: Errand | None = None,
    party: Party | None = None,
    note: str = "",
    customer_id: UUID | None = None,
    lead_id: UUID | None = None,
) -> Visit:
    """Says what the visit was. Of a customer on file the facts decide which kind of filed visit it counts as.

    Completed twice is MERGED: what the first left open is filled in, what differs is kept in the note.
    """
    rules.ensure_may_receive(work.actor, showroom_id=work.showroom_id)
    visit = await queries.find(work.actor, id, showroom_id=work.showroom_id)
    lead = await _lead(work, lead_id)
    customer = await _customer(work, customer_id, lead) or await _there(visit)
    rules.ensure_kind(kind, has_customer=customer is not None, errand=errand)
    if customer and kind in rules.FILED:
        kind = await counted_as(visit, customer)
    said = errand or (Errand.OTHER if kind == VisitKind.NOT_A_BUYER else "")
    return await conclude(
        work, visit, kind=kind, errand=said, party=party, note=note, customer=customer, lead=lead
    )


async def leave(work: Work, *, id: UUID) -> Visit:
    """The first time that is said counts."""
    rules.ensure_may_receive(work.actor, showroom_id=work.showroom_id)
    visit = await queries.find(work.actor, id, showroom_id=work.showroom_id)
    if visit.left_at:
        work.merged()
        return visit
    visit.left_at = max(work.happened_at, visit.arrived_at)
    return await work.save(visit)


async def arrive(
    work: Work, *, id: UUID, party: Party = Party.ONE, note: str = "", source_id: UUID | None = None
) -> Visit:
    source = await source_of_visit(work, source_id)
    visit = Visit(
        id=id, showroom_id=work.showroom_id, party=party, note=clean(note, "note"),
        source_id=source.id if source else None, greeted_by_id=work.actor.id,
        arrived_at=work.happened_at, recorded_at=work.now,
    )  # fmt: skip
    return await work.save(visit, create=True)


async def source_of_visit(work: Work, source_id: UUID | None) -> Source | None:
    if source_id:
        return await showrooms.find_source(work.showroom_id, source_id)
    return await showrooms.source_of(work.showroom_id, WALK_IN)


async def conclude(
    work: Work,
    visit: Visit,
    *,
    kind: VisitKind,
    errand: str = "",
    party: Party | None = None,
    note: str = "",
    customer: Customer | None = None,
    lead: Lead | None = None,
) -> Visit:
    """Writes what the visit was and puts it into the customer's timeline, once.

    A visit has one customer: of a second one who is filed on it only the timeline and the note tell.
    """
    note = clean(note, "note")
    is_theirs = customer is None or visit.customer_id in (None, customer.id)
    is_new_to_them = customer is not None and visit.customer_id != customer.id
    if visit.completed_at:
        work.merged()
    if is_theirs:
        _fill_in(work, visit, kind=kind, errand=errand, party=party, customer=customer, lead=lead)
    if note and note not in visit.note:
        visit.note = "\n".join(filter(None, [visit.note, note]))
    visit.served_by_id = visit.served_by_id or work.actor.id
    visit.completed_at = visit.completed_at or work.happened_at
    visit.completed_by_id = visit.completed_by_id or work.actor.id
    await work.save(visit)
    if customer and is_new_to_them:
        await _into_timeline(work, visit, customer, lead, text=visit.note if is_theirs else note)
    return visit


def _fill_in(
    work: Work,
    visit: Visit,
    *,
    kind: VisitKind,
    errand: str,
    party: Party | None,
    customer: Customer | None,
    lead: Lead | None,
) -> None:
    """What is still open, and the kind by whoever first said it: a colleague's word is not overwritten."""
    if visit.completed_by_id in (None, work.actor.id) or (customer and visit.customer_id is None):
        visit.kind, visit.errand = kind, str(errand)
        visit.party = party or visit.party
    if customer and visit.customer_id is None:
        visit.customer_id = customer.id
    if lead and visit.lead_id is None and lead.customer_id == visit.customer_id:
        visit.lead_id = lead.id


async def counted_as(visit: Visit, customer: Customer) -> VisitKind:
    return rules.kind_of(
        is_new=customer.created_at >= visit.arrived_at,
        has_phone=await customers.has_reachable_phone(customer.id),
        came_before=await queries.came_before(customer.id, before=visit.arrived_at, besides=visit.id),
    )


async def _into_timeline(
    work: Work, visit: Visit, customer: Customer, lead: Lead | None, *, text: str
) -> None:
    is_errand = visit.kind == VisitKind.NOT_A_BUYER
    touch = await leads.touch(
        work, None if is_errand else lead, customer_id=customer.id, kind=TouchKind.VISIT, direction="IN",
        outcome=None if is_errand else Outcome.CAME_IN, text=text, happened_at=visit.arrived_at,
    )  # fmt: skip
    if lead and not is_errand:
        await next_step.settle_by(work, lead, touch)
        await next_step.ensure_next_step(work, lead)


async def _lead(work: Work, lead_id: UUID | None) -> Lead | None:
    if lead_id is None:
        return None
    return await lead_queries.find(work.actor, lead_id, showroom_id=work.showroom_id)


async def _customer(work: Work, customer_id: UUID | None, lead: Lead | None) -> Customer | None:
    """Whom the completion names; a lead must be that customer's."""
    named = customer_id or (lead.customer_id if lead else None)
    if named is None:
        return None
    customer = await customers.find(work.actor, named, showroom_id=work.showroom_id)
    if lead and lead.customer_id != customer.id:
        raise not_found("leadId")
    return customer


async def _there(visit: Visit) -> Customer | None:
    return await held.one(Customer, visit.customer_id)
