"""A lead ends lost by an application that a manager approves or refuses."""

from uuid import UUID

from server.drives import actions as drives
from server.drives import queries as drive_queries
from server.follow_ups import next_step as steps
from server.follow_ups import rules as follow_up_rules
from server.follow_ups.model import Reason
from server.follow_ups.queries import calendar_of
from server.follow_ups.rules import NextStep, Plan
from server.kernel.ids import id_of
from server.kernel.refused import Refused
from server.kernel.texts import clean
from server.kernel.work import Work
from server.leads import actions as leads
from server.leads import ownership
from server.leads.model import Lead, LeadStatus
from server.people.model import Person
from server.sales import queries, rules
from server.sales.model import LossApplication, LossReason, LossStatus
from server.showrooms import queries as showrooms


async def apply(
    work: Work, *, id: UUID, lead_id: UUID, reason: LossReason, rival: str = "", evidence: str = ""
) -> LossApplication:
    """The lead stays open, with its next step, until a manager has decided."""
    lead = await ownership.find(work, lead_id, text=evidence, tried={"reason": str(reason)})
    rules.ensure_undecided(lead.status)
    rival = clean(rival, "rival", most=120)
    evidence = clean(evidence, "evidence")
    rules.ensure_loss(reason, rival=rival, evidence=evidence)
    if await queries.waiting_of(lead.id):
        raise Refused("LOSS_PENDING", "leadId")

    application = LossApplication(
        id=id, showroom_id=work.showroom_id, customer_id=lead.customer_id, lead_id=lead.id, reason=reason,
        rival=rival, evidence=evidence, applied_by_id=work.actor.id, applied_at=work.happened_at,
    )  # fmt: skip
    await work.save(application, create=True)
    await steps.ensure_next_step(work, lead)
    return application


async def approve(work: Work, *, id: UUID, note: str = "") -> LossApplication:
    """The lead is lost: its bookings and follow-ups are called off."""
    application, lead = await _find(work, id)
    if application.status == LossStatus.APPROVED:
        work.merged()
        return application
    rules.ensure_waiting(application.status)
    rules.ensure_undecided(lead.status, field="id")
    await _decide(work, application, LossStatus.APPROVED, note)
    for drive in await drive_queries.open_of_lead(lead.id):
        await drives.call_off(work, drive, reason="LOST")
    await steps.cancel_all(work, lead)
    await leads.set_status(work, lead, LeadStatus.LOST, reason=str(application.reason))
    return application


async def refuse(
    work: Work, *, id: UUID, note: str = "", next_step: NextStep | None = None
) -> LossApplication:
    """The salesperson tries again, and is told what the manager thinks."""
    application, lead = await _find(work, id)
    if application.status == LossStatus.REFUSED:
        work.merged()
        return application
    rules.ensure_waiting(application.status)
    await _decide(work, application, LossStatus.REFUSED, note)
    await _send_back(work, lead, application.decision_note, next_step)
    return application


async def withdraw(work: Work, lead: Lead) -> None:
    """It was bought after all."""
    application = await queries.waiting_of(lead.id)
    if application:
        await _decide(work, application, LossStatus.WITHDRAWN, "")


async def _find(work: Work, id: UUID) -> tuple[LossApplication, Lead]:
    application = await queries.find_loss(work.actor, id, showroom_id=work.showroom_id)
    rules.may_decide(work.actor, showroom_id=work.showroom_id)
    return application, await Lead.get(id=application.lead_id)


async def _decide(work: Work, application: LossApplication, status: LossStatus, note: str) -> None:
    application.status = status
    application.decided_by_id = work.actor.id
    application.decided_at = work.happened_at
    application.decision_note = clean(note, "note")
    await work.save(application)


async def _send_back(work: Work, lead: Lead, note: str, step: NextStep | None) -> None:
    manager = await Person.get(id=work.actor.id)
    facts = {"by": manager.name, "note": note[:200]}
    if step:
        await steps.plan_next(work, lead, step, reason=Reason.LOSS_REFUSED, facts=facts)
        return
    calendar = calendar_of(await showrooms.get(lead.showroom_id))
    due = follow_up_rules.after_days(work.now, 1, calendar=calendar)
    named = id_of(str(work.command.client_mutation_id or work.now.isoformat()), "next")
    await steps.add(work, lead, id=named, plan=Plan(due_at=due, reason=Reason.LOSS_REFUSED, facts=facts))
