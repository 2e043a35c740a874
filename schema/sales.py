"""Windows on how leads end: sales, and losses that a manager decides."""

from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

import strawberry
from strawberry.types import Info

from schema.connections import Connection, paginate
from schema.enums import LossReason, LossStatus
from schema.nodes import Node, window
from schema.refs import CustomerRef, LeadRef, PersonRef, VehicleRef
from schema.relations import to_one
from schema.vehicles import asked
from server.customers.model import Customer
from server.leads.model import Lead
from server.people.model import Person
from server.sales import listing, model
from server.vehicles.model import Vehicle


@window(model.Sale, description="An order. From this moment every sales cadence of the customer is silent.")
class Sale(Node):
    showroom_id: UUID
    customer_id: UUID
    lead_id: UUID
    vehicle_id: UUID | None = strawberry.field(description="Null for a car ordered from the maker.")
    description: str = strawberry.field(description="Which car it is, when it is none of stock.")
    price: Decimal = strawberry.field(description="In `currency`.")
    currency: str = strawberry.field(description="ISO 4217.")
    sold_by_id: UUID
    ordered_at: datetime
    delivered_at: datetime | None
    cancelled_at: datetime | None

    @strawberry.field
    def customer(self, info: Info) -> CustomerRef | None:
        return to_one(info, Customer, self.customer_id)

    @strawberry.field
    def lead(self, info: Info) -> LeadRef | None:
        return to_one(info, Lead, self.lead_id)

    @strawberry.field
    def vehicle(self, info: Info) -> VehicleRef | None:
        return to_one(info, Vehicle, self.vehicle_id)

    @strawberry.field
    def sold_by(self, info: Info) -> PersonRef | None:
        return to_one(info, Person, self.sold_by_id)


@window(model.LossApplication, description="Somebody asks to give a lead up; a manager approves or refuses.")
class LossApplication(Node):
    showroom_id: UUID
    customer_id: UUID
    lead_id: UUID
    reason: LossReason
    rival: str = strawberry.field(description="What they bought instead, when the reason is RIVAL.")
    evidence: str
    status: LossStatus
    applied_by_id: UUID
    applied_at: datetime
    decided_by_id: UUID | None
    decided_at: datetime | None
    decision_note: str

    @strawberry.field
    def customer(self, info: Info) -> CustomerRef | None:
        return to_one(info, Customer, self.customer_id)

    @strawberry.field
    def lead(self, info: Info) -> LeadRef | None:
        return to_one(info, Lead, self.lead_id)

    @strawberry.field
    def applied_by(self, info: Info) -> PersonRef | None:
        return to_one(info, Person, self.applied_by_id)

    @strawberry.field
    def decided_by(self, info: Info) -> PersonRef | None:
        return to_one(info, Person, self.decided_by_id)


@strawberry.enum(description="OLDEST: the one that waits longest first.")
class LossOrder(Enum):
    OLDEST = "OLDEST"
    NEWEST = "NEWEST"


@strawberry.input(description="What is left out does not narrow the list.")
class LossFilter:
    showroom_id: UUID | None = None
    status: list[LossStatus] | None = None
    reason: list[LossReason] | None = None
    applied_by: UUID | None = None


@strawberry.type
class SaleQuery:
    @strawberry.field(description="Applications to give a lead up, in your sight.")
    async def loss_applications(
        self, info: Info, filter: LossFilter | None = None, order_by: LossOrder = LossOrder.OLDEST,
        first: int | None = None, after: str | None = None, last: int | None = None, before: str | None = None,
    ) -> Connection[LossApplication]:  # fmt: skip
        rows = listing.losses(info.context.require_actor(), **asked(filter))
        order = listing.ORDERS[order_by.value]
        page: Any = await paginate(rows, order=order, first=first, after=after, last=last, before=before)
        return page
