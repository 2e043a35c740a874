"""How leads end: an order, an approved loss, or a rest until another day."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import strawberry

from schema.inputs import NextStep, plain_step
from schema.verbs import VerbInput, verb
from server.kernel.work import Work
from server.leads.model import Lead, Level
from server.sales import actions, closing, losses
from server.sales.model import LossApplication, LossReason, Sale


@strawberry.input
class CloseWonInput(VerbInput):
    id: UUID
    lead_id: UUID
    price: Decimal
    currency: str | None = strawberry.field(default=None, description="ISO 4217; the showroom's by default.")
    vehicle_id: UUID | None = strawberry.field(default=None, description="Empty for a car that is ordered.")
    description: str = strawberry.field(default="", description="Which car, when it is not in stock.")
    next_step: NextStep | None = None


@strawberry.input
class ApplyForLossInput(VerbInput):
    id: UUID
    lead_id: UUID
    reason: LossReason
    rival: str = ""
    evidence: str = ""


@strawberry.input
class ApproveLossInput(VerbInput):
    id: UUID
    note: str = ""


@strawberry.input
class RefuseLossInput(VerbInput):
    id: UUID
    note: str = ""
    next_step: NextStep | None = None


@strawberry.input
class PostponeLeadInput(VerbInput):
    lead_id: UUID
    revive_on: date
    text: str = ""
    next_step: NextStep | None = None


@strawberry.input
class ReviveLeadInput(VerbInput):
    lead_id: UUID
    level: Level | None = None
    next_step: NextStep | None = None


@verb(
    CloseWonInput,
    returns="sale",
    model=Sale,
    creates=["id", "next_step.follow_up_id"],
    scopes=closing.scopes_of_close_won,
)
async def close_won(work: Work, input: CloseWonInput) -> Sale:
    """An order. Every sales cadence of the customer, the household and the group's other showrooms is silent."""
    return await closing.close_won(
        work, id=input.id, lead_id=input.lead_id, price=input.price, currency=input.currency,
        vehicle_id=input.vehicle_id, description=input.description, next_step=plain_step(input.next_step),
    )  # fmt: skip


@verb(ApplyForLossInput, returns="loss_application", model=LossApplication, creates=["id"])
async def apply_for_loss(work: Work, input: ApplyForLossInput) -> LossApplication:
    """A manager decides; until then the lead stays open."""
    return await losses.apply(
        work, id=input.id, lead_id=input.lead_id, reason=input.reason, rival=input.rival,
        evidence=input.evidence,
    )  # fmt: skip


@verb(ApproveLossInput, returns="loss_application", model=LossApplication)
async def approve_loss(work: Work, input: ApproveLossInput) -> LossApplication:
    """By a manager. The lead is lost; bookings and follow-ups are called off."""
    return await losses.approve(work, id=input.id, note=input.note)


@verb(RefuseLossInput, returns="loss_application", model=LossApplication, creates=["next_step.follow_up_id"])
async def refuse_loss(work: Work, input: RefuseLossInput) -> LossApplication:
    """By a manager. The salesperson gets a follow-up with the note."""
    return await losses.refuse(work, id=input.id, note=input.note, next_step=plain_step(input.next_step))


@verb(PostponeLeadInput, returns="lead", model=Lead, creates=["next_step.follow_up_id"])
async def postpone_lead(work: Work, input: PostponeLeadInput) -> Lead:
    """Not now: no loss but a date, at most a year ahead, on which somebody asks again."""
    return await actions.postpone(
        work, lead_id=input.lead_id, revive_on=input.revive_on, text=input.text,
        next_step=plain_step(input.next_step),
    )  # fmt: skip


@verb(ReviveLeadInput, returns="lead", model=Lead, creates=["next_step.follow_up_id"])
async def revive_lead(work: Work, input: ReviveLeadInput) -> Lead:
    """A sleeping or lost lead lives again."""
    return await actions.revive(
        work, lead_id=input.lead_id, level=input.level, next_step=plain_step(input.next_step)
    )
