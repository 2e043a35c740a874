"""What was done with a customer, what is to be done next, and what was promised."""

from datetime import date, datetime
from enum import Enum
from uuid import UUID

import strawberry

from schema.inputs import NextStep, plain_step
from schema.verbs import VerbInput, verb
from server.follow_ups import actions, ownership, promises
from server.follow_ups.model import FollowUp, FollowUpKind, Promise
from server.kernel.clock import utc
from server.kernel.work import Work
from server.leads.model import Outcome, Touch, TouchKind


@strawberry.enum(description="OUT: we reached out. IN: they did.")
class Direction(Enum):
    OUT = "OUT"
    IN = "IN"


@strawberry.input
class LogTouchInput(VerbInput):
    id: UUID
    lead_id: UUID
    kind: TouchKind
    direction: Direction = Direction.OUT
    outcome: Outcome | None = None
    text: str = ""
    next_step: NextStep | None = None


@strawberry.input
class PlanFollowUpInput(VerbInput):
    id: UUID
    lead_id: UUID
    due_at: datetime
    kind: FollowUpKind = FollowUpKind.CALL
    note: str = ""


@strawberry.input
class SnoozeFollowUpInput(VerbInput):
    id: UUID
    due_at: datetime


@strawberry.input
class CompleteFollowUpInput(VerbInput):
    id: UUID
    outcome: Outcome
    touch_id: UUID | None = strawberry.field(
        default=None, description="Of the touch that is made. Without it and text: done with no artefact."
    )
    touch_kind: TouchKind | None = strawberry.field(default=None, description="By default as was planned.")
    text: str = ""
    next_step: NextStep | None = strawberry.field(
        default=None, description="By default the server plans it from what happened and the level's cadence."
    )
    revive_on: date | None = strawberry.field(
        default=None, description="Not now: the lead sleeps until then."
    )


@strawberry.input
class ReassignFollowUpInput(VerbInput):
    id: UUID
    owner_id: UUID


@strawberry.input
class CancelFollowUpInput(VerbInput):
    id: UUID
    reason: str


@strawberry.input
class MakePromiseInput(VerbInput):
    id: UUID
    lead_id: UUID
    text: str
    due_at: datetime | None = None


@strawberry.input
class KeepPromiseInput(VerbInput):
    id: UUID


@verb(LogTouchInput, returns="touch", model=Touch, creates=["id", "next_step.follow_up_id"])
async def log_touch(work: Work, input: LogTouchInput) -> Touch:
    """A call, message, visit or note; it settles what the server had planned, and plans what is next."""
    return await actions.log_touch(
        work, id=input.id, lead_id=input.lead_id, kind=input.kind, direction=input.direction.value,
        outcome=input.outcome, text=input.text, next_step=plain_step(input.next_step),
    )  # fmt: skip


@verb(PlanFollowUpInput, returns="follow_up", model=FollowUp, creates=["id"])
async def plan_follow_up(work: Work, input: PlanFollowUpInput) -> FollowUp:
    """Something to do by a time."""
    return await actions.plan_follow_up(
        work, id=input.id, lead_id=input.lead_id, due_at=utc(input.due_at), kind=input.kind, note=input.note
    )


@verb(SnoozeFollowUpInput, returns="follow_up", model=FollowUp)
async def snooze_follow_up(work: Work, input: SnoozeFollowUpInput) -> FollowUp:
    """Later, at most thirty days. Late is still measured from the first due time."""
    return await actions.snooze(work, id=input.id, due_at=utc(input.due_at))


@verb(
    CompleteFollowUpInput,
    returns="follow_up",
    model=FollowUp,
    creates=["touch_id", "next_step.follow_up_id"],
)
async def complete_follow_up(work: Work, input: CompleteFollowUpInput) -> FollowUp:
    """Done, with its outcome. Done by somebody else already: MERGED, and what was typed is kept."""
    return await actions.complete(
        work, id=input.id, outcome=input.outcome, touch_id=input.touch_id, touch_kind=input.touch_kind,
        text=input.text, next_step=plain_step(input.next_step), revive_on=input.revive_on,
    )  # fmt: skip


@verb(ReassignFollowUpInput, returns="follow_up", model=FollowUp)
async def reassign_follow_up(work: Work, input: ReassignFollowUpInput) -> FollowUp:
    """To a colleague who can see the customer."""
    return await ownership.reassign_follow_up(work, id=input.id, owner_id=input.owner_id)


@verb(CancelFollowUpInput, returns="follow_up", model=FollowUp)
async def cancel_follow_up(work: Work, input: CancelFollowUpInput) -> FollowUp:
    """By a manager, with a reason. An open lead gets another next step at once."""
    return await actions.cancel(work, id=input.id, reason=input.reason)


@verb(MakePromiseInput, returns="promise", model=Promise, creates=["id"])
async def make_promise(work: Work, input: MakePromiseInput) -> Promise:
    """What we owe this customer, and by when."""
    due_at = utc(input.due_at) if input.due_at else None
    return await promises.make(work, id=input.id, lead_id=input.lead_id, text=input.text, due_at=due_at)


@verb(KeepPromiseInput, returns="promise", model=Promise)
async def keep_promise(work: Work, input: KeepPromiseInput) -> Promise:
    """Done as promised. Twice is MERGED."""
    return await promises.keep(work, id=input.id)
