"""A lead begins, with its next step; and a change of level that changes when it is due."""

from collections.abc import Sequence
from uuid import UUID

from server.customers import queries as customers
from server.follow_ups import next_step as steps
from server.follow_ups import queries, rules
from server.follow_ups.model import FollowUp, Reason
from server.follow_ups.rules import NextStep
from server.kernel.actor import Role
from server.kernel.work import Work
from server.leads import actions as leads
from server.leads import ownership
from server.leads import rules as lead_rules
from server.leads.model import Lead, LeadStatus, Level
from server.leads.rules import Car
from server.showrooms import queries as showrooms
from server.showrooms.rules import policies_of


async def open_lead(
    work: Work,
    *,
    id: UUID,
    customer_id: UUID,
    source_id: UUID | None = None,
    level: Level = Level.N,
    wanted: Sequence[Car] = (),
    next_step: NextStep | None = None,
) -> Lead:
    """A salesperson's own; the customer's owner's; else in the pool. A customer has one lead at a time."""
    customer = await customers.find(work.actor, customer_id, showroom_id=work.showroom_id)
    lead_rules.may_work(work.actor, showroom_id=work.showroom_id, by=lead_rules.ANYBODY)
    lead_rules.may_open(work.actor, showroom_id=work.showroom_id, owner_id=customer.owner_id)
    if source_id:
        await showrooms.find_source(work.showroom_id, source_id)
    sells = Role.SALESPERSON in work.actor.roles_in(work.showroom_id)
    lead = await leads.open_lead(
        work, id=id, customer=customer, owner_id=customer.owner_id or (work.actor.id if sells else None),
        source_id=source_id, level=level, wanted=wanted,
    )  # fmt: skip
    await steps.plan_next(work, lead, next_step)
    return lead


async def change_level(work: Work, *, lead_id: UUID, level: Level) -> Lead:
    """Hotter or colder: what the cadence had planned moves with it; what a person planned does not."""
    lead = await ownership.find(work, lead_id, tried={"level": str(level)})
    lead_rules.ensure_open(lead.status)
    lead_rules.ensure_level_by_hand(level)
    if lead.level == level:
        return lead
    await leads.set_level(work, lead, level)
    await _replan(work, lead)
    return lead


async def _replan(work: Work, lead: Lead) -> None:
    by_cadence = [f for f in await queries.open_ones_of(lead.id) if _is_untouched(f)]
    if by_cadence and lead.status == LeadStatus.OPEN:
        showroom = await showrooms.get(lead.showroom_id)
        planned = rules.next_plan(
            lead.level, now=work.now, last=await queries.last_happened(lead.id),
            policies=policies_of(showroom), calendar=queries.calendar_of(showroom),
        )  # fmt: skip
        follow_up = by_cadence[0]
        follow_up.due_at = follow_up.first_due_at = planned.due_at
        follow_up.reason_facts = planned.facts
        await work.save(follow_up)
    await steps.ensure_next_step(work, lead)


def _is_untouched(follow_up: FollowUp) -> bool:
    return follow_up.reason == Reason.CADENCE and not follow_up.snoozed
