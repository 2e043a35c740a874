"""Windows on leads, what happened with them, and their history."""

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

import strawberry
from strawberry.scalars import JSON
from strawberry.types import Info

from schema.connections import Connection, paginate
from schema.enums import FollowUpStatus, LeadStatus, Level, Outcome, Stage, TouchKind
from schema.nodes import Node, window
from schema.refs import (
    CustomerRef,
    FollowUpRef,
    LossApplicationRef,
    PersonRef,
    PromiseRef,
    SaleRef,
    ShowroomRef,
    SourceRef,
    StageChangeRef,
    TestDriveRef,
    TouchRef,
    VehicleRef,
)
from schema.relations import to_many, to_one
from schema.vehicles import asked
from server.customers.model import Customer
from server.drives.model import TestDrive
from server.follow_ups.model import FollowUp, Promise
from server.leads import listing, model
from server.people.model import Person
from server.sales.model import LossApplication, Sale
from server.showrooms.model import Showroom, Source
from server.vehicles.model import Vehicle


@strawberry.type(description="A car that somebody wants, or weighs against ours: in words, or one of stock.")
class WantedCar:
    make: str
    model: str
    trim: str
    color: str
    vehicle_id: UUID | None

    @strawberry.field(description="The very car, when it is one of stock.")
    def vehicle(self, info: Info) -> VehicleRef | None:
        return to_one(info, Vehicle, self.vehicle_id)


def _cars(said: list[dict[str, Any]]) -> list[WantedCar]:
    return [
        WantedCar(
            make=car.get("make") or "", model=car.get("model") or "", trim=car.get("trim") or "",
            color=car.get("color") or "",
            vehicle_id=UUID(car["vehicleId"]) if car.get("vehicleId") else None,
        )
        for car in said
    ]  # fmt: skip


@window(
    model.Touch,
    description="Something that happened with a customer. Never edited: corrections are new touches.",
)
class Touch(Node):
    showroom_id: UUID
    customer_id: UUID
    lead_id: UUID | None
    kind: TouchKind
    direction: str = strawberry.field(description="OUT: we reached out. IN: they did.")
    outcome: Outcome | None
    text: str
    about: JSON | None = strawberry.field(description="What a note by the system is about: `{code, …}`.")
    person_id: UUID | None
    happened_at: datetime = strawberry.field(description="By the clock of the device that told it.")
    recorded_at: datetime = strawberry.field(description="By the server's clock.")

    @strawberry.field
    def customer(self, info: Info) -> CustomerRef | None:
        return to_one(info, Customer, self.customer_id)

    @strawberry.field
    def lead(self, info: Info) -> "Lead | None":
        return to_one(info, model.Lead, self.lead_id)

    @strawberry.field(description="Who did it; null for the system.")
    def person(self, info: Info) -> PersonRef | None:
        return to_one(info, Person, self.person_id)


@window(model.StageChange, description="One step of a lead's history.")
class StageChange(Node):
    showroom_id: UUID
    customer_id: UUID
    lead_id: UUID
    what: str = strawberry.field(description="STAGE, LEVEL, STATUS or OWNER.")
    before: str | None = strawberry.field(description="An enum's value, or a person's UUID for OWNER.")
    after: str | None
    reason: str
    person_id: UUID | None
    changed_at: datetime

    @strawberry.field
    def lead(self, info: Info) -> "Lead | None":
        return to_one(info, model.Lead, self.lead_id)

    @strawberry.field(description="Who changed it; null for the system.")
    def person(self, info: Info) -> PersonRef | None:
        return to_one(info, Person, self.person_id)


