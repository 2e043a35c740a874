"""What happens to a lead by itself. Verbs that also need a next step live in `follow_ups`, above."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from server.customers import actions as customers
from server.customers.model import Customer
from server.kernel import held
from server.kernel.ids import new_id
from server.kernel.refused import Refused
from server.kernel.texts import clean
from server.kernel.work import Work
from server.leads import ownership, queries, rules
from server.leads.model import Lead, LeadStatus, Level, Outcome, Stage, StageChange, Touch, TouchKind
from server.leads.rules import Car
from server.showrooms import queries as showrooms


async def open_lead(
    work: Work,
    *,
    id: UUID,
    customer: Customer,
    owner_id: UUID | None,
    source_id: UUID | None = None,
    level: Level = Level.N,
    wanted: Sequence[Car] = (),
    rivals: Sequence[Car] = (),
    stage: Stage = Stage.NEW,
) -> Lead:
    """One intent to buy. The caller gives it a next step (`follow_ups.next_step`) in the same breath."""
    earlier = await queries.all_of(customer.id)
    there = next((lead for lead in earlier if lead.is_open), None)
    if there:
        raise Refused("LEAD_EXISTS", "customerId", leadId=str(there.id))
    rules.ensure_level_by_hand(level)
    showroom = await showrooms.get(work.showroom_id)
    lead = Lead(
        id=id, showroom_id=work.showroom_id, customer_id=customer.id, owner_id=owner_id, source_id=source_id,
        level=level, stage=stage, wanted=rules.plain_cars(wanted, field="wanted"),
        rivals=rules.plain_cars(rivals, field="rivals"), currency=showroom.currency,
        opened_at=rules.opened_at(work.happened_at, earlier=[lead.opened_at for lead in earlier]),
        updated_at=work.now,
    )  # fmt: skip
    await work.save(lead, create=True)
    await customers.follow_lead(work, customer, owner_id=owner_id, is_active=True)
    return lead


async def touch(
    work: Work,
    lead: Lead | None,
    *,
    kind: TouchKind,
    customer_id: UUID | None = None,
    id: UUID | None = None,
    direction: str = "OUT",
    outcome: Outcome | None = None,
    text: str = "",
    about: dict[str, Any] | None = None,
    happened_at: datetime | None = None,
) -> Touch:
    """Something that happened, on a lead or on a customer alone. It carries the lead as far as it goes."""
    customer_id = lead.customer_id if lead else customer_id
    happened = Touch(
        id=id or new_id(), showroom_id=lead.showroom_id if lead else work.showroom_id, customer_id=customer_id,
        lead_id=lead.id if lead else None, kind=kind, direction=direction, outcome=outcome,
        text=clean(text, "text"), about=about, person_id=work.actor.id,
        happened_at=happened_at or work.happened_at, recorded_at=work.now,
    )  # fmt: skip
    await work.save(happened, create=True)
    if lead and kind != TouchKind.NOTE:
        await _carry(work, lead, happened)
    await customers.keep_active(work, await held.the(Customer, happened.customer_id))
    return happened


async def advance(work: Work, lead: Lead, stage: Stage, *, reason: str = "") -> Lead:
    """Forward only: what happened earlier than we know already changes nothing."""
    return await _to_stage(work, lead, stage, reason) if rules.is_ahead(stage, of=lead.stage) else lead


async def change_stage(work: Work, *, lead_id: UUID, stage: Stage) -> Lead:
    """By hand, either way."""
    lead = await _find_open(work, lead_id, tried={"stage": str(stage)})
    rules.ensure_stage_by_hand(stage)
    return await _to_stage(work, lead, stage, "")


async def set_level(work: Work, lead: Lead, level: Level) -> Lead:
    if lead.level != level:
        await history(work, lead, what="LEVEL", before=lead.level, after=level)
        lead.level = level
        await save(work, lead)
    return lead


async def change_wanted(
    work: Work, *, lead_id: UUID, wanted: Sequence[Car], seen: Sequence[Car] | None = None
) -> Lead:
    """Replaces the list. With `seen`, what its writer had before them, what others changed since is kept."""
    lead = await _find_open(work, lead_id)
    meant = rules.plain_cars(wanted, field="wanted")
    known = lead.wanted if seen is None else rules.plain_cars(seen, field="seen")
    lead.wanted = rules.merged(lead.wanted, seen=known, meant=meant)
    return await save(work, lead)


async def change_rivals(
    work: Work, *, lead_id: UUID, rivals: Sequence[Car], seen: Sequence[Car] | None = None
) -> Lead:
    """Replaces the list. With `seen`, what its writer had before them, what others changed since is kept."""
    lead = await _find_open(work, lead_id)
    meant = rules.plain_cars(rivals, field="rivals")
    known = lead.rivals if seen is None else rules.plain_cars(seen, field="seen")
    lead.rivals = rules.merged(lead.rivals, seen=known, meant=meant)
    return await save(work, lead)


async def add_wanted(work: Work, lead: Lead, cars: Iterable[Car]) -> Lead:
    lead.wanted = rules.united(lead.wanted, rules.plain_cars(cars, field="wanted"))
    return await save(work, lead)


async def add_rivals(work: Work, lead: Lead, cars: Iterable[Car]) -> Lead:
    lead.rivals = rules.united(lead.rivals, rules.plain_cars(cars, field="rivals"))
    return await save(work, lead)


async def set_status(work: Work, lead: Lead, status: LeadStatus, *, reason: str = "") -> Lead:
    """Opens, rests or settles a lead; the customer follows it."""
    if lead.status != status:
        await history(work, lead, what="STATUS", before=lead.status, after=status, reason=reason)
    lead.status = status
    lead.closed_at = None if lead.is_open else work.happened_at
    if status != LeadStatus.NOT_NOW:
        lead.revive_on = None
    await work.save(lead)
    await follow(work, lead)
    return lead


async def reopen(
    work: Work, lead: Lead, *, owner_id: UUID | None, level: Level = Level.N, reason: str = ""
) -> Lead:
    """A lost or bought customer is back: the same lead lives again, a new intent begins at the front."""
    if not lead.is_open and await queries.unsettled_of(lead.customer_id):
        raise Refused("LEAD_EXISTS", "leadId")
    await set_level(work, lead, level)
    await change_owner(work, lead, owner_id, reason=reason)
    return await set_status(work, lead, LeadStatus.OPEN, reason=reason)


async def change_owner(work: Work, lead: Lead, owner_id: UUID | None, *, reason: str = "") -> None:
    """The lead and the customer; open follow-ups move with `follow_ups.ownership.give`."""
    if lead.owner_id != owner_id:
        await history(work, lead, what="OWNER", before=lead.owner_id, after=owner_id, reason=reason)
        lead.owner_id = owner_id
        await work.save(lead)
    await follow(work, lead)


async def follow(work: Work, lead: Lead) -> None:
    """The customer's owner is that of the unsettled, else the latest, lead."""
    customer = await held.the(Customer, lead.customer_id)
    leading = lead if lead.is_open else await queries.unsettled_of(lead.customer_id)
    leading = leading or await queries.latest_of(lead.customer_id) or lead
    await customers.follow_lead(work, customer, owner_id=leading.owner_id, is_active=leading.is_open)


