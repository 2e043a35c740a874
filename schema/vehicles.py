"""Windows on cars."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

import strawberry
from strawberry.scalars import JSON
from strawberry.types import Info

from schema.connections import Connection, paginate
from schema.drives import Slot, drives_of_day, slots_of_day
from schema.enums import Condition, VehicleStatus
from schema.nodes import Node, window
from schema.refs import PriceChangeRef, ShowroomRef, TestDriveRef
from schema.relations import to_many, to_one
from server.showrooms.model import Showroom
from server.vehicles import listing, model


@window(model.PriceChange, description="What a car was offered for, from this moment on.")
class PriceChange(Node):
    showroom_id: UUID
    vehicle_id: UUID
    price: Decimal | None
    list_price: Decimal | None
    changed_at: datetime


@window(
    model.Vehicle,
    description="A car: on its way, in stock, a demo car, reserved or sold. Its VIN is its identity.",
)
class Vehicle(Node):
    showroom_id: UUID
    status: VehicleStatus
    condition: Condition
    vin: str = strawberry.field(description="17 characters, or empty while it is not known.")
    stock_number: str = strawberry.field(description="May change; the VIN does not.")
    make: str
    model: str
    trim: str
    year: int | None = strawberry.field(description="Model year.")
    body: str
    exterior_color: str
    interior_color: str
    mileage: int | None = strawberry.field(description="In `odometerUnit`.")
    odometer_unit: str = strawberry.field(description="`km` or `mi`.")
    list_price: Decimal | None = strawberry.field(description="The maker's price, in `currency`.")
    price: Decimal | None = strawberry.field(description="The asking price, in `currency`.")
    currency: str = strawberry.field(description="ISO 4217.")
    plate: str = strawberry.field(description="Of a demo car; else empty.")
    key_tag: str = strawberry.field(description="Where the key of a demo car hangs.")
    charge: int | None = strawberry.field(description="Fuel or battery of a demo car, in per cent.")
    in_stock_on: date | None
    sold_at: datetime | None
    extras: JSON = strawberry.field(description="What the dealer's list says beyond these columns.")
    updated_at: datetime

    @strawberry.field
    def showroom(self, info: Info) -> ShowroomRef | None:
        return to_one(info, Showroom, self.showroom_id)

    @strawberry.field(description="The newest first.")
    def price_history(self, info: Info, first: int = 20) -> list[PriceChangeRef]:
        return to_many(  # type: ignore[return-value]
            info, model.PriceChange, by="vehicle_id", of=self, newest="changed_at", first=first
        )

    @strawberry.field(description="Of one local day of the showroom, in order; cancelled ones too.")
    async def test_drives(self, info: Info, day: date) -> list[TestDriveRef]:
        return await drives_of_day(info, self, day=day)

    @strawberry.field(description="When this car is free for a test drive on a local day of the showroom.")
    async def free_slots(self, info: Info, day: date) -> list[Slot]:
        return await slots_of_day(info, self, day=day)


@strawberry.enum(
    description="NEWEST: last into stock first. PRICE: the cheapest first, without a price last."
)
class VehicleOrder(Enum):
    NEWEST = "NEWEST"
    MODEL = "MODEL"
    PRICE = "PRICE"


@strawberry.input(description="What is left out does not narrow the list.")
class VehicleFilter:
    showroom_id: UUID | None = None
    status: list[VehicleStatus] | None = None
    make: str | None = strawberry.field(default=None, description="In any case.")
    model: str | None = strawberry.field(default=None, description="In any case.")
    condition: Condition | None = None
    text: str | None = strawberry.field(
        default=None, description="Words of the car, the tail of its VIN or stock number, or its plate."
    )


@strawberry.type
class VehicleQuery:
    @strawberry.field(description="Cars of the showrooms that you see.")
    async def vehicles(
        self, info: Info, filter: VehicleFilter | None = None, order_by: VehicleOrder = VehicleOrder.MODEL,
        first: int | None = None, after: str | None = None, last: int | None = None, before: str | None = None,
    ) -> Connection[Vehicle]:  # fmt: skip
        rows = listing.listed(info.context.require_actor(), **asked(filter))
        order = listing.ORDERS[order_by.value]
        page: Any = await paginate(rows, order=order, first=first, after=after, last=last, before=before)
        return page


def asked(filter: Any) -> Mapping[str, Any]:
    return vars(filter) if filter else {}
