"""Windows on test drives: a demo car, a driver, a slot."""

from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from typing import Any
from uuid import UUID

import strawberry
from strawberry.types import Info

from schema.connections import Connection, paginate
from schema.days import ensure_day
from schema.enums import DriveStatus
from schema.nodes import Node, window
from schema.refs import CustomerRef, DriveAgreementRef, LeadRef, PersonRef, TestDriveRef, VehicleRef
from schema.relations import to_many, to_one
from server.customers.model import Customer
from server.drives import listing, model
from server.leads.model import Lead
from server.people.model import Person
from server.showrooms.hours import day_span
from server.showrooms.model import Showroom
from server.vehicles.model import Vehicle, VehicleStatus

LONGEST_WAY = timedelta(hours=20)
"""More than any time zone is away from UTC, with a drive that began before midnight."""


@strawberry.type(description="A slot of a demo car, in UTC.")
class Slot:
    starts_at: datetime
    ends_at: datetime


@window(model.DriveAgreement, description="What was checked and signed before the key was handed over.")
class DriveAgreement(Node):
    showroom_id: UUID
    customer_id: UUID
    drive_id: UUID
    driver_name: str
    licence_last_four: str
    licence_expires_on: date | None
    signature: str = strawberry.field(description="SVG path data as it was drawn, or the typed name.")
    signed_at: datetime | None
    checked_by_id: UUID

    @strawberry.field
    def checked_by(self, info: Info) -> PersonRef | None:
        return to_one(info, Person, self.checked_by_id)


@window(
    model.TestDrive,
    description="A slot of a demo car. Everybody in the showroom sees it, the customer only who may.",
)
class TestDrive(Node):
    showroom_id: UUID
    customer_id: UUID
    lead_id: UUID
    vehicle_id: UUID
    starts_at: datetime
    ends_at: datetime
    status: DriveStatus
    booked_by_id: UUID
    booked_at: datetime
    out_at: datetime | None
    returned_at: datetime | None
    odometer_out: int | None = strawberry.field(description="In the car's `odometerUnit`.")
    odometer_in: int | None = strawberry.field(description="In the car's `odometerUnit`.")
    verified: bool = strawberry.field(
        description="Licence checked and agreement signed; otherwise the drive is only claimed."
    )
    cancel_reason: str
    updated_at: datetime

    @strawberry.field(description="Null when the customer is not in your sight.")
    def customer(self, info: Info) -> CustomerRef | None:
        return to_one(info, Customer, self.customer_id)

    @strawberry.field(description="Null when the customer is not in your sight.")
    def lead(self, info: Info) -> LeadRef | None:
        return to_one(info, Lead, self.lead_id)

    @strawberry.field
    def vehicle(self, info: Info) -> VehicleRef | None:
        return to_one(info, Vehicle, self.vehicle_id)

    @strawberry.field
    def booked_by(self, info: Info) -> PersonRef | None:
        return to_one(info, Person, self.booked_by_id)

    @strawberry.field(description="Empty when the customer is not in your sight.")
    def agreements(self, info: Info) -> list[DriveAgreementRef]:
        return to_many(info, model.DriveAgreement, by="drive_id", of=self)  # type: ignore[return-value]


@strawberry.enum(description="STARTS_AT: in the order of the day. NEWEST: the latest slot first.")
class TestDriveOrder(Enum):
    STARTS_AT = "STARTS_AT"
    NEWEST = "NEWEST"


@strawberry.input(description="What is left out does not narrow the list.")
class TestDriveFilter:
    showroom_id: UUID | None = strawberry.field(
        default=None, description="Whose day `day` is, too; your home showroom when it is left out."
    )
    day: date | None = strawberry.field(default=None, description="A local day of the showroom.")
    vehicle: UUID | None = None
    status: list[DriveStatus] | None = None


@strawberry.type
class DriveQuery:
    @strawberry.field(description="Test drives of the showrooms that you see.")
    async def test_drives(
        self, info: Info, filter: TestDriveFilter | None = None,
        order_by: TestDriveOrder = TestDriveOrder.STARTS_AT,
        first: int | None = None, after: str | None = None, last: int | None = None, before: str | None = None,
    ) -> Connection[TestDrive]:  # fmt: skip
        actor = info.context.require_actor()
        asked = dict(vars(filter)) if filter else {}
        if day := asked.pop("day", None):
            asked |= await _span_of(info, asked.get("showroom_id") or actor.showroom_id, day)
        rows = listing.listed(actor, **asked)
        order = listing.ORDERS[order_by.value]
        page: Any = await paginate(rows, order=order, first=first, after=after, last=last, before=before)
        return page

    @strawberry.field(
        description="When a demo car is free on a local day; nothing for a car that is no demo car."
    )
    async def free_slots(self, info: Info, vehicle_id: UUID, day: date) -> list[Slot]:
        info.context.require_actor()
        vehicle = await info.context.loaders.one(Vehicle, vehicle_id)
        return await slots_of_day(info, vehicle, day=day) if vehicle else []


async def drives_of_day(info: Info, vehicle: Any, *, day: date) -> list[TestDriveRef]:
    around = await _drives_around(info, vehicle, ensure_day(day))
    showroom = await to_one(info, Showroom, vehicle.showroom_id)
    drives: Any = listing.of_local_day(around, showroom=showroom, day=day)
    return drives


async def slots_of_day(info: Info, vehicle: Any, *, day: date) -> list[Slot]:
    ensure_day(day)
    if vehicle.status != VehicleStatus.DEMO:
        return []
    around = await _drives_around(info, vehicle, day)
    showroom = await to_one(info, Showroom, vehicle.showroom_id)
    slots: Any = listing.free(around, showroom=showroom, day=day, now=info.context.clock())
    return slots


async def _drives_around(info: Info, vehicle: Any, day: date) -> list[Any]:
    midnight = datetime.combine(day, time(), UTC)
    return await to_many(
        info, model.TestDrive, by="vehicle_id", of=vehicle, oldest="starts_at",
        starts_at__gte=midnight - LONGEST_WAY, starts_at__lt=midnight + timedelta(days=1) + LONGEST_WAY,
    )  # fmt: skip


async def _span_of(info: Info, showroom_id: UUID, day: date) -> dict[str, datetime]:
    ensure_day(day)
    showroom = await to_one(info, Showroom, showroom_id)
    span = day_span(day, time_zone=showroom.time_zone if showroom else "UTC")
    return {"starts_from": span.starts_at, "starts_before": span.ends_at}
