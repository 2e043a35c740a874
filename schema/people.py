"""Windows on people and what they may do where."""

from datetime import date
from typing import Any
from uuid import UUID

import strawberry
from strawberry.types import Info

from schema.enums import Role
from schema.nodes import Node, window
from schema.refs import MembershipRef, PersonRef, ShowroomRef
from schema.relations import to_many, to_one
from server.people import listing, model
from server.showrooms.model import Showroom


@window(
    model.Membership, description="A role in one showroom, or in all of the group where `showroomId` is null."
)
class Membership(Node):
    group_id: UUID
    person_id: UUID
    showroom_id: UUID | None
    role: Role

    @strawberry.field
    def person(self, info: Info) -> PersonRef | None:
        return to_one(info, model.Person, self.person_id)

    @strawberry.field
    def showroom(self, info: Info) -> ShowroomRef | None:
        return to_one(info, Showroom, self.showroom_id)


@window(model.Person, description="Somebody who works in the group, or did.")
class Person(Node):
    group_id: UUID
    home_showroom_id: UUID
    name: str
    email: str
    language: str = strawberry.field(description="`en` or `zh-CN`.")
    theme: str = strawberry.field(description="SYSTEM, LIGHT or DARK.")
    active: bool
    left_on: date | None

    @strawberry.field
    def home_showroom(self, info: Info) -> ShowroomRef | None:
        return to_one(info, Showroom, self.home_showroom_id)

    @strawberry.field
    def memberships(self, info: Info) -> list[MembershipRef]:
        return to_many(info, model.Membership, by="person_id", of=self)  # type: ignore[return-value]


@strawberry.type
class PeopleQuery:
    @strawberry.field(description="Colleagues by name: of the group, or those with a role in one showroom.")
    async def people(
        self,
        info: Info,
        showroom_id: UUID | None = None,
        role: Role | None = None,
        active: bool | None = True,
    ) -> list[Person]:
        actor = info.context.require_actor()
        rows: Any = await listing.people(actor, showroom_id=showroom_id, role=role, active=active)
        return rows
