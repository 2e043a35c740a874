"""One box to find anything: by the tail of a phone, a name or its sound, a plate, the tail of a VIN or stock number."""

from enum import Enum
from typing import Annotated, Any, TypeAlias

import strawberry
from strawberry.types import Info

from schema.connections import page_size
from schema.refs import CustomerRef, VehicleRef
from server.customers import listing as customers
from server.vehicles import listing as vehicles

SearchNode: TypeAlias = Annotated[CustomerRef | VehicleRef, strawberry.union("SearchNode")]


@strawberry.enum(description="What the text was found in.")
class SearchMatch(Enum):
    PHONE = "PHONE"
    NAME = "NAME"
    PLATE = "PLATE"
    VIN = "VIN"
    STOCK_NUMBER = "STOCK_NUMBER"
    WORDS = "WORDS"


@strawberry.type(description="Somebody or something that was found.")
class SearchHit:
    node: SearchNode
    matched: SearchMatch = strawberry.field(
        description="Of a customer, PLATE and VIN are those of a car that they drive."
    )


@strawberry.type
class SearchQuery:
    @strawberry.field(
        description="Customers first, then cars, the likeliest first. Nothing for less than two letters or "
        "three digits; one Chinese character is enough."
    )
    async def search(self, info: Info, text: str, first: int = 20) -> list[SearchHit]:
        actor = info.context.require_actor()
        size = page_size(first=first)
        people: list[Any] = [
            SearchHit(node=found.customer, matched=SearchMatch(found.matched))  # type: ignore[arg-type]
            for found in await customers.search(actor, text, first=size)
        ]
        cars: list[Any] = [
            SearchHit(node=found.vehicle, matched=SearchMatch(found.matched))  # type: ignore[arg-type]
            for found in await vehicles.search(actor, text, first=size)
        ]
        return [*people, *cars][:size]
