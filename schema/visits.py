"""Windows on visits: who came in."""

from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

import strawberry
from strawberry.types import Info

from schema.connections import Connection, paginate
from schema.enums import Party, VisitKind
from schema.nodes import Node, window
from schema.refs import CustomerRef, LeadRef, PersonRef, SourceRef
from schema.relations import to_one
from schema.vehicles import asked
from server.customers.model import Customer
from server.leads.model import Lead
from server.people.model import Person
from server.showrooms.model import Source
from server.visits import listing, model


@window(
    model.Visit,
    description="Somebody came in. One tap makes it, anonymous if need be; anyone completes it later.",
)
class Visit(Node):
    showroom_id: UUID
    customer_id: UUID | None = strawberry.field(description="Null while they are anonymous.")
    lead_id: UUID | None
    kind: VisitKind
    errand: str = strawberry.field(
        description="Of one who is not a buyer: PAPERWORK, DELIVERY, CANCELLATION, SERVICE or OTHER."
    )
    party: Party
    note: str = strawberry.field(description="What tells them apart: `couple, red jacket`.")
    source_id: UUID | None
    greeted_by_id: UUID
    served_by_id: UUID | None
    arrived_at: datetime
    completed_at: datetime | None = strawberry.field(
        description="When somebody said what kind of visit it was."
    )
    completed_by_id: UUID | None
    left_at: datetime | None
    recorded_at: datetime

    @strawberry.field
    def customer(self, info: Info) -> CustomerRef | None:
        return to_one(info, Customer, self.customer_id)

    @strawberry.field
    def lead(self, info: Info) -> LeadRef | None:
        return to_one(info, Lead, self.lead_id)

    @strawberry.field
    def source(self, info: Info) -> SourceRef | None:
        return to_one(info, Source, self.source_id)

    @strawberry.field
    def greeted_by(self, info: Info) -> PersonRef | None:
        return to_one(info, Person, self.greeted_by_id)

    @strawberry.field
    def served_by(self, info: Info) -> PersonRef | None:
        return to_one(info, Person, self.served_by_id)

    @strawberry.field
    def completed_by(self, info: Info) -> PersonRef | None:
        return to_one(info, Person, self.completed_by_id)


@strawberry.enum(description="NEWEST: the last arrival first.")
class VisitOrder(Enum):
    NEWEST = "NEWEST"
    OLDEST = "OLDEST"


@strawberry.input(description="What is left out does not narrow the list.")
class VisitFilter:
    showroom_id: UUID | None = None
    from_: datetime | None = strawberry.field(
        default=None, name="from", description="Arrived at this moment or later."
    )
    to: datetime | None = strawberry.field(default=None, description="Arrived before this moment.")
    kind: list[VisitKind] | None = None
    served_by: UUID | None = None
    in_house: bool | None = strawberry.field(default=None, description="True: not said to have left.")


@strawberry.type
class VisitQuery:
    @strawberry.field(
        description="Visits in your sight: anonymous ones of your showrooms, others with the customer."
    )
    async def visits(
        self, info: Info, filter: VisitFilter | None = None, order_by: VisitOrder = VisitOrder.NEWEST,
        first: int | None = None, after: str | None = None, last: int | None = None, before: str | None = None,
    ) -> Connection[Visit]:  # fmt: skip
        rows = listing.listed(info.context.require_actor(), **asked(filter))
        order = listing.ORDERS[order_by.value]
        page: Any = await paginate(rows, order=order, first=first, after=after, last=last, before=before)
        return page
