""" "Not now", and back again. Orders are in `closing`, losses in `losses`."""

from datetime import date
from uuid import UUID

from server.follow_ups import next_step as steps
from server.follow_ups import resting
from server.follow_ups.rules import NextStep
from server.kernel.actor import Role
from server.kernel.ids import id_of
from server.kernel.refused import Refused
from server.kernel.work import Work
from server.leads import actions as leads
from server.leads import ownership
from server.leads import rules as lead_rules
from server.leads.model import Lead, LeadStatus, Level, Outcome, TouchKind
from server.people import queries as people
from server.sales import closing, queries, rules


async def postpone(
    work: Work, *, lead_id: UUID, revive_on: date, text: str = "", next_step: NextStep | None = None
) -> Lead:
    """Not a loss but a date. Bookings are called off; one follow-up wakes the lead on its day."""
    lead = await ownership.find(work, lead_id, text=text, tried={"reviveOn": revive_on.isoformat()})
    rules.ensure_undecided(lead.status)
    if await queries.waiting_of(lead.id):
        raise Refused("LOSS_PENDING", "leadId")
    if text.strip():
        named = id_of(str(work.command.client_mutation_id or work.now.isoformat()), "touch")
        await leads.touch(work, lead, id=named, kind=TouchKind.NOTE, outcome=Outcome.NOT_NOW, text=text)
    await closing.stop(work, lead, reason="NOT_NOW")
    return await resting.rest(work, lead, revive_on=revive_on, step=next_step)


async def revive(
    work: Work, *, lead_id: UUID, level: Level | None = None, next_step: NextStep | None = None
) -> Lead:
    """A sleeping or lost lead lives again, with the same salesperson while they still work here."""
    lead = await ownership.find(work, lead_id)
    if lead.status == LeadStatus.WON:
        raise Refused("STAGE_CONFLICT", "leadId", stage=str(lead.status))
    if level:
        lead_rules.ensure_level_by_hand(level)
    if lead.status == LeadStatus.OPEN:
        work.merged()
        return lead
    await steps.cancel_all(work, lead)
    await leads.reopen(
        work, lead, owner_id=await _owner(work, lead), level=level or lead.level, reason="REVIVED"
    )
    await steps.plan_next(work, lead, next_step)
    return lead


async def _owner(work: Work, lead: Lead) -> UUID | None:
    if lead.owner_id and await people.works_in(lead.owner_id, lead.showroom_id):
        return lead.owner_id
    sells = Role.SALESPERSON in work.actor.roles_in(work.showroom_id)
    return work.actor.id if sells else None
