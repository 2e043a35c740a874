"""Windows on follow-ups, what is to be done and why, and on promises."""

from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

import strawberry
from strawberry.scalars import JSON
from strawberry.types import Info

from schema.connections import Connection, paginate
from schema.enums import FollowUpKind, FollowUpStatus, Outcome, Reason
from schema.nodes import Node, window
from schema.refs import CustomerRef, LeadRef, PersonRef, TouchRef
from schema.relations import to_one
from schema.vehicles import asked
from server.customers.model import Customer
from server.follow_ups import listing, model, reasons
from server.leads.model import Lead, Touch
from server.people.model import Person


@window(
    model.FollowUp,
    description="Something to do by a time, with the reason why it is due. Done needs an outcome.",
)
class FollowUp(Node):
    showroom_id: UUID
    customer_id: UUID
    lead_id: UUID
    owner_id: UUID | None
    kind: FollowUpKind
    reason: Reason
    reason_facts: JSON = strawberry.field(description="What the sentence of the reason is filled with.")
    note: str
    due_at: datetime
    first_due_at: datetime = strawberry.field(description="Before any snooze: late is measured from here.")
    snoozed: int = strawberry.field(description="How many times.")
    status: FollowUpStatus
    outcome: Outcome | None
    touch_id: UUID | None = strawberry.field(
        description="The touch it was done by; null: closed with no artefact."
    )
    done_at: datetime | None
    done_by_id: UUID | None
    created_at: datetime

    @strawberry.field(description="Why it is due, as a sentence in your language.")
    def why(self, info: Info) -> str:
        language = info.context.require_actor().language
        facts: Any = self.reason_facts
        return reasons.sentence(self.reason, facts, language=language)

    @strawberry.field
    def customer(self, info: Info) -> CustomerRef | None:
        return to_one(info, Customer, self.customer_id)

    @strawberry.field
    def lead(self, info: Info) -> LeadRef | None:
        return to_one(info, Lead, self.lead_id)

    @strawberry.field
    def owner(self, info: Info) -> PersonRef | None:
        return to_one(info, Person, self.owner_id)

    @strawberry.field
    def touch(self, info: Info) -> TouchRef | None:
        return to_one(info, Touch, self.touch_id)

    @strawberry.field
    def done_by(self, info: Info) -> PersonRef | None:
        return to_one(info, Person, self.done_by_id)


@window(
    model.Promise, description="What we owe a customer: floor mats, a call about the trade-in, a second key."
)
class Promise(Node):
    showroom_id: UUID
    customer_id: UUID
    lead_id: UUID
    text: str
    due_at: datetime | None
    promised_by_id: UUID
    promised_at: datetime
    kept_at: datetime | None = strawberry.field(description="Null: still owed.")
    kept_by_id: UUID | None

    @strawberry.field
    def customer(self, info: Info) -> CustomerRef | None:
        return to_one(info, Customer, self.customer_id)

    @strawberry.field
    def lead(self, info: Info) -> LeadRef | None:
        return to_one(info, Lead, self.lead_id)

    @strawberry.field
    def promised_by(self, info: Info) -> PersonRef | None:
        return to_one(info, Person, self.promised_by_id)

    @strawberry.field
    def kept_by(self, info: Info) -> PersonRef | None:
        return to_one(info, Person, self.kept_by_id)


@strawberry.enum(description="DUE: what is due first. DONE: the last one done first, then those not done.")
class FollowUpOrder(Enum):
    DUE = "DUE"
    DONE = "DONE"


@strawberry.input(description="What is left out does not narrow the list.")
class FollowUpFilter:
    showroom_id: UUID | None = None
    owner: UUID | None = None
    pool: bool | None = strawberry.field(default=None, description="True: only those that have no owner.")
    status: list[FollowUpStatus] | None = None
    reason: list[Reason] | None = None
    due_before: datetime | None = strawberry.field(default=None, description="Due earlier than this moment.")
    due_after: datetime | None = strawberry.field(default=None, description="Due at this moment or later.")


@strawberry.type
class FollowUpQuery:
    @strawberry.field(description="Follow-ups in your sight.")
    async def follow_ups(
        self, info: Info, filter: FollowUpFilter | None = None, order_by: FollowUpOrder = FollowUpOrder.DUE,
        first: int | None = None, after: str | None = None, last: int | None = None, before: str | None = None,
    ) -> Connection[FollowUp]:  # fmt: skip
        rows = listing.listed(info.context.require_actor(), **asked(filter))
        order = listing.ORDERS[order_by.value]
        page: Any = await paginate(rows, order=order, first=first, after=after, last=last, before=before)
        return page
