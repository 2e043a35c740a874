"""The list of cars: its filters and orders."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from tortoise.queryset import QuerySet

from server.kernel.actor import Actor
from server.kernel.keyset import Key, Order
from server.vehicles import queries, rules
from server.vehicles.model import Condition, Vehicle, VehicleStatus

FEWEST_LETTERS = 2
ORDERS = {
    "NEWEST": Order("NEWEST", (Key(column="in_stock_on", descending=True, nullable=True),)),
    "MODEL": Order("MODEL", (Key(column="make"), Key(column="model"), Key(column="trim"))),
    "PRICE": Order("PRICE", (Key(column="price", nullable=True),)),
}


def listed(
    actor: Actor,
    *,
    showroom_id: UUID | None = None,
    status: Sequence[VehicleStatus] | None = None,
    make: str | None = None,
    model: str | None = None,
    condition: Condition | None = None,
    text: str | None = None,
) -> QuerySet[Vehicle]:
    """`text` is searched as `queries.search` does; make and model are whole words in any case."""
    rows = queries.search(actor, text, showroom_id=showroom_id) if text else queries.visible_to(actor)
    if showroom_id:
        rows = rows.filter(showroom_id=showroom_id)
    if status is not None:
        rows = rows.filter(status__in=list(status))
    if make:
        rows = rows.filter(make__iexact=make)
    if model:
        rows = rows.filter(model__iexact=model)
    if condition:
        rows = rows.filter(condition=condition)
    return rows


@dataclass(frozen=True)
class Found:
    """`matched` is PLATE, VIN, STOCK_NUMBER or WORDS."""

    vehicle: Vehicle
    matched: str


async def search(actor: Actor, text: str, *, first: int) -> list[Found]:
    """Cars that are here or on their way, with what the text was found in; nothing for less than two letters."""
    tail = rules.compact(text)
    if len(tail) < FEWEST_LETTERS:
        return []
    cars = await queries.search(actor, text, for_sale=True).limit(first)
    return [Found(car, matched(car, tail)) for car in cars]


class Named(Protocol):
    """What says in which way a car was found."""

    @property
    def plate(self) -> str: ...
    @property
    def reversed_vin(self) -> str: ...
    @property
    def reversed_stock_number(self) -> str: ...


def matched(car: Named, tail: str) -> str:
    if car.plate and rules.compact(car.plate).startswith(tail):
        return "PLATE"
    if car.reversed_vin.startswith(tail[::-1]):
        return "VIN"
    return "STOCK_NUMBER" if car.reversed_stock_number.startswith(tail[::-1]) else "WORDS"