@window(model.Lead, description="One intent to buy, of one customer. While it is open it has a next step.")
class Lead(Node):
    showroom_id: UUID
    customer_id: UUID
    owner_id: UUID | None
    source_id: UUID | None
    status: LeadStatus
    level: Level
    stage: Stage
    budget: Decimal | None = strawberry.field(description="In `currency`.")
    currency: str = strawberry.field(description="ISO 4217.")
    revive_on: date | None = strawberry.field(description="When a lead that is NOT_NOW wakes up.")
    opened_at: datetime
    closed_at: datetime | None
    last_touch_at: datetime | None
    last_meaningful_touch_at: datetime | None = strawberry.field(
        description="Connected, came in, drove or got a quote; an unanswered call is none."
    )
    next_step_at: datetime | None = strawberry.field(description="When the earliest open follow-up is due.")
    updated_at: datetime

    @strawberry.field(description="The most wanted first.")
    def wanted(self) -> list[WantedCar]:
        return _cars(self.wanted)

    @strawberry.field(description="What the customer compares with.")
    def rivals(self) -> list[WantedCar]:
        return _cars(self.rivals)

    @strawberry.field
    def showroom(self, info: Info) -> ShowroomRef | None:
        return to_one(info, Showroom, self.showroom_id)

    @strawberry.field
    def customer(self, info: Info) -> CustomerRef | None:
        return to_one(info, Customer, self.customer_id)

    @strawberry.field(description="The salesperson; null while it lies in the pool.")
    def owner(self, info: Info) -> PersonRef | None:
        return to_one(info, Person, self.owner_id)

    @strawberry.field
    def source(self, info: Info) -> SourceRef | None:
        return to_one(info, Source, self.source_id)

    @strawberry.field(description="The one due first comes first.")
    def follow_ups(
        self, info: Info, first: int = 20, status: FollowUpStatus | None = None
    ) -> list[FollowUpRef]:
        return to_many(  # type: ignore[return-value]
            info, FollowUp, by="lead_id", of=self, oldest="due_at", first=first, status=status
        )

    @strawberry.field(description="The newest first.")
    def touches(self, info: Info, first: int = 20) -> list[TouchRef]:
        return to_many(info, model.Touch, by="lead_id", of=self, newest="happened_at", first=first)  # type: ignore[return-value]

    @strawberry.field(description="The latest slot first.")
    def test_drives(self, info: Info, first: int = 20) -> list[TestDriveRef]:
        return to_many(info, TestDrive, by="lead_id", of=self, newest="starts_at", first=first)  # type: ignore[return-value]

    @strawberry.field(description="What we owe, the newest first.")
    def promises(self, info: Info, first: int = 20) -> list[PromiseRef]:
        return to_many(info, Promise, by="lead_id", of=self, newest="promised_at", first=first)  # type: ignore[return-value]

    @strawberry.field(description="The newest first; a cancelled order stays.")
    def sales(self, info: Info, first: int = 20) -> list[SaleRef]:
        return to_many(info, Sale, by="lead_id", of=self, newest="ordered_at", first=first)  # type: ignore[return-value]

    @strawberry.field(description="The newest first.")
    def loss_applications(self, info: Info, first: int = 20) -> list[LossApplicationRef]:
        return to_many(  # type: ignore[return-value]
            info, LossApplication, by="lead_id", of=self, newest="applied_at", first=first
        )

    @strawberry.field(description="Every change of stage, level, status and owner, the newest first.")
    def history(self, info: Info, first: int = 50) -> list[StageChangeRef]:
        return to_many(info, model.StageChange, by="lead_id", of=self, newest="changed_at", first=first)  # type: ignore[return-value]


@strawberry.enum(
    description="NEXT_STEP: what is due first. LAST_TOUCH: the latest first. LEVEL: H, A, B, N, C, NURTURE, O, D, T."
)
class LeadOrder(Enum):
    NEXT_STEP = "NEXT_STEP"
    NEWEST = "NEWEST"
    LAST_TOUCH = "LAST_TOUCH"
    LEVEL = "LEVEL"


@strawberry.input(description="What is left out does not narrow the list.")
class LeadFilter:
    showroom_id: UUID | None = None
    owner: UUID | None = None
    owner_ids: list[UUID] | None = None
    pool: bool | None = strawberry.field(default=None, description="True: only leads that have no owner.")
    level: list[Level] | None = None
    status: list[LeadStatus] | None = None
    stage: list[Stage] | None = None
    overdue: bool | None = strawberry.field(
        default=None, description="True: unsettled, and the next step is past due. False: the others."
    )
    source: UUID | None = None
    model: str | None = strawberry.field(default=None, description="A wanted model, in any case.")
    text: str | None = strawberry.field(
        default=None, description="Of the customer: name, pinyin or its initials, tail of a phone, plate."
    )


@strawberry.type
class LeadQuery:
    @strawberry.field(description="A lead by its UUID; null when there is none in your sight.")
    async def lead(self, info: Info, uuid: UUID) -> Lead | None:
        info.context.require_actor()
        return await info.context.loaders.one(model.Lead, uuid)

    @strawberry.field(description="Leads in your sight.")
    async def leads(
        self, info: Info, filter: LeadFilter | None = None, order_by: LeadOrder = LeadOrder.NEXT_STEP,
        first: int | None = None, after: str | None = None, last: int | None = None, before: str | None = None,
    ) -> Connection[Lead]:  # fmt: skip
        actor = info.context.require_actor()
        rows = listing.listed(actor, now=info.context.clock(), **asked(filter))
        order = listing.ORDERS[order_by.value]
        page: Any = await paginate(rows, order=order, first=first, after=after, last=last, before=before)
        return page
