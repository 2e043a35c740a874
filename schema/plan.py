"""The day's plan: what to do, in which order, and why."""

from datetime import date, datetime
from typing import Any

import strawberry
from strawberry.scalars import JSON
from strawberry.types import Info

from schema.enums import Reason
from schema.refs import CustomerRef, FollowUpRef, LeadRef, PromiseRef
from schema.relations import to_one
from server.customers.model import Customer
from server.follow_ups import reasons
from server.follow_ups.model import FollowUp, Promise
from server.follow_ups.plan import plan
from server.leads.model import Lead


@strawberry.type(description="One thing to do: a follow-up, or a promise that is still owed.")
class PlanLine:
    due_at: datetime
    overdue: bool = strawberry.field(description="It was due before now.")
    reason: Reason
    facts: JSON = strawberry.field(description="What the sentence was made of.")
    row: strawberry.Private[Any]

    @strawberry.field(description="Why it is due, as a sentence in your language.")
    def why(self, info: Info) -> str:
        language = info.context.require_actor().language
        facts: Any = self.facts
        return reasons.sentence(self.reason, facts, language=language)

    @strawberry.field
    def follow_up(self) -> FollowUpRef | None:
        return self.row if isinstance(self.row, FollowUp) else None  # type: ignore[return-value]

    @strawberry.field
    def promise(self) -> PromiseRef | None:
        return self.row if isinstance(self.row, Promise) else None  # type: ignore[return-value]

    @strawberry.field
    def customer(self, info: Info) -> CustomerRef | None:
        return to_one(info, Customer, self.row.customer_id)

    @strawberry.field
    def lead(self, info: Info) -> LeadRef | None:
        return to_one(info, Lead, self.row.lead_id)


@strawberry.type
class PlanQuery:
    @strawberry.field(
        description="All that you have to do until the end of a day (today by default), the longest overdue first."
    )
    async def plan(self, info: Info, day: date | None = None) -> list[PlanLine]:
        lines: Any = await plan(info.context.require_actor(), day=day, now=info.context.clock())
        return lines
