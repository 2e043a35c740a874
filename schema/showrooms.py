"""Windows on showrooms and on where visits and leads come from."""

from typing import Any
from uuid import UUID

import strawberry
from strawberry.scalars import JSON
from strawberry.types import Info

from schema.nodes import Node, window
from schema.refs import ShowroomRef
from schema.relations import to_many, to_one
from server.showrooms import model, queries


@window(model.Group, description="A dealer group. Nothing crosses it.")
class Group(Node):
    name: str


@window(model.Region, description="A part of the group.")
class Region(Node):
    group_id: UUID
    name: str


@window(
    model.Source, description="Where a visit or a lead came from: walk-in, phone, web, maker, referral, …"
)
class Source(Node):
    showroom_id: UUID
    code: str = strawberry.field(description="The same in every language: `walk_in`.")
    name: str = strawberry.field(description="In English.")
    name_zh: str = strawberry.field(description="In Chinese; may be empty.")
    active: bool
    position: int = strawberry.field(description="Its place in the showroom's list.")

    @strawberry.field
    def showroom(self, info: Info) -> ShowroomRef | None:
        return to_one(info, model.Showroom, self.showroom_id)


@window(model.Showroom, description="Where work happens: its days, hours and slots are in its time zone.")
class Showroom(Node):
    group_id: UUID
    region_id: UUID | None
    name: str
    brand: str
    country: str = strawberry.field(description="ISO 3166-1 alpha-2; how a phone without a prefix is read.")
    time_zone: str = strawberry.field(description="IANA: `Europe/Berlin`.")
    currency: str = strawberry.field(description="ISO 4217.")
    languages: list[str] = strawberry.field(description="BCP 47, the first one preferred.")
    opening_hours: JSON = strawberry.field(
        description='`{"mon": [["09:00", "18:00"]], …}`; a day that is absent is closed.'
    )
    policies: JSON = strawberry.field(description="Where this showroom differs from the default policies.")

    @strawberry.field
    def group(self, info: Info) -> Group | None:
        return to_one(info, model.Group, self.group_id)

    @strawberry.field
    def region(self, info: Info) -> Region | None:
        return to_one(info, model.Region, self.region_id)

    @strawberry.field(description="In the showroom's own order.")
    def sources(self, info: Info, active: bool | None = None) -> list[Source]:
        return to_many(info, model.Source, by="showroom_id", of=self, oldest="position", active=active)  # type: ignore[return-value]


@strawberry.type
class ShowroomQuery:
    @strawberry.field(description="The showrooms that you see, by name.")
    async def showrooms(self, info: Info) -> list[Showroom]:
        rows: Any = await queries.visible(info.context.require_actor()).order_by("name", "id")
        return rows

    @strawberry.field(description="Where visits and leads of a showroom come from, in its order.")
    async def sources(
        self, info: Info, showroom_id: UUID | None = None, active: bool | None = None
    ) -> list[Source]:
        rows: Any = queries.visible_sources(info.context.require_actor())
        if showroom_id:
            rows = rows.filter(showroom_id=showroom_id)
        if active is not None:
            rows = rows.filter(active=active)
        return await rows.order_by("showroom_id", "position", "id")
