""" "Not now" is not a loss: the lead sleeps until a day, and somebody will wake it."""

from datetime import date
from typing import Any

from server.follow_ups import next_step, queries
from server.follow_ups.model import Reason
from server.follow_ups.rules import NextStep
from server.kernel.ids import new_id
from server.kernel.refused import Refused
from server.kernel.work import Work
from server.leads import actions as leads
from server.leads.model import Lead, LeadStatus
from server.showrooms import queries as showrooms
from server.showrooms.hours import local_day
from server.showrooms.model import Showroom

MOST_DAYS = 365


async def rest(work: Work, lead: Lead, *, revive_on: date, step: NextStep | None = None) -> Lead:
    """Asleep until `revive_on`: the old plan is gone, one follow-up remains. Refuses a day not ahead of us."""
    showroom = await showrooms.get(lead.showroom_id)
    ensure_revival(revive_on, today=local_day(work.happened_at, time_zone=showroom.time_zone))
    await _fall_asleep(work, lead, revive_on)
    if step:
        await next_step.plan_next(work, lead, step, reason=Reason.REVIVE, facts={"on": revive_on.isoformat()})
    await next_step.ensure_next_step(work, lead)
    return lead


async def rest_because(
    work: Work, lead: Lead, *, revive_on: date, showroom: Showroom, facts: dict[str, Any]
) -> Lead:
    """Put to sleep by something that happened elsewhere, which `facts` tell."""
    await _fall_asleep(work, lead, revive_on)
    calendar = queries.calendar_of(showroom)
    planned = next_step.revival(revive_on, now=work.now, calendar=calendar, facts=facts)
    await next_step.add(work, lead, id=new_id(), plan=planned)
    return lead


async def wake(work: Work, lead: Lead) -> None:
    """The sleeping lead is worked on again: its revival is no longer to be waited for."""
    await next_step.cancel_all(work, lead)
    await leads.set_status(work, lead, LeadStatus.OPEN)


def ensure_revival(day: date, *, today: date) -> None:
    if day <= today:
        raise Refused("IN_THE_PAST", "reviveOn")
    if (day - today).days > MOST_DAYS:
        raise Refused("REVIVE_TOO_LATE", "reviveOn", days=MOST_DAYS)


async def _fall_asleep(work: Work, lead: Lead, revive_on: date) -> None:
    await next_step.cancel_all(work, lead)
    lead.revive_on = revive_on
    await leads.set_status(work, lead, LeadStatus.NOT_NOW)
