"""The day's plan: what to do, in which order, and why."""

from datetime import date, datetime
from typing import Any

import strawberry
from strawberry.scalars import JSON
from strawberry.types import Info

from schema.days import ensure_day
from schema.enums import Reason
from schema.refs import CustomerRef, FollowUpRef, LeadRef, PromiseRef, TestDriveRef
from schema.relations import to_one
from server.customers.model import Customer
from server.desk import plan
from server.drives.model import TestDrive
from server.follow_ups import reasons
from server.follow_ups.model import FollowUp, Promise
from server.leads.model import Lead

strawberry.enum(plan.Kind, name="PlanKind")
strawberry.enum(
    plan.When,
    name="PlanGroup",
    description="OVERDUE: it was due before now. NOW: within the hour. DONE: today.",
)


@strawberry.type(
    description="One thing to do, or done today: a follow-up, a promise still owed, or a test drive."
)
class PlanLine:
    kind: plan.Kind
    when: plan.When
    at: datetime = strawberry.field(description="When it is due, begins, or was done.")
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
    def test_drive(self) -> TestDriveRef | None:
        return self.row if isinstance(self.row, TestDrive) else None  # type: ignore[return-value]

    @strawberry.field
    def customer(self, info: Info) -> CustomerRef | None:
        return to_one(info, Customer, self.row.customer_id)

    @strawberry.field
    def lead(self, info: Info) -> LeadRef | None:
        return to_one(info, Lead, self.row.lead_id)


@strawberry.type
class PlanQuery:
    @strawberry.field(
        description="What you have to do until the end of a local day (today by default), the longest overdue "
        "first, and at the end what you did on it."
    )
    async def plan(self, info: Info, day: date | None = None) -> list[PlanLine]:
        actor = info.context.require_actor()
        wanted = ensure_day(day) if day else None
        lines: Any = await plan.of_day(actor, day=wanted, now=info.context.clock())
        return lines
