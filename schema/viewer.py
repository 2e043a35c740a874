"""Who is signed in, and where they may act."""

from typing import Annotated, Any
from uuid import UUID

import strawberry
from strawberry.types import Info

from server.kernel.actor import Role
from server.people.model import Person
from server.showrooms import queries
from server.showrooms.model import Showroom

PersonType = Annotated["Person", strawberry.lazy("schema.people")]
ShowroomType = Annotated["Showroom", strawberry.lazy("schema.showrooms")]


@strawberry.type(description="A role in a showroom.")
class RoleInShowroom:
    showroom_id: UUID
    role: Role


@strawberry.type(description="The person who is signed in.")
class Viewer:
    person: PersonType
    showrooms: list[ShowroomType]
    home_showroom_id: UUID
    roles: list[RoleInShowroom]


@strawberry.type
class ViewerQuery:
    @strawberry.field
    async def viewer(self, info: Info) -> Viewer:
        context: Any = info.context
        actor = context.require_actor()
        roles = [
            RoleInShowroom(showroom_id=showroom_id, role=role)
            for showroom_id, held in sorted(actor.roles.items())
            for role in sorted(held)
        ]
        return Viewer(
            person=await Person.get(id=actor.id),
            showrooms=await queries.visible(actor),
            home_showroom_id=actor.showroom_id,
            roles=roles,
        )
