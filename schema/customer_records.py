"""Windows on what belongs to a customer: how to reach them, what they drive, whom they know, what they allowed."""

from datetime import date, datetime
from uuid import UUID

import strawberry
from strawberry.scalars import JSON
from strawberry.types import Info

from schema.enums import Channel, ContactKind, Purpose
from schema.nodes import Node, window
from schema.refs import CustomerRef, PersonRef
from schema.relations import to_many, to_one
from server.customers import model
from server.people.model import Person


@window(model.ContactPoint, description="A phone, an e-mail address or a WeChat id.")
class ContactPoint(Node):
    showroom_id: UUID
    customer_id: UUID
    kind: ContactKind
    value: str = strawberry.field(description="A phone in E.164, an address in lower case.")
    typed: str = strawberry.field(description="As somebody typed it.")
    preferred: bool
    reachable: bool = strawberry.field(description="False after it turned out to be wrong.")

    @strawberry.field
    def customer(self, info: Info) -> CustomerRef | None:
        return to_one(info, model.Customer, self.customer_id)


@window(model.OwnedCar, description="A car that the customer drives today.")
class OwnedCar(Node):
    showroom_id: UUID
    customer_id: UUID
    make: str
    model: str
    year: int | None
    plate: str
    vin: str
    mileage: int | None


@window(
    model.Relation,
    description="`customer` is `kind` of `other`: SPOUSE, PARENT, CHILD, FRIEND, REFERRED_BY, …",
)
class Relation(Node):
    showroom_id: UUID
    customer_id: UUID
    other_id: UUID
    kind: str

    @strawberry.field
    def customer(self, info: Info) -> CustomerRef | None:
        return to_one(info, model.Customer, self.customer_id)

    @strawberry.field(description="Null when the other one is not in your sight.")
    def other(self, info: Info) -> CustomerRef | None:
        return to_one(info, model.Customer, self.other_id)


@window(model.Household, description="People of one address; an order of one stops the cadences of all.")
class Household(Node):
    showroom_id: UUID
    name: str

    @strawberry.field(description="Those in your sight.")
    def members(self, info: Info, first: int = 20) -> list[CustomerRef]:
        return to_many(  # type: ignore[return-value]
            info, model.Customer, by="household_id", of=self, oldest="created_at", first=first
        )


@window(model.Consent, description="Given or withdrawn. The newest word on a channel and purpose counts.")
class Consent(Node):
    showroom_id: UUID
    customer_id: UUID
    channel: Channel
    purpose: Purpose
    given: bool
    source: str = strawberry.field(description="Where it was said: a form, the phone, a paper.")
    wording: str = strawberry.field(description="The version of the text that was agreed to.")
    proof: str
    recorded_by_id: UUID
    happened_at: datetime
    recorded_at: datetime
    expires_on: date | None

    @strawberry.field
    def recorded_by(self, info: Info) -> PersonRef | None:
        return to_one(info, Person, self.recorded_by_id)


@window(model.CustomerMerge, description="Two records made one; it can be undone.")
class CustomerMerge(Node):
    showroom_id: UUID
    customer_id: UUID = strawberry.field(description="The one that stays.")
    merged_id: UUID
    moved: JSON = strawberry.field(description="Which rows came along: `{collection: [id, …]}`.")
    merged_by_id: UUID
    merged_at: datetime
    undone_at: datetime | None
    undone_by_id: UUID | None

    @strawberry.field
    def merged_by(self, info: Info) -> PersonRef | None:
        return to_one(info, Person, self.merged_by_id)

    @strawberry.field
    def undone_by(self, info: Info) -> PersonRef | None:
        return to_one(info, Person, self.undone_by_id)
