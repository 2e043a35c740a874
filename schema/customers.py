"""Windows on customers: the 360 view."""

from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

import strawberry
from strawberry.types import Info

from schema.connections import Connection, paginate
from schema.enums import CustomerKind, LeadStatus
from schema.nodes import Node, window
from schema.refs import (
    ConsentRef,
    ContactPointRef,
    CustomerMergeRef,
    HouseholdRef,
    LeadRef,
    OwnedCarRef,
    PersonRef,
    PromiseRef,
    RelationRef,
    SaleRef,
    ShowroomRef,
    TestDriveRef,
    TimelineRef,
    VisitRef,
)
from schema.relations import to_many, to_one
from schema.sisters import SisterActivity, sister_activity_of
from schema.timeline import timeline_of
from schema.vehicles import asked
from server.customers import listing, model
from server.customers.missing import Missing, missing
from server.drives.model import TestDrive
from server.follow_ups.model import Promise
from server.leads.model import Lead
from server.people.model import Person
from server.sales.model import Sale
from server.showrooms.hours import local_day
from server.showrooms.model import Showroom
from server.visits.model import Visit

strawberry.enum(Missing, name="MissingFact", description="What a record still lacks.")


@window(model.Customer, description="A person or an organisation, as one showroom knows them.")
class Customer(Node):
    showroom_id: UUID
    identity_id: UUID = strawberry.field(
        description="The same for one person's records in several showrooms."
    )
    kind: CustomerKind
    name: str = strawberry.field(description="As shown on screen: the full name, or the organisation's.")
    given_name: str
    family_name: str
    language: str = strawberry.field(description="BCP 47, or empty.")
    birthday: date | None
    address: str
    note: str
    tags: list[str]
    owner_id: UUID | None
    household_id: UUID | None
    do_not_contact: bool = strawberry.field(description="Beats every cadence and consent.")
    is_active: bool = strawberry.field(description="A lead of theirs is open or asleep.")
    last_active_on: date
    created_at: datetime
    updated_at: datetime

    @strawberry.field
    def showroom(self, info: Info) -> ShowroomRef | None:
        return to_one(info, Showroom, self.showroom_id)

    @strawberry.field(description="The salesperson; null in the pool.")
    def owner(self, info: Info) -> PersonRef | None:
        return to_one(info, Person, self.owner_id)

    @strawberry.field(description="Those in use.")
    def contact_points(self, info: Info) -> list[ContactPointRef]:
        return to_many(info, model.ContactPoint, by="customer_id", of=self)  # type: ignore[return-value]

    @strawberry.field
    def owned_cars(self, info: Info) -> list[OwnedCarRef]:
        return to_many(info, model.OwnedCar, by="customer_id", of=self)  # type: ignore[return-value]

    @strawberry.field
    def relations(self, info: Info) -> list[RelationRef]:
        return to_many(info, model.Relation, by="customer_id", of=self)  # type: ignore[return-value]

    @strawberry.field
    def household(self, info: Info) -> HouseholdRef | None:
        return to_one(info, model.Household, self.household_id)

    @strawberry.field(description="Everything ever said about consent, the oldest first.")
    def consents(self, info: Info) -> list[ConsentRef]:
        return to_many(info, model.Consent, by="customer_id", of=self, oldest="recorded_at")  # type: ignore[return-value]

    @strawberry.field(description="The newest first.")
    def leads(self, info: Info, first: int = 20, status: LeadStatus | None = None) -> list[LeadRef]:
        return to_many(  # type: ignore[return-value]
            info, Lead, by="customer_id", of=self, newest="opened_at", first=first, status=status
        )

    @strawberry.field(description="The newest first.")
    def visits(self, info: Info, first: int = 20) -> list[VisitRef]:
        return to_many(info, Visit, by="customer_id", of=self, newest="arrived_at", first=first)  # type: ignore[return-value]

    @strawberry.field(description="The latest slot first.")
    def test_drives(self, info: Info, first: int = 20) -> list[TestDriveRef]:
        return to_many(info, TestDrive, by="customer_id", of=self, newest="starts_at", first=first)  # type: ignore[return-value]

    @strawberry.field(description="What we owe, the newest first.")
    def promises(self, info: Info, first: int = 20) -> list[PromiseRef]:
        return to_many(info, Promise, by="customer_id", of=self, newest="promised_at", first=first)  # type: ignore[return-value]

    @strawberry.field(description="The newest first; a cancelled order stays.")
    def sales(self, info: Info, first: int = 20) -> list[SaleRef]:
        return to_many(info, Sale, by="customer_id", of=self, newest="ordered_at", first=first)  # type: ignore[return-value]

    @strawberry.field(description="Records that were merged into this one.")
    def merges(self, info: Info) -> list[CustomerMergeRef]:
        return to_many(info, model.CustomerMerge, by="customer_id", of=self, oldest="merged_at")  # type: ignore[return-value]

    @strawberry.field(
        name="touches",
        description="The timeline: touches, test drives, visits, changes and sales as one list, the newest first.",
    )
    async def timeline(self, info: Info, first: int = 20, after: str | None = None) -> TimelineRef:
        return await timeline_of(info, self, first=first, after=after)

    @strawberry.field(description="What this record still lacks, the most useful first.")
    async def missing(self, info: Info) -> list[Missing]:
        row: Any = self
        showroom = await to_one(info, Showroom, self.showroom_id)
        return missing(
            row,
            contact_points=await to_many(info, model.ContactPoint, by="customer_id", of=self),
            owned_cars=await to_many(info, model.OwnedCar, by="customer_id", of=self),
            consents=await to_many(info, model.Consent, by="customer_id", of=self, oldest="recorded_at"),
            today=local_day(info.context.clock(), time_zone=showroom.time_zone),
        )

    @strawberry.field(
        description="Sister showrooms where the same person is being served. No more than whom to ask."
    )
    async def sister_activity(self, info: Info) -> list[SisterActivity]:
        return await sister_activity_of(info, self)


@strawberry.enum(description="NEWEST: filed last. LAST_ACTIVE: the latest activity first.")
class CustomerOrder(Enum):
    NAME = "NAME"
    NEWEST = "NEWEST"
    LAST_ACTIVE = "LAST_ACTIVE"


@strawberry.input(description="What is left out does not narrow the list.")
class CustomerFilter:
    showroom_id: UUID | None = None
    owner: UUID | None = None
    owner_ids: list[UUID] | None = None
    pool: bool | None = strawberry.field(default=None, description="True: only those who have no owner.")
    kind: CustomerKind | None = None
    active: bool | None = strawberry.field(default=None, description="Whether a lead is open or asleep.")
    household: UUID | None = None
    text: str | None = strawberry.field(
        default=None, description="Name, pinyin or its initials, tail of a phone, plate, tail of a VIN."
    )


@strawberry.type
class CustomerQuery:
    @strawberry.field(description="A customer by UUID; null when there is none in your sight.")
    async def customer(self, info: Info, uuid: UUID) -> Customer | None:
        info.context.require_actor()
        return await info.context.loaders.one(model.Customer, uuid)

    @strawberry.field(description="Customers in your sight.")
    async def customers(
        self, info: Info, filter: CustomerFilter | None = None, order_by: CustomerOrder = CustomerOrder.NAME,
        first: int | None = None, after: str | None = None, last: int | None = None, before: str | None = None,
    ) -> Connection[Customer]:  # fmt: skip
        rows = listing.listed(info.context.require_actor(), **asked(filter))
        order = listing.ORDERS[order_by.value]
        page: Any = await paginate(rows, order=order, first=first, after=after, last=last, before=before)
        return page