async def history(
    work: Work,
    lead: Lead,
    *,
    what: str,
    before: UUID | str | None,
    after: UUID | str | None,
    reason: str = "",
) -> None:
    change = StageChange(
        id=new_id(), showroom_id=lead.showroom_id, customer_id=lead.customer_id, lead_id=lead.id, what=what,
        before=_said(before), after=_said(after), reason=reason[:200], person_id=work.actor.id,
        changed_at=work.happened_at,
    )  # fmt: skip
    await work.save(change, create=True)


async def save(work: Work, lead: Lead) -> Lead:
    await work.save(lead)
    await customers.keep_active(work, await held.the(Customer, lead.customer_id))
    return lead


async def _carry(work: Work, lead: Lead, happened: Touch) -> None:
    at = happened.happened_at
    lead.last_touch_at = max(lead.last_touch_at or at, at)
    if rules.is_meaningful(happened.kind, happened.outcome):
        lead.last_meaningful_touch_at = max(lead.last_meaningful_touch_at or at, at)
    stage = rules.stage_after(happened.kind, happened.outcome)
    if stage:
        await advance(work, lead, stage)
    await work.save(lead)


async def _to_stage(work: Work, lead: Lead, stage: Stage, reason: str) -> Lead:
    if lead.stage != stage:
        await history(work, lead, what="STAGE", before=lead.stage, after=stage, reason=reason)
        lead.stage = stage
        await save(work, lead)
    return lead


async def _find_open(work: Work, lead_id: UUID, *, tried: dict[str, Any] | None = None) -> Lead:
    lead = await ownership.find(work, lead_id, tried=tried)
    rules.ensure_open(lead.status)
    return lead


def _said(value: UUID | str | None) -> str | None:
    return None if value is None else str(value)
