"""What people do with follow-ups, and the touches that come of them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from server.follow_ups import next_step as steps
from server.follow_ups import queries, resting, rules
from server.follow_ups.model import FollowUp, FollowUpKind, FollowUpStatus, Reason
from server.follow_ups.rules import NextStep
from server.kernel.ids import id_of
from server.kernel.refused import not_found
from server.kernel.texts import clean
from server.kernel.work import Work
from server.leads import actions as leads
from server.leads import ownership
from server.leads import rules as lead_rules
from server.leads.model import Lead, LeadStatus, Outcome, Touch, TouchKind


async def log_touch(
    work: Work,
    *,
    id: UUID,
    lead_id: UUID,
    kind: TouchKind,
    direction: str = "OUT",
    outcome: Outcome | None = None,
    text: str = "",
    next_step: NextStep | None = None,
) -> Touch:
    """Something that happened with the customer. A settled lead still has a timeline."""
    tried = {"kind": str(kind), "outcome": str(outcome) if outcome else None}
    lead = await ownership.find(work, lead_id, text=text, tried=tried, helping=True)
    touch = await leads.touch(work, lead, id=id, kind=kind, direction=direction, outcome=outcome, text=text)
    await _go_on(work, lead, touch, next_step)
    return touch


async def plan_follow_up(
    work: Work, *, id: UUID, lead_id: UUID, due_at: datetime, kind: FollowUpKind, note: str = ""
) -> FollowUp:
    lead = await ownership.find(work, lead_id, text=note)
    lead_rules.ensure_open(lead.status)
    return await steps.plan(work, lead, id=id, due_at=due_at, kind=kind, note=note)


async def snooze(work: Work, *, id: UUID, due_at: datetime) -> FollowUp:
    """Later, but not for ever: at most thirty days. Late is still measured from the first due time."""
    follow_up, lead = await _find(work, id)
    rules.ensure_open(follow_up.status)
    rules.ensure_ahead(due_at, happened_at=work.happened_at, most=rules.MOST_SNOOZE)
    follow_up.due_at = due_at
    follow_up.snoozed += 1
    await work.save(follow_up)
    await steps.ensure_next_step(work, lead)
    return follow_up


async def complete(
    work: Work,
    *,
    id: UUID,
    outcome: Outcome,
    touch_id: UUID | None = None,
    touch_kind: TouchKind | None = None,
    text: str = "",
    next_step: NextStep | None = None,
    revive_on: date | None = None,
) -> FollowUp:
    """Done, with what came of it, and what is next. Without `touch_id` and text it is done with no artefact.

    Done or cancelled by somebody else meanwhile: merged, and what was typed stays in the timeline.
    """
    follow_up, lead = await _find(work, id, text=text, tried={"outcome": str(outcome)})
    if follow_up.status == FollowUpStatus.DONE:
        return await _complete_again(work, follow_up, lead, touch_id, text, next_step)
    touch = await _touch_of(work, follow_up, lead, outcome, touch_id, touch_kind, text)
    if follow_up.status == FollowUpStatus.CANCELLED:
        work.merged()
    else:
        await _close(work, follow_up, outcome, touch)
    if _is_awake(follow_up, lead, outcome, revive_on):
        await resting.wake(work, lead)
    if revive_on:
        lead_rules.ensure_open(lead.status)
        await resting.rest(work, lead, revive_on=revive_on, step=next_step)
    else:
        await _go_on(work, lead, touch, next_step)
    return follow_up


async def cancel(work: Work, *, id: UUID, reason: str) -> FollowUp:
    follow_up, lead = await _find(work, id)
    rules.may_cancel(work.actor, showroom_id=work.showroom_id)
    rules.ensure_open(follow_up.status)
    why = clean(reason, "reason", most=200, required=True)
    follow_up.status = FollowUpStatus.CANCELLED
    follow_up.note = f"{follow_up.note}\n{why}".strip()
    follow_up.done_at = work.happened_at
    follow_up.done_by_id = work.actor.id
    await work.save(follow_up)
    await steps.ensure_next_step(work, lead)
    return follow_up


async def _find(
    work: Work, id: UUID, *, text: str = "", tried: dict[str, Any] | None = None
) -> tuple[FollowUp, Lead]:
    """The follow-up, and its lead that the actor may work on; NO_LONGER_YOURS when it was taken away."""
    follow_up = await FollowUp.filter(id=id, showroom_id=work.showroom_id).first()
    if follow_up is None:
        raise not_found("id")
    return follow_up, await ownership.find(work, follow_up.lead_id, text=text, tried=tried, field="id")


async def _touch_of(
    work: Work,
    follow_up: FollowUp,
    lead: Lead,
    outcome: Outcome,
    touch_id: UUID | None,
    kind: TouchKind | None,
    text: str,
) -> Touch | None:
    if touch_id is None and not text.strip():
        return None
    return await leads.touch(
        work, lead, id=touch_id or _named(work, "touch"), outcome=outcome, text=text,
        kind=kind or rules.touch_kind(follow_up.kind, outcome),
    )  # fmt: skip


async def _close(work: Work, follow_up: FollowUp, outcome: Outcome, touch: Touch | None) -> None:
    await steps.done(work, follow_up, outcome=outcome, touch_id=touch.id if touch else None)


def _is_awake(follow_up: FollowUp, lead: Lead, outcome: Outcome, revive_on: date | None) -> bool:
    """A sleeping lead that was called on its day and answered, and was not put off again, is open again."""
    asked = follow_up.reason == Reason.REVIVE and outcome != Outcome.NO_ANSWER
    return lead.status == LeadStatus.NOT_NOW and asked and revive_on is None


async def _go_on(work: Work, lead: Lead, touch: Touch | None, step: NextStep | None) -> None:
    if touch:
        await steps.settle_by(work, lead, touch)
    await steps.plan_next(work, lead, step)


async def _complete_again(
    work: Work,
    follow_up: FollowUp,
    lead: Lead,
    touch_id: UUID | None,
    text: str,
    step: NextStep | None,
) -> FollowUp:
    """The first one stands. Ids that the second tablet made mean what is there; different words are kept."""
    work.merged()
    first = await Touch.filter(id=follow_up.touch_id).first() if follow_up.touch_id else None
    if text.strip() and (first is None or first.text != text.strip()):
        about = {"code": "COMPLETED_TWICE", "followUpId": str(follow_up.id)}
        await leads.touch(work, lead, id=_named(work, "note"), kind=TouchKind.NOTE, text=text, about=about)
    if touch_id and first:
        await work.alias(touch_id, first.id)
    there = await queries.open_ones_of(lead.id)
    if step and there:
        await work.alias(step.follow_up_id, there[0].id)
    elif lead.is_open:
        await steps.plan_next(work, lead, step)
    return follow_up


def _named(work: Work, what: str) -> UUID:
    return id_of(str(work.command.client_mutation_id or work.now.isoformat()), what)
