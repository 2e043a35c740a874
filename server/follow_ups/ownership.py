"""Leads and follow-ups change hands: the plan goes where the lead goes."""

from uuid import UUID

from server.follow_ups import next_step, queries, rules
from server.follow_ups.model import FollowUp
from server.kernel.refused import Refused, not_found
from server.kernel.texts import clean
from server.kernel.work import Work
from server.leads import actions as leads
from server.leads import ownership
from server.leads import rules as lead_rules
from server.leads.model import Lead
from server.people import queries as people


async def reassign_lead(work: Work, *, lead_id: UUID, owner_id: UUID | None, reason: str = "") -> Lead:
    """To a colleague, or to the pool (`owner_id` None). Everything of the customer is announced again."""
    lead = await ownership.find(work, lead_id, text=reason, by=lead_rules.ANYBODY)
    lead_rules.may_reassign(
        work.actor, showroom_id=work.showroom_id, owner_id=lead.owner_id, new_owner_id=owner_id
    )
    if owner_id and not await people.works_in(owner_id, work.showroom_id):
        raise not_found("ownerId")
    return await give(work, lead, owner_id=owner_id, reason=clean(reason, "reason", most=200))


async def give(work: Work, lead: Lead, *, owner_id: UUID | None, reason: str = "") -> Lead:
    """The lead, its open follow-ups, and the customer's owner."""
    for follow_up in await queries.open_ones_of(lead.id):
        if follow_up.owner_id in (lead.owner_id, None):
            follow_up.owner_id = owner_id
            await work.save(follow_up)
    await leads.change_owner(work, lead, owner_id, reason=reason)
    await next_step.ensure_next_step(work, lead)
    return lead


async def reassign_follow_up(work: Work, *, id: UUID, owner_id: UUID) -> FollowUp:
    """To somebody who can see the customer: the lead's owner, or a colleague who sees the whole showroom."""
    follow_up = await FollowUp.filter(id=id, showroom_id=work.showroom_id).first()
    if follow_up is None:
        raise not_found("id")
    lead = await ownership.find(work, follow_up.lead_id, field="id")
    rules.ensure_open(follow_up.status)
    if lead.owner_id not in (owner_id, None) and not await _sees_all(work, owner_id):
        raise Refused("OUT_OF_THEIR_SIGHT", "ownerId")
    if not await people.works_in(owner_id, work.showroom_id):
        raise not_found("ownerId")
    follow_up.owner_id = owner_id
    return await work.save(follow_up)


async def _sees_all(work: Work, person_id: UUID) -> bool:
    person = await people.find(work.actor, person_id, field="ownerId")
    return work.showroom_id in (await people.actor_of(person)).whole
