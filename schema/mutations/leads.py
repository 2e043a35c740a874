"""Leads begin, get hotter or colder, and change hands."""

from uuid import UUID

import strawberry

from schema.inputs import Car, NextStep, plain_cars, plain_step
from schema.verbs import VerbInput, verb
from server.follow_ups import opening, ownership
from server.kernel.work import Work
from server.leads import actions
from server.leads.model import Lead, Level, Stage


@strawberry.input
class OpenLeadInput(VerbInput):
    id: UUID
    customer_id: UUID
    source_id: UUID | None = None
    level: Level = Level.N
    wanted: list[Car] = strawberry.field(default_factory=list)
    next_step: NextStep | None = None


@strawberry.input
class ChangeLevelInput(VerbInput):
    lead_id: UUID
    level: Level


@strawberry.input
class ChangeStageInput(VerbInput):
    lead_id: UUID
    stage: Stage


@strawberry.input
class ChangeWantedInput(VerbInput):
    lead_id: UUID
    wanted: list[Car]
    seen: list[Car] | None = strawberry.field(
        default=None,
        description="The list that the writer had before them: what others changed since is kept.",
    )


@strawberry.input
class ChangeRivalsInput(VerbInput):
    lead_id: UUID
    rivals: list[Car]
    seen: list[Car] | None = strawberry.field(
        default=None,
        description="The list that the writer had before them: what others changed since is kept.",
    )


@strawberry.input
class ReassignLeadInput(VerbInput):
    lead_id: UUID
    owner_id: UUID | None = strawberry.field(default=None, description="Empty: back to the pool.")
    reason: str = ""


@verb(OpenLeadInput, returns="lead", model=Lead, creates=["id", "next_step.follow_up_id"])
async def open_lead(work: Work, input: OpenLeadInput) -> Lead:
    """One intent to buy of a customer on file. Refused with LEAD_EXISTS while another is unsettled."""
    return await opening.open_lead(
        work, id=input.id, customer_id=input.customer_id, source_id=input.source_id, level=input.level,
        wanted=plain_cars(input.wanted), next_step=plain_step(input.next_step),
    )  # fmt: skip


@verb(ChangeLevelInput, returns="lead", model=Lead)
async def change_level(work: Work, input: ChangeLevelInput) -> Lead:
    """How soon they will order. The next follow-up of the cadence moves with it."""
    return await opening.change_level(work, lead_id=input.lead_id, level=input.level)


@verb(ChangeStageInput, returns="lead", model=Lead)
async def change_stage(work: Work, input: ChangeStageInput) -> Lead:
    """Corrects the stage by hand. ORDERED and DELIVERED come with a sale only."""
    return await actions.change_stage(work, lead_id=input.lead_id, stage=input.stage)


@verb(ChangeWantedInput, returns="lead", model=Lead)
async def change_wanted(work: Work, input: ChangeWantedInput) -> Lead:
    """The wanted cars, the most wanted first; replaces the list that was seen."""
    return await actions.change_wanted(
        work, lead_id=input.lead_id, wanted=plain_cars(input.wanted),
        seen=None if input.seen is None else plain_cars(input.seen),
    )  # fmt: skip


@verb(ChangeRivalsInput, returns="lead", model=Lead)
async def change_rivals(work: Work, input: ChangeRivalsInput) -> Lead:
    """The cars they compare with; replaces the list that was seen."""
    return await actions.change_rivals(
        work, lead_id=input.lead_id, rivals=plain_cars(input.rivals),
        seen=None if input.seen is None else plain_cars(input.seen),
    )  # fmt: skip


@verb(ReassignLeadInput, returns="lead", model=Lead)
async def reassign_lead(work: Work, input: ReassignLeadInput) -> Lead:
    """To a colleague or to the pool, with the open follow-ups. Also takes one from the pool."""
    return await ownership.reassign_lead(
        work, lead_id=input.lead_id, owner_id=input.owner_id, reason=input.reason
    )
