"""A lead is won. An order stops every cadence at once: the household's, and the group's for that person."""

from datetime import timedelta
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from server.customers import queries as customers
from server.customers.model import Customer
from server.drives import actions as drives
from server.drives import queries as drive_queries
from server.follow_ups import next_step as steps
from server.follow_ups import resting
from server.follow_ups import rules as follow_up_rules
from server.follow_ups.model import Reason
from server.follow_ups.queries import calendar_of
from server.follow_ups.rules import NextStep, Plan
from server.kernel.actor import Actor
from server.kernel.ids import id_of
from server.kernel.model import Alias
from server.kernel.texts import clean
from server.kernel.work import Work
from server.leads import actions as leads
from server.leads import ownership
from server.leads import queries as lead_queries
from server.leads.model import Lead, LeadStatus, Level, Stage, TouchKind
from server.sales import losses, rules
from server.sales.model import Sale
from server.showrooms import queries as showrooms
from server.showrooms.hours import local_day
from server.showrooms.model import Showroom
from server.showrooms.rules import policies_of
from server.vehicles import actions as vehicles
from server.vehicles import queries as vehicle_queries
from server.vehicles.model import Vehicle, VehicleStatus

QUIET = timedelta(days=90)
"""How long a household or a sister showroom leaves a customer in peace who has just ordered."""


class Closing(Protocol):
    lead_id: UUID


async def scopes_of_close_won(_actor: Actor, input: Closing) -> set[UUID]:
    """The pens that a sale needs: of every showroom of the group that knows the same person."""
    alias = await Alias.filter(old_id=input.lead_id).first()
    lead = await Lead.filter(id=alias.new_id if alias else input.lead_id).first()
    if lead is None:
        return set()
    return {record.showroom_id for record in await _same_people(lead.customer_id)}


async def close_won(
    work: Work,
    *,
    id: UUID,
    lead_id: UUID,
    price: Decimal,
    currency: str | None = None,
    vehicle_id: UUID | None = None,
    description: str = "",
    next_step: NextStep | None = None,
) -> Sale:
    """An order for a car that stands here, or for one described in words."""
    lead = await ownership.find(work, lead_id, text=description, tried={"price": str(price)})
    rules.ensure_undecided(lead.status)
    showroom = await showrooms.get(work.showroom_id)
    car = await _car_for_sale(work, vehicle_id)
    sale = Sale(
        id=id, showroom_id=work.showroom_id, customer_id=lead.customer_id, lead_id=lead.id,
        vehicle_id=vehicle_id, description=clean(description, "description", most=200, required=car is None),
        price=rules.ensure_price(price), sold_by_id=lead.owner_id or work.actor.id,
        currency=rules.ensure_currency(currency, of_showroom=showroom.currency), ordered_at=work.happened_at,
    )  # fmt: skip
    await work.save(sale, create=True)
    if car:
        await _take_from_stock(work, car)
    await losses.withdraw(work, lead)
    await _win(work, lead, showroom, sale, car, next_step)
    await _leave_in_peace(work, lead, showroom)
    return sale


async def _car_for_sale(work: Work, vehicle_id: UUID | None) -> Vehicle | None:
    if vehicle_id is None:
        return None
    car = await vehicle_queries.find(work.actor, vehicle_id, showroom_id=work.showroom_id)
    rules.ensure_for_sale(car.status)
    return car


async def _take_from_stock(work: Work, car: Vehicle) -> None:
    """A sold demo car is driven by nobody else: those bookings are called off, and their leads go on."""
    await vehicles.change_status(work, car, VehicleStatus.SOLD)
    for drive in await drive_queries.open_of_vehicle(car.id):
        await drives.call_off(work, drive, reason="CAR_SOLD")
        await steps.ensure_next_step(work, await Lead.get(id=drive.lead_id))


async def _win(
    work: Work, lead: Lead, showroom: Showroom, sale: Sale, car: Vehicle | None, step: NextStep | None
) -> None:
    await stop(work, lead, reason="ORDERED")
    await leads.set_level(work, lead, Level.O)
    await leads.advance(work, lead, Stage.ORDERED)
    await leads.set_status(work, lead, LeadStatus.WON)
    facts = {"car": f"{car.make} {car.model}".strip() if car else sale.description}
    if step:
        await steps.plan_next(work, lead, step, reason=Reason.DELIVERY, facts=facts)
        return
    days = policies_of(showroom).cadence[Level.O]
    due = follow_up_rules.after_days(work.now, days, calendar=calendar_of(showroom))
    named = id_of(str(work.command.client_mutation_id or sale.id), "next")
    await steps.add(work, lead, id=named, plan=Plan(due_at=due, reason=Reason.DELIVERY, facts=facts))


async def stop(work: Work, lead: Lead, *, reason: str) -> None:
    """Nothing of what was planned for selling goes on: bookings and follow-ups are called off."""
    for drive in await drive_queries.open_of_lead(lead.id):
        await drives.call_off(work, drive, reason=reason)
    await steps.cancel_all(work, lead)


async def _leave_in_peace(work: Work, won: Lead, showroom: Showroom) -> None:
    """Leads of the household, and of the same person elsewhere in the group, sleep: still with a next step."""
    for record in await _same_people(won.customer_id):
        lead = await lead_queries.unsettled_of(record.id)
        if lead is None or lead.id == won.id:
            continue
        here = await showrooms.get(lead.showroom_id)
        await stop(work, lead, reason="ORDERED_ELSEWHERE")
        facts: dict[str, Any] = {"because": "ORDERED_ELSEWHERE", "showroom": showroom.name}
        revive_on = local_day(work.now, time_zone=here.time_zone) + QUIET
        await resting.rest_because(work, lead, revive_on=revive_on, showroom=here, facts=facts)
        await leads.touch(work, lead, kind=TouchKind.NOTE, about={"code": "ORDERED_ELSEWHERE", **facts})


async def _same_people(customer_id: UUID) -> list[Customer]:
    """The customer, the household in this showroom, and the same person in every showroom of the group."""
    customer = await Customer.get(id=customer_id)
    everybody = [customer, *await customers.household_of(customer), *await customers.identity_of(customer)]
    return list({record.id: record for record in everybody}.values())
