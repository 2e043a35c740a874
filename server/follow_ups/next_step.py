"""No open lead is ever without a next step: here is where that is kept."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from server.customers import queries as customers
from server.customers.model import Customer
from server.follow_ups import queries, rules
from server.follow_ups.model import FollowUp, FollowUpKind, FollowUpStatus, Reason
from server.follow_ups.rules import NextStep, Plan
from server.kernel.ids import id_of, new_id
from server.kernel.refused import Refused
from server.kernel.texts import clean
from server.kernel.work import Work
from server.leads import actions as leads
from server.leads import rules as lead_rules
from server.leads.model import Lead, LeadStatus, Outcome, Touch
from server.showrooms import queries as showrooms
from server.showrooms.hours import local_day
from server.showrooms.rules import policies_of


async def plan_next(
    work: Work,
    lead: Lead,
    step: NextStep | None,
    *,
    reason: Reason = Reason.PLANNED,
    facts: dict[str, Any] | None = None,
) -> FollowUp | None:
    """The step a person chose; without one the server sees to it that there is one."""
    if step is None:
        return await ensure_next_step(work, lead)
    lead_rules.ensure_open(LeadStatus.OPEN if lead.status == LeadStatus.WON else lead.status)
    try:
        return await plan(
            work, lead, id=step.follow_up_id, due_at=step.due_at, kind=step.kind, note=step.note,
            reason=reason, facts=facts,
        )  # fmt: skip
    except Refused as refused:
        refused.field = f"nextStep.{refused.field}"
        raise


async def plan(
    work: Work,
    lead: Lead,
    *,
    id: UUID,
    due_at: datetime,
    kind: FollowUpKind,
    note: str = "",
    reason: Reason = Reason.PLANNED,
    facts: dict[str, Any] | None = None,
) -> FollowUp:
    """A follow-up that a person asked for: not in the past, and no call to who must not be contacted."""
    rules.ensure_ahead(due_at, happened_at=work.happened_at)
    rules.ensure_may_plan(kind, silent=await customers.silent_channels_of(lead.customer_id))
    return await add(
        work, lead, id=id, plan=Plan(due_at=due_at, reason=reason, facts=facts or {}), kind=kind, note=note
    )


async def ensure_next_step(work: Work, lead: Lead) -> FollowUp | None:
    """Called at the end of every verb that could leave a lead bare. Keeps `next_step_at` true."""
    there = await queries.open_ones_of(lead.id)
    if there or not lead.is_open:
        await _remember(work, lead, there)
        return there[0] if there else None
    return await plan_default(work, lead)


async def plan_default(work: Work, lead: Lead, *, id: UUID | None = None) -> FollowUp:
    """From what happened last, else by the level's cadence. The id is the same on every run of the mutation."""
    showroom = await showrooms.get(lead.showroom_id)
    calendar = queries.calendar_of(showroom)
    today = local_day(work.now, time_zone=showroom.time_zone)
    if lead.revive_on and lead.revive_on > today:
        planned = revival(lead.revive_on, now=work.now, calendar=calendar)
    else:
        planned = rules.next_plan(
            lead.level, now=work.now, last=await queries.last_happened(lead.id),
            policies=policies_of(showroom), calendar=calendar,
        )  # fmt: skip
    if lead.status == LeadStatus.NOT_NOW and lead.revive_on:
        planned = Plan(due_at=planned.due_at, reason=Reason.REVIVE, facts={"on": lead.revive_on.isoformat()})
    return await add(work, lead, id=id or await _default_id(work), plan=planned)


def revival(
    day: date, *, now: datetime, calendar: rules.Calendar, facts: dict[str, Any] | None = None
) -> Plan:
    """To wake a sleeping lead on its day, or today when that has passed."""
    due = max(rules.on_day(day, calendar=calendar), rules.within_hours(now, 1, calendar=calendar))
    return Plan(due_at=due, reason=Reason.REVIVE, facts={"on": day.isoformat(), **(facts or {})})


async def add(
    work: Work, lead: Lead, *, id: UUID, plan: Plan, kind: FollowUpKind = FollowUpKind.CALL, note: str = ""
) -> FollowUp:
    follow_up = FollowUp(
        id=id, showroom_id=lead.showroom_id, customer_id=lead.customer_id, lead_id=lead.id,
        owner_id=lead.owner_id, kind=rules.kind_for(kind, silent=await customers.silent_channels_of(lead.customer_id)),
        reason=plan.reason, reason_facts=plan.facts, note=clean(note, "note"), due_at=plan.due_at,
        first_due_at=plan.due_at, created_at=work.now,
    )  # fmt: skip
    await work.save(follow_up, create=True)
    await _remember(work, lead, await queries.open_ones_of(lead.id))
    return follow_up


async def settle_by(work: Work, lead: Lead, touch: Touch) -> None:
    """What the server had planned is done when the customer was met or spoken to in another way."""
    if not rules.settles_plans(touch.kind, touch.outcome):
        return
    for follow_up in await queries.open_ones_of(lead.id):
        if follow_up.reason in rules.AUTOMATIC:
            await done(work, follow_up, outcome=touch.outcome or Outcome.OTHER, touch_id=touch.id)


async def done(work: Work, follow_up: FollowUp, *, outcome: Outcome, touch_id: UUID | None) -> FollowUp:
    follow_up.status = FollowUpStatus.DONE
    follow_up.outcome = outcome
    follow_up.touch_id = touch_id
    follow_up.done_at = work.happened_at
    follow_up.done_by_id = work.actor.id
    return await work.save(follow_up)


async def cancel_all(work: Work, lead: Lead) -> None:
    """The lead is settled or sleeps: nothing of the old plan is left."""
    for follow_up in await queries.open_ones_of(lead.id):
        follow_up.status = FollowUpStatus.CANCELLED
        follow_up.done_at = work.happened_at
        follow_up.done_by_id = work.actor.id
        await work.save(follow_up)
    await _remember(work, lead, [])


async def silence(work: Work, customer: Customer) -> None:
    """After do-not-contact or a STOP: open calls and messages become something to do in the showroom."""
    silent = await customers.silent_channels_of(customer.id)
    for follow_up in await FollowUp.filter(customer_id=customer.id, status=FollowUpStatus.OPEN):
        follow_up.kind = rules.kind_for(follow_up.kind, silent=silent)
        await work.save(follow_up)


async def _remember(work: Work, lead: Lead, open_ones: list[FollowUp]) -> None:
    lead.next_step_at = open_ones[0].due_at if open_ones else None
    await leads.save(work, lead)


async def _default_id(work: Work) -> UUID:
    """One mutation may plan for several leads (an order puts a household to rest): only the first is named."""
    if work.command.client_mutation_id is None:
        return new_id()
    named = id_of(str(work.command.client_mutation_id), "next")
    return new_id() if await FollowUp.exists(id=named) else named
