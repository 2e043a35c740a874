"""Mutations of visits: greet, complete, leave, and a walk-in captured in one."""

from uuid import UUID

import strawberry

from schema.inputs import Car, NextStep, plain_cars, plain_step
from schema.verbs import VerbInput, verb
from server.kernel.work import Work
from server.leads.model import Level
from server.visits import actions, filing
from server.visits.model import Party, Visit, VisitKind
from server.visits.rules import Errand

strawberry.enum(Errand, description="Why one who is not a buyer came.")


@strawberry.input
class GreetVisitInput(VerbInput):
    id: UUID
    party: Party = Party.ONE
    note: str = strawberry.field(default="", description="What tells them apart: “couple, red jacket”.")
    source_id: UUID | None = strawberry.field(default=None, description="By default the showroom's walk-in.")


@verb(GreetVisitInput, returns="visit", model=Visit, creates=["id"])
async def greet_visit(work: Work, input: GreetVisitInput) -> Visit:
    """Counts somebody who came in: one tap, anonymous. Anyone completes it later."""
    return await actions.greet(
        work, id=input.id, party=input.party, note=input.note, source_id=input.source_id
    )


@strawberry.input
class CompleteVisitInput(VerbInput):
    id: UUID
    kind: VisitKind = strawberry.field(
        description="Of a customer on file the server decides by the facts which filed kind it counts as."
    )
    errand: Errand | None = None
    party: Party | None = None
    note: str = strawberry.field(default="", description="Added to what is noted already.")
    customer_id: UUID | None = None
    lead_id: UUID | None = None


@verb(CompleteVisitInput, returns="visit", model=Visit)
async def complete_visit(work: Work, input: CompleteVisitInput) -> Visit:
    """Says what a visit was. Completed twice is MERGED."""
    return await actions.complete(
        work, id=input.id, kind=input.kind, errand=input.errand, party=input.party, note=input.note,
        customer_id=input.customer_id, lead_id=input.lead_id,
    )  # fmt: skip


@strawberry.input
class LeaveVisitInput(VerbInput):
    id: UUID


@verb(LeaveVisitInput, returns="visit", model=Visit)
async def leave_visit(work: Work, input: LeaveVisitInput) -> Visit:
    """Says that the visitors have left."""
    return await actions.leave(work, id=input.id)


@strawberry.input
class CaptureWalkInInput(VerbInput):
    visit_id: UUID = strawberry.field(description="Of a visit that was greeted, or of a new one.")
    customer_id: UUID = strawberry.field(description="Of a customer chosen from matches, or of a new one.")
    lead_id: UUID
    contact_point_id: UUID
    name: str = strawberry.field(default="", description="Without one the number stands for the customer.")
    phone: str = strawberry.field(default="", description="As typed; read in the showroom's country.")
    party: Party = Party.ONE
    note: str = ""
    source_id: UUID | None = None
    level: Level | None = None
    wanted: list[Car] = strawberry.field(default_factory=list)
    rivals: list[Car] = strawberry.field(default_factory=list)
    next_step: NextStep | None = strawberry.field(
        default=None, description="By default the server plans one from the level's cadence."
    )


@verb(
    CaptureWalkInInput,
    returns="visit",
    model=Visit,
    creates=["visit_id", "customer_id", "lead_id", "contact_point_id", "next_step.follow_up_id"],
)
async def capture_walk_in(work: Work, input: CaptureWalkInInput) -> Visit:
    """Visit, customer, lead and next step in one. A phone that is on file is MERGED into its customer:
    the visit stays, the owner keeps the lead and is told, and what was typed goes to the timeline."""
    return await filing.capture(work, _walk_in(input))


def _walk_in(input: CaptureWalkInInput) -> filing.WalkIn:
    return filing.WalkIn(
        visit_id=input.visit_id, customer_id=input.customer_id, lead_id=input.lead_id,
        contact_point_id=input.contact_point_id, name=input.name, phone=input.phone, party=input.party,
        note=input.note, source_id=input.source_id, level=input.level, wanted=plain_cars(input.wanted),
        rivals=plain_cars(input.rivals), next_step=plain_step(input.next_step),
    )  # fmt: skip
