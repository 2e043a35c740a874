"""The manager's desk: the showroom now, and the figures of a period."""

from datetime import date
from typing import Annotated, Any, TypeAlias
from uuid import UUID

import strawberry
from strawberry.types import Info

from schema.days import ensure_day
from schema.refs import PersonRef, ShowroomRef, TestDriveRef, VisitRef
from schema.relations import to_one
from server.desk import queries
from server.people.model import Person

FirstDay: TypeAlias = Annotated[date, strawberry.argument(name="from", description="A local day.")]
LastDay: TypeAlias = Annotated[date, strawberry.argument(name="to", description="A local day, included.")]


@strawberry.type(description="A rate with both its numbers.")
class Rate:
    numerator: int
    denominator: int
    value: float | None = strawberry.field(description="Null, never 0, when there is nothing to divide by.")


@strawberry.type(
    description="Figures of a period, each of the flow: what happened in it over what happened in it."
)
class Counts:
    showroom_visits: int = strawberry.field(description="First + return + not buyers + not completed.")
    first_visits: int = strawberry.field(description="Filed + already filed + looked, not filed.")
    first_filed: int
    first_already_filed: int
    looked_not_filed: int
    returned: int
    not_buyers: int
    not_completed: int
    drives: int = strawberry.field(description="Cars that went out.")
    verified_drives: int = strawberry.field(description="Of these, with licence and signature.")
    orders: int
    orders_after_a_drive: int
    approved_losses: int
    capture_rate: Rate = strawberry.field(description="Filed / (filed + looked, not filed).")
    completion_rate: Rate = strawberry.field(description="Completed visits / visits.")
    drive_rate: Rate = strawberry.field(description="Drives / (filed + already filed + return).")
    verified_drive_rate: Rate = strawberry.field(description="The same with verified drives only.")
    drive_to_order: Rate = strawberry.field(description="Orders that had a drive / drives.")
    closing_rate: Rate = strawberry.field(description="Orders / filed first visits.")


@strawberry.type(description="One person's part of the figures.")
class Standing:
    person_id: UUID | None = strawberry.field(description="Null: what belongs to nobody yet.")
    counts: Counts

    @strawberry.field
    def person(self, info: Info) -> PersonRef | None:
        return to_one(info, Person, self.person_id)


@strawberry.type(description="Figures of a showroom over local days, both ends included.")
class Funnel:
    counts: Counts
    ranking: list[Standing] = strawberry.field(description="Most orders first, then most drives.")


@strawberry.type(description="Somebody who has not left yet.")
class InTheHouse:
    visit: VisitRef
    minutes: int = strawberry.field(description="Since they arrived.")


@strawberry.type(description="The showroom now.")
class Floor:
    showroom: ShowroomRef
    visits: list[InTheHouse] = strawberry.field(description="Who is in the house, the longest first.")
    drives_out: list[TestDriveRef] = strawberry.field(description="Demo cars that are on the road.")
    visits_today: int
    not_completed_today: int


@strawberry.type
class DeskQuery:
    @strawberry.field(description="For managers of the showroom; others are told NOT_ALLOWED.")
    async def funnel(self, info: Info, showroom_id: UUID, first: FirstDay, last: LastDay) -> Funnel:
        actor = info.context.require_actor()
        found: Any = await queries.figures(
            actor, [showroom_id], first=ensure_day(first), last=ensure_day(last)
        )
        return found

    @strawberry.field(description="Your own figures in a showroom.")
    async def my_figures(self, info: Info, showroom_id: UUID, first: FirstDay, last: LastDay) -> Counts:
        actor = info.context.require_actor()
        counts: Any = await queries.mine(actor, showroom_id, first=ensure_day(first), last=ensure_day(last))
        return counts

    @strawberry.field(description="The showroom now; of its visits those in your sight.")
    async def floor(self, info: Info, showroom_id: UUID) -> Floor:
        now: Any = await queries.floor(info.context.require_actor(), showroom_id, now=info.context.clock())
        return now
